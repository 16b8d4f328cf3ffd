"""Pages for what went wrong, in office words: what happened, and what to do now."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def _page(name: str, status: int, request: HttpRequest | None, **context: Any) -> HttpResponse:
    return HttpResponse(render_to_string(f"errors/{name}.html", context, request), status=status)


def _said(exception: Exception | None) -> str:
    """The sentence our own code raised with, if it did; Django's own texts are English and stay inside."""
    text = str(exception.args[0]) if exception and exception.args else ""
    return text if any("\u4e00" <= c <= "\u9fff" for c in text) else ""  # data


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form could not be read."""
    return _page("400", 400, None, said=_said(exception))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: inside one's scope, but not one's to do."""
    return _page("403", 403, request, said=_said(exception))


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: not there, or outside one's scope; the page does not say which."""
    return _page("404", 404, request)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: rendered without the request, so that a broken database or session cannot break this page too."""
    return _page("500", 500, None)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the forgery check: nearly always a page left open over night."""
    return _page("csrf", 403, None)
