"""Units, departments, party organisations: kept by the system administrator or at first set-up."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.events.log import System
from gangmu.org import queries
from gangmu.org.actions import units
from gangmu.org.models import Department, PartyOrg, Unit
from tests.cast import DAY, Cast, recorded, refused


def create(cast: Cast, *, by=None, **more) -> Unit:
    values = {"name": "清河县人民检察院", "short": "清河县院", "level": "county", "parent": cast.unit}
    return units.create(**(values | more), by=by or cast.system_admin)


def test_a_unit_stands_below_all_above_it(cast: Cast):
    unit = create(cast)
    assert unit.path == "000010000100002"
    depths = dict(unit.above.values_list("ancestor__short", "depth"))
    assert depths == {"清河县院": 0, "江州市院": 1, "省院": 2}


def test_the_tree_is_read_in_its_order(cast: Cast):
    create(cast)
    assert [u.short for u in queries.units_below(cast.unit.pk)] == ["江州市院", "临川县院", "清河县院"]
    assert [u.short for u in queries.units_below(cast.other.pk)] == ["海州市院"]


def test_a_name_is_given_once(cast: Cast):
    with refused(Invalid, field="name"):
        create(cast, name="临川县人民检察院")


def test_a_department_has_its_aliases(cast: Cast):
    units.add_department(
        unit=cast.unit, name="第九检察部", line="business", aliases=("九部",), by=cast.system_admin
    )
    found = queries.names(cast.unit.pk)
    pk = Department.objects.get(name="第九检察部").pk
    assert found.department("九 部") == found.department("第九检察部") == pk
    assert found.department("第一检察部") is None, "a name of the county"


def test_a_department_is_named_once_in_its_unit(cast: Cast):
    with refused(Invalid, says="同名部门"):
        units.add_department(unit=cast.unit, name="办公室", line="support", by=cast.system_admin)
    assert units.add_department(unit=cast.county, name="办公室", line="support", by=cast.system_admin).pk


def test_a_branch_may_hold_several_departments(cast: Cast):
    org = units.found_party_org(
        unit=cast.unit,
        kind="branch",
        name="第三党支部",
        founded_on=DAY,
        departments=[cast.d8, cast.d6],
        by=System(),
    )
    assert set(org.departments.all()) == {cast.d8, cast.d6}
    with refused(Invalid, org, says="同名党组织"):
        units.found_party_org(unit=cast.unit, kind="branch", name="第三党支部", founded_on=DAY, by=System())


@pytest.mark.parametrize(
    "who", ["party_office", "first", "office", "superior", "security_admin", "audit_admin", "stranger"]
)
def test_only_the_system_administrator_changes_the_organisation(cast: Cast, who):
    by = cast.acting(who)
    with refused(NotAllowed, says="系统管理员"):
        create(cast, by=by)
    with refused(NotAllowed):
        units.add_department(unit=cast.unit, name="第九检察部", line="business", by=by)
    with refused(NotAllowed):
        units.found_party_org(unit=cast.unit, kind="branch", name="第三党支部", founded_on=DAY, by=by)


def test_each_is_recorded(cast: Cast):
    with recorded("org.create_unit") as event:
        unit = create(cast)
    assert (event.unit_id, event.after) == (
        unit.pk,
        {"name": "清河县人民检察院", "parent": "江州市人民检察院"},
    )
    with recorded("org.add_department") as event:
        units.add_department(unit=unit, name="办公室", line="support", by=System())
    assert event.after == {"name": "办公室", "aliases": []} and event.actor_name == "系统"
    with recorded("org.found_party_org") as event:
        units.found_party_org(
            unit=unit, kind="branch", name="党支部", founded_on=DAY.replace(year=2020), by=System()
        )
    assert (event.kind, event.happened_on) == (PartyOrg._meta.label_lower, DAY.replace(year=2020))
