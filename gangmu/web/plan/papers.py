"""Papers read into plans: upload, look over beside the original, confirm as a draft."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gangmu.common import source
from gangmu.flow import reading
from gangmu.jobs.actions import jobs
from gangmu.org import queries as org
from gangmu.org.models import Unit
from gangmu.plan import policies, queries
from gangmu.plan.actions import items, plans, preview
from gangmu.plan.models import Plan, PlanItem, SourceParagraph
from gangmu.web.act import perform
from gangmu.web.fetch import actor, fetch
from gangmu.web.plan.forms import BulkForm, ImportForm, NameForm, PreviewItemForm, ResponsibleForm
from gangmu.web.plan.preview import Row, called, page_of, row, rows_of

SHOWN = 30


def paper_list(request: HttpRequest) -> HttpResponse:
    """Papers that came in, and the place to bring the next one."""
    return _list(request)


def _list(request: HttpRequest, form: ImportForm | None = None) -> HttpResponse:
    me = actor(request)
    rows = (
        policies.see_plan.filter(me)
        .filter(unit_id=me.unit_id)
        .exclude(source_name="")
        .select_related("revises")
        .order_by("-id")[:SHOWN]
    )
    may = policies.edit_plan.allows(me, Plan(unit_id=me.unit_id))
    form = form or ImportForm(unit_id=me.unit_id)
    return render(request, "papers_in/list.html", {"papers": rows, "form": form, "may_import": may})


@require_POST
def paper_import(request: HttpRequest) -> HttpResponse:
    """A paper comes in. An old Word file is converted by a job, so that nobody waits for the page."""
    me = actor(request)
    if not policies.edit_plan.allows(me, Plan(unit_id=me.unit_id)):  # before anything of the file is read
        raise PermissionDenied(policies.edit_plan.reason)
    form = ImportForm(request.POST, request.FILES, unit_id=me.unit_id)
    said = [_("读好了。请对着原文看一遍推定的地方。")]

    def do() -> str:
        upload, year = form.cleaned_data["file"], form.cleaned_data["year"]
        of = form.cleaned_data["revises"]
        data = upload.read()
        if reading.slow(data, upload.name):
            said[0] = _("这是旧格式，正在后台转换，可以先做别的。")
            params = {"name": upload.name, "unit": me.unit_id, "year": year, "of": of.pk if of else 0}
            title = _("读《%(name)s》") % {"name": upload.name}
            job = jobs.start(kind="papers.import", title=title, params=params, upload=data, by=me)
            return reverse("job", args=[job.pk])
        with source.through("import"):
            plan = reading.import_plan(
                data=data, name=upload.name, unit=Unit.objects.get(pk=me.unit_id), year=year, by=me
            )
        return reverse("paper_compare", args=[plan.pk, of.pk]) if of else reverse("paper", args=[plan.pk])

    answer = perform(request, do, to=str, said="", form=form, again=lambda f: _list(request, f))
    if answer.status_code == 302:
        messages.success(request, said[0])
    return answer


# ---- the two panes ----


def paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The two panes: source paragraphs at the left, what was read at the right."""
    plan = fetch(policies.see_plan, request, pk)
    if plan.state not in ("preview", "draft") or not plan.source_name:
        return redirect("plan", pk)
    return _preview(request, plan)


def _number(request: HttpRequest, name: str) -> int:
    asked = request.GET.get(name, "")
    return int(asked) if asked.isdecimal() and len(asked) < 19 else 0


def _preview(
    request: HttpRequest, plan: Plan, form: PreviewItemForm | None = None, editing: int = 0
) -> HttpResponse:
    only, why = request.GET.get("only") == "waiting", request.GET.get("why", "")
    editing = editing or _number(request, "edit")
    cutting = _number(request, "split")
    page = page_of(
        plan, only=only, why=why, number=_number(request, "page"), busy=editing, cut=cutting,
        offer=_number(request, "offer"),
    )  # fmt: skip
    may = policies.edit_plan.allows(actor(request), plan)
    among = list(org.departments(plan.unit_id)) if may else []
    target = next((r.item for r in page.rows if r.item.pk == editing), None)
    asked = {"only": "waiting" if only else "", "why": why, "page": page.number if page.pages > 1 else ""}
    part = request.htmx and not request.htmx.boosted  # type: ignore[attr-defined]
    context: dict[str, Any] = {
        "plan": plan, "part": part, "page": page, "only": only, "why": why, "may_edit": may, "editing": editing, "cutting": cutting,
        "query": "&".join(f"{name}={value}" for name, value in asked.items() if value),
        "form": form or (PreviewItemForm.of(target, plan.unit_id, among) if target and may else None),
        "many": BulkForm(unit_id=plan.unit_id, known=among, auto_id="many_%s") if may else None,
        "original": queries.likeliest_original(plan)
        if may and plan.state == "preview" and not editing
        else None,
        "departments": among,
    }  # fmt: skip
    return render(request, "papers_in/_pv.html" if part else "papers_in/preview.html", context)


