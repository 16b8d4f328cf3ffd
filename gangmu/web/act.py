"""Doing: a view hands an action over, and a refusal comes back to the place where it belongs."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from gangmu.common.errors import NotAllowed, Refused, WrongState
from gangmu.web.forms import Form

FIND = "find"  # the button of a search inside a form, see ``choosing``


def perform(
    request: HttpRequest,
    do: Callable[[], Any],
    *,
    to: str | Callable[[Any], str],
    said: str | Callable[[Any], str],
    form: Form | None = None,
    again: Callable[[Any], HttpResponse] | None = None,
) -> HttpResponse:
    """Run ``do`` and go to ``to`` with one sentence; both may depend on what ``do`` gave.

    A refusal goes to its field and the page is shown ``again`` (422) with everything typed; a wrong state is said
    on top of that page. Without a form a refusal becomes a message on the page it came from. Not allowed is a 403
    with the reason. A form that only looks for something (``FIND``) is shown ``again`` as it was typed.
    """
    if form is not None and again is not None and FIND in request.POST:
        return again(form.unjudged())
    if form is not None and not form.is_valid():
        assert again is not None  # noqa: S101 - a form always comes with its page
        return _unprocessable(again(form))
    try:
        result = do()
    except NotAllowed as no:
        raise PermissionDenied(str(no)) from None
    except Refused as no:
        if form is not None and again is not None:
            if isinstance(no, WrongState):  # the page offers the form no more: the sentence stands on top
                messages.error(request, str(no))
            else:
                form.refuse(no)
            return _unprocessable(again(form))
        messages.error(request, str(no))
        return redirect(to(None) if callable(to) else to)
    messages.success(request, said(result) if callable(said) else said)
    return redirect(to(result) if callable(to) else to)


def _unprocessable(response: HttpResponse) -> HttpResponse:
    response.status_code = 422
    return response
