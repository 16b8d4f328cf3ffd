"""The task list, one task, and a view a verb."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gangmu.common import clock
from gangmu.events import timeline
from gangmu.org.permissions import Permission
from gangmu.tasks import policies, queries, states
from gangmu.tasks.actions import tasks
from gangmu.tasks.models import Task
from gangmu.web.act import perform
from gangmu.web.export import ledgers, lists
from gangmu.web.fetch import actor, fetch
from gangmu.web.tasks.forms import CancelForm, ReasonForm, ReportForm, SignForm, SubmitForm

PER_PAGE = 50
VIEWS = ("open", "late", "mine", "verify", "done")


def task_list(request: HttpRequest) -> HttpResponse:
    """Tasks one may see: open ones first to fall due on top; late, mine, to verify, done."""
    me, today = actor(request), clock.today()
    view = request.GET.get("view") if request.GET.get("view") in VIEWS else "open"
    rows = policies.see_task.filter(me, Task.objects.all())
    open_rows = rows.filter(state__in=states.OPEN - states.DONE)
    chosen = {
        "open": open_rows,
        "late": open_rows.filter(due_on__lt=today),
        "mine": policies.own_task.filter(me, open_rows),
        "verify": policies.verify_task.filter(me, rows.filter(state__in=["submitted", "verified"])),
        "done": rows.filter(state__in=["verified", "closed"]).order_by("-verified_on"),
    }[view or "open"]
    listed = queries.with_progress(chosen)
    if ledgers.wanted(request):
        return ledgers.ledger(request, lists.tasks(listed[: ledgers.MOST]))
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    late = open_rows.filter(due_on__lt=today).count()
    context = {
        "ledger": ledgers.link(request),
        "page": page,
        "view": view,
        "today": today,
        "late": late,
        "may_report": me.can(Permission.TASK_ISSUE),
        "open_count": open_rows.count(),
        "can_issue": me.can(Permission.TASK_ISSUE),
    }
    return render(request, "tasks/list.html", context)


def task(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


def _page(request: HttpRequest, pk: int, **forms: Any) -> HttpResponse:
    """One task with only those steps that the person may take now."""
    me = actor(request)
    rows = Task.objects.select_related(
        "department", "person", "item__plan", "decision__agenda_item__meeting__kind"
    )
    found = fetch(policies.see_task, request, pk, rows)
    owns, verifies = policies.own_task.allows(me, found), policies.verify_task.allows(me, found)
    can = set(states.TASK.verbs(found.state))
    context = {
        "task": found,
        "today": clock.today(),
        "progress": found.progress.select_related("author")[:20],
        "co": [c.department for c in found.co_departments.select_related("department")],
        "resources": list(found.resources.all()),
        "steps": timeline.of(found),
        "can": (can & {"sign", "report", "submit"} if owns else set())
        | (can & {"verify", "send_back", "close"} if verifies else set())
        | (can & {"cancel"} if policies.issue_task.allows(me, found) else set()),
        "sign_form": SignForm(unit_id=found.unit_id, department_id=found.department_id),
        "report_form": ReportForm(),
        "submit_form": SubmitForm(),
        "reason_form": ReasonForm(),
        "cancel_form": CancelForm(),
    }
    return render(request, "tasks/detail.html", context | forms)


def _at(pk: int) -> str:
    return reverse("task", args=[pk])


@require_POST
def task_sign(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_task, request, pk)
    form = SignForm(request.POST, unit_id=found.unit_id, department_id=found.department_id)
    return perform(
        request, lambda: tasks.sign(task=found, person=form.cleaned_data["person"], by=actor(request)), to=_at(pk),
        said=_("已签收。每月一句话报进展就行。"), form=form, again=lambda f: _page(request, pk, sign_form=f),
    )  # fmt: skip


@require_POST
def task_report(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = fetch(policies.see_task, request, pk), ReportForm(request.POST)
    return perform(
        request, lambda: tasks.report(task=found, by=actor(request), **form.cleaned_data), to=_at(pk),
        said=_("进展记下了。"), form=form, again=lambda f: _page(request, pk, report_form=f),
    )  # fmt: skip


@require_POST
def task_submit(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = fetch(policies.see_task, request, pk), SubmitForm(request.POST)
    return perform(
        request, lambda: tasks.submit(task=found, by=actor(request), **form.cleaned_data), to=_at(pk),
        said=_("已报结，等核查。"), form=form, again=lambda f: _page(request, pk, submit_form=f),
    )  # fmt: skip


@require_POST
def task_verify(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_task, request, pk)
    return perform(
        request, lambda: tasks.verify(task=found, by=actor(request)), to=_at(pk), said=_("核查通过。")
    )


@require_POST
def task_send_back(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = fetch(policies.see_task, request, pk), ReasonForm(request.POST)
    return perform(
        request, lambda: tasks.send_back(task=found, by=actor(request), **form.cleaned_data), to=_at(pk),
        said=_("已退回承办部门。"), form=form, again=lambda f: _page(request, pk, reason_form=f),
    )  # fmt: skip


@require_POST
def task_close(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_task, request, pk)
    return perform(
        request, lambda: tasks.close(task=found, by=actor(request)), to=_at(pk), said=_("已销号。")
    )


@require_POST
def task_cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = fetch(policies.see_task, request, pk), CancelForm(request.POST)
    return perform(
        request, lambda: tasks.cancel(task=found, by=actor(request), **form.cleaned_data), to=_at(pk),
        said=_("已撤销。"), form=form, again=lambda f: _page(request, pk, cancel_form=f),
    )  # fmt: skip
