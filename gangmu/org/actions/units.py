"""Set up units, departments and party organisations."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from gangmu.common.errors import NotAllowed
from gangmu.common.models import save
from gangmu.events.log import record
from gangmu.org.models import Department, DepartmentAlias, PartyOrg, Unit, UnitClosure
from gangmu.org.permissions import Permission


def require_manager(by) -> None:
    """The organisation itself is kept by the system administrator or at first set-up."""
    if not by.can(Permission.USER_MANAGE):
        raise NotAllowed(_("组织机构由系统管理员维护。请联系系统管理员。"))


@transaction.atomic
def create(*, name: str, short: str, level: str, parent: Unit | None = None, by) -> Unit:
    """A unit below ``parent``, with its closure rows and path."""
    require_manager(by)
    siblings = Unit.objects.filter(parent=parent).count()
    path = (parent.path if parent else "") + f"{siblings + 1:05d}"
    unit = save(Unit(name=name, short=short, level=level, parent=parent, path=path))
    rows = [UnitClosure(ancestor=unit, descendant=unit, depth=0)]
    if parent:
        above = UnitClosure.objects.filter(descendant=parent)
        rows += [UnitClosure(ancestor_id=a.ancestor_id, descendant=unit, depth=a.depth + 1) for a in above]
    UnitClosure.objects.bulk_create(rows)
    record("org.create_unit", unit, by=by, unit_id=unit.pk, after={"name": name, "parent": parent})
    return unit


@transaction.atomic
def add_department(
    *, unit: Unit, name: str, line: str, note: str = "", position: int = 0, aliases: tuple[str, ...] = (), by
) -> Department:
    require_manager(by)
    department = save(Department(unit=unit, name=name, line=line, note=note, position=position))
    for alias in aliases:
        save(DepartmentAlias(department=department, name=alias))
    record("org.add_department", department, by=by, unit_id=unit.pk, after={"name": name, "aliases": aliases})
    return department


@transaction.atomic
def found_party_org(
    *, unit: Unit, kind: str, name: str, founded_on: date, parent: PartyOrg | None = None, departments=(), by
) -> PartyOrg:
    require_manager(by)
    org = save(PartyOrg(unit=unit, kind=kind, name=name, founded_on=founded_on, parent=parent))
    org.departments.set(departments)
    record("org.found_party_org", org, by=by, unit_id=unit.pk, happened_on=founded_on, after={"name": name})
    return org
