"""The list of joint inspections, one inspection, and ordering a new one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gangmu.common import clock
from gangmu.inspection import policies, queries
from gangmu.inspection.actions import inspections
from gangmu.inspection.models import Finding, Inspection
from gangmu.org.models import Unit
from gangmu.org.permissions import Permission
from gangmu.web.act import perform
from gangmu.web.export import ledgers, lists
from gangmu.web.fetch import actor
from gangmu.web.inspection import page
from gangmu.web.inspection.forms import OrderForm

PER_PAGE = 50


def inspection_list(request: HttpRequest) -> HttpResponse:
    """Inspections one may see, the newest first, and the findings still open in them."""
    me, today = actor(request), clock.today()
    seen = policies.see_inspection.filter(me, Inspection.objects.all()).values("pk")
    rows = queries.inspections(me.unit_id).filter(pk__in=seen)
    if ledgers.wanted(request):
        if request.GET.get("of") == "findings":
            found = Finding.objects.filter(line__inspection__in=seen)
            found = found.select_related("line__inspection", "line__item", "department").order_by(
                "due_on", "pk"
            )
            return ledgers.ledger(request, lists.findings(found[: ledgers.MOST]))
        return ledgers.ledger(request, lists.inspections(rows[: ledgers.MOST]))
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    findings = queries.open_findings(me.unit_id).filter(line__inspection__in=seen)
    counts = queries.counts(seen, today)
    context = {
        "ledger": ledgers.link(request),
        "page": shown, "today": today, "findings": findings[:20], "counts": counts,
        "can_order": me.can(Permission.INSPECTION_ORDER),
    }  # fmt: skip
    return render(request, "inspection/list.html", context)


def inspection(request: HttpRequest, pk: int) -> HttpResponse:
    line = request.GET.get("line", "")
    panel = "raise" if request.GET.get("do") == "raise" else ""
    return page.show(request, pk, line=int(line) if line.isdecimal() else None, panel=panel)


@require_http_methods(["GET", "POST"])
def inspection_new(request: HttpRequest) -> HttpResponse:
    """A joint order: both kinds of people, and the items to look at."""
    me = actor(request)
    if not me.can(Permission.INSPECTION_ORDER):
        raise PermissionDenied(policies.order_inspection.reason)
    if request.method == "GET":
        return _new(request, OrderForm(unit_id=me.unit_id))
    form = OrderForm(request.POST, unit_id=me.unit_id)
    return perform(
        request, lambda: inspections.order(unit=Unit.objects.get(pk=me.unit_id), by=me, **form.cleaned_data),
        to=lambda row: reverse("inspection", args=[row.pk]), said=_("督查下达了，两头的人都已列上。"),
        form=form, again=lambda f: _new(request, f),
    )  # fmt: skip


def _new(request: HttpRequest, form: Any) -> HttpResponse:
    return render(request, "inspection/new.html", {"form": form})
