"""Reads of the plan room. QuerySets, or frozen dataclasses."""

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Case, Count, Exists, OuterRef, Q, QuerySet, Subquery, When

from gangmu.common.text import bigrams, similarity
from gangmu.papers.words import split_outside
from gangmu.plan.models import Directive, DirectivePoint, EntryPoint, Plan, PlanItem


def newest_plan(unit_id: int) -> Plan | None:
    """The plan a unit works by: the newest adopted one, else the newest draft."""
    return _newest(unit_id).select_related("unit").first()


def _newest(unit_id: int) -> QuerySet[Plan]:
    plans = Plan.objects.filter(unit_id=unit_id, state__in=["adopted", "closed", "draft"])
    return plans.order_by(Case(When(state="adopted", then=0), default=1), "-year", "-id")


def items(plan_id: int | Subquery) -> QuerySet[PlanItem]:
    """Items in the order of the plan, with what a list row shows."""
    return (
        PlanItem.objects.filter(plan_id=plan_id)
        .select_related("lead_department", "leader")
        .order_by("position", "id")
    )


def action_items(plan_id: int | Subquery) -> QuerySet[PlanItem]:
    """Only the items that carry an action; headings left out."""
    return items(plan_id).filter(is_task=True)


def knots(plan_id: int) -> QuerySet[EntryPoint]:
    """Entry points of a plan that are tied."""
    return EntryPoint.objects.filter(mu__plan_id=plan_id).exclude(state=EntryPoint.State.UNTIED)


def with_knots(rows: QuerySet[PlanItem]) -> QuerySet[PlanItem]:
    """Annotates ``tied``: whether the item has a knot on either side."""
    tied = EntryPoint.objects.exclude(state=EntryPoint.State.UNTIED)
    return rows.annotate(tied=Exists(tied.filter(Q(gang_id=OuterRef("pk")) | Q(mu_id=OuterRef("pk")))))


def unbound(plan_id: int | Subquery) -> QuerySet[PlanItem]:
    """Action items without a knot and without an accepted reason."""
    rows = with_knots(action_items(plan_id)).filter(~Q(tied=True))
    return rows.exclude(unbound_reason__accepted_on__isnull=False).select_related("unbound_reason")


def unbound_of_newest(unit_id: int) -> QuerySet[PlanItem]:
    """The same for the plan a unit works by, in one statement."""
    return unbound(Subquery(_newest(unit_id).values("pk")[:1]))


@dataclass(frozen=True)
class TwoSkins:
    """The 两张皮 check of a plan: what is not bound and what is not covered."""

    unbound_gang: list[PlanItem]
    unbound_mu: list[PlanItem]
    missing_facets: list[str]
    one_track_departments: list[str]

    @property
    def holes(self) -> int:
        return len(self.unbound_gang) + len(self.unbound_mu)

    @property
    def clean(self) -> bool:
        return not (self.holes or self.missing_facets or self.one_track_departments)


def two_skins(plan_id: int) -> TwoSkins:
    """Three queries, whatever the size of the plan."""
    rows = list(unbound(plan_id))
    facets = set(action_items(plan_id).filter(track="gang").values_list("facet", flat=True).distinct())
    tracks: dict[str, set[str]] = defaultdict(set)
    business = action_items(plan_id).filter(lead_department__line="business")
    for name, track in business.values_list("lead_department__name", "track"):
        tracks[name].add(track)
    joined = PlanItem.objects.filter(plan_id=plan_id, track="gang", is_task=True)
    for name in joined.values_list("co_departments__department__name", flat=True).distinct():
        if name in tracks:
            tracks[name].add("gang")
    return TwoSkins(
        unbound_gang=[r for r in rows if r.track == "gang"],
        unbound_mu=[r for r in rows if r.track == "mu"],
        missing_facets=[str(label) for code, label in PlanItem.Facet.choices if code not in facets],
        one_track_departments=[name for name, found in tracks.items() if found == {"mu"}],
    )


def knots_of(item: PlanItem) -> list[EntryPoint]:
    """The knots on one item, whichever side it is on."""
    rows = EntryPoint.objects.filter(Q(gang=item) | Q(mu=item)).exclude(state="untied")
    return list(rows.select_related("gang", "mu").order_by("id"))


def other_side(item: PlanItem) -> QuerySet[PlanItem]:
    """Items of the same plan on the other track: what a knot may bind this item to."""
    track = "mu" if item.track == "gang" else "gang"
    return PlanItem.objects.filter(plan_id=item.plan_id, track=track, is_task=True)


def near(item: PlanItem, limit: int = 60) -> list[PlanItem]:
    """The items a knot is likeliest to: same department first, then by likeness of words, then by position.

    Two queries, each limited: a plan of any size costs the same.
    """
    rows = other_side(item).select_related("lead_department").order_by("position")
    own = list(rows.filter(lead_department_id=item.lead_department_id)[:limit])
    rest = [r for r in rows[: limit * 2] if r.lead_department_id != item.lead_department_id]
    rest.sort(key=lambda r: (-similarity(item.title + item.text, r.title + r.text), r.position))
    return (own + rest)[:limit]


