"""What needs a person and is told by a few words of one row: every source in one statement.

A source gives the same eight columns, at most ``LIMIT`` rows of them, and says how a row reads. Whatever a person has to
do with, the database is asked once.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.db.models import CharField, DateField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.inspection import queries as inspection
from gangmu.inspection.models import Campaign, Inspection
from gangmu.inspection.queries import campaigns
from gangmu.inspection.states import RUNNING
from gangmu.org.actor import Actor
from gangmu.org.permissions import Permission, Role
from gangmu.plan.models import Plan, UnboundReason
from gangmu.tasks import policies as task_policies
from gangmu.tasks import queries as tasks
from gangmu.tasks.models import Change, Contribution, Task
from gangmu.web.format import relative_due
from gangmu.web.home.row import Need, join, side

LIMIT = 8


class Row(NamedTuple):
    """``to`` is the key in the address; ``day`` what the word beside the lamp is counted from."""

    source: str
    pk: int
    to: int
    title: str
    note: str
    more: str
    code: str
    day: date | None


@dataclass(frozen=True)
class Source:
    """``rows`` gives the QuerySet for a person, or None; ``columns`` those of :class:`Row` that it fills."""

    group: str
    rows: Callable[[Actor], QuerySet | None]
    columns: dict[str, Any]
    reads: Callable[[Row, Actor], Need | None]


def needs(me: Actor) -> dict[str, list[Need]]:
    """By group of the home page. One query, or none for somebody to whom nothing applies."""
    parts = [found for name, source in SOURCES.items() if (found := _part(name, source, me)) is not None]
    rows: Iterable[tuple] = parts[0].union(*parts[1:], all=True) if parts else ()
    out: dict[str, list[Need]] = defaultdict(list)
    for row in sorted((Row(*r) for r in rows), key=lambda r: (r.source, r.day or date.min, r.pk)):
        source = SOURCES[row.source]
        if need := source.reads(row, me):
            out[source.group].append(need)
    return out


def _part(name: str, source: Source, me: Actor) -> QuerySet | None:
    rows = source.rows(me)
    if rows is None:
        return None
    first = rows.model._default_manager.filter(pk__in=rows.values("pk")[:LIMIT]).order_by()
    text, no_day = Value("", output_field=TextField()), Cast(Value(None), DateField())
    blank: dict[str, Any] = {
        "title": text,
        "note": text,
        "more": text,
        "code": text,
        "day": no_day,
        "to": "pk",
    }
    filled = blank | source.columns
    columns = [filled[name] for name in Row._fields[2:]]
    return first.values_list(Cast(Value(name), CharField()), F("pk"), *(_column(c) for c in columns))


def _column(what: Any) -> Any:
    return F(what) if isinstance(what, str) else what


def _text(path: str) -> Any:
    """A text that may be missing with its relation."""
    return Coalesce(Cast(path, TextField()), Value("", output_field=TextField()))


def _previews(me: Actor) -> QuerySet | None:
    if not me.can(Permission.PLAN_EDIT):
        return None
    return Plan.objects.filter(unit_id=me.unit_id, state="preview").order_by("-id")


def _reasons(me: Actor) -> QuerySet | None:
    if not me.can(Permission.RULE_EXCUSE):
        return None
    waiting = UnboundReason.objects.filter(item__plan__unit_id=me.unit_id, accepted_on__isnull=True)
    return waiting.filter(item__plan__state__in=["draft", "adopted"]).order_by("id")


def _proposals(me: Actor) -> QuerySet | None:
    return inspection.proposals(me.unit_id).filter(state="waiting") if me.can(Permission.PLAN_EDIT) else None


def _changes(me: Actor) -> QuerySet | None:
    if not me.can(Permission.TASK_VERIFY):
        return None
    return task_policies.change_task.filter(me, tasks.asked_changes(me.unit_id))


def _contributions(me: Actor) -> QuerySet | None:
    return tasks.ungiven(me.unit_id).filter(department_id__in=me.departments) if me.departments else None


def _findings(me: Actor) -> QuerySet | None:
    rows = inspection.open_findings(me.unit_id)
    if not me.can(Permission.INSPECTION_ORDER):
        return rows.filter(department_id__in=me.departments) if me.departments else None
    ready = rows.filter(task__state__in=[Task.State.VERIFIED, Task.State.CLOSED])
    return rows.filter(state="open") | ready


def _visits(me: Actor) -> QuerySet | None:
    due = Inspection.objects.filter(unit_id=me.unit_id, visit_on__lte=clock.today(), state__in=RUNNING)
    if not me.can(Permission.INSPECTION_ORDER):
        due = due.filter(team__person_id=me.person_id or 0)
    return due.order_by("visit_on", "id")


def _campaigns(me: Actor) -> QuerySet | None:
    return campaigns.to_sign(me.unit_id) if me.has(Role.FIRST) else None


def _preview(row: Row, me: Actor) -> Need:
    title = _("核对《%(title)s》拆分结果") % {"title": row.title}
    why = _("推定的地方要您看过才能入计划")
    return Need("warn", _("待核对"), title, reverse("paper", args=[row.to]), why, "both", _("去核对"))


def _reason(row: Row, me: Actor) -> Need:
    title = _("%(title)s：不结切入点的理由") % {"title": row.title}
    return Need(
        "warn", _("待核准"), title, reverse("item", args=[row.to]), row.note, side(row.code), _("核理由")
    )


def _proposal(row: Row, me: Actor) -> Need:
    title = _("切入点建议：%(title)s") % {"title": row.title}
    return Need(
        "warn", _("待定"), title, reverse("proposal_list"), join(row.note, row.more), "both", _("去定")
    )


def _change(row: Row, me: Actor) -> Need:
    kind, _stop, track = row.code.partition("/")
    title = _("%(kind)s：%(task)s") % {"kind": Change.Kind(kind).label, "task": row.title}
    href = reverse("task", args=[row.to])
    return Need(
        "warn", _("待审批"), title, href, join(row.note, row.more), side(track) if track else "", _("去审批")
    )


def _contribution(row: Row, me: Actor) -> Need:
    title = _("动员令要%(kind)s：%(text)s") % {"kind": Contribution.Kind(row.code).label, "text": row.title}
    return _dated(row, title, reverse("mobilisation", args=[row.to]), row.note, _("确认"))


def _finding(row: Row, me: Actor) -> Need:
    ready = row.code in (Task.State.VERIFIED, Task.State.CLOSED)
    act = _("去复查") if ready else _("交办整改") if me.can(Permission.INSPECTION_ORDER) else _("看发现")
    return _dated(row, row.title, reverse("inspection", args=[row.to]), join(row.note, row.more), act)


def _visit(row: Row, me: Actor) -> Need:
    days = (clock.today() - (row.day or clock.today())).days
    why = _("两头都写齐了才能办结") if row.code == "inspection" else _("写下看到的才能办结")
    word = _("已过%(n)s天") % {"n": days} if days else _("今天")
    return Need("warn", word, row.title, reverse("inspection", args=[row.to]), why, "both", _("去写"))


def _campaign(row: Row, me: Actor) -> Need:
    report = row.code == Campaign.State.UNDER_WAY
    why = _("措施都对过账，等您签整改报告") if report else _("清单列好了，等您签整改方案")
    assert row.day is not None  # noqa: S101 - a campaign has its day
    found = Campaign(reported_on=row.day, months=int(row.more))
    due = row._replace(day=found.ends_on if report else found.plan_due)
    return _dated(due, row.title, reverse("rectification", args=[row.to]), why, _("去签"), "party")


def _dated(row: Row, title: str, href: str, why: str, act: str, track: str = "both") -> Need:
    today = clock.today()
    day = row.day or today
    return Need("bad" if day < today else "warn", relative_due(day, today), title, href, why, track, act)


SOURCES: dict[str, Source] = {
    "preview": Source("decide", _previews, {"title": "title"}, _preview),
    "reason": Source(
        "decide", _reasons, {"title": "item__title", "note": "reason", "code": "item__track", "to": "item_id"}, _reason
    ),
    "proposal": Source(
        "decide", _proposals, {"title": "mu__title", "note": "gang__title", "more": "expected"}, _proposal
    ),
    "campaign": Source(
        "decide", _campaigns,
        {"title": "title", "more": Cast("months", TextField()), "code": "state", "day": "reported_on"}, _campaign,
    ),
    "change": Source(
        "decide", _changes,
        {"title": "task__title", "note": "task__department__name", "more": "reason", "to": "task_id",
         "code": Concat("kind", Value("/"), _text("task__item__track"), output_field=TextField())}, _change,
    ),
    "contribution": Source(
        "do", _contributions,
        {"title": "text", "note": "order__title", "code": "kind", "day": "from_on", "to": "order_id"}, _contribution,
    ),
    "finding": Source(
        "do", _findings,
        {"title": "text", "note": "department__name", "more": "line__item__title", "code": _text("task__state"),
         "day": "due_on", "to": "line__inspection_id"}, _finding,
    ),
    "visit": Source("do", _visits, {"title": "title", "code": "kind", "day": "visit_on"}, _visit),
}  # fmt: skip
