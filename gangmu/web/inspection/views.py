"""The list of visits, the year's programme, one visit, and ordering a new one."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gangmu.common import clock
from gangmu.inspection import policies, queries
from gangmu.inspection.actions import inspections
from gangmu.inspection.models import Finding, Inspection
from gangmu.inspection.queries import programme
from gangmu.org import queries as org
from gangmu.org.actor import Actor
from gangmu.org.models import Unit
from gangmu.org.permissions import Permission
from gangmu.web.act import perform
from gangmu.web.export import ledgers, lists
from gangmu.web.fetch import actor
from gangmu.web.inspection import page
from gangmu.web.inspection.forms import OrderForm, PlanVisitForm

PER_PAGE = 50


def _findings(seen: Any) -> list[Finding]:
    """Every finding of the inspections one may see, for the rectification ledger."""
    rows = Finding.objects.filter(line__inspection__in=seen)
    rows = rows.select_related("line__inspection", "line__item", "department", "rechecked_by")
    return list(rows.order_by("due_on", "pk")[: ledgers.MOST])


def inspection_list(request: HttpRequest) -> HttpResponse:
    """Visits one may see, the newest first, and the findings still open in them."""
    me, today = actor(request), clock.today()
    seen = policies.see_inspection.filter(me, Inspection.objects.all()).values("pk")
    rows = queries.inspections(me.unit_id).filter(pk__in=seen)
    if ledgers.wanted(request):
        if request.GET.get("of") == "findings":
            found = _findings(seen)
            return ledgers.ledger(request, lists.findings(found, queries.earlier_alike(found)))
        return ledgers.ledger(request, lists.inspections(rows[: ledgers.MOST]))
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    findings = queries.open_findings(me.unit_id).filter(line__inspection__in=seen)[:20]
    counts = queries.counts(seen, today)
    context = {
        "ledger": ledgers.link(request),
        "page": shown, "today": today, "findings": findings, "counts": counts,
        "repeats": queries.earlier_alike(findings), "can_order": me.can(Permission.INSPECTION_ORDER),
    }  # fmt: skip
    return render(request, "inspection/list.html", context)


def inspection_calendar(request: HttpRequest) -> HttpResponse:
    return show_calendar(request)


def show_calendar(request: HttpRequest, form: PlanVisitForm | None = None) -> HttpResponse:
    """The year's programme, month by month; visits that come too close; how much each department is asked for."""
    me, today = actor(request), clock.today()
    asked = request.GET.get("year", "")
    year = (
        int(asked) if asked.isascii() and asked.isdecimal() and 2000 <= int(asked[:5]) <= 2100 else today.year
    )
    seen = set(policies.see_inspection.filter(me).filter(visit_on__year=year).values_list("pk", flat=True))
    found = programme.visits(me.unit_id, date(year, 1, 1), date(year, 12, 31))
    shown = [v for v in found if v.inspection.pk in seen]
    orders = me.can(Permission.INSPECTION_ORDER)
    months = [(m, [v for v in shown if v.on.month == m]) for m in range(1, 13)]
    context = {
        "year": year, "today": today, "months": months, "count": len(shown), "can_order": orders,
        "overlaps": programme.overlaps(found) if orders else [], "close": programme.CLOSE,
        "shares": programme.joint_share(shown) if me.can(Permission.RULE_READ_ALL) else [],
        "asked": _asked(me, found if year == today.year else None) if orders else [], "few": programme.FEW,
        "form": (form or PlanVisitForm(unit_id=me.unit_id)) if orders else None,
    }  # fmt: skip
    return render(request, "inspection/calendar.html", context)


def _asked(me: Actor, visits: list[programme.Visit] | None) -> list[tuple[Any, programme.Asked]]:
    """Departments in their own order, never by number; those that were asked for nothing are left out."""
    found = programme.asked(me.unit_id, clock.today(), visits)
    return [(d, found[d.pk]) for d in org.departments(me.unit_id) if d.pk in found]


def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    line = request.GET.get("line", "")
    asked = request.GET.get("do", "")
    panel = asked if asked in ("raise", "propose") else ""
    return page.show(request, pk, line=int(line) if line.isdecimal() else None, panel=panel)


@require_http_methods(["GET", "POST"])
def inspection_new(request: HttpRequest) -> HttpResponse:
    """A visit is ordered. ``?planned=`` starts from the programme."""
    me = actor(request)
    if not me.can(Permission.INSPECTION_ORDER):
        raise PermissionDenied(policies.order_inspection.reason)
    if request.method == "GET":
        return _new(request, _form(me, initial=_planned(me, request.GET.get("planned", ""))))
    form = _form(me, request.POST)
    return perform(
        request, lambda: inspections.order(unit=Unit.objects.get(pk=me.unit_id), by=me, **form.cleaned_data),
        to=lambda row: reverse("inspection", args=[row.pk]), said=_("下达了，去的人都已列上。"),
        form=form, again=lambda f: _new(request, f),
    )  # fmt: skip


def _form(me: Actor, data: QueryDict | None = None, **kwargs: Any) -> OrderForm:
    planned = policies.order_inspection.filter(me, Inspection.objects.filter(state=Inspection.State.PLANNED))
    asked = programme.asked(me.unit_id, clock.today())
    return OrderForm(data, unit_id=me.unit_id, planned=planned, asked=asked, **kwargs)


def _planned(me: Actor, asked: str) -> dict[str, Any]:
    """What the programme says already."""
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 18):
        return {}
    row = policies.order_inspection.filter(me).filter(pk=int(asked), state=Inspection.State.PLANNED).first()
    if row is None:
        return {}
    return {"planned": row.pk, "kind": row.kind, "title": row.title, "visit_on": row.visit_on, "topic": row.topic,
            "branch": row.branch_id}  # fmt: skip


def _new(request: HttpRequest, form: OrderForm) -> HttpResponse:
    me = actor(request)
    context = {"form": form, "departments": org.departments(me.unit_id)}
    return render(request, "inspection/new.html", context)
