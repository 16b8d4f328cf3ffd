"""报结: the owner says it is done."""

from datetime import timedelta

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.tasks.actions import tasks
from tests.cast import DAY, Cast, recorded, refused, task_issued, task_signed, task_submitted


def test_it_waits_for_somebody_to_look(cast: Cast):
    task = tasks.submit(task=task_signed(cast), text="已办结", by=cast.head8)
    assert (task.state, task.submitted_on) == ("submitted", DAY)
    assert [(p.text, p.status) for p in task.progress.all()] == [("已办结", "done")]


def test_an_unsigned_task_cannot_be_done(cast: Cast):
    task = task_issued(cast)
    with refused(WrongState, task):
        tasks.submit(task=task, text="已办结", by=cast.head8)


def test_a_second_click_adds_no_second_sentence(cast: Cast):
    task = task_submitted(cast)
    with refused(WrongState, task):
        tasks.submit(task=task, text="已办结", by=cast.head8)
    assert task.progress.count() == 1


def test_a_wrong_day_leaves_nothing_behind(cast: Cast):
    task = task_signed(cast)
    with refused(Invalid, task, field="happened_on"):
        tasks.submit(task=task, text="已办结", happened_on=DAY + timedelta(days=1), by=cast.head8)
    assert task.progress.count() == 0


@pytest.mark.parametrize("who", ["head6", "staff", "office", "outsider", "stranger", "security_admin"])
def test_only_the_owner_hands_it_in(cast: Cast, who):
    task = task_signed(cast)
    with refused(NotAllowed, task):
        tasks.submit(task=task, text="替他们办结", by=cast.acting(who))


def test_it_is_recorded_as_progress_and_as_handed_in(cast: Cast):
    task = task_signed(cast)
    with recorded("tasks.report", "tasks.submit") as event:
        tasks.submit(task=task, text="已办结", by=cast.head8)
    assert (event.object_id, event.actor_id) == (task.pk, cast.users["head8"].pk)
