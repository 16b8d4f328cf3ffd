"""销号: struck off the list."""

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.tasks.actions import tasks
from tests.cast import DAY, Cast, recorded, refused, task_submitted, task_verified


def test_it_is_off_the_list(cast: Cast):
    task = tasks.close(task=task_verified(cast), by=cast.office)
    assert (task.state, task.closed_on) == ("closed", DAY)


def test_what_nobody_looked_at_is_not_closed(cast: Cast):
    task = task_submitted(cast)
    with refused(WrongState, task, says="待核查"):
        tasks.close(task=task, by=cast.office)


def test_a_second_click_is_refused(cast: Cast):
    task = tasks.close(task=task_verified(cast), by=cast.office)
    with refused(WrongState, task, says="已销号"):
        tasks.close(task=task, by=cast.office)


@pytest.mark.parametrize("who", ["head8", "head6", "staff", "county_office", "stranger", "audit_admin"])
def test_owner_and_bystanders_do_not_close(cast: Cast, who):
    task = task_verified(cast)
    with refused(NotAllowed, task):
        tasks.close(task=task, by=cast.acting(who))


def test_it_is_recorded(cast: Cast):
    task = task_verified(cast)
    with recorded("tasks.close") as event:
        tasks.close(task=task, by=cast.committee)
    assert (event.object_id, event.actor_name) == (task.pk, "方既白")
