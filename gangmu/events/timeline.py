"""The reader behind every timeline: which events belong to which object."""

from dataclasses import dataclass

from django.db import models
from django.utils import timezone

from gangmu.events.models import Event, TimelineEntry
from gangmu.events.readers import Reader, register


class Timeline(Reader):
    name = "timeline"

    def apply(self, events: list[Event]) -> None:
        rows = [
            TimelineEntry(kind=kind, object_id=object_id, event=event, happened_on=event.happened_on)
            for event in events
            for kind, object_id in {(event.kind, event.object_id), *((k, i) for k, i in event.about)}
        ]
        TimelineEntry.objects.bulk_create(rows, ignore_conflicts=True)

    def reset(self) -> None:
        TimelineEntry.objects.all().delete()


@dataclass(frozen=True)
class Step:
    """One line of a timeline. ``late_days``: how long after the deed it was recorded."""

    event: Event
    late_days: int


def of(obj: models.Model, *, limit: int = 200) -> list[Step]:
    """The events on an object's timeline, oldest first by the day they happened. One query."""
    rows = (
        TimelineEntry.objects.filter(kind=obj._meta.label_lower, object_id=obj.pk)
        .select_related("event")
        .order_by("happened_on", "event_id")[:limit]
    )
    return [Step(r.event, _days_late(r.event)) for r in rows]


def last(obj: models.Model) -> Event | None:
    """The newest event that the object is in, its own or one about it; one look into the index of the timeline."""
    rows = TimelineEntry.objects.filter(kind=obj._meta.label_lower, object_id=obj.pk)
    entry = rows.select_related("event").order_by("-event_id").first()
    return entry.event if entry else None


def _days_late(event: Event) -> int:
    return max(0, (timezone.localdate(event.recorded_at) - event.happened_on).days)


register(Timeline())
