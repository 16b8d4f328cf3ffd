"""认期限: the owner agrees to the date that was set because none was given."""

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.tasks.actions import tasks
from gangmu.tasks.models import Task
from tests.cast import DAY, Cast, recorded, refused, task_issued


@pytest.fixture
def task(cast: Cast) -> Task:
    return tasks.issue(unit=cast.unit, title="没写期限", source="plan", department=cast.d8, by=cast.office)


def test_before_and_after_signing(cast: Cast, task):
    assert not tasks.confirm_due(task=task, by=cast.head8).due_by_default
    other = tasks.issue(unit=cast.unit, title="又一件", source="plan", department=cast.d8, by=cast.office)
    tasks.sign(task=other, by=cast.head8)
    assert not tasks.confirm_due(task=other, by=cast.head8).due_by_default


def test_a_date_that_was_given_is_not_confirmed(cast: Cast):
    task = task_issued(cast)
    with refused(WrongState, task, says="已经确认过"):
        tasks.confirm_due(task=task, by=cast.head8)


def test_not_when_it_is_handed_in_or_cancelled(cast: Cast, task):
    tasks.submit(task=tasks.sign(task=task, by=cast.head8), text="办完了", by=cast.head8)
    gone = tasks.issue(unit=cast.unit, title="又一件", source="plan", department=cast.d8, by=cast.office)
    tasks.cancel(task=gone, reason="重复", by=cast.office)
    for row in (task, gone):
        with refused(WrongState, row):
            tasks.confirm_due(task=row, by=cast.head8)


@pytest.mark.parametrize("who", ["office", "party_office", "leader", "first", "head6", "staff", "outsider"])
def test_nobody_else_confirms_it(cast: Cast, task, who):
    with refused(NotAllowed, task):
        tasks.confirm_due(task=task, by=cast.acting(who))


def test_it_is_recorded_with_the_date(cast: Cast, task):
    with recorded("tasks.confirm_due") as event:
        tasks.confirm_due(task=task, by=cast.head8)
    assert (event.object_id, event.after) == (task.pk, {"due_on": "2026-06-17"}) and task.issued_on == DAY
