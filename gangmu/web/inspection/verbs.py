"""One view a verb: what is done with a visit, its lines and its findings."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gangmu.flow import steps
from gangmu.inspection import policies
from gangmu.inspection.actions import findings, inspections
from gangmu.inspection.models import Finding, Inspection, Line
from gangmu.org.models import Unit
from gangmu.org.permissions import Permission
from gangmu.web.act import perform
from gangmu.web.fetch import actor, fetch, fetch_by
from gangmu.web.inspection import page, views
from gangmu.web.inspection.forms import (
    AddItemForm,
    LookForm,
    MergeForm,
    PlanVisitForm,
    RaiseForm,
    ReasonForm,
    RecheckForm,
    WriteUpForm,
)


def at(pk: int, line: int | None = None) -> str:
    """The page of a visit, on one of its lines."""
    return reverse("inspection", args=[pk]) + (f"?line={line}" if line else "")


def line_of(request: HttpRequest, pk: int) -> Line:
    """A line of an inspection one may see."""
    inspection = fetch_by(policies.see_inspection, request, lines=pk)
    rows = Line.objects.select_related("inspection__unit", "item__plan", "entry_point__gang")
    return get_object_or_404(rows, pk=pk, inspection=inspection)


def _finding(request: HttpRequest, pk: int) -> Finding:
    inspection = fetch_by(policies.see_inspection, request, lines__findings=pk)
    rows = Finding.objects.select_related("line__inspection__unit", "line__item", "department", "task")
    return get_object_or_404(rows, pk=pk, line__inspection=inspection)


@require_POST
def visit_plan(request: HttpRequest) -> HttpResponse:
    """A visit goes on the year's programme."""
    me = actor(request)
    if not me.can(Permission.INSPECTION_ORDER):
        raise PermissionDenied(policies.order_inspection.reason)
    form = PlanVisitForm(request.POST, unit_id=me.unit_id)
    return perform(
        request, lambda: inspections.plan_visit(unit=Unit.objects.get(pk=me.unit_id), by=me, **form.cleaned_data),
        to=reverse("inspection_calendar"), said=_("列进年度计划了。"), form=form,
        again=lambda f: views.show_calendar(request, f),
    )  # fmt: skip


@require_POST
def inspection_add_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One more item, found on the page by words of its title; on to its line."""
    found = fetch(policies.see_inspection, request, pk)
    form = AddItemForm(request.POST, unit_id=found.unit_id)
    return perform(
        request, lambda: inspections.add_item(inspection=found, by=actor(request), **form.cleaned_data), to=at(pk),
        said=_("加上了，写完两头实效才能办结。"), form=form, again=lambda f: page.show(request, pk, add_form=f),
    )  # fmt: skip


@require_POST
def inspection_merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Another visit is merged into this one."""
    found = fetch(policies.see_inspection, request, pk)
    rows = policies.see_inspection.filter(actor(request), Inspection.objects.filter(unit_id=found.unit_id))
    form = MergeForm(request.POST, rows=rows)
    return perform(
        request, lambda: inspections.merge(inspection=found, by=actor(request), **form.cleaned_data), to=at(pk),
        said=_("并成一次了，两次要查的都在这里。"), form=form, again=lambda f: page.show(request, pk, merge_form=f),
    )  # fmt: skip


@require_POST
def inspection_split(request: HttpRequest, pk: int) -> HttpResponse:
    """A visit that was merged into another stands by itself again."""
    found = fetch(policies.see_inspection, request, pk, Inspection.objects.select_related("merged_into"))
    return perform(
        request, lambda: inspections.split(inspection=found, by=actor(request)), to=at(pk),
        said=_("拆开了，两次各去各的。"),
    )  # fmt: skip


@require_POST
def inspection_call_off(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = fetch(policies.see_inspection, request, pk), ReasonForm(request.POST)
    return perform(
        request, lambda: inspections.call_off(inspection=found, by=actor(request), **form.cleaned_data), to=at(pk),
        said=_("记下了，这次不去了。"), form=form, again=lambda f: page.show(request, pk, call_off_form=f),
    )  # fmt: skip


@require_POST
def inspection_write_up(request: HttpRequest, pk: int) -> HttpResponse:
    """What was seen on the whole."""
    found, form = fetch(policies.see_inspection, request, pk), WriteUpForm(request.POST)
    return perform(
        request, lambda: inspections.write_up(inspection=found, by=actor(request), **form.cleaned_data), to=at(pk),
        said=_("走访所见记下了。"), form=form, again=lambda f: page.show(request, pk, write_up_form=f),
    )  # fmt: skip


@require_POST
def inspection_look(request: HttpRequest, pk: int) -> HttpResponse:
    """Both effects of one line; then on to the next line that is not written yet."""
    line, form = line_of(request, pk), LookForm(request.POST, prefix=f"l{pk}")
    inspection_id = line.inspection_id
    return perform(
        request, lambda: inspections.look(line=line, by=actor(request), **form.cleaned_data),
        to=at(inspection_id), said=_("两头的实效都记下了。"), form=form,
        again=lambda f: page.show(request, inspection_id, line=pk, look_form=f),
    )  # fmt: skip


@require_POST
def inspection_close(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_inspection, request, pk)
    return perform(
        request, lambda: steps.close_inspection(inspection=found, by=actor(request)), to=at(pk),
        said=_("督查办结了，看到的成效已经带到切入点上。"),
    )  # fmt: skip


@require_POST
def finding_raise(request: HttpRequest, pk: int) -> HttpResponse:
    line = line_of(request, pk)
    inspection = line.inspection
    form = RaiseForm(request.POST, unit_id=inspection.unit_id, prefix="f")
    return perform(
        request, lambda: findings.raise_finding(line=line, by=actor(request), **form.cleaned_data),
        to=at(inspection.pk, pk), said=_("问题记下了，可以交办整改。"), form=form,
        again=lambda f: page.show(request, inspection.pk, line=pk, panel="raise", raise_form=f),
    )  # fmt: skip


@require_POST
def finding_rectify(request: HttpRequest, pk: int) -> HttpResponse:
    found = _finding(request, pk)
    return perform(
        request, lambda: steps.rectify(finding=found, by=actor(request)),
        to=at(found.line.inspection_id, found.line_id), said=_("已交办整改，等整改部门签收。"),
    )  # fmt: skip


@require_POST
def finding_recheck(request: HttpRequest, pk: int) -> HttpResponse:
    """Looked at again by somebody else: passed, or what is still missing."""
    found, form = _finding(request, pk), RecheckForm(request.POST)
    inspection_id, line_id = found.line.inspection_id, found.line_id
    return perform(
        request, lambda: findings.recheck(finding=found, by=actor(request), **form.cleaned_data),
        to=at(inspection_id, line_id), said=_("复查记下了。"), form=form,
        again=lambda f: page.show(request, inspection_id, line=line_id, recheck_form=f, recheck_of=pk),
    )  # fmt: skip