def _at(plan_id: int, anchor: str = "", query: str = "") -> str:
    return (
        reverse("paper", args=[plan_id]) + (f"?{query}" if query else "") + (f"#{anchor}" if anchor else "")
    )


def _kept(request: HttpRequest) -> str:
    """The filter that was in force, so that a step does not lose it; only what we know is taken along."""
    parts = []
    if request.POST.get("only") == "waiting":
        parts.append("only=waiting")
    for name in ("why", "page"):
        value = request.POST.get(name, "")
        if (
            value
            and len(value) < 40
            and value.replace(".", "").replace("_", "").isalnum()
            and value.isascii()
        ):
            parts.append(f"{name}={value}")
    return "&".join(parts)


def _item(request: HttpRequest, pk: int) -> PlanItem:
    return fetch(policies.see_item, request, pk, PlanItem.objects.select_related("plan"))


# ---- one row ----


def paper_item(request: HttpRequest, pk: int) -> HttpResponse:
    """One row by itself, with its form open or shut; without script the whole page at that row."""
    found = _item(request, pk)
    asked = next((name for name in ("edit", "split") if request.GET.get(name)), "")
    if not request.htmx:  # type: ignore[attr-defined]
        return redirect(_at(found.plan_id, f"item-{pk}", f"{asked}={pk}" if asked else ""))
    may = policies.edit_plan.allows(actor(request), found.plan)
    form = PreviewItemForm.of(found, found.plan.unit_id) if asked == "edit" and may else None
    return _row(request, found, form=form, cutting=asked == "split")


