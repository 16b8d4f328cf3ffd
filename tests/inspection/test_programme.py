"""少要材料: how often each department was asked this month; how many visits were truly joint."""

from datetime import date, timedelta

from gangmu.inspection.actions import inspections
from gangmu.inspection.queries import programme
from gangmu.tasks.actions import tasks
from tests.cast import (
    DAY,
    Cast,
    inspection_ordered,
    inspection_visited,
    plan_with_items,
    task_issued,
    walk_ordered,
)

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def asked(cast: Cast) -> dict[str, tuple[int, int]]:
    found = programme.asked(cast.unit.pk, DAY)
    return {
        d.name: (found[d.pk].tasks, found[d.pk].visits) for d in cast.departments.values() if d.pk in found
    }


def test_tasks_and_visits_of_the_month_are_counted_by_department(cast: Cast):
    planned = plan_with_items(cast)
    task_issued(cast)
    tasks.cancel(task=task_issued(cast), reason="重复", by=cast.party_office)
    inspection_ordered(cast, planned)
    inspection_ordered(cast, planned, on=DAY + timedelta(days=40))
    walk_ordered(cast)
    assert asked(cast) == {"第八检察部": (1, 2), "第六检察部": (0, 1)}


def test_above_three_the_sender_is_told(cast: Cast):
    assert not programme.Asked(tasks=2, visits=1).many
    assert programme.Asked(tasks=3, visits=1).many


def test_another_unit_has_its_own_count(cast: Cast):
    task_issued(cast)
    assert programme.asked(cast.county.pk, DAY) == {}


def test_the_share_of_truly_joint_visits_counts_those_that_took_place(cast: Cast):
    planned = plan_with_items(cast)
    inspection_visited(cast, planned)
    inspection_ordered(cast, planned)
    inspections.write_up(inspection=walk_ordered(cast), gist="看了", by=cast.party_office)
    shares = programme.joint_share(programme.visits(cast.unit.pk, *YEAR))
    assert [(s.quarter, s.joint, s.total) for s in shares] == [(1, 0, 0), (2, 1, 2), (3, 0, 0), (4, 0, 0)]
