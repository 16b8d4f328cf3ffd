"""迎检包: which records prove how a rule, an item, a branch or a stretch of time was dealt with; never more than one may see."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.common.policy import Policy
from gangmu.inspection import policies as inspection_policies
from gangmu.inspection.models import Inspection
from gangmu.meetings import policies as meeting_policies
from gangmu.meetings.models import AgendaItem, Attendance, Meeting
from gangmu.org.actor import Actor
from gangmu.org.models import PartyOrg
from gangmu.party_life import policies as party_policies
from gangmu.plan import policies as plan_policies
from gangmu.plan.models import Directive, EntryPoint, PlanItem
from gangmu.review import policies as review_policies
from gangmu.review.models import Honour
from gangmu.rules import policies as rule_policies
from gangmu.rules import store
from gangmu.rules.engine import Span
from gangmu.rules.models import Verdict
from gangmu.rules.registry import get
from gangmu.tasks import policies as task_policies
from gangmu.tasks.models import Task

LONGEST = 366 * 3  # days


@dataclass(frozen=True)
class Bundle:
    """What goes in, each set already narrowed to what the person may see."""

    title: str
    items: QuerySet[PlanItem]
    meetings: QuerySet[Meeting]
    tasks: QuerySet[Task]
    inspections: QuerySet[Inspection]
    directives: QuerySet[Directive]
    knots: QuerySet[EntryPoint]
    verdicts: QuerySet[Verdict]
    honours: QuerySet[Honour]

    @property
    def sets(self) -> tuple[QuerySet, ...]:
        return (
            self.items, self.meetings, self.tasks, self.inspections, self.directives, self.knots, self.verdicts,
            self.honours,
        )  # fmt: skip


def gather(*, scope: str, key: str, start: date, end: date, by: Actor) -> Bundle:
    """``scope``: rule (``key`` its id), item, branch (``key`` their number) or period. Raises ``Invalid``, ``NotAllowed``."""
    if not start <= end:
        raise Invalid(_("起止日期写反了，请把早的写在前面。"), field="start")
    if (end - start).days > LONGEST:
        raise Invalid(_("时段太长，最多三年。请分几次做。"), field="end")
    return SCOPES[scope](key, start, end, by)


def _bundle(by: Actor, title: str, **conditions: Q | None) -> Bundle:
    """A condition for each set; None leaves the set out."""

    def seen(policy: Policy[Any], model: type[Model], name: str) -> QuerySet:
        rows = model._default_manager.all()
        condition = conditions.get(name)
        if condition is None:
            return rows.none()
        return policy.filter(by, rows.filter(pk__in=rows.filter(condition).order_by().values("pk")))

    state = Inspection.State
    sent = [state.ORDERED, state.VISITED, state.CLOSED]
    held = [Meeting.State.RECORDED, Meeting.State.FINAL]
    return Bundle(
        title=title,
        items=seen(plan_policies.see_item, PlanItem, "items").filter(is_task=True),
        meetings=seen(meeting_policies.see_meeting, Meeting, "meetings").filter(state__in=held),
        tasks=seen(task_policies.see_task, Task, "tasks"),
        inspections=seen(inspection_policies.see_inspection, Inspection, "inspections").filter(
            state__in=sent
        ),
        directives=seen(plan_policies.see_directive, Directive, "directives"),
        knots=seen(plan_policies.see_entry_point, EntryPoint, "knots"),
        verdicts=seen(rule_policies.see_verdict, Verdict, "verdicts"),
        honours=seen(review_policies.see_honour, Honour, "honours").filter(state=Honour.State.GIVEN),
    )


def _of_period(key: str, start: date, end: date, by: Actor) -> Bundle:
    """Everything of the own unit that was held, given out, due, visited, asked or judged in those days."""
    span, unit = (start, end), Q(unit_id=by.unit_id)
    return _bundle(
        by, _("%(a)s至%(b)s") % {"a": start.isoformat(), "b": end.isoformat()},
        items=Q(plan__unit_id=by.unit_id, due_on__range=span),
        meetings=unit & Q(held_on__range=span),
        tasks=unit & (Q(issued_on__range=span) | Q(due_on__range=span) | Q(closed_on__range=span)),
        inspections=unit & Q(visit_on__range=span), directives=unit & Q(issued_on__range=span),
        knots=Q(mu__plan__unit_id=by.unit_id, effect_on__range=span), verdicts=unit & _within(start, end), honours=unit & Q(given_on__range=span),
    )  # fmt: skip


def _within(start: date, end: date) -> Q:
    """Verdicts of periods that touch those days."""
    return Q(start__lte=end, end__gte=start)


def _of_item(key: str, start: date, end: date, by: Actor) -> Bundle:
    """The whole way of one item, whenever it happened."""
    item = _one(plan_policies.see_item, PlanItem, key, by)
    decided = Q(agenda__item=item) | Q(agenda__decisions__items__item=item)
    adopted = Q(agenda__decisions__adopts_id=item.plan_id)
    return _bundle(
        by, item.title, items=Q(pk=item.pk), meetings=decided | adopted, tasks=Q(item=item),
        inspections=Q(lines__item=item) | Q(lines__entry_point__gang=item),
        directives=Q(points__answers__item=item), knots=(Q(gang=item) | Q(mu=item)) & ~Q(state="untied"),
        honours=Q(bases__item=item),
    )  # fmt: skip


def _of_branch(key: str, start: date, end: date, by: Actor) -> Bundle:
    """The life of a branch: its meetings, those of its groups, and its lamps."""
    branch = _one(party_policies.see_branch, PartyOrg, key, by)
    own = Q(party_org=branch) | Q(party_org__parent=branch)
    kind = PartyOrg._meta.label_lower
    return _bundle(
        by, branch.name, meetings=own & Q(held_on__range=(start, end)),
        verdicts=Q(subject_kind=kind, subject_id=branch.pk) & _within(start, end),
    )  # fmt: skip


def _of_rule(key: str, start: date, end: date, by: Actor) -> Bundle:
    """The lamps of one rule, and the records that were counted for them or against."""
    try:
        rule = get(key)
    except KeyError:
        raise Invalid(_("没有这条规定。")) from None
    condition = Q(rule=key) & _within(start, end)
    seen = rule_policies.see_verdict.filter(by, Verdict.objects.filter(condition))
    ids: set[int] = set()
    for v in seen:
        facts = store.explain(rule, v.subject_id, Span(v.period, v.start, v.end))
        ids |= {f.record_id for f in facts}
    return _bundle(by, str(rule.title), verdicts=condition, **_records(rule.record, ids))


def _records(model: type[Model], ids: set[int]) -> dict[str, Q]:
    """Where the records behind a rule are found: most of them are parts of a meeting."""
    if model is PlanItem:
        return {"items": Q(pk__in=ids)}
    if model is Task:
        return {"tasks": Q(pk__in=ids)}
    path = {Meeting: "pk__in", Attendance: "attendances__in", AgendaItem: "agenda__in"}
    parts = {"Vote": "agenda__vote__in", "Decision": "agenda__decisions__in"}
    lookup = path.get(model) or parts.get(model.__name__)
    return {"meetings": Q(**{lookup: ids})} if lookup else {}


def _one(policy: Policy[Any], model: type[Model], key: str, by: Actor) -> Any:
    pk = int(key) if key.isdecimal() and len(key) < 19 else 0
    found = policy.filter(by, model._default_manager.filter(pk=pk)).first()
    if found is None:
        raise NotAllowed(policy.reason)
    return found


SCOPES: dict[str, Callable[[str, date, date, Actor], Bundle]] = {
    "rule": _of_rule, "item": _of_item, "branch": _of_branch, "period": _of_period,
}  # fmt: skip


def each(rows: QuerySet, *related: str, size: int = 100) -> Iterator[Any]:
    """The rows in their order, fetched so many at a time: memory stays what it is, however many there are."""
    ids = list(rows.values_list("pk", flat=True))
    for at in range(0, len(ids), size):
        some = rows.model._default_manager.select_related(*related).in_bulk(ids[at : at + size])
        yield from (some[pk] for pk in ids[at : at + size] if pk in some)
