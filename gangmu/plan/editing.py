"""What the actions on a plan share. Nothing here records; only actions call it."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import lock
from gangmu.org.actor import Actor
from gangmu.org.models import Department
from gangmu.plan import policies, states
from gangmu.plan.models import ItemDepartment, Plan, PlanItem

# What a correction of a field makes good: the guesses about it are settled.
GUESSES_OF = {
    "track": {"track"},
    "lead_department": {"lead", "units"},
    "leader": {"leader"},
    "due_on": {"due"},
    "title": {"title", "task"},
}


def require_editable(plan: Plan) -> None:
    """Raises ``WrongState`` once the plan is in force."""
    if plan.state not in states.EDITABLE_PLAN:
        raise WrongState(_("计划已经通过。年中调整要先有会议决定，再办理变更。"))


def mine(item: PlanItem, by: Actor) -> PlanItem:
    """The item's plan is locked first, so that two people who move items wait for each other."""
    lock(item.plan)
    item = lock(item)
    policies.edit_item.require(by, item)
    require_editable(item.plan)
    return item


def open_plan(plan: Plan, by: Actor) -> Plan:
    """The plan, locked, when it may be edited by this person and still can be."""
    plan = lock(plan)
    policies.edit_plan.require(by, plan)
    require_editable(plan)
    return plan


def agree(item: PlanItem, *, field: str = "", why: str = "") -> list[str]:
    """Take the guesses asked for off the item, not saved yet; returns their fields. A proposed lead becomes the lead."""
    agreed = [g for g in item.guesses if field in ("", g["field"]) and why in ("", g["why"])]
    item.guesses = [g for g in item.guesses if g not in agreed]
    proposed = next((g["value"] for g in agreed if g["field"] == "lead" and g.get("value")), None)
    if proposed and item.lead_department_id is None:
        item.lead_department_id = proposed
        item.co_departments.filter(department_id=proposed).delete()
    return [g["field"] for g in agreed]


def join_departments(item: PlanItem, ids: Iterable[int | None]) -> None:
    """Departments that are not there yet co-operate from now on."""
    has = {item.lead_department_id, *item.co_departments.values_list("department_id", flat=True)}
    fresh = [pk for pk in dict.fromkeys(ids) if pk and pk not in has]
    ItemDepartment.objects.bulk_create(ItemDepartment(item=item, department_id=pk) for pk in fresh)


def unknown_text(names: Sequence[str]) -> str:
    """What is said of names that are no department of the office."""
    return _("本院没有这个部门：") + "、".join(names)  # data


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
