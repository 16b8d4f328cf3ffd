"""Departments as a list, with their other names and the leader in charge."""

from datetime import date

import pytest

from gangmu.common.errors import NotAllowed
from gangmu.org import queries
from gangmu.org.actions import departments
from gangmu.org.models import Department, DepartmentAlias
from gangmu.papers.roster_check import DepartmentRow
from tests.cast import DAY, Cast, event_ids, recorded, refused


def row(cast: Cast, **more) -> DepartmentRow:
    return DepartmentRow(2, "第八检察部", pk=cast.d8.pk, **more)


def test_a_new_department_and_its_names(cast: Cast):
    rows = [
        DepartmentRow(2, "第九检察部", "business", "未成年人", ("九部",), ("未检处",), since=date(2019, 1, 1))
    ]
    with recorded("org.take_departments") as event:
        departments.take_list(unit=cast.unit, rows=rows, source_name="部门.xlsx", by=cast.office)
    made = Department.objects.get(name="第九检察部")
    assert (made.line, made.note, made.valid_from) == ("business", "未成年人", date(2019, 1, 1))
    ended = dict(made.aliases.values_list("name", "valid_to"))
    assert ended == {"九部": None, "未检处": date(2018, 12, 31)}
    assert queries.names(cast.unit.pk).department("未检处") == made.pk
    assert event.after["added"] == 1 and ["org.department", made.pk] in event.about


def test_a_known_department_changes_only_what_is_said(cast: Cast):
    departments.take_list(
        unit=cast.unit, rows=[row(cast, note="公益诉讼", aliases=("八部",))], by=cast.party_office
    )
    cast.d8.refresh_from_db()
    assert (cast.d8.note, cast.d8.line) == ("公益诉讼", "business")
    before = event_ids()
    change = departments.take_list(
        unit=cast.unit, rows=[row(cast, note="公益诉讼", aliases=("八部",))], by=cast.party_office
    )
    assert change.nothing and event_ids() == before
    assert DepartmentAlias.objects.filter(department=cast.d8).count() == 1


def test_a_new_leader_in_charge_takes_over(cast: Cast):
    change = departments.take_list(
        unit=cast.unit, rows=[row(cast, leader=cast.people["leader2"].pk)], by=cast.party_office
    )
    assert change.altered == 1
    assert queries.leaders_of_departments(cast.unit.pk, DAY)[cast.d8.pk] == cast.people["leader2"]
    again = departments.take_list(
        unit=cast.unit, rows=[row(cast, leader=cast.people["leader2"].pk)], by=cast.party_office
    )
    assert again.nothing


def test_a_department_that_is_not_listed_stays(cast: Cast):
    change = departments.take_list(unit=cast.unit, rows=[row(cast, note="x")], by=cast.party_office)
    assert cast.d6 in change.missing and Department.objects.filter(pk=cast.d6.pk, valid_to=None).exists()


@pytest.mark.parametrize("who", ["first", "head8", "staff", "outsider", "superior", "system_admin"])
def test_only_the_offices_of_the_unit_keep_departments(cast: Cast, who):
    with refused(NotAllowed, cast.d8):
        departments.take_list(unit=cast.unit, rows=[row(cast, note="x")], by=cast.acting(who))
