"""The task list, one task, and a view a verb."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gangmu.common import clock
from gangmu.events import timeline
from gangmu.review import policies as review_policies
from gangmu.review.models import Honour
from gangmu.review.queries import honours
from gangmu.tasks import policies, queries, states
from gangmu.tasks.actions import tasks
from gangmu.tasks.models import Task, TaskDepartment
from gangmu.web.act import perform
from gangmu.web.export import ledgers, lists
from gangmu.web.fetch import actor, fetch
from gangmu.web.review.way_back import honour_rows
from gangmu.web.tasks import steps
from gangmu.web.tasks.filters import Filters
from gangmu.web.tasks.forms import CancelForm, ReasonForm, ReportForm, SignForm, SubmitForm

PER_PAGE = 50
VIEWS = ("open", "late", "mine", "verify", "done")


def task_list(request: HttpRequest) -> HttpResponse:
    """Tasks one may see: open ones first to fall due on top; late, mine, to verify, done; narrowed by filters.

    Whoever asks for a state gets all of that state.
    """
    me, today = actor(request), clock.today()
    view = request.GET.get("view") if request.GET.get("view") in VIEWS else "open"
    filters = Filters(request, me, today)
    rows = filters.apply(policies.see_task.filter(me, Task.objects.all()))
    open_rows = rows.filter(state__in=states.RUNNING)
    overdue = Q(due_on__lt=today, long_term=False)
    chosen = {
        "open": rows if "state" in filters.chosen else open_rows,
        "late": open_rows.filter(overdue),
        "mine": policies.own_task.filter(me, open_rows),
        "verify": policies.verify_task.filter(me, rows.filter(state__in=["submitted", "verified"])),
        "done": rows.filter(state__in=states.DONE).order_by("-verified_on"),
    }[view or "open"]
    listed = queries.with_progress(chosen)
    if ledgers.wanted(request):
        return ledgers.ledger(request, lists.tasks(listed[: ledgers.MOST]))
    waiting = Q(pk__in=queries.lines_due(rows, today).values("pk"))
    counts = open_rows.aggregate(
        n=Count("id"), late=Count("id", filter=overdue), lines=Count("id", filter=waiting)
    )
    context = {
        "ledger": ledgers.link(request),
        "page": Paginator(listed, PER_PAGE).get_page(request.GET.get("page")),
        "view": view,
        "filters": filters,
        "kept": "".join(f"&{name}={code}" for name, code in filters.chosen.items()),
        "today": today,
        "late": counts["late"],
        "open_count": counts["n"],
        "lines": counts["lines"],
        "issues": policies.issue_task.allows(me, Task(unit_id=me.unit_id)),
    }
    return render(request, "tasks/list.html", context)


def task(request: HttpRequest, pk: int) -> HttpResponse:
    return page(request, pk)


_CO = TaskDepartment.objects.select_related("department")


def page(request: HttpRequest, pk: int, **forms: Any) -> HttpResponse:
    """One task with only those steps that the person may take now."""
    me, today = actor(request), clock.today()
    rows = queries.with_urge(queries.with_progress(Task.objects.all())).select_related(
        "item__plan", "decision__agenda_item__meeting__kind", "parent",
        "decision__agenda_item__meeting__party_org", "point__directive", "instruction__leader",
        "measure__problem__campaign",
    ).prefetch_related("milestones", "resources", Prefetch("co_departments", _CO))  # fmt: skip
    found = fetch(policies.see_task, request, pk, rows)
    changes = list(found.changes.select_related("asked_by", "answered_by", "department", "person")[:10])
    parts = list(queries.with_progress(Task.objects.filter(parent_id=pk)).order_by("due_on", "id"))
    context = {
        "task": found,
        "today": today,
        "line_by": queries.line_by(found, today),
        "co": [c.department for c in found.co_departments.all()],
        "resources": list(found.resources.all()),
        "milestones": list(found.milestones.all()),
        "parts": parts,
        "sum": queries.sum_of_parts(found) if parts else None,
        "changes": changes,
        "steps": timeline.of(found),
        "honours": [row for _on, row in honour_rows(honours.of_task(pk), today)],
        "may_honour": found.state != Task.State.CANCELLED
        and review_policies.keep_honour.allows(me, Honour(unit_id=found.unit_id)),
        "can": steps.offered(me, found, changes),
        **steps.forms(found, me, today),
    }
    return render(request, "tasks/detail.html", context | forms)


def at(pk: int) -> str:
    """Where a task's page is."""
    return reverse("task", args=[pk])


@require_POST
def task_sign(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_task, request, pk)
    form = SignForm(request.POST, unit_id=found.unit_id, department_id=found.department_id)
    return perform(
        request, lambda: tasks.sign(task=found, person=form.cleaned_data["person"], by=actor(request)), to=at(pk),
        said=_("已签收。每月一句话报进展就行。"), form=form, again=lambda f: page(request, pk, sign_form=f),
    )  # fmt: skip


@require_POST
def task_report(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = fetch(policies.see_task, request, pk), ReportForm(request.POST)
    return perform(
        request, lambda: tasks.report(task=found, by=actor(request), **form.cleaned_data), to=at(pk),
        said=_("进展记下了。"), form=form, again=lambda f: page(request, pk, report_form=f),
    )  # fmt: skip


@require_POST
def task_submit(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = fetch(policies.see_task, request, pk), SubmitForm(request.POST)
    return perform(
        request, lambda: tasks.submit(task=found, by=actor(request), **form.cleaned_data), to=at(pk),
        said=_("已报结，等核查。"), form=form, again=lambda f: page(request, pk, submit_form=f),
    )  # fmt: skip


@require_POST
def task_verify(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_task, request, pk)
    return perform(
        request, lambda: tasks.verify(task=found, by=actor(request)), to=at(pk), said=_("核查通过。")
    )


@require_POST
def task_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = fetch(policies.see_task, request, pk), ReasonForm(request.POST)
    return perform(
        request, lambda: tasks.send_back(task=found, by=actor(request), **form.cleaned_data), to=at(pk),
        said=_("已退回承办部门。"), form=form, again=lambda f: page(request, pk, reason_form=f),
    )  # fmt: skip


@require_POST
def task_close(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_task, request, pk)
    return perform(request, lambda: tasks.close(task=found, by=actor(request)), to=at(pk), said=_("已销号。"))


@require_POST
def task_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = fetch(policies.see_task, request, pk), CancelForm(request.POST)
    return perform(
        request, lambda: tasks.cancel(task=found, by=actor(request), **form.cleaned_data), to=at(pk),
        said=_("已撤销。"), form=form, again=lambda f: page(request, pk, cancel_form=f),
    )  # fmt: skip
