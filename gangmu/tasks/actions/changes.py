"""Extension, suspension, taking up again, hand-over: asked by the owner, approved by somebody else."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.common.models import advance, lock, save
from gangmu.events.log import record
from gangmu.org.actor import Actor
from gangmu.org.models import Department, Person
from gangmu.tasks import policies, states
from gangmu.tasks.checks import about, require_ahead, require_own
from gangmu.tasks.models import Change, Task

K = Change.Kind


@transaction.atomic
def ask(
    *,
    task: Task,
    kind: str,
    reason: str,
    due_on: date | None = None,
    department: Department | None = None,
    person: Person | None = None,
    by: Actor,
) -> Change:
    """Nothing changes yet. Who may approve it himself (office, leader) asks and approves in one step."""
    task = lock(task)
    if by.person_id is None:
        raise NotAllowed(policies.own_task.reason)
    change = Change(
        task=task, kind=kind, reason=reason.strip(), due_on=due_on, department=department, person=person,
        asked_by_id=by.person_id, asked_on=clock.today(),
    )  # fmt: skip
    approves = policies.verify_task.allows(by, task)
    if not approves:
        policies.own_task.require(by, task)
    if not change.reason:
        raise Invalid(_("写一句为什么。"), field="reason")
    _require_fit(change)
    save(change)
    record("tasks.ask", task, by=by, unit_id=task.unit_id, about=about(task),
           after={"text": f"{change.get_kind_display()}：{change.reason}", **_wanted(change)})  # fmt: skip
    if approves:
        record("tasks.approve", task, by=by, **_approved(change, task, "", by))
    return change


def _wanted(change: Change) -> dict[str, object]:
    wanted = {"due_on": change.due_on, "department": change.department, "person": change.person}
    return {k: v for k, v in wanted.items() if v}


def _require_fit(change: Change) -> None:
    """What the kind needs is there, and the task is in a state in which it could be done."""
    task = change.task
    if change.kind == K.EXTEND and task.state not in states.LIVE:
        raise WrongState(_("“%(task)s”现在不在办理中，不能延期。") % {"task": task})
    if change.kind == K.EXTEND and task.long_term:
        raise WrongState(_("长期坚持的任务没有期限，不用延期。"))
    if change.kind in states.TASK_CHANGES:
        advance(Task(state=task.state, title=task.title), states.TASK, change.kind)
    if change.kind in (K.EXTEND, K.RESUME):
        if change.due_on is None:
            raise Invalid(_("写上新的期限。"), field="due_on")
        require_ahead(change.due_on)
        parent = task.parent
        if parent and not parent.long_term and change.due_on > parent.due_on:
            raise Invalid(
                _("不能晚于总任务的期限 %(day)s。先把总任务延期。") % {"day": parent.due_on.isoformat()},
                field="due_on",
            )
    if change.kind == K.EXTEND and change.due_on and change.due_on <= task.due_on:
        raise Invalid(
            _("新期限要晚于现在的期限 %(day)s。") % {"day": task.due_on.isoformat()}, field="due_on"
        )
    if change.kind == K.HAND_OVER:
        _require_receiver(change)
    require_own(task, change.person)


def _require_receiver(change: Change) -> None:
    task, department = change.task, change.department
    if department is None:
        raise Invalid(_("选接办的部门。只换责任人，就选本部门。"), field="department")
    if department.unit_id != task.unit_id:
        raise Invalid(_("接办部门要选本院的部门。"), field="department")
    if department.pk == task.department_id and (change.person is None or change.person == task.person):
        raise Invalid(_("部门和责任人都没有变。选接办的部门或接办的人。"), field="department")


@transaction.atomic
def approve(*, change: Change, answer: str = "", by: Actor) -> Change:
    """Now it changes: the date, the state or the owner. Checked again, for time has passed since it was asked."""
    task = lock(change.task)
    change = lock(change)
    change.task = task
    policies.change_task.require(by, change)
    record("tasks.approve", task, by=by, **_approved(change, task, answer, by))
    return change


def _approved(change: Change, task: Task, answer: str, by: Actor) -> dict[str, Any]:
    """It changes; gives what is to be recorded of it."""
    _answer(change, "approve", answer, by)
    _require_fit(change)
    before = {"due_on": task.due_on, "department": task.department, "person": task.person}
    _apply(task, change)
    save(task, "state", "due_on", "due_by_default", "department", "person", "signed_on")
    return {
        "unit_id": task.unit_id, "about": about(task), "before": {k: before[k] for k in _wanted(change)},
        "after": {"text": _says(change), **_wanted(change)},
    }  # fmt: skip


def _answer(change: Change, verb: str, answer: str, by: Actor) -> None:
    advance(change, states.CHANGE, verb)
    change.answered_by_id, change.answered_on, change.answer = by.person_id, clock.today(), answer.strip()
    save(change, "state", "answered_by", "answered_on", "answer")


def _says(change: Change) -> str:
    said = f"{change.get_state_display()}{change.get_kind_display()}"
    return f"{said}：{change.answer or change.reason}"


def _apply(task: Task, change: Change) -> None:
    if change.kind in states.TASK_CHANGES:
        advance(task, states.TASK, change.kind)
    if change.due_on:
        task.due_on, task.due_by_default = change.due_on, False
    if change.kind == K.HAND_OVER:
        assert change.department is not None  # noqa: S101 - _require_receiver asked for it
        task.department, task.person, task.signed_on = change.department, change.person, None
        task.co_departments.filter(department=change.department).delete()


@transaction.atomic
def refuse(*, change: Change, answer: str, by: Actor) -> Change:
    """Everything stays as it is; the owner reads why."""
    if not answer.strip():
        raise Invalid(_("写一句为什么不同意。"), field="answer")
    task = lock(change.task)
    change = lock(change)
    change.task = task
    policies.change_task.require(by, change)
    _answer(change, "refuse", answer, by)
    record(
        "tasks.refuse", task, by=by, unit_id=task.unit_id, about=about(task), after={"text": _says(change)}
    )
    return change


@transaction.atomic
def withdraw(*, change: Change, by: Actor) -> Change:
    """The owner takes the request back while nobody has answered."""
    task = lock(change.task)
    policies.own_task.require(by, task)
    change = lock(change)
    advance(change, states.CHANGE, "withdraw")
    save(change, "state")
    record("tasks.withdraw", task, by=by, unit_id=task.unit_id, about=about(task),
           after={"text": f"{change.get_kind_display()}：{change.reason}"})  # fmt: skip
    return change
