"""What an action says when it will not act. Every message is for a person: what happened, what to do."""

from collections.abc import Mapping
from typing import Any


class Refused(Exception):
    """An action was not carried out and nothing of it was stored.

    ``message`` is a translated sentence in Chinese; ``field`` names the form field it belongs to, if any.
    """

    status = 400

    def __init__(self, message: Any, *, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field

    def __str__(self) -> str:
        return str(self.message)


class NotAllowed(Refused):
    """The person may see the object but may not do this with it."""

    status = 403


class WrongState(Refused):
    """The move is not in the table of moves for the state the object is in now."""

    status = 409


class Invalid(Refused):
    """Something in the input is wrong. ``errors`` maps field names to sentences."""

    status = 422

    def __init__(
        self, message: Any = "", *, field: str | None = None, errors: Mapping[str, Any] | None = None
    ) -> None:
        self.errors: dict[str, Any] = dict(errors or ({field: message} if field else {}))
        super().__init__(message or next(iter(self.errors.values()), ""), field=field)
