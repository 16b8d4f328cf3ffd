"""Other names of departments, as people meet them in papers: remembered, and forgotten again."""

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, NotAllowed
from gangmu.common.models import save
from gangmu.events.log import record
from gangmu.org import queries
from gangmu.org.models import Department, DepartmentAlias
from gangmu.org.permissions import Permission


def _require_reader(by, unit_id: int) -> None:
    """Whoever reads the unit's papers may say what a name in them means."""
    if by.unit_id != unit_id or not by.can(Permission.PLAN_EDIT):
        raise NotAllowed(_("部门别名由本院党办、机关党委在核对文件时记下。要改，请告诉党办。"))


@transaction.atomic
def remember(*, department: Department, name: str, source: str, by) -> DepartmentAlias:
    """From now on ``name`` is read as ``department``. ``source``: the paper it stood in. Twice is no harm."""
    _require_reader(by, department.unit_id)
    known = queries.names(department.unit_id).department(name)
    if known is not None and known != department.pk:
        other = Department.objects.get(pk=known)
        raise Invalid(
            _("“%(name)s”已经认作%(other)s。先在“记住的更正”里忘掉它。") % {"name": name, "other": other}
        )
    found = DepartmentAlias.objects.filter(department=department, name=name).first()
    if found or known is not None:
        return found or DepartmentAlias(department=department, name=name)
    alias = save(
        DepartmentAlias(department=department, name=name, source=source[:200], noted_on=clock.today())
    )
    record("org.remember_alias", department, by=by, unit_id=department.unit_id,
           after={"name": name, "source": source})  # fmt: skip
    return alias


@transaction.atomic
def forget(*, alias: DepartmentAlias, by) -> Department:
    """The name is not read as the department any more. Only what was remembered from a paper can be forgotten."""
    department = alias.department
    _require_reader(by, department.unit_id)
    if not alias.source:
        raise Invalid(_("这个别名是登记部门时写下的，不能在这里忘掉。"))
    record("org.forget_alias", department, by=by, unit_id=department.unit_id, before={"name": alias.name})
    alias.delete()
    return department
