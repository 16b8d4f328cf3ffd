"""Reads of the plan room. QuerySets, or frozen dataclasses."""

import hashlib
import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Case,
    Count,
    DateField,
    Exists,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce, Concat

from gangmu.common.text import similarity
from gangmu.papers.words import split_outside
from gangmu.plan.models import (
    Amendment,
    AmendmentLine,
    Directive,
    DirectivePoint,
    EntryPoint,
    ItemDepartment,
    Plan,
    PlanItem,
    PointAnswer,
)


def newest_plan(unit_id: int) -> Plan | None:
    """The plan a unit works by: the newest adopted one of a year, else the newest draft; then those of parts of a year."""
    return _newest(unit_id).select_related("unit").first()


def _newest(unit_id: int) -> QuerySet[Plan]:
    plans = Plan.objects.filter(unit_id=unit_id, state__in=["adopted", "closed", "draft"])
    of_a_year = Case(When(period="year", then=0), default=1)
    return plans.order_by(of_a_year, Case(When(state="adopted", then=0), default=1), "-year", "-id")


def items(plan_id: int | Subquery) -> QuerySet[PlanItem]:
    """Items in the order of the plan, with what a list row shows; what was taken out by an amendment is left out."""
    return (
        PlanItem.objects.filter(plan_id=plan_id, dropped_on__isnull=True)
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


def knots_of(item: PlanItem) -> list[EntryPoint]:
    """The knots on one item, whichever side it is on."""
    rows = EntryPoint.objects.filter(Q(gang=item) | Q(mu=item)).exclude(state="untied")
    return list(rows.select_related("gang", "mu").order_by("id"))


def other_side(item: PlanItem) -> QuerySet[PlanItem]:
    """Items of the same plan on the other track: what a knot may bind this item to."""
    track = "mu" if item.track == "gang" else "gang"
    return action_items(item.plan_id).filter(track=track)


def with_under(rows: QuerySet[PlanItem]) -> QuerySet[PlanItem]:
    """Annotates ``heads``: whether other items stand under the item."""
    kids = PlanItem.objects.filter(parent_id=OuterRef("pk"), dropped_on__isnull=True)
    return rows.annotate(heads=Exists(kids))


def leaves_under(item: PlanItem) -> list[PlanItem]:
    """The items under one that have nothing under them, in the order of the plan; one query, [] for a leaf."""
    live = PlanItem.objects.filter(plan_id=item.plan_id, dropped_on__isnull=True, position__gt=item.position)
    beyond = live.filter(level__lte=item.level).order_by("position").values("position")[:1]
    before = Coalesce(Subquery(beyond), Value(2**31 - 1))
    rows = list(items(item.plan_id).filter(position__gt=item.position, position__lt=before))
    after = [*(row.level for row in rows[1:]), 0]
    return [row for row, level in zip(rows, after, strict=False) if row.is_task and level <= row.level]


def points_answered_by(item_id: int) -> QuerySet[DirectivePoint]:
    rows = DirectivePoint.objects.filter(answers__item_id=item_id)
    return rows.select_related("directive").order_by("directive__issued_on", "no")


@dataclass(frozen=True)
class Hanging:
    """Something tied to an item. ``what``: department (co-operating), point (it answers), carried (where it went on).

    point: ``title`` the words, ``of`` the issuer and number, ``pk`` the directive, ``day``, ``no``, ``note`` what is left.
    carried: ``title`` the plan, ``note`` what was learnt, ``pk`` the new item.
    """

    what: str
    pk: int
    title: str
    of: str
    note: str
    no: int
    day: date | None


def hanging_on(item_id: int) -> list[Hanging]:
    """Co-operating departments, points answered and the items that carry it on; one query."""

    def row(what: str, **named: object) -> dict[str, object]:
        return {f"h_{name}": value for name, value in {"what": Value(what), **named}.items()}

    empty, zero, never = Value(""), Value(0), Value(None, output_field=DateField())
    joined = ItemDepartment.objects.filter(item_id=item_id).annotate(
        **row(
            "department",
            pk=F("department_id"),
            title=F("department__name"),
            of=empty,
            note=empty,
            no=zero,
            day=never,
        )
    )
    of = Concat("point__directive__issuer", "point__directive__doc_no")
    left = Case(When(partly=True, then=F("note")), default=empty)
    points = PointAnswer.objects.filter(item_id=item_id).annotate(
        **row(
            "point",
            pk=F("point__directive_id"),
            title=F("point__text"),
            of=of,
            note=left,
            no=F("point__no"),
            day=F("point__directive__issued_on"),
        )  # fmt: skip
    )
    on = PlanItem.objects.filter(carried_from_id=item_id).annotate(
        **row(
            "carried",
            pk=F("pk"),
            title=F("plan__title"),
            of=F("title"),
            note=F("learnt"),
            no=F("plan__year"),
            day=never,
        )
    )
    names = [f"h_{name}" for name in ("what", "pk", "title", "of", "note", "no", "day")]
    first, *others = (rows.order_by().values_list(*names) for rows in (joined, points, on))
    found = [Hanging(*values) for values in first.union(*others, all=True)]
    return sorted(found, key=lambda h: (h.what, h.day or date.min, h.pk, h.no))


def sent_down(directive_id: int) -> QuerySet[Directive]:
    """What became of a directive at the units it was sent to: its points counted as in ``directives``."""
    return (
        _counted(Directive.objects.filter(sent_from_id=directive_id))
        .select_related("unit")
        .order_by("unit__path")
    )


def directives(unit_id: int) -> QuerySet[Directive]:
    """Directives with their points counted: ``total``, ``answered`` (in whole), ``partly``, ``reasoned`` (none, and why)."""
    return _counted(Directive.objects.filter(unit_id=unit_id))


def _counted(rows: QuerySet[Directive]) -> QuerySet[Directive]:
    def count(condition: Q) -> Count:
        return Count("points", filter=condition, distinct=True)

    whole = PointAnswer.objects.filter(point__directive_id=OuterRef("pk"), partly=False)
    touched = count(Q(points__answers__isnull=False))
    answered = Coalesce(
        Subquery(
            whole.order_by()
            .values("point__directive_id")
            .annotate(n=Count("point", distinct=True))
            .values("n")
        ),
        0,
    )
    return rows.annotate(
        total=Count("points", distinct=True),
        answered=answered,
        touched=touched,
        partly=F("touched") - F("answered"),
        reasoned=count(~Q(points__unanswered_reason="")),
    )


def open_points(rows: QuerySet[DirectivePoint]) -> QuerySet[DirectivePoint]:
    """Points nobody answers and nobody gave a reason for, or answered only in part."""
    whole = PointAnswer.objects.filter(point_id=OuterRef("pk"), partly=False)
    return rows.filter(~Exists(whole), unanswered_reason="")


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


def search(rows: QuerySet[PlanItem], words: str) -> QuerySet[PlanItem]:
    """Those of ``rows`` whose title or text holds all the words; without words all of them."""
    for word in words.replace("\0", "").split()[:5]:
        rows = rows.filter(Q(title__icontains=word) | Q(text__icontains=word))
    return rows


def to_carry_over(plan: Plan) -> QuerySet[PlanItem]:
    """Items of the unit's earlier plans in force or closed that are not in ``plan`` yet, the newest plan first."""
    rows = PlanItem.objects.filter(
        plan__unit_id=plan.unit_id,
        plan__state__in=["adopted", "closed"],
        is_task=True,
        dropped_on__isnull=True,
    ).exclude(plan_id=plan.pk)
    rows = rows.exclude(pk__in=plan.items.filter(carried_from__isnull=False).values("carried_from_id"))
    earlier = Q(plan__year__lt=plan.year) | Q(plan__year=plan.year, plan_id__lt=plan.pk)
    return (
        rows.filter(earlier)
        .select_related("lead_department", "plan")
        .order_by("-plan__year", "-plan_id", "position")
    )


def amendments(plan_id: int) -> QuerySet[Amendment]:
    return Amendment.objects.filter(plan_id=plan_id).prefetch_related("lines__item").order_by("no")


@dataclass(frozen=True)
class Difference:
    """What became of one item between two versions. ``fields``: name → (before, after), as stored."""

    kind: str
    title: str
    item_id: int | None
    fields: dict[str, tuple[object, object]]


def difference(plan_id: int, first: int, last: int) -> list[Difference]:
    """From version ``first`` to ``last``: the lines of the adopted amendments between, those of one item together."""
    lines = (
        AmendmentLine.objects.filter(
            amendment__plan_id=plan_id, amendment__state=Amendment.State.ADOPTED,
            amendment__no__gt=first, amendment__no__lte=last,
        )
        .select_related("item")
        .order_by("amendment__no", "id")
    )  # fmt: skip
    merged: dict[int, list[AmendmentLine]] = defaultdict(list)
    for line in lines:
        merged[line.item_id or -line.pk].append(line)
    found = [_merged(group) for group in merged.values()]
    return [d for d in found if d is not None]


def _merged(lines: list[AmendmentLine]) -> Difference | None:
    """One difference of what happened to an item; None when it came and went, or is again what it was."""
    kinds = [line.kind for line in lines]
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    for line in lines:
        if line.kind == AmendmentLine.Kind.DROP:
            continue
        for name, value in line.after.items():
            before.setdefault(name, line.before.get(name))
            after[name] = value
    came, went = "add" in kinds, "drop" in kinds
    if came and went:
        return None
    kind = "add" if came else "drop" if went else "change"
    fields = {n: (before[n], after[n]) for n in after if before[n] != after[n]} if kind != "drop" else {}
    if kind == "change" and not fields:
        return None
    return Difference(kind, str(lines[-1]), lines[-1].item_id, fields)


def templates(unit_id: int, limit: int = 6) -> list[Plan]:
    """The unit's newest plans that a new one may be drafted after."""
    rows = Plan.objects.filter(unit_id=unit_id, state__in=["adopted", "closed"]).order_by("-year", "-id")
    return list(rows[:limit])
