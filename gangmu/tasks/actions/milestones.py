"""Milestones of a task: set, reached."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import lock, save
from gangmu.events.log import record
from gangmu.org.actor import Actor
from gangmu.tasks import policies, states
from gangmu.tasks.checks import about
from gangmu.tasks.models import Milestone, Task


def _open(task: Task, by: Actor) -> Task:
    """The owner and the offices set the steps of a task that is in the owner's hands."""
    task = lock(task)
    if not policies.issue_task.allows(by, task):
        policies.own_task.require(by, task)
    if task.state not in states.LIVE:
        raise WrongState(_("“%(task)s”现在不在办理中，节点不能再改。") % {"task": task})
    return task


@transaction.atomic
def add(*, task: Task, title: str, due_on: date, by: Actor) -> Milestone:
    """One dated step, between the day of issue and the task's own date."""
    task = _open(task, by)
    if due_on < task.issued_on or (due_on > task.due_on and not task.long_term):
        words = {"from": task.issued_on.isoformat(), "to": task.due_on.isoformat()}
        raise Invalid(_("节点日期要在 %(from)s 和 %(to)s 之间。") % words, field="due_on")
    row = save(Milestone(task=task, title=title.strip(), due_on=due_on))
    record("tasks.add_milestone", task, by=by, unit_id=task.unit_id, about=about(task),
           after={"text": row.title, "due_on": due_on})  # fmt: skip
    return row


@transaction.atomic
def reach(*, milestone: Milestone, on: date | None = None, by: Actor) -> Milestone:
    """The step was reached; the day of the deed is kept."""
    task = _open(milestone.task, by)
    milestone = lock(milestone)
    if milestone.reached_on:
        raise WrongState(_("节点“%(title)s”已经记过到达。") % {"title": milestone})
    day = on or clock.today()
    if day > clock.today():
        raise Invalid(_("到达日期还没有到。"), field="on")
    milestone.reached_on = day
    save(milestone, "reached_on")
    record("tasks.reach_milestone", task, by=by, unit_id=task.unit_id, happened_on=day, about=about(task),
           after={"text": milestone.title})  # fmt: skip
    return milestone
