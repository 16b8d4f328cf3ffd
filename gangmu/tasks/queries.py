"""Reads of the tasks room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery

from gangmu.tasks.models import Progress, Task
from gangmu.tasks.states import DONE, OPEN


@dataclass(frozen=True)
class Carried:
    """How the tasks of an item stand: counts, the first and nearest dates, and the last accepted day.

    ``accepted``: tasks verified or closed; ``progress_on``: day of the newest progress.
    """

    total: int
    signed: int
    accepted: int
    first_issued: date
    next_due: date | None
    last_due: date
    accepted_on: date | None
    progress_on: date | None

    @property
    def all_accepted(self) -> bool:
        return self.total > 0 and self.accepted == self.total


def carried(item_ids: Iterable[int]) -> dict[int, Carried]:
    """For each item the state of its tasks; one query. Items without a task are absent."""
    newest = (
        Progress.objects.filter(task__item_id=OuterRef("item_id"))
        .order_by("-happened_on")
        .values("happened_on")
    )
    rows = (
        Task.objects.filter(item_id__in=list(item_ids))
        .exclude(state=Task.State.CANCELLED)
        .order_by()
        .values("item_id")
        .annotate(
            total=Count("id"),
            signed=Count("id", filter=Q(signed_on__isnull=False)),
            accepted=Count("id", filter=Q(state__in=DONE)),
            first_issued=Min("issued_on"),
            next_due=Min("due_on", filter=Q(state__in=OPEN - DONE)),
            last_due=Max("due_on"),
            accepted_on=Max("verified_on"),
            progress_on=Subquery(newest[:1]),
        )
    )
    found: list[dict[str, Any]] = [dict(row) for row in rows]
    return {row.pop("item_id"): Carried(**row) for row in found}


def open_tasks(unit_id: int) -> QuerySet[Task]:
    return with_progress(Task.objects.filter(unit_id=unit_id, state__in=OPEN))


def with_progress(rows: QuerySet[Task]) -> QuerySet[Task]:
    """Adds what a list row shows: department, person, and the newest progress sentence."""
    newest = Progress.objects.filter(task_id=OuterRef("pk")).order_by("-happened_on", "-id")
    return rows.select_related("department", "person", "item").annotate(
        progress_text=Subquery(newest.values("text")[:1]),
        progress_on=Subquery(newest.values("happened_on")[:1]),
    )


def undeployed_decisions(decisions: QuerySet) -> QuerySet:
    """Of these decisions, those no task came from yet."""
    return decisions.filter(tasks__isnull=True)


def of_item(item_id: int) -> QuerySet[Task]:
    return with_progress(Task.objects.filter(item_id=item_id)).order_by("issued_on", "id")
