"""The board, and what is done to many tasks at once. Every task for itself: one that is refused stops no other."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gangmu.common import clock
from gangmu.org.actor import Actor
from gangmu.tasks import policies, queries
from gangmu.tasks.actions import tasks, urges
from gangmu.tasks.models import Task
from gangmu.web.fetch import actor
from gangmu.web.plural import each, numbers
from gangmu.web.tasks.filters import Filters
from gangmu.web.tasks.words import urge_words


def task_board(request: HttpRequest) -> HttpResponse:
    return _board(request)


def _board(request: HttpRequest, status: int = 200) -> HttpResponse:
    """待签收 | 办理中 | 待核查 | 待销号: the first cards of each, and what may be done to several of them."""
    me, today = actor(request), clock.today()
    filters = Filters(request, me, today, states=False)
    rows = filters.apply(policies.see_task.filter(me, Task.objects.all()))
    columns = queries.board(rows, today)
    context = {
        "filters": filters, "columns": [_column(c, me) for c in columns], "today": today,
        "total": sum(c.total for c in columns), "late": sum(c.late for c in columns),
        "lines": sum(c.lines for c in columns),
        "issues": policies.issue_task.allows(me, Task(unit_id=me.unit_id)),
    }  # fmt: skip
    return render(request, "tasks/board.html", context, status=status)


def _column(column: queries.Column, me: Actor) -> dict[str, Any]:
    """With the one thing that may be done to several of its cards, and to which of them."""
    verb, policy = {
        "issued": ("sign", policies.own_task), "under_way": ("urge", policies.urge_task),
        "submitted": ("verify", policies.verify_task), "verified": ("close", policies.verify_task),
    }[column.state]  # fmt: skip
    words = {
        "sign": _("签收勾上的"),
        "urge": _("催办勾上的"),
        "verify": _("核查通过勾上的"),
        "close": _("销号勾上的"),
    }
    can = {t.pk for t in column.rows if policy.allows(me, t)}
    return {
        "state": Task.State(column.state).label, "code": column.state, "total": column.total, "late": column.late, "lines": column.lines,
        "rows": column.rows, "can": can, "verb": verb, "word": words[verb],
        "action": reverse(f"task_{verb}_many"),
    }  # fmt: skip


def _many(request: HttpRequest) -> list[Task]:
    """The ticked tasks that one may see; those that are not one's to do are refused by the action, with its reason."""
    asked = numbers(request.POST.getlist("task"))
    seen = policies.see_task.filter(actor(request), Task.objects.filter(pk__in=asked))
    return list(queries.with_progress(seen).order_by("due_on", "id"))


def _back(request: HttpRequest, done: bool) -> HttpResponse:
    """To the page it was done on; when nothing was done, the board with the reason."""
    if not done:
        return _board(request, status=422)
    where = request.POST.get("next", "")
    safe = url_has_allowed_host_and_scheme(where, {request.get_host()}, request.is_secure())
    return redirect(where if safe else "task_board")


@require_POST
def task_sign_many(request: HttpRequest) -> HttpResponse:
    me = actor(request)
    return _back(request, each(request, _many(request), lambda t: tasks.sign(task=t, by=me),
                               _("签收 %(n)s 件。"), _("先勾上要签收的任务。")))  # fmt: skip


@require_POST
def task_verify_many(request: HttpRequest) -> HttpResponse:
    me = actor(request)
    return _back(request, each(request, _many(request), lambda t: tasks.verify(task=t, by=me),
                               _("核查通过 %(n)s 件。"), _("先勾上核查过的任务。")))  # fmt: skip


@require_POST
def task_close_many(request: HttpRequest) -> HttpResponse:
    me = actor(request)
    return _back(request, each(request, _many(request), lambda t: tasks.close(task=t, by=me),
                               _("销号 %(n)s 件。"), _("先勾上要销号的任务。")))  # fmt: skip


@require_POST
def task_urge_many(request: HttpRequest) -> HttpResponse:
    """Each gets the sentence that its own facts propose."""
    me, today = actor(request), clock.today()
    return _back(request, each(
        request, _many(request), lambda t: urges.urge(task=t, text=urge_words(t, today), by=me),
        _("催办 %(n)s 件，承办部门打开今日就看到。"), _("先勾上要催的任务。"),
    ))  # fmt: skip
