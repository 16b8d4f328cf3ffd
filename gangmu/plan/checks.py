"""What several actions of this room ask before they write."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid, WrongState
from gangmu.org.models import Department
from gangmu.plan import states
from gangmu.plan.models import Plan, PlanItem

# What a correction of a field makes good: the guesses about it are settled.
GUESSES_OF = {
    "track": {"track"},
    "lead_department": {"lead", "units"},
    "leader": {"leader"},
    "due_on": {"due"},
    "title": {"title", "task"},
}


def require_editable(plan: Plan) -> None:
    """Items are written in a preview or draft; later only an amendment changes them."""
    if plan.state not in states.EDITABLE_PLAN:
        raise WrongState(_("计划已经通过。年中调整要先有会议决定，再办理变更。"))


def require_bindable(item: PlanItem) -> None:
    """Knots and reasons: of a draft or a plan in force, on an item that is still in it."""
    if item.plan.state not in states.BINDABLE_PLAN:
        words = {"plan": item.plan.title, "state": item.plan.get_state_display()}
        raise WrongState(_("《%(plan)s》现在是“%(state)s”，切入点和理由不再改动。") % words)
    if item.dropped_on:
        raise WrongState(_("“%(item)s”已经调出计划，不再结切入点。") % {"item": item.title})


def require_own(plan: Plan, department: Department | None) -> None:
    if department and department.unit_id != plan.unit_id:
        raise Invalid(_("牵头部门要选本院的部门。"), field="lead_department")


def settled_by(names: Iterable[str]) -> set[str]:
    """Guesses that a correction of these fields makes good."""
    return set().union(*(GUESSES_OF.get(name, set()) for name in names))
