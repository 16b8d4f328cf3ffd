"""Papers read into plans: upload, look over beside the original, confirm as a draft."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gangmu.common import source
from gangmu.flow import reading
from gangmu.org.models import Unit
from gangmu.plan import policies
from gangmu.plan.actions import items, plans
from gangmu.plan.models import Plan, PlanItem
from gangmu.web.act import perform
from gangmu.web.fetch import actor, fetch
from gangmu.web.plan.forms import ImportForm, ItemForm

SHOWN = 30


def paper_list(request: HttpRequest) -> HttpResponse:
    """Papers that came in, and the place to bring the next one."""
    return _list(request)


def _list(request: HttpRequest, form: ImportForm | None = None) -> HttpResponse:
    me = actor(request)
    rows = (
        policies.see_plan.filter(me)
        .filter(unit_id=me.unit_id)
        .exclude(source_name="")
        .order_by("-id")[:SHOWN]
    )
    may = policies.edit_plan.allows(me, Plan(unit_id=me.unit_id))
    return render(
        request, "papers_in/list.html", {"papers": rows, "form": form or ImportForm(), "may_import": may}
    )


@require_POST
def paper_import(request: HttpRequest) -> HttpResponse:
    me, form = actor(request), ImportForm(request.POST, request.FILES)
    if not policies.edit_plan.allows(me, Plan(unit_id=me.unit_id)):  # before anything of the file is read
        raise PermissionDenied(policies.edit_plan.reason)

    def do() -> Plan:
        upload = form.cleaned_data["file"]
        with source.through("import"):
            return reading.import_plan(
                data=upload.read(), name=upload.name, unit=Unit.objects.get(pk=me.unit_id),
                year=form.cleaned_data["year"], by=me,
            )  # fmt: skip

    return perform(
        request, do, to=lambda p: reverse("paper", args=[p.pk]), said=_("读好了。请对着原文看一遍推定的地方。"), form=form,
        again=lambda f: _list(request, f),
    )  # fmt: skip


def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The two panes: source paragraphs at the left, what was read at the right."""
    plan = fetch(policies.see_plan, request, pk)
    if plan.state not in ("preview", "draft") or not plan.source_name:
        return redirect("plan", pk)
    return _preview(request, plan)


def _preview(
    request: HttpRequest, plan: Plan, form: ItemForm | None = None, editing: int = 0
) -> HttpResponse:
    me = actor(request)
    only = request.GET.get("only") == "waiting"
    rows = list(
        plan.items.select_related("lead_department", "leader").prefetch_related("co_departments__department")
    )
    waiting = [r for r in rows if r.guesses]
    asked = request.GET.get("edit", "")
    editing = editing or (int(asked) if asked.isdecimal() else 0)
    target = next((r for r in rows if r.pk == editing), None)
    paragraphs = list(plan.paragraphs.all())
    counts = {fate: sum(p.fate == fate for p in paragraphs) for fate in ("item", "note", "aside")}
    context: dict[str, Any] = {
        "plan": plan, "rows": waiting if only else rows, "paragraphs": paragraphs, "counts": counts, "only": only,
        "waiting": len(waiting), "task_count": sum(r.is_task for r in rows), "editing": editing,
        "may_edit": policies.edit_plan.allows(me, plan),
        "form": form or (ItemForm.of(target, plan.unit_id) if target else None),
        "read_nos": {n for r in rows for n in r.paragraph_nos},
        "guess_nos": {n for r in waiting for n in r.paragraph_nos},
    }  # fmt: skip
    return render(request, "papers_in/preview.html", context)


def _at(plan_id: int, item_id: int | None = None) -> str:
    return reverse("paper", args=[plan_id]) + (f"#item-{item_id}" if item_id else "")


def _item(request: HttpRequest, pk: int) -> PlanItem:
    return fetch(policies.see_item, request, pk, PlanItem.objects.select_related("plan"))


@require_POST
def item_accept(request: HttpRequest, pk: int) -> HttpResponse:
    found = _item(request, pk)
    return perform(
        request,
        lambda: items.accept_guesses(item=found, by=actor(request)),
        to=_at(found.plan_id, pk),
        said=_("认可了。"),
    )


@require_POST
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _item(request, pk)
    form = ItemForm(request.POST, unit_id=found.plan.unit_id)
    return perform(
        request, lambda: items.edit(item=found, by=actor(request), **form.cleaned_data), to=_at(found.plan_id, pk),
        said=_("改好了。"), form=form, again=lambda f: _preview(request, found.plan, f, pk),
    )  # fmt: skip


@require_POST
def item_set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    found = _item(request, pk)
    return perform(
        request, lambda: items.set_aside(item=found, by=actor(request)), to=_at(found.plan_id),
        said=_("搁置了，原文还在左边。"),
    )  # fmt: skip


@require_POST
def paper_accept_all(request: HttpRequest, pk: int) -> HttpResponse:
    plan = fetch(policies.see_plan, request, pk)
    return perform(
        request,
        lambda: items.accept_all_guesses(plan=plan, by=actor(request)),
        to=_at(pk),
        said=_("全部认可了。"),
    )


@require_POST
def paper_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    plan = fetch(policies.see_plan, request, pk)
    return perform(
        request, lambda: plans.confirm(plan=plan, by=actor(request)),
        to=lambda p: reverse("plan", args=[pk]) if p else _at(pk), said=_("成了草稿。接着结切入点，再提请党组会。"),
    )  # fmt: skip
