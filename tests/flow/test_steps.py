"""The story's steps: begun in one room, ended in another, each in one transaction."""

from datetime import timedelta

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.events.models import Event
from gangmu.flow import gates, steps
from gangmu.meetings.actions import meetings
from gangmu.meetings.models import AgendaItem, Decision
from gangmu.plan.models import EntryPoint, Plan
from gangmu.tasks.actions import tasks
from gangmu.tasks.models import Task
from tests.cast import (
    DAY,
    Cast,
    decided,
    inspection_visited,
    meeting_convened,
    plan_with_items,
    recorded,
    refused,
)


@pytest.fixture
def draft(cast: Cast) -> Plan:
    return plan_with_items(cast, adopted=False).plan


def put(cast: Cast, plan: Plan, *, waiver: str = "", by=None) -> AgendaItem:
    return steps.put_to_meeting(
        plan=plan, meeting=meeting_convened(cast), waiver=waiver, by=by or cast.party_office
    )


def test_a_plan_with_holes_does_not_get_on_the_agenda(cast: Cast, draft):
    meeting = meeting_convened(cast)
    with refused(Invalid, draft, meeting, says="1 项业务没有切入点", field="waiver"):
        steps.put_to_meeting(plan=draft, meeting=meeting, by=cast.party_office)
    assert not meeting.agenda.exists()


def test_with_a_written_reason_it_does_and_the_reason_stays(cast: Cast, draft):
    meeting = meeting_convened(cast)
    with recorded("flow.waive", "meetings.add_topic"):
        steps.put_to_meeting(plan=draft, meeting=meeting, waiver="先行印发", by=cast.party_office)
    event = Event.objects.get(verb="flow.waive")
    assert (event.object_id, event.after) == (draft.pk, {"gate": "adoption", "reason": "先行印发"})


@pytest.mark.parametrize("who", ["office", "head8", "leader"])
def test_a_reason_of_somebody_who_may_not_adopt_waives_nothing(cast: Cast, draft, who):
    meeting = meeting_convened(cast)
    with refused(NotAllowed, draft, meeting):
        steps.put_to_meeting(plan=draft, meeting=meeting, waiver="先行印发", by=cast.acting(who))
    assert not meeting.agenda.exists()


def test_the_gate_says_every_hindrance(cast: Cast, draft):
    says = gates.adoption(draft).says
    assert len(says) == 3
    assert "没有覆盖：思想、制度、活动" in says[1] and "第八检察部" in says[2]
    assert not gates.adoption(draft).open


def test_the_decision_and_the_plan_are_one_step(cast: Cast, draft):
    topic = put(cast, draft, waiver="先行印发")
    meetings.record_attendance(meeting=topic.meeting, absent={}, by=cast.party_office)
    with recorded("meetings.decide", "plan.adopt"):
        decision = steps.adopt_plan(agenda_item=AgendaItem.objects.get(pk=topic.pk), by=cast.party_office)
    draft.refresh_from_db()
    assert (draft.state, draft.adopted_on, decision.adopts) == ("adopted", DAY, draft)
    assert not decision.needs_action


def test_a_decision_that_cannot_adopt_is_not_written(cast: Cast, draft):
    topic = put(cast, draft, waiver="先行印发")
    gone = {cast.people[p].pk: "出差" for p in ("first", "leader")}
    meetings.record_attendance(meeting=topic.meeting, absent=gone, by=cast.party_office)
    topic = AgendaItem.objects.get(pk=topic.pk)
    with refused(Invalid, draft, topic, says="不足法定人数"):
        steps.adopt_plan(agenda_item=topic, by=cast.party_office)


def test_who_writes_minutes_but_may_not_adopt_leaves_nothing_half_done(cast: Cast, draft):
    """The office may write the decision; the plan refuses; the decision goes too."""
    topic = put(cast, draft, waiver="先行印发")
    meetings.record_attendance(meeting=topic.meeting, absent={}, by=cast.party_office)
    with refused(NotAllowed, draft):
        steps.adopt_plan(agenda_item=AgendaItem.objects.get(pk=topic.pk), by=cast.office)
    assert not Decision.objects.exists()


