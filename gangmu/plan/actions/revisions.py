"""What a revised paper brings into the plan it revises: an item moved, the paper itself put away."""

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid
from gangmu.common.models import advance, lock, save
from gangmu.events.log import record
from gangmu.org.actor import Actor
from gangmu.plan import policies, states
from gangmu.plan.editing import mine
from gangmu.plan.models import Plan, PlanItem


@transaction.atomic
def move(*, item: PlanItem, under: PlanItem | None, by: Actor) -> PlanItem:
    """An item, with what stands below it, goes to the end of another heading (or of the plan)."""
    item = mine(item, by)
    below = _below(item)
    if under is not None and (under.pk == item.pk or under.pk in {r.pk for r in below}):
        raise Invalid(_("一项不能移到它自己下面。"))
    before = item.parent.title if item.parent else ""
    item.parent, rise = under, (under.level + 1 if under else 1) - item.level
    plan_rows = [
        r for r in item.plan.items.order_by("position") if r.pk not in {item.pk, *(b.pk for b in below)}
    ]
    place = _end_of(plan_rows, under)
    moved = [item, *below]
    for row in moved:
        row.level += rise
    order = [*plan_rows[:place], *moved, *plan_rows[place:]]
    for position, row in enumerate(order, start=1):
        row.position = position
    PlanItem.objects.bulk_update(order, ["position", "level"], batch_size=200)
    save(item, "parent")
    record("plan.move_item", item, by=by, unit_id=item.plan.unit_id, about=[item.plan],
           before={"under": before}, after={"under": under.title if under else ""})  # fmt: skip
    return item


def _below(item: PlanItem) -> list[PlanItem]:
    """Everything under an item, in the order of the plan."""
    inside = {item.pk}
    found = []
    for row in item.plan.items.filter(position__gt=item.position).order_by("position"):
        if row.parent_id in inside:
            inside.add(row.pk)
            found.append(row)
    return found


def _end_of(rows: list[PlanItem], under: PlanItem | None) -> int:
    """Index behind the last descendant of ``under``."""
    if under is None:
        return len(rows)
    inside, end = {under.pk}, 0
    for index, row in enumerate(rows):
        if row.pk == under.pk or row.parent_id in inside:
            inside.add(row.pk)
            end = index + 1
    return end


@transaction.atomic
def take_over(*, plan: Plan, into: Plan, changes: int, by: Actor) -> Plan:
    """A revised paper whose differences went into another plan is put away; the same file is not read again."""
    plan = lock(plan)
    policies.edit_plan.require(by, plan)
    if into.unit_id != plan.unit_id or into.pk == plan.pk:
        raise Invalid(_("修订稿要和本院的另一份计划对照。"))
    advance(plan, states.PLAN, "drop")
    plan.revises = into
    save(plan, "state", "revises")
    record("plan.take_over", plan, by=by, unit_id=plan.unit_id, about=[into],
           after={"into": into.title, "changes": changes})  # fmt: skip
    return plan
