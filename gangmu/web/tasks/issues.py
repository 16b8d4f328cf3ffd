"""难点热点: the list, one issue with both sides, and a view a verb."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gangmu.events import timeline
from gangmu.flow import steps
from gangmu.meetings import policies as meeting_policies
from gangmu.meetings.models import Meeting
from gangmu.org.models import Unit
from gangmu.tasks import policies, queries, states
from gangmu.tasks.actions import issues
from gangmu.tasks.models import Issue
from gangmu.web.act import perform
from gangmu.web.fetch import actor, fetch
from gangmu.web.tasks.issue_forms import DropForm, ForwardForm, RaiseForm, ResolveForm, WriteUpForm

PER_PAGE = 50
VIEWS = {
    "open": ("raised", "studied"),
    "raised": ("raised",),
    "studied": ("studied",),
    "resolved": ("resolved",),
}


def _may_raise(request: HttpRequest) -> bool:
    """The offices for the unit, the head for the own department."""
    me = actor(request)
    unit = Issue(unit_id=me.unit_id)
    return policies.work_issue.allows(me, unit) or bool(me.departments and me.person_id)


def issue_list(request: HttpRequest) -> HttpResponse:
    """Issues one may see; open ones first."""
    me = actor(request)
    view = request.GET.get("view") if request.GET.get("view") in VIEWS else "open"
    seen = policies.see_issue.filter(me, Issue.objects.all())
    rows = seen.filter(state__in=VIEWS[view or "open"]).select_related("department", "person", "item")
    context = {
        "page": Paginator(rows.order_by("-raised_on", "-id"), PER_PAGE).get_page(request.GET.get("page")),
        "view": view, "waiting": seen.filter(state="raised").count(), "may_raise": _may_raise(request),
    }  # fmt: skip
    return render(request, "tasks/issues.html", context)


@require_http_methods(["GET", "POST"])
def issue_raise(request: HttpRequest) -> HttpResponse:
    """提出难点: earlier issues that are alike are shown before one writes it a second time."""
    me = actor(request)
    if not _may_raise(request):
        raise PermissionDenied(str(policies.work_issue.reason))

    def show(form: Any) -> HttpResponse:
        said = (form["title"].value() or "") + (form["text"].value() or "")
        seen = _alike(request, queries.similar_issues(me.unit_id, said) if said else [])
        return render(request, "tasks/issue_raise.html", {"form": form, "similar": seen})

    if request.method != "POST":
        initial = {"item": request.GET.get("item", ""), "task": request.GET.get("task", "")}
        return show(RaiseForm(me=me, initial=initial))
    form = RaiseForm(request.POST, me=me)
    if request.POST.get("look") and form["title"].value():
        return show(RaiseForm(me=me, initial=request.POST.dict()))
    return perform(
        request, lambda: issues.raise_issue(unit=Unit.objects.get(pk=me.unit_id), by=me, **form.cleaned_data),
        to=lambda made: _at(made.pk), said=_("提出来了。写上解决办法和党建切入方式，就能一起研究。"), form=form, again=show,
    )  # fmt: skip


def _alike(request: HttpRequest, found: list[queries.Similar]) -> list[queries.Similar]:
    """Only those one may open."""
    return [s for s in found if policies.see_issue.allows(actor(request), s.issue)]


def issue(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


def _fetch(request: HttpRequest, pk: int) -> Issue:
    rows = Issue.objects.select_related(
        "department",
        "person",
        "item__plan",
        "task",
        "agenda_item__meeting__kind",
        "agenda_item__meeting__party_org",
    )
    return fetch(policies.see_issue, request, pk, rows)


def _page(request: HttpRequest, pk: int, **forms: Any) -> HttpResponse:
    me, found = actor(request), _fetch(request, pk)
    can = set(states.ISSUE.verbs(found.state)) if policies.work_issue.allows(me, found) else set()
    meeting = found.agenda_item.meeting if found.agenda_item else None
    waits = meeting is not None and meeting.state in ("planned", "recorded")
    both = bool(found.solution and found.party_way)
    meetings = _meetings(request) if "put_forward" in can and both and not waits else Meeting.objects.none()
    context = {
        "issue": found, "can": can, "both": both, "meeting": meeting, "waits": waits, "steps": timeline.of(found),
        "similar": _alike(request, queries.similar_issues(found.unit_id, found.title + found.text, but=pk)),
        "write_form": WriteUpForm(initial={"solution": found.solution, "party_way": found.party_way}),
        "forward_form": ForwardForm(meetings=meetings), "resolve_form": ResolveForm(), "drop_form": DropForm(),
        "has_meetings": both and not waits and "put_forward" in can and meetings.exists(),
    }  # fmt: skip
    return render(request, "tasks/issue.html", context | forms)


def _meetings(request: HttpRequest) -> Any:
    """Meetings of the unit that are not final and whose agenda one keeps."""
    rows = Meeting.objects.filter(state__in=["planned", "recorded"], party_org__isnull=True)
    rows = meeting_policies.run_meeting.filter(actor(request), rows)
    return rows.select_related("kind", "party_org").order_by("-held_on")[:20]


def _at(pk: int) -> str:
    return reverse("issue", args=[pk])


@require_POST
def issue_write_up(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _fetch(request, pk), WriteUpForm(request.POST)
    return perform(
        request, lambda: issues.write_up(issue=found, by=actor(request), **form.cleaned_data), to=_at(pk),
        said=_("写上了。"), form=form, again=lambda f: _page(request, pk, write_form=f),
    )  # fmt: skip


@require_POST
def issue_put_forward(request: HttpRequest, pk: int) -> HttpResponse:
    found, meetings = _fetch(request, pk), _meetings(request)
    form = ForwardForm(request.POST, meetings=meetings)
    return perform(
        request, lambda: steps.put_issue_to_meeting(issue=found, by=actor(request), **form.cleaned_data),
        to=_at(pk), said=_("列进议题了，党建切入方式一起研究。"), form=form,
        again=lambda f: _page(request, pk, forward_form=f, has_meetings=True),
    )  # fmt: skip


@require_POST
def issue_study(request: HttpRequest, pk: int) -> HttpResponse:
    found = _fetch(request, pk)
    return perform(
        request, lambda: issues.study(issue=found, by=actor(request)), to=_at(pk), said=_("记下研究过了。")
    )


@require_POST
def issue_resolve(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _fetch(request, pk), ResolveForm(request.POST)
    return perform(
        request, lambda: issues.resolve(issue=found, by=actor(request), **form.cleaned_data), to=_at(pk),
        said=_("破解了，两头各起了什么作用都记下了。"), form=form, again=lambda f: _page(request, pk, resolve_form=f),
    )  # fmt: skip


@require_POST
def issue_drop(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _fetch(request, pk), DropForm(request.POST)
    return perform(
        request, lambda: issues.drop(issue=found, by=actor(request), **form.cleaned_data), to=_at(pk),
        said=_("不再列入。"), form=form, again=lambda f: _page(request, pk, drop_form=f),
    )  # fmt: skip
