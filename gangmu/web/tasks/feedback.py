"""一次填报: all of one's tasks that wait for a line, one row each. Enter saves a row; without script it is one form."""

from dataclasses import dataclass
from datetime import date

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gangmu.common import clock
from gangmu.common.errors import Refused
from gangmu.org.actor import Actor
from gangmu.tasks import arithmetic, policies, queries
from gangmu.tasks.actions import tasks
from gangmu.tasks.models import Progress, Task
from gangmu.tasks.queries import Line
from gangmu.web.fetch import actor
from gangmu.web.format import relative_due
from gangmu.web.plural import numbers

S = Progress.Status
STATUSES = [(S.DONE, S.DONE.label), (S.ON_TRACK, S.ON_TRACK.label), (S.SLOW, S.SLOW.label),
            (S.NOT_STARTED, S.NOT_STARTED.label)]  # fmt: skip
LONGEST = 300


@dataclass
class Row:
    """One row: the task, by when a line is awaited, what stands in the fields, and what was wrong with it.

    ``was`` is the newest line when the page was made: whoever reported in between is noticed.
    """

    task: Task
    level: str
    word: str
    text: str
    was: str
    status: str
    error: str = ""
    saved: bool = False

    @property
    def last_on(self) -> date | None:
        return self.task.progress_on  # type: ignore[attr-defined]

    @property
    def status_word(self) -> str:
        return str(dict(STATUSES)[S(self.status)])


def level(by: date, today: date) -> str:
    """Past its day it is late, in the last week near, before that nobody is in a hurry."""
    if today > by:
        return "bad"
    return "warn" if by - arithmetic.NEAR <= today else "na"


def _row(line: Line, today: date) -> Row:
    last = line.task.progress_text or ""  # type: ignore[attr-defined]
    return Row(line.task, level(line.by, today), relative_due(line.by, today), last, last, line.proposed)


def _mine(me: Actor) -> QuerySet[Task]:
    return policies.own_task.filter(me, Task.objects.all())


@require_http_methods(["GET", "POST"])
def task_feedback(request: HttpRequest) -> HttpResponse:
    """GET: the rows. POST: the row named by ``row`` (its button, or Enter), else every row that was changed."""
    if request.method != "POST":
        return _page(request, [])
    rows = _posted(request)
    by = actor(request)
    for row in rows:
        _save(row, by)
    if getattr(request, "htmx", False):
        context = {"rows": rows, "statuses": STATUSES}
        return render(
            request, "tasks/_lines.html", context, status=422 if any(r.error for r in rows) else 200
        )
    saved = [r for r in rows if r.saved]
    if saved:
        messages.success(request, _("报上去 %(n)s 件，记下了。") % {"n": len(saved)})
    if not saved and not rows:
        messages.warning(request, _("没有改动，没有报。写上一句新的，再报。"))
    if not saved or any(r.error for r in rows):
        return _page(request, [r for r in rows if r.error], status=422)
    return redirect("task_feedback")


def _page(request: HttpRequest, typed: list[Row], status: int = 200) -> HttpResponse:
    """Rows that were typed into and refused stand again with what was typed."""
    me, today = actor(request), clock.today()
    mine = _mine(me)
    lines = queries.awaiting_lines(mine, today)
    again = {r.task.pk: r for r in typed}
    rows = [again.pop(x.task.pk) if x.task.pk in again else _row(x, today) for x in lines]
    rows += again.values()
    unsigned = list(mine.filter(state=Task.State.ISSUED).select_related("department").order_by("due_on")[:60])
    context = {
        "rows": rows, "statuses": STATUSES, "unsigned": unsigned, "today": today,
        "late": sum(r.level == "bad" for r in rows),
    }  # fmt: skip
    return render(request, "tasks/feedback.html", context, status=status)


def _posted(request: HttpRequest) -> list[Row]:
    """The rows to save, as they were typed; only tasks that are one's own and that the form names."""
    chosen = numbers([request.POST["row"]]) if request.POST.get("row") else None
    named = numbers(k[1:-5] for k in request.POST if k.startswith("t") and k.endswith("-text"))
    asked = [pk for pk in named if chosen is None or pk in chosen]
    found = queries.with_progress(_mine(actor(request)).filter(pk__in=asked))
    today, rows = clock.today(), []
    for task in found.order_by("due_on", "id"):
        by = queries.line_by(task, today) or today
        text = request.POST.get(f"t{task.pk}-text", "").replace("\0", "").strip()
        was = request.POST.get(f"t{task.pk}-was", "").strip()
        if chosen is None and text in ("", was):
            continue
        status = request.POST.get(f"t{task.pk}-status", "")
        rows.append(Row(task, level(by, today), relative_due(by, today), text, was,
                        status if status in S.values else queries.proposed(task, today)))  # fmt: skip
    return rows


def _save(row: Row, by: Actor) -> None:
    """One line, or the sentence why not. What is done is handed in (报结)."""
    newest = row.task.progress_text or ""  # type: ignore[attr-defined]
    if newest != row.was:
        row.error = _("这一项刚刚有人报过：“%(text)s”。您写的还在；要补这一句，再报一次。") % {"text": newest}
        row.was = newest
        return
    if len(row.text) > LONGEST:
        row.error = _("太长了，一句话就行，不超过 %(n)s 字。") % {"n": LONGEST}
        return
    try:
        if row.status == S.DONE:
            tasks.submit(task=row.task, text=row.text, by=by)
        else:
            tasks.report(task=row.task, text=row.text, status=row.status, by=by)
        row.saved = True
    except Refused as no:
        row.error = str(no)
