"""Drafting side by side: both tracks of a plan as two columns of lines that are typed like a spreadsheet.

Every field is a real one in a form of its own, so the page works without script; with script Enter adds the next
line, Tab at the start of a line goes deeper, Alt with an arrow moves, a paste of several lines makes several lines.
What script sends gets JSON or a fragment back, a plain form the page.
"""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gangmu.common.errors import NotAllowed, Refused
from gangmu.flow import gates, skins
from gangmu.org import queries as org
from gangmu.plan import policies, queries
from gangmu.plan.actions import items, outline
from gangmu.plan.models import Plan, PlanItem
from gangmu.plan.order import nodes_of
from gangmu.web.act import perform
from gangmu.web.fetch import actor, fetch
from gangmu.web.forms import Form
from gangmu.web.plan import lines, papers
from gangmu.web.plan.forms import BulkForm, LinesForm, RowForm, TickedForm

MOST_SHOWN = 800  # lines side by side; the page says how many more the list has


def page(request: HttpRequest, plan: Plan, **more: Any) -> HttpResponse:
    """The two columns. Six queries, whatever the size of the plan."""
    rows = skins.items_of(plan)
    findings = skins.check(plan, rows)
    loose = {f.subject for f in findings if f.code.startswith("unbound")}
    shown = [row_of(i, plan, tied=str(i.pk) not in loose) for i in rows[:MOST_SHOWN]]
    departments = list(org.departments(plan.unit_id))
    context = {
        "plan": plan, "columns": [(side, [r for r in shown if r["track"] == side]) for side in PlanItem.Track.values],
        "gate": gates.gate_of(findings), "loose": len(loose), "count": len(rows), "hidden": len(rows) - len(shown),
        "departments": departments, "bulk_form": BulkForm(unit_id=plan.unit_id, known=departments),
        "facets": PlanItem.Facet.choices, "lines_form": LinesForm(), "lines_track": "", "row_form": None, "view": "draft",
    }  # fmt: skip
    return render(request, "plan/draft.html", context | more)


def row_of(item: PlanItem, plan: Plan, *, tied: bool = False) -> dict[str, Any]:
    """What one line of the page shows."""
    return {
        "pk": item.pk, "level": item.level, "track": item.track, "title": item.title, "label": item.label,
        "is_task": item.is_task, "facet": item.facet, "lead": lines.lead_text(item), "seen": queries.stamp(item),
        "due": lines.due_text(item, plan.year), "tied": tied, "says": _says(item),
        "carried": item.carried_from_id is not None,
    }  # fmt: skip


def _says(item: PlanItem) -> str:
    """What a person should still put right in this line."""
    if not item.is_task:
        return ""
    if item.units_raw and not item.lead_department_id:
        return _("本院没有“%(name)s”这个部门") % {"name": item.units_raw[:20]}
    if item.due_kind in (PlanItem.Due.UNRESOLVED, PlanItem.Due.INVALID):
        return _("期限没读懂")
    return ""


def _in_full(no: Refused) -> str:
    """The sentence, and what each field says now where somebody else was quicker."""
    labels = {
        "title": _("事项"),
        "facet": _("抓手"),
        "leader": _("分管领导"),
        "lead_department": _("牵头部门"),
        "due_on": _("期限"),
    }
    more = [labels[name] + str(text) for name, text in getattr(no, "errors", {}).items() if name in labels]
    return " ".join([str(no), *(m for m in more if not m.endswith(str(no)))])


def errors_of(form: Form) -> str:
    """All sentences of a form in one line."""
    return " ".join(str(text) for texts in form.errors.values() for text in texts)


def _by_script(request: HttpRequest) -> bool:
    return request.headers.get("HX-Request") == "true"


def _order(plan: Plan, track: str) -> list[tuple[int, int]]:
    """(id, level) of one column from top to bottom."""
    return [(n.id, n.level) for n in nodes_of(plan) if n.track == track]


def _answer(request: HttpRequest, do: Callable[[], dict[str, Any]]) -> HttpResponse:
    """The order of the column and what else ``do`` says, as JSON; a refusal as its sentence, nothing stored."""
    try:
        return JsonResponse(do())
    except NotAllowed as no:
        raise PermissionDenied(str(no)) from None
    except Refused as no:
        return JsonResponse({"error": str(no)}, status=no.status)


def _at(plan: Plan, item_id: int | None = None) -> str:
    return reverse("plan", args=[plan.pk]) + (f"#i{item_id}" if item_id else "")


