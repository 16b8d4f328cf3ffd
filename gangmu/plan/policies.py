"""Who may see and change what in the plan room."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gangmu.common.policy import NOBODY, Policy
from gangmu.org.actor import Actor
from gangmu.org.models import DepartmentAlias
from gangmu.org.permissions import Permission
from gangmu.plan.models import (
    Amendment,
    Directive,
    EntryPoint,
    Plan,
    PlanItem,
    ReadingHint,
    SkinReason,
    SourceParagraph,
)


def _in_unit(actor: Actor, path: str) -> Q:
    """Staff see their own unit; whoever reads for the unit's leadership also sees the units below."""
    if actor.is_admin or actor.person_id is None:
        return NOBODY
    own = Q(**{f"{path}_id": actor.unit_id})
    if actor.can(Permission.RULE_READ_ALL):
        return own | Q(**{f"{path}__above__ancestor_id": actor.unit_id})
    return own


def _editor(actor: Actor, path: str) -> Q:
    return Q(**{f"{path}_id": actor.unit_id}) if actor.can(Permission.PLAN_EDIT) else NOBODY


see_plan: Policy[Plan] = Policy(Plan, lambda a: _in_unit(a, "unit"), _("这份计划不在您能看的范围内。"))
edit_plan: Policy[Plan] = Policy(
    Plan, lambda a: _editor(a, "unit"), _("起草和修改计划由党办、机关党委办理。要改，请告诉党办。")
)
adopt_plan: Policy[Plan] = Policy(
    Plan,
    lambda a: Q(unit_id=a.unit_id) if a.can(Permission.PLAN_ADOPT) else NOBODY,
    _("通过计划要由党组会决定，党办据决定办理。"),
)
see_item: Policy[PlanItem] = Policy(
    PlanItem, lambda a: _in_unit(a, "plan__unit"), _("这一项不在您能看的范围内。")
)
edit_item: Policy[PlanItem] = Policy(
    PlanItem, lambda a: _editor(a, "plan__unit"), _("修改计划事项由党办办理。要改，请告诉党办。")
)


def _may_bind(actor: Actor) -> Q:
    """The party office, or a head for an item that the own department leads."""
    own = Q(lead_department_id__in=actor.departments, plan__unit_id=actor.unit_id)
    return _editor(actor, "plan__unit") | own


bind_item: Policy[PlanItem] = Policy(PlanItem, _may_bind, _("结切入点由党办或这一项的牵头部门正职办理。"))
accept_reason: Policy[PlanItem] = Policy(
    PlanItem,
    lambda a: Q(plan__unit_id=a.unit_id) if a.can(Permission.RULE_EXCUSE) else NOBODY,
    _("准予不绑要由党组书记或机关党委书记核准。"),
)
see_entry_point: Policy[EntryPoint] = Policy(
    EntryPoint, lambda a: _in_unit(a, "mu__plan__unit"), _("这个切入点不在您能看的范围内。")
)
edit_entry_point: Policy[EntryPoint] = Policy(
    EntryPoint, lambda a: _editor(a, "mu__plan__unit"), _("改切入点由党办办理。")
)
see_directive: Policy[Directive] = Policy(
    Directive, lambda a: _in_unit(a, "unit"), _("这件上级要求不在您能看的范围内。")
)
edit_directive: Policy[Directive] = Policy(
    Directive, lambda a: _editor(a, "unit"), _("登记上级要求由党办办理。")
)
see_paragraph: Policy[SourceParagraph] = Policy(
    SourceParagraph, lambda a: _in_unit(a, "plan__unit"), _("这份文件不在您能看的范围内。")
)
edit_hint: Policy[ReadingHint] = Policy(
    ReadingHint, lambda a: _editor(a, "unit"), _("怎样读本院的文件，由党办、机关党委在核对时定。")
)
see_hint: Policy[ReadingHint] = Policy(
    ReadingHint, lambda a: _in_unit(a, "unit"), _("这条更正不在您能看的范围内。")
)
see_alias: Policy[DepartmentAlias] = Policy(
    DepartmentAlias, lambda a: _in_unit(a, "department__unit"), _("这个别名不在您能看的范围内。")
)
see_skin: Policy[SkinReason] = Policy(
    SkinReason, lambda a: _in_unit(a, "plan__unit"), _("这条理由不在您能看的范围内。")
)
accept_skin: Policy[SkinReason] = Policy(
    SkinReason,
    lambda a: Q(plan__unit_id=a.unit_id) if a.can(Permission.RULE_EXCUSE) else NOBODY,
    _("理由要由党组书记或机关党委书记核准。"),
)
see_amendment: Policy[Amendment] = Policy(
    Amendment, lambda a: _in_unit(a, "plan__unit"), _("这次调整不在您能看的范围内。")
)
