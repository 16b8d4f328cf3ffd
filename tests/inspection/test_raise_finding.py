"""提出问题: on one side of a line, with who puts it right by when."""

from datetime import timedelta

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.inspection.actions import findings, inspections
from gangmu.inspection.models import Finding, Inspection
from tests.cast import (
    DAY,
    Cast,
    Planned,
    finding_raised,
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
def visited(cast: Cast, planned) -> Inspection:
    return inspection_visited(cast, planned)


def find(cast: Cast, planned, inspection, *, by=None, **more) -> Finding:
    values = {"side": "party", "text": "活动记录没有分工", "department": cast.d8, "due_on": DAY}
    line = line_of(inspection, planned.mu)
    return findings.raise_finding(line=line, by=by or cast.party_office, **(values | more))


def test_it_is_open_until_somebody_puts_it_right(cast: Cast, planned, visited):
    finding = find(cast, planned, visited)
    assert (finding.state, finding.side, finding.task) == ("open", "party", None)


def test_it_may_be_raised_after_the_inspection_is_closed(cast: Cast, planned, visited):
    inspections.close(inspection=visited, by=cast.party_office)
    assert find(cast, planned, visited).pk


def test_what_nobody_looked_at_has_no_finding(cast: Cast, planned):
    inspection = inspection_ordered(cast, planned)
    with refused(WrongState, inspection, says="先写下查到的实效"):
        find(cast, planned, inspection)


def test_a_date_before_the_visit_is_refused(cast: Cast, planned, visited):
    with refused(Invalid, visited, says="早于督查", field="due_on"):
        find(cast, planned, visited, due_on=DAY - timedelta(days=1))
    assert not Finding.objects.exists()


@pytest.mark.parametrize(("values", "field"), [({"text": ""}, "text"), ({"side": "both"}, "side")])
def test_wrong_words_are_refused(cast: Cast, planned, visited, values, field):
    with refused(Invalid, field=field):
        find(cast, planned, visited, **values)


def test_a_department_of_another_unit_is_refused(cast: Cast, planned, visited):
    with refused(Invalid, field="department"):
        find(cast, planned, visited, department=cast.departments["第一检察部"])


@pytest.mark.parametrize("who", ["head8", "first", "office", "staff", "outsider", "security_admin"])
def test_only_the_team_and_the_party_office_raise_one(cast: Cast, planned, visited, who):
    with refused(NotAllowed, visited):
        find(cast, planned, visited, by=cast.acting(who))


def test_it_is_recorded_on_inspection_and_item(cast: Cast, planned, visited):
    with recorded("inspection.raise_finding") as event:
        finding = finding_raised(cast, visited, planned)
    assert (event.kind, event.object_id, event.happened_on) == ("inspection.finding", finding.pk, DAY)
    assert event.about == [["inspection.inspection", visited.pk], ["plan.planitem", planned.mu.pk]]
    assert event.after == {"side": "business", "department": "第八检察部", "due_on": "2026-07-10"}
