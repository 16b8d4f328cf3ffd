"""Minutes that come in as a paper: upload, look over beside the original, take into a meeting, or drop."""

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.forms import BoundField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gangmu.common import source
from gangmu.flow import minutes_in
from gangmu.flow.minutes_in import Facts, Reading
from gangmu.meetings import policies
from gangmu.meetings.actions import minutes as papers
from gangmu.meetings.models import MinutesPaper
from gangmu.org.models import Unit
from gangmu.org.permissions import Permission
from gangmu.papers.minutes import Decision, Topic
from gangmu.web.act import perform
from gangmu.web.fetch import actor, fetch
from gangmu.web.meetings.minutes_forms import BringForm, FactsForm, TakeForm

SHOWN = 30


@require_http_methods(["GET", "POST"])
def minutes_bring(request: HttpRequest) -> HttpResponse:
    me = actor(request)
    if not me.can(Permission.MEETING_CONVENE):  # before anything of the file is read
        raise PermissionDenied(_("导入纪要由党办、办公室和支部书记、组织委员办理。"))
    if request.method == "GET":
        return _bring(request, BringForm())
    form = BringForm(request.POST, request.FILES)

    def do() -> MinutesPaper:
        upload = form.cleaned_data["file"]
        with source.through("import"):
            return minutes_in.bring(
                data=upload.read(), name=upload.name, unit=Unit.objects.get(pk=me.unit_id), by=me
            )

    return perform(
        request, do, to=lambda p: reverse("minutes_paper", args=[p.pk]), said=_("读好了。对着原文看一遍，再一次记进会议。"),
        form=form, again=lambda f: _bring(request, f),
    )  # fmt: skip


def _bring(request: HttpRequest, form: Any) -> HttpResponse:
    rows = policies.see_minutes.filter(actor(request)).exclude(state=MinutesPaper.State.DROPPED)
    rows = rows.select_related("meeting__kind", "meeting__party_org").order_by("-id")[:SHOWN]
    return render(request, "meetings/minutes_bring.html", {"form": form, "papers": rows})


