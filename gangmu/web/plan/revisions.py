"""A revised paper beside the plan it revises, and what is remembered of earlier corrections."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gangmu.flow import rereading
from gangmu.org import queries as org
from gangmu.org.actions import aliases
from gangmu.org.models import DepartmentAlias
from gangmu.plan import policies, queries
from gangmu.plan.actions import hints
from gangmu.plan.models import Plan, ReadingHint
from gangmu.web.act import perform
from gangmu.web.fetch import actor, fetch

SHOWN = 20


def paper_compare(request: HttpRequest, pk: int, base: int = 0) -> HttpResponse:
    """What the revised paper ``pk`` changes in the plan ``base``; without one, which plan it revises."""
    plan = fetch(policies.see_plan, request, pk)
    if plan.state != Plan.State.PREVIEW:
        return redirect("paper", pk)
    may = policies.edit_plan.allows(actor(request), plan)
    if not base:
        rows = queries.revisable(plan)[:SHOWN]
        return render(request, "papers_in/which.html", {"plan": plan, "plans": rows})
    other = fetch(policies.see_plan, request, base, queries.revisable(plan))
    changes = rereading.compare(other, plan)
    context = {
        "plan": plan, "base": other, "changes": changes, "in_force": other.state == Plan.State.ADOPTED,
        "may_take": may and rereading.takes_changes(other),
        "counts": {kind: sum(c.kind == kind for c in changes) for kind in ("added", "removed", "changed")},
    }  # fmt: skip
    return render(request, "papers_in/compare.html", context)


@require_POST
def paper_take_over(request: HttpRequest, pk: int, base: int) -> HttpResponse:
    plan = fetch(policies.see_plan, request, pk)
    other = fetch(policies.see_plan, request, base, Plan.objects.filter(unit_id=plan.unit_id).exclude(pk=pk))
    return perform(
        request,
        lambda: rereading.accept(
            base=other, revised=plan, keys=request.POST.getlist("take"), by=actor(request)
        ),
        to=lambda taken: reverse("paper_compare", args=[pk, base]) if taken is None else reverse("plan", args=[base]),
        said=_("勾上的改动写成了一次年中调整，提请会议决定以后生效；没勾的没有动。") if other.state == Plan.State.ADOPTED
        else _("勾上的改动都进了计划，修订稿收起了；没勾的没有动。"),
    )  # fmt: skip


# ---- what is remembered ----


def paper_remembered(request: HttpRequest) -> HttpResponse:
    """The unit's remembered names and labels; whoever may edit plans can forget one."""
    me = actor(request)
    may = policies.edit_plan.allows(me, Plan(unit_id=me.unit_id))
    found = policies.see_plan.filter(me).filter(unit_id=me.unit_id).exists() or may
    context = {
        "may_edit": may, "aliases": org.remembered_aliases(me.unit_id) if found else [],
        "hints": ReadingHint.objects.filter(unit_id=me.unit_id) if found else [],
    }  # fmt: skip
    return render(request, "papers_in/remembered.html", context)


@require_POST
def alias_forget(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_alias, request, pk, DepartmentAlias.objects.select_related("department"))
    return perform(
        request, lambda: aliases.forget(alias=found, by=actor(request)), to=reverse("paper_remembered"),
        said=_("忘掉了，下次照原样读。"),
    )  # fmt: skip


@require_POST
def hint_forget(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_hint, request, pk)
    return perform(
        request, lambda: hints.forget(hint=found, by=actor(request)), to=reverse("paper_remembered"),
        said=_("忘掉了，下次照原样读。"),
    )  # fmt: skip
