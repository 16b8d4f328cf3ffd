"""The year's visits: where each goes, which come too close together, how much each department is asked for."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Count

from gangmu.common.periods import containing
from gangmu.inspection.models import Inspection
from gangmu.inspection.queries import with_joint
from gangmu.inspection.states import COMING, GONE
from gangmu.tasks.models import Task

CLOSE = 30  # days: ANTI-11, nearer visits to the same place are proposed for merging
FEW = 3  # requests a month: ANTI-7, above it the sender is told


@dataclass(frozen=True)
class Visit:
    """``departments``: id → name of every department it reaches, through items, branch or by name."""

    inspection: Inspection
    departments: dict[int, str] = field(default_factory=dict)

    @property
    def on(self) -> date:
        return self.inspection.visit_on


def visits(unit_id: int, start: date, end: date) -> list[Visit]:
    """Visits of these days that were not called off or merged away, in order. Two queries."""
    rows = (
        with_joint(Inspection.objects.filter(unit_id=unit_id, visit_on__range=(start, end)))
        .exclude(state__in=GONE)
        .select_related("branch", "leader")
        .order_by("visit_on", "id")
    )
    found = {row.pk: Visit(row) for row in rows}
    for _position, pk, department, name in sorted(_reached(list(found))):
        found[pk].departments[department] = name
    return list(found.values())


def _reached(ids: list[int]) -> Iterable[tuple[int, int, int, str]]:
    """(position, visit, department, its name): by an item, by name, through the branch. One query."""
    rows = Inspection.objects.filter(pk__in=ids).order_by()
    ways = []
    for way in ("lines__item__lead_department", "departments", "branch__departments"):
        fields = (f"{way}__position", "pk", f"{way}__id", f"{way}__name")
        ways.append(rows.filter(**{f"{way}__isnull": False}).values_list(*fields))
    return ways[0].union(*ways[1:])


@dataclass(frozen=True)
class Overlap:
    """Two visits to come that reach one department within 30 days. ``into`` is the one to keep."""

    into: Visit
    other: Visit
    shared: tuple[str, ...]

    @property
    def days(self) -> int:
        return abs((self.into.on - self.other.on).days)


def overlaps(found: Sequence[Visit]) -> list[Overlap]:
    """Pairs to be merged, each once, in order of the earlier day. Pure."""
    coming = sorted((v for v in found if v.inspection.state in COMING), key=lambda v: (v.on, v.inspection.pk))
    pairs = []
    for number, first in enumerate(coming):
        for second in coming[number + 1 :]:
            if second.on - first.on > timedelta(days=CLOSE):
                break
            shared = tuple(name for pk, name in first.departments.items() if pk in second.departments)
            if shared:
                into, other = sorted((first, second), key=_kept_first)
                pairs.append(Overlap(into, other, shared))
    return pairs


def _kept_first(visit: Visit) -> tuple[bool, bool, date, int]:
    """A visit that is ordered stays before one only planned, an inspection before a walk, the earlier before the later."""
    row = visit.inspection
    return (
        row.state != Inspection.State.ORDERED, row.kind != Inspection.Kind.INSPECTION, row.visit_on, row.pk
    )  # fmt: skip


@dataclass
class Asked:
    """How often a department was asked for something in a month."""

    tasks: int = 0
    visits: int = 0

    @property
    def total(self) -> int:
        return self.tasks + self.visits

    @property
    def many(self) -> bool:
        return self.total > FEW


def asked(unit_id: int, day: date, found: Iterable[Visit] | None = None) -> dict[int, Asked]:
    """Department id → tasks issued and visits in the month of ``day``.

    ``found``: visits read already that hold those of the month. One query, or three without them.
    """
    month = containing(day, "month")
    counts: dict[int, Asked] = defaultdict(Asked)
    tasks = Task.objects.filter(unit_id=unit_id, issued_on__range=(month.start, month.end))
    for pk, n in (
        tasks.exclude(state="cancelled").order_by().values_list("department_id").annotate(Count("id"))
    ):
        counts[pk].tasks = n
    for visit in visits(unit_id, month.start, month.end) if found is None else found:
        for pk in visit.departments if month.start <= visit.on <= month.end else ():
            counts[pk].visits += 1
    return dict(counts)


@dataclass(frozen=True)
class Share:
    """How many of the visits of a quarter were truly joint."""

    quarter: int
    joint: int
    total: int


def joint_share(found: Iterable[Visit]) -> list[Share]:
    """For each quarter of a year's visits that took place; no query of its own."""
    went = [v for v in found if v.inspection.state in (Inspection.State.VISITED, Inspection.State.CLOSED)]
    total = Counter((v.on.month + 2) // 3 for v in went)
    joint = Counter((v.on.month + 2) // 3 for v in went if v.inspection.joint)  # type: ignore[attr-defined]
    return [Share(q, joint[q], total[q]) for q in range(1, 5)]
