"""The check-up, and an opened lamp."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gangmu.common import clock
from gangmu.meetings.models import Attendance, Decision, Meeting, Vote
from gangmu.plan.models import PlanItem
from gangmu.rules import actions, policies, store
from gangmu.rules.engine import Span
from gangmu.rules.models import Excuse, Verdict
from gangmu.rules.registry import Rule, every, get
from gangmu.web.act import perform
from gangmu.web.export import ledgers, lists
from gangmu.web.fetch import actor, fetch_by
from gangmu.web.rules.forms import ExcuseForm
from gangmu.web.rules.words import STRENGTH, SURE, named, period_word


@dataclass(frozen=True)
class Line:
    """A rule with its lamps of the last closed and the open period."""

    rule: Rule
    counts: Counter
    wrong: list[tuple[Verdict, str, str]]


def checkup(request: HttpRequest) -> HttpResponse:
    """All rules by theme: how many subjects are green, amber, red, grey now, and which are not green."""
    store.keep_up()
    me, today = actor(request), clock.today()
    rows = named(policies.see_verdict.filter(me, Verdict.objects.all()))
    if ledgers.wanted(request):
        found = rows.order_by("rule", "subject_id", "start")[: ledgers.MOST]
        return ledgers.ledger(request, lists.lamps(found))
    recent = list(rows.filter(end__gte=today.replace(day=1)).order_by("rule", "subject_id"))
    closed = rows.filter(end__lt=today.replace(day=1), lamp__in=["bad", "warn"]).order_by(
        "-end", "rule", "subject_id"
    )
    late = list(closed[:60])
    themes: dict[str, list[Line]] = defaultdict(list)
    for rule in every():
        mine = [v for v in recent if v.rule == rule.id]
        old = [v for v in late if v.rule == rule.id]
        if mine or old:
            themes[str(rule.theme)].append(Line(rule, Counter(v.lamp for v in mine), _wrong([*old, *mine])))
    totals = Counter(v.lamp for v in [*recent, *late])
    context = {
        "themes": dict(themes),
        "totals": totals,
        "today": today,
        "strength": STRENGTH,
        "ledger": ledgers.link(request),
    }
    return render(request, "rules/checkup.html", context)


def _wrong(verdicts: list[Verdict]) -> list[tuple[Verdict, str, str]]:
    """Lamps that are not green, with whose they are and for when; red first, the newest first."""
    found = [v for v in verdicts if v.lamp in ("bad", "warn")]
    found.sort(key=lambda v: (v.lamp != "bad", -v.end.toordinal(), v.subject_id))
    return [(v, v.subject_name, period_word(v.period)) for v in found[:12]]  # type: ignore[attr-defined]


def lamp(request: HttpRequest, rule: str, subject: int, period: str) -> HttpResponse:
    return _page(request, rule, subject, period)


def _verdict(request: HttpRequest, rule: str, subject: int, period: str) -> Verdict:
    return fetch_by(
        policies.see_verdict,
        request,
        named(Verdict.objects.all()),
        rule=rule,
        subject_id=subject,
        period=period,
    )


def _page(
    request: HttpRequest, rule_id: str, subject_id: int, period: str, form: ExcuseForm | None = None
) -> HttpResponse:
    """Verdict and figure, the year, what counted, what did not and why, how it turns green, the article."""
    verdict = _verdict(request, rule_id, subject_id, period)
    try:
        rule = get(rule_id)
    except KeyError:
        raise Http404 from None
    facts = store.explain(rule, subject_id, Span(verdict.period, verdict.start, verdict.end))
    records = _records(rule, [f.record_id for f in facts])
    may = policies.excuse_verdict.allows(actor(request), verdict) and verdict.lamp in ("bad", "warn")
    context: dict[str, Any] = {
        "v": verdict, "rule": rule, "name": verdict.subject_name,  # type: ignore[attr-defined]
       
        "word": period_word(period), "strength": STRENGTH[rule.strength], "sure": SURE[rule.citation.sure],
        "counted": [(f, *records.get(f.record_id, ("", ""))) for f in facts if f.counts],
        "left": [(f, *records.get(f.record_id, ("", "")), rule.why.get(f.why, f.why)) for f in facts if not f.counts],
        "year": [_cell(v, period) for v in store.history(rule_id, subject_id)], "today": clock.today(),
        "excuse": Excuse.objects.filter(rule=rule_id, subject_id=subject_id, period=period).first(),
        "form": form or (ExcuseForm() if may else None),
    }  # fmt: skip
    return render(request, "rules/lamp.html", context)


def _cell(v: Verdict, period: str) -> dict[str, Any]:
    word = _("已免") if v.excused else f"{v.value}/{v.expected}" if v.expected else "–"
    href = reverse("lamp", args=[v.rule, v.subject_id, v.period])
    return {
        "name": period_word(v.period),
        "level": v.lamp,
        "word": word,
        "hit": v.period == period,
        "href": href,
    }


def _records(rule: Rule, ids: list[int]) -> dict[int, tuple[str, str]]:
    """Record id → (title, address), for the kinds of record that rules rest on; one query."""
    if rule.record is Meeting:
        rows = Meeting.objects.filter(pk__in=ids).select_related("kind", "party_org")
        return {
            m.pk: (f"{m}" + (f"「{m.title}」" if m.title else ""), reverse("meeting", args=[m.pk]))
            for m in rows
        }
    if rule.record is Attendance:
        seats = Attendance.objects.filter(pk__in=ids).select_related(
            "person", "meeting__kind", "meeting__party_org"
        )
        return {a.pk: (f"{a.meeting} · {a.person}", reverse("meeting", args=[a.meeting_id])) for a in seats}
    if rule.record is PlanItem:
        return {i.pk: (i.title, reverse("item", args=[i.pk])) for i in PlanItem.objects.filter(pk__in=ids)}
    rows_of: Any = rule.record._default_manager
    model = {Vote: "agenda_item__meeting", Decision: "agenda_item__meeting"}[rule.record]  # type: ignore[index]
    found = rows_of.filter(pk__in=ids).select_related(model)
    return {
        d.pk: (
            str(d.agenda_item if rule.record is Vote else d),
            reverse("meeting", args=[d.agenda_item.meeting_id]),
        )
        for d in found
    }


@require_POST
def lamp_excuse(request: HttpRequest, rule: str, subject: int, period: str) -> HttpResponse:
    verdict, form = _verdict(request, rule, subject, period), ExcuseForm(request.POST)
    return perform(
        request, lambda: actions.excuse(verdict=verdict, by=actor(request), **form.cleaned_data),
        to=reverse("lamp", args=[rule, subject, period]), said=_("已准予免除，灯转灰，理由留档。"), form=form,
        again=lambda f: _page(request, rule, subject, period, f),
    )  # fmt: skip
