"""The home page of every role, search, and what is known about me."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gangmu.common import clock
from gangmu.meetings import policies as meeting_policies
from gangmu.meetings.models import Meeting
from gangmu.org.permissions import Permission
from gangmu.plan import policies as plan_policies
from gangmu.plan.models import PlanItem
from gangmu.review import policies as review_policies
from gangmu.review.models import Honour
from gangmu.tasks import policies as task_policies
from gangmu.tasks.models import Task
from gangmu.web.fetch import actor
from gangmu.web.home import needs

FOUND = 20


def home(request: HttpRequest) -> HttpResponse:
    """今日."""
    me = actor(request)
    seen = [] if me.is_admin else needs.meetings_now(me)
    groups = needs.groups(me, seen)
    loose, loose_count = needs.holes(me)
    context = {
        "groups": groups, "count": sum(len(g.rows) for g in groups),
        "due_today": sum(r.level == "warn" for g in groups for r in g.rows),
        "late": sum(r.level == "bad" for g in groups for r in g.rows),
        "decisions": needs.decisions_waiting(me), "holes": loose, "hole_count": loose_count,
        "week": _week(needs.week(seen)) if not me.is_admin else None, "is_admin": me.is_admin, "me_role": me.role,
    }  # fmt: skip
    return render(request, "home/home.html", context)


def _week(meetings: list[Meeting]) -> list[dict[str, Any]]:
    """Five days, each with its meetings on both tracks."""
    today = clock.today()
    monday = date.fromordinal(today.toordinal() - today.weekday())
    days = [date.fromordinal(monday.toordinal() + n) for n in range(5)]
    return [
        {"day": day, "now": day == today,
         "party": [m for m in meetings if m.held_on == day and m.kind.track == "gang"],
         "business": [m for m in meetings if m.held_on == day and m.kind.track == "mu"]}
        for day in days
    ]  # fmt: skip


def search(request: HttpRequest) -> HttpResponse:
    """Items, tasks, meetings and honours whose title holds the words."""
    me, words = actor(request), request.GET.get("q", "").replace("\0", "").strip()[:40]
    found: dict[str, list[Any]] = {"items": [], "tasks": [], "meetings": [], "honours": []}
    if words:
        items = PlanItem.objects.filter(
            title__icontains=words, is_task=True, plan__state__in=["draft", "adopted", "closed"]
        )
        found["items"] = list(
            plan_policies.see_item.filter(me, items).select_related("plan", "lead_department")[:FOUND]
        )
        tasks = Task.objects.filter(title__icontains=words)
        found["tasks"] = list(task_policies.see_task.filter(me, tasks).select_related("department")[:FOUND])
        meetings = Meeting.objects.filter(title__icontains=words)
        rows = meeting_policies.see_meeting.filter(me, meetings).select_related("kind", "party_org")
        found["meetings"] = list(rows[:FOUND])
        honours = Honour.objects.filter(title__icontains=words).select_related("unit")
        found["honours"] = list(review_policies.see_honour.filter(me, honours)[:FOUND])
    return render(request, "home/search.html", {"words": words, **found})


def me(request: HttpRequest) -> HttpResponse:
    """What the product knows of me: posts and what follows from them."""
    me = actor(request)
    keeps = me.can(Permission.TASK_ISSUE)
    return render(request, "home/me.html", {"actor": me, "keeps_templates": keeps})
