"""Findings: raised, given to somebody to put right, rechecked by another."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import advance, lock, save
from gangmu.events.log import record
from gangmu.inspection import policies, states
from gangmu.inspection.models import Finding, Inspection, Line
from gangmu.org.actor import Actor
from gangmu.org.models import Department
from gangmu.tasks.models import Task
from gangmu.tasks.states import DONE


@transaction.atomic
def raise_finding(
    *, line: Line, side: str, text: str, department: Department, due_on: date, cause: str = "", by: Actor
) -> Finding:
    """A finding on one side of a line, with who puts it right by when."""
    inspection = lock(line.inspection)
    policies.work_inspection.require(by, inspection)
    if inspection.state == Inspection.State.ORDERED:
        raise WrongState(_("先写下查到的实效，再提问题。"))
    if due_on < inspection.visit_on:
        raise Invalid(_("整改期限早于督查日期。请改成督查以后的日期。"), field="due_on")
    if department.unit_id != inspection.unit_id:
        raise Invalid(_("整改部门要选本院的部门。"), field="department")
    finding = save(
        Finding(line=line, side=side, text=text, cause=cause, department=department, due_on=due_on)
    )
    record("inspection.raise_finding", finding, by=by, unit_id=inspection.unit_id,
           happened_on=inspection.visit_on, about=[inspection, line.item],
           after={"side": side, "department": department, "due_on": due_on})  # fmt: skip
    return finding


@transaction.atomic
def assign(*, finding: Finding, task: Task, by: Actor) -> Finding:
    """The rectification is this task. Called by ``flow``, which issues the task."""
    finding = lock(finding)
    inspection = finding.line.inspection
    policies.work_inspection.require(by, inspection)
    advance(finding, states.FINDING, "assign")
    finding.task = task
    save(finding, "state", "task")
    record("inspection.assign", finding, by=by, unit_id=inspection.unit_id, about=[inspection, finding.line.item],
           after={"task": task.title})  # fmt: skip
    return finding


@transaction.atomic
def recheck(*, finding: Finding, passed: bool, note: str = "", by: Actor) -> Finding:
    """Somebody from outside the department looks again. Passing needs the task verified first."""
    finding = lock(finding)
    inspection = finding.line.inspection
    policies.recheck_finding.require(by, finding)
    if passed and (finding.task is None or finding.task.state not in DONE):
        raise WrongState(_("整改任务还没有报结和核查，不能销号。"))
    if not passed and not note.strip():
        raise Invalid(_("写一句还差什么。"), field="note")
    advance(finding, states.FINDING, "recheck_pass" if passed else "recheck_fail")
    finding.rechecked_on, finding.rechecked_by_id = clock.today(), by.person_id
    save(finding, "state", "rechecked_on", "rechecked_by")
    record("inspection.recheck", finding, by=by, unit_id=inspection.unit_id,
           about=[inspection, finding.line.item], after={"passed": passed, "note": note})  # fmt: skip
    return finding
