"""Who is acting, on every request; and that what is written came through a page."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject

from gangmu.common import source
from gangmu.org import actor
from gangmu.web.errors import bad_request


class ActorMiddleware:
    """``request.actor``: the signed-in person with posts, worked out when first asked for; None if nobody."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        request.actor = SimpleLazyObject(lambda: actor.of(user)) if user.is_authenticated else None  # type: ignore[attr-defined]
        with source.through("page"):
            return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """A number too large for any key: PostgreSQL finds nothing, SQLite stumbles. The address was wrong, not we."""
        return bad_request(request) if isinstance(exception, OverflowError) else None
