"""分解: as many lines as wanted, typed or pasted from Word or Excel, with the sum beside them. Works without script."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gangmu.common import clock
from gangmu.common.errors import Invalid
from gangmu.org import queries as org
from gangmu.org.models import Department
from gangmu.tasks import policies, queries, states
from gangmu.tasks.actions import tasks
from gangmu.tasks.actions.tasks import Part
from gangmu.tasks.models import Task
from gangmu.web.act import perform
from gangmu.web.fetch import actor, fetch
from gangmu.web.plan.lines import when
from gangmu.web.tasks.forms import Choices, PartForm
from gangmu.web.tasks.views import at

LINES = 8  # to begin with, and so many more each time
MOST = 120  # a whole is seldom given to more: what goes beyond stays in the box and is said
FIELDS = ("title", "department", "person", "due_on", "target", "money")


@require_http_methods(["GET", "POST"])
def task_break_down(request: HttpRequest, pk: int) -> HttpResponse:
    """``more``: some more empty lines; ``read``: what was pasted becomes lines; else the parts are given out."""
    found = fetch(policies.see_task, request, pk, Task.objects.select_related("department", "person", "item"))
    me = actor(request)
    wide = policies.issue_task.allows(me, found)
    if not wide and not policies.own_task.allows(me, found):
        raise PermissionDenied(str(policies.own_task.reason))
    choices = Choices(found.unit_id, None if wide else _joined(found))
    if request.method != "POST":
        return _page(request, found, _empty([{}] * LINES, choices), choices)
    if "more" in request.POST or "read" in request.POST:
        return _longer(request, found, choices)
    forms = [PartForm(request.POST, prefix=f"p{n}", choices=choices) for n in range(_count(request))]
    valid = [f.is_valid() for f in forms]  # each of them, so that each shows what is wrong
    if not all(valid):
        return _page(request, found, forms, choices, status=422)
    parts = [Part(**f.cleaned_data) for f in forms if f.has_changed()]
    again = next((f for f in forms if f.has_changed()), forms[0])
    return perform(
        request, lambda: tasks.break_down(task=found, parts=parts, by=me), to=at(pk),
        said=_("分解成 %(n)s 项，各项等承办的人签收。") % {"n": len(parts)}, form=again,
        again=lambda _f: _page(request, found, forms, choices),
    )  # fmt: skip


def _joined(task: Task) -> list[Department]:
    """The lead department and those that join."""
    co = [c.department for c in task.co_departments.select_related("department")]
    return [task.department, *(d for d in co if d.pk != task.department_id)]


def _count(request: HttpRequest) -> int:
    """How many lines the form says it has."""
    text = request.POST.get("lines", "")
    return min(max(int(text), 1), MOST) if text.isascii() and text.isdecimal() and len(text) < 5 else LINES


def _empty(rows: list[dict[str, Any]], choices: Choices) -> list[PartForm]:
    """Lines with what was typed so far, nothing of it judged yet."""
    return [PartForm(prefix=f"p{n}", choices=choices, initial=row) for n, row in enumerate(rows)]


def _longer(request: HttpRequest, task: Task, choices: Choices) -> HttpResponse:
    typed = [
        {name: request.POST.get(f"p{n}-{name}", "").replace("\0", "") for name in FIELDS}
        for n in range(_count(request))
    ]
    if "more" in request.POST:
        return _page(request, task, _empty((typed + [{}] * LINES)[:MOST], choices), choices)
    kept = [row for row in typed if any(row.values())]
    pasted = [line for line in request.POST.get("text", "").replace("\0", "").splitlines() if line.strip()]
    taken, left = pasted[: MOST - len(kept)], pasted[MOST - len(kept) :]
    rows = kept + _read(taken, task.unit_id, choices)
    said: dict[str, Any] = {
        "left": "\n".join(left), "read": len(taken), "most": MOST,
        "unclear": sum(not row["department"] for row in rows[len(kept) :]),
    }  # fmt: skip
    return _page(request, task, _empty(rows + [{}] * max(LINES - len(rows), 0), choices), choices, **said)


def _read(lines: list[str], unit_id: int, choices: Choices) -> list[dict[str, Any]]:
    """Columns 分解任务, 牵头部门, 期限, 目标数; a date that is none stays as it was written, to be corrected there."""
    names, year = org.names(unit_id), clock.today().year
    offered = {d.pk for d in choices.departments}
    rows = []
    for line in lines:
        title, lead, due, target = [*(cell.strip() for cell in line.split("\t")), "", "", "", ""][:4]
        department = names.department(lead) if lead else None
        rows.append({
            "title": title, "department": department if department in offered else "", "due_on": _day(due, year),
            "target": target.replace(",", ""),
        })  # fmt: skip
    return rows


def _day(text: str, year: int) -> object:
    try:
        return when(text, year).due_on or text
    except Invalid:
        return text


def _page(
    request: HttpRequest, task: Task, forms: list[PartForm], choices: Choices, status: int = 200, **said: Any
) -> HttpResponse:
    context = {"task": task, "forms": forms, "sum": queries.sum_of_parts(task), "full": len(forms) >= MOST, "names": list(choices.by_name),
               "may": states.TASK.allows("break_down", task.state)}  # fmt: skip
    return render(request, "tasks/break_down.html", context | said, status=status)
