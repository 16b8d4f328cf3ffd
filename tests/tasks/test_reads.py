"""What the tasks room tells about items."""

from datetime import timedelta

from gangmu.common import clock
from gangmu.tasks import queries
from gangmu.tasks.actions import tasks
from tests.cast import DAY, Cast, decided, plan_with_items, task_issued, task_signed, task_verified


def test_an_item_sums_up_its_tasks(cast: Cast):
    item = plan_with_items(cast).mu
    task_verified(cast, item=item, due_in=3)
    task_signed(cast, item=item, due_in=8)
    task_issued(cast, item=item, due_in=5)
    found = queries.carried([item.pk])[item.pk]
    assert (found.total, found.signed, found.accepted, found.all_accepted) == (3, 2, 1, False)
    assert (found.next_due, found.last_due) == (DAY + timedelta(days=5), DAY + timedelta(days=8))
    assert (found.first_issued, found.accepted_on, found.progress_on) == (DAY, DAY, DAY)


def test_all_accepted_needs_every_task(cast: Cast):
    item = plan_with_items(cast).mu
    task_verified(cast, item=item)
    assert queries.carried([item.pk])[item.pk].all_accepted


def test_a_list_row_shows_the_newest_sentence(cast: Cast):
    task = task_signed(cast)
    with clock.at(DAY + timedelta(days=2)):
        tasks.report(task=task, text="新的", by=cast.head8)
        tasks.report(task=task, text="旧的", happened_on=DAY, by=cast.head8)
    row = queries.open_tasks(cast.unit.pk).get()
    assert (row.progress_text, row.progress_on) == ("新的", DAY + timedelta(days=2))


def test_a_decision_without_a_task_is_still_to_be_deployed(cast: Cast):
    one, other = decided(cast), decided(cast)
    task_issued(cast, decision=one)
    rows = type(one).objects.filter(pk__in=[one.pk, other.pk])
    assert list(queries.undeployed_decisions(rows)) == [other]
