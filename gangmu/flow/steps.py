"""The story, told once: steps that begin in one room and end in another. Each is one transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import lock
from gangmu.events.log import record
from gangmu.flow import gates
from gangmu.inspection.actions import campaigns, findings, inspections, proposals
from gangmu.inspection.models import Campaign, Finding, Inspection, Line, Measure, ProposedEntryPoint
from gangmu.inspection.policies import decide_proposal, run_campaign
from gangmu.meetings.actions import decisions, meetings
from gangmu.meetings.models import AgendaItem, Decision, Meeting
from gangmu.org.actor import Actor
from gangmu.org.models import Department, Person, Unit
from gangmu.plan.actions import amendments, entry_points, plans
from gangmu.plan.models import Amendment, DirectivePoint, EntryPoint, Plan, PlanItem
from gangmu.plan.policies import edit_plan
from gangmu.tasks import arithmetic
from gangmu.tasks.actions import instructions, issues, tasks
from gangmu.tasks.actions.tasks import NewResource, Terms
from gangmu.tasks.models import Issue, Task


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
    terms: Terms | None = None,
    by: Actor,
) -> Task:
    """统一部署: an item of a plan in force becomes a task that somebody owns, with people, money and things.

    How it is reported on and whether it is long-term follow from the item unless ``terms`` says otherwise.
    """
    if lock(item.plan).state != Plan.State.ADOPTED:
        raise WrongState(_("计划还没有通过，或者已经结束，不能交办。先提请审议，通过以后再办。"))
    if item.dropped_on:
        raise WrongState(_("这一项已经调出计划，不再交办。"))
    return tasks.issue(
        unit=item.plan.unit, title=title or item.title, source=Task.Source.PLAN, item=item, department=department,
        due_on=due_on, person=person, co_departments=co_departments, resources=resources, requirement=requirement,
        terms=terms or _terms_of(item), by=by,
    )  # fmt: skip


def _terms_of(item: PlanItem) -> Terms:
    """What the plan already says of how a task is kept an eye on."""
    rhythm, report_day = arithmetic.rhythm_of(item.rhythm)
    return Terms(rhythm, report_day, long_term=item.due_kind == PlanItem.Due.ONGOING)


@dataclass(frozen=True)
class Deployment:
    """One line of a bulk deployment."""

    item: PlanItem
    department: Department
    due_on: date | None = None
    person: Person | None = None


@transaction.atomic
def deploy_plan(*, plan: Plan, rows: Sequence[Deployment], by: Actor) -> list[Task]:
    """统一部署 of many items with one confirmation: all of them or none. Co-units are those of the plan."""
    lock(plan)  # a second click waits here and then sees what the first deployed
    made = []
    for row in rows:
        if row.item.plan_id != plan.pk:
            raise Invalid(_("“%(item)s”不是这份计划里的事项。") % {"item": row.item})
        if row.item.tasks.exclude(state=Task.State.CANCELLED).exists():
            raise WrongState(
                _("“%(item)s”刚刚已经交办过了。请刷新页面，看还有哪些没有交办。") % {"item": row.item}
            )
        co_departments = [c.department for c in row.item.co_departments.select_related("department")]
        made.append(deploy_item(
            item=row.item, department=row.department, due_on=row.due_on, person=row.person,
            co_departments=co_departments, by=by,
        ))  # fmt: skip
    return made


@transaction.atomic
def deploy_point(
    *, point: DirectivePoint, department: Department, title: str = "", due_on: date | None = None,
    person: Person | None = None, co_departments: Iterable[Department] = (), requirement: str = "",
    terms: Terms | None = None, by: Actor,
) -> Task:  # fmt: skip
    """A point of a directive becomes a task at once, without waiting for the next plan."""
    return tasks.issue(
        unit=point.directive.unit, title=title or point.text, source=Task.Source.DIRECTIVE, point=point,
        department=department, due_on=due_on, person=person, co_departments=co_departments,
        requirement=requirement, terms=terms, by=by,
    )  # fmt: skip


@transaction.atomic
def deploy_instruction(
    *, leader: Person, given_on: date, words: str, unit: Unit, department: Department, title: str = "",
    due_on: date | None = None, person: Person | None = None, co_departments: Iterable[Department] = (),
    requirement: str = "", terms: Terms | None = None, by: Actor,
) -> Task:  # fmt: skip
    """领导批示: who said what on which day is kept, and becomes a task."""
    instruction = instructions.register(unit=unit, leader=leader, given_on=given_on, words=words, by=by)
    return tasks.issue(
        unit=unit, title=title or instruction.words, source=Task.Source.LEADER, instruction=instruction,
        department=department, due_on=due_on, person=person, co_departments=co_departments,
        requirement=requirement, terms=terms, by=by,
    )  # fmt: skip


@transaction.atomic
def put_issue_to_meeting(*, issue: Issue, meeting: Meeting, by: Actor) -> AgendaItem:
    """难点热点 on the agenda: the question and the party way in are one topic, with both sides written up."""
    issue = lock(issue)
    topic = meetings.add_topic(
        meeting=meeting, title=_("研究难点：%(title)s") % {"title": issue.title[:100]}, topic=AgendaItem.Topic.BUSINESS,
        item=issue.item, party_way=issue.party_way, by=by,
    )  # fmt: skip
    issues.put_forward(issue=issue, agenda_item=topic, by=by)
    return topic


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


@transaction.atomic
def accept_proposal(*, proposal: ProposedEntryPoint, by: Actor) -> EntryPoint:
    """What a visit brought home becomes a knot of the plan."""
    decide_proposal.require(by, proposal)
    row = lock(proposal)
    if row.state != ProposedEntryPoint.State.WAITING:
        raise WrongState(_("这条建议已经定过了。请刷新页面看最新情况。"))
    entry = entry_points.tie(gang=row.gang, mu=row.mu, kind=row.kind, expected=row.expected, by=by)
    proposals.accept(proposal=row, entry_point=entry, by=by)
    return entry


@transaction.atomic
def deploy_measures(*, campaign: Campaign, by: Actor) -> list[Task]:
    """Every measure of a signed plan that nobody has yet becomes a task of the department that answers for it."""
    row = lock(campaign)
    run_campaign.require(by, row)
    if row.state != Campaign.State.UNDER_WAY:
        raise WrongState(_("整改方案还没有签字，先不能交办。"))
    waiting = list(
        Measure.objects.filter(problem__campaign=row, state="open")
        .select_related("problem", "department", "person")
        .order_by("problem__no", "id")
    )
    if not waiting:
        raise WrongState(_("措施都交办了，不用再交办一次。"))
    made = []
    for measure in waiting:
        task = tasks.issue(
            unit=row.unit, title=_("巡察整改：%(text)s") % {"text": measure.text[:100]}, source=Task.Source.CAMPAIGN,
            department=measure.department, person=measure.person, requirement=measure.problem.text,
            due_on=measure.due_on if measure.due_on >= clock.today() else None, by=by,
        )  # fmt: skip
        campaigns.assign_measure(measure=measure, task=task, by=by)
        made.append(task)
    return made
