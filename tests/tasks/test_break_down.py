"""分解: parts add up to the whole; the whole is done when every part is."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gangmu.common import clock
from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.tasks import queries
from gangmu.tasks.actions import tasks
from gangmu.tasks.actions.tasks import NewResource, Part, Terms
from gangmu.tasks.models import Task
from tests.cast import DAY, Cast, recorded, refused, task_issued, task_signed


def whole(cast: Cast, target: int | None = 12, **more) -> Task:
    terms = Terms(target=Decimal(target) if target is not None else None, target_unit="件")
    return task_signed(cast, terms=terms, co_departments=[cast.d6], **more)


def part(department, target: int | str | None = None, **more) -> Part:
    return Part("分头办", department, target=None if target is None else Decimal(target), **more)


def finish(cast: Cast, task: Task) -> Task:
    by = cast.head8 if task.department_id == cast.d8.pk else cast.head6
    if task.state == "issued":
        task = tasks.sign(task=task, by=by)
    return tasks.verify(task=tasks.submit(task=task, text="办完了", by=by), by=cast.office)


def test_parts_come_from_where_the_whole_came_from(cast: Cast):
    task = whole(cast)
    made = tasks.break_down(task=task, parts=[part(cast.d8, 7), part(cast.d6, 5)], by=cast.head8)
    assert [(t.parent, t.source, t.state, t.due_on, t.target_unit) for t in made] == [
        (task, "plan", "issued", task.due_on, "件")
    ] * 2
    found = queries.sum_of_parts(task)
    assert (found.total, found.accepted, found.rest, found.all_accepted) == (2, 0, 0, False)


@pytest.mark.parametrize("targets", [(7, 4), (7, 6), (12, None), (None, None)])
def test_a_sum_that_does_not_fit_is_refused_and_nothing_is_stored(cast: Cast, targets):
    task = whole(cast)
    with (
        refused(Invalid, task, says="对不上")
        if targets != (12, None)
        else recorded("tasks.issue", "tasks.issue", "tasks.break_down")
    ):
        tasks.break_down(task=task, parts=[part(cast.d8, n) for n in targets], by=cast.head8)
    assert task.parts.count() == (2 if targets == (12, None) else 0)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(0, 5000), min_size=1, max_size=6), st.integers(-3, 3))
def test_the_sum_is_kept_to_the_hundredth(cast: Cast, cents, off):
    """Accepted exactly when the parts add up; what is stored adds up always."""
    shares = [Decimal(c) / 100 for c in cents]
    total = max(sum(shares) + Decimal(off) / 100, Decimal(0))
    task = task_signed(cast, terms=Terms(target=total))
    parts = [Part("一份", cast.d8, target=s) for s in shares]
    if total == sum(shares):
        tasks.break_down(task=task, parts=parts, by=cast.head8)
        assert queries.sum_of_parts(task).rest == 0
    else:
        with refused(Invalid, task):
            tasks.break_down(task=task, parts=parts, by=cast.head8)


def test_more_money_than_there_is_cannot_be_given_on(cast: Cast):
    task = whole(cast, None, resources=[NewResource("money", "经费", Decimal(9000))])
    with refused(Invalid, task, says="多 1 元", field="money"):
        tasks.break_down(task=task, parts=[part(cast.d8, money=Decimal(9001))], by=cast.head8)
    tasks.break_down(task=task, parts=[part(cast.d8, money=Decimal(4000))], by=cast.head8)
    assert queries.sum_of_parts(task).money_rest == 5000
    with refused(Invalid, task, field="money"):
        tasks.break_down(task=task, parts=[part(cast.d6, money=Decimal(5001))], by=cast.head8)


def test_a_part_is_not_due_after_the_whole(cast: Cast):
    task = whole(cast, None)
    with refused(Invalid, task, says="不能晚于", field="due_on"):
        tasks.break_down(
            task=task, parts=[part(cast.d8, due_on=task.due_on + timedelta(days=1))], by=cast.head8
        )


def test_the_lead_gives_parts_to_those_that_join_and_the_offices_to_anybody(cast: Cast):
    task = whole(cast, None)
    with refused(Invalid, task, says="不是牵头或配合部门"):
        tasks.break_down(task=task, parts=[part(cast.support)], by=cast.head8)
    assert tasks.break_down(task=task, parts=[part(cast.support)], by=cast.party_office)


def test_the_whole_is_done_when_every_part_is(cast: Cast):
    task = whole(cast, None)
    one, other = tasks.break_down(task=task, parts=[part(cast.d8), part(cast.d6)], by=cast.head8)
    finish(cast, one)
    with refused(WrongState, task, says="还有 1 项"):
        tasks.submit(task=task, text="都办完了", by=cast.head8)
    finish(cast, other)
    assert finish(cast, task).state == "verified"
    with refused(WrongState, one, says="先退回总任务"):
        tasks.send_back(task=one, reason="还差", by=cast.office)
    tasks.send_back(task=task, reason="还差", by=cast.office)
    assert tasks.send_back(task=one, reason="还差", by=cast.office).state == "under_way"


def test_the_progress_of_the_whole_follows_from_its_parts_and_is_not_asked_for(cast: Cast):
    task = whole(cast, None)
    with clock.at(DAY + timedelta(days=60)):
        assert [x.task for x in queries.awaiting_lines(Task.objects.all(), clock.today())] == [task]
    one, _other = tasks.break_down(task=task, parts=[part(cast.d8), part(cast.d6)], by=cast.head8)
    finish(cast, one)
    row = queries.with_progress(Task.objects.all()).get(pk=task.pk)
    assert (row.parts_total, row.parts_accepted) == (2, 1)
    with clock.at(DAY + timedelta(days=60)):
        assert queries.awaiting_lines(Task.objects.all(), clock.today()) == []


def test_a_part_that_was_cancelled_holds_nothing_up(cast: Cast):
    task = whole(cast, None)
    (only,) = tasks.break_down(task=task, parts=[part(cast.d8)], by=cast.head8)
    with refused(WrongState, task, says="先撤销各项"):
        tasks.cancel(task=task, reason="不办了", by=cast.office)
    tasks.cancel(task=only, reason="不办了", by=cast.office)
    assert tasks.submit(task=task, text="办完了", by=cast.head8).state == "submitted"


@pytest.mark.parametrize("state", ["issued", "verified"])
def test_only_what_is_under_way_is_broken_down(cast: Cast, state):
    task = task_issued(cast) if state == "issued" else finish(cast, task_signed(cast))
    with refused(WrongState, task):
        tasks.break_down(task=task, parts=[part(cast.d8)], by=cast.head8)


def test_no_part_is_no_breakdown(cast: Cast):
    task = whole(cast)
    with refused(Invalid, task, says="至少写一项"):
        tasks.break_down(task=task, parts=[], by=cast.head8)


@pytest.mark.parametrize("who", ["head6", "staff", "leader", "first", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, who):
    task = whole(cast, None)
    with refused(NotAllowed, task):
        tasks.break_down(task=task, parts=[part(cast.d8)], by=cast.acting(who))


def test_it_is_recorded_on_the_whole(cast: Cast):
    task = whole(cast, None)
    with recorded("tasks.issue", "tasks.break_down") as event:
        tasks.break_down(task=task, parts=[part(cast.d8)], by=cast.head8)
    assert (event.object_id, event.after["text"], event.happened_on) == (task.pk, "分头办", DAY)
