"""不去了: a visit to come that does not take place."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.inspection import queries
from gangmu.inspection.actions import inspections
from tests.cast import (
    Cast,
    inspection_ordered,
    inspection_visited,
    plan_with_items,
    recorded,
    refused,
    visit_planned,
)


def call_off(row, by, reason="另有安排"):
    return inspections.call_off(inspection=row, reason=reason, by=by)


def test_it_is_off_and_no_item_waits_for_it(cast: Cast):
    planned = plan_with_items(cast)
    assert call_off(inspection_ordered(cast, planned), cast.party_office).state == "called_off"
    assert queries.stands([planned.mu.pk])[1] == {}
    assert call_off(visit_planned(cast), cast.committee).state == "called_off"


def test_why_is_said(cast: Cast):
    row = visit_planned(cast)
    with refused(Invalid, row, field="reason"):
        call_off(row, cast.party_office, " ")


def test_what_was_visited_took_place(cast: Cast):
    row = inspection_visited(cast, plan_with_items(cast))
    with refused(WrongState, row):
        call_off(row, cast.party_office)


def test_a_second_click_is_refused(cast: Cast):
    row = call_off(visit_planned(cast), cast.party_office)
    with refused(WrongState, row):
        call_off(row, cast.party_office)


@pytest.mark.parametrize("who", ["head6", "first", "office", "outsider"])
def test_only_the_party_office_calls_off(cast: Cast, who):
    row = inspection_ordered(cast, plan_with_items(cast))
    with refused(NotAllowed, row):
        call_off(row, cast.acting(who))


def test_it_is_recorded(cast: Cast):
    row = visit_planned(cast)
    with recorded("inspection.call_off") as event:
        call_off(row, cast.party_office)
    assert (event.object_id, event.after) == (row.pk, {"reason": "另有安排"})
