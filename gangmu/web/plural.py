"""Several at once: ids that a form names, and one action after another with what was refused."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gangmu.common.errors import NotAllowed, Refused
from gangmu.web.fetch import LARGEST_KEY

T = TypeVar("T")
MOST = 400  # rows of one form


def numbers(texts: Iterable[str]) -> list[int]:
    """The keys among what a form sent, in its order, each once; what can be no key is passed over."""
    found = (int(t) for t in texts if t.isascii() and t.isdecimal() and len(t) < 20)
    return list(dict.fromkeys(n for n in found if 0 < n <= LARGEST_KEY))[:MOST]


def each(request: HttpRequest, rows: Iterable[T], do: Callable[[T], object], said: str, nothing: str) -> None:
    """Do it to each, every one for itself; say how many went well (``said`` has ``%(n)s``) and why the others did not.

    Raises ``PermissionDenied`` when none of them is one's to do.
    """
    done, refused, denied = 0, [], ""
    for row in rows:
        try:
            do(row)
            done += 1
        except NotAllowed as no:
            denied = str(no)
        except Refused as no:
            refused.append(str(no))
    if denied and not done and not refused:
        raise PermissionDenied(denied)
    if done:
        messages.success(request, said % {"n": done})
    for sentence in refused[:3]:
        messages.error(request, sentence)
    if len(refused) > 3:
        messages.error(request, _("另有 %(n)s 件也没有办成，原因相同或相近。") % {"n": len(refused) - 3})
    if denied:
        messages.error(request, denied)
    if not (done or refused or denied):
        messages.warning(request, nothing)
