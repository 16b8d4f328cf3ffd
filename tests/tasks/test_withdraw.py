"""收回: the owner takes a request back while nobody has answered."""

from datetime import timedelta

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.org.models import Post
from gangmu.tasks.actions import changes
from gangmu.tasks.models import Change
from tests.cast import DAY, Cast, moved, recorded, refused, task_signed


@pytest.fixture
def change(cast: Cast) -> Change:
    return changes.ask(
        task=task_signed(cast), kind="extend", reason="等鉴定", due_on=DAY + timedelta(days=40), by=cast.head8
    )


def test_it_is_withdrawn_and_the_task_is_as_before(cast: Cast, change):
    before = change.task.due_on
    row = changes.withdraw(change=change, by=cast.head8)
    row.task.refresh_from_db()
    assert (row.state, row.task.due_on) == ("withdrawn", before)


@pytest.mark.parametrize("answer", ["approve", "refuse"])
def test_not_once_it_was_answered(cast: Cast, change, answer):
    getattr(changes, answer)(change=change, answer="知道了", by=cast.office)
    with refused(WrongState, change):
        changes.withdraw(change=change, by=cast.head8)


@pytest.mark.parametrize("who", ["office", "party_office", "leader", "first", "head6", "staff", "outsider"])
def test_nobody_else_withdraws_it(cast: Cast, change, who):
    with refused(NotAllowed, change):
        changes.withdraw(change=change, by=cast.acting(who))


def test_it_belongs_to_the_post_not_to_who_asked(cast: Cast, change):
    gone = moved(cast, "head8", Post.Kind.OFFICE_HEAD, cast.support)
    with refused(NotAllowed, change):
        changes.withdraw(change=change, by=gone)
    now = moved(cast, "head6", Post.Kind.DEPARTMENT_HEAD, cast.d8)
    assert changes.withdraw(change=change, by=now).state == "withdrawn"


def test_it_is_recorded_on_the_task(cast: Cast, change):
    with recorded("tasks.withdraw") as event:
        changes.withdraw(change=change, by=cast.head8)
    assert (event.object_id, event.after) == (change.task_id, {"text": "延期：等鉴定"})
