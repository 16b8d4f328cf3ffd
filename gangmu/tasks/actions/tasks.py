"""Tasks: issued, signed for, reported on, submitted, verified or sent back, closed, cancelled."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid
from gangmu.common.models import advance, lock, save
from gangmu.events.log import record
from gangmu.meetings.models import Decision
from gangmu.org.actor import Actor
from gangmu.org.models import Department, Person, Unit
from gangmu.plan.models import PlanItem
from gangmu.tasks import policies, states
from gangmu.tasks.models import Progress, Resource, Task, TaskDepartment

DEFAULT_DAYS = 7  # no date given: one week (DB-DEFAULT-7D), and the owner is asked to confirm


@dataclass(frozen=True)
class NewResource:
    kind: str
    text: str
    amount: Decimal | None = None


def _about(task: Task) -> list:
    """On whose timelines a task's events belong."""
    return [o for o in (task.item, task.decision, task.decision and task.decision.agenda_item.meeting) if o]


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
    person: Person | None = None,
    co_departments: Iterable[Department] = (),
    resources: Iterable[NewResource] = (),
    requirement: str = "",
    by: Actor,
) -> Task:
    """A task for a department. Without a date it is due in a week and marked so."""
    today = clock.today()
    task = Task(
        unit=unit, title=title[:120], source=source, department=department, item=item, decision=decision,
        person=person, requirement=requirement, issued_on=today, due_by_default=due_on is None,
        due_on=due_on or today + timedelta(days=DEFAULT_DAYS),
    )  # fmt: skip
    policies.issue_task.require(by, task)
    if task.due_on < today:
        raise Invalid(
            _("期限 %(due)s 已经过去，今天是 %(today)s。请填今天或以后的日期。")
            % {"due": task.due_on.isoformat(), "today": today.isoformat()},
            field="due_on",
        )
    if department.unit_id != unit.pk:
        raise Invalid(_("牵头部门要选本院的部门。"), field="department")
    if person and person.unit_id != unit.pk:
        raise Invalid(_("责任人要选本院的人。"), field="person")
    save(task)
    TaskDepartment.objects.bulk_create(
        TaskDepartment(task=task, department=d) for d in co_departments if d.pk != department.pk
    )
    for new in resources:
        save(Resource(task=task, kind=new.kind, text=new.text, amount=new.amount))
    record("tasks.issue", task, by=by, unit_id=unit.pk, about=_about(task),
           after={"department": department, "due_on": task.due_on, "person": person})  # fmt: skip
    return task


@transaction.atomic
def sign(*, task: Task, person: Person | None = None, by: Actor) -> Task:
    """The lead department takes the task on; it may name the person answerable."""
    task = lock(task)
    policies.own_task.require(by, task)
    advance(task, states.TASK, "sign")
    task.signed_on = clock.today()
    if person:
        if person.unit_id != task.unit_id:
            raise Invalid(_("责任人要选本院的人。"), field="person")
        task.person = person
    save(task, "state", "signed_on", "person")
    record("tasks.sign", task, by=by, unit_id=task.unit_id, about=_about(task), after={"person": task.person})
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
    record("tasks.report", task, by=by, unit_id=task.unit_id, happened_on=day, about=_about(task),
           after={"text": row.text, "status": status})  # fmt: skip
    return row


@transaction.atomic
def submit(*, task: Task, text: str, happened_on: date | None = None, by: Actor) -> Task:
    """The owner says it is done, in one sentence; somebody else will verify."""
    report(task=task, text=text, status=Progress.Status.DONE, happened_on=happened_on, by=by)
    task = lock(task)
    advance(task, states.TASK, "submit")
    task.submitted_on = clock.today()
    save(task, "state", "submitted_on")
    record("tasks.submit", task, by=by, unit_id=task.unit_id, about=_about(task))
    return task


@transaction.atomic
def verify(*, task: Task, by: Actor) -> Task:
    """Somebody other than the owner looked, and it is done."""
    task = lock(task)
    policies.verify_task.require(by, task)
    advance(task, states.TASK, "verify")
    task.verified_on, task.verified_by_id = clock.today(), by.person_id
    save(task, "state", "verified_on", "verified_by")
    record("tasks.verify", task, by=by, unit_id=task.unit_id, about=_about(task))
    return task


@transaction.atomic
def send_back(*, task: Task, reason: str, by: Actor) -> Task:
    """Not done yet: back to the owner, with a reason."""
    task = lock(task)
    policies.verify_task.require(by, task)
    if not reason.strip():
        raise Invalid(_("写一句还差什么，承办的人才知道怎么办。"), field="reason")
    advance(task, states.TASK, "send_back")
    task.submitted_on = task.verified_on = task.verified_by = None
    save(task, "state", "submitted_on", "verified_on", "verified_by")
    record("tasks.send_back", task, by=by, unit_id=task.unit_id, about=_about(task), after={"reason": reason})
    return task


@transaction.atomic
def close(*, task: Task, by: Actor) -> Task:
    """Struck off the list (销号)."""
    task = lock(task)
    policies.verify_task.require(by, task)
    advance(task, states.TASK, "close")
    task.closed_on = clock.today()
    save(task, "state", "closed_on")
    record("tasks.close", task, by=by, unit_id=task.unit_id, about=_about(task))
    return task


@transaction.atomic
def cancel(*, task: Task, reason: str, by: Actor) -> Task:
    """No longer asked for."""
    task = lock(task)
    policies.issue_task.require(by, task)
    if not reason.strip():
        raise Invalid(_("写一句为什么撤销。"), field="reason")
    advance(task, states.TASK, "cancel")
    save(task, "state")
    record("tasks.cancel", task, by=by, unit_id=task.unit_id, about=_about(task), after={"reason": reason})
    return task
