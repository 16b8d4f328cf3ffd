"""Readers follow the log; rebuilt from zero they say the same."""

from datetime import timedelta

import pytest
from django.db import connection

from gangmu.common import clock
from gangmu.events import readers, timeline
from gangmu.events.log import record
from gangmu.events.models import Cursor, Event, Head, TimelineEntry
from gangmu.rules import store
from gangmu.rules.models import Verdict
from tests.cast import (
    DAY,
    Cast,
    assemble,
    finding_raised,
    inspection_visited,
    meeting_final,
    plan_with_items,
    task_verified,
)


def live(cast: Cast) -> None:
    """Something in every room, with the readers waking up in between."""
    planned = plan_with_items(cast)
    readers.wake()
    meeting_final(cast, "theme_day", party_org=cast.branch1)
    readers.wake()
    finding_raised(cast, inspection_visited(cast, planned), planned)
    task_verified(cast, item=planned.mu)
    readers.wake()


def timelines() -> set[tuple]:
    return set(TimelineEntry.objects.values_list("kind", "object_id", "event_id", "happened_on"))


def verdicts() -> list[tuple]:
    fields = [f.name for f in Verdict._meta.fields if f.name != "id"]
    return sorted(Verdict.objects.values_list(*fields), key=str)


def test_every_event_stands_on_the_timeline_of_all_it_is_about(cast: Cast):
    live(cast)
    wanted = {
        (kind, pk, event.pk, event.happened_on)
        for event in Event.objects.all()
        for kind, pk in [(event.kind, event.object_id), *event.about]
    }
    assert timelines() == wanted


def test_a_timeline_rebuilt_is_the_same(cast: Cast):
    live(cast)
    before = timelines()
    assert readers.rebuild("timeline") == Event.objects.count()
    assert timelines() == before


def test_rules_rebuilt_are_the_same(cast: Cast):
    store.recheck()
    live(cast)
    before = verdicts()
    assert len(before) > 50
    readers.rebuild("rules")
    assert verdicts() == before


def test_reading_again_finds_nothing_new(cast: Cast):
    live(cast)
    before = timelines()
    assert readers.run("timeline") == 0
    assert readers.behind("timeline") == []
    assert timelines() == before


def test_a_cursor_stands_at_the_end_of_every_chain(cast: Cast):
    live(cast)
    heads = dict(Head.objects.values_list("unit_id", "seq"))
    for name in readers.names():
        assert dict(Cursor.objects.filter(reader=name).values_list("unit_id", "seq")) == heads


def test_a_long_chain_is_read_in_batches(cast: Cast, monkeypatch):
    monkeypatch.setattr(readers, "BATCH", 4)
    live(cast)
    assert TimelineEntry.objects.values("event_id").distinct().count() == Event.objects.count()


def test_a_reader_that_fails_stays_behind_and_loses_nothing(cast: Cast, monkeypatch, caplog):
    monkeypatch.setattr(timeline.Timeline, "apply", lambda self, events: 1 / 0)
    live(cast)
    assert "reader timeline" in caplog.text
    assert readers.behind("timeline") == [cast.unit.pk]
    assert readers.behind("rules") == []
    monkeypatch.undo()
    readers.wake()
    assert TimelineEntry.objects.values("event_id").distinct().count() == Event.objects.count()


def test_asleep_they_read_together_at_the_end(cast: Cast):
    with readers.asleep():
        live(cast)
        assert not TimelineEntry.objects.exists()
    assert readers.behind("timeline") == []


def test_what_is_behind_costs_one_query(cast: Cast, django_assert_num_queries):
    live(cast)
    with django_assert_num_queries(1):
        readers.behind("timeline")


def test_a_timeline_is_told_by_the_day_of_the_deed_and_says_how_late(cast: Cast):
    with clock.at(DAY + timedelta(days=6)):
        record("test.late", cast.d8, by=cast.head8, unit_id=cast.unit.pk, happened_on=DAY - timedelta(days=1))
    record("test.now", cast.d8, by=cast.head8, unit_id=cast.unit.pk)
    readers.wake()
    steps = timeline.of(cast.d8)
    assert [(s.event.verb, s.late_days) for s in steps] == [("test.late", 7), ("test.now", 0)]


def test_a_timeline_costs_one_query(cast: Cast, django_assert_num_queries):
    live(cast)
    with django_assert_num_queries(1):
        assert len([s.event.label for s in timeline.of(cast.branch1)]) == 2


@pytest.mark.django_db(transaction=True)
def test_readers_wake_after_the_commit(day):
    cast = assemble()
    meeting_final(cast)
    assert connection.in_atomic_block is False
    assert TimelineEntry.objects.values("event_id").distinct().count() == 3
    assert readers.behind("rules") == []