@require_POST
def item_add_many(request: HttpRequest, pk: int) -> HttpResponse:
    """One line or many, typed or pasted."""
    found = fetch(policies.see_plan, request, pk, Plan.objects.select_related("unit"))
    form = LinesForm(request.POST)

    def do() -> list[PlanItem]:
        data = form.cleaned_data
        after = PlanItem.objects.filter(plan=found, pk=data["after"]).first() if data["after"] else None
        read = lines.read(data["lines"], org.names(found.unit_id), found.year)
        return outline.add_many(
            plan=found, lines=read, track=data["track"], after=after, level=data["level"], by=actor(request)
        )

    if not _by_script(request):
        again = lambda f: _again(request, found, lines_form=f, lines_track=f.data.get("track"))  # noqa: E731
        return perform(
            request, do, to=lambda made: _at(found, made[0].pk), said=_("加上了。"), form=form, again=again
        )

    def told() -> dict[str, Any]:
        if not form.is_valid():
            raise Refused(errors_of(form))
        made = (
            PlanItem.objects.filter(pk__in=[i.pk for i in do()])
            .select_related("lead_department")
            .prefetch_related("co_departments")
            .order_by("position")
        )
        html = [
            render_to_string("plan/_draft_new.html", _row_context(request, found, i), request) for i in made
        ]
        return {"html": "".join(html), "order": _order(found, form.cleaned_data["track"])}

    return _answer(request, told)


def _row_context(request: HttpRequest, plan: Plan, item: PlanItem) -> dict[str, Any]:
    return {"row": row_of(item, plan), "plan": plan, "facets": PlanItem.Facet.choices}


def _again(request: HttpRequest, plan: Plan, **more: Any) -> HttpResponse:
    """The page with what was typed; whoever may not write here is told so instead."""
    if not policies.edit_plan.allows(actor(request), plan):
        raise PermissionDenied(policies.edit_plan.reason)
    return page(request, plan, **more)


@require_POST
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """One line saved. Whoever saves second is told what the first wrote, and keeps what was typed."""
    rows = PlanItem.objects.select_related("plan__unit", "lead_department")
    found = fetch(policies.see_item, request, pk, rows)
    form = RowForm(request.POST, item=found)

    def do() -> PlanItem:
        return items.edit(item=found, by=actor(request), **form.cleaned_data)

    if not _by_script(request):
        return perform(
            request, do, to=_at(found.plan, pk), said=_("存了。"), form=form,
            again=lambda f: _again(request, found.plan, row_form=f),
        )  # fmt: skip
    error = ""
    try:
        if form.is_valid():
            found = do()
        else:
            error = errors_of(form)
    except NotAllowed as no:
        raise PermissionDenied(str(no)) from None
    except Refused as no:
        error = _in_full(no)
    found = PlanItem.objects.select_related("plan", "lead_department").get(
        pk=pk
    )  # what the next save has to have seen
    context = {"row": row_of(found, found.plan), "error": error, "saved": not error}
    return render(request, "plan/_draft_state.html", context, status=422 if error else 200)


def _ticked(request: HttpRequest, pk: int) -> tuple[Plan, TickedForm]:
    found = fetch(policies.see_plan, request, pk, Plan.objects.select_related("unit"))
    return found, TickedForm(request.POST, plan=found)


def _rearranged(request: HttpRequest, pk: int, do: Callable[..., int]) -> HttpResponse:
    """Move or indent the ticked lines; ``way`` says whither."""
    found, form = _ticked(request, pk)
    chosen = list(form.cleaned_data["items"]) if form.is_valid() else []
    way = form.cleaned_data.get("way", "")

    def told() -> dict[str, Any]:
        do(plan=found, items=chosen, way=way)
        return {"order": _order(found, chosen[0].track)}

    if _by_script(request):
        return _answer(request, told)
    return perform(request, told, to=_at(found, chosen[0].pk if chosen else None), said=_("排好了。"))


@require_POST
def item_move(request: HttpRequest, pk: int) -> HttpResponse:
    return _rearranged(request, pk, lambda way, **of: outline.move(up=way != "down", by=actor(request), **of))


@require_POST
def item_indent(request: HttpRequest, pk: int) -> HttpResponse:
    return _rearranged(
        request, pk, lambda way, **of: outline.indent(out=way == "out", by=actor(request), **of)
    )


@require_POST
def item_bulk_set(request: HttpRequest, pk: int) -> HttpResponse:
    """Owner, leader, date or facet of all ticked lines; ``back=paper``: from the page where a paper is looked over."""
    found, ticked = _ticked(request, pk)
    form = BulkForm(request.POST, unit_id=found.unit_id)
    chosen = list(ticked.cleaned_data["items"]) if ticked.is_valid() else []

    def do() -> list[PlanItem]:
        return outline.bulk_set(plan=found, items=chosen, by=actor(request), **form.cleaned_data)

    said = _("勾选的都设好了。")
    if request.POST.get("back") == "paper":
        return papers.said_form(request, found, form, do, said)
    return perform(
        request, do, to=_at(found), said=said, form=form,
        again=lambda f: _again(request, found, bulk_form=f, ticked={i.pk for i in chosen}),
    )  # fmt: skip


@require_POST
def item_set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    found, ticked = _ticked(request, pk)
    chosen = list(ticked.cleaned_data["items"]) if ticked.is_valid() else []
    return perform(
        request, lambda: outline.set_aside_many(plan=found, chosen=chosen, by=actor(request)), to=_at(found),
        said=_("搁置了。"),
    )  # fmt: skip
