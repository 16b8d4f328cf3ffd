"""撤销: no longer asked for."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.tasks import queries
from gangmu.tasks.actions import tasks
from tests.cast import Cast, plan_with_items, recorded, refused, task_issued, task_signed, task_submitted


@pytest.mark.parametrize("start", [task_issued, task_signed])
def test_it_is_asked_for_no_longer(cast: Cast, start):
    assert tasks.cancel(task=start(cast), reason="并入另一项", by=cast.party_office).state == "cancelled"


def test_a_cancelled_task_does_not_count_for_its_item(cast: Cast):
    item = plan_with_items(cast).mu
    tasks.cancel(task=task_issued(cast, item=item), reason="并入另一项", by=cast.party_office)
    assert queries.carried([item.pk]) == {}


def test_it_needs_a_reason(cast: Cast):
    task = task_issued(cast)
    with refused(Invalid, task, field="reason"):
        tasks.cancel(task=task, reason=" ", by=cast.party_office)


def test_what_was_handed_in_is_judged_not_cancelled(cast: Cast):
    task = task_submitted(cast)
    with refused(WrongState, task):
        tasks.cancel(task=task, reason="并入另一项", by=cast.party_office)


def test_a_second_click_is_refused(cast: Cast):
    task = tasks.cancel(task=task_issued(cast), reason="并入另一项", by=cast.party_office)
    with refused(WrongState, task, says="已撤销"):
        tasks.cancel(task=task, reason="并入另一项", by=cast.party_office)


@pytest.mark.parametrize("who", ["head8", "leader", "first", "staff", "outsider", "audit_admin"])
def test_only_the_offices_cancel(cast: Cast, who):
    task = task_issued(cast)
    with refused(NotAllowed, task):
        tasks.cancel(task=task, reason="不想办", by=cast.acting(who))


def test_it_is_recorded_with_the_reason(cast: Cast):
    task = task_issued(cast)
    with recorded("tasks.cancel") as event:
        tasks.cancel(task=task, reason="并入另一项", by=cast.office)
    assert (event.object_id, event.after) == (task.pk, {"reason": "并入另一项"})
