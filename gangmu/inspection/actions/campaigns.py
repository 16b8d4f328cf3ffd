"""巡察整改: the feedback registered, problems and measures listed, signed by the first person, checked off, reported."""

from datetime import date

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import advance, lock, save
from gangmu.events.log import record
from gangmu.inspection import policies, states
from gangmu.inspection.models import Campaign, Measure, Problem
from gangmu.inspection.models.campaign import PERIOD_MONTHS
from gangmu.org.actor import Actor
from gangmu.org.models import Department, Person, Unit
from gangmu.tasks.models import Task
from gangmu.tasks.states import DONE

LISTING = (Campaign.State.DRAFTING, Campaign.State.AGAIN)


@transaction.atomic
def register_campaign(
    *, unit: Unit, title: str, issuer: str, reported_on: date, months: int = PERIOD_MONTHS, by: Actor
) -> Campaign:
    """The feedback has come; both periods count from its day."""
    row = Campaign(unit=unit, title=title, issuer=issuer, reported_on=reported_on, months=months)
    policies.run_campaign.require(by, row)
    if reported_on > clock.today():
        raise Invalid(_("反馈日期还没有到。"), field="reported_on")
    if reported_on.year < 2000:
        raise Invalid(_("年份不对。请写成 2027-06-30 这样的日期。"), field="reported_on")
    save(row)
    record("inspection.register_campaign", row, by=by, unit_id=unit.pk, happened_on=reported_on,
           after={"issuer": issuer, "months": months})  # fmt: skip
    return row


def _listing(campaign: Campaign, by: Actor) -> Campaign:
    """The campaign, locked, while its lists may still be written."""
    row = lock(campaign)
    policies.run_campaign.require(by, row)
    if row.state not in LISTING:
        raise WrongState(_("整改方案已经签字，清单不能再加。要补充，等二次整改。"))
    return row


@transaction.atomic
def add_problem(*, campaign: Campaign, text: str, by: Actor) -> Problem:
    """One problem of the feedback, in its own words; numbered in order."""
    row = _listing(campaign, by)
    if not text.strip():
        raise Invalid(_("写上反馈的问题。"), field="text")
    last = row.problems.aggregate(last=Max("no"))["last"] or 0
    problem = save(Problem(campaign=row, no=last + 1, text=text.strip()))
    record(
        "inspection.add_problem", problem, by=by, unit_id=row.unit_id, about=[row], after={"no": problem.no}
    )
    return problem


@transaction.atomic
def add_measure(
    *,
    problem: Problem,
    text: str,
    leader: Person,
    department: Department,
    due_on: date,
    person: Person | None = None,
    long_term: bool = False,
    by: Actor,
) -> Measure:
    """What is done about a problem, under which leader, by whom, by when."""
    campaign = _listing(problem.campaign, by)
    if not text.strip():
        raise Invalid(_("写上整改措施。"), field="text")
    for field, who in (("leader", leader), ("department", department), ("person", person)):
        if who and who.unit_id != campaign.unit_id:
            raise Invalid(_("责任领导、部门、责任人都要选本院的。"), field=field)
    if due_on < campaign.reported_on:
        raise Invalid(_("整改时限早于反馈日期。"), field="due_on")
    if campaign.state == Campaign.State.DRAFTING and due_on > campaign.ends_on and not long_term:
        words = {"day": campaign.ends_on.isoformat()}
        raise Invalid(
            _("超出了集中整改期（到 %(day)s）。提前时限，或者勾上“长期坚持”。") % words, field="due_on"
        )
    row = save(Measure(problem=problem, text=text.strip(), leader=leader, department=department, person=person,
                       due_on=due_on, long_term=long_term))  # fmt: skip
    record("inspection.add_measure", row, by=by, unit_id=campaign.unit_id, about=[campaign],
           after={"leader": leader, "department": department, "due_on": due_on})  # fmt: skip
    return row


