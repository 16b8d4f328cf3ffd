"""A revised paper beside the plan it revises: what was added, left out, changed, moved; only what is ticked is taken."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid, WrongState
from gangmu.common.text import bigrams, fold
from gangmu.org.actor import Actor
from gangmu.org.models import Department
from gangmu.plan import states
from gangmu.plan.actions import amendments, items, revisions
from gangmu.plan.models import Amendment, AmendmentLine, Plan, PlanItem

NEAR = 0.5  # titles less alike than this are two items, unless number and place agree
SAME_PLACE = 0.25


@dataclass(frozen=True)
class Field:
    """One field that differs, in words; ``name`` is the code, ``word`` what it is called."""

    name: str
    word: str
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """``kind``: added | removed | changed. ``key`` names it in a form and stays the same while both items do."""

    kind: str
    old: PlanItem | None
    new: PlanItem | None
    fields: list[Field] = field(default_factory=list)

    @property
    def key(self) -> str:
        return f"{self.kind[0]}{self.old.pk if self.old else ''}-{self.new.pk if self.new else ''}"

    @property
    def lead(self) -> str:
        """Who leads what is new."""
        return _lead(self.new) if self.new else ""

    @property
    def title(self) -> str:
        found = self.old or self.new
        return found.title if found else ""


@dataclass(frozen=True)
class Paper:
    """The tasks of a plan with what is compared, and its headings by their words."""

    tasks: list[PlanItem]
    headings: dict[str, PlanItem]
    parents: dict[int, PlanItem]

    @classmethod
    def of(cls, plan: Plan) -> "Paper":
        """Three queries. What an amendment took out is not compared."""
        rows = list(
            plan.items.filter(dropped_on__isnull=True)
            .select_related("lead_department")
            .prefetch_related("co_departments__department")
        )
        by_pk = {r.pk: r for r in rows}
        parents = {r.pk: by_pk[r.parent_id] for r in rows if r.parent_id in by_pk}
        headings: dict[str, PlanItem] = {}
        for row in rows:
            if not row.is_task:
                headings.setdefault(fold(row.title), row)
        return cls([r for r in rows if r.is_task], headings, parents)

    def place(self, item: PlanItem) -> str:
        """The heading an item stands under, in words."""
        above = self.parents.get(item.pk)
        return above.title if above else ""


def compare(base: Plan, revised: Plan) -> list[Change]:
    """The differences in the order of the revised paper, what was left out at the end. Six queries."""
    old, new = Paper.of(base), Paper.of(revised)
    pairs = _matched(old, new)
    found = [change for item in new.tasks if (change := _change(pairs.get(item.pk), item, old, new))]
    met = {item.pk for item in pairs.values()}
    return found + [Change("removed", item, None) for item in old.tasks if item.pk not in met]


def _change(old_item: PlanItem | None, item: PlanItem, old: Paper, new: Paper) -> Change | None:
    if old_item is None:
        return Change("added", None, item)
    fields = list(_fields(old_item, item, old, new))
    return Change("changed", old_item, item, fields) if fields else None


def _matched(old: Paper, new: Paper) -> dict[int, PlanItem]:
    """Id of a new item → the old one it is: equal titles first, then the nearest, each old one once."""
    pairs: dict[int, PlanItem] = {}
    free = list(old.tasks)
    for item in new.tasks:
        same = [o for o in free if fold(o.title) == fold(item.title)]
        best = max(same, key=lambda o: (old.place(o) == new.place(item), o.label == item.label), default=None)
        if best is not None:
            pairs[item.pk] = best
            free.remove(best)
    for _likeness, old_item, item in _nearest(free, [i for i in new.tasks if i.pk not in pairs], old, new):
        if item.pk not in pairs and old_item in free:
            pairs[item.pk] = old_item
            free.remove(old_item)
    return pairs


def _nearest(
    free: list[PlanItem], open_items: list[PlanItem], old: Paper, new: Paper
) -> list[tuple[float, PlanItem, PlanItem]]:
    words = {i.pk: bigrams(i.title) for i in (*free, *open_items)}
    found = []
    for item in open_items:
        for other in free:
            likeness = _likeness(words[other.pk], words[item.pk])
            if other.label and other.label == item.label and fold(old.place(other)) == fold(new.place(item)):
                likeness += SAME_PLACE
            if likeness >= NEAR:
                found.append((likeness, other, item))
    return sorted(found, key=lambda row: (-row[0], row[1].position, row[2].position))


def _likeness(one: set[str], other: set[str]) -> float:
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def _fields(old_item: PlanItem, item: PlanItem, old: Paper, new: Paper) -> Iterator[Field]:
    seen = [
        ("title", _("事项"), old_item.title, item.title),
        ("text", _("内容"), old_item.text, item.text),
        ("lead_department", _("牵头"), _lead(old_item), _lead(item)),
        ("co_departments", _("配合"), _co(old_item), _co(item)),
        ("due", _("期限"), _due(old_item), _due(item)),
        ("place", _("位置"), old.place(old_item), new.place(item)),
    ]
    for name, word, before, after in seen:
        if fold(before) != fold(after):
            yield Field(name, word, before, after)


def _lead_of(item: PlanItem) -> Department | None:
    """The lead, or the one that is proposed because it is named first: a guess nobody has looked at is no change."""
    if item.lead_department:
        return item.lead_department
    proposed = next((g["value"] for g in item.guesses if g["field"] == "lead" and g.get("value")), None)
    return next((c.department for c in item.co_departments.all() if c.department_id == proposed), None)


def _co_of(item: PlanItem) -> list[Department]:
    lead = _lead_of(item)
    return [c.department for c in item.co_departments.all() if c.department != lead]


def _lead(item: PlanItem) -> str:
    lead = _lead_of(item)
    return lead.name if lead else ""


def _co(item: PlanItem) -> str:
    return "、".join(sorted(d.name for d in _co_of(item)))  # data


def _due(item: PlanItem) -> str:
    return item.due_on.isoformat() if item.due_on else item.due_raw


def takes_changes(base: Plan) -> bool:
    """Can differences be taken into ``base`` at all: by editing it, or by an amendment once it is in force?"""
    return base.state in states.EDITABLE_PLAN or base.state == Plan.State.ADOPTED


@transaction.atomic
def accept(*, base: Plan, revised: Plan, keys: Iterable[str], by: Actor) -> list[Change]:
    """Take the ticked differences into ``base``; the revised paper is put away. Returns what was taken.

    Raises ``Invalid`` when one of them is not there any more (somebody changed either side since), and
    ``WrongState`` for a plan that is over. A plan in force gets an amendment that waits for its decision.
    """
    wanted = set(keys)
    found = {change.key: change for change in compare(base, revised)}
    if not wanted <= set(found):
        raise Invalid(_("两份里刚有人改过，差别变了。请再看一遍，重新勾选。"))
    chosen = [change for key, change in found.items() if key in wanted]
    if not takes_changes(base):
        raise WrongState(_("计划已经结束或者作废，不再改动。"))
    if base.state == Plan.State.ADOPTED:
        _amend(base, revised, chosen, by)
    else:
        headings = Paper.of(base).headings
        places = Paper.of(revised)
        for change in chosen:
            _take(base, change, headings, places, by)
    revisions.take_over(plan=revised, into=base, changes=len(chosen), by=by)
    return chosen


def _amend(base: Plan, revised: Plan, changes: list[Change], by: Actor) -> Amendment:
    """A plan in force changes by an amendment only; it is drawn up here and put to a meeting by a person.

    What an amendment does not carry (text, co-operating departments, the place of what is there already) is named in
    its reason.
    """
    beside = sorted(
        {f.word for c in changes if c.kind == "changed" for f in c.fields if f.name not in CARRIED}
    )
    reason = _("按修订稿《%(title)s》") % {"title": revised.title}
    if beside:
        reason += _("；不在调整之列、要另记的：%(what)s") % {"what": "、".join(beside)}
    amendment = amendments.begin(plan=base, reason=reason[:200], by=by)
    old, new = Paper.of(base), Paper.of(revised)
    pairs = _matched(old, new)
    for change in changes:
        place = _place(change.new, old, new, pairs) if change.new and change.old is None else {}
        _add_line(amendment, change, place, by)
    return amendment


def _place(item: PlanItem, old: Paper, new: Paper, pairs: dict[int, PlanItem]) -> dict[str, Any]:
    """Where the revised paper has a new item: behind the nearest one above it that both have under this heading.

    Without such a one it comes under the heading; where that is new too, the heading's place is the item's.
    """
    here, parent = fold(new.place(item)), new.parents.get(item.pk)
    above = [pairs.get(i.pk) for i in new.tasks if i.position < item.position and fold(new.place(i)) == here]
    near = next((o for o in reversed(above) if o and fold(old.place(o)) == here), None)
    if near is not None:
        return {"place": AmendmentLine.Place.AFTER, "anchor": near}
    if parent is None:
        return {}
    shelf = pairs.get(parent.pk) or old.headings.get(here)
    return {"place": AmendmentLine.Place.UNDER, "anchor": shelf} if shelf else _place(parent, old, new, pairs)


CARRIED = ("title", "lead_department", "due")


def _add_line(amendment: Amendment, change: Change, place: dict[str, Any], by: Actor) -> None:
    kind, new = AmendmentLine.Kind, change.new
    if new is None:
        amendments.add_line(amendment=amendment, kind=kind.DROP, item=change.old, by=by)
        return
    if change.old is None:
        amendments.add_line(
            amendment=amendment, kind=kind.ADD, by=by, title=new.title, track=new.track, facet=new.facet,
            lead_department=_lead_of(new), leader=new.leader, due_on=new.due_on, **place,
        )  # fmt: skip
        return
    names = {f.name for f in change.fields}
    values: dict[str, Any] = {"title": new.title} if "title" in names else {}
    if "lead_department" in names:
        values["lead_department"] = _lead_of(new)
    if "due" in names:
        values["due_on"] = new.due_on
    if any(getattr(change.old, name) != value for name, value in values.items()):
        amendments.add_line(amendment=amendment, kind=kind.CHANGE, item=change.old, by=by, **values)


def _take(base: Plan, change: Change, headings: dict[str, PlanItem], new: Paper, by: Actor) -> None:
    if change.new is None:
        assert change.old is not None  # noqa: S101 - a change has one side at least
        items.set_aside(item=change.old, by=by)
        return
    shelf = headings.get(fold(new.place(change.new)))
    if shelf is not None:  # what was taken before may have moved it
        shelf.refresh_from_db(fields=["position", "level"])
    if change.old is None:
        _add(base, change.new, shelf, by)
        return
    names = {f.name for f in change.fields}
    if names - {"place"}:
        _edit(change.old, change.new, names, by)
    if "place" in names:
        revisions.move(item=change.old, under=shelf, by=by)


def _add(base: Plan, item: PlanItem, shelf: PlanItem | None, by: Actor) -> None:
    made = items.add(
        plan=base, title=item.title, track=item.track, parent=shelf, facet=item.facet,
        lead_department=_lead_of(item), co_departments=_co_of(item),
        leader=item.leader, due_on=item.due_on, by=by,
    )  # fmt: skip
    more = {name: getattr(item, name) for name in ("text", "label", "units_raw", "selectors", *DUE)}
    items.edit(item=made, by=by, **more)


DUE = ("due_on", "due_kind", "due_raw", "rhythm", "milestones")


def _edit(old: PlanItem, item: PlanItem, names: set[str], by: Actor) -> None:
    values: dict[str, Any] = {name: getattr(item, name) for name in ("title", "text") if name in names}
    if "lead_department" in names:
        values["lead_department"] = _lead_of(item)
    if "due" in names:
        values |= {name: getattr(item, name) for name in DUE}
    if names & {"lead_department", "co_departments"}:
        values["units_raw"] = item.units_raw
    co = _co_of(item) if "co_departments" in names else None
    items.edit(item=old, by=by, co_departments=co, **values)
