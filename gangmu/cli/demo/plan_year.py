"""Directives, the plan read from its own paper, tied, adopted; a smaller plan for each county."""

from datetime import timedelta

from gangmu.cli.demo import content
from gangmu.cli.demo.calendar import Story
from gangmu.cli.demo.meeting_year import Kinds
from gangmu.cli.demo.paper import plan_docx
from gangmu.cli.demo.people import Cast
from gangmu.common import clock, source
from gangmu.flow import reading, steps
from gangmu.meetings.actions import decisions, meetings
from gangmu.plan.actions import directives, entry_points, items, plans
from gangmu.plan.models import Directive, Plan, PlanItem


def receive_directives(cast: Cast, story: Story) -> None:
    for number, (issuer, code, title, points) in enumerate(content.DIRECTIVES):
        day = story.workday(1, 5 + number)
        with clock.at(day):
            directives.register(
                unit=cast.unit, issuer=issuer, title=title, doc_no=f"{code}〔{day.year}〕{number + 1}号", issued_on=day,
                points=points, by=cast.act("机关党委"),
            )  # fmt: skip


def make_plan(cast: Cast, story: Story, kinds: Kinds) -> tuple[Plan, dict[str, PlanItem]]:
    """Import the paper, look it over, tie the knots, put it to the party group, adopt."""
    office = cast.act("机关党委")
    with clock.at(story.workday(1, 10)), source.through("import"):
        plan = reading.import_plan(
            data=plan_docx(story),
            name=f"{story.year}年工作要点.docx",
            unit=cast.unit,
            year=story.year,
            by=office,
        )
        items.accept_all_guesses(plan=plan, by=office)
        plans.confirm(plan=plan, by=office)
    found = {i.title: i for i in plan.items.filter(is_task=True).select_related("plan", "lead_department")}
    with clock.at(story.workday(1, 12)):
        _tie(found, cast)
    adopt(cast, plan, story.workday(1, 14), kinds, office)
    with clock.at(story.workday(1, 15)):
        _answer(found, office)
    plan.refresh_from_db()
    return plan, found


def _tie(found: dict[str, PlanItem], cast: Cast) -> None:
    office = cast.act("机关党委")
    for gang, mu, kind, expected in content.KNOTS:
        entry_points.tie(gang=found[gang], mu=found[mu], kind=kind, expected=expected, by=office)
    title, reason = content.REASON_WAITS
    entry_points.give_reason(item=found[title], reason=reason, by=office)


def adopt(cast: Cast, plan: Plan, on, kinds: Kinds, by) -> None:  # type: ignore[no-untyped-def]
    """The party group studies the plan on its agenda and adopts it, with a reason for what is still loose."""
    with clock.at(on):
        meeting = meetings.convene(unit=cast.unit, kind=kinds["leading_group"], held_on=on, by=by)
        topic = steps.put_to_meeting(
            plan=plan, meeting=meeting, waiver="几项业务的切入点还在找，先行印发，三个月内补齐", by=by
        )
        meetings.record_attendance(meeting=meeting, absent={}, by=by)
        topic = meeting.agenda.select_related("meeting__kind", "plan").get(pk=topic.pk)
        decisions.vote(agenda_item=topic, favour=meeting.attendances.filter(role="member").count(), by=by)
        steps.adopt_plan(agenda_item=topic, by=by)
        meetings.finalise(meeting=meeting, by=by)


def _answer(found: dict[str, PlanItem], by) -> None:  # type: ignore[no-untyped-def]
    for directive in Directive.objects.filter(unit_id=by.unit_id).prefetch_related("points"):
        for point in directive.points.all():
            for title in content.ANSWERS.get(point.text, ()):
                directives.answer(point=point, item=found[title], by=by)


def county_plan(cast: Cast, story: Story, kinds: Kinds) -> None:
    """A county writes its few items by hand."""
    by = cast.act("office")
    with clock.at(story.workday(1, 20)):
        plan = plans.draft(
            unit=cast.unit, year=story.year, title=f"{cast.unit.short}{story.year}年工作安排", by=by
        )
        gang = items.add(plan=plan, title="支部与办案组联动", track="gang", facet="work",
                         lead_department=cast.departments["政治部"], by=by)  # fmt: skip
        mu = items.add(plan=plan, title="轻微刑事案件快办", track="mu", due_on=story.today + timedelta(days=30),
                       lead_department=cast.departments["第一检察部"], by=by)  # fmt: skip
        entry_points.tie(gang=gang, mu=mu, kind="push", expected="快办岗由党员值守", by=by)
    adopt(cast, plan, story.workday(1, 22), kinds, by)
