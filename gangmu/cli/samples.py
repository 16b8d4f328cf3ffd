"""``gangmu papers samples DIR``: one of every paper of the demo city, to be looked at as it would be signed."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from gangmu.common import clock
from gangmu.common.errors import Invalid
from gangmu.flow import lamps
from gangmu.inspection import queries as inspections
from gangmu.inspection.models import Inspection
from gangmu.meetings.models import Meeting
from gangmu.org.models import Unit
from gangmu.papers.official import Paper, write
from gangmu.plan import queries as plans
from gangmu.plan.models import Plan
from gangmu.review import queries as review
from gangmu.tasks import queries as tasks
from gangmu.tasks.models import Task
from gangmu.tasks.states import DONE, OPEN
from gangmu.web.export import papers


def add_to(commands: argparse._SubParsersAction) -> None:
    group = commands.add_parser("papers", help="write papers").add_subparsers(required=True, metavar="WHAT")
    samples = group.add_parser("samples", help="write one of every paper of the first city into a folder")
    samples.add_argument("folder", type=Path)
    samples.set_defaults(do=_samples)


def _samples(args: argparse.Namespace) -> int:
    unit = Unit.objects.filter(level=Unit.Level.CITY).order_by("path").first()
    plan = plans.newest_plan(unit.pk) if unit else None
    if unit is None or plan is None:
        raise Invalid("还没有可以写的内容。先用 gangmu demo 建好演示数据。")
    args.folder.mkdir(parents=True, exist_ok=True)
    for name, paper in every(unit, plan):
        (args.folder / f"{name}.docx").write_bytes(write(paper))
        print(f"{name}.docx  {paper.title}")
    return 0


def every(unit: Unit, plan: Plan) -> Iterator[tuple[str, Paper]]:
    """(name, paper) of each kind that the unit has records for."""
    yield "plan", papers.plan(plan)
    yield "tasks", papers.task_list(plan)
    yield from _of_an_item(plan)
    yield from _of_meetings(unit)
    for number, task in enumerate(Task.objects.filter(unit=unit).order_by("state", "pk")[:200:60], start=1):
        yield f"notice-{number}", papers.notice(task)
    for found in (
        Inspection.objects.filter(unit=unit)
        .select_related("unit")
        .exclude(state="ordered")
        .order_by("-visit_on")[:1]
    ):
        yield "order", papers.order(found)
        yield "circular", papers.inspection_circular(found)
    yield "progress", _progress(unit)
    yield from _of_holders(unit, plan)


def _of_an_item(plan: Plan) -> Iterator[tuple[str, Paper]]:
    knot = plans.knots(plan.pk).exclude(effect="").select_related("mu").first()
    if knot:
        four = lamps.of_items([knot.mu], plan)[knot.mu_id]
        yield (
            "thread",
            papers.thread(
                knot.mu, four, plans.knots_of(knot.mu), list(tasks.of_item(knot.mu_id)), clock.today()
            ),
        )


def _of_meetings(unit: Unit) -> Iterator[tuple[str, Paper]]:
    rows = Meeting.objects.filter(unit=unit, state=Meeting.State.FINAL, agenda__decisions__isnull=False)
    for name, chosen in (("minutes", rows.filter(party_org=None)), ("branch", Meeting.objects.filter(unit=unit, party_org__isnull=False, state="final"))):  # fmt: skip
        if found := chosen.select_related("unit", "kind", "party_org", "chair", "recorder").first():
            yield name, papers.minutes(found)


def _progress(unit: Unit) -> Paper:
    today, rows = clock.today(), Task.objects.filter(unit=unit)
    running = tasks.with_progress(rows.filter(state__in=OPEN - DONE))
    closed = rows.filter(state__in=DONE, verified_on__year=today.year).count()
    return papers.progress_circular(unit, running, inspections.open_findings(unit.pk), closed, today)


def _of_holders(unit: Unit, plan: Plan) -> Iterator[tuple[str, Paper]]:
    holders = list(review.holders(unit.pk, clock.today()).values())
    holder = next((h for h in holders if not h.leads), holders[0] if holders else None)
    if holder:
        ledger = review.ledger(holder, plan.pk, clock.today())
        fours = lamps.of_items(ledger.items, plan) if ledger.items else {}
        yield "duty", papers.duty(holder, ledger, fours, unit.name, clock.today())
        yield "report", papers.report(holder, ledger, clock.today())
