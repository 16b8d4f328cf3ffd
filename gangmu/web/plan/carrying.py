"""结转: what is not done of an earlier plan goes on in a draft, each item with what was learnt."""

from itertools import groupby
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Page
from django.db.models import Count, F
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gangmu.org.models import Department
from gangmu.plan import policies, queries
from gangmu.plan.actions import plans
from gangmu.plan.models import Plan, PlanItem
from gangmu.tasks import queries as tasks
from gangmu.web.act import perform
from gangmu.web.fetch import actor, fetch
from gangmu.web.paging import page_of
from gangmu.web.plan.forms import CarryForm

PER_PAGE = 400  # of one plan; more are on further pages
OPEN = 60  # so many rows stand open, more are folded by department

Row = tuple[PlanItem, str]


@require_http_methods(["GET", "POST"])
def plan_carry_over(request: HttpRequest, pk: int) -> HttpResponse:
    """Open items of one earlier plan (``?of=``), to be ticked, each with what was learnt."""
    found = fetch(policies.see_plan, request, pk, Plan.objects.select_related("unit"))
    if not policies.edit_plan.allows(actor(request), found):
        raise PermissionDenied(policies.edit_plan.reason)
    if request.method == "GET":
        return _page(request, found)
    form = CarryForm(request.POST, rows=tasks.not_done(queries.to_carry_over(found)))
    more = f"?of={request.POST['of']}" if request.POST.get("of", "").isdecimal() else ""
    return perform(
        request, lambda: plans.carry_over(plan=found, items=form.chosen(), by=actor(request)),
        to=reverse("plan_carry_over", args=[pk]) + more if "stay" in request.POST else reverse("plan", args=[pk]),
        said=_("结转过来了，接着改期限和牵头。"), form=form, again=lambda f: _page(request, found, f),
    )  # fmt: skip


def _page(request: HttpRequest, plan: Plan, form: CarryForm | None = None) -> HttpResponse:
    sources = _sources(plan)
    asked = request.POST.get("of") or request.GET.get("of", "")
    of = next((s for s in sources if str(s["plan_id"]) == asked), sources[0] if sources else None)
    page = _rows_of(plan, of, request.GET.get("page")) if of else None
    context = {
        "plan": plan, "sources": sources, "of": of, "page": page, "groups": _by_department(page) if page else [],
        "form": form, "total": sum(s["n"] for s in sources), "open": bool(page and len(page) <= OPEN),
    }  # fmt: skip
    return render(request, "plan/carry_over.html", context)


def _rows_of(plan: Plan, of: dict[str, Any], number: str | None) -> Page:
    rows = tasks.not_done(queries.to_carry_over(plan)).filter(plan_id=of["plan_id"])
    by_department = F("lead_department__position").asc(nulls_last=True)
    return page_of(
        rows.order_by(by_department, "lead_department_id", "position"), number, PER_PAGE, by="plan_id"
    )


def _sources(plan: Plan) -> list[dict[str, Any]]:
    """Earlier plans with something open: id, title, and how many items; the newest first. One query."""
    rows = tasks.not_done(queries.to_carry_over(plan)).order_by()
    counted = rows.values("plan_id", "plan__title", "plan__year").annotate(n=Count("pk"))
    return [dict(row) for row in counted.order_by("-plan__year", "-plan_id")]


def _by_department(page: Page) -> list[tuple[Department | None, list[Row]]]:
    """The rows of a page by department, each with how its work stands. One query."""
    facts = tasks.carried(i.pk for i in page)
    rows = [(item, _stands(facts.get(item.pk))) for item in page]
    return [
        (group[0][0].lead_department, group)
        for _key, found in groupby(rows, key=lambda row: row[0].lead_department_id)
        if (group := list(found))
    ]


def _stands(done: tasks.Carried | None) -> str:
    if done is None:
        return _("没有交办")
    return _("办结 %(a)s，共 %(n)s") % {"a": done.accepted, "n": done.total}
