"""A supervision circular as a reading aid: who is named, and which open tasks that may be about. Nothing is kept or changed."""

from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l
from django.views.decorators.http import require_http_methods

from gangmu.common import clock
from gangmu.common.errors import Invalid
from gangmu.flow import circular_in
from gangmu.org.permissions import Permission
from gangmu.web.fetch import actor
from gangmu.web.forms import Form

WORDS = {"slow": ("bad", _l("慢")), "on_track": ("ok", _l("按序时")), "done": ("ok", _l("完成"))}


class CircularForm(Form):
    file = forms.FileField(
        label=_l("收到的通报"), help_text=_l("读出点名的部门和进度用语，放在在办任务旁边；文件不保留。标密文件一律拒收。"), allow_empty_file=True,
        error_messages={"required": _l("先选一个文件。"), "missing": _l("先选一个文件。")},
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def circular_read(request: HttpRequest) -> HttpResponse:
    me = actor(request)
    if not me.can(Permission.TASK_ISSUE):  # before anything of the file is read
        raise PermissionDenied(_("督查通报由党办、办公室对照。"))
    if request.method == "GET":
        return _page(request, CircularForm())
    form = CircularForm(request.POST, request.FILES)
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            return _page(
                request, CircularForm(), circular_in.read_beside(data=upload.read(), name=upload.name, by=me)
            )
        except Invalid as no:
            form.refuse(no)
    response = _page(request, form)
    response.status_code = 422
    return response


def _page(request: HttpRequest, form: CircularForm, reading: Any = None) -> HttpResponse:
    named = {e.paragraph for e in reading.circular.entries} if reading else set()
    context = {"form": form, "reading": reading, "named": named, "words": WORDS, "today": clock.today()}
    return render(request, "tasks/circular.html", context)
