"""Plans and the net map."""

from collections.abc import Callable
from math import isfinite
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import F
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_POST

from gangmu.flow import gates, lamps
from gangmu.org import queries as org
from gangmu.org.models import Department
from gangmu.plan import policies, queries, states
from gangmu.plan.actions import plans
from gangmu.plan.models import Plan
from gangmu.tasks.models import Task
from gangmu.tasks.policies import issue_task
from gangmu.web import netmap
from gangmu.web.act import perform
from gangmu.web.export import ledgers, lists
from gangmu.web.fetch import LARGEST_KEY, actor, fetch
from gangmu.web.paging import page_of
from gangmu.web.plan import drafting, net
from gangmu.web.plan.forms import BeginForm, DraftForm

PER_PAGE = 50


def _shown_plan(request: HttpRequest) -> Plan | None:
    """The plan asked for by ``?plan=``, else the newest of the own unit that is in force or in draft."""
    me = actor(request)
    if asked := request.GET.get("plan", ""):
        return get_object_or_404(policies.see_plan.filter(me), pk=int(asked) if asked.isdecimal() else 0)
    plan = queries.newest_plan(me.unit_id)
    return plan if plan and policies.see_plan.allows(me, plan) else None


MANY = 80  # more items than this open folded
VIEWS_OF_NET = ("line", "matrix", "list", "print")


def net_map(request: HttpRequest) -> HttpResponse:
    """The rope, the mesh, the knots and the holes of a plan: as lines, as a matrix, as a list, as a poster."""
    plan = _shown_plan(request)
    if plan and ledgers.wanted(request):
        rows = queries.knots(plan.pk).select_related("gang__lead_department", "mu__lead_department")
        return ledgers.ledger(
            request,
            lists.entry_points(
                _("%(plan)s切入点台账") % {"plan": plan.title},
                rows.order_by("mu__position", "id")[: ledgers.MOST],
            ),
        )
    asked = {name: request.GET.get(name, "") for name in ("view", "fold", "open", "plan", "q")}
    view = asked["view"] if asked["view"] in VIEWS_OF_NET else "line"
    empty = netmap.NetData((), (), ())
    by = "leader" if asked["fold"] == "leader" else "department"
    found = net.data(plan, lambda i: reverse("item", args=[i.pk]), by=by) if plan else empty
    folded = _folds(asked["fold"], found) if view == "line" else frozenset()
    shown = found
    words = asked["q"][:60].strip()
    hits = netmap.matches(found, words)
    opened = {
        *asked["open"].split(","),
        *(g.key for g in (*found.rope, *found.mesh) if any(i.id in hits for i in g.items)),
    }
    for side in folded:  # what is searched is never folded away
        shown = netmap.fold(shown, opened, rope=side == "rope")
    layout = netmap.layout(shown)
    kept = tuple((name, value) for name, value in asked.items() if value)
    sel = netmap.select(layout, request.GET.get("sel", ""), request.GET.get("only", ""), kept, words, hits)
    chosen = sel.row.item.id if sel.row and sel.row.item.folded is None else ""
    context = {
        "layout": layout, "sel": sel, "as_list": view == "list", "view": view, "folded": folded, "by": by,
        "add_url": f"{reverse('entry_queue', args=[plan.pk])}?at={chosen}&then=item" if plan and chosen else "",
        "facts": plan.when if plan else "", "plan": plan, "asked": asked, "words": words, "hits": len(hits),
        "long": view == "line" and len(layout.rope_rows) + len(layout.mesh_rows) > 2 * MANY,
        "sheet_url": reverse("netmap_sheet") + "?" + layout.query, "to": _net_link(asked),
        "matrix": netmap.matrix(found) if view == "matrix" else None, "holes": (layout.mesh_holes, layout.rope_holes),
        "ledger": ledgers.link(request),
    }  # fmt: skip
    return render(request, "netmap/poster.html" if view == "print" else "netmap/page.html", context)


def _folds(asked: str, found: netmap.NetData) -> frozenset[str]:
    """Which sides are folded: the one asked for; unasked, each side that has more than a screen can hold."""
    if asked in ("department", "leader", "facet"):
        return frozenset({"rope" if asked == "facet" else "mesh"})
    if asked == "none":
        return frozenset()
    counts = {"mesh": sum(len(g.items) for g in found.mesh), "rope": sum(len(g.items) for g in found.rope)}
    return frozenset(side for side, count in counts.items() if count > MANY)


def _net_link(asked: dict[str, str]) -> Callable[..., str]:
    """``to(view="matrix")``: the same page with parts of the address changed; empty parts are left out."""

    def to(**changed: str) -> str:
        parts = {name: value for name, value in {**asked, **changed}.items() if value}
        return "?" + urlencode(parts)

    return to