@dataclass(frozen=True)
class Proposal:
    """An item worth binding to, and why: ``department`` (led by the same) or ``words`` (``shared`` bigrams)."""

    item: PlanItem
    why: str
    shared: tuple[str, ...] = ()


def proposals(item: PlanItem, candidates: list[PlanItem], limit: int = 3) -> list[Proposal]:
    """The likeliest of ``candidates`` (from :func:`near`), each with its reason; no query of its own."""
    own = bigrams(item.title + item.text)
    found = []
    for other in candidates:
        shared = tuple(sorted(own & bigrams(other.title + other.text)))
        same = item.lead_department_id is not None and other.lead_department_id == item.lead_department_id
        if same or len(shared) >= 2:
            found.append(
                (-(3 * same + len(shared)), Proposal(other, "department" if same else "words", shared[:4]))
            )
    return [
        proposal
        for _rank, proposal in sorted(found, key=lambda pair: (pair[0], pair[1].item.position))[:limit]
    ]


def points_answered_by(item_id: int) -> QuerySet[DirectivePoint]:
    rows = DirectivePoint.objects.filter(answers__item_id=item_id)
    return rows.select_related("directive").order_by("directive__issued_on", "no")


def sent_down(directive_id: int) -> QuerySet[Directive]:
    """What became of a directive at the units it was sent to: ``total`` and ``answered`` points of each."""
    return (
        _counted(Directive.objects.filter(sent_from_id=directive_id))
        .select_related("unit")
        .order_by("unit__path")
    )


def directives(unit_id: int) -> QuerySet[Directive]:
    """Directives with ``total`` and ``answered`` points counted."""
    return _counted(Directive.objects.filter(unit_id=unit_id))


def _counted(rows: QuerySet[Directive]) -> QuerySet[Directive]:
    answered = Count("points", filter=Q(points__answers__isnull=False), distinct=True)
    return rows.annotate(total=Count("points", distinct=True), answered=answered)


STAMPED = ("title", "track", "facet", "lead_department", "leader", "due_on", "is_task")


def _marks(item: PlanItem) -> dict[str, str]:
    """Field → a short mark of its value; two marks are equal where the values are."""
    values = {name: str(getattr(item, f"{name}_id", None) or getattr(item, name) or "") for name in STAMPED}
    values["co_departments"] = ",".join(str(c.department_id) for c in item.co_departments.all())
    return {name: hashlib.sha256(value.encode()).hexdigest()[:6] for name, value in values.items()}


def stamp(item: PlanItem) -> str:
    """What an item looked like: sent along with a form, so that a later change by others is noticed."""
    return ".".join(_marks(item).values())


def changed_since(item: PlanItem, seen: str) -> dict[str, str]:
    """Field → its value now, for what differs from the ``stamp`` seen; {} when nothing does or none was sent."""
    marks = _marks(item)
    before = seen.split(".")
    if not seen or len(before) != len(marks):
        return {}
    found = [name for (name, mark), was in zip(marks.items(), before, strict=True) if mark != was]
    return {name: _said(item, name) for name in found}


def _said(item: PlanItem, name: str) -> str:
    if name == "co_departments":
        return "、".join(c.department.name for c in item.co_departments.select_related("department"))  # data
    display = getattr(item, f"get_{name}_display", None)
    return str(display() if display else getattr(item, name) or "")


_SENTENCE = re.compile(r"[^。；;！\n]+[。；;！\n]*")  # data


def pieces(item: PlanItem) -> list[str]:
    """Title and text cut into sentences: where an item can be split."""
    title = _SENTENCE.findall(item.title)
    return [*title, *_SENTENCE.findall(item.text)] or [item.title]


def unit_names(item: PlanItem) -> list[str]:
    """The units as the paper writes them, lead first; brackets in a name do not cut it."""
    return [name.strip() for name, _mark in split_outside(item.units_raw, "、") if name.strip()]  # data


def revisable(plan: Plan) -> QuerySet[Plan]:
    """Plans of the same unit and year that ``plan`` may be a revised paper of."""
    others = Plan.objects.filter(unit_id=plan.unit_id, year=plan.year).exclude(pk=plan.pk)
    return others.exclude(state__in=["dropped", "closed"]).order_by("-pk")


def likeliest_original(plan: Plan, limit: int = 20) -> Plan | None:
    """The plan of the year with nearly the same title, if there is one: this paper may be its revision."""
    near = [(similarity(_bare_title(plan), _bare_title(p)), p) for p in revisable(plan)[:limit]]
    best = max(near, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] >= 0.6 else None


def _bare_title(plan: Plan) -> str:
    return re.sub(r"修订稿?|征求意见稿|送审稿|讨论稿|定稿|第.次", "", plan.title)  # data


def state_of(entry: EntryPoint, *, today: date, gang_done: bool, mu_done: bool) -> str:
    """effective | overdue | half | open: what the picture of a knot says.

    half (半边闭合): the work of one side is closed, that of the other is not. overdue: the business
    item's date has passed and no inspection found the effect.
    """
    if entry.state == EntryPoint.State.EFFECTIVE:
        return "effective"
    if entry.mu.due_on and entry.mu.due_on < today:
        return "overdue"
    return "half" if gang_done != mu_done else "open"
