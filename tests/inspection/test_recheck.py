"""复查: somebody from outside the department looks again."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.flow import steps
from gangmu.inspection import queries
from gangmu.inspection.actions import findings
from gangmu.inspection.models import Finding, TeamMember
from gangmu.org.models import Post
from gangmu.tasks.actions import tasks
from tests.cast import (
    DAY,
    Cast,
    finding_raised,
    inspection_visited,
    moved,
    plan_with_items,
    recorded,
    refused,
)


@pytest.fixture
def finding(cast: Cast) -> Finding:
    """Given to 第八检察部, not yet put right."""
    planned = plan_with_items(cast)
    finding = finding_raised(cast, inspection_visited(cast, planned), planned)
    steps.rectify(finding=finding, by=cast.party_office)
    return Finding.objects.get(pk=finding.pk)


def put_right(cast: Cast, finding: Finding, *, verified: bool = True) -> None:
    task = tasks.sign(task=finding.task, by=cast.head8)
    tasks.submit(task=task, text="已补齐", by=cast.head8)
    if verified:
        tasks.verify(task=task, by=cast.office)


def recheck(cast: Cast, finding: Finding, passed: bool = True, *, note: str = "", by=None) -> Finding:
    return findings.recheck(finding=finding, passed=passed, note=note, by=by or cast.party_office)


def test_what_was_put_right_is_closed(cast: Cast, finding):
    put_right(cast, finding)
    row = recheck(cast, finding)
    assert (row.state, row.rechecked_on, row.rechecked_by) == ("closed", DAY, cast.people["party_office"])
    item = finding.line.item_id
    assert queries.inspected([item])[item].open_findings == 0


@pytest.mark.parametrize("handed_in", [False, True])
def test_before_the_task_is_verified_it_does_not_pass(cast: Cast, finding, handed_in):
    if handed_in:
        put_right(cast, finding, verified=False)
    with refused(WrongState, finding, says="还没有报结和核查"):
        recheck(cast, finding)


def test_a_finding_without_a_task_does_not_pass(cast: Cast, finding):
    Finding.objects.filter(pk=finding.pk).update(task=None)
    with refused(WrongState, finding):
        recheck(cast, finding)


def test_not_passed_it_stays_open_with_what_is_missing(cast: Cast, finding):
    assert recheck(cast, finding, passed=False, note="还差一处").state == "rectifying"


def test_not_passed_needs_a_note(cast: Cast, finding):
    with refused(Invalid, finding, field="note"):
        recheck(cast, finding, passed=False, note=" ")


def test_a_second_click_is_refused(cast: Cast, finding):
    put_right(cast, finding)
    recheck(cast, finding)
    with refused(WrongState, finding, says="已销号"):
        recheck(cast, finding)


def test_a_member_of_the_team_rechecks(cast: Cast, finding):
    put_right(cast, finding)
    assert recheck(cast, finding, by=cast.head6).state == "closed"


def test_the_head_of_the_department_does_not_recheck_even_in_the_team(cast: Cast, finding):
    put_right(cast, finding)
    Finding.objects.filter(pk=finding.pk).update(department=cast.d6)
    with refused(NotAllowed, finding, says="整改部门以外"):
        recheck(cast, Finding.objects.get(pk=finding.pk), by=cast.head6)


def test_who_put_it_right_does_not_recheck_from_another_post(cast: Cast, finding):
    put_right(cast, finding)
    by = moved(cast, "head8", Post.Kind.PARTY_OFFICE_HEAD, cast.party)
    with refused(NotAllowed, finding, says="换了岗位也不能复查"):
        recheck(cast, Finding.objects.get(pk=finding.pk), by=by)
    assert recheck(cast, finding).state == "closed"


def test_nobody_of_the_department_rechecks_even_in_the_team(cast: Cast, finding):
    put_right(cast, finding)
    person = cast.people["staff"]
    TeamMember.objects.create(inspection=finding.line.inspection, person=person, side="business")
    with refused(NotAllowed, finding, says="整改部门以外"):
        recheck(cast, finding, by=cast.staff)


@pytest.mark.parametrize("who", ["head8", "first", "leader", "office", "outsider", "system_admin"])
def test_others_do_not(cast: Cast, finding, who):
    put_right(cast, finding)
    with refused(NotAllowed, finding):
        recheck(cast, finding, by=cast.acting(who))


def test_it_is_recorded(cast: Cast, finding):
    with recorded("inspection.recheck") as event:
        recheck(cast, finding, passed=False, note="还差一处")
    assert (event.object_id, event.after) == (finding.pk, {"passed": False, "note": "还差一处"})
