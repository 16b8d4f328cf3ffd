"""Tasks: issued, signed for, reported on, broken down, submitted, verified or sent back, closed, cancelled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import advance, lock, save
from gangmu.events.log import record
from gangmu.meetings.models import Decision
from gangmu.org.actor import Actor
from gangmu.org.models import Department, Person, Unit
from gangmu.plan.models import DirectivePoint, PlanItem
from gangmu.tasks import arithmetic, policies, queries, states
from gangmu.tasks.checks import about, plain, require_ahead, require_own
from gangmu.tasks.models import Instruction, Progress, Resource, Task, TaskDepartment, Urge

DEFAULT_DAYS = 7  # no date given: one week (DB-DEFAULT-7D), and the owner is asked to confirm


@dataclass(frozen=True)
class NewResource:
    kind: str
    text: str
    amount: Decimal | None = None


@dataclass(frozen=True)
class Terms:
    """How a task is kept an eye on. ``long_term``: ``due_on`` is the next review, half a year on if none is given."""

    rhythm: str = Task.Rhythm.MONTHLY
    report_day: int = 25
    long_term: bool = False
    target: Decimal | None = None
    target_unit: str = ""


@transaction.atomic
def issue(
    *,
    unit: Unit,
    title: str,
    source: str,
    department: Department,
    due_on: date | None = None,
    item: PlanItem | None = None,
    decision: Decision | None = None,
    point: DirectivePoint | None = None,
    instruction: Instruction | None = None,
    person: Person | None = None,
    co_departments: Iterable[Department] = (),
    resources: Iterable[NewResource] = (),
    requirement: str = "",
    terms: Terms | None = None,
    by: Actor,
) -> Task:
    """A task for a department. Without a date it is due in a week and marked so."""
    task = Task(
        unit=unit, title=title[:120], source=source, item=item, decision=decision, point=point,
        instruction=instruction, department=department, person=person, requirement=requirement,
    )  # fmt: skip
    policies.issue_task.require(by, task)
    _store(task, due_on, terms or Terms(), co_departments, resources)
    record("tasks.issue", task, by=by, unit_id=unit.pk, about=about(task), after=_issued(task))
    return task


def _issued(task: Task) -> dict[str, object]:
    return {"department": task.department, "due_on": task.due_on, "person": task.person}


def _store(
    task: Task, due_on: date | None, terms: Terms, co_departments: Iterable[Department],
    resources: Iterable[NewResource],
) -> None:  # fmt: skip
    """Check and store a new task; who may issue it was asked before."""
    today = clock.today()
    task.issued_on, task.due_by_default = today, due_on is None and not terms.long_term
    task.due_on = due_on or (
        arithmetic.next_review(today) if terms.long_term else today + timedelta(days=DEFAULT_DAYS)
    )
    for name in ("rhythm", "report_day", "long_term", "target", "target_unit"):
        setattr(task, name, getattr(terms, name))
    require_ahead(task.due_on)
    if task.department.unit_id != task.unit_id:
        raise Invalid(_("牵头部门要选本院的部门。"), field="department")
    require_own(task, task.person)
    save(task)
    TaskDepartment.objects.bulk_create(
        TaskDepartment(task=task, department=d) for d in co_departments if d.pk != task.department_id
    )
    for new in resources:
        save(Resource(task=task, kind=new.kind, text=new.text, amount=new.amount))


@dataclass(frozen=True)
class Part:
    """One line of a breakdown. ``money``: how much of the parent's 经费 goes with it."""

    title: str
    department: Department
    due_on: date | None = None
    person: Person | None = None
    target: Decimal | None = None
    money: Decimal | None = None


@transaction.atomic
def break_down(*, task: Task, parts: Sequence[Part], by: Actor) -> list[Task]:
    """分解: sub-tasks whose targets add up to the parent's, within its date and its money.

    The lead department gives parts to itself and to the departments that join; the offices to anybody.
    """
    task = lock(task)
    if not policies.issue_task.allows(by, task):
        policies.own_task.require(by, task)
    advance(task, states.TASK, "break_down")
    if not parts:
        raise Invalid(_("至少写一项分解任务。"), field="title")
    _require_inside(task, parts, by)
    made = [_part(task, part, by) for part in parts]
    _require_sum(task)
    record("tasks.break_down", task, by=by, unit_id=task.unit_id, about=about(task),
           after={"text": _("、").join(p.title for p in parts)[:300]})  # fmt: skip
    return made


