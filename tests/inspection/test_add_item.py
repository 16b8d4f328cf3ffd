"""现场加一项: what nobody thought of before one was there."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.inspection.actions import inspections
from gangmu.inspection.models import Inspection
from tests.cast import Cast, Planned, inspection_visited, plan_with_items, recorded, refused, walk_ordered


@pytest.fixture
def planned(cast: Cast) -> Planned:
    return plan_with_items(cast)


def add(row, item, by) -> Inspection:
    return inspections.add_item(inspection=row, item=item, by=by)


def test_it_brings_its_knots_and_wants_both_effects(cast: Cast, planned):
    row = add(walk_ordered(cast), planned.mu, cast.leader)
    assert row.lines.get().entry_point == planned.knot
    with refused(Invalid, row, says="没有两头都写"):
        inspections.close(inspection=row, by=cast.leader)


def test_once_only_and_only_business_of_the_unit(cast: Cast, planned):
    row = add(walk_ordered(cast), planned.mu, cast.party_office)
    with refused(Invalid, row, says="已经在这次督查里"):
        add(row, planned.mu, cast.party_office)
    with refused(Invalid, row, field="item"):
        add(row, planned.gang, cast.party_office)
    assert row.lines.count() == 1


def test_not_after_the_end(cast: Cast, planned):
    row = inspections.close(inspection=inspection_visited(cast, planned), by=cast.party_office)
    with refused(WrongState, row, says="已办结"):
        add(row, planned.mu, cast.party_office)


@pytest.mark.parametrize("who", ["head8", "first", "office", "outsider"])
def test_who_does_not_go_adds_nothing(cast: Cast, planned, who):
    row = walk_ordered(cast)
    with refused(NotAllowed, row):
        add(row, planned.mu, cast.acting(who))


def test_it_is_recorded_on_the_item(cast: Cast, planned):
    row = walk_ordered(cast)
    with recorded("inspection.add_item") as event:
        add(row, planned.mu, cast.leader)
    assert (event.about, event.after) == ([["plan.planitem", planned.mu.pk]], {"text": "公益诉讼专项"})
