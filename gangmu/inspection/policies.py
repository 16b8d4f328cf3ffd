"""Who may order, carry out and see inspections."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gangmu.common.policy import NOBODY, Policy
from gangmu.inspection.models import Finding, Inspection
from gangmu.org.actor import Actor
from gangmu.org.permissions import Permission


def _sees(actor: Actor, path: str = "") -> Q:
    """Those who order or lead; the team; departments with an item looked at."""
    if actor.is_admin or actor.person_id is None:
        return NOBODY
    unit = Q(**{f"{path}unit_id": actor.unit_id})
    if actor.can(Permission.INSPECTION_ORDER) or actor.can(Permission.RULE_READ_ALL):
        return unit
    team = Q(**{f"{path}team__person_id": actor.person_id})
    departments = actor.departments | ({actor.own_department} if actor.own_department else set())
    return unit & (team | Q(**{f"{path}lines__item__lead_department_id__in": departments}))


def _orders(actor: Actor, path: str = "") -> Q:
    return Q(**{f"{path}unit_id": actor.unit_id}) if actor.can(Permission.INSPECTION_ORDER) else NOBODY


def _works(actor: Actor, path: str = "") -> Q:
    """The party office, or a member of the team."""
    if actor.person_id is None:
        return NOBODY
    team = Q(**{f"{path}team__person_id": actor.person_id, f"{path}unit_id": actor.unit_id})
    return _orders(actor, path) | team


see_inspection: Policy[Inspection] = Policy(Inspection, _sees, _("这次督查不在您能看的范围内。"))
order_inspection: Policy[Inspection] = Policy(Inspection, _orders, _("下达联合督查由党办、机关党委办理。"))
work_inspection: Policy[Inspection] = Policy(Inspection, _works, _("督查记录由督查组成员或党办填写。"))
recheck_finding: Policy[Finding] = Policy(
    Finding,
    lambda a: _works(a, "line__inspection__") & ~Q(department_id__in=a.departments),
    _("复查要由整改部门以外的督查组成员或党办办理。"),
)
