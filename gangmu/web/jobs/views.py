"""What was asked for and takes longer than a page: how far it is, what came of it, the file."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.jobs import policies, queries
from gangmu.jobs.models import Job
from gangmu.jobs.states import OPEN
from gangmu.web.act import perform
from gangmu.web.fetch import actor, fetch

SHOWN = 30
LEVELS = {"waiting": "na", "running": "na", "done": "ok", "failed": "bad"}


def job_list(request: HttpRequest) -> HttpResponse:
    """My latest ones."""
    rows = policies.see_job.filter(actor(request))[:SHOWN]
    return render(request, "jobs/list.html", {"jobs": rows, "levels": LEVELS})


def job(request: HttpRequest, pk: int) -> HttpResponse:
    """One: asks again by itself while it is open, and leads on where a page came of it."""
    found = fetch(policies.see_job, request, pk)
    if found.state == Job.State.DONE and found.link:
        name, *arguments = found.link
        there = reverse(name, args=arguments)
        if request.htmx:  # type: ignore[attr-defined]
            return HttpResponse(headers={"HX-Redirect": there})
        return redirect(there)
    context: dict[str, Any] = {
        "job": found, "level": LEVELS[found.state], "is_open": found.state in OPEN,
        "unclaimed": queries.unclaimed(found), "gone": found.state == Job.State.DONE and not found.file,
    }  # fmt: skip
    template = "jobs/_state.html" if request.htmx else "jobs/job.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def job_file(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file, streamed from disk under its Chinese name."""
    found = fetch(policies.see_job, request, pk)
    path = queries.file_path(found)
    if path is None or not path.exists():
        raise Http404(_("这个文件已经清理了。请再办一次。"))
    response = FileResponse(path.open("rb"), content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(found.file_name)}"
    return response


def begun(request: HttpRequest, do: Callable[[], Job], **more: Any) -> HttpResponse:
    """For views of other rooms that start a job: do it and go to its page; a refusal as in ``perform``."""
    return perform(
        request, do, said=_("已经在后台办理，可以先做别的。"),
        to=lambda made: reverse("job", args=[made.pk]) if made else reverse("job_list"), **more,
    )  # fmt: skip
