"""The story, told once: steps that begin in one room and end in another. Each is one transaction."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import WrongState
from gangmu.common.models import lock
from gangmu.events.log import record
from gangmu.flow import gates
from gangmu.inspection.actions import findings, inspections
from gangmu.inspection.models import Finding, Inspection, Line
from gangmu.meetings.actions import decisions, meetings
from gangmu.meetings.models import AgendaItem, Decision, Meeting
from gangmu.org.actor import Actor
from gangmu.org.models import Department, Person
from gangmu.plan.actions import amendments, entry_points, plans
from gangmu.plan.models import Amendment, EntryPoint, Plan, PlanItem
from gangmu.plan.policies import edit_plan
from gangmu.tasks.actions import tasks
from gangmu.tasks.actions.tasks import NewResource
from gangmu.tasks.models import Task


@transaction.atomic
def put_to_meeting(*, plan: Plan, meeting: Meeting, waiver: str = "", by: Actor) -> AgendaItem:
    """统一研究: the plan goes on the agenda, once the two tracks are bound or a reason is written."""
    edit_plan.require(by, plan)
    gates.pass_adoption(plan, waiver=waiver, by=by)
    if waiver.strip():
        record("flow.waive", plan, by=by, unit_id=plan.unit_id, after={"gate": "adoption", "reason": waiver})
    return meetings.add_topic(
        meeting=meeting, title=_("审议《%(title)s》") % {"title": plan.title}, topic=AgendaItem.Topic.PLAN, plan=plan,
        by=by,
    )  # fmt: skip


@transaction.atomic
def adopt_plan(*, agenda_item: AgendaItem, by: Actor) -> Decision:
    """The body adopts the plan on its agenda: the decision is written, the plan is in force from that day."""
    plan = agenda_item.plan
    assert plan is not None  # noqa: S101 - only agenda items with a plan offer this step
    if plan.amendments.filter(state=Amendment.State.PROPOSED).exists():
        return adopt_amendment(agenda_item=agenda_item, by=by)
    decision = decisions.decide(
        agenda_item=agenda_item,
        text=_("同意《%(title)s》，印发执行。") % {"title": plan.title},
        adopts=plan,
        by=by,
    )
    plans.adopt(plan=plan, on=agenda_item.meeting.held_on, by=by)
    return decision


@transaction.atomic
def put_amendment_to_meeting(*, amendment: Amendment, meeting: Meeting, by: Actor) -> AgendaItem:
    """年中调整: the amendment of a plan in force goes on the agenda of the body that decides."""
    amendment = amendments.propose(amendment=amendment, by=by)
    words = {"title": amendment.plan.title, "no": amendment}
    return meetings.add_topic(
        meeting=meeting, title=(_("审议《%(title)s》%(no)s") % words)[:120], topic=AgendaItem.Topic.PLAN,
        plan=amendment.plan, by=by,
    )  # fmt: skip


@transaction.atomic
def adopt_amendment(*, agenda_item: AgendaItem, by: Actor) -> Decision:
    """The body agrees to the amendment before it: every line of it is in force from that day."""
    plan = agenda_item.plan
    found = Amendment.objects.filter(plan=plan, state=Amendment.State.PROPOSED).first()
    if plan is None or found is None:
        raise WrongState(_("这份计划没有待审议的调整，这一步已经办过或还不能办。"))
    amendment = amendments.adopt(amendment=found, on=agenda_item.meeting.held_on, by=by)
    words = {"title": plan.title, "no": amendment}
    return decisions.decide(
        agenda_item=agenda_item, text=_("同意《%(title)s》%(no)s，照此执行。") % words,
        items=[line.item for line in amendment.lines.select_related("item") if line.item], needs_action=False, by=by,
    )  # fmt: skip


@transaction.atomic
def deploy_item(
    *,
    item: PlanItem,
    department: Department,
    due_on: date | None,
    title: str = "",
    person: Person | None = None,
    co_departments: Iterable[Department] = (),
    resources: Iterable[NewResource] = (),
    requirement: str = "",
    by: Actor,
) -> Task:
    """统一部署: an item of a plan in force becomes a task that somebody owns, with people, money and things."""
    if lock(item.plan).state != Plan.State.ADOPTED:
        raise WrongState(_("计划还没有通过，或者已经结束，不能交办。先提请审议，通过以后再办。"))
    if item.dropped_on:
        raise WrongState(_("这一项已经调出计划，不再交办。"))
    return tasks.issue(
        unit=item.plan.unit, title=title or item.title, source=Task.Source.PLAN, item=item, department=department,
        due_on=due_on, person=person, co_departments=co_departments, resources=resources, requirement=requirement,
        by=by,
    )  # fmt: skip


@transaction.atomic
def deploy_decision(
    *, decision: Decision, department: Department | None = None, due_on: date | None = None, by: Actor
) -> Task:
    """A decision becomes a task, once; its own department and date are used unless others are given."""
    decision = lock(decision)
    meeting = decision.agenda_item.meeting
    if meeting.state != Meeting.State.FINAL:
        raise WrongState(_("会议记录还没有定稿。先定稿，再立项交办。"))
    if decision.tasks.exclude(state=Task.State.CANCELLED).exists():
        raise WrongState(_("这条决定已经立项交办了，不用再交办一次。"))
    owner = department or decision.department
    assert owner is not None  # noqa: S101 - the form asks for a department when the decision names none
    return tasks.issue(
        unit=meeting.unit, title=decision.text[:120], source=Task.Source.DECISION, decision=decision,
        item=decision.agenda_item.item, department=owner, due_on=due_on or decision.due_on, by=by,
    )  # fmt: skip


@transaction.atomic
def close_inspection(*, inspection: Inspection, by: Actor) -> Inspection:
    """同时检查: the inspection is closed and what was seen is carried to the entry points it looked at."""
    inspection = inspections.close(inspection=inspection, by=by)
    for line in inspection.lines.select_related("entry_point"):
        _carry_effect(line, inspection, by)
    return inspection


def _carry_effect(line: Line, inspection: Inspection, by: Actor) -> None:
    entry = line.entry_point
    if entry is None:
        return
    if line.grade == Line.Grade.EFFECTIVE and entry.state == EntryPoint.State.OPEN:
        entry_points.take_effect(entry_point=entry, effect=line.party_effect, on=inspection.visit_on, by=by)
    elif line.grade == Line.Grade.NONE and entry.state == EntryPoint.State.EFFECTIVE:
        entry_points.reopen(entry_point=entry, reason=line.party_effect, by=by)


@transaction.atomic
def rectify(*, finding: Finding, person: Person | None = None, by: Actor) -> Task:
    """A finding becomes a rectification task of the department that has to put it right.

    A date that has passed before anybody handed the finding out gives way to the usual week.
    """
    due_on = finding.due_on if finding.due_on >= clock.today() else None
    task = tasks.issue(
        unit=finding.line.inspection.unit, title=_("整改：%(text)s") % {"text": finding.text[:100]},
        source=Task.Source.FINDING, item=finding.line.item, department=finding.department, due_on=due_on,
        person=person, by=by,
    )  # fmt: skip
    findings.assign(finding=finding, task=task, by=by)
    return task
