"""``record``: the only way an event comes into being."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Protocol

from django.db import connection, models, transaction

from gangmu.common import clock, source
from gangmu.events import readers
from gangmu.events.chain import digest, lock_head
from gangmu.events.models import Event


class Doer(Protocol):
    """Whoever acts: a signed-in actor or the system."""

    @property
    def user_id(self) -> int | None: ...
    @property
    def name(self) -> str: ...


class System:
    """Acts where no person does: nightly jobs, the first set-up."""

    user_id = None
    name = "系统"  # a stored fact, not interface text

    def can(self, permission: str) -> bool:
        """The set-up may do what it is asked to; no page ever runs as the system."""
        return True


def kind_of(obj: models.Model | type[models.Model]) -> str:
    """The stable code of a model: ``plan.planitem``."""
    return obj._meta.label_lower


def record(
    verb: str,
    obj: models.Model,
    *,
    by: Doer,
    unit_id: int,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    happened_on: date | None = None,
    about: Iterable[models.Model] = (),
) -> Event:
    """Append an event to the unit's chain, inside the transaction of the action.

    ``about``: further objects on whose timeline the event belongs. Raises nothing of its own.
    """
    head = lock_head(unit_id)
    event = Event(
        unit_id=unit_id,
        seq=head.seq + 1,
        verb=verb,
        kind=kind_of(obj),
        object_id=obj.pk,
        label=str(obj)[:200],
        actor_id=by.user_id,
        actor_name=str(by.name),
        happened_on=happened_on or clock.today(),
        # Milliseconds: what both databases store and give back exactly.
        recorded_at=_milliseconds(clock.now()),
        source=source.current(),
        before=_plain(before or {}),
        after=_plain(after or {}),
        about=sorted({(kind_of(o), o.pk) for o in about}),
        previous=head.hash,
    )
    event.about = [list(pair) for pair in event.about]
    event.hash = digest(event)
    event.save(force_insert=True)
    head.seq, head.hash = event.seq, event.hash
    head.save(update_fields=["seq", "hash"])
    if all(hook[1] is not readers.wake for hook in connection.run_on_commit):
        transaction.on_commit(readers.wake)
    return event


def _milliseconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=moment.microsecond // 1000 * 1000)


def _plain(value: Any) -> Any:
    """JSON of what models hold: a related object becomes its name, so the event reads without joins."""
    if isinstance(value, dict):
        return {str(k): _plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(v) for v in value]
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)
