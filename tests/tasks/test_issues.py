"""难点热点: both sides before it is studied, both results before it is resolved."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from gangmu.common import clock
from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.flow import steps
from gangmu.meetings.actions import meetings
from gangmu.tasks import queries
from gangmu.tasks.actions import issues
from gangmu.tasks.models import Issue
from tests.cast import DAY, Cast, meeting_convened, plan_with_items, recorded, refused, task_signed


def raised(cast: Cast, *, both: bool = True, **more) -> Issue:
    sides = {"solution": "联合勘验", "party_way": "党员突击队进现场"} if both else {}
    values = {"unit": cast.unit, "title": "排口取证难", "department": cast.d8, "by": cast.head8}
    return issues.raise_issue(**(values | sides | more))


def studied(cast: Cast) -> Issue:
    return issues.study(issue=raised(cast), by=cast.head8)


RESULTS = {"business_result": "取到证 6 份", "party_result": "突击队三天排完"}


def test_it_is_raised_for_what_it_belongs_to(cast: Cast):
    task = task_signed(cast, item=plan_with_items(cast).mu)
    with recorded("tasks.raise_issue") as event:
        issue = raised(cast, task=task)
    assert (issue.state, issue.item, issue.raised_on) == ("raised", task.item, DAY)
    assert ["plan.planitem", task.item_id] in event.about


@pytest.mark.parametrize("who", ["head6", "leader", "first", "staff", "outsider", "stranger", "audit_admin"])
def test_others_do_not_raise_it_for_a_department(cast: Cast, who):
    with refused(NotAllowed):
        raised(cast, by=cast.acting(who))


def test_naming_oneself_gives_no_right(cast: Cast):
    with refused(NotAllowed):
        raised(cast, person=cast.people["staff"], by=cast.staff)


def test_people_and_tasks_of_other_units_are_refused(cast: Cast):
    with refused(Invalid, field="person"):
        raised(cast, person=cast.people["outsider"])


@pytest.mark.parametrize("missing", ["solution", "party_way"])
def test_with_one_side_it_is_not_studied(cast: Cast, missing):
    issue = raised(cast, **{missing: ""})
    with refused(Invalid, issue, says="都写上", field=missing):
        issues.study(issue=issue, by=cast.head8)
    issues.write_up(issue=issue, solution="办法", party_way="切入", by=cast.head8)
    assert issues.study(issue=issue, by=cast.head8).state == "studied"


@pytest.mark.parametrize("missing", list(RESULTS))
def test_with_one_result_it_is_not_resolved(cast: Cast, missing):
    issue = studied(cast)
    with refused(Invalid, issue, field=missing):
        issues.resolve(issue=issue, by=cast.head8, **(RESULTS | {missing: " "}))
    with recorded("tasks.resolve_issue") as event:
        issue = issues.resolve(issue=issue, by=cast.head8, **RESULTS)
    assert (issue.state, issue.resolved_on) == ("resolved", DAY) and "突击队" in event.after["text"]


@pytest.mark.parametrize("state", ["studied", "resolved"])
def test_the_database_holds_it_too(cast: Cast, state):
    issue = raised(cast, both=False)
    with pytest.raises(IntegrityError), transaction.atomic():
        Issue.objects.filter(pk=issue.pk).update(state=state)


def test_the_states_follow_one_another(cast: Cast):
    issue = raised(cast)
    with refused(WrongState, issue):
        issues.resolve(issue=issue, by=cast.head8, **RESULTS)
    issue = issues.study(issue=issue, by=cast.head8)
    for again in (lambda: issues.study(issue=issue, by=cast.head8),
                  lambda: issues.write_up(issue=issue, solution="", party_way="", by=cast.head8)):  # fmt: skip
        with refused(WrongState, issue):
            again()
    issue = issues.resolve(issue=issue, by=cast.head8, **RESULTS)
    with refused(WrongState, issue):
        issues.drop(issue=issue, reason="不要了", by=cast.head8)


def test_on_an_agenda_it_is_studied_once_the_meeting_is_final(cast: Cast):
    issue, meeting = raised(cast, item=plan_with_items(cast).mu), meeting_convened(cast)
    with recorded("meetings.add_topic", "tasks.put_forward_issue"):
        topic = steps.put_issue_to_meeting(issue=issue, meeting=meeting, by=cast.party_office)
    assert (topic.party_way, topic.item) == ("党员突击队进现场", issue.item)
    with refused(WrongState, issue, says="还没有定稿"):
        issues.study(issue=issue, by=cast.head8)
    with refused(WrongState, issue, says="已经列在"):
        steps.put_issue_to_meeting(issue=issue, meeting=meeting, by=cast.party_office)
    meeting = meetings.record_attendance(meeting=meeting, absent={}, by=cast.party_office)
    meetings.finalise(meeting=meeting, by=cast.party_office)
    with clock.at(DAY + timedelta(days=3)):
        issue = issues.study(issue=issue, by=cast.head8)
    assert (issue.studied_on, issue.agenda_item) == (DAY, topic)


def test_half_an_issue_is_not_put_on_an_agenda(cast: Cast):
    issue, meeting = raised(cast, both=False), meeting_convened(cast)
    with refused(Invalid, issue, meeting):
        steps.put_issue_to_meeting(issue=issue, meeting=meeting, by=cast.party_office)
    assert not meeting.agenda.exists()


def test_who_runs_no_meeting_puts_nothing_on_its_agenda(cast: Cast):
    issue, meeting = raised(cast), meeting_convened(cast)
    with refused(NotAllowed, issue):
        steps.put_issue_to_meeting(issue=issue, meeting=meeting, by=cast.head8)


@pytest.mark.parametrize("who", ["head6", "leader", "staff", "outsider"])
def test_others_do_not_work_on_it(cast: Cast, who):
    issue, by = raised(cast), cast.acting(who)
    for do in (lambda: issues.write_up(issue=issue, solution="甲", party_way="乙", by=by),
               lambda: issues.study(issue=issue, by=by),
               lambda: issues.drop(issue=issue, reason="丙", by=by)):  # fmt: skip
        with refused(NotAllowed, issue):
            do()


def test_it_is_dropped_with_a_reason(cast: Cast):
    issue = raised(cast)
    with refused(Invalid, issue, field="reason"):
        issues.drop(issue=issue, reason="", by=cast.head8)
    with recorded("tasks.drop_issue"):
        assert issues.drop(issue=issue, reason="并入专项", by=cast.head8).state == "dropped"


def test_what_is_written_up_is_recorded_and_nothing_is_not(cast: Cast):
    issue = raised(cast, both=False)
    with recorded("tasks.write_up_issue") as event:
        issues.write_up(issue=issue, solution="请专家", party_way="", by=cast.office)
    assert event.after["solution"] == "请专家"
    before = queries.similar_issues(cast.unit.pk, "无")
    assert before == []
    issues.write_up(issue=issue, solution="请专家", party_way="", by=cast.office)


def test_earlier_issues_that_are_alike_are_found_the_likest_first(cast: Cast):
    same = raised(cast, title="入河排口取证难")
    near = raised(cast, title="排口鉴定时间长")
    raised(cast, title="档案电子化")
    dropped = issues.drop(issue=raised(cast, title="入河排口取证很难"), reason="重复", by=cast.head8)
    found = [s.issue for s in queries.similar_issues(cast.unit.pk, "河口排口取证难")]
    assert found[0] == same and dropped not in found and near in [same, near, *found]
    assert not queries.similar_issues(cast.other.pk, "入河排口取证难")
    assert [s.issue for s in queries.similar_issues(cast.unit.pk, "入河排口取证难", but=same.pk)][:1] != [
        same
    ]
    with CaptureQueriesContext(connection) as seen:
        queries.similar_issues(cast.unit.pk, "入河排口")
    assert len(seen) == 1