def minutes_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The original at the left, what is taken of it at the right."""
    rows = MinutesPaper.objects.select_related("unit", "meeting__kind", "meeting__party_org")
    paper = fetch(policies.see_minutes, request, pk, rows)
    if paper.state == MinutesPaper.State.DROPPED:
        return redirect("minutes_bring")
    reading = minutes_in.load(paper)
    if paper.meeting:  # taken: the original stays to be read
        return _paper(request, paper, reading, FactsForm(by=actor(request)), None)
    asked: dict[str, Any] = {
        name: request.GET[name] for name in ("kind", "party_org", "held_on") if name in request.GET
    }
    start = asked or {
        "kind": reading.kind.pk if reading.kind else "", "party_org": reading.party_org.pk if reading.party_org else "",
        "held_on": reading.minutes.head.held_on or "",
    }  # fmt: skip
    form = FactsForm(start, by=actor(request))
    if not form.is_valid():
        shown = form if asked else FactsForm(initial=start, by=actor(request))
        return _paper(request, paper, reading, shown, None)
    return _paper(request, paper, reading, form, _take_form(paper, reading, form.facts))


def _take_form(paper: MinutesPaper, reading: Reading, facts: Facts, data: Any = None) -> TakeForm:
    """With who is due on that day; what the paper says about others goes to the gist."""
    found = minutes_in.existing(paper.unit_id, facts)
    roll = minutes_in.roll(paper.unit, facts, reading, found)
    gist = found.gist if found else ""
    if roll.others:
        gist = f"{gist}\n{_('纪要所记其他人员：%(names)s。') % {'names': '、'.join(roll.others)}}".strip()
    form = TakeForm(
        data, reading=reading, found=found, unit_id=paper.unit_id, rows=roll.rows, initial={"gist": gist}
    )
    form.roll = roll  # type: ignore[attr-defined]
    return form


@dataclass(frozen=True)
class Row:
    """A sentence that may be a decision, with its fields; without them it is only shown."""

    said: Decision
    tick: BoundField | None
    fields: tuple[BoundField, ...] = ()
    unmatched: str = ""


@dataclass(frozen=True)
class TopicRow:
    said: Topic
    why: str
    tick: BoundField
    fields: tuple[BoundField, ...]
    firm: list[Row]
    weak: list[Row]


def _rows(form: TakeForm) -> list[TopicRow]:
    out = []
    for i, topic in enumerate(form.reading.minutes.topics):
        rows = [_row(form, f"t{i}d{j}", said) for j, said in enumerate(topic.decisions)]
        fields = tuple(form[n] for n in (f"t{i}-title", f"t{i}-topic", f"t{i}-way") if n in form.fields)
        out.append(TopicRow(topic, minutes_in.offered(topic), form[f"t{i}"], fields, [r for r in rows if r.said.firm],
                            [r for r in rows if not r.said.firm]))  # fmt: skip
    return out


def _row(form: TakeForm, key: str, said: Decision) -> Row:
    if key not in form.fields:
        return Row(said, None)
    unknown = "、".join(n for n in said.lead if form.reading.names.department(n) is None)
    return Row(said, form[key], tuple(form[f"{key}-{n}"] for n in ("text", "department", "due_on")), unknown)


def _paper(
    request: HttpRequest, paper: MinutesPaper, reading: Reading, facts: FactsForm, form: TakeForm | None
) -> HttpResponse:
    minutes = reading.minutes
    said = {d.paragraph for d in minutes.decisions()}
    firm = {d.paragraph for d in minutes.decisions() if d.firm}
    context = {
        "paper": paper, "reading": reading, "head": minutes.head, "facts": facts, "form": form, "rows": _rows(form) if form else [],
        "paragraphs": [p for p in reading.source.paragraphs if p.text.strip()], "firm": firm, "weak": said - firm,
        "noted": {n.paragraph for n in minutes.notes}, "headed": set(minutes.head.paragraphs),
        "may_work": policies.work_minutes.allows(actor(request), paper),
        "taken": sum(d.firm for d in minutes.decisions()),
    }  # fmt: skip
    return render(request, "meetings/minutes_paper.html", context)


@require_POST
def minutes_take(request: HttpRequest, pk: int) -> HttpResponse:
    paper = fetch(policies.see_minutes, request, pk, MinutesPaper.objects.select_related("unit"))
    if not policies.work_minutes.allows(actor(request), paper):
        raise PermissionDenied(policies.work_minutes.reason)
    if paper.state != MinutesPaper.State.PREVIEW:
        return perform(request, lambda: minutes_in.require_open(paper), to=reverse("minutes_bring"), said="")
    reading = minutes_in.load(paper)
    facts = FactsForm(request.POST, by=actor(request))
    if not facts.is_valid():
        response = _paper(request, paper, reading, facts, None)
        response.status_code = 422
        return response
    form = _take_form(paper, reading, facts.facts, request.POST)

    def do() -> Any:
        data = form.cleaned_data
        more = {n: data[n] for n in ("number", "place", "chair", "recorder") if n in data}
        with source.through("import"):
            return minutes_in.take(
                paper=paper, facts=facts.facts, into=form.fills, absent=form.absent, topics=form.topics, gist=data["gist"],
                by=actor(request), **more,
            )  # fmt: skip

    return perform(
        request, do, to=lambda row: reverse("meeting", args=[row.pk]), said=_("记进会议了：到会、议题、决定都在。看一遍，没错就定稿。"),
        form=form, again=lambda f: _paper(request, paper, reading, facts, f),
    )  # fmt: skip


@require_POST
def minutes_drop(request: HttpRequest, pk: int) -> HttpResponse:
    paper = fetch(policies.see_minutes, request, pk)
    return perform(
        request, lambda: papers.drop(paper=paper, by=actor(request)), to=reverse("minutes_bring"),
        said=_("作废了，原文没有保留。"),
    )  # fmt: skip
