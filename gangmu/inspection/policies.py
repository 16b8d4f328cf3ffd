"""Who may order, carry out and see visits; who decides on what they bring home; who runs a 巡察整改."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gangmu.common.policy import NOBODY, Policy
from gangmu.inspection.models import Campaign, Finding, Inspection, Measure, ProposedEntryPoint, Sheet
from gangmu.org.actor import Actor
from gangmu.org.permissions import Permission, Role


def _own_departments(actor: Actor) -> frozenset[int]:
    return actor.departments | ({actor.own_department} if actor.own_department else set())


def _goes(actor: Actor, path: str = "") -> Q:
    """A member of the team, or the leader of the visit."""
    return Q(**{f"{path}team__person_id": actor.person_id}) | Q(**{f"{path}leader_id": actor.person_id})


def _sees(actor: Actor, path: str = "") -> Q:
    """Those who order or lead; who goes; departments with an item looked at or on the way; the branch visited."""
    if actor.is_admin or actor.person_id is None:
        return NOBODY
    unit = Q(**{f"{path}unit_id": actor.unit_id})
    if actor.can(Permission.INSPECTION_ORDER) or actor.can(Permission.RULE_READ_ALL):
        return unit
    own = _own_departments(actor)
    reached = Q(**{f"{path}lines__item__lead_department_id__in": own}) | Q(**{f"{path}departments__in": own})
    reached |= Q(**{f"{path}branch__departments__in": own}) | Q(**{f"{path}branch_id__in": actor.branches})
    return unit & (_goes(actor, path) | reached)


def _orders(actor: Actor, path: str = "") -> Q:
    return Q(**{f"{path}unit_id": actor.unit_id}) if actor.can(Permission.INSPECTION_ORDER) else NOBODY


def _works(actor: Actor, path: str = "") -> Q:
    """The party office, or somebody who goes."""
    if actor.person_id is None:
        return NOBODY
    return _orders(actor, path) | (Q(**{f"{path}unit_id": actor.unit_id}) & _goes(actor, path))


def _put_right(actor: Actor) -> Q:
    """Of the department that had to, the person answerable for the task, or who handed it in, wherever he works by now."""
    if actor.person_id is None:
        return NOBODY
    answers = Q(task__person_id=actor.person_id) | Q(task__submitted_by_id=actor.person_id)
    return Q(department_id__in=_own_departments(actor)) | answers


def _decides(actor: Actor) -> Q:
    return Q(inspection__unit_id=actor.unit_id) if actor.can(Permission.PLAN_EDIT) else NOBODY


def _sees_campaign(actor: Actor) -> Q:
    """The party office and the leaders; departments that answer for a measure."""
    if actor.is_admin or actor.person_id is None:
        return NOBODY
    unit = Q(unit_id=actor.unit_id)
    if actor.can(Permission.INSPECTION_ORDER) or actor.can(Permission.RULE_READ_ALL):
        return unit
    return unit & Q(problems__measures__department_id__in=_own_departments(actor))


see_inspection: Policy[Inspection] = Policy(Inspection, _sees, _("这次督查不在您能看的范围内。"))
order_inspection: Policy[Inspection] = Policy(Inspection, _orders, _("下达联合督查由党办、机关党委办理。"))
work_inspection: Policy[Inspection] = Policy(Inspection, _works, _("督查记录由督查组成员或党办填写。"))
recheck_finding: Policy[Finding] = Policy(
    Finding,
    lambda a: _works(a, "line__inspection__") & ~_put_right(a),
    _("复查要由整改部门以外的督查组成员或党办办理，报结整改的人后来换了岗位也不能复查。"),
)
see_sheet: Policy[Sheet] = Policy(
    Sheet, lambda a: _works(a, "inspection__"), _("这张记录表只给督查组成员和党办看。")
)
see_proposal: Policy[ProposedEntryPoint] = Policy(
    ProposedEntryPoint, lambda a: _sees(a, "inspection__"), _("这条切入点建议不在您能看的范围内。")
)
decide_proposal: Policy[ProposedEntryPoint] = Policy(
    ProposedEntryPoint, _decides, _("切入点建议由党办、机关党委定。")
)
see_campaign: Policy[Campaign] = Policy(Campaign, _sees_campaign, _("这次巡察整改不在您能看的范围内。"))
run_campaign: Policy[Campaign] = Policy(
    Campaign, lambda a: _orders(a), _("巡察整改台账由党办、机关党委办理。")
)
sign_campaign: Policy[Campaign] = Policy(
    Campaign,
    lambda a: Q(unit_id=a.unit_id) if a.has(Role.FIRST) else NOBODY,
    _("整改方案和整改报告要由党组书记签字。"),
)
check_measure: Policy[Measure] = Policy(
    Measure,
    lambda a: _orders(a, "problem__campaign__") & ~_put_right(a),
    _("对账要由责任部门以外的党办、机关党委人员办理，报结整改的人后来换了岗位也不能对账。"),
)
