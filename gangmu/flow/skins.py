"""两张皮检查 in full: what is not bound, not covered, closed on one side only, or too much for one owner.

Before a plan is adopted the gate asks it; every night ``nightly`` keeps the counts of the day.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.events.log import System
from gangmu.jobs import registry
from gangmu.plan import queries as plan_queries
from gangmu.plan.actions import skins
from gangmu.plan.models import (
    EntryPoint,
    ItemDepartment,
    Plan,
    PlanItem,
    SkinCheck,
    SkinReason,
    UnboundReason,
)
from gangmu.tasks import queries as tasks

CODES = ("unbound_mu", "unbound_gang", "early", "half", "facet", "one_track", "overload")


@dataclass(frozen=True)
class Finding:
    """One thing that is not as it should be. ``code`` and ``subject`` tell it from others; ``item`` is the one to open, if any.

    ``name``: of the facet or department it is about. ``reason``: why it may stand, ``settled``: and somebody who may agreed.
    """

    code: str
    subject: str
    text: str
    item: PlanItem | None = None
    reason: SkinReason | UnboundReason | None = None
    name: str = ""

    @property
    def settled(self) -> bool:
        return bool(self.reason and self.reason.accepted_on)


@dataclass(frozen=True)
class _Seen:
    """Everything the findings are made from, read once."""

    plan: Plan
    items: list[PlanItem]
    knots: list[EntryPoint]
    done: set[int]


def check(plan: Plan, items: Sequence[PlanItem] | None = None) -> list[Finding]:
    """All findings of a plan, in the order of ``CODES``. Six queries, whatever its size.

    ``items``: those of ``items_of``, where a page has read them already.
    """
    items = [i for i in (items_of(plan) if items is None else items) if i.is_task]
    knots = list(plan_queries.knots(plan.pk).select_related("gang", "mu"))
    carried = tasks.carried({k.gang_id for k in knots} | {k.mu_id for k in knots}) if plan.adopted_on else {}
    seen = _Seen(plan, items, knots, {pk for pk, c in carried.items() if c.all_accepted})
    rows = SkinReason.objects.filter(plan=plan).select_related("given_by", "accepted_by")
    reasons = {(r.code, r.subject): r for r in rows}
    found = [*_unbound(seen), *_closed_on_one_side(seen), *_not_covered(seen), *_too_much(seen)]
    found = [f if f.reason else replace(f, reason=reasons.get((f.code, f.subject))) for f in found]
    return sorted(found, key=lambda f: CODES.index(f.code))


def items_of(plan: Plan) -> list[PlanItem]:
    """The rows of a plan with all that the check asks of them. Two queries."""
    departments = ItemDepartment.objects.select_related("department")
    return list(
        plan_queries.items(plan.pk)
        .select_related("lead_department", "unbound_reason__given_by", "unbound_reason__accepted_by")
        .prefetch_related(Prefetch("co_departments", departments))
    )


def counts(found: list[Finding]) -> dict[str, int]:
    """Findings by code, without those whose reason was accepted."""
    return dict(Counter(f.code for f in found if not f.settled))


def _unbound(seen: _Seen) -> Iterator[Finding]:
    tied = {k.gang_id for k in seen.knots} | {k.mu_id for k in seen.knots}
    for item in seen.items:
        if item.pk not in tied:
            says = _("没有绑到业务") if item.track == "gang" else _("没有切入点")
            yield Finding(
                f"unbound_{item.track}", str(item.pk), says, item, getattr(item, "unbound_reason", None)
            )


def _closed_on_one_side(seen: _Seen) -> Iterator[Finding]:
    """early: the party work is closed and none of its business goals shows a result. half: one side lags behind."""
    knots, done = seen.knots, seen.done
    result = {k.gang_id for k in knots if k.state == EntryPoint.State.EFFECTIVE or k.mu_id in done}
    early = {k.gang_id: k.gang for k in knots if k.gang_id in done and k.gang_id not in result}
    for item in early.values():
        yield Finding("early", str(item.pk), _("党建做完了，绑的业务还没有结果"), item)
    for k in knots:
        one = (k.gang_id in done) != (k.mu_id in done)
        if one and k.state == EntryPoint.State.OPEN and k.gang_id not in early:
            closed, left = (k.gang, k.mu) if k.gang_id in done else (k.mu, k.gang)
            words = {"closed": closed.title, "left": left.title}
            says = _("“%(closed)s”办结了，结着的“%(left)s”还没有") % words
            yield Finding("half", str(k.pk), says, k.mu)


def _not_covered(seen: _Seen) -> Iterator[Finding]:
    """Facets without an item; business departments that have business and nothing of the party."""
    covered = {i.facet for i in seen.items if i.track == "gang"}
    for code, label in PlanItem.Facet.choices:
        if code not in covered:
            yield Finding("facet", code, _("抓手“%(facet)s”没有一项") % {"facet": label}, name=str(label))
    tracks: dict[int, set[str]] = {}
    names: dict[int, str] = {}
    for item in seen.items:
        joined = [c.department for c in item.co_departments.all()] if item.track == "gang" else []
        for d in [*([item.lead_department] if item.lead_department else []), *joined]:
            if d.line == "business":
                tracks.setdefault(d.pk, set()).add(item.track)
                names[d.pk] = d.name
    for pk, found in tracks.items():
        if found == {"mu"}:
            says = _("“%(name)s”只有业务、没有党建") % {"name": names[pk]}
            yield Finding("one_track", str(pk), says, name=names[pk])


def _too_much(seen: _Seen) -> Iterator[Finding]:
    """Departments that lead more items than the plan's limit, and people who answer for more that are not done.

    The leader in charge (分管领导) is not counted: what the departments below lead is his by his post.
    """
    most = seen.plan.most_led
    led = Counter((i.lead_department_id, i.lead_department.name) for i in seen.items if i.lead_department)
    for (pk, name), n in led.items():
        if n > most:
            says = _("“%(name)s”牵头 %(n)d 项，超过 %(most)d 项") % {"name": name, "n": n, "most": most}
            yield Finding("overload", str(pk), says, name=name)
    held = tasks.answered_for(seen.plan.pk) if seen.plan.adopted_on else []
    for pk, name, n in held:
        if n > most:
            says = _("“%(name)s”一个人负责 %(n)d 项，超过 %(most)d 项") % {"name": name, "n": n, "most": most}
            yield Finding("overload", f"person-{pk}", says, name=name)


def nightly() -> int:
    """Check every plan in draft or in force and keep the counts of the day; returns how many plans were looked at."""
    today, looked = clock.today(), 0
    for plan in Plan.objects.filter(state__in=["draft", "adopted"]).order_by("unit_id", "pk").iterator(500):
        skins.keep(plan=plan, counts=counts(check(plan)), on=today, by=System())
        looked += 1
    return looked


def by_day(plan: Plan, days: int = 14) -> list[SkinCheck]:
    """The kept counts of the last days, the newest first."""
    return list(SkinCheck.objects.filter(plan=plan).order_by("-on")[:days])


registry.nightly("two_skins", nightly)
