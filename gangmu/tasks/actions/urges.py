"""催办: one sentence to the owner, recorded; a word of progress answers it."""

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import lock, save
from gangmu.events.log import record
from gangmu.org.actor import Actor
from gangmu.tasks import policies, states
from gangmu.tasks.checks import about
from gangmu.tasks.models import Task, Urge


@transaction.atomic
def urge(*, task: Task, text: str, by: Actor) -> Urge:
    """Once a day at most, and only while the task is in the owner's hands."""
    task = lock(task)
    policies.urge_task.require(by, task)
    if task.state not in states.LIVE:
        raise WrongState(
            _("“%(task)s”现在是“%(state)s”，不在承办部门手里，不用催。")
            % {"task": task, "state": task.get_state_display()}
        )
    if not text.strip():
        raise Invalid(_("写一句催什么。"), field="text")
    assert by.person_id is not None  # noqa: S101 - urge_task admits people only
    row = save(Urge(task=task, text=text.strip(), urged_on=clock.today(), author_id=by.person_id))
    record("tasks.urge", task, by=by, unit_id=task.unit_id, about=about(task), after={"text": row.text})
    return row
