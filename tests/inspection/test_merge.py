"""合并: visits that reach one department within 30 days become one order (ANTI-11)."""

from datetime import date, timedelta
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.inspection.actions import inspections
from gangmu.inspection.models import Inspection, Line
from gangmu.inspection.queries import programme
from tests.cast import (
    DAY,
    Cast,
    inspection_ordered,
    inspection_visited,
    plan_with_items,
    recorded,
    refused,
    visit_planned,
    walk_ordered,
)

LATER = DAY + timedelta(days=20)


def merge(into, other, by):
    return inspections.merge(inspection=into, other=other, by=by)


def second_order(cast: Cast, planned, *, items, on=LATER) -> Inspection:
    return inspections.order(
        unit=cast.unit, title="另一次", visit_on=on, party_people=[cast.people["committee"]],
        business_people=[cast.people["head8"]], items=items, by=cast.party_office,
    )  # fmt: skip


@pytest.fixture
def planned(cast: Cast):
    return plan_with_items(cast)


def test_one_order_has_the_items_and_the_people_of_both_once(cast: Cast, planned):
    into = inspection_ordered(cast, planned)
    other = second_order(cast, planned, items=[planned.mu])
    merge(into, other, cast.party_office)
    assert {m.person.name for m in into.team.all()} == {"沈若水", "傅云深", "方既白", "江照野"}
    assert sorted(into.lines.values_list("item__title", flat=True)) == ["公益诉讼专项", "民事执行监督"]
    other.refresh_from_db()
    assert (other.state, other.merged_into, other.lines.count()) == ("merged", into, 1), (
        "it stays as it was ordered"
    )


def test_a_planned_visit_and_a_walk_go_into_an_inspection(cast: Cast, planned):
    into = inspection_ordered(cast, planned)
    merge(into, visit_planned(cast), cast.party_office)
    into = merge(into, walk_ordered(cast, on=LATER), cast.party_office)
    assert (into.branch, into.leader) == (cast.branch1, cast.people["leader"])
    assert list(into.departments.all()) == [cast.d8]


def test_never_an_inspection_into_a_walk_nor_an_order_into_a_plan(cast: Cast, planned):
    ordered = inspection_ordered(cast, planned)
    for into in (walk_ordered(cast), visit_planned(cast)):
        with refused(Invalid, ordered, into, says="反过来"):
            merge(into, ordered, cast.party_office)


def test_not_with_itself_and_not_with_what_took_place(cast: Cast, planned):
    row, visited = inspection_ordered(cast, planned), inspection_visited(cast, planned)
    with refused(Invalid, row):
        merge(row, row, cast.party_office)
    for into, other in ((visited, row), (row, visited)):
        with refused(WrongState, row, visited):
            merge(into, other, cast.party_office)


def test_a_second_click_is_refused(cast: Cast, planned):
    into, other = inspection_ordered(cast, planned), second_order(cast, planned, items=[planned.mu])
    merge(into, other, cast.party_office)
    with refused(WrongState, into, other):
        merge(into, other, cast.party_office)
    assert Line.objects.filter(inspection=into).count() == 2


@pytest.mark.parametrize("who", ["head6", "first", "office", "outsider"])
def test_only_the_party_office_merges(cast: Cast, planned, who):
    into, other = inspection_ordered(cast, planned), second_order(cast, planned, items=[planned.mu])
    with refused(NotAllowed, into, other):
        merge(into, other, cast.acting(who))


def test_it_is_recorded_on_both(cast: Cast, planned):
    into, other = inspection_ordered(cast, planned), second_order(cast, planned, items=[planned.mu])
    with recorded("inspection.merge") as event:
        merge(into, other, cast.party_office)
    assert (event.object_id, event.about) == (into.pk, [["inspection.inspection", other.pk]])
    assert event.after == {"text": "并入“另一次”（2026-06-30）"}


# ---- which are proposed ----


def overlaps(cast: Cast) -> list[tuple[str, str, tuple[str, ...]]]:
    found = programme.visits(cast.unit.pk, date(2026, 1, 1), date(2026, 12, 31))
    return [(o.into.inspection.title, o.other.inspection.title, o.shared) for o in programme.overlaps(found)]


def test_visits_to_one_department_within_thirty_days_are_proposed(cast: Cast, planned):
    inspection_ordered(cast, planned)
    second_order(cast, planned, items=[planned.mu])
    assert overlaps(cast) == [("年中联合督查", "另一次", ("第八检察部",))]


def test_a_walk_to_its_branch_counts_as_reaching_the_department(cast: Cast, planned):
    walk_ordered(cast)
    inspection_ordered(cast, planned, on=LATER)
    assert overlaps(cast) == [("年中联合督查", "联系点走访", ("第八检察部",))], (
        "the inspection is the one to keep"
    )


@pytest.mark.parametrize(("days", "proposed"), [(30, True), (31, False)])
def test_thirty_days_and_no_more(cast: Cast, planned, days, proposed):
    inspection_ordered(cast, planned)
    second_order(cast, planned, items=[planned.mu], on=DAY + timedelta(days=days))
    assert bool(overlaps(cast)) is proposed


def test_neither_what_took_place_nor_what_was_merged_away(cast: Cast, planned):
    into, other = inspection_ordered(cast, planned), second_order(cast, planned, items=[planned.mu])
    inspection_visited(cast, planned)
    merge(into, other, cast.party_office)
    assert overlaps(cast) == []


VISITS = st.lists(
    st.tuples(
        st.integers(0, 90), st.sets(st.integers(1, 4), max_size=3),
        st.sampled_from(["planned", "ordered", "visited", "closed"]), st.sampled_from(["inspection", "research"]),
    ),
    max_size=8,
)  # fmt: skip


@pytest.mark.pure
@given(VISITS)
def test_each_pair_that_is_close_is_proposed_once_and_no_other(rows):
    found = [
        programme.Visit(
            Inspection(pk=n, visit_on=DAY + timedelta(days=d), state=state, kind=kind),
            {k: str(k) for k in places},
        )
        for n, (d, places, state, kind) in enumerate(rows, start=1)
    ]
    wanted = {
        frozenset((a.inspection.pk, b.inspection.pk))
        for a, b in combinations(found, 2)
        if {a.inspection.state, b.inspection.state} <= {"planned", "ordered"}
        and abs((a.on - b.on).days) <= 30
        and set(a.departments) & set(b.departments)
    }
    pairs = programme.overlaps(found)
    assert len(pairs) == len(wanted)
    assert {frozenset((o.into.inspection.pk, o.other.inspection.pk)) for o in pairs} == wanted
    assert not any(
        o.into.inspection.state == "planned" and o.other.inspection.state == "ordered" for o in pairs
    )


def test_a_walk_with_its_people_waits_until_the_inspection_is_ordered(cast: Cast, planned):
    programmed = visit_planned(cast)
    walk = walk_ordered(cast, party_people=[cast.people["party_office"]])
    for into, other in ((programmed, walk), (walk, programmed)):
        with refused(Invalid, into, other, says="先下达“三季度督查”"):
            merge(into, other, cast.party_office)
