"""办结: only when both sides of every line are written."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.inspection.actions import inspections
from tests.cast import (
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


def test_it_is_closed(cast: Cast, planned):
    assert inspections.close(inspection=inspection_visited(cast, planned), by=cast.head6).state == "closed"


def test_a_line_without_its_two_sides_stops_it(cast: Cast, planned):
    inspection = inspection_ordered(cast, planned)
    inspections.look(
        line=line_of(inspection, planned.mu),
        business_effect="有",
        party_effect="有",
        grade="partly",
        by=cast.head6,
    )
    with refused(Invalid, inspection, says="还有 1 条没有两头都写：民事执行监督"):
        inspections.close(inspection=inspection, by=cast.party_office)


@pytest.mark.parametrize("side", ["business_effect", "party_effect"])
def test_one_empty_side_stops_it(cast: Cast, planned, side):
    inspection = inspection_visited(cast, planned)
    inspection.lines.filter(item=planned.mu).update(**{side: " "})
    with refused(Invalid, inspection, says="公益诉讼专项"):
        inspections.close(inspection=inspection, by=cast.party_office)


def test_a_second_click_is_refused(cast: Cast, planned):
    inspection = inspections.close(inspection=inspection_visited(cast, planned), by=cast.party_office)
    with refused(WrongState, inspection, says="已办结"):
        inspections.close(inspection=inspection, by=cast.party_office)


@pytest.mark.parametrize("who", ["head8", "first", "office", "outsider", "stranger", "system_admin"])
def test_only_the_team_and_the_party_office_close(cast: Cast, planned, who):
    inspection = inspection_visited(cast, planned)
    with refused(NotAllowed, inspection):
        inspections.close(inspection=inspection, by=cast.acting(who))


def test_it_is_recorded(cast: Cast, planned):
    inspection = inspection_visited(cast, planned)
    with recorded("inspection.close") as event:
        inspections.close(inspection=inspection, by=cast.party_office)
    assert event.object_id == inspection.pk
