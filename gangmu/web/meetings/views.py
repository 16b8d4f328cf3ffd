"""The list of meetings, one meeting, and convening a new one."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Prefetch, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gangmu.common import clock
from gangmu.meetings import policies, queries
from gangmu.meetings.actions import meetings
from gangmu.meetings.models import Meeting, MeetingKind, MeetingTag
from gangmu.org.models import Unit
from gangmu.org.permissions import Permission
from gangmu.web.act import perform
from gangmu.web.export import ledgers, lists
from gangmu.web.fetch import actor
from gangmu.web.meetings import page, words
from gangmu.web.meetings.forms import NewForm

PER_PAGE = 50
VIEWS = {
    "all": Q(),
    "todo": Q(state=Meeting.State.PLANNED),
    "draft": Q(state=Meeting.State.RECORDED),
}


def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings one may see, the newest first; narrowed by state, by kind, or to those attended."""
    me, today = actor(request), clock.today()
    view, kind = request.GET.get("view", "all"), request.GET.get("kind", "")
    mine = Q(attendances__person_id=me.person_id)
    seen = policies.see_meeting.filter(me, Meeting.objects.all())
    rows = seen.filter(pk__in=Meeting.objects.filter(mine).values("pk")) if view == "mine" else seen
    rows = rows.filter(VIEWS.get(view, Q()))
    kinds = list(MeetingKind.objects.all())
    if kind in {k.code for k in kinds}:
        rows = rows.filter(tags__kind_id=kind)
    counts = seen.aggregate(
        todo=Count("id", filter=Q(state="planned", held_on__lte=today)),
        draft=Count("id", filter=VIEWS["draft"]),
    )
    chosen = (
        queries.meetings(me.unit_id)
        .filter(pk__in=rows.values("pk"))
        .prefetch_related(Prefetch("tags", MeetingTag.objects.select_related("kind")))
    )
    if ledgers.wanted(request):
        return ledgers.ledger(request, lists.meetings(chosen[: ledgers.MOST]))
    shown = Paginator(chosen, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "ledger": ledgers.link(request),
        "page": shown, "view": view if view in {*VIEWS, "mine"} else "all", "kind": kind, "kinds": kinds,
        "today": today, "counts": counts, "state_of": words.state,
        "can_convene": me.can(Permission.MEETING_CONVENE),
    }  # fmt: skip
    return render(request, "meetings/list.html", context)


def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    topic = request.GET.get("topic", "")
    return page.show(request, pk, topic=int(topic) if topic.isdecimal() else None)


@require_http_methods(["GET", "POST"])
def meeting_new(request: HttpRequest) -> HttpResponse:
    """Convene. ``?from=`` a meeting: the same kind, body, place and people as that one."""
    me = actor(request)
    if not me.can(Permission.MEETING_CONVENE):
        raise PermissionDenied(_("召集会议由党办、办公室和支部书记、组织委员办理。"))
    if request.method == "GET":
        return _new(request, NewForm(by=me, initial=_like(request)))
    form = NewForm(request.POST, by=me)
    return perform(
        request, lambda: meetings.convene(unit=Unit.objects.get(pk=me.unit_id), by=me, **form.cleaned_data),
        to=lambda row: reverse("meeting", args=[row.pk]), said=_("会议建好了，应到的人已经列上。"),
        form=form, again=lambda f: _new(request, f),
    )  # fmt: skip


def _new(request: HttpRequest, form: Any) -> HttpResponse:
    return render(request, "meetings/new.html", {"form": form})


def _like(request: HttpRequest) -> dict[str, Any]:
    """First values: today, or what the earlier meeting had."""
    start: dict[str, Any] = {"held_on": clock.today()}
    earlier = request.GET.get("from", "")
    seen = policies.see_meeting.filter(actor(request), Meeting.objects.prefetch_related("tags"))
    row = seen.filter(pk=int(earlier)).first() if earlier.isdecimal() else None
    if row is None:
        start["kind"] = request.GET.get("kind", "")
        return start
    names = ("kind_id", "party_org_id", "place", "chair_id", "recorder_id")
    same = {n.removesuffix("_id"): getattr(row, n) for n in names}
    return start | same | {"also": [t.kind_id for t in row.tags.all() if t.kind_id != row.kind_id]}