def _row(
    request: HttpRequest, item: PlanItem, *, form: PreviewItemForm | None = None, cutting: bool = False,
    offer: bool = False, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The row as it is now, and the tally above it."""
    plan = item.plan
    fresh = rows_of(plan).filter(pk=item.pk).first()
    texts = dict(plan.paragraphs.filter(no__in=item.paragraph_nos).values_list("no", "text"))
    shown: list[Row] = []
    if fresh:
        known = org.names(plan.unit_id)
        shown = [row(fresh, known, called(known), texts, cut=cutting, offer=offer, stamped=form is not None)]
    waiting = plan.items.filter(is_task=True).exclude(guesses=[]).count()
    context = {
        "plan": plan, "row": shown[0] if shown else None, "form": form, "editing": item.pk if form else 0,
        "cutting": item.pk if cutting else 0, "query": "", "waiting": waiting,
        "tasks": plan.items.filter(is_task=True).count(), "only": False, "why": "",
        "may_edit": policies.edit_plan.allows(actor(request), plan),
    }  # fmt: skip
    return render(request, "papers_in/_answer.html", context, status=status)


def _on_row(
    request: HttpRequest, found: PlanItem, do: Callable[[], Any], *, said: str, form: PreviewItemForm | None = None,
    offer: bool = False,
) -> HttpResponse:  # fmt: skip
    """A step on one row: answered by the row alone where a script asked for it, else by the page."""
    again: Callable[[Any], HttpResponse] = lambda f: _preview(request, found.plan, f, found.pk)  # noqa: E731
    if request.htmx:  # type: ignore[attr-defined]
        again = lambda f: _row(request, found, form=f)  # noqa: E731
    to = _at(
        found.plan_id,
        f"item-{found.pk}",
        "&".join(p for p in (_kept(request), f"offer={found.pk}" if offer else "") if p),
    )
    answer = perform(request, do, to=to, said=said, form=form, again=again)
    if request.htmx and answer.status_code == 302:  # type: ignore[attr-defined]
        return _row(request, found, offer=offer)
    return answer


@require_POST
def item_accept(request: HttpRequest, pk: int) -> HttpResponse:
    """All guesses of a row, or the one that is named."""
    found = _item(request, pk)
    field, _dot, why = request.POST.get("guess", "").partition(".")
    return _on_row(
        request, found, lambda: items.accept_guesses(item=found, field=field, why=why, by=actor(request)),
        said=_("认可了。"),
    )  # fmt: skip


@require_POST
def item_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = _item(request, pk)
    asked = any(g.get("names") for g in found.guesses)  # the paper names a lead that nobody knew
    form = PreviewItemForm(request.POST, unit_id=found.plan.unit_id)
    return _on_row(
        request, found, lambda: items.edit(item=found, by=actor(request), **form.cleaned_data), form=form,
        said=_("改好了。"), offer=asked,
    )  # fmt: skip


@require_POST
def item_set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    found = _item(request, pk)
    return perform(
        request, lambda: items.set_aside(item=found, by=actor(request)), to=_at(found.plan_id, query=_kept(request)),
        said=_("搁置了，原文还在左边。"),
    )  # fmt: skip


@require_POST
def item_split(request: HttpRequest, pk: int) -> HttpResponse:
    found = _item(request, pk)
    at = [int(n) for n in request.POST.getlist("at") if n.isdecimal() and len(n) < 6]
    return perform(
        request, lambda: preview.split(item=found, at=at, by=actor(request)),
        to=lambda made: _at(found.plan_id, f"item-{pk}", _kept(request) if made else f"split={pk}"),
        said=_("拆开了，各项的单位和期限照旧，请看一遍。"),
    )  # fmt: skip


@require_POST
def item_merge(request: HttpRequest, pk: int) -> HttpResponse:
    found = _item(request, pk)
    return perform(
        request, lambda: preview.merge(item=found, by=actor(request)),
        to=lambda into: _at(found.plan_id, f"item-{into.pk if into else pk}", _kept(request)),
        said=_("并到上一项了。"),
    )  # fmt: skip


@require_POST
def item_mark(request: HttpRequest, pk: int) -> HttpResponse:
    """A heading becomes a task, or the reverse."""
    found, as_task = _item(request, pk), request.POST.get("as") == "task"
    return perform(
        request, lambda: preview.mark(item=found, as_task=as_task, by=actor(request)),
        to=_at(found.plan_id, f"item-{pk}", _kept(request)), said=_("改作任务了。") if as_task else _("改作标题了。"),
    )  # fmt: skip


# ---- paragraphs ----


def _paragraph(request: HttpRequest, pk: int) -> SourceParagraph:
    return fetch(policies.see_paragraph, request, pk, SourceParagraph.objects.select_related("plan"))


def _on_paragraph(
    request: HttpRequest, pk: int, do: Callable[[SourceParagraph], Any], said: str
) -> HttpResponse:
    found = _paragraph(request, pk)
    return perform(
        request, lambda: do(found), to=_at(found.plan_id, f"p-{found.no}", _kept(request)), said=said
    )


@require_POST
def paragraph_take_in(request: HttpRequest, pk: int) -> HttpResponse:
    me = actor(request)
    return _on_paragraph(
        request,
        pk,
        lambda found: reading.take_in(paragraph=found, by=me),
        _("成了一项，单位和期限照原文读出。"),
    )


@require_POST
def paragraph_join(request: HttpRequest, pk: int) -> HttpResponse:
    me = actor(request)
    return _on_paragraph(
        request, pk, lambda found: preview.join(paragraph=found, by=me), _("并进前一项的内容了。")
    )


@require_POST
def paragraph_start(request: HttpRequest, pk: int) -> HttpResponse:
    me = actor(request)
    return _on_paragraph(
        request,
        pk,
        lambda found: preview.start_at(paragraph=found, by=me),
        _("事项从这一段开始，前面的都作了备注。"),
    )


# ---- the whole paper ----


@require_POST
def paper_accept_all(request: HttpRequest, pk: int) -> HttpResponse:
    """Every open guess, or those of one kind."""
    plan = fetch(policies.see_plan, request, pk)
    field, _dot, why = request.POST.get("guess", "").partition(".")
    return perform(
        request, lambda: items.accept_all_guesses(plan=plan, field=field, why=why, by=actor(request)),
        to=_at(pk, query="only=waiting" if request.POST.get("only") == "waiting" else ""),
        said=_("这一类都认可了。") if why else _("全部认可了。"),
    )  # fmt: skip


def said_form(request: HttpRequest, plan: Plan, form: Any, do: Callable[[], Any], said: str) -> HttpResponse:
    """A small form of the tools: what is wrong with it becomes a message on the page it came from."""
    to = _at(plan.pk, query=_kept(request))
    if not policies.edit_plan.allows(actor(request), plan):  # before anything of the form is judged
        raise PermissionDenied(policies.edit_plan.reason)
    if not form.is_valid():
        messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
        return redirect(to)
    return perform(request, do, to=to, said=said)


@require_POST
def paper_read_responsible(request: HttpRequest, pk: int) -> HttpResponse:
    plan, form = fetch(policies.see_plan, request, pk), ResponsibleForm(request.POST)
    said = _("整份都这样算了。")
    if request.POST.get("remember"):
        said = _("整份都这样算了，也记住了：下次的文件照此推定。不对可以在“记住的更正”里忘掉。")
    return said_form(
        request, plan, form,
        lambda: reading.say_responsible(plan=plan, by=actor(request), **form.cleaned_data), said,
    )  # fmt: skip


@require_POST
def paper_name_unit(request: HttpRequest, pk: int) -> HttpResponse:
    plan = fetch(policies.see_plan, request, pk)
    form = NameForm(request.POST, unit_id=plan.unit_id)
    said = _("整份里的这个名称都对上了。")
    if request.POST.get("remember"):
        said = _("整份里的这个名称都对上了，也记住了。不对可以在“记住的更正”里忘掉。")
    return said_form(
        request, plan, form, lambda: reading.say_unit(plan=plan, by=actor(request), **form.cleaned_data), said
    )


@require_POST
def paper_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    plan = fetch(policies.see_plan, request, pk)
    return perform(
        request, lambda: plans.confirm(plan=plan, by=actor(request)),
        to=lambda p: reverse("plan", args=[pk]) if p else _at(pk), said=_("成了草稿。接着结切入点，再提请党组会。"),
    )  # fmt: skip
