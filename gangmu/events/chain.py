"""The chain: canonical text of an event, its SM3 hash, and the check of a whole chain."""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from cryptography.hazmat.primitives import hashes
from django.db import connection

from gangmu.events.models import Event, Head

FIELDS = (
    "unit_id", "seq", "verb", "kind", "object_id", "label", "actor_id", "actor_name",
    "source", "before", "after", "about", "previous",
)  # fmt: skip


@dataclass(frozen=True)
class Break:
    """Where a chain does not hold. ``what``: altered, missing, order, tail."""

    unit_id: int
    seq: int
    what: str


def digest(event: Event) -> str:
    """SM3 (GB/T 32905) over the canonical JSON of the event, 64 hex digits."""
    content = {name: getattr(event, name) for name in FIELDS}
    content["happened_on"] = event.happened_on.isoformat()
    content["recorded_at"] = event.recorded_at.timestamp()
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(text.encode())
    return sm3.finalize().hex()


def verify() -> Iterator[Break]:
    """Every place where an event was altered, removed or put out of order. Reads each event once."""
    heads = {h.unit_id: h for h in Head.objects.all()}
    last: dict[int, tuple[int, str]] = {}
    for event in Event.objects.order_by("unit_id", "seq").iterator(chunk_size=2000):
        seq, previous = last.get(event.unit_id, (0, ""))
        if event.seq != seq + 1:
            yield Break(event.unit_id, seq + 1, "missing")
        elif event.previous != previous:
            yield Break(event.unit_id, event.seq, "order")
        if digest(event) != event.hash:
            yield Break(event.unit_id, event.seq, "altered")
        last[event.unit_id] = (event.seq, event.hash)
    for unit_id in heads.keys() | last.keys():
        head = heads.get(unit_id)
        if head is None or (head.seq, head.hash) != last.get(unit_id, (0, "")):
            yield Break(unit_id, last.get(unit_id, (0, ""))[0] + 1, "tail")


def lock_head(unit_id: int) -> Head:
    """The head row of a unit, locked until the transaction ends."""
    query = "INSERT INTO events_head (unit_id, seq, hash) VALUES (%s, 0, '') ON CONFLICT (unit_id) DO NOTHING"
    with connection.cursor() as cursor:
        cursor.execute(query, [unit_id])
    return Head.objects.select_for_update().get(pk=unit_id)
