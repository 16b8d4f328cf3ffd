"""查实效: both effects of one line, held against what was promised."""

from datetime import timedelta

import pytest

from gangmu.common import clock
from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.inspection.actions import inspections
from gangmu.inspection.models import Inspection, Line
from tests.cast import (
    DAY,
    Cast,
    Planned,
    inspection_ordered,
    inspection_visited,
    line_of,
    plan_with_items,
    recorded,
    refused,
)


@pytest.fixture
def planned(cast: Cast) -> Planned:
    return plan_with_items(cast)


@pytest.fixture
def line(cast: Cast, planned) -> Line:
    return line_of(inspection_ordered(cast, planned), planned.mu)


def look(
    cast: Cast, line: Line, business="案件按期办结", party="先锋岗在办案组", *, grade="effective", by=None
) -> Line:
    return inspections.look(
        line=line, business_effect=business, party_effect=party, grade=grade, by=by or cast.party_office
    )


def test_the_first_look_is_the_visit(cast: Cast, line):
    row = look(cast, line, " 案件按期办结 ")
    assert (row.business_effect, row.complete) == ("案件按期办结", True)
    line.inspection.refresh_from_db()
    assert line.inspection.state == "visited"


@pytest.mark.parametrize(
    ("business", "party", "field"), [("", "有", "business_effect"), ("有", "  ", "party_effect")]
)
def test_one_side_alone_is_refused(cast: Cast, line, business, party, field):
    with refused(Invalid, line, line.inspection, says="两头都写", field=field):
        look(cast, line, business, party)


def test_a_grade_that_does_not_exist_is_refused(cast: Cast, line):
    with refused(Invalid, line, field="grade"):
        look(cast, line, grade="splendid")


def test_it_can_be_corrected_until_the_inspection_is_closed(cast: Cast, planned):
    inspection = inspection_visited(cast, planned)
    line = line_of(inspection, planned.mu)
    assert look(cast, line, grade="partly").grade == "partly"
    inspections.close(inspection=inspection, by=cast.party_office)
    with refused(WrongState, line, says="已经办结"):
        look(cast, line)


def test_before_the_visit_nothing_was_seen(cast: Cast, planned):
    line = line_of(inspection_ordered(cast, planned, on=DAY + timedelta(days=1)), planned.mu)
    with refused(WrongState, line, says="还没有到"):
        look(cast, line)
    with clock.at(DAY + timedelta(days=1)):
        assert look(cast, line).complete


def test_who_writes_over_what_somebody_wrote_meanwhile_is_told_once(cast: Cast, line):
    shown = line.stamp
    look(cast, line, "傅云深写的", by=cast.head6)
    with refused(Invalid, line, says="傅云深写的"):
        inspections.look(
            line=line,
            business_effect="沈若水写的",
            party_effect="有",
            grade="partly",
            seen=shown,
            by=cast.party_office,
        )
    line.refresh_from_db()
    row = inspections.look(
        line=line,
        business_effect="沈若水写的",
        party_effect="有",
        grade="partly",
        seen=line.stamp,
        by=cast.party_office,
    )
    assert row.business_effect == "沈若水写的"


def test_writing_the_same_twice_is_no_conflict(cast: Cast, line):
    shown = line.stamp
    look(cast, line)
    row = inspections.look(
        line=line, business_effect="案件按期办结", party_effect="先锋岗在办案组", grade="effective", seen=shown,
        by=cast.party_office,
    )  # fmt: skip
    assert row.complete


@pytest.mark.parametrize("state", ["planned", "merged", "called_off"])
def test_a_visit_that_is_not_on_is_not_written_down(cast: Cast, line, state):
    Inspection.objects.filter(pk=line.inspection_id).update(state=state)
    with refused(WrongState, line, says="不能再记"):
        look(cast, line)


def test_the_team_writes_it_down_too(cast: Cast, line):
    assert look(cast, line, by=cast.head6).complete


@pytest.mark.parametrize("who", ["head8", "first", "leader", "office", "staff", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, line, who):
    with refused(NotAllowed, line, line.inspection):
        look(cast, line, by=cast.acting(who))


def test_it_is_recorded_on_item_and_knot_on_the_day_of_the_visit(cast: Cast, planned, line):
    with clock.at(DAY + timedelta(days=2)), recorded("inspection.look") as event:
        look(cast, line)
    assert (event.happened_on, event.recorded_at.date()) == (DAY, DAY + timedelta(days=2))
    assert event.about == [
        ["plan.entrypoint", planned.knot.pk], ["plan.planitem", planned.gang.pk], ["plan.planitem", planned.mu.pk],
    ]  # fmt: skip
    assert event.after["party_effect"] == "先锋岗在办案组"
