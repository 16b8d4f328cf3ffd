"""The time that actions see. One place, so that a year can be lived through in seconds and tests stand still."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone

_fixed: ContextVar[datetime | None] = ContextVar("clock", default=None)


def now() -> datetime:
    """An aware moment: real time, or the moment set by :func:`at`."""
    return _fixed.get() or timezone.now()


def local_now() -> datetime:
    """:func:`now` in the office's time zone."""
    return timezone.localtime(now())


def today() -> date:
    """The local date of :func:`now`."""
    return local_now().date()


@contextmanager
def at(moment: datetime | date) -> Iterator[None]:
    """Let everything inside happen at ``moment`` (a date means nine in the morning, local time)."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 9, tzinfo=timezone.get_default_timezone())
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
