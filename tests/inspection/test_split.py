"""拆开: two visits of the programme that were merged are two again, until one is ordered."""

import random
from datetime import timedelta

import pytest

from gangmu.common.errors import NotAllowed, Refused, WrongState
from gangmu.inspection.actions import inspections
from gangmu.inspection.models import Inspection
from tests.cast import (
    DAY,
    Cast,
    inspection_ordered,
    plan_with_items,
    recorded,
    refused,
    visit_planned,
    walk_ordered,
)


def merge(cast: Cast, into: Inspection, other: Inspection) -> Inspection:
    return inspections.merge(inspection=into, other=other, by=cast.party_office)


def split(cast: Cast, row: Inspection, by=None) -> Inspection:
    return inspections.split(inspection=Inspection.objects.get(pk=row.pk), by=by or cast.party_office)


def stands(row: Inspection) -> tuple:
    found = Inspection.objects.get(pk=row.pk)
    places = set(found.departments.values_list("pk", flat=True))
    return found.state, found.merged_into_id, found.branch_id, found.topic, found.leader_id, places


def test_both_are_what_they_were(cast: Cast):
    into, gone = visit_planned(cast), visit_planned(cast, departments=[cast.d6, cast.d8], branch=cast.branch1)
    before = stands(into), stands(gone)
    merge(cast, into, gone)
    assert stands(into)[2] == cast.branch1.pk and stands(into)[5] == {cast.d6.pk, cast.d8.pk}
    assert split(cast, gone).state == "planned"
    assert (stands(into), stands(gone)) == before
    assert Inspection.objects.get(pk=into.pk).before_merge == {}


def test_what_another_that_stays_merged_brings_is_kept(cast: Cast):
    into = visit_planned(cast)
    one, two = (
        visit_planned(cast, departments=[cast.d6]),
        visit_planned(cast, departments=[cast.d6, cast.party]),
    )
    merge(cast, into, one)
    merge(cast, into, two)
    split(cast, two)
    assert stands(into)[5] == {cast.d8.pk, cast.d6.pk}
    split(cast, one)
    assert stands(into)[5] == {cast.d8.pk}


@pytest.mark.parametrize("seed", range(8))
def test_whatever_was_merged_splits_back_to_where_it_began(cast: Cast, seed):
    chance = random.Random(seed)
    places = [cast.d8, cast.d6, cast.party, cast.support]
    rows = [
        visit_planned(
            cast,
            departments=chance.sample(places, chance.randrange(4)),
            branch=chance.choice([None, cast.branch1]),
        )
        for _n in range(5)
    ]
    before = [stands(r) for r in rows]
    done = 0
    for _n in range(25):
        one, other = (Inspection.objects.get(pk=r.pk) for r in chance.sample(rows, 2))
        try:
            merge(cast, one, other) if chance.random() < 0.5 else split(cast, one)
            done += 1
        except Refused:
            pass
    while merged := Inspection.objects.filter(state="merged", merged_into__state="planned").first():
        split(cast, merged)
    assert done and [stands(r) for r in rows] == before


def test_once_it_is_ordered_it_stays_one(cast: Cast):
    into, gone = visit_planned(cast), visit_planned(cast)
    merge(cast, into, gone)
    planned = plan_with_items(cast)
    inspections.order(
        unit=cast.unit, title="督查", visit_on=DAY + timedelta(days=40), party_people=[cast.people["party_office"]],
        business_people=[cast.people["head6"]], items=[planned.mu], planned=into, by=cast.party_office,
    )  # fmt: skip
    with refused(WrongState, into, gone, says="不能再拆开"):
        split(cast, gone)


@pytest.mark.parametrize("ordered", ["into", "gone"])
def test_what_was_ordered_before_it_was_merged_stays_one(cast: Cast, ordered):
    if ordered == "into":
        into, gone = inspection_ordered(cast, plan_with_items(cast)), visit_planned(cast)
    else:
        into, gone = visit_planned(cast), walk_ordered(cast)
    merge(cast, into, gone)
    with refused(WrongState, into, gone, says="不能再拆开"):
        split(cast, gone)


def test_the_outer_merge_is_split_first(cast: Cast):
    one, two, three = (visit_planned(cast) for _n in range(3))
    merge(cast, two, one)
    merge(cast, three, two)
    with refused(WrongState, one, two, three):
        split(cast, one)
    split(cast, two)
    assert split(cast, one).state == "planned"


def test_what_was_not_merged_or_is_split_already_is_refused(cast: Cast):
    into, gone = visit_planned(cast), visit_planned(cast)
    with refused(WrongState, gone, says="已列入"):
        split(cast, gone)
    merge(cast, into, gone)
    split(cast, gone)
    with refused(WrongState, gone, says="已列入"):
        split(cast, gone)


@pytest.mark.parametrize("who", ["head6", "first", "office", "outsider"])
def test_only_the_party_office_splits(cast: Cast, who):
    into, gone = visit_planned(cast), visit_planned(cast)
    merge(cast, into, gone)
    with refused(NotAllowed, into, gone):
        split(cast, gone, by=cast.acting(who))


def test_it_is_recorded_on_both(cast: Cast):
    into, gone = visit_planned(cast), visit_planned(cast)
    merge(cast, into, gone)
    with recorded("inspection.split") as event:
        split(cast, gone)
    assert (event.object_id, event.about) == (gone.pk, [["inspection.inspection", into.pk]])
    assert event.after == {"text": "从“三季度督查”（2026-07-20）拆开"}
