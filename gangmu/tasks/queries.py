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


def carried_from(rows: Iterable[Task]) -> dict[int, Carried]:
    """As ``carried``, from the tasks of ``of_items`` already in hand; a test holds the two together."""
    groups: dict[int, list[Task]] = {}
    for task in rows:
        if task.item_id is not None and task.state != Task.State.CANCELLED:
            groups.setdefault(task.item_id, []).append(task)
    return {item_id: _summed(group) for item_id, group in groups.items()}


def _summed(group: list[Task]) -> Carried:
    waiting = [t.due_on for t in group if t.state in OPEN - DONE]
    told: list[date] = [day for t in group if (day := getattr(t, "progress_on", None))]
    verified = [t.verified_on for t in group if t.verified_on]
    return Carried(
        total=len(group),
        signed=sum(t.signed_on is not None for t in group),
        accepted=sum(t.state in DONE for t in group),
        first_issued=min(t.issued_on for t in group),
        next_due=min(waiting, default=None),
        last_due=max(t.due_on for t in group),
        accepted_on=max(verified, default=None),
        progress_on=max(told, default=None),
    )


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


def of_items(item_ids: Iterable[int]) -> QuerySet[Task]:
    return with_progress(Task.objects.filter(item_id__in=list(item_ids))).order_by("issued_on", "id")
