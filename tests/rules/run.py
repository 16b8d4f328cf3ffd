"""Reads the scenario files and lives them through.

A file (TOML) names a rule, who is judged, and the period; each ``[[scenario]]`` has steps and what the lamp then says::

    rule = "BRANCH-THEME-DAY"
    subject = "第一党支部"
    period = "2026-05"

    [[scenario]]
    says = "开过一次，合规"
    steps = [{ do = "meeting", on = 2026-05-12, kind = "theme_day", org = "第一党支部" }]
    lamp = "ok"
    value = 1
    expected = 1
    not_counted = { draft = 1 }     # code → how many records; nothing when left out

``today`` (default 2026-06-10), ``subject`` and ``period`` may be given in the scenario too.
"""

import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from gangmu.common import clock
from gangmu.events.log import System
from gangmu.meetings.actions import decisions, meetings
from gangmu.meetings.models import AgendaItem, Meeting, Vote
from gangmu.org.actions import units
from gangmu.org.models import PartyOrg
from gangmu.plan.actions import entry_points, items, plans
from gangmu.plan.models import Plan
from gangmu.rules.actions import excuse
from gangmu.rules.models import Verdict
from gangmu.rules.store import recheck
from gangmu.tasks.actions import tasks
from tests.cast import DAY, FOUNDED, Cast, kind

FOLDER = Path(__file__).parent / "scenarios"


@dataclass(frozen=True)
class Scenario:
    rule: str
    subject: str
    period: str
    says: str
    lamp: str
    value: int = 0
    expected: int = 0
    excused: bool = False
    today: date = DAY
    steps: list[dict] = field(default_factory=list)
    not_counted: dict[str, int] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.rule}: {self.says}"


def read(file: Path) -> list[Scenario]:
    """The scenarios of one file. An unknown key raises."""
    data = tomllib.loads(file.read_text())
    common = {key: value for key, value in data.items() if key != "scenario"}
    return [Scenario(**(common | each)) for each in data["scenario"]]


def every() -> list[Scenario]:
    return [s for file in sorted(FOLDER.glob("*.toml")) for s in read(file)]


def subject_id(cast: Cast, name: str) -> int:
    """Who is judged, by name: a party organisation, a department or the unit itself."""
    if name == "本院":
        return cast.unit.pk
    found = cast.orgs.get(name) or cast.departments.get(name) or PartyOrg.objects.get(name=name)
    return found.pk


def live(cast: Cast, scenario: Scenario) -> None:
    for step in scenario.steps:
        values = {key: value for key, value in step.items() if key not in ("do", "on")}
        if step["do"] == "excuse":
            values["scenario"] = scenario
        with clock.at(step.get("on", scenario.today)):
            STEPS[step["do"]](cast, **values)


def _meeting(
    cast: Cast,
    *,
    kind: str,
    org: str = "",
    absent=(),
    unexplained=(),
    also=(),
    topics=(),
    state: str = "final",
) -> Meeting:
    """``absent`` with a reason, ``unexplained`` without; ``topics`` have votes unless ``favour`` is left out."""
    by, party_org = cast.party_office, cast.orgs.get(org)
    if org and party_org is None:
        party_org = PartyOrg.objects.get(name=org)
    meeting = meetings.convene(
        unit=cast.unit,
        kind=_kind(kind),
        held_on=clock.today(),
        party_org=party_org,
        also=[_kind(k) for k in also],
        by=by,
    )
    if state == "called_off":
        return meetings.call_off(meeting=meeting, reason="改期", by=by)
    gone = {cast.people[p].pk: "出差" for p in absent} | {cast.people[p].pk: "" for p in unexplained}
    if state != "planned":
        meeting = meetings.record_attendance(meeting=meeting, absent=gone, by=by)
    for topic in topics:
        _topic(cast, meeting, **topic)
    return meetings.finalise(meeting=meeting, by=by) if state == "final" else meeting


_kind = kind


def _topic(
    cast: Cast, meeting: Meeting, *, topic: str = "business", favour: int | None = None, forced=None
) -> None:
    """``forced``: figures that no action would store, as an old ledger may hold them."""
    row: AgendaItem = meetings.add_topic(meeting=meeting, title="议题", topic=topic, by=cast.party_office)
    if forced:
        Vote.objects.create(agenda_item=row, **forced)
    elif favour is not None:
        decisions.vote(agenda_item=row, favour=favour, by=cast.party_office)


def _plan(
    cast: Cast, *, department: str, knot: str = "none", reason: str = "none", adopted: bool = True
) -> None:
    """A plan with one business item. ``knot``: none, tied, untied; ``reason``: none, waiting, accepted."""
    by = cast.party_office
    plan = plans.draft(
        unit=cast.unit, year=clock.today().year, title=f"工作要点之{Plan.objects.count() + 1}", by=by
    )
    gang = items.add(plan=plan, title="先锋岗", track="gang", lead_department=cast.party, by=by)
    mu = items.add(plan=plan, title="业务", track="mu", lead_department=cast.departments[department], by=by)
    if knot != "none":
        entry = entry_points.tie(gang=gang, mu=mu, kind="push", expected="见效", by=by)
        if knot == "untied":
            entry_points.untie(entry_point=entry, reason="结错了", by=by)
    if adopted:
        plans.adopt(plan=plan, on=clock.today(), by=by)
    if reason != "none":
        entry_points.give_reason(item=mu, reason="保密事项", by=by)
    if reason == "accepted":
        entry_points.accept_reason(item=mu, by=cast.first)


def _decision(
    cast: Cast, *, due: date | None = None, state: str = "final", needs_action: bool = True,
    verified: list[date] | None = None, open_tasks: int = 0, cancelled: int = 0,
) -> None:  # fmt: skip
    """A decision for 第八检察部, with tasks verified on these days, tasks still open, and tasks cancelled."""
    by, today = cast.party_office, clock.today()
    meeting = _meeting(cast, kind="leading_group", state="recorded")
    topic = meetings.add_topic(meeting=meeting, title="议题", by=by)
    decision = decisions.decide(
        agenda_item=topic, text="抓好", department=cast.d8, due_on=due, needs_action=needs_action, by=by
    )
    if state == "final":
        meetings.finalise(meeting=meeting, by=by)
    late = due or today
    for day in [*(verified or []), *[None] * (open_tasks + cancelled)]:
        task = tasks.issue(unit=cast.unit, title="办", source="decision", decision=decision, department=cast.d8,
                           due_on=late, by=by)  # fmt: skip
        if day is None and cancelled:
            cancelled -= 1
            tasks.cancel(task=task, reason="并入", by=by)
        elif day is not None:
            with clock.at(day):
                tasks.sign(task=task, by=cast.head8)
                tasks.submit(task=task, text="已办结", by=cast.head8)
                tasks.verify(task=task, by=by)


def _found(
    cast: Cast, *, name: str, kind: str = "branch", since: date = FOUNDED, closed: date | None = None
) -> None:
    org = units.found_party_org(unit=cast.unit, kind=kind, name=name, founded_on=since, by=System())
    PartyOrg.objects.filter(pk=org.pk).update(closed_on=closed)


def _excuse(cast: Cast, *, scenario: Scenario, reason: str = "疫情防控") -> None:
    recheck()
    verdict = Verdict.objects.get(
        rule=scenario.rule, subject_id=subject_id(cast, scenario.subject), period=scenario.period
    )
    excuse(verdict=verdict, reason=reason, by=cast.committee)


STEPS: dict[str, Callable] = {
    "meeting": _meeting, "plan": _plan, "decision": _decision, "found": _found, "excuse": _excuse,
}  # fmt: skip