@cache_control(max_age=86400, private=True)
def netmap_sheet(request: HttpRequest) -> HttpResponse:
    """The three numbers of a layout as CSS: the policy of the pages allows no inline style."""
    try:
        h, gp, mp = (float(request.GET.get(name, "1")) for name in ("h", "gp", "mp"))
        if not all(map(isfinite, (h, gp, mp))):
            return HttpResponseBadRequest()
        return HttpResponse(netmap.stylesheet(h, gp, mp), content_type="text/css")
    except ValueError:
        return HttpResponseBadRequest()


def plan_list(request: HttpRequest) -> HttpResponse:
    """The plans of the unit; whoever reads for the leadership also sees the units below. ``?period=`` narrows it."""
    return _list_page(request)


def _list_page(request: HttpRequest, form: DraftForm | None = None) -> HttpResponse:
    me = actor(request)
    rows = policies.see_plan.filter(me).exclude(state="dropped").select_related("unit")
    period = request.GET.get("period", "")
    if period in Plan.Period.values:
        rows = rows.filter(period=period)
    rows = rows.order_by("unit__path", "-year", F("starts_on").desc(nulls_last=True), "-id")
    if ledgers.wanted(request):
        return ledgers.ledger(request, lists.plans(rows[: ledgers.MOST]))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    may = policies.edit_plan.allows(me, Plan(unit_id=me.unit_id))
    context = {
        "page": page, "may_edit": may, "draft_form": form or (DraftForm(unit_id=me.unit_id) if may else None),
        "period": period, "periods": Plan.Period.choices, "ledger": ledgers.link(request),
    }  # fmt: skip
    return render(request, "plan/list.html", context)


@require_POST
def plan_draft(request: HttpRequest) -> HttpResponse:
    me = actor(request)
    if not policies.edit_plan.allows(me, Plan(unit_id=me.unit_id)):
        raise PermissionDenied(policies.edit_plan.reason)
    form = DraftForm(request.POST, unit_id=me.unit_id)

    def do() -> Plan:
        unit = org.units_below(me.unit_id).get(pk=me.unit_id)
        return plans.draft(unit=unit, by=me, **form.cleaned_data)

    return perform(
        request, do, to=lambda p: reverse("plan", args=[p.pk]), said=_("草稿建好了，一行一项往下写。"), form=form,
        again=lambda f: _list_page(request, f),
    )  # fmt: skip


VIEWS = ("all", "gang", "mu", "holes")


def plan(request: HttpRequest, pk: int) -> HttpResponse:
    """A draft side by side for whoever writes it; else the items with their four lamps, fifty a page."""
    found = fetch(policies.see_plan, request, pk, Plan.objects.select_related("unit"))
    drafts = found.state in states.EDITABLE_PLAN and policies.edit_plan.allows(actor(request), found)
    if drafts and request.GET.get("view") not in VIEWS and not ledgers.wanted(request):
        return drafting.page(request, found)
    return _plan_page(request, found, drafts)


def _plan_page(request: HttpRequest, found: Plan, drafts: bool) -> HttpResponse:
    view = request.GET.get("view") if request.GET.get("view") in VIEWS else "all"
    department = request.GET.get("department", "")
    rows = queries.unbound(found.pk) if view == "holes" else queries.action_items(found.pk)
    if view in ("gang", "mu"):
        rows = rows.filter(track=view)
    if department.isdecimal():
        rows = rows.filter(lead_department_id=min(int(department), LARGEST_KEY))
    if ledgers.wanted(request):
        listed = list(rows[: ledgers.MOST])
        return ledgers.ledger(request, lists.items(found, listed, lamps.of_items(listed, found)))
    page = page_of(rows, request.GET.get("page"), PER_PAGE, by="plan_id")
    me = actor(request)
    edits = policies.edit_plan.allows(me, found)
    open_draft = found.state in states.EDITABLE_PLAN
    context = {
        "ledger": ledgers.link(request), "plan": found, "page": page, "fours": lamps.of_items(list(page.object_list), found),
        "view": view, "department": department, "departments": Department.objects.filter(unit_id=found.unit_id),
        "gate": gates.adoption(found) if open_draft else None, "drafts": drafts,
        "may_close": found.state == "adopted" and edits, "may_amend": found.state == "adopted" and edits,
        "may_deploy": found.state == "adopted" and issue_task.allows(me, Task(unit_id=found.unit_id)),
        "amendments": list(found.amendments.all()) if found.adopted_on else [], "begin_form": BeginForm(),
    }  # fmt: skip
    return render(request, "plan/detail.html", context)


@require_POST
def plan_drop(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_plan, request, pk)
    return perform(
        request, lambda: plans.drop(plan=found, by=actor(request)), to=reverse("paper_list"),
        said=_("已作废。同一份文件可以重新导入。"),
    )  # fmt: skip


@require_POST
def plan_close(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_plan, request, pk)
    return perform(
        request,
        lambda: plans.close(plan=found, by=actor(request)),
        to=reverse("plan", args=[pk]),
        said=_("计划已结束。"),
    )
