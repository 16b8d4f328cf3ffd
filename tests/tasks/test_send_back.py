"""退回: not done yet."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.tasks.actions import tasks
from tests.cast import Cast, recorded, refused, task_signed, task_submitted, task_verified


@pytest.mark.parametrize("start", [task_submitted, task_verified])
def test_it_is_under_way_again_as_if_never_handed_in(cast: Cast, start):
    task = tasks.send_back(task=start(cast), reason="缺结果说明", by=cast.party_office)
    task.refresh_from_db()
    assert task.state == "under_way"
    assert (task.submitted_on, task.verified_on, task.verified_by) == (None, None, None)


def test_it_can_be_handed_in_again(cast: Cast):
    task = tasks.send_back(task=task_submitted(cast), reason="缺结果说明", by=cast.party_office)
    assert tasks.submit(task=task, text="已补", by=cast.head8).state == "submitted"


@pytest.mark.parametrize("reason", ["", "  "])
def test_it_needs_a_reason(cast: Cast, reason):
    task = task_submitted(cast)
    with refused(Invalid, task, says="还差什么", field="reason"):
        tasks.send_back(task=task, reason=reason, by=cast.party_office)


def test_a_second_click_is_refused(cast: Cast):
    task = task_submitted(cast)
    tasks.send_back(task=task, reason="缺结果说明", by=cast.party_office)
    with refused(WrongState, task):
        tasks.send_back(task=task, reason="缺结果说明", by=cast.party_office)


def test_what_is_closed_stays_closed(cast: Cast):
    task = tasks.close(task=task_verified(cast), by=cast.office)
    with refused(WrongState, task, says="已销号"):
        tasks.send_back(task=task, reason="再看看", by=cast.office)


def test_what_was_not_handed_in_cannot_come_back(cast: Cast):
    task = task_signed(cast)
    with refused(WrongState, task):
        tasks.send_back(task=task, reason="太慢", by=cast.office)


@pytest.mark.parametrize("who", ["head8", "head6", "staff", "outsider", "system_admin"])
def test_owner_and_bystanders_do_not_send_back(cast: Cast, who):
    task = task_submitted(cast)
    with refused(NotAllowed, task):
        tasks.send_back(task=task, reason="缺结果说明", by=cast.acting(who))


def test_it_is_recorded_with_the_reason(cast: Cast):
    task = task_submitted(cast)
    with recorded("tasks.send_back") as event:
        tasks.send_back(task=task, reason="缺结果说明", by=cast.office)
    assert event.after == {"reason": "缺结果说明"}
