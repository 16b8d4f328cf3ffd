"""What belongs to one task: milestones, the date to confirm, requests to change it, calls, reviews."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gangmu.tasks import policies
from gangmu.tasks.actions import changes, milestones, tasks, urges
from gangmu.tasks.models import Change, Milestone, Task
from gangmu.web.act import perform
from gangmu.web.fetch import actor, fetch
from gangmu.web.tasks.forms import AnswerForm, AskForm, MilestoneForm, ReviewForm, UrgeForm
from gangmu.web.tasks.views import at, page


def _task(request: HttpRequest, pk: int) -> Task:
    return fetch(policies.see_task, request, pk, Task.objects.select_related("department", "person", "item"))


@require_POST
def task_confirm_due(request: HttpRequest, pk: int) -> HttpResponse:
    found = _task(request, pk)
    return perform(
        request, lambda: tasks.confirm_due(task=found, by=actor(request)), to=at(pk),
        said=_("期限确认了，按这一天办。"),
    )  # fmt: skip


@require_POST
def task_review(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _task(request, pk), ReviewForm(request.POST)
    return perform(
        request, lambda: tasks.review(task=found, by=actor(request), **form.cleaned_data), to=at(pk),
        said=_("复核记下了。"), form=form, again=lambda f: page(request, pk, review_form=f),
    )  # fmt: skip


@require_POST
def task_urge(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _task(request, pk), UrgeForm(request.POST)
    return perform(
        request, lambda: urges.urge(task=found, by=actor(request), **form.cleaned_data), to=at(pk),
        said=_("催办记下了，承办部门打开今日就看到。"), form=form, again=lambda f: page(request, pk, urge_form=f),
    )  # fmt: skip


# ---- milestones ------------------------------------------------------------------------------------------------


@require_POST
def task_add_milestone(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _task(request, pk), MilestoneForm(request.POST, prefix="m")
    return perform(
        request, lambda: milestones.add(task=found, by=actor(request), **form.cleaned_data), to=at(pk),
        said=_("节点加上了。"), form=form, again=lambda f: page(request, pk, milestone_form=f),
    )  # fmt: skip


@require_POST
def task_reach_milestone(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_milestone, request, pk, Milestone.objects.select_related("task"))
    return perform(
        request, lambda: milestones.reach(milestone=found, by=actor(request)), to=at(found.task_id),
        said=_("节点到了，记下了。"),
    )  # fmt: skip


# ---- changes ---------------------------------------------------------------------------------------------------


@require_http_methods(["GET", "POST"])
def task_ask(request: HttpRequest, pk: int) -> HttpResponse:
    """延期、中止、恢复、移交: the form on a page of its own."""
    found, me = _task(request, pk), actor(request)
    approves = policies.verify_task.allows(me, found)
    if not approves and not policies.own_task.allows(me, found):
        raise PermissionDenied(str(policies.own_task.reason))

    def show(form: Any) -> HttpResponse:
        return render(request, "tasks/ask.html", {"task": found, "form": form, "approves": approves})

    if request.method != "POST":
        return show(AskForm(task=found, initial={"kind": request.GET.get("kind", "")}))
    form = AskForm(request.POST, task=found)
    said = _("改好了，经过里记下了。") if approves else _("提上去了，等批。批之前照原来的办。")
    return perform(
        request, lambda: changes.ask(task=found, by=me, **form.cleaned_data), to=at(pk), said=said, form=form,
        again=show,
    )  # fmt: skip


def _change(request: HttpRequest, pk: int) -> Change:
    return fetch(
        policies.see_change, request, pk, Change.objects.select_related("task", "department", "person")
    )


@require_POST
def task_approve(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _change(request, pk), AnswerForm(request.POST)
    return perform(
        request, lambda: changes.approve(change=found, by=actor(request), **form.cleaned_data),
        to=at(found.task_id), said=_("同意了，已经照改。"), form=form,
        again=lambda f: page(request, found.task_id, answer_form=f),
    )  # fmt: skip


@require_POST
def task_refuse(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _change(request, pk), AnswerForm(request.POST)
    return perform(
        request, lambda: changes.refuse(change=found, by=actor(request), **form.cleaned_data),
        to=at(found.task_id), said=_("没有同意，照原来的办。"), form=form,
        again=lambda f: page(request, found.task_id, answer_form=f),
    )  # fmt: skip


@require_POST
def task_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found = _change(request, pk)
    return perform(
        request, lambda: changes.withdraw(change=found, by=actor(request)), to=at(found.task_id),
        said=_("收回了，照原来的办。"),
    )  # fmt: skip
