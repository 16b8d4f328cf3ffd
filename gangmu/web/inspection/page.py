"""One inspection on one page: the team by side, each line with both effects, findings, and what is still missing."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.inspection import policies, states
from gangmu.inspection.models import Finding, Inspection, Line, TeamMember
from gangmu.org.actor import Actor
from gangmu.org.permissions import Permission
from gangmu.tasks.states import DONE
from gangmu.web.fetch import actor, fetch
from gangmu.web.inspection.forms import LookForm, RaiseForm, RecheckForm

ROWS = Inspection.objects.select_related("unit").prefetch_related(
    Prefetch("team", TeamMember.objects.select_related("person__department")),
    Prefetch(
        "lines",
        Line.objects.select_related("item__lead_department", "entry_point__gang").order_by(
            "item__position", "id"
        ),
    ),
    Prefetch("lines__findings", Finding.objects.select_related("department", "task", "rechecked_by")),
)
GRADE_LEVEL = {"effective": "ok", "partly": "warn", "none": "bad", "": "na"}


def show(
    request: HttpRequest, pk: int, *, line: int | None = None, panel: str = "", **forms: Any
) -> HttpResponse:
    """``line``: the one in hand; ``panel`` ``raise``: its finding is being written."""
    me = actor(request)
    found = fetch(policies.see_inspection, request, pk, ROWS)
    lines = list(found.lines.all())
    chosen = next((row for row in lines if row.pk == line), None) or _first(lines)
    findings = [f for row in lines for f in row.findings.all()]
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
        "steps_of": {f.pk: finding_steps(me, f, can) for f in findings},
        "recheck_form": RecheckForm(), "recheck_of": None,
    }  # fmt: skip
    return render(request, "inspection/detail.html", context | forms)


def _first(lines: list[Line]) -> Line | None:
    """The first line that still wants both sides, else the first."""
    return next(iter([*(row for row in lines if not row.complete), *lines]), None)


def allowed(me: Actor, inspection: Inspection) -> set[str]:
    if not policies.work_inspection.allows(me, inspection):
        return set()
    state, can = inspection.state, set()
    if state != Inspection.State.CLOSED and inspection.visit_on <= clock.today():
        can.add("look")
    if state != Inspection.State.ORDERED:
        can.add("raise")
    if states.INSPECTION.allows("close", state) and all(row.complete for row in inspection.lines.all()):
        can.add("close")
    return can


def finding_steps(me: Actor, finding: Finding, can: set[str]) -> set[str]:
    """rectify: give it out; pass, fail: look again, by somebody of another department."""
    if "raise" in can and finding.state == Finding.State.OPEN:
        return {"rectify"} if me.can(Permission.TASK_ISSUE) else set()
    if finding.state != Finding.State.RECTIFYING or not policies.recheck_finding.allows(me, finding):
        return set()
    done = finding.task is not None and finding.task.state in DONE
    return {"pass", "fail"} if done else set()


def missing(inspection: Inspection, lines: list[Line]) -> list[str]:
    """Sentences: what the inspection cannot be closed without."""
    if inspection.state == Inspection.State.CLOSED:
        return []
    if inspection.visit_on > clock.today():
        return [_("还没到督查那天")]
    business = sum(not row.business_effect.strip() for row in lines)
    party = sum(not row.party_effect.strip() for row in lines)
    says = [_("%(n)d 条没写业务实效") % {"n": business}] if business else []
    return says + ([_("%(n)d 条没写党建实效") % {"n": party}] if party else [])
