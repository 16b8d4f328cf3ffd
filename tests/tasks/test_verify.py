"""核查: somebody else looks."""

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.tasks.actions import tasks
from tests.cast import DAY, Cast, recorded, refused, task_issued, task_signed, task_submitted, task_verified


@pytest.mark.parametrize("who", ["party_office", "committee", "office", "leader", "first"])
def test_the_offices_and_leaders_verify(cast: Cast, who):
    task = tasks.verify(task=task_submitted(cast), by=cast.acting(who))
    assert (task.state, task.verified_on, task.verified_by) == ("verified", DAY, cast.people[who])


@pytest.mark.parametrize("who", ["head8", "head6", "staff", "branch", "outsider", "superior", "audit_admin"])
def test_others_do_not(cast: Cast, who):
    task = task_submitted(cast)
    with refused(NotAllowed, task, says="承办部门以外"):
        tasks.verify(task=task, by=cast.acting(who))


def test_the_party_office_does_not_verify_its_own_task(cast: Cast):
    task = tasks.sign(task=task_issued(cast, to="机关党委"), by=cast.party_office)
    task = tasks.submit(task=task, text="已办结", by=cast.party_office)
    with refused(NotAllowed, task, says="承办部门以外"):
        tasks.verify(task=task, by=cast.party_office)
    assert tasks.verify(task=task, by=cast.office).state == "verified"


def test_a_leader_who_is_answerable_does_not_verify(cast: Cast):
    task = tasks.sign(task=task_issued(cast), person=cast.people["leader"], by=cast.head8)
    task = tasks.submit(task=task, text="已办结", by=cast.head8)
    with refused(NotAllowed, task):
        tasks.verify(task=task, by=cast.leader)


def test_what_was_not_handed_in_is_not_verified(cast: Cast):
    task = task_signed(cast)
    with refused(WrongState, task, says="办理中"):
        tasks.verify(task=task, by=cast.party_office)


def test_a_second_click_is_refused(cast: Cast):
    task = task_verified(cast)
    with refused(WrongState, task, says="待销号"):
        tasks.verify(task=task, by=cast.office)


def test_it_is_recorded(cast: Cast):
    task = task_submitted(cast)
    with recorded("tasks.verify") as event:
        tasks.verify(task=task, by=cast.leader)
    assert (event.kind, event.object_id, event.actor_name) == ("tasks.task", task.pk, "韩知远")
