"""Reads of the inspection room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from gangmu.inspection.models import Finding, Inspection, Line


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
        .prefetch_related("team__person")
        .order_by("-visit_on", "-id")
    )


def open_findings(unit_id: int) -> QuerySet[Finding]:
    return (
        Finding.objects.filter(line__inspection__unit_id=unit_id)
        .exclude(state=Finding.State.CLOSED)
        .select_related("department", "task", "line__item", "line__inspection")
        .order_by("due_on", "id")
    )


def counts(inspections: QuerySet, today: date) -> dict[str, int]:
    """Of these inspections: ``to_write`` have been visited but not closed; ``open`` and ``late`` findings."""
    rows = Inspection.objects.filter(pk__in=inspections, visit_on__lte=today).exclude(
        state=Inspection.State.CLOSED
    )
    open_ones = Finding.objects.filter(line__inspection__in=inspections).exclude(state=Finding.State.CLOSED)
    found = open_ones.aggregate(open=Count("id"), late=Count("id", filter=Q(due_on__lt=today)))
    return {"to_write": rows.count(), **found}
