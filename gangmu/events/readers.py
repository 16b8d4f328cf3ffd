"""Readers follow the log, each with its own cursor per chain. Any reader can be rebuilt from zero.

A reader is registered once::

    class Timeline(Reader):
        name = "timeline"
        def apply(self, events): ...   # events of one unit, in order; called inside a transaction
        def reset(self): ...           # forget everything derived
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.db import connection, transaction
from django.db.models import F, OuterRef, Subquery
from django.db.models.functions import Coalesce

from gangmu.events.models import Cursor, Event, Head

log = logging.getLogger(__name__)
BATCH = 500
_registry: dict[str, "Reader"] = {}
_asleep: ContextVar[bool] = ContextVar("readers_asleep", default=False)


class Reader:
    """Follows the log. Subclasses set ``name`` and write only tables of their own."""

    name = ""

    def apply(self, events: list[Event]) -> None:
        raise NotImplementedError

    def reset(self) -> None:
        raise NotImplementedError

    def finish(self) -> None:
        """Called once after a round in which something was read."""


def register(reader: Reader) -> Reader:
    _registry[reader.name] = reader
    return reader


def names() -> list[str]:
    return list(_registry)


def behind(name: str) -> list[int]:
    """Units whose chain is longer than the reader's cursor: one query, however many units there are."""
    read = Cursor.objects.filter(reader=name, unit_id=OuterRef("unit_id")).values("seq")
    heads = Head.objects.annotate(read=Coalesce(Subquery(read), 0)).filter(seq__gt=F("read"))
    return list(heads.values_list("unit_id", flat=True))


def run(name: str) -> int:
    """Read everything that is new; returns the number of events read."""
    reader, count = _registry[name], 0
    for unit_id in behind(name):
        while read := _step(reader, unit_id):
            count += read
    if count:
        reader.finish()
    return count


@transaction.atomic
def _step(reader: Reader, unit_id: int) -> int:
    cursor = _lock(reader.name, unit_id)
    events = list(Event.objects.filter(unit_id=unit_id, seq__gt=cursor.seq).order_by("seq")[:BATCH])
    if events:
        reader.apply(events)
        cursor.seq = events[-1].seq
        cursor.save(update_fields=["seq"])
    return len(events)


def _lock(name: str, unit_id: int) -> Cursor:
    query = (
        "INSERT INTO events_cursor (reader, unit_id, seq) VALUES (%s, %s, 0)"
        " ON CONFLICT (reader, unit_id) DO NOTHING"
    )
    with connection.cursor() as cursor:
        cursor.execute(query, [name, unit_id])
    return Cursor.objects.select_for_update().get(reader=name, unit_id=unit_id)


def rebuild(name: str) -> int:
    """Forget what the reader wrote and read the whole log again."""
    with transaction.atomic():
        _registry[name].reset()
        Cursor.objects.filter(reader=name).delete()
    return run(name)


def wake() -> None:
    """After a commit: let every reader catch up. A reader that fails stays behind and is logged, never lost."""
    if _asleep.get():
        return
    for name in names():
        try:
            run(name)
        except Exception:
            log.exception("reader %s", name)


@contextmanager
def asleep() -> Iterator[None]:
    """While many events are written at once (the demo year), read them together at the end."""
    token = _asleep.set(True)
    try:
        yield
    finally:
        _asleep.reset(token)
    wake()