@transaction.atomic
def sign_plan(*, campaign: Campaign, by: Actor) -> Campaign:
    """The first person signs the plan: who and on which day is kept. Every problem has a measure by then."""
    row = lock(campaign)
    policies.sign_campaign.require(by, row)
    problems = list(row.problems.prefetch_related("measures"))
    bare = [str(p.no) for p in problems if not p.measures.all()]
    if not problems:
        raise Invalid(_("问题清单还空着，不能签。"))
    if bare:
        raise Invalid(_("第%(nos)s个问题还没有措施，补齐再签。") % {"nos": "、".join(bare)})
    if (
        row.state == Campaign.State.AGAIN
        and not Measure.objects.filter(problem__campaign=row, state="open").exists()
    ):
        raise Invalid(_("二次整改还没有列新的措施，列上再签。"))
    advance(row, states.CAMPAIGN, "sign_plan")
    row.plan_signed_on, row.plan_signed_by_id = clock.today(), by.person_id
    save(row, "state", "plan_signed_on", "plan_signed_by")
    record("inspection.sign_plan", row, by=by, unit_id=row.unit_id, after={"problems": len(problems)})
    return row


@transaction.atomic
def assign_measure(*, measure: Measure, task: Task, by: Actor) -> Measure:
    """The measure is this task. Called by ``flow``, which issues the task."""
    row = lock(measure)
    campaign = row.problem.campaign
    policies.run_campaign.require(by, campaign)
    if campaign.state != Campaign.State.UNDER_WAY:
        raise WrongState(_("整改方案还没有签字，先不能交办。"))
    advance(row, states.MEASURE, "assign")
    row.task = task
    save(row, "state", "task")
    record("inspection.assign_measure", row, by=by, unit_id=campaign.unit_id, about=[campaign],
           after={"task": task.title})  # fmt: skip
    return row


@transaction.atomic
def check_off(*, measure: Measure, result: str, note: str = "", by: Actor) -> Measure:
    """Held against the list by somebody outside the department. 已完成 needs the task verified first."""
    row = lock(measure)
    campaign = row.problem.campaign
    policies.check_measure.require(by, row)
    if result not in Measure.Result.values:
        raise Invalid(_("选一项：已完成、基本完成、长期坚持。"), field="result")
    if result == Measure.Result.DONE and (row.task is None or row.task.state not in DONE):
        raise WrongState(_("整改任务还没有报结和核查，不能记“已完成”。"))
    if result != Measure.Result.DONE and not note.strip():
        raise Invalid(_("写一句到了哪一步、接着怎么办。"), field="note")
    advance(row, states.MEASURE, "check_off")
    row.result, row.note = result, note.strip()
    row.checked_on, row.checked_by_id = clock.today(), by.person_id
    save(row, "state", "result", "note", "checked_on", "checked_by")
    record("inspection.check_off", row, by=by, unit_id=campaign.unit_id, about=[campaign],
           after={"result": row.get_result_display(), "note": row.note})  # fmt: skip
    return row


@transaction.atomic
def sign_report(*, campaign: Campaign, by: Actor) -> Campaign:
    """The first person signs the report, once every measure is checked off."""
    row = lock(campaign)
    policies.sign_campaign.require(by, row)
    left = Measure.objects.filter(problem__campaign=row).exclude(state="checked").count()
    if left:
        raise Invalid(_("还有 %(n)d 条措施没有对账，不能签报告。") % {"n": left})
    advance(row, states.CAMPAIGN, "sign_report")
    row.report_signed_on, row.report_signed_by_id = clock.today(), by.person_id
    save(row, "state", "report_signed_on", "report_signed_by")
    record("inspection.sign_report", row, by=by, unit_id=row.unit_id)
    return row


@transaction.atomic
def receive_grade(*, campaign: Campaign, grade: str, by: Actor) -> Campaign:
    """What those above said of it. 一般 and 差 mean once more (RECT-GRADE)."""
    row = lock(campaign)
    policies.run_campaign.require(by, row)
    if grade not in Campaign.Grade.values:
        raise Invalid(_("选一项：好、较好、一般、差。"), field="grade")
    again = grade in (Campaign.Grade.PLAIN, Campaign.Grade.POOR)
    advance(row, states.CAMPAIGN, "again" if again else "pass")
    row.grade = grade
    save(row, "state", "grade")
    record(
        "inspection.receive_grade", row, by=by, unit_id=row.unit_id, after={"grade": row.get_grade_display()}
    )
    return row