def _part(task: Task, part: Part, by: Actor) -> Task:
    row = Task(
        unit_id=task.unit_id, title=part.title[:120], source=task.source, parent=task, item=task.item,
        decision=task.decision, point=task.point, instruction=task.instruction, department=part.department,
        person=part.person, requirement=task.requirement,
    )  # fmt: skip
    terms = Terms(task.rhythm, task.report_day, task.long_term, part.target, task.target_unit)
    money = [NewResource(Resource.Kind.MONEY, _("经费"), part.money)] if part.money else []
    _store(row, part.due_on or task.due_on, terms, (), money)
    record("tasks.issue", row, by=by, unit_id=row.unit_id, about=about(row), after=_issued(row))
    return row


def _require_inside(task: Task, parts: Sequence[Part], by: Actor) -> None:
    joined = {task.department_id, *task.co_departments.values_list("department_id", flat=True)}
    wide = policies.issue_task.allows(by, task)
    for part in parts:
        if not wide and part.department.pk not in joined:
            words = {"department": part.department}
            raise Invalid(
                _("%(department)s不是牵头或配合部门。要请他们办，先请党办、办公室加进来。") % words,
                field="department",
            )
        if part.due_on and part.due_on > task.due_on and not task.long_term:
            raise Invalid(
                _("分解任务的期限不能晚于总任务的期限 %(day)s。") % {"day": task.due_on.isoformat()},
                field="due_on",
            )


def _require_sum(task: Task) -> None:
    """Nothing of the sum is lost and nothing is given twice."""
    found = queries.sum_of_parts(task)
    if task.target is not None and found.rest:
        words = {"all": plain(task.target), "parts": plain(found.parts_target), "unit": task.target_unit}
        raise Invalid(
            _(
                "各项目标加起来是 %(parts)s%(unit)s，总任务是 %(all)s%(unit)s，对不上。请把各项改到加起来相等。"
            )
            % words,
            field="target",
        )
    if found.money_rest < 0:
        more = {"more": plain(-found.money_rest)}
        raise Invalid(_("分出去的经费比总任务的多 %(more)s 元。") % more, field="money")


@transaction.atomic
def confirm_due(*, task: Task, by: Actor) -> Task:
    """The owner agrees to the date that was set because none was given (DB-DEFAULT-7D)."""
    task = lock(task)
    policies.own_task.require(by, task)
    if task.state not in states.LIVE or not task.due_by_default:
        raise WrongState(_("这项任务的期限已经确认过了，不用再确认。"))
    task.due_by_default = False
    save(task, "due_by_default")
    record(
        "tasks.confirm_due",
        task,
        by=by,
        unit_id=task.unit_id,
        about=about(task),
        after={"due_on": task.due_on},
    )
    return task


@transaction.atomic
def sign(*, task: Task, person: Person | None = None, by: Actor) -> Task:
    """The lead department takes the task on; it may name the person answerable."""
    task = lock(task)
    policies.own_task.require(by, task)
    advance(task, states.TASK, "sign")
    task.signed_on = clock.today()
    require_own(task, person)
    task.person = person or task.person
    save(task, "state", "signed_on", "person")
    _answer_urges(task)
    record("tasks.sign", task, by=by, unit_id=task.unit_id, about=about(task), after={"person": task.person})
    return task


@transaction.atomic
def report(
    *,
    task: Task,
    text: str,
    status: str = Progress.Status.ON_TRACK,
    happened_on: date | None = None,
    by: Actor,
) -> Progress:
    """One sentence of progress. A day in the future or before the task was issued is refused."""
    task = lock(task)
    policies.own_task.require(by, task)
    advance(task, states.TASK, "report")
    day = happened_on or clock.today()
    if day > clock.today():
        raise Invalid(_("发生日期还没有到。进展只记已经发生的事。"), field="happened_on")
    if day < task.issued_on:
        raise Invalid(_("发生日期早于交办日期。请核对。"), field="happened_on")
    if not text.strip():
        raise Invalid(_("写一句办到哪一步了。"), field="text")
    assert by.person_id is not None  # noqa: S101 - own_task admits people only
    row = save(Progress(task=task, text=text.strip(), status=status, happened_on=day, author_id=by.person_id))
    _answer_urges(task)
    record("tasks.report", task, by=by, unit_id=task.unit_id, happened_on=day, about=about(task),
           after={"text": row.text, "status": status})  # fmt: skip
    return row


def _answer_urges(task: Task) -> None:
    Urge.objects.filter(task=task, answered_on__isnull=True).update(answered_on=clock.today())


