"""Reads of the inspection room: what was looked at, findings and repeats, what visits brought home."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from gangmu.common.periods import add_months
from gangmu.common.text import same_matter
from gangmu.inspection.models import Finding, Inspection, Line, ProposedEntryPoint, TeamMember
from gangmu.inspection.states import RUNNING

REPEAT_MONTHS = 24
REPEAT_ALIKE = 0.6  # of ``same_matter``; measured, see ``earlier_alike``


@dataclass(frozen=True)
class Inspected:
    """The latest complete look at an item: when, in which inspection; all findings on it still open."""

    on: date
    inspection_id: int
    title: str
    open_findings: int


def stands(item_ids: Iterable[int]) -> tuple[dict[int, Inspected], dict[int, date]]:
    """For each item the latest visit on which both sides were looked at, and the nearest ordered visit; one query.

    A party item counts as looked at through the entry points that bind it.
    """
    ids = set(item_ids)
    rows = (
        Line.objects.filter(Q(item_id__in=ids) | Q(entry_point__gang_id__in=ids))
        .select_related("inspection", "entry_point")
        .annotate(open_findings=Count("findings", filter=~Q(findings__state=Finding.State.CLOSED)))
        .order_by("inspection__visit_on", "id")
    )
    found: dict[int, Inspected] = {}
    visits: dict[int, date] = {}
    for row in rows:
        visit = row.inspection
        for pk in {row.item_id, row.entry_point.gang_id if row.entry_point else row.item_id} & ids:
            if visit.state == Inspection.State.ORDERED:
                visits.setdefault(pk, visit.visit_on)
            elif row.business_effect and row.party_effect:
                waiting = row.open_findings + (found[pk].open_findings if pk in found else 0)
                found[pk] = Inspected(visit.visit_on, visit.pk, visit.title, waiting)
    return found, visits


def inspected(item_ids: Iterable[int]) -> dict[int, Inspected]:
    """For each item the latest visit on which both sides were looked at; one query."""
    return stands(item_ids)[0]


def inspections(unit_id: int) -> QuerySet[Inspection]:
    return (
        Inspection.objects.filter(unit_id=unit_id)
        .annotate(
            items=Count("lines", distinct=True),
            found=Count("lines__findings", distinct=True),
            open=Count(
                "lines__findings", distinct=True, filter=~Q(lines__findings__state=Finding.State.CLOSED)
            ),
        )
        .select_related("branch", "leader")
        .prefetch_related("team__person")
        .order_by("-visit_on", "-id")
    )


def earlier_alike(findings: Iterable[Finding]) -> dict[int, Finding]:
    """重复发生: finding id → the newest earlier one of the same department or item, in the 24 months before, alike in words.

    One query. Each finding comes with ``line`` and ``line.inspection`` loaded. On the 60 invented pairs of
    ``tests/inspection/repeats.tsv`` with which the measure was chosen F1 is 0.92, on 30 written afterwards 0.97
    (``pytest tests/inspection/test_repeats_measured.py``); bigrams at 0.6, as it was before, give 0.65 and 0.67.
    """
    rows = list(findings)
    if not rows:
        return {}
    days = [f.line.inspection.visit_on for f in rows]
    same = Q(department_id__in={f.department_id for f in rows}) | Q(
        line__item_id__in={f.line.item_id for f in rows}
    )
    older = (
        Finding.objects.filter(same, line__inspection__unit_id=rows[0].line.inspection.unit_id)
        .filter(line__inspection__visit_on__range=(add_months(min(days), -REPEAT_MONTHS), max(days)))
        .select_related("line__inspection")
        .order_by("-line__inspection__visit_on", "-id")
    )
    candidates = list(older)
    found = {f.pk: next((o for o in candidates if _repeats(f, o)), None) for f in rows}
    return {pk: earlier for pk, earlier in found.items() if earlier}


def _repeats(later: Finding, earlier: Finding) -> bool:
    """An earlier visit, the same department or item, the same side, and words that are alike."""
    day, before = later.line.inspection.visit_on, earlier.line.inspection.visit_on
    return (
        later.line.inspection_id != earlier.line.inspection_id
        and add_months(day, -REPEAT_MONTHS) <= before < day
        and later.side == earlier.side
        and (later.department_id == earlier.department_id or later.line.item_id == earlier.line.item_id)
        and same_matter(later.text, earlier.text) >= REPEAT_ALIKE
    )


def proposals(unit_id: int) -> QuerySet[ProposedEntryPoint]:
    """Entry points that visits suggest, those that wait first, then the newest."""
    return (
        ProposedEntryPoint.objects.filter(inspection__unit_id=unit_id)
        .select_related("inspection", "gang", "mu__lead_department", "decided_by")
        .annotate(waits=Q(state="waiting"))
        .order_by("-waits", "-id")
    )


def with_joint(rows: QuerySet[Inspection]) -> QuerySet[Inspection]:
    """Adds ``joint``: full-time party staff and a business head both went (M6)."""
    side = TeamMember.objects.filter(inspection_id=OuterRef("pk"))
    both = Exists(side.filter(side="party")) & Exists(side.filter(side="business"))
    return rows.annotate(joint=both)


def open_findings(unit_id: int) -> QuerySet[Finding]:
    return (
        Finding.objects.filter(line__inspection__unit_id=unit_id)
        .exclude(state=Finding.State.CLOSED)
        .select_related("department", "task", "line__item", "line__inspection")
        .order_by("due_on", "id")
    )


def counts(inspections: QuerySet, today: date) -> dict[str, int]:
    """Of these inspections: ``to_write`` have been visited but not closed; ``open`` and ``late`` findings."""
    rows = Inspection.objects.filter(pk__in=inspections, visit_on__lte=today, state__in=RUNNING)
    open_ones = Finding.objects.filter(line__inspection__in=inspections).exclude(state=Finding.State.CLOSED)
    found = open_ones.aggregate(open=Count("id"), late=Count("id", filter=Q(due_on__lt=today)))
    return {"to_write": rows.count(), **found}
