"""Through which door a write came in: page, import, command, demo or api. Set once at the door, read by ``record``."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_source: ContextVar[str] = ContextVar("source", default="command")


def current() -> str:
    return _source.get()


@contextmanager
def through(name: str) -> Iterator[None]:
    token = _source.set(name)
    try:
        yield
    finally:
        _source.reset(token)
