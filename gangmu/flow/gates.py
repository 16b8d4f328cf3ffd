"""Which findings stop which step, and who may let it pass with a written reason."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid
from gangmu.org.actor import Actor
from gangmu.org.permissions import Permission
from gangmu.plan import queries as plan
from gangmu.plan.models import Plan


@dataclass(frozen=True)
class Gate:
    """``open``: the step may go on. ``says``: one sentence a hindrance."""

    says: list[str]

    @property
    def open(self) -> bool:
        return not self.says


def adoption(of: Plan) -> Gate:
    """Before a plan is adopted: the 两张皮 check."""
    check = plan.two_skins(of.pk)
    says = []
    if check.unbound_mu:
        says.append(_("%(n)d 项业务没有切入点") % {"n": len(check.unbound_mu)})
    if check.unbound_gang:
        says.append(_("%(n)d 项党建没有绑到业务") % {"n": len(check.unbound_gang)})
    if check.missing_facets:
        says.append(_("抓手没有覆盖：") + "、".join(check.missing_facets))
    if check.one_track_departments:
        says.append(_("只有业务、没有党建的部门：") + "、".join(check.one_track_departments))
    return Gate(says)


def pass_adoption(of: Plan, *, waiver: str, by: Actor) -> None:
    """Raises ``Invalid`` unless the gate is open or somebody who may waives it with a reason."""
    gate = adoption(of)
    if gate.open:
        return
    if waiver.strip() and by.can(Permission.PLAN_ADOPT):
        return
    raise Invalid(
        _("两张皮检查还有：%(says)s。补齐，或写明先通过的理由。") % {"says": "；".join(gate.says)},
        field="waiver",
    )
