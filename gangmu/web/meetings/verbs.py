"""One view a verb: what is done with a meeting, its topics, its people and its decisions."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gangmu.flow import gates, steps
from gangmu.meetings import policies
from gangmu.meetings.actions import decisions, meetings
from gangmu.meetings.models import AgendaItem, Attendance, Decision, Meeting
from gangmu.web.act import perform
from gangmu.web.fetch import actor, fetch, fetch_by
from gangmu.web.meetings import page
from gangmu.web.meetings.forms import (
    AbsenceReasonForm,
    CallOffForm,
    DecideForm,
    DeployForm,
    PutPlanForm,
    RecordForm,
    TopicForm,
    VoteForm,
)


def _at(pk: int, topic: int | None = None) -> str:
    return reverse("meeting", args=[pk]) + (f"?topic={topic}" if topic else "")


def _posted(request: HttpRequest) -> Any:
    """What was typed; None while the form is only shown."""
    return request.POST if request.method == "POST" else None


def _open(request: HttpRequest, pk: int, verb: str) -> Meeting:
    """The meeting, if the step may be taken now by this person: for the page that shows its form."""
    found = fetch(policies.see_meeting, request, pk, Meeting.objects.select_related("kind", "party_org"))
    if request.method == "GET" and verb not in page.allowed(actor(request), found, None):
        raise PermissionDenied(policies.run_meeting.reason)
    return found


def _topic(request: HttpRequest, pk: int) -> AgendaItem:
    """The agenda item of a meeting one may see."""
    meeting = fetch_by(policies.see_meeting, request, agenda=pk)
    return get_object_or_404(
        AgendaItem.objects.select_related("meeting__kind", "item", "plan"), pk=pk, meeting=meeting
    )


@require_http_methods(["GET", "POST"])
def meeting_add_topic(request: HttpRequest, pk: int) -> HttpResponse:
    found = _open(request, pk, "add_topic")
    form = TopicForm(_posted(request), unit_id=found.unit_id)
    again = _again(request, pk, "topic", "topic_form")
    if request.method == "GET":
        return again(form)
    return perform(
        request, lambda: meetings.add_topic(meeting=found, by=actor(request), **form.cleaned_data),
        to=lambda row: _at(pk, row.pk), said=_("列入议题了。"), form=form, again=again,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def meeting_put_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """统一研究: the plan comes before the meeting, with what the two-skins check says."""
    found = _open(request, pk, "put_plan")
    form = PutPlanForm(_posted(request), unit_id=found.unit_id)
    draft = form.fields["plan"].queryset.first()  # type: ignore[attr-defined]
    gate = gates.adoption(draft) if draft else None
    again = _again(request, pk, "plan", "plan_form", gate=gate, draft=draft)
    if request.method == "GET":
        return again(form)
    return perform(
        request, lambda: steps.put_to_meeting(meeting=found, by=actor(request), **form.cleaned_data),
        to=lambda row: _at(pk, row.pk), said=_("计划提上这次会了。"), form=form, again=again,
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def meeting_record(request: HttpRequest, pk: int) -> HttpResponse:
    """Everybody was there but those chosen otherwise."""
    found = _open(request, pk, "record")
    rows = found.attendances.select_related("person")
    recorded = found.state != Meeting.State.PLANNED
    form = RecordForm(_posted(request), rows=rows, recorded=recorded, initial={"gist": found.gist})
    again = _again(request, pk, "record", "record_form")
    if request.method == "GET":
        return again(form)
    return perform(
        request,
        lambda: meetings.record_attendance(
            meeting=found, absent=form.absent, gist=form.cleaned_data["gist"], by=actor(request)
        ),
        to=_at(pk), said=_("到会记下了。"), form=form, again=again,
    )  # fmt: skip


def _again(
    request: HttpRequest, pk: int, panel: str, name: str, **more: Any
) -> Callable[[Any], HttpResponse]:
    return lambda form: page.show(request, pk, panel=panel, **{name: form}, **more)


@require_POST
def meeting_vote(request: HttpRequest, pk: int) -> HttpResponse:
    topic, form = _topic(request, pk), VoteForm(request.POST)
    meeting_id = topic.meeting_id
    return perform(
        request, lambda: decisions.vote(agenda_item=topic, by=actor(request), **form.cleaned_data),
        to=_at(meeting_id, pk), said=_("表决记下了。"), form=form,
        again=lambda f: page.show(request, meeting_id, topic=pk, vote_form=f),
    )  # fmt: skip


@require_POST
def meeting_decide(request: HttpRequest, pk: int) -> HttpResponse:
    topic = _topic(request, pk)
    form, meeting_id = DecideForm(request.POST, unit_id=topic.meeting.unit_id), topic.meeting_id
    return perform(
        request, lambda: decisions.decide(agenda_item=topic, by=actor(request), **form.cleaned_data),
        to=_at(meeting_id, pk), said=_("议定的事记下了。"), form=form,
        again=lambda f: page.show(request, meeting_id, topic=pk, decide_form=f),
    )  # fmt: skip


@require_POST
def meeting_adopt_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """The body adopts the plan on its agenda."""
    topic = _topic(request, pk)
    if topic.plan is None:
        raise Http404(_("这个议题不是审议计划。"))
    return perform(
        request, lambda: steps.adopt_plan(agenda_item=topic, by=actor(request)),
        to=_at(topic.meeting_id, pk), said=_("计划通过了，从开会那天起执行。"),
    )  # fmt: skip


@require_POST
def meeting_finalise(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_meeting, request, pk)
    return perform(
        request, lambda: meetings.finalise(meeting=found, by=actor(request)), to=_at(pk),
        said=_("已定稿。议定的事可以立项交办了。"),
    )  # fmt: skip


@require_POST
def meeting_call_off(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = fetch(policies.see_meeting, request, pk), CallOffForm(request.POST)
    return perform(
        request, lambda: meetings.call_off(meeting=found, by=actor(request), **form.cleaned_data), to=_at(pk),
        said=_("记为未开。"), form=form, again=lambda f: page.show(request, pk, call_off_form=f),
    )  # fmt: skip


@require_POST
def attendance_reason(request: HttpRequest, pk: int) -> HttpResponse:
    """A reason that was missing, for one person, also after the minutes are final."""
    meeting = fetch_by(policies.see_meeting, request, attendances=pk)
    row = get_object_or_404(Attendance.objects.select_related("meeting", "person"), pk=pk, meeting=meeting)
    form = AbsenceReasonForm(request.POST)
    return perform(
        request, lambda: meetings.give_absence_reason(attendance=row, by=actor(request), **form.cleaned_data),
        to=_at(meeting.pk), said=_("事由补上了。"), form=form,
        again=lambda f: page.show(request, meeting.pk, absence_form=f, absence_of=pk),
    )  # fmt: skip


@require_POST
def decision_deploy(request: HttpRequest, pk: int) -> HttpResponse:
    """统一部署: a decision becomes somebody's task."""
    rows = Decision.objects.select_related("agenda_item__meeting__unit", "agenda_item__item", "department")
    found = fetch(policies.see_decision, request, pk, rows)
    topic, meeting = found.agenda_item, found.agenda_item.meeting
    form = DeployForm(request.POST, decision=found, unit_id=meeting.unit_id, prefix=f"d{pk}")
    return perform(
        request, lambda: steps.deploy_decision(decision=found, by=actor(request), **form.cleaned_data),
        to=_at(meeting.pk, topic.pk), said=_("已立项交办，等牵头部门签收。"), form=form,
        again=lambda f: page.show(request, meeting.pk, topic=topic.pk, deploy={pk: f}),
    )  # fmt: skip
