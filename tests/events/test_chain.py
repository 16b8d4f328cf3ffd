"""The chain of events: what somebody with the database in hand could do to it is found."""

from collections.abc import Callable

import pytest
from cryptography.hazmat.primitives import hashes
from django.db import DatabaseError, connection, transaction

from gangmu.events import chain
from gangmu.events.models import Event, Head
from tests.cast import Cast, finding_raised, inspection_visited, meeting_final, plan_with_items, task_verified


@pytest.fixture
def long_chain(cast: Cast) -> int:
    """A few dozen events of all rooms in one unit, some in another."""
    planned = plan_with_items(cast)
    finding_raised(cast, inspection_visited(cast, planned), planned)
    meeting_final(cast)
    meeting_final(cast, "theme_day", party_org=cast.orgs["临川县院党支部"], by=cast.county_office)
    task_verified(cast, item=planned.mu)
    return cast.unit.pk


def broken() -> list[tuple[int, str]]:
    return [(b.seq, b.what) for b in chain.verify()]


def test_sm3_is_the_published_function():
    """GB/T 32905-2016, appendix A.1."""
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(b"abc")
    assert sm3.finalize().hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_it_holds_after_many_actions(cast: Cast, long_chain):
    assert Event.objects.filter(unit_id=long_chain).count() > 15
    assert Event.objects.filter(unit_id=cast.county.pk).count() == 3
    assert broken() == []


def test_links_have_no_gaps_and_name_the_one_before(long_chain):
    rows = list(Event.objects.filter(unit_id=long_chain).order_by("seq"))
    assert [r.seq for r in rows] == list(range(1, len(rows) + 1))
    assert [r.previous for r in rows] == ["", *(r.hash for r in rows[:-1])]
    head = Head.objects.get(pk=long_chain)
    assert (head.seq, head.hash) == (rows[-1].seq, rows[-1].hash)


CHANGES = [
    {"verb": "plan.adopt"}, {"kind": "plan.plan"}, {"object_id": 999}, {"label": "别的"}, {"actor_id": 999},
    {"actor_name": "别人"}, {"happened_on": "2020-01-01"}, {"recorded_at": "2020-01-01T00:00:00Z"},
    {"source": "page"}, {"before": {"x": 1}}, {"after": {"x": 1}}, {"about": [["a", 1]]},
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda c: next(iter(c)))
def test_an_altered_event_is_found_in_every_field(long_chain, forgetting, change):
    with forgetting:
        Event.objects.filter(unit_id=long_chain, seq=5).update(**change)
    assert broken() == [(5, "altered")]


def test_an_altered_event_with_a_new_hash_is_found_at_the_next(long_chain, forgetting):
    event = Event.objects.get(unit_id=long_chain, seq=5)
    event.actor_name = "别人"
    event.hash = chain.digest(event)
    with forgetting:
        event.save()
    assert broken() == [(6, "order")]


def test_an_event_removed_from_the_middle_is_found(long_chain, forgetting):
    with forgetting:
        Event.objects.filter(unit_id=long_chain, seq=4).delete()
    assert broken() == [(4, "missing")]


def test_an_event_removed_from_the_start_is_found(long_chain, forgetting):
    with forgetting:
        Event.objects.filter(unit_id=long_chain, seq=1).delete()
    assert (1, "missing") in broken()


def test_a_tail_cut_off_is_found(long_chain, forgetting):
    last = Head.objects.get(pk=long_chain).seq
    with forgetting:
        Event.objects.filter(unit_id=long_chain, seq__gte=last - 1).delete()
    assert broken() == [(last - 1, "tail")]


def test_a_whole_chain_removed_is_found(long_chain, forgetting):
    with forgetting:
        Event.objects.filter(unit_id=long_chain).delete()
    assert broken() == [(1, "tail")]


def test_a_head_removed_is_found(long_chain):
    last = Head.objects.get(pk=long_chain).seq
    Head.objects.filter(pk=long_chain).delete()
    assert broken() == [(last + 1, "tail")]


def test_two_events_in_other_order_are_found(long_chain, forgetting):
    with forgetting:
        for seq, other in ((5, -5), (6, 5), (-5, 6)):
            Event.objects.filter(unit_id=long_chain, seq=seq).update(seq=other)
    assert {(5, "order"), (5, "altered"), (6, "altered")} <= set(broken())


def test_an_event_moved_to_another_unit_is_found(cast: Cast, long_chain, forgetting):
    last = Head.objects.get(pk=long_chain).seq
    with forgetting:
        Event.objects.filter(unit_id=long_chain, seq=last).update(unit_id=cast.other.pk, seq=1)
    assert {b.unit_id for b in chain.verify()} == {long_chain, cast.other.pk}


def test_the_change_of_one_unit_leaves_the_others_whole(cast: Cast, long_chain, forgetting):
    with forgetting:
        Event.objects.filter(unit_id=cast.county.pk, seq=2).update(label="别的")
    assert {b.unit_id for b in chain.verify()} == {cast.county.pk}


REFUSED: dict[str, Callable[[], object]] = {
    "update": lambda: Event.objects.filter(seq=1).update(label="别的"),
    "save": lambda: Event.objects.first().save(),  # type: ignore[union-attr]
    "delete": lambda: Event.objects.filter(seq=1).delete(),
    "delete_all": lambda: Event.objects.all().delete(),
}


@pytest.mark.parametrize("way", REFUSED)
def test_the_database_refuses_to_change_or_remove(long_chain, way):
    count = Event.objects.count()
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        REFUSED[way]()
    assert Event.objects.count() == count and broken() == []


def test_postgresql_refuses_to_truncate(long_chain):
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE events_event CASCADE")
    assert broken() == []
