"""Reads of the tasks room."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models import Sum as SumOf
from django.db.models.functions import Coalesce

from gangmu.common import periods
from gangmu.common.text import bigrams, fold
from gangmu.plan.models import PlanItem
from gangmu.tasks import arithmetic
from gangmu.tasks.models import (
    Change,
    Contribution,
    Issue,
    Milestone,
    Mobilisation,
    Progress,
    Resource,
    Task,
    Urge,
)
from gangmu.tasks.states import DONE, LIVE, OPEN, RUNNING


@dataclass(frozen=True)
class Carried:
    """How the tasks of an item stand: counts, the first and nearest dates, and the last accepted day.

    ``accepted``: tasks verified or closed; ``progress_on``: day of the newest progress; ``next_due``: of tasks whose
    clock runs, so neither suspended nor long-term; ``review_due``: the nearest review of a long-term one.
    """

    total: int
    signed: int
    accepted: int
    first_issued: date
    next_due: date | None
    last_due: date
    accepted_on: date | None
    progress_on: date | None
    review_due: date | None = None

    @property
    def all_accepted(self) -> bool:
        return self.total > 0 and self.accepted == self.total


def carried(item_ids: Iterable[int]) -> dict[int, Carried]:
    """For each item the state of its tasks; one query. Items without a task are absent."""
    newest = (
        Progress.objects.filter(task__item_id=OuterRef("item_id"))
        .exclude(task__state=Task.State.CANCELLED)
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
            next_due=Min("due_on", filter=Q(state__in=RUNNING, long_term=False)),
            review_due=Min("due_on", filter=Q(state__in=RUNNING, long_term=True)),
            last_due=Max("due_on"),
            accepted_on=Max("verified_on"),
            progress_on=Subquery(newest[:1]),
        )
    )
    found: list[dict[str, Any]] = [dict(row) for row in rows]
    return {row.pop("item_id"): Carried(**row) for row in found}


def not_done(rows: QuerySet[PlanItem]) -> QuerySet[PlanItem]:
    """Items that ``carried`` would not call all accepted: without a task, or with one that is not done."""
    live = Task.objects.filter(item_id=OuterRef("pk")).exclude(state=Task.State.CANCELLED)
    return rows.filter(~Exists(live) | Exists(live.exclude(state__in=DONE)))


def carried_from(rows: Iterable[Task]) -> dict[int, Carried]:
    """As ``carried``, from the tasks of ``of_items`` already in hand; a test holds the two together."""
    groups: dict[int, list[Task]] = {}
    for task in rows:
        if task.item_id is not None and task.state != Task.State.CANCELLED:
            groups.setdefault(task.item_id, []).append(task)
    return {item_id: _summed(group) for item_id, group in groups.items()}


def _summed(group: list[Task]) -> Carried:
    running = [t for t in group if t.state in RUNNING]
    told: list[date] = [day for t in group if (day := getattr(t, "progress_on", None))]
    verified = [t.verified_on for t in group if t.verified_on]
    return Carried(
        total=len(group),
        signed=sum(t.signed_on is not None for t in group),
        accepted=sum(t.state in DONE for t in group),
        first_issued=min(t.issued_on for t in group),
        next_due=min((t.due_on for t in running if not t.long_term), default=None),
        review_due=min((t.due_on for t in running if t.long_term), default=None),
        last_due=max(t.due_on for t in group),
        accepted_on=max(verified, default=None),
        progress_on=max(told, default=None),
    )


def open_tasks(unit_id: int) -> QuerySet[Task]:
    return with_progress(Task.objects.filter(unit_id=unit_id, state__in=OPEN))


def with_progress(rows: QuerySet[Task]) -> QuerySet[Task]:
    """Adds what a list row shows: department, person, the newest sentence, the next milestone, how many parts are done."""
    newest = Progress.objects.filter(task_id=OuterRef("pk")).order_by("-happened_on", "-id")
    ahead = Milestone.objects.filter(task_id=OuterRef("pk"), reached_on__isnull=True).order_by("due_on", "id")
    parts = Task.objects.filter(parent_id=OuterRef("pk")).exclude(state=Task.State.CANCELLED).order_by()
    behind = Milestone.objects.filter(task_id=OuterRef("pk"), reached_on__isnull=False)
    return rows.select_related("department", "person", "item").annotate(
        progress_text=Subquery(newest.values("text")[:1]),
        progress_on=Subquery(newest.values("happened_on")[:1]),
        progress_status=Subquery(newest.values("status")[:1]),
        milestone_on=Subquery(ahead.values("due_on")[:1]),
        milestone_title=Subquery(ahead.values("title")[:1]),
        milestone_reached=Exists(behind),
        parts_total=_count(parts),
        parts_accepted=_count(parts.filter(state__in=DONE)),
    )


def _count(rows: QuerySet[Task]) -> Coalesce:
    """How many, as a subquery."""
    return Coalesce(Subquery(rows.values("parent_id").annotate(n=Count("pk")).values("n")), 0)


def undeployed_decisions(decisions: QuerySet) -> QuerySet:
    """Of these decisions, those no task came from yet."""
    return decisions.filter(tasks__isnull=True)


def undeployed_items(plan_id: int) -> QuerySet[PlanItem]:
    """Items of a plan that no task came from yet (a cancelled one does not count), in the order of the plan."""
    live = Task.objects.filter(item_id=OuterRef("pk")).exclude(state=Task.State.CANCELLED)
    rows = PlanItem.objects.filter(~Exists(live), plan_id=plan_id, is_task=True)
    return rows.select_related("lead_department").order_by("position")


def of_item(item_id: int) -> QuerySet[Task]:
    return with_progress(Task.objects.filter(item_id=item_id)).order_by("issued_on", "id")


def of_items(item_ids: Iterable[int]) -> QuerySet[Task]:
    return with_progress(Task.objects.filter(item_id__in=list(item_ids))).order_by("issued_on", "id")


# ---- feedback -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """A task that waits for a line of progress: by which day, and the status word that the dates propose."""

    task: Task
    by: date
    proposed: str


def awaiting_lines(rows: QuerySet[Task], today: date, *, most: int = 400) -> list[Line]:
    """Of these tasks those whose owner should say a line, the most pressing first; one query."""
    found = with_progress(rows.filter(state=Task.State.UNDER_WAY))
    lines = []
    for task in found.order_by("due_on", "id")[:most]:
        by = line_by(task, today)
        if by is not None:
            lines.append(Line(task, by, proposed(task, today)))
    return sorted(lines, key=lambda x: (x.by, x.task.due_on, x.task.pk))


def _steps(task: Any) -> list[arithmetic.Step]:
    """The nearest milestone ahead and whether one was reached: all that arithmetic asks of them."""
    ahead = [arithmetic.Step(task.milestone_on, reached=False)] if task.milestone_on else []
    return ahead + ([arithmetic.Step(date.min, reached=True)] if task.milestone_reached else [])


def line_by(task: Task, today: date) -> date | None:
    """The day by which a line is awaited; of a row ``with_progress``.

    None of a task that was broken down: its parts are reported on, and its own progress follows from them.
    """
    if task.state != Task.State.UNDER_WAY or task.parts_total:  # type: ignore[attr-defined]
        return None
    return arithmetic.awaited(
        task.rhythm, task.report_day, since=task.signed_on or task.issued_on,
        heard=task.progress_on, today=today, steps=_steps(task),  # type: ignore[attr-defined]
    )  # fmt: skip


def proposed(task: Task, today: date) -> str:
    """The status word that the dates propose; of a row ``with_progress``."""
    return arithmetic.propose(
        since=task.issued_on, due=task.due_on, today=today, heard=task.progress_on,  # type: ignore[attr-defined]
        last=task.progress_status or "", long_term=task.long_term, steps=_steps(task),  # type: ignore[attr-defined]
    )  # fmt: skip


def with_urge(rows: QuerySet[Task]) -> QuerySet[Task]:
    """Adds ``urge_text``, ``urge_on``, ``urge_by``: the newest call to the owner that nobody has answered, or None."""
    calls = Urge.objects.filter(task_id=OuterRef("pk"), answered_on__isnull=True).order_by("-id")
    return rows.annotate(
        urge_text=Subquery(calls.values("text")[:1]),
        urge_on=Subquery(calls.values("urged_on")[:1]),
        urge_by=Subquery(calls.values("author__name")[:1]),
    )


def lines_due(rows: QuerySet[Task], day: date) -> QuerySet[Task]:
    """待反馈: of these tasks those with ``line_by`` on ``day`` or before. One query for the milestones that were spoken of.

    The same arithmetic as ``arithmetic.awaited``, told to the database; a test over histories holds the two together.
    """
    asked = rows.filter(_line_due(day))
    newest = Progress.objects.filter(task_id=OuterRef("pk")).order_by("-happened_on")
    ahead = _ahead().order_by("due_on")
    told = asked.filter(rhythm=Task.Rhythm.MILESTONE).annotate(
        ahead=Subquery(ahead.values("due_on")[:1]), heard=Subquery(newest.values("happened_on")[:1])
    )
    told = told.filter(heard__isnull=False).order_by()
    spoken = [
        pk for pk, due_on, heard in told.values_list("pk", "ahead", "heard")
        if heard >= arithmetic.run_up(due_on)
    ]  # fmt: skip
    return asked.exclude(pk__in=spoken)


def _ahead() -> QuerySet[Milestone]:
    return Milestone.objects.filter(task_id=OuterRef("pk"), reached_on__isnull=True)


def _line_due(day: date) -> Q:
    """A line was awaited by ``day``; of milestones only that one was due: whether it was spoken of counts working days."""
    parts = Task.objects.filter(parent_id=OuterRef("pk")).exclude(state=Task.State.CANCELLED)
    month, quarter = periods.containing(day, "month"), periods.containing(day, "quarter")
    asked_in_first = Q(
        signed_on__day__lte=F("report_day")
    )  # whoever signed after the day is asked next month
    monthly = _period_due(month, day.day if day < month.end else 31, asked_in_first)
    quarterly = _period_due(quarter, 0 if day < quarter.end else 31, Q())
    return Q(~Exists(parts), state=Task.State.UNDER_WAY) & (
        monthly & Q(rhythm=Task.Rhythm.MONTHLY)
        | quarterly & Q(rhythm=Task.Rhythm.QUARTERLY)
        | Q(Exists(_ahead().filter(due_on__lte=day)), rhythm=Task.Rhythm.MILESTONE)
    )


def _period_due(period: periods.Period, reached: int, asked_in_first: Q) -> Q:
    """No line for a period whose limit was reached by the day: ``reached``, the last report day that counts as such."""
    said = Progress.objects.filter(task_id=OuterRef("pk")).order_by()
    come = Q(report_day__lte=reached)
    before = periods.containing(period.start - timedelta(days=1), period.kind)

    def quiet(day: date) -> Q:
        return Q(~Exists(said.filter(happened_on__gte=day)), signed_on__lt=day)

    first = Q(signed_on__lt=period.start) | Q(signed_on__lte=period.end) & come
    return quiet(before.start) | quiet(period.start) & come | Q(~Exists(said)) & asked_in_first & first


def _late(today: date) -> Q:
    return Q(due_on__lt=today, long_term=False)


SILENT = 100  # of those that no line came from, so many are looked at one by one


def behind(rows: QuerySet[Task], today: date, *, most: int) -> tuple[list[Task], list[Task], bool]:
    """(the first ``most`` late ones in their owners' hands, the silent ones, whether there are more silent ones); one query.

    Silent: not heard of some working days after the feedback day, by what is true now. What is late is told as late.
    """
    day, late = arithmetic.told_above(today), rows.filter(_late(today), state__in=LIVE)
    quiet = rows.filter(_line_due(day) & ~_late(today))
    first, silent = (
        Task.objects.filter(pk__in=r.order_by("due_on", "id").values("pk")[:count]).order_by().values("pk")
        for r, count in ((late, most), (quiet, SILENT + 1))
    )
    either = Q(
        pk__in=first.union(silent, all=True)
    )  # one IN: of two with OR, PostgreSQL expects half the unit
    told: tuple[list[Task], list[Task]] = [], []
    seen = 0
    for task in with_progress(rows.filter(either)).order_by("due_on", "id"):
        is_late = task.due_on < today and not task.long_term
        seen += not is_late
        if is_late or ((by := line_by(task, today)) and by <= day):
            told[not is_late].append(task)
    return told[0], told[1][:SILENT], seen > SILENT


def asked_changes(unit_id: int) -> QuerySet[Change]:
    """Requests that wait for an answer, of tasks to which they could still be done."""
    open_ = Change.objects.filter(task__unit_id=unit_id, state=Change.State.ASKED)
    rows = open_.filter(task__state__in=[*LIVE, Task.State.SUSPENDED])
    return rows.select_related("task__department", "task__item", "asked_by").order_by("asked_on", "id")


def ungiven(unit_id: int) -> QuerySet[Contribution]:
    """Lines of orders in force that no department has answered."""
    rows = Contribution.objects.filter(order__unit_id=unit_id, order__state="in_force", given__isnull=True)
    return rows.select_related("order", "department").order_by("from_on", "id")


# ---- breakdown ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Sum:
    """How the parts of a task add up: ``rest`` is what is not given on yet, negative when too much was."""

    total: int
    accepted: int
    target: Decimal | None
    parts_target: Decimal
    money: Decimal
    parts_money: Decimal

    @property
    def rest(self) -> Decimal:
        return (self.target or Decimal(0)) - self.parts_target

    @property
    def money_rest(self) -> Decimal:
        return self.money - self.parts_money

    @property
    def all_accepted(self) -> bool:
        return self.accepted == self.total


def sum_of_parts(task: Task) -> Sum:
    """One query, and one more unless the resources were fetched; parts that were cancelled do not count."""
    money = Resource.objects.filter(task_id=OuterRef("pk"), kind=Resource.Kind.MONEY).order_by()
    given = money.values("task_id").annotate(m=SumOf("amount")).values("m")
    parts = Task.objects.filter(parent=task).exclude(state=Task.State.CANCELLED)
    found = parts.annotate(given=Subquery(given)).aggregate(
        total=Count("id"),
        accepted=Count("id", filter=Q(state__in=DONE)),
        target=SumOf("target"),
        money=SumOf("given"),
    )
    zero = Decimal(0)
    own = sum((r.amount or zero for r in task.resources.all() if r.kind == Resource.Kind.MONEY), zero)
    return Sum(
        found["total"], found["accepted"], task.target, found["target"] or zero, own, found["money"] or zero
    )


# ---- the board ----------------------------------------------------------------------------------------------------

COLUMNS = ("issued", "under_way", "submitted", "verified")


@dataclass
class Column:
    state: str
    total: int = 0
    late: int = 0
    lines: int = 0
    rows: list[Task] = field(default_factory=list)


def board(rows: QuerySet[Task], today: date, *, most: int = 40) -> list[Column]:
    """The four columns with their first rows; six queries, however many tasks. ``lines``: those that ``lines_due`` finds."""
    late = Count("id", filter=_late(today))
    lines = Count("id", filter=Q(pk__in=lines_due(rows, today).order_by().values("pk")))
    found_by = rows.order_by().values("state").annotate(total=Count("id"), late=late, lines=lines)
    counts = {r["state"]: r for r in found_by}
    made = []
    for state in COLUMNS:
        found = counts.get(state, {"total": 0, "late": 0, "lines": 0})
        first = (
            list(with_progress(rows.filter(state=state)).order_by("due_on", "id")[:most])
            if found["total"]
            else []
        )
        made.append(Column(state, found["total"], found["late"], found["lines"], first))
    return made


# ---- difficult issues -----------------------------------------------------------------------------------------------

SIMILAR_WITHIN = 400  # the newest issues of a unit that are compared


@dataclass(frozen=True)
class Similar:
    issue: Issue
    likeness: float


def similar_issues(unit_id: int, text: str, *, but: int | None = None, most: int = 3) -> list[Similar]:
    """Earlier issues that say something like it, the likest first; one query, Dice over bigrams of title and text."""
    asked = bigrams(text)
    rows = Issue.objects.filter(unit_id=unit_id).exclude(pk=but or 0).exclude(state=Issue.State.DROPPED)
    found = []
    for row in rows.order_by("-id")[:SIMILAR_WITHIN]:
        other = bigrams(row.title + row.text)
        likeness = 2 * len(asked & other) / (len(asked) + len(other)) if asked and other else 0.0
        if likeness >= 0.2:
            found.append(Similar(row, likeness))
    return sorted(found, key=lambda s: (-s.likeness, -s.issue.pk))[:most]


# ---- mobilisation orders --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Clash:
    """The same person, room or vehicle is called upon elsewhere on days that overlap."""

    line: Contribution
    other: Contribution


def _thing(line: Contribution) -> tuple[str, Any] | None:
    """What can be in one place only: a named person, a room, a vehicle. None for what can be shared out."""
    if line.person_id:
        return "person", line.person_id
    if line.kind in (Contribution.Kind.ROOM, Contribution.Kind.VEHICLE):
        return line.kind, fold(line.text)
    return None


def clashes(order: Mobilisation) -> list[Clash]:
    """Against other orders in force of the unit; two queries, compared in memory."""
    mine = [x for x in order.contributions.all() if _thing(x)]
    if not mine:
        return []
    others = (
        Contribution.objects.filter(
            order__unit_id=order.unit_id, order__state=Mobilisation.State.IN_FORCE,
            from_on__lte=max(x.to_on for x in mine), to_on__gte=min(x.from_on for x in mine),
        )
        .exclude(order=order)
        .select_related("order", "person")
    )  # fmt: skip
    by_thing: dict[Any, list[Contribution]] = {}
    for other in others:
        if thing := _thing(other):
            by_thing.setdefault(thing, []).append(other)
    return [
        Clash(line, other)
        for line in mine
        for other in by_thing.get(_thing(line), [])
        if line.from_on <= other.to_on and other.from_on <= line.to_on
    ]


@dataclass(frozen=True)
class Balance:
    """One kind of an order: asked, given and used, and how many lines no department has answered."""

    kind: str
    asked: Decimal
    given: Decimal
    used: Decimal
    waiting: int

    @property
    def short(self) -> Decimal:
        """What the departments said they cannot give: only of lines that were answered."""
        return self.asked - self.given


def balances(order: Mobilisation) -> list[Balance]:
    """By kind, in the order people, money, room, vehicle, things. ``short`` counts answered lines only."""
    rows = list(order.contributions.all())
    made = []
    for kind in Contribution.Kind.values:
        lines = [x for x in rows if x.kind == kind]
        if lines:
            answered = [x for x in lines if x.given is not None]
            made.append(Balance(
                kind, sum((x.asked for x in answered), Decimal(0)), sum((x.given or Decimal(0) for x in answered), Decimal(0)),
                sum((x.used or Decimal(0) for x in lines), Decimal(0)), len(lines) - len(answered),
            ))  # fmt: skip
    return made


def answered_for(plan_id: int) -> list[tuple[int, str, int]]:
    """(person, name, items) of a plan: how many of its items have a task under way for which the person answers."""
    rows = Task.objects.filter(item__plan_id=plan_id, state__in=RUNNING, person__isnull=False).order_by()
    counted = rows.values("person_id", "person__name").annotate(n=Count("item_id", distinct=True))
    return [
        (r["person_id"], r["person__name"], r["n"]) for r in counted.order_by("person__name", "person_id")
    ]
