"""One item: its lamps, its knots, its way from demand to honour, and the steps that may be taken."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_POST

from gangmu.common import clock
from gangmu.events import timeline
from gangmu.flow import lamps, steps
from gangmu.plan import policies, queries, states
from gangmu.plan.actions import entry_points
from gangmu.plan.models import EntryPoint, PlanItem
from gangmu.review import policies as review_policies
from gangmu.review.models import Honour
from gangmu.review.queries import honours
from gangmu.tasks import policies as task_policies
from gangmu.tasks import queries as task_queries
from gangmu.tasks.actions.tasks import NewResource
from gangmu.tasks.models import Task
from gangmu.web.act import perform
from gangmu.web.fetch import actor, fetch
from gangmu.web.format import cn_date
from gangmu.web.plan import heading, queue
from gangmu.web.plan.forms import DeployForm, ReasonForm, TieForm, UntieForm
from gangmu.web.review.way_back import honour_rows
from gangmu.web.wording import timeline_rows


def item(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


def _item(request: HttpRequest, pk: int) -> PlanItem:
    rows = PlanItem.objects.select_related(
        "plan__unit", "lead_department", "leader", "unbound_reason", "carried_from__plan"
    )
    return fetch(policies.see_item, request, pk, queries.with_under(rows))


def _page(request: HttpRequest, pk: int, **forms: Any) -> HttpResponse:
    """Nine queries, whatever hangs on the item; knots are tied on the page of proposals.

    A heading takes two more for what stands under it, and is not offered to be deployed: the work is that of its items.
    """
    me, found = actor(request), _item(request, pk)
    knots = queries.knots_of(found) if found.is_task else []  # a heading is not tied
    others = [k.gang if k.mu_id == pk else k.mu for k in knots]
    all_tasks = list(task_queries.of_items([pk, *(o.pk for o in others)]))
    leaves = queries.leaves_under(found) if found.heads else []  # type: ignore[attr-defined]
    carried = task_queries.carried_from(all_tasks)
    if leaves:
        carried |= task_queries.carried(i.pk for i in leaves)
    fours = lamps.of_items([found, *others, *leaves], found.plan, carried)
    own_tasks = [t for t in all_tasks if t.item_id == pk]
    hanging = queries.hanging_on(pk)
    points = [h for h in hanging if h.what == "point"]
    live = found.is_task and not found.dropped_on
    binds = live and found.plan.state in states.BINDABLE_PLAN and policies.bind_item.allows(me, found)
    deploys = (
        live
        and found.plan.state == "adopted"
        and task_policies.issue_task.allows(me, Task(unit_id=found.plan.unit_id))
    )
    won = honour_rows(honours.of_items([pk, *(o.pk for o in others)]), clock.today(), here=pk)
    keeps = review_policies.keep_honour.allows(me, Honour(unit_id=found.plan.unit_id))
    reason = getattr(found, "unbound_reason", None)
    context = {
        "under": heading.under(leaves, fours),
        "item": found, "four": fours[pk], "today": clock.today(), "binds": binds,
        "knots": [_knot(k, found, fours) for k in knots], "reason": reason, "tasks": own_tasks, "points": points,
        "thread": _thread(found, points, fours[pk], won), "carried_to": [h for h in hanging if h.what == "carried"],
        "co": [h.title for h in hanging if h.what == "department"],
        "may_honour": keeps and found.is_task and found.plan.state in honours.WORKED_BY and not found.dropped_on,
        "may_untie": binds and policies.edit_item.allows(me, found), "untie_form": UntieForm(), "untie_of": None,
        "may_accept": bool(reason and not reason.accepted_on) and policies.accept_reason.allows(me, found),
        "deploy_form": _deploy_form(found) if deploys and not leaves and "deploy_form" not in forms else None,
    }  # fmt: skip
    return render(request, "plan/item.html", context | forms)


def _thread(
    found: PlanItem, points: list[queries.Hanging], four: lamps.Four, won: list[tuple[date, dict[str, Any]]]
) -> list[dict[str, Any]]:
    """From demand to honour: what it was carried over from, the demands it answers, its decision, its own events, what
    was won by it."""
    today, rows = clock.today(), []
    if old := found.carried_from:
        rows.append({"date": _("%(year)s年") % {"year": old.plan.year}, "side": "both", "step": _("结转"), "title": old.title,
                     "href": reverse("item", args=[old.pk]), "note": found.learnt, "record": old.plan.title})  # fmt: skip
    for p in points:
        rows.append({"date": cn_date(p.day, today) if p.day else "", "side": "both", "step": _("要求"),
                     "title": f"{p.of}：{p.title}", "href": reverse("directive", args=[p.pk]), "record": ""})  # fmt: skip
    steps, studied, marks = timeline.of(found), four.facts.studied, won
    if studied and not any(s.event.verb == "meetings.decide" for s in steps):
        href = reverse("meeting", args=[studied.meeting_id])
        row = {"date": cn_date(studied.on, today), "side": "both", "step": _("研究"), "href": href,
               "title": _("%(meeting)s通过计划，两条线同题研究") % {"meeting": studied.meeting}, "record": ""}  # fmt: skip
        marks = sorted([(studied.on, row), *won], key=lambda mark: mark[0])
    return rows + _woven(steps, marks, today, found.track)


def _woven(
    steps: list[timeline.Step], marks: list[tuple[date, dict[str, Any]]], today: date, track: str
) -> list[dict[str, Any]]:
    """Rows of the events, and each mark after the events of its day."""
    rows: list[dict[str, Any]] = []
    for on, row in marks:
        before = [s for s in steps if s.event.happened_on <= on]
        rows += [*timeline_rows(before, today, track), row]
        steps = steps[len(before) :]
    return rows + timeline_rows(steps, today, track)


def _deploy_form(found: PlanItem) -> DeployForm:
    initial = {"department": found.lead_department, "due_on": found.due_on}
    return DeployForm(unit_id=found.plan.unit_id, initial=initial)


STATE_WORDS = {
    "effective": ("ok", _l("已见效")), "open": ("na", _l("在推进")), "half": ("warn", _l("半边闭合")),
    "overdue": ("bad", _l("到期未见效")),
}  # fmt: skip


def _knot(entry: EntryPoint, item: PlanItem, fours: dict[int, lamps.Four]) -> dict[str, Any]:
    """A knot as the entry row shows it, seen from ``item``."""
    done = {pk: four.facts.done for pk, four in fours.items()}
    state = queries.state_of(
        entry, today=clock.today(), gang_done=done[entry.gang_id], mu_done=done[entry.mu_id]
    )
    level, word = STATE_WORDS[state]
    other = entry.gang if entry.mu_id == item.pk else entry.mu
    side = "party" if other.track == "gang" else "business"
    effect = entry.effect or _("期望：%(text)s") % {"text": entry.expected}
    return {
        "pk": entry.pk, side: {"title": other.title, "href": reverse("item", args=[other.pk])},
        "kind": str(entry.get_kind_display()), "state": state, "effect": effect, "level": level, "word": str(word),
        "note": "", "open": entry.state == EntryPoint.State.OPEN,
    }  # fmt: skip


def _at(pk: int) -> str:
    return reverse("item", args=[pk])


@require_POST
def entry_tie(request: HttpRequest, pk: int) -> HttpResponse:
    """From the page of proposals; afterwards the next item, or back to this one (``then=item``)."""
    found = _item(request, pk)
    form = TieForm(request.POST, item=found)

    def do() -> EntryPoint:
        data = dict(form.cleaned_data)
        partner = data.pop("partner")
        gang, mu = (found, partner) if found.track == "gang" else (partner, found)
        return entry_points.tie(gang=gang, mu=mu, by=actor(request), **data)

    return perform(
        request, do, to=_afterwards(request, found), said=_("结上了。督查时会对着期望看成效。"), form=form,
        again=lambda f: queue.page(request, found.plan, found, tie_form=f),
    )  # fmt: skip


def _afterwards(request: HttpRequest, found: PlanItem) -> str:
    return (
        reverse("entry_queue", args=[found.plan_id]) if request.POST.get("then") == "queue" else _at(found.pk)
    )


@require_POST
def entry_untie(request: HttpRequest, pk: int) -> HttpResponse:
    entry = fetch(policies.see_entry_point, request, pk)
    form = UntieForm(request.POST)
    return perform(
        request, lambda: entry_points.untie(entry_point=entry, by=actor(request), **form.cleaned_data),
        to=_at(entry.mu_id), said=_("解开了，记录还在。"), form=form,
        again=lambda f: _page(request, entry.mu_id, untie_form=f, untie_of=pk),
    )  # fmt: skip


@require_POST
def reason_give(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _item(request, pk), ReasonForm(request.POST)
    return perform(
        request, lambda: entry_points.give_reason(item=found, by=actor(request), **form.cleaned_data),
        to=_afterwards(request, found), said=_("理由写下了，等核准。"), form=form,
        again=lambda f: queue.page(request, found.plan, found, reason_form=f),
    )  # fmt: skip


@require_POST
def reason_accept(request: HttpRequest, pk: int) -> HttpResponse:
    found = _item(request, pk)
    return perform(
        request,
        lambda: entry_points.accept_reason(item=found, by=actor(request)),
        to=_at(pk),
        said=_("已准予不绑，理由留档。"),
    )


@require_POST
def item_deploy(request: HttpRequest, pk: int) -> HttpResponse:
    found = _item(request, pk)
    form = DeployForm(request.POST, unit_id=found.plan.unit_id)

    def do() -> Task:
        data = form.cleaned_data
        return steps.deploy_item(
            item=found, department=data["department"], due_on=data["due_on"], requirement=data["requirement"],
            co_departments=data["co_departments"], resources=_resources(data), by=actor(request),
        )  # fmt: skip

    return perform(
        request, do, to=_at(pk), said=_("已交办，等牵头部门签收。"), form=form,
        again=lambda f: _page(request, pk, deploy_form=f),
    )  # fmt: skip


def _resources(data: dict[str, Any]) -> list[NewResource]:
    found = []
    if data["people_line"]:
        found.append(NewResource("people", data["people_line"]))
    if data["money_line"] is not None:
        found.append(NewResource("money", _("经费（元）"), data["money_line"]))
    if data["things_line"]:
        found.append(NewResource("things", data["things_line"]))
    return found
