"""Items: added, corrected, looked over."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import F, Max, ProtectedError
from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid
from gangmu.common.models import changed, lock, save
from gangmu.events import timeline
from gangmu.events.log import record
from gangmu.org.actor import Actor
from gangmu.org.models import Department, Person
from gangmu.plan import policies, queries
from gangmu.plan.editing import agree, require_editable, require_own, settled_by
from gangmu.plan.models import ItemDepartment, Plan, PlanItem


@transaction.atomic
def add(
    *,
    plan: Plan,
    title: str,
    track: str,
    parent: PlanItem | None = None,
    facet: str = "",
    lead_department: Department | None = None,
    co_departments: Iterable[Department] = (),
    leader: Person | None = None,
    due_on: date | None = None,
    by: Actor,
) -> PlanItem:
    """A new item at the end of its parent's children (or of the plan)."""
    plan = lock(plan)
    policies.edit_plan.require(by, plan)
    require_editable(plan)
    require_own(plan, lead_department)
    position = _place_after(plan, parent)
    item = save(
        PlanItem(
            plan=plan,
            parent=parent,
            position=position,
            level=parent.level + 1 if parent else 1,
            title=title,
            track=track,
            facet=facet,
            lead_department=lead_department,
            leader=leader,
            due_on=due_on,
            due_kind=PlanItem.Due.DATE if due_on else PlanItem.Due.NONE,
        )  # fmt: skip
    )
    _set_co_departments(item, co_departments)
    record("plan.add_item", item, by=by, unit_id=plan.unit_id, about=[plan],
           after={"title": title, "track": track, "lead_department": lead_department, "due_on": due_on})  # fmt: skip
    return item


def _place_after(plan: Plan, parent: PlanItem | None) -> int:
    """Make room behind the last descendant of ``parent``; returns the free position."""
    if parent is None:
        return (plan.items.aggregate(last=Max("position"))["last"] or 0) + 1
    following = (
        plan.items.filter(position__gt=parent.position, level__lte=parent.level).order_by("position").first()
    )
    if following is None:
        return (plan.items.aggregate(last=Max("position"))["last"] or 0) + 1
    plan.items.filter(position__gte=following.position).update(position=F("position") + 1)
    return following.position


def _set_co_departments(item: PlanItem, departments: Iterable[Department]) -> None:
    item.co_departments.all().delete()
    ItemDepartment.objects.bulk_create(
        ItemDepartment(item=item, department=d) for d in departments if d.pk != item.lead_department_id
    )


@transaction.atomic
def edit(
    *,
    item: PlanItem,
    by: Actor,
    co_departments: Iterable[Department] | None = None,
    seen: str = "",
    **values: object,
) -> PlanItem:
    """Correct fields of an item of a preview or draft; a corrected field is no guess any more.

    ``values``: title, text, track, facet, leader, lead_department, due_on, is_task, or what was read of a
    paper (label, units_raw, selectors, due_kind, due_raw, rhythm, milestones). ``seen``: the item's
    ``queries.stamp`` when the person began; what somebody else changed since is told, and nothing is stored.
    """
    item = lock(item)
    policies.edit_item.require(by, item)
    require_editable(item.plan)
    _refuse_stale(item, seen)
    before, after = changed(item, **values)
    require_own(item.plan, item.lead_department)
    if "due_on" in after and "due_kind" not in values:
        item.due_kind = PlanItem.Due.DATE if item.due_on else PlanItem.Due.NONE
    item.guesses = [g for g in item.guesses if g["field"] not in settled_by(values)]
    save(item, *values, "due_kind", "guesses")
    if co_departments is not None:
        _set_co_departments(item, co_departments)
    record("plan.edit_item", item, by=by, unit_id=item.plan.unit_id, before=before, after=after)
    return item


def _refuse_stale(item: PlanItem, seen: str) -> None:
    fresh = queries.changed_since(item, seen)
    if not fresh:
        return
    last = timeline.last(item)
    who = last.actor_name if last else ""
    says = _("您打开以后，%(who)s刚改过这一项。您写的都还在，没有存下；对照着看一遍，再按一次“改好了”。") % {
        "who": who or _("别人")
    }
    errors = {name: _("现在是“%(value)s”。") % {"value": value or _("空")} for name, value in fresh.items()}
    raise Invalid(says, errors={"": says, **errors})


@transaction.atomic
def accept_guesses(*, item: PlanItem, by: Actor, field: str = "", why: str = "") -> PlanItem:
    """A person has looked: what was guessed is right. ``field`` and ``why`` limit it to one guess."""
    item = lock(item)
    policies.edit_item.require(by, item)
    require_editable(item.plan)
    agreed = agree(item, field=field, why=why)
    if agreed:
        save(item, "guesses", "lead_department")
        record("plan.accept_guesses", item, by=by, unit_id=item.plan.unit_id, after={"fields": agreed})
    return item


@transaction.atomic
def accept_all_guesses(*, plan: Plan, by: Actor, field: str = "", why: str = "") -> int:
    """The open guesses of a preview at once, or those of one kind; returns how many items had some."""
    plan = lock(plan)
    policies.edit_plan.require(by, plan)
    require_editable(plan)
    rows = list(plan.items.exclude(guesses=[]))
    done = [item for item in rows if agree(item, field=field, why=why)]
    PlanItem.objects.bulk_update(done, ["guesses", "lead_department"], batch_size=200)
    if done:
        record("plan.accept_guesses", plan, by=by, unit_id=plan.unit_id,
               after={"items": len(done), "kind": why} if why else {"items": len(done)})  # fmt: skip
    return len(done)


@transaction.atomic
def set_aside(*, item: PlanItem, by: Actor) -> Plan:
    """Take an item out of a preview or draft; its children move up to its parent."""
    item = lock(item)
    policies.edit_item.require(by, item)
    plan = item.plan
    require_editable(plan)
    if item.entry_points.exists() or item.entered_by.exists():
        raise Invalid(_("这一项上结着切入点，先解开再搁置。"))
    _lift_descendants(item)
    plan.paragraphs.filter(no__in=item.paragraph_nos).update(fate="aside", why=_("核对时搁置"))
    record("plan.set_aside", plan, by=by, unit_id=plan.unit_id, before={"title": item.title})
    try:
        item.delete()
    except ProtectedError:
        raise Invalid(_("这一项已经列入会议议题或立了任务，不能搁置。")) from None
    return plan


def _lift_descendants(item: PlanItem) -> None:
    """Everything under the item moves up one level; its children get its parent."""
    below, found = [], [item.pk]
    while found := list(PlanItem.objects.filter(parent_id__in=found).values_list("pk", flat=True)):
        below += found
    PlanItem.objects.filter(pk__in=below).update(level=F("level") - 1)
    item.children.update(parent=item.parent)
