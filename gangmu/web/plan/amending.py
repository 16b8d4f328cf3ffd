"""年中调整 and versions: an amendment line by line, put to a meeting; what differs between two versions."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gangmu.common import clock
from gangmu.flow import steps
from gangmu.org.models import Department, Person
from gangmu.plan import policies, queries, states
from gangmu.plan.actions import amendments
from gangmu.plan.models import Amendment, AmendmentLine, Plan, PlanItem
from gangmu.web.act import perform
from gangmu.web.fetch import actor, fetch, fetch_by
from gangmu.web.format import cn_date
from gangmu.web.plan.forms import AmendForm, BeginForm, ProposeForm


def _labels() -> dict[str, str]:
    return {
        "title": _("事项"), "track": _("纲目"), "facet": _("抓手"), "lead_department": _("牵头部门"),
        "leader": _("分管领导"), "due_on": _("期限"),
    }  # fmt: skip


def in_words(unit_id: int, rows: list[dict[str, tuple[Any, Any]]]) -> list[list[tuple[str, str, str]]]:
    """Stored before/after values as (field, before, after) in office words. At most three queries for any number of rows."""
    departments = dict(Department.objects.filter(unit_id=unit_id).values_list("pk", "name"))
    people = dict(Person.objects.filter(unit_id=unit_id).values_list("pk", "name"))
    names: dict[str, dict[Any, Any]] = {
        "lead_department": departments, "leader": people, "track": dict(PlanItem.Track.choices),
        "facet": dict(PlanItem.Facet.choices),
    }  # fmt: skip

    def say(name: str, value: Any) -> str:
        if value in (None, ""):
            return _("未定")
        if name == "due_on":
            return cn_date(value if isinstance(value, date) else date.fromisoformat(value), clock.today())
        return str(names.get(name, {}).get(value, value))

    labels = _labels()
    anchors = {row["anchor"][1] for row in rows if "anchor" in row}
    titles = dict(PlanItem.objects.filter(pk__in=anchors).values_list("pk", "title")) if anchors else {}
    return [
        [(labels[n], say(n, was), say(n, now)) for n, (was, now) in row.items() if n in labels]
        + ([(_("位置"), "", _place(row, titles))] if "anchor" in row else [])
        for row in rows
    ]


def _place(row: dict[str, tuple[Any, Any]], titles: dict[int, str]) -> str:
    words = {"title": titles.get(row["anchor"][1], "")}
    under = row.get("place", ("", ""))[1] == AmendmentLine.Place.UNDER
    says = (_("作为“%(title)s”的下级") if under else _("放在“%(title)s”之后")) % words
    return says + _("；那一项调出了，放在最后") if "lost" in row else says


def _plan(request: HttpRequest, pk: int) -> Plan:
    return fetch(policies.see_plan, request, pk, Plan.objects.select_related("unit"))


# ---- amendments ----


@require_POST
def amendment_begin(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _plan(request, pk), BeginForm(request.POST)
    return perform(
        request, lambda: amendments.begin(plan=found, by=actor(request), **form.cleaned_data),
        to=lambda a: reverse("amendment", args=[a.pk]), said=_("调整开了头，一条一条写。"), form=form,
        again=lambda f: _versions(request, found, f),
    )  # fmt: skip


def amendment(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


def _found(request: HttpRequest, pk: int) -> Amendment:
    return fetch(policies.see_amendment, request, pk, Amendment.objects.select_related("plan__unit"))


def _page(request: HttpRequest, pk: int, **forms: Any) -> HttpResponse:
    found = _found(request, pk)
    lines = list(found.lines.select_related("item"))
    out = {line.item_id for line in lines if line.kind == AmendmentLine.Kind.DROP}
    pairs = [
        {n: (line.before.get(n), line.after[n]) for n in line.after if n != "title" or line.before}
        | ({"lost": (None, True)} if line.after.get("anchor") in out else {})
        for line in lines
    ]
    edits = policies.edit_plan.allows(actor(request), found.plan)
    writes = edits and found.state == Amendment.State.DRAFT
    context = {
        "amendment": found, "plan": found.plan, "lines": list(zip(lines, in_words(found.plan.unit_id, pairs), strict=True)),
        "writes": writes, "drops": edits and states.AMENDMENT.allows("drop", found.state),
        "amend_form": AmendForm(plan=found.plan) if writes else None,
        "propose_form": ProposeForm(unit_id=found.plan.unit_id) if writes and lines else None,
    }  # fmt: skip
    return render(request, "plan/amendment.html", context | forms)


@require_POST
def amendment_add_line(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    form = AmendForm(request.POST, plan=found.plan)

    def do() -> AmendmentLine:
        kind = form.cleaned_data["kind"]
        item = None if kind == AmendmentLine.Kind.ADD else form.cleaned_data["item"]
        values = {} if kind == AmendmentLine.Kind.DROP else form.values()
        return amendments.add_line(amendment=found, kind=kind, item=item, by=actor(request), **values)

    return perform(
        request, do, to=reverse("amendment", args=[pk]), said=_("写下了一条。"), form=form,
        again=lambda f: _page(request, pk, amend_form=f),
    )  # fmt: skip


@require_POST
def amendment_remove_line(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch_by(policies.see_amendment, request, lines=pk)
    line = get_object_or_404(
        AmendmentLine.objects.select_related("amendment__plan", "item"), pk=pk, amendment=found
    )
    return perform(
        request, lambda: amendments.remove_line(line=line, by=actor(request)),
        to=reverse("amendment", args=[found.pk]), said=_("这一条撤了。"),
    )  # fmt: skip


@require_POST
def amendment_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """Onto the agenda of a meeting that has not been held."""
    found = _found(request, pk)
    form = ProposeForm(request.POST, unit_id=found.plan.unit_id)
    return perform(
        request, lambda: steps.put_amendment_to_meeting(amendment=found, by=actor(request), **form.cleaned_data),
        to=reverse("amendment", args=[pk]), said=_("提上了会。会上通过，调整就生效。"), form=form,
        again=lambda f: _page(request, pk, propose_form=f),
    )  # fmt: skip


@require_POST
def amendment_drop(request: HttpRequest, pk: int) -> HttpResponse:
    found = _found(request, pk)
    return perform(
        request, lambda: amendments.drop(amendment=found, by=actor(request)),
        to=reverse("plan_versions", args=[found.plan_id]), said=_("这次调整放弃了，记录还在。"),
    )  # fmt: skip


# ---- versions ----


def plan_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """What the plan became since its adoption: ``?from=0&to=2``; unasked, from the first version to the newest."""
    return _versions(request, _plan(request, pk))


def _versions(request: HttpRequest, plan: Plan, form: BeginForm | None = None) -> HttpResponse:
    rows = list(plan.amendments.all())
    adopted = [a for a in rows if a.state == Amendment.State.ADOPTED]
    numbers = [0, *(a.no for a in adopted)]
    first, last = (_number(request.GET.get(n, ""), numbers, d) for n, d in (("from", 0), ("to", numbers[-1])))
    found = queries.difference(plan.pk, first, last)
    fields = [{n: v for n, v in d.fields.items() if n != "title" or d.kind == "change"} for d in found]
    may = plan.state == Plan.State.ADOPTED and policies.edit_plan.allows(actor(request), plan)
    context = {
        "plan": plan, "rows": rows, "versions": _named(plan, adopted), "first": first, "last": last,
        "found": list(zip(found, in_words(plan.unit_id, fields), strict=True)),
        "begin_form": form or (BeginForm() if may and all(a.state not in ("draft", "proposed") for a in rows) else None),
    }  # fmt: skip
    return render(request, "plan/versions.html", context)


def _number(text: str, known: list[int], other: int) -> int:
    return int(text) if text.isdecimal() and int(text) in known else other


def _named(plan: Plan, adopted: list[Amendment]) -> list[tuple[int, str]]:
    """(number, 通过时 3月5日 | 第1次调整 7月2日) of each version."""
    today = plan.span[1]
    first = _("通过时") + (" " + cn_date(plan.adopted_on, today) if plan.adopted_on else "")
    return [
        (0, first),
        *((a.no, f"{a} {cn_date(a.decided_on, today) if a.decided_on else ''}") for a in adopted),
    ]
