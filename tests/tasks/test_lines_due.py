"""待反馈: what the database finds is what arithmetic says, over random tasks and days."""

import random
from datetime import date, timedelta

import pytest

from gangmu.common.workdays import is_workday
from gangmu.tasks import arithmetic, queries
from gangmu.tasks.actions import milestones, tasks
from gangmu.tasks.actions.tasks import Part, Terms
from gangmu.tasks.models import Milestone, Progress, Task
from tests.cast import DAY, Cast, task_signed

START = date(2026, 1, 5)


def some_tasks(cast: Cast, chance: random.Random, count: int) -> None:
    """Tasks of every rhythm, signed within half a year, spoken of now and then; rows as the actions leave them."""
    for number in range(count):
        signed = START + timedelta(days=chance.randrange(180))
        task = Task.objects.create(
            unit=cast.unit, title=f"第{number}件", source="plan", department=cast.d8, issued_on=signed, signed_on=signed,
            due_on=signed + timedelta(days=chance.choice([5, 60, 400])), long_term=chance.random() < 0.2,
            rhythm=chance.choice(Task.Rhythm.values), report_day=chance.choice([1, 10, 25, 28, 29, 30, 31]),
            state=chance.choice(["under_way", "under_way", "under_way", "issued", "submitted"]),
        )  # fmt: skip
        for _n in range(chance.choice([0, 0, 1, 3])):
            day = signed + timedelta(days=chance.randrange(-3, 120))
            Progress.objects.create(task=task, text="在办", happened_on=day, author=cast.people["head8"])
        for step in range(chance.choice([0, 1, 2])):
            due = signed + timedelta(days=chance.randrange(120))
            reached = due if chance.random() < 0.4 else None
            Milestone.objects.create(task=task, title=f"节点{step}", due_on=due, reached_on=reached)
        if chance.random() < 0.1:
            Task.objects.create(
                unit=cast.unit, title="一份", source="plan", department=cast.d8, issued_on=signed, due_on=task.due_on,
                parent=task, state=chance.choice(["issued", "cancelled"]),
            )  # fmt: skip


def in_hand(rows, today: date) -> list[Task]:
    open_ones = rows.filter(state__in=["issued", "under_way"], due_on__lt=today, long_term=False)
    return list(open_ones.order_by("due_on", "id"))


@pytest.mark.parametrize("seed", range(5))
def test_the_database_finds_what_arithmetic_says(cast: Cast, seed):
    chance = random.Random(seed)
    some_tasks(cast, chance, 60)
    days = [START + timedelta(days=chance.randrange(300)) for _n in range(25)]
    days += [date(2026, 2, 28), date(2026, 3, 31), date(2026, 6, 29), date(2026, 6, 30), date(2026, 7, 1)]
    told = 0
    for today in days:
        # No line is of a day to come: what would be said later has not been said.
        Progress.objects.filter(happened_on__gt=today).delete()
        rows = Task.objects.filter(signed_on__lte=today) | Task.objects.filter(signed_on=None)
        by = {t.pk: queries.line_by(t, today) for t in queries.with_progress(rows)}
        expected = {pk for pk, day in by.items() if day and day <= today}
        assert set(queries.lines_due(rows, today).values_list("pk", flat=True)) == expected, today
        quiet = arithmetic.told_above(today)
        above = {pk for pk, day in by.items() if day and day <= quiet}
        late, silent, more = queries.behind(rows, today, most=3)
        above -= {t.pk for t in rows if t.due_on < today and not t.long_term}
        assert [t.pk for t in late] == [t.pk for t in in_hand(rows, today)][:3], today
        assert {t.pk for t in silent} == above and not more, today
        told += len(above)
    assert told, "a history too tame to prove anything"


def test_a_missing_line_on_a_milestone_reaches_those_above_too(cast: Cast):
    task = task_signed(cast, due_in=90, terms=Terms(rhythm="milestone"))
    milestones.add(task=task, title="摸排完", due_on=DAY + timedelta(days=2), by=cast.head8)  # a Friday
    rows = Task.objects.all()
    assert not queries.lines_due(rows, DAY + timedelta(days=1))
    assert queries.lines_due(rows, DAY + timedelta(days=2)).get() == task
    assert queries.behind(rows, DAY + timedelta(days=6), most=3) == ([], [], False)
    assert queries.behind(rows, DAY + timedelta(days=7), most=3) == ([], [task], False)


def test_a_whole_is_not_asked_when_its_parts_are(cast: Cast):
    whole = task_signed(cast, due_in=90)
    [part] = tasks.break_down(task=whole, parts=[Part("一份", cast.d8)], by=cast.head8)
    tasks.sign(task=part, by=cast.head8)
    assert queries.lines_due(Task.objects.all(), date(2026, 6, 25)).get() == part
    assert is_workday(DAY), "the days of these tests are counted by hand"


@pytest.mark.parametrize(("count", "more"), [(queries.SILENT, False), (queries.SILENT + 30, True)])
def test_of_very_many_silent_ones_a_hundred_are_looked_at(cast: Cast, count, more):
    signed = DAY - timedelta(days=70)
    Task.objects.bulk_create(
        Task(unit=cast.unit, title=f"第{n}件", source="plan", department=cast.d8, issued_on=signed, signed_on=signed,
             due_on=DAY + timedelta(days=60), state="under_way", rhythm="monthly")
        for n in range(count)
    )  # fmt: skip
    late, silent, further = queries.behind(Task.objects.all(), DAY, most=3)
    assert (late, len(silent), further) == ([], queries.SILENT, more)
