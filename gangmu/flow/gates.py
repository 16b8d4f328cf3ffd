"""Which findings stop which step, and who may let it pass with a written reason."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid
from gangmu.flow import skins
from gangmu.org.actor import Actor
from gangmu.org.permissions import Permission
from gangmu.plan.models import Plan


@dataclass(frozen=True)
class Gate:
    """``open``: the step may go on. ``says``: one sentence a hindrance."""

    says: list[str]

    @property
    def open(self) -> bool:
        return not self.says


def adoption(of: Plan) -> Gate:
    """Before a plan is adopted: the 两张皮 check; what stands for an accepted reason is no hindrance."""
    return gate_of(skins.check(of))


def gate_of(findings: Iterable[skins.Finding]) -> Gate:
    """The gate of findings already in hand: one sentence a kind."""
    loose: dict[str, list[skins.Finding]] = {}
    for found in findings:
        if not found.settled:
            loose.setdefault(found.code, []).append(found)
    says = []
    if rows := loose.get("unbound_mu"):
        says.append(_("%(n)d 项业务没有切入点") % {"n": len(rows)})
    if rows := loose.get("unbound_gang"):
        says.append(_("%(n)d 项党建没有绑到业务") % {"n": len(rows)})
    if rows := loose.get("facet"):
        says.append(_("抓手没有覆盖：") + _("、").join(f.name for f in rows))
    if rows := loose.get("one_track"):
        says.append(_("只有业务、没有党建的部门：") + _("、").join(f.name for f in rows))
    for code in ("overload", "early", "half"):
        says += [f.text for f in loose.get(code, [])]
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
