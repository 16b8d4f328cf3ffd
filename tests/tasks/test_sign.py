"""签收: the lead department takes the task on."""

from datetime import timedelta

import pytest

from gangmu.common import clock
from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.tasks.actions import tasks
from tests.cast import DAY, Cast, recorded, refused, task_issued, task_signed


def test_the_head_takes_it_on(cast: Cast):
    task = task_issued(cast)
    with clock.at(DAY + timedelta(days=2)):
        signed = tasks.sign(task=task, by=cast.head8)
    assert (signed.state, signed.signed_on) == ("under_way", DAY + timedelta(days=2))


def test_the_head_may_name_who_answers_for_it(cast: Cast):
    assert (
        tasks.sign(task=task_issued(cast), person=cast.people["staff"], by=cast.head8).person
        == cast.people["staff"]
    )


def test_the_person_answerable_may_sign(cast: Cast):
    assert tasks.sign(task=task_issued(cast, person=cast.people["staff"]), by=cast.staff).state == "under_way"


def test_somebody_of_another_unit_cannot_answer_for_it(cast: Cast):
    task = task_issued(cast)
    with refused(Invalid, task, says="本院", field="person"):
        tasks.sign(task=task, person=cast.people["outsider"], by=cast.head8)


def test_a_second_click_is_refused(cast: Cast):
    task = task_issued(cast)
    tasks.sign(task=task, by=cast.head8)
    with refused(WrongState, task, says="办理中"):
        tasks.sign(task=task, by=cast.head8)


def test_a_cancelled_task_is_not_signed_for(cast: Cast):
    task = tasks.cancel(task=task_issued(cast), reason="并入另一项", by=cast.office)
    with refused(WrongState, task, says="已撤销"):
        tasks.sign(task=task, by=cast.head8)


@pytest.mark.parametrize(
    "who", ["head6", "staff", "party_office", "first", "outsider", "stranger", "audit_admin"]
)
def test_nobody_signs_for_a_department_that_is_not_theirs(cast: Cast, who):
    task = task_issued(cast)
    with refused(NotAllowed, task, says="牵头部门正职或责任人"):
        tasks.sign(task=task, by=cast.acting(who))


def test_it_is_recorded(cast: Cast):
    task = task_issued(cast)
    with recorded("tasks.sign") as event:
        tasks.sign(task=task, person=cast.people["staff"], by=cast.head8)
    assert (event.kind, event.object_id) == ("tasks.task", task.pk)
    assert (event.actor_name, event.happened_on) == ("江照野", DAY)
    assert event.after == {"person": "温如玉"}


def test_a_signed_task_has_lost_nothing(cast: Cast):
    assert task_signed(cast, co_departments=[cast.d6]).co_departments.count() == 1
