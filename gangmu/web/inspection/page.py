"""One visit on one page: who goes, each line with both effects, findings, what it brings home, what is still missing."""

from datetime import timedelta
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.inspection import policies, queries, states
from gangmu.inspection.models import Finding, Inspection, Line, ProposedEntryPoint, TeamMember
from gangmu.inspection.queries import programme
from gangmu.org.actor import Actor
from gangmu.org.permissions import Permission
from gangmu.plan.models import PlanItem
from gangmu.tasks.states import DONE
from gangmu.web.fetch import actor, fetch
from gangmu.web.inspection.forms import (
    AddItemForm,
    LookForm,
    ProposeForm,
    RaiseForm,
    RecheckForm,
    SheetForm,
    WriteUpForm,
)

ROWS = Inspection.objects.select_related("unit", "branch", "leader", "merged_into").prefetch_related(
    Prefetch("team", TeamMember.objects.select_related("person__department")),
    Prefetch(
        "lines",
        Line.objects.select_related("item__lead_department", "item__plan", "entry_point__gang").order_by(
            "item__position", "id"
        ),
    ),
    Prefetch("lines__findings", Finding.objects.select_related("department", "task", "rechecked_by")),
    "merged_from",
    Prefetch("proposals", ProposedEntryPoint.objects.select_related("gang", "mu", "decided_by")),
)
GRADE_LEVEL = {"effective": "ok", "partly": "warn", "none": "bad", "": "na"}


def show(
    request: HttpRequest, pk: int, *, line: int | None = None, panel: str = "", **forms: Any
) -> HttpResponse:
    """``line``: the one in hand; ``panel`` ``raise``, ``propose``: what is being written about it."""
    me = actor(request)
    found = fetch(policies.see_inspection, request, pk, ROWS)
    lines = list(found.lines.all())
    chosen = next((row for row in lines if row.pk == line), None) or _first(lines)
    findings = [f for row in lines for f in row.findings.all()]
    for row in lines:
        row.inspection = found
    for finding in findings:
        finding.line.inspection = found
    can = allowed(me, found)
    context = {
        "inspection": found, "today": clock.today(), "lines": lines, "chosen": chosen, "findings": findings,
        "panel": panel, "can": can, "missing": missing(found, lines), "grade_level": GRADE_LEVEL,
        "party": [m.person for m in found.team.all() if m.side == TeamMember.Side.PARTY],
        "business": [m.person for m in found.team.all() if m.side == TeamMember.Side.BUSINESS],
        "look_form": LookForm.of(chosen) if chosen else None,
        "raise_form": RaiseForm(unit_id=found.unit_id, prefix="f") if "raise" in can and panel == "raise" else None,
        "propose_form": ProposeForm(item=chosen.item) if chosen and "raise" in can and panel == "propose" else None,
        "write_up_form": WriteUpForm(initial={"gist": found.gist}), "sheet_form": SheetForm(),
        "steps_of": {f.pk: finding_steps(me, f, can) for f in findings},
        "repeats": queries.earlier_alike(findings), "close": _close_to(me, found), "merged": found.merged_from.all(),
        "find": request.GET.get("find", ""), "add_form": None,
        "recheck_form": RecheckForm(), "recheck_of": None, "merge_form": None, "call_off_form": None,
    }  # fmt: skip
    present = {row.item_id for row in lines}
    context["to_add"] = _to_add(found, present, request.GET.get("find", "")) if "add" in can else []
    return render(request, "inspection/detail.html", context | forms)


def _to_add(found: Inspection, present: set[int], words: str) -> list[PlanItem]:
    """Items that may be added; asked for only when somebody looks for one."""
    return AddItemForm(unit_id=found.unit_id).found(words, present) if words.strip() else []


def _first(lines: list[Line]) -> Line | None:
    """The first line that still wants both sides, else the first."""
    return next(iter([*(row for row in lines if not row.complete), *lines]), None)


def _close_to(me: Actor, found: Inspection) -> list[programme.Overlap]:
    """Other visits to the same places within 30 days, while this one may still be merged."""
    if found.state not in states.COMING or not policies.order_inspection.allows(me, found):
        return []
    span = timedelta(days=programme.CLOSE)
    near = programme.visits(found.unit_id, found.visit_on - span, found.visit_on + span)
    return [o for o in programme.overlaps(near) if found.pk in (o.into.inspection.pk, o.other.inspection.pk)]


def allowed(me: Actor, inspection: Inspection) -> set[str]:
    can: set[str] = set()
    state = inspection.state
    if state in states.COMING and policies.order_inspection.allows(me, inspection):
        can |= {"call_off"} | ({"order"} if state == Inspection.State.PLANNED else set())
    if state == Inspection.State.MERGED and policies.order_inspection.allows(me, inspection):
        can |= {"split"} if splittable(inspection) else set()
    if not policies.work_inspection.allows(me, inspection) or state not in (*states.RUNNING, "closed"):
        return can
    lines = inspection.lines.all()
    if state in states.RUNNING:
        can |= {"sheet", "add"} if lines else {"add"}
        can |= {"look"} if inspection.visit_on <= clock.today() else set()
    if state != Inspection.State.ORDERED:
        can.add("raise")
    complete = all(row.complete for row in lines) if lines else bool(inspection.gist)
    if states.INSPECTION.allows("close", state) and complete:
        can.add("close")
    return can


def splittable(merged: Inspection) -> bool:
    """Both were of the programme, and neither is ordered yet."""
    into = merged.merged_into
    return bool(
        into and into.state == Inspection.State.PLANNED and merged.before_merge.get("state") == "planned"
    )


def finding_steps(me: Actor, finding: Finding, can: set[str]) -> set[str]:
    """rectify: give it out; pass, fail: look again, by somebody of another department."""
    if "raise" in can and finding.state == Finding.State.OPEN:
        return {"rectify"} if me.can(Permission.TASK_ISSUE) else set()
    if finding.state != Finding.State.RECTIFYING or not policies.recheck_finding.allows(me, finding):
        return set()
    done = finding.task is not None and finding.task.state in DONE
    return {"pass", "fail"} if done else set()


def missing(inspection: Inspection, lines: list[Line]) -> list[str]:
    """Sentences: what the visit cannot be closed without."""
    if inspection.state == Inspection.State.PLANNED:
        return [_("还没有下达：谁去、查什么")]
    if inspection.state not in states.RUNNING:
        return []
    if inspection.visit_on > clock.today():
        return [_("还没到督查那天")]
    if not lines:
        return [] if inspection.gist else [_("还没写走访所见")]
    business = sum(not row.business_effect.strip() for row in lines)
    party = sum(not row.party_effect.strip() for row in lines)
    says = [_("%(n)d 条没写业务实效") % {"n": business}] if business else []
    return says + ([_("%(n)d 条没写党建实效") % {"n": party}] if party else [])
