"""Fetching an object is the permission check: there is no other way to get one in a view."""

from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from gangmu.common.policy import Policy
from gangmu.org.actor import Actor

M = TypeVar("M", bound=Model)
LARGEST_KEY = 2**63 - 1


def actor(request: HttpRequest) -> Actor:
    """The signed-in actor; LoginRequiredMiddleware lets nobody else through."""
    return request.actor  # type: ignore[attr-defined]


def fetch(policy: Policy[M], request: HttpRequest, pk: int, rows: QuerySet[M] | None = None) -> M:
    """The object, if it is within what the person may see; 404 otherwise, without saying which."""
    return fetch_by(policy, request, rows, pk=pk)


def fetch_by(policy: Policy[M], request: HttpRequest, rows: QuerySet[M] | None = None, **by: Any) -> M:
    """As ``fetch``, by other fields than the key. What no row can have is asked of no database."""
    asked = not any(
        value > LARGEST_KEY if isinstance(value, int) else "\0" in str(value) for value in by.values()
    )
    found = policy.filter(actor(request), rows).filter(**by).first() if asked else None
    if found is None:
        raise Http404(_("没有这一页，或者不在您能看的范围内。"))
    return found