@transaction.atomic
def submit(*, task: Task, text: str, happened_on: date | None = None, by: Actor) -> Task:
    """The owner says it is done, in one sentence; somebody else will verify. Not before every part is accepted."""
    _require_parts_done(lock(task))
    report(task=task, text=text, status=Progress.Status.DONE, happened_on=happened_on, by=by)
    task = lock(task)
    advance(task, states.TASK, "submit")
    task.submitted_on, task.submitted_by_id = clock.today(), by.person_id
    save(task, "state", "submitted_on", "submitted_by")
    record("tasks.submit", task, by=by, unit_id=task.unit_id, about=about(task))
    return task


def _require_parts_done(task: Task) -> None:
    left = task.parts.exclude(state__in=[*states.DONE, Task.State.CANCELLED]).count()
    if left:
        raise WrongState(_("还有 %(n)s 项分解任务没有办结。各项都核查通过了，总任务才能办结。") % {"n": left})


def _lock_with_parent(task: Task) -> Task:
    """The parent first, then the task: whoever closes a parent and whoever reopens a part wait for each other."""
    if task.parent_id:
        lock(Task(pk=task.parent_id))
    return lock(task)


@transaction.atomic
def verify(*, task: Task, by: Actor) -> Task:
    """Somebody other than the owner looked, and it is done."""
    task = lock(task)
    policies.verify_task.require(by, task)
    advance(task, states.TASK, "verify")
    task.verified_on, task.verified_by_id = clock.today(), by.person_id
    save(task, "state", "verified_on", "verified_by")
    record("tasks.verify", task, by=by, unit_id=task.unit_id, about=about(task))
    return task


@transaction.atomic
def send_back(*, task: Task, reason: str, by: Actor) -> Task:
    """Not done yet: back to the owner, with a reason. A part comes back only after its parent did."""
    task = _lock_with_parent(task)
    policies.verify_task.require(by, task)
    if task.parent and task.parent.state not in (*states.LIVE, Task.State.SUSPENDED):
        raise WrongState(_("总任务“%(task)s”已经报结。先退回总任务，再退回这一项。") % {"task": task.parent})
    if not reason.strip():
        raise Invalid(_("写一句还差什么，承办的人才知道怎么办。"), field="reason")
    advance(task, states.TASK, "send_back")
    task.submitted_on = task.submitted_by = task.verified_on = task.verified_by = None
    save(task, "state", "submitted_on", "submitted_by", "verified_on", "verified_by")
    record("tasks.send_back", task, by=by, unit_id=task.unit_id, about=about(task), after={"reason": reason})
    return task


@transaction.atomic
def close(*, task: Task, by: Actor) -> Task:
    """Struck off the list (销号)."""
    task = lock(task)
    policies.verify_task.require(by, task)
    advance(task, states.TASK, "close")
    task.closed_on = clock.today()
    save(task, "state", "closed_on")
    record("tasks.close", task, by=by, unit_id=task.unit_id, about=about(task))
    return task


@transaction.atomic
def cancel(*, task: Task, reason: str, by: Actor) -> Task:
    """No longer asked for."""
    task = lock(task)
    policies.issue_task.require(by, task)
    if not reason.strip():
        raise Invalid(_("写一句为什么撤销。"), field="reason")
    advance(task, states.TASK, "cancel")
    if task.parts.exclude(state__in=[*states.DONE, Task.State.CANCELLED]).exists():
        raise WrongState(_("还有分解任务没有办结。先撤销各项分解任务，再撤销总任务。"))
    save(task, "state")
    record("tasks.cancel", task, by=by, unit_id=task.unit_id, about=about(task), after={"reason": reason})
    return task


@transaction.atomic
def review(*, task: Task, text: str, next_on: date | None = None, by: Actor) -> Task:
    """阶段复核: somebody other than the owner looked at a long-term task; the next look is half a year on."""
    task = lock(task)
    policies.verify_task.require(by, task)
    advance(task, states.TASK, "review")
    if not task.long_term:
        raise WrongState(_("这项任务有期限，不是长期坚持的，不用阶段复核。"))
    if not text.strip():
        raise Invalid(_("写一句看到了什么。"), field="text")
    day = next_on or arithmetic.next_review(clock.today())
    require_ahead(day)
    before, task.due_on = task.due_on, day
    save(task, "due_on")
    record("tasks.review", task, by=by, unit_id=task.unit_id, about=about(task),
           before={"due_on": before}, after={"text": text, "due_on": day})  # fmt: skip
    return task
