"""Asking for a 迎检包: for a stretch of time on its own page, for a rule, an item or a branch by a button there."""

from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gangmu.common import clock
from gangmu.common.errors import NotAllowed
from gangmu.flow import bundle
from gangmu.jobs.actions import jobs
from gangmu.jobs.models import Job
from gangmu.web.export.forms import PackForm
from gangmu.web.fetch import actor
from gangmu.web.jobs.views import begun


@require_http_methods(["GET", "POST"])
def pack(request: HttpRequest) -> HttpResponse:
    """The form, and the start of the job. What may be seen is asked before the job and once more when it runs."""
    me, today = actor(request), clock.today()
    if me.is_admin or me.person_id is None:
        raise PermissionDenied(_("迎检包里是业务记录，由业务人员做。"))
    if request.method == "GET":
        return _page(request, PackForm(initial={"start": date(today.year, 1, 1), "end": today}))
    data = request.POST.copy()
    if data.get("scope") == "item":  # an item has its own time: all of it
        data["start"] = data["end"] = today.isoformat()
    form = PackForm(data)

    def do() -> Job:
        asked: dict[str, Any] = form.cleaned_data
        try:
            found = bundle.gather(**asked, by=me)
        except NotAllowed as no:
            raise Http404(str(no)) from None
        params = {**asked, "start": asked["start"].isoformat(), "end": asked["end"].isoformat()}
        title = _("迎检包：%(what)s") % {"what": found.title}
        return jobs.start(kind="papers.pack", title=title, params=params, by=me)

    return begun(request, do, form=form, again=lambda f: _page(request, f))


def _page(request: HttpRequest, form: PackForm) -> HttpResponse:
    return render(request, "export/pack.html", {"form": form})
