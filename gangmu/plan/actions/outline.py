"""Many lines of a plan at once: typed or pasted one below the other, moved, indented, set for all that are ticked."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid
from gangmu.common.models import changed, lock
from gangmu.events.log import record
from gangmu.org.actor import Actor
from gangmu.plan import policies, tree
from gangmu.plan.actions import items
from gangmu.plan.editing import require_editable, require_own, settled_by
from gangmu.plan.models import ItemDepartment, Plan, PlanItem
from gangmu.plan.order import nodes_of, store

MOST = 500
SETTABLE = ("lead_department", "leader", "due_on", "facet")


@dataclass(frozen=True)
class NewLine:
    """A line to be made. ``deeper``: levels below the first line, 0 for a sibling."""

    title: str
    label: str = ""
    lead_department_id: int | None = None
    units_raw: str = ""
    due_on: date | None = None
    due_raw: str = ""
    due_kind: str = ""
    rhythm: str = ""
    facet: str = ""
    is_task: bool = True
    deeper: int = 0
    track: str = ""


@transaction.atomic
def add_many(
    *,
    plan: Plan,
    lines: Sequence[NewLine],
    track: str,
    after: PlanItem | None = None,
    level: int | None = None,
    by: Actor,
) -> list[PlanItem]:
    """New lines of one track right below ``after``, or at the end; a party line takes the facet of its neighbour.

    ``level``: as deep as the line was typed; without it the depth that its place has.
    """
    plan = lock(plan)
    policies.edit_plan.require(by, plan)
    require_editable(plan)
    if not lines:
        raise Invalid(_("还没有写事项，一行一项。"), field="lines")
    if len(lines) > MOST:
        raise Invalid(_("一次最多 %(most)d 行，请分两次贴。") % {"most": MOST}, field="lines")
    if after is not None and after.plan_id != plan.pk:
        raise Invalid(_("要接在后面的那一项不在这份计划里，请刷新页面。"), field="lines")
    nodes = nodes_of(plan)
    at, level = tree.place_below(nodes, after.pk, level) if after else (len(nodes), 1)
    facet = (after.facet if after else "") if track == PlanItem.Track.GANG else ""
    rows = [_line(plan, new, len(nodes) + n, level, track, facet) for n, new in enumerate(lines, start=1)]
    for number, row in enumerate(rows, start=1):
        _check(row, number)
    PlanItem.objects.bulk_create(rows)
    made = [tree.Node(row.pk, row.level, row.track) for row in rows]
    nodes[at:at] = made
    if not tree.well_formed(nodes):
        raise Invalid(_("行的层次接不上：一行最多比上一行低一级。"), field="lines")
    store(plan, nodes)
    record("plan.add_items", plan, by=by, unit_id=plan.unit_id, about=rows,
           after={"items": len(rows), "title": rows[0].title, "track": track})  # fmt: skip
    return rows


def _line(plan: Plan, new: NewLine, position: int, level: int, track: str, facet: str) -> PlanItem:
    return PlanItem(
        plan=plan, position=position, level=level + new.deeper, track=new.track or track, title=new.title.strip(),
        label=new.label[:20], lead_department_id=new.lead_department_id, units_raw=new.units_raw[:400],
        due_on=new.due_on, due_raw=new.due_raw[:100], rhythm=new.rhythm[:30], is_task=new.is_task,
        due_kind=PlanItem.Due.DATE if new.due_on else new.due_kind, facet=new.facet or facet,
    )  # fmt: skip


def _check(row: PlanItem, number: int) -> None:
    """One sentence with the number of the line that cannot be stored."""
    if not row.title:
        raise Invalid(_("第%(n)d行没有写事项。") % {"n": number}, field="lines")
    if len(row.title) > 200:
        raise Invalid(
            _("第%(n)d行的事项有 %(long)d 个字，最多 200 个字；长的写进内容里。")
            % {"n": number, "long": len(row.title)},
            field="lines",
        )


@transaction.atomic
def move(*, plan: Plan, items: Iterable[PlanItem], up: bool, by: Actor) -> int:
    """Each item and all under it changes places with the one above or below on its side; at the end nothing happens."""
    plan = lock(plan)
    policies.edit_plan.require(by, plan)
    require_editable(plan)
    before = after = nodes_of(plan)
    chosen = _tops(before, items)
    for pk in chosen if up else chosen[::-1]:
        after = tree.moved(after, pk, up=up)
    found = _rearrange(plan, before, after, chosen)
    for item, old, new in found:
        record("plan.move_item", item, by=by, unit_id=plan.unit_id, before=old, after=new)
    return len(found)


@transaction.atomic
def indent(*, plan: Plan, items: Iterable[PlanItem], out: bool = False, by: Actor) -> int:
    """Each item goes one level under the one above it, or (``out``) up to the level of its parent."""
    plan = lock(plan)
    policies.edit_plan.require(by, plan)
    require_editable(plan)
    before = after = nodes_of(plan)
    chosen = _tops(before, items)
    for pk in chosen[::-1] if out else chosen:
        after = tree.indented(after, pk, out=out)
    found = _rearrange(plan, before, after, chosen)
    for item, old, new in found:
        record("plan.indent_item", item, by=by, unit_id=plan.unit_id, before=old, after=new)
    return len(found)


def _tops(nodes: Sequence[tree.Node], items: Iterable[PlanItem]) -> list[int]:
    """Ids in the order of the plan; what stands under another chosen one goes along with it anyway."""
    wanted, above = {i.pk for i in items}, tree.parents(nodes)
    chosen = []
    for node in nodes:
        way, parent = node.id, above[node.id]
        while parent is not None and parent not in wanted:
            parent = above[parent]
        if way in wanted and parent is None:
            chosen.append(way)
    if not chosen:
        raise Invalid(_("先勾选要移动的事项。"), field="items")
    return chosen


Place = dict[str, int]


def _rearrange(
    plan: Plan, before: list[tree.Node], after: list[tree.Node], chosen: list[int]
) -> list[tuple[PlanItem, Place, Place]]:
    """Store the new order; of the chosen items those that have another place now, with the old one and the new."""
    if after == before:
        return []
    store(plan, after)
    places = [
        {n.id: {"position": at, "level": n.level} for at, n in enumerate(nodes, start=1)}
        for nodes in (before, after)
    ]
    rows = PlanItem.objects.in_bulk(chosen)
    return [(rows[pk], places[0][pk], places[1][pk]) for pk in chosen if places[0][pk] != places[1][pk]]


@transaction.atomic
def set_aside_many(*, plan: Plan, chosen: Iterable[PlanItem], by: Actor) -> int:
    """Take several items out of a preview or draft; all or none. Returns how many."""
    plan = lock(plan)
    policies.edit_plan.require(by, plan)
    rows = list(PlanItem.objects.filter(plan=plan, pk__in=[i.pk for i in chosen]).order_by("-position"))
    if not rows:
        raise Invalid(_("先勾选要搁置的事项。"), field="items")
    for item in rows:
        items.set_aside(item=item, by=by)
    return len(rows)


@transaction.atomic
def bulk_set(*, plan: Plan, items: Iterable[PlanItem], by: Actor, **values: Any) -> list[PlanItem]:
    """Set owner, leader, date or facet (``SETTABLE``) of many items to the same; returns those that it made a difference to.

    What is empty stays as it is. A heading has a facet only, business has none. A guess about what is set is settled.
    """
    plan = lock(plan)
    policies.edit_plan.require(by, plan)
    require_editable(plan)
    chosen = list(PlanItem.objects.filter(plan=plan, pk__in=[i.pk for i in items]).order_by("position"))
    if not chosen:
        raise Invalid(_("先勾选要设的事项。"), field="items")
    wanted = {name: values[name] for name in SETTABLE if values.get(name)}
    if not wanted:
        raise Invalid(_("写上要设成什么：牵头部门、期限、分管领导或抓手。"), field="lead_department")
    lead = wanted.get("lead_department")
    require_own(plan, lead)
    done = [item for item in chosen if _set(item, wanted)]
    PlanItem.objects.bulk_update(done, [*SETTABLE, "due_kind", "guesses"], batch_size=100)
    if lead:
        ItemDepartment.objects.filter(item__in=done, department=lead).exclude(item__is_task=False).delete()
    if done:
        record("plan.bulk_set", plan, by=by, unit_id=plan.unit_id, about=done,
               after={"items": len(done), **wanted})  # fmt: skip
    return done


def _set(item: PlanItem, wanted: dict[str, Any]) -> bool:
    own = wanted if item.is_task else {}
    if "facet" in wanted:
        own = {k: v for k, v in own.items() if k != "facet"}
        own |= {"facet": wanted["facet"]} if item.track == PlanItem.Track.GANG else {}
    guesses = [g for g in item.guesses if g["field"] not in settled_by(own)]
    _before, after = changed(item, guesses=guesses, **own)
    if "due_on" in after:
        item.due_kind = PlanItem.Due.DATE
    return bool(after)
