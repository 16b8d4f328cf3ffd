"""Amendments (年中调整): opened with a reason, written line by line, adopted by a decision or dropped."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import advance, changed, lock, save
from gangmu.events.log import record
from gangmu.org.actor import Actor
from gangmu.org.models import Department, Person
from gangmu.plan import policies, states, tree
from gangmu.plan.actions import entry_points
from gangmu.plan.editing import require_own
from gangmu.plan.models import Amendment, AmendmentLine, EntryPoint, Plan, PlanItem
from gangmu.plan.order import nodes_of, store

FIELDS = ("title", "track", "facet", "lead_department", "leader", "due_on")
PLACED = ("place", "anchor", "lost")  # of an added line beside the fields of its item
Kind, Place = AmendmentLine.Kind, AmendmentLine.Place


def _stored(value: Any) -> Any:
    """What JSON keeps: ids and ISO days."""
    if isinstance(value, Department | Person):
        return value.pk
    return value.isoformat() if isinstance(value, date) else value


def _read(values: dict[str, Any]) -> dict[str, Any]:
    """The stored values as fields of an item take them."""
    found = {name: value for name, value in values.items() if name not in PLACED}
    for name, model in (("lead_department", Department), ("leader", Person)):
        if found.get(name) is not None:
            found[name] = model.objects.get(pk=found[name])
    if found.get("due_on"):
        found["due_on"] = date.fromisoformat(found["due_on"])
    return found


def _open_for(amendment: Amendment, by: Actor, *, state: str = Amendment.State.DRAFT) -> Amendment:
    amendment = lock(amendment)
    policies.edit_plan.require(by, amendment.plan)
    if amendment.state != state:
        words = {"no": amendment, "state": amendment.get_state_display()}
        raise WrongState(_("%(no)s现在是“%(state)s”，不能再改。") % words)
    return amendment


@transaction.atomic
def begin(*, plan: Plan, reason: str, by: Actor) -> Amendment:
    """Begin to change a plan in force; one at a time."""
    plan = lock(plan)
    policies.edit_plan.require(by, plan)
    if plan.state != Plan.State.ADOPTED:
        raise WrongState(_("只有通过以后、还没结束的计划才办调整；草稿直接改。"))
    if not reason.strip():
        raise Invalid(_("写一句为什么要调整，审议时要看。"), field="reason")
    last = plan.amendments.aggregate(last=Max("no"))["last"] or 0
    amendment = save(Amendment(plan=plan, no=last + 1, reason=reason.strip()))
    record(
        "plan.begin_amendment", amendment, by=by, unit_id=plan.unit_id, about=[plan], after={"reason": reason}
    )
    return amendment


@transaction.atomic
def add_line(
    *, amendment: Amendment, kind: str, item: PlanItem | None = None, place: str = "", anchor: PlanItem | None = None,
    by: Actor, **values: Any,
) -> AmendmentLine:  # fmt: skip
    """One change: an item comes in (``values``), is changed (``values`` that differ), or goes out.

    What comes in stands behind ``anchor`` or under it (``place``), without one at the end; several behind one keep
    their order.
    """
    amendment = _open_for(amendment, by)
    unknown = set(values) - set(FIELDS)
    assert not unknown, unknown  # noqa: S101 - a mistake of ours, no input reaches this
    require_own(amendment.plan, values.get("lead_department"))
    if kind == Kind.ADD:
        before, after = dict[str, Any](), _of_new(values) | _of_place(amendment, place, anchor)
    else:
        before, after = _of_old(amendment, kind, item, values)
    line = save(AmendmentLine(amendment=amendment, kind=kind, item=item, before=before, after=after))
    record("plan.add_amendment_line", amendment, by=by, unit_id=amendment.plan.unit_id,
           about=[amendment.plan, *([item] if item else [])],
           before=before, after={"kind": line.get_kind_display(), "title": str(line), **after})  # fmt: skip
    return line


def _of_new(values: dict[str, Any]) -> dict[str, Any]:
    if not str(values.get("title", "")).strip():
        raise Invalid(_("写上事项。"), field="title")
    if values.get("track") not in PlanItem.Track.values:
        raise Invalid(_("选纲还是目。"), field="track")
    return {name: _stored(value) for name, value in values.items() if value not in (None, "")}


def _of_place(amendment: Amendment, place: str, anchor: PlanItem | None) -> dict[str, Any]:
    if anchor is None:
        return {}
    if anchor.plan_id != amendment.plan_id or anchor.dropped_on:
        raise Invalid(_("选一项还在这份计划里的事项，好知道放在哪里。"), field="anchor")
    return {"place": Place(place or Place.AFTER).value, "anchor": anchor.pk}


def _of_old(
    amendment: Amendment, kind: str, item: PlanItem | None, values: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    if item is None or item.plan_id != amendment.plan_id or item.dropped_on:
        raise Invalid(_("选一项还在这份计划里的事项。"), field="item")
    if kind == Kind.DROP:
        return {"title": item.title}, {}
    if values.get("track", item.track) != item.track:
        raise Invalid(_("纲目不能互换；要换，调出这一项、另调入一项。"), field="track")
    before = {n: _stored(getattr(item, n)) for n in values}
    after = {n: _stored(v) for n, v in values.items()}
    different = [n for n in values if before[n] != after[n]]
    if not different:
        raise Invalid(_("没有改动。写上要改成什么。"), field="title")
    return {n: before[n] for n in different}, {n: after[n] for n in different}


@transaction.atomic
def remove_line(*, line: AmendmentLine, by: Actor) -> Amendment:
    """Take a change back while the amendment is a draft."""
    amendment = _open_for(line.amendment, by)
    record("plan.remove_amendment_line", amendment, by=by, unit_id=amendment.plan.unit_id, about=[amendment.plan],
           before={"kind": line.get_kind_display(), "title": str(line)})  # fmt: skip
    line.delete()
    return amendment


@transaction.atomic
def propose(*, amendment: Amendment, by: Actor) -> Amendment:
    """Ready for the body that decides; nothing of it changes any more. Called by ``flow`` when it goes on an agenda."""
    amendment = lock(amendment)
    policies.edit_plan.require(by, amendment.plan)
    if not amendment.lines.exists():
        raise Invalid(_("这次调整还没有写一条改动，先写再提请审议。"))
    advance(amendment, states.AMENDMENT, "propose")
    save(amendment, "state")
    record("plan.propose_amendment", amendment, by=by, unit_id=amendment.plan.unit_id, about=[amendment.plan],
           after={"lines": amendment.lines.count()})  # fmt: skip
    return amendment


@transaction.atomic
def drop(*, amendment: Amendment, by: Actor) -> Amendment:
    """Not wanted, or not adopted. The record stays."""
    amendment = lock(amendment)
    policies.edit_plan.require(by, amendment.plan)
    advance(amendment, states.AMENDMENT, "drop")
    save(amendment, "state")
    record("plan.drop_amendment", amendment, by=by, unit_id=amendment.plan.unit_id, about=[amendment.plan])
    return amendment


@transaction.atomic
def adopt(*, amendment: Amendment, on: date, by: Actor) -> Amendment:
    """The decision is made: every line is carried out, each item keeps what it was. Called by ``flow``."""
    amendment = lock(amendment)
    plan = lock(amendment.plan)
    policies.adopt_plan.require(by, plan)
    if plan.state != Plan.State.ADOPTED:
        raise WrongState(_("计划已经结束，调整不再生效。"))
    advance(amendment, states.AMENDMENT, "adopt")
    amendment.decided_on = on
    save(amendment, "state", "decided_on")
    lines = list(amendment.lines.select_related("item"))
    for line in lines:
        _carry_out(line, plan, on, by)
    _put_in_place([line for line in lines if line.kind == Kind.ADD], plan)
    for line in lines:
        _recorded(line, on, by)
    record("plan.adopt_amendment", amendment, by=by, unit_id=plan.unit_id, happened_on=on, about=[plan],
           after={"reason": amendment.reason})  # fmt: skip
    return amendment


def _carry_out(line: AmendmentLine, plan: Plan, on: date, by: Actor) -> None:
    if line.kind == Kind.ADD:
        line.item = _new_item(plan, _read(line.after), on)
        return
    assert line.item is not None  # noqa: S101 - add_line saw to it
    item = line.item = lock(line.item)
    if line.kind == Kind.DROP:
        _take_out(item, on, by)
    else:
        changed(item, **_read(line.after))
        item.due_kind = PlanItem.Due.DATE if item.due_on else item.due_kind
        save(item, *line.after, "due_kind")


def _recorded(line: AmendmentLine, on: date, by: Actor) -> None:
    assert line.item is not None  # noqa: S101 - it has been carried out
    record("plan.amend_item", line.item, by=by, unit_id=line.item.plan.unit_id, happened_on=on, about=[line.amendment],
           before=line.before, after={"kind": line.get_kind_display(), **line.after})  # fmt: skip


def _new_item(plan: Plan, values: dict[str, Any], on: date) -> PlanItem:
    """At the end of the plan, on the top level, until it is put in its place."""
    last = plan.items.aggregate(last=Max("position"))["last"] or 0
    due = PlanItem.Due.DATE if values.get("due_on") else PlanItem.Due.NONE
    return save(PlanItem(plan=plan, position=last + 1, level=1, due_kind=due, added_on=on, **values))


def _put_in_place(added: Iterable[AmendmentLine], plan: Plan) -> None:
    """Each new item goes where its line says, once all else is carried out; without its anchor it stays at the end.

    Of several behind one anchor the first written comes first.
    """
    nodes, latest = nodes_of(plan), dict[int, int]()
    left = set(plan.items.filter(dropped_on__isnull=True).values_list("pk", flat=True))
    for line in added:
        assert line.item is not None  # noqa: S101 - just made
        anchor, under = line.after.get("anchor"), line.after.get("place") == Place.UNDER
        if anchor is not None and anchor not in left:
            line.after["lost"] = True
        elif anchor is not None:
            node = nodes.pop(tree.index(nodes, line.item.pk))
            at, level = tree.place_by(nodes, anchor if under else latest.get(anchor, anchor), under=under)
            nodes.insert(at, tree.Node(node.id, level, node.track))
            if not under:
                latest[anchor] = node.id
        save(line, "item", "after")
    store(plan, nodes)


def _take_out(item: PlanItem, on: date, by: Actor) -> None:
    """The item is kept with its day; its knots are untied, what stood under it moves up to its parent."""
    for entry in EntryPoint.objects.filter(state=EntryPoint.State.OPEN).filter(Q(gang=item) | Q(mu=item)):
        entry_points.untie(entry_point=entry, reason=_("事项调出计划"), by=by)
    nodes = nodes_of(item.plan)
    at = tree.index(nodes, item.pk)
    under = range(at + 1, tree.end(nodes, at))
    lifted = [tree.Node(n.id, n.level - 1, n.track) if i in under else n for i, n in enumerate(nodes)]
    store(item.plan, lifted)
    item.refresh_from_db()
    item.dropped_on = on
    save(item, "dropped_on")
