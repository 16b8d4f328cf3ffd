"""交办整改: the finding gets its task."""

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.flow import steps
from gangmu.inspection.actions import findings
from gangmu.inspection.models import Finding
from gangmu.tasks.models import Task
from tests.cast import (
    Cast,
    finding_raised,
    inspection_visited,
    plan_with_items,
    recorded,
    refused,
    task_issued,
)


@pytest.fixture
def finding(cast: Cast) -> Finding:
    planned = plan_with_items(cast)
    return finding_raised(cast, inspection_visited(cast, planned), planned)


def test_the_task_is_the_departments_with_the_findings_date(cast: Cast, finding):
    task = steps.rectify(finding=finding, by=cast.party_office)
    finding.refresh_from_db()
    assert (finding.state, finding.task) == ("rectifying", task)
    assert (task.source, task.department, task.due_on) == ("finding", cast.d8, finding.due_on)
    assert task.item == finding.line.item


def test_a_second_click_makes_no_second_task(cast: Cast, finding):
    steps.rectify(finding=finding, by=cast.party_office)
    with refused(WrongState, finding, says="整改中"):
        steps.rectify(finding=finding, by=cast.party_office)
    assert Task.objects.count() == 1


@pytest.mark.parametrize("who", ["head8", "first", "office", "outsider", "audit_admin"])
def test_only_the_team_and_the_party_office_assign(cast: Cast, finding, who):
    task = task_issued(cast)
    with refused(NotAllowed, finding):
        findings.assign(finding=finding, task=task, by=cast.acting(who))


def test_it_is_recorded(cast: Cast, finding):
    task = task_issued(cast)
    with recorded("inspection.assign") as event:
        findings.assign(finding=finding, task=task, by=cast.party_office)
    assert (event.object_id, event.after) == (finding.pk, {"task": "整理排口清单"})
