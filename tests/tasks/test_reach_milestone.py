"""到节点: the owner or an office says that a step was reached, once, while the task is in the owner's hands."""

from datetime import timedelta

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.tasks.actions import milestones, tasks
from gangmu.tasks.models import Milestone
from tests.cast import DAY, Cast, recorded, refused, task_signed


@pytest.fixture
def milestone(cast: Cast) -> Milestone:
    return milestones.add(
        task=task_signed(cast), title="摸排完", due_on=DAY + timedelta(days=5), by=cast.head8
    )


@pytest.mark.parametrize("who", ["head8", "office", "party_office"])
def test_the_owner_and_the_offices_say_it_with_the_day(cast: Cast, milestone, who):
    row = milestones.reach(milestone=milestone, by=cast.acting(who))
    assert row.reached_on == DAY


@pytest.mark.parametrize("who", ["first", "leader", "head6", "staff", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, milestone, who):
    with refused(NotAllowed, milestone):
        milestones.reach(milestone=milestone, by=cast.acting(who))


def test_not_when_the_task_is_handed_in(cast: Cast, milestone):
    tasks.submit(task=milestone.task, text="办完了", by=cast.head8)
    with refused(WrongState, milestone):
        milestones.reach(milestone=milestone, by=cast.head8)


def test_not_twice_and_not_tomorrow(cast: Cast, milestone):
    with refused(Invalid, milestone, field="on"):
        milestones.reach(milestone=milestone, on=DAY + timedelta(days=1), by=cast.head8)
    milestones.reach(milestone=milestone, by=cast.head8)
    with refused(WrongState, milestone, says="已经记过"):
        milestones.reach(milestone=milestone, by=cast.office)


def test_it_is_recorded_on_the_task_on_the_day_of_the_deed(cast: Cast, milestone):
    with recorded("tasks.reach_milestone") as event:
        milestones.reach(milestone=milestone, on=DAY - timedelta(days=2), by=cast.head8)
    assert (event.kind, event.object_id) == ("tasks.task", milestone.task_id)
    assert (event.happened_on, event.after) == (DAY - timedelta(days=2), {"text": "摸排完"})
