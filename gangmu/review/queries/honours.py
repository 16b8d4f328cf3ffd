"""Reads of honours. Listed by date; nothing here counts what a person or a department has."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from gangmu.org.models import Department, Person
from gangmu.plan.models import PlanItem
from gangmu.review.models import Honour, HonourBasis, HonourRecipient
from gangmu.tasks.models import Task

SHORT = 15  # of each kind that a search offers
WORKED_BY = ("adopted", "closed")  # plans whose items may stand behind an honour

_TO = Prefetch(
    "recipients", HonourRecipient.objects.select_related("department", "party_org", "person__department")
)


def listed(rows: QuerySet[Honour]) -> QuerySet[Honour]:
    """With unit and recipients, the newest first; one query more for the recipients of all."""
    return rows.select_related("unit").prefetch_related(_TO).order_by("-given_on", "-id")


def of_department(rows: QuerySet[Honour], department_id: int) -> QuerySet[Honour]:
    """Given to the department or somebody of it, or resting on its task or item."""
    whose = Q(department_id=department_id) | Q(person__department_id=department_id)
    to = HonourRecipient.objects.filter(whose, honour_id=OuterRef("pk"))
    return rows.filter(Exists(to) | Exists(_behind([department_id])))


def _behind(departments: Iterable[int]) -> QuerySet[HonourBasis]:
    """Of the honour of the outer query: bases that are tasks or items of these departments."""
    ids = list(departments)
    led = Q(task__isnull=True, item__lead_department_id__in=ids)
    return HonourBasis.objects.filter(Q(task__department_id__in=ids) | led, honour_id=OuterRef("pk"))


def of_departments(unit_id: int, departments: Iterable[int], year: int) -> list[Honour]:
    """Honours of a year that rest on tasks or items of these departments; one query, and one for the recipients."""
    rows = Honour.objects.filter(unit_id=unit_id, given_on__year=year, state=Honour.State.GIVEN)
    return list(listed(rows.filter(Exists(_behind(departments)))))


def years(rows: QuerySet[Honour]) -> list[int]:
    """In which something was given, the newest first; one query."""
    return [day.year for day in rows.order_by().dates("given_on", "year", order="DESC")]


def bases_of(honour_id: int) -> QuerySet[HonourBasis]:
    """With whatever the walk back to the demand needs of the tasks and items."""
    return HonourBasis.objects.filter(honour_id=honour_id).select_related(
        "item__plan", "item__lead_department", "task__department", "task__instruction__leader",
        "task__point__directive", "task__decision__agenda_item__meeting__kind",
        "task__decision__agenda_item__meeting__party_org",
    )  # fmt: skip


def of_items(item_ids: Iterable[int]) -> list[HonourBasis]:
    """What rests on these items or on their tasks, in the order of the days it was given; one query."""
    rows = HonourBasis.objects.filter(item_id__in=list(item_ids)).select_related("honour", "item", "task")
    return list(rows.order_by("honour__given_on", "honour_id", "id"))


def of_task(task_id: int) -> list[HonourBasis]:
    """What rests on this task; one query."""
    rows = HonourBasis.objects.filter(task_id=task_id).select_related("honour", "task")
    return list(rows.order_by("honour__given_on", "honour_id"))


def once(bases: Iterable[HonourBasis]) -> list[Honour]:
    """Each honour once, in the order of the bases."""
    return list({b.honour_id: b.honour for b in bases}.values())


# ---- what a form offers -------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Behind:
    """Who did the work behind a basis: proposed as recipients."""

    departments: list[Department]
    people: list[Person]


def behind(*, item: PlanItem | None = None, task: Task | None = None) -> Behind:
    """Lead and co-operating departments, and the persons answerable; two queries."""
    if task is not None:
        joined = task.co_departments.select_related("department")
        return Behind(
            _distinct([task.department, *(c.department for c in joined)]),
            [task.person] if task.person else [],
        )
    if item is None:
        return Behind([], [])
    co = item.co_departments.select_related("department")
    live = item.tasks.exclude(state=Task.State.CANCELLED).filter(person__isnull=False)
    people = [t.person for t in live.select_related("person").order_by("id")[:10] if t.person]
    lead = [item.lead_department] if item.lead_department else []
    return Behind(_distinct([*lead, *(c.department for c in co)]), list({p.pk: p for p in people}.values()))


def _distinct(rows: Iterable[Department]) -> list[Department]:
    return list({d.pk: d for d in rows}.values())


def linkable_items(unit_id: int) -> QuerySet[PlanItem]:
    """Items that work was done on: of plans adopted or closed, headings and what was taken out left aside."""
    rows = PlanItem.objects.filter(
        plan__unit_id=unit_id, plan__state__in=WORKED_BY, is_task=True, dropped_on__isnull=True
    )
    return rows.select_related("plan", "lead_department").order_by("-plan__year", "-plan_id", "position")


def linkable_tasks(unit_id: int) -> QuerySet[Task]:
    rows = Task.objects.filter(unit_id=unit_id).exclude(state=Task.State.CANCELLED)
    return rows.select_related("department", "item__plan").order_by("-issued_on", "-id")


def search(unit_id: int, words: str) -> tuple[list[Task], list[PlanItem]]:
    """Tasks and items whose title holds all the words, at most ``SHORT`` of each; two queries."""
    tasks, items = linkable_tasks(unit_id), linkable_items(unit_id)
    for word in words.replace("\0", "").split()[:5]:
        tasks, items = tasks.filter(title__icontains=word), items.filter(title__icontains=word)
    return list(tasks[:SHORT]), list(items[:SHORT])


# ---- two people at once -------------------------------------------------------------------------------------------

STAMPED = ("title", "issuer", "level", "award", "doc_no", "given_on", "until", "note")


def _values(honour: Honour) -> dict[str, str]:
    to = "、".join(
        str(r) for r in honour.recipients.select_related("department", "party_org", "person")
    )  # data
    return {name: str(getattr(honour, name) or "") for name in STAMPED} | {"recipients": to}


def stamp(honour: Honour) -> str:
    """What an honour looked like: sent along with a form, so that a later change by others is noticed."""
    return ".".join(hashlib.sha256(v.encode()).hexdigest()[:6] for v in _values(honour).values())


def changed_since(honour: Honour, seen: str) -> dict[str, str]:
    """Field → its value now as it is shown, for what differs from the ``stamp`` seen; {} when nothing does or none was sent."""
    now, marks, before = _values(honour), stamp(honour).split("."), seen.split(".")
    if not seen or len(before) != len(marks):
        return {}
    shown = now | {"level": honour.get_level_display(), "award": honour.get_award_display()}
    return {name: str(shown[name]) for name, mark, was in zip(now, marks, before, strict=True) if mark != was}


def in_force_words(honour: Honour, today: date) -> str:
    """given | over | withdrawn: how an honour stands on a day."""
    if honour.state == Honour.State.WITHDRAWN:
        return "withdrawn"
    return "given" if honour.holds_on(today) else "over"
