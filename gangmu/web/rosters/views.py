"""导入名册: upload, look over, take or give back marked."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gangmu.common import source
from gangmu.common.errors import NotAllowed
from gangmu.flow import rosters as flow
from gangmu.org import queries as org
from gangmu.org.models import Department, Post, Unit
from gangmu.papers import roster_words as words
from gangmu.papers.errors import Unreadable
from gangmu.papers.roster_blank import blank
from gangmu.papers.roster_check import ERROR
from gangmu.papers.roster_copy import Mark, marked_copy
from gangmu.papers.roster_open import Book
from gangmu.web.act import perform
from gangmu.web.export.sending import as_file
from gangmu.web.fetch import actor
from gangmu.web.rosters import kept, page
from gangmu.web.rosters.forms import ReadForm, UploadForm


def _keeper(request: HttpRequest) -> tuple[Unit, list[str]]:
    """The unit and the lists that the person keeps; 403 with the reason for who keeps none."""
    me = actor(request)
    unit = Unit.objects.get(pk=me.unit_id)
    try:
        return unit, flow.require_any(me, unit)
    except NotAllowed as no:
        raise PermissionDenied(str(no)) from None


def rosters(request: HttpRequest) -> HttpResponse:
    """The place to bring a list to, and empty ones to take away."""
    return _start(request)


def _start(request: HttpRequest, form: UploadForm | None = None) -> HttpResponse:
    _unit, kinds = _keeper(request)
    context = {
        "form": form or UploadForm(kinds=kinds), "kinds": [(k, words.KIND_HEADS[k]) for k in kinds],
        "waiting": kept.waiting(actor(request).user_id),
    }  # fmt: skip
    return render(request, "rosters/start.html", context)


@require_POST
def roster_read(request: HttpRequest) -> HttpResponse:
    """Open the file; only what can be read is put aside."""
    _unit, kinds = _keeper(request)
    form = UploadForm(request.POST, request.FILES, kinds=kinds)

    def do() -> str:
        upload = form.cleaned_data["file"]
        data, kind = upload.read(), form.cleaned_data["kind"]
        flow.read_book(data, upload.name)
        return kept.keep(data, upload.name, kind=kind, user_id=actor(request).user_id)

    return perform(
        request, do, to=lambda token: reverse("roster", args=[token]), said=_("读好了，还没有存。看一遍再导入。"), form=form,
        again=lambda f: _start(request, f),
    )  # fmt: skip


def roster(request: HttpRequest, token: str) -> HttpResponse:
    """How a sheet was read, what needs the person, what would change."""
    unit, kinds = _keeper(request)
    file = kept.fetch(token, actor(request).user_id)
    form = ReadForm(request.GET)
    return render(request, "rosters/preview.html", page.context(unit, kinds, file, form, actor(request)))


def _opened(file: kept.Kept) -> Book:
    return flow.read_book(file.data, file.name)


@require_POST
def roster_take(request: HttpRequest, token: str) -> HttpResponse:
    """导入: the whole sheet, or the rows without an error."""
    unit, _kinds = _keeper(request)
    file, form = kept.fetch(token, actor(request).user_id), ReadForm(request.POST)
    book = _opened(file)
    sheet = flow.pick(book, form.index)

    def do() -> flow.Look:
        with source.through("import"):
            return flow.take(
                unit=unit, sheet=sheet, choice=form.choice(file.kind), partly=request.POST.get("partly") == "1",
                source_name=f"{file.name} · {sheet.name}" if len(book.sheets) > 1 else file.name, by=actor(request),
            )  # fmt: skip

    def to(found: flow.Look | None) -> str:
        if found is None:
            return reverse("roster", args=[token]) + "?" + page.query_of(form, sheet.index)
        following = next((s.index for s in book.sheets if s.index > sheet.index), None)
        if following is not None:
            return reverse("roster", args=[token]) + f"?sheet={following}"
        kept.forget(token)
        return reverse("people") + "?view=" + page.VIEW_OF[found.layout.kind]

    if not form.is_valid():
        messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
        return redirect(to(None))
    return perform(request, do, to=to, said=page.taken)


@require_POST
def roster_drop(request: HttpRequest, token: str) -> HttpResponse:
    """放弃: the file is deleted."""
    _keeper(request)
    kept.forget(kept.fetch(token, actor(request).user_id).token)
    messages.success(request, _("放弃了，文件已删除。"))
    return redirect("rosters")


def roster_copy(request: HttpRequest, token: str) -> HttpResponse:
    """The same file with the faulty cells marked."""
    unit, kinds = _keeper(request)
    file, form = kept.fetch(token, actor(request).user_id), ReadForm(request.GET)
    book = _opened(file)
    sheet, choice = flow.pick(book, form.index), form.choice(file.kind)
    found = flow.lay_out(unit, sheet, choice, kinds)
    problems = (
        flow.look(unit, found, choice, actor(request)).problems if found and found.kind in kinds else []
    )
    lacking = (
        [_("没有找到“%(head)s”这一列") % {"head": _(f.head)} for f in found.lacking()]
        if found
        else [_("没有找到表头")]
    )
    marks = [Mark(p.line, p.column, p.say(_), "error" if p.level == ERROR else "note") for p in problems]
    marks += [Mark((found.header if found else 0) + 1, 0, why) for why in lacking]
    try:
        data = marked_copy(file.data, book, sheet, marks)
    except Unreadable as no:
        messages.error(request, _(no.message))
        return redirect("roster", token)
    return as_file(
        _("%(name)s（标了问题）") % {"name": file.name.rpartition(".")[0] or file.name}, "xlsx", data
    )


def roster_blank(request: HttpRequest, kind: str) -> HttpResponse:
    """An empty list with the unit's own departments and branches to choose from."""
    unit, kinds = _keeper(request)
    if kind not in kinds:
        raise Http404(_("没有这种名册。"))
    name = _("%(what)s（空表）") % {"what": _(words.KIND_HEADS[kind])}
    return as_file(name, "xlsx", blank(kind, _choices(unit), _))


def _choices(unit: Unit) -> dict[str, list[str]]:
    departments = [d.name for d in org.departments(unit.pk)]
    branches = [o.name for o in org.party_orgs(unit.pk) if o.kind in flow.org.BRANCHES]
    return {
        "department": departments, "org": branches, "place": departments + branches,
        "line": [str(word) for word in Department.Line.labels], "status": [_("正式党员"), _("预备党员")],
        "title": [str(word) for word in Post.Kind.labels],
    }  # fmt: skip
