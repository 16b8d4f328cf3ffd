"""What a person settles for a whole paper at once: how its labels are taken, what its names mean."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid
from gangmu.events.log import record
from gangmu.org import queries as org
from gangmu.org.actor import Actor
from gangmu.org.models import Department
from gangmu.plan import queries
from gangmu.plan.editing import join_departments, open_plan, unknown_text
from gangmu.plan.models import Plan, PlanItem, ReadingHint


@transaction.atomic
def read_responsible(*, plan: Plan, means: str, by: Actor) -> int:
    """How 责任单位 is to be taken in the whole paper: the first leads, or all only co-operate. Returns how many items.

    Only items whose lead the paper does not name otherwise; the open question about it is settled by this.
    """
    plan = open_plan(plan, by)
    rows = list(plan.items.filter(is_task=True, lead_department=None).prefetch_related("co_departments"))
    names = org.names(plan.unit_id)
    done = []
    for item in rows:
        if not item.units_raw or _names_lead(item):
            continue
        first = _first_own(item, names)
        asked = any(g["field"] == "lead" for g in item.guesses)
        item.guesses = [g for g in item.guesses if g["field"] != "lead"]
        if means == ReadingHint.Means.FIRST_LEADS and first:
            item.lead_department_id = first
            item.co_departments.filter(department_id=first).delete()
        elif not asked:
            continue
        done.append(item)
    PlanItem.objects.bulk_update(done, ["lead_department", "guesses"], batch_size=200)
    if done:
        record("plan.read_responsible", plan, by=by, unit_id=plan.unit_id,
               after={"means": means, "items": len(done)})  # fmt: skip
    return len(done)


def _names_lead(item: PlanItem) -> bool:
    """The paper does name a lead, only the office does not know it yet."""
    return any(g["field"] == "lead" and g["why"] == "unknown" for g in item.guesses)


def _first_own(item: PlanItem, names: org.Names) -> int | None:
    """The unit named first, when it is a department of this office."""
    found = queries.unit_names(item)
    return names.department(found[0]) if found else None


@transaction.atomic
def name_unit(*, plan: Plan, name: str, department: Department, by: Actor) -> int:
    """In the whole paper ``name`` is this department: the lead where it was named as lead, else it co-operates."""
    plan = open_plan(plan, by)
    if department.unit_id != plan.unit_id:
        raise Invalid(_("要选本院的部门。"), field="department")
    rows = plan.items.filter(units_raw__contains=name).prefetch_related("co_departments")
    done = [item for item in rows if name in queries.unit_names(item)]
    if not done:
        raise Invalid(_("这份文件里没有“%(name)s”了，可能别人刚改过。请刷新页面。") % {"name": name})
    for item in done:
        _name_in(item, name, department.pk)
    PlanItem.objects.bulk_update(done, ["lead_department", "guesses"], batch_size=200)
    record("plan.name_unit", plan, by=by, unit_id=plan.unit_id,
           after={"name": name, "department": department, "items": len(done)})  # fmt: skip
    return len(done)


def _name_in(item: PlanItem, name: str, pk: int) -> None:
    led = any(name in g.get("names", ()) for g in item.guesses)
    first = queries.unit_names(item)[0] == name
    if led and item.lead_department_id is None:
        item.lead_department_id = pk
        item.co_departments.filter(department_id=pk).delete()
    elif item.lead_department_id != pk:
        join_departments(item, [pk])
    item.guesses = [g for guess in item.guesses if (g := _without(guess, name, pk if first else None))]


def _without(guess: dict[str, Any], name: str, first: int | None) -> dict[str, Any] | None:
    """A guess once ``name`` is known: fewer unknown names, or a lead that can be proposed now."""
    if guess["why"] == "unknown" and name in guess.get("names", ()):
        names = [n for n in guess["names"] if n != name]
        return {**guess, "names": names, "text": unknown_text(names)} if names else None
    if guess["field"] == "lead" and guess["why"] == "position" and first:
        return {**guess, "value": first}
    return guess