def test_adopting_twice_is_refused(cast: Cast, draft):
    topic = put(cast, draft, waiver="先行印发")
    meetings.record_attendance(meeting=topic.meeting, absent={}, by=cast.party_office)
    topic = AgendaItem.objects.get(pk=topic.pk)
    steps.adopt_plan(agenda_item=topic, by=cast.party_office)
    with refused(WrongState, draft):
        steps.adopt_plan(agenda_item=topic, by=cast.party_office)
    assert Decision.objects.count() == 1


def test_an_item_becomes_a_task_with_its_own_title(cast: Cast):
    item = plan_with_items(cast).mu
    task = steps.deploy_item(item=item, department=cast.d8, due_on=DAY, by=cast.office)
    assert (task.title, task.source, task.item, task.unit) == (item.title, "plan", item, cast.unit)


def test_a_decision_becomes_a_task_with_its_own_department_and_date(cast: Cast):
    decision = decided(cast)
    task = steps.deploy_decision(decision=decision, by=cast.office)
    assert (task.title, task.source, task.department) == ("由第八检察部牵头抓好", "decision", cast.d8)
    assert (task.due_on, task.decision) == (decision.due_on, decision)


def test_another_department_and_date_may_be_given(cast: Cast):
    due = DAY + timedelta(days=3)
    task = steps.deploy_decision(decision=decided(cast), department=cast.d6, due_on=due, by=cast.office)
    assert (task.department, task.due_on) == (cast.d6, due)


def test_a_decision_is_deployed_once(cast: Cast):
    decision = decided(cast)
    task = steps.deploy_decision(decision=decision, by=cast.office)
    with refused(WrongState, decision, says="已经立项"):
        steps.deploy_decision(decision=decision, by=cast.office)
    tasks.cancel(task=task, reason="改派", by=cast.office)
    assert steps.deploy_decision(decision=decision, by=cast.office).pk
    assert Task.objects.count() == 2


def test_a_draft_of_minutes_deploys_nothing(cast: Cast):
    decision = decided(cast, final=False)
    with refused(WrongState, decision, says="定稿"):
        steps.deploy_decision(decision=decision, by=cast.office)


@pytest.mark.parametrize("who", ["first", "head8", "branch", "staff", "outsider"])
def test_only_the_offices_deploy(cast: Cast, who):
    decision = decided(cast)
    with refused(NotAllowed, decision):
        steps.deploy_decision(decision=decision, by=cast.acting(who))


@pytest.mark.parametrize(
    ("grade", "state"), [("effective", "effective"), ("partly", "open"), ("none", "open")]
)
def test_what_was_seen_is_carried_to_the_knot(cast: Cast, grade, state):
    planned = plan_with_items(cast)
    steps.close_inspection(inspection=inspection_visited(cast, planned, grade=grade), by=cast.party_office)
    knot = EntryPoint.objects.get(pk=planned.knot.pk)
    assert knot.state == state
    assert (knot.effect, knot.effect_on) == (("先锋岗在办案组", DAY) if state == "effective" else ("", None))


def test_a_later_visit_that_finds_nothing_opens_the_knot_again(cast: Cast):
    planned = plan_with_items(cast)
    steps.close_inspection(inspection=inspection_visited(cast, planned), by=cast.party_office)
    steps.close_inspection(inspection=inspection_visited(cast, planned, grade="none"), by=cast.party_office)
    assert EntryPoint.objects.get(pk=planned.knot.pk).state == "open"
    verbs = list(Event.objects.filter(kind="plan.entrypoint").order_by("pk").values_list("verb", flat=True))
    assert verbs == ["plan.tie", "plan.take_effect", "plan.reopen_entry_point"]


def test_an_inspection_that_cannot_close_carries_nothing(cast: Cast):
    planned = plan_with_items(cast)
    inspection = inspection_visited(cast, planned)
    inspection.lines.filter(item=planned.loose).update(party_effect="")
    with refused(Invalid, inspection, planned.knot):
        steps.close_inspection(inspection=inspection, by=cast.party_office)


def test_closing_twice_is_refused(cast: Cast):
    inspection = inspection_visited(cast, plan_with_items(cast))
    steps.close_inspection(inspection=inspection, by=cast.party_office)
    with refused(WrongState, inspection):
        steps.close_inspection(inspection=inspection, by=cast.party_office)
