"""Departments as a list that came in."""

from collections.abc import Iterable
from typing import Any

from django.db import transaction
from django.db.models import Max

from gangmu.common import clock
from gangmu.common.models import lock, save_changes
from gangmu.events.log import record
from gangmu.org import policies, rosters
from gangmu.org.models import Department, DepartmentAlias, Post, Unit
from gangmu.papers.roster_check import DepartmentRow


@transaction.atomic
def take_list(*, unit: Unit, rows: Iterable[DepartmentRow], source_name: str = "", by) -> rosters.Change:
    """New departments, changed facts, other names, leaders in charge; a department that is not listed stays."""
    unit = lock(unit)
    policies.keep_roster.require(by, unit)
    change = rosters.departments_change(unit, rows, clock.today())
    made = _add(unit, change.added)
    save_changes(change.changed, ["line", "note", "valid_from", "valid_to"])
    DepartmentAlias.objects.bulk_create(
        DepartmentAlias(department_id=row.pk or made[row.name].pk, name=name, valid_to=until)
        for row, name, until in change.more["aliases"]
    )
    _put_in_charge(change.more["leaders"], made)
    if not change.nothing:
        record("org.take_departments", unit, by=by, unit_id=unit.pk, after=change.told(source_name),
               about=[*made.values(), *(obj for obj, _new, _row in change.changed)])  # fmt: skip
    return change


def _add(unit: Unit, rows: list[DepartmentRow]) -> dict[str, Department]:
    last = Department.objects.filter(unit=unit).aggregate(n=Max("position"))["n"] or 0
    made = [
        Department(unit=unit, name=r.name, line=r.line_of_work, note=r.note, position=n, valid_from=r.since,
                   valid_to=r.until)
        for n, r in enumerate(rows, start=last + 1)
    ]  # fmt: skip
    return {d.name: d for d in Department.objects.bulk_create(made)}


def _put_in_charge(leaders: list[tuple[Post, DepartmentRow]], made: dict[str, Department]) -> None:
    """One leader in charge of a department: whoever was before is no more."""
    through: Any = Post.in_charge_of.through
    pairs = [(post.pk, row.pk or made[row.name].pk) for post, row in leaders]
    through.objects.filter(department_id__in=[d for _post, d in pairs]).delete()
    through.objects.bulk_create([through(post_id=post, department_id=d) for post, d in pairs])
