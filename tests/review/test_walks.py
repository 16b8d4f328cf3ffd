"""From an honour back to the demand, in few queries however many stand behind it."""

from django.db import connection
from django.test.utils import CaptureQueriesContext

from gangmu.flow import steps
from gangmu.meetings.actions import meetings
from gangmu.meetings.models import AgendaItem
from gangmu.plan.actions import directives, entry_points
from gangmu.plan.models import EntryPoint
from gangmu.review.actions import honours
from gangmu.review.queries import honours as queries
from gangmu.review.queries.walks import walks
from tests.cast import (
    Cast,
    Planned,
    decided,
    directive_received,
    honour_registered,
    meeting_convened,
    plan_with_items,
    task_issued,
)


def of(row):
    return walks(list(queries.bases_of(row.pk)))


def adopted_by_decision(cast: Cast) -> Planned:
    planned = plan_with_items(cast, adopted=False)
    meeting = meeting_convened(cast)
    topic = steps.put_to_meeting(plan=planned.plan, meeting=meeting, waiver="先行印发", by=cast.party_office)
    meetings.record_attendance(meeting=meeting, absent={}, by=cast.party_office)
    steps.adopt_plan(agenda_item=AgendaItem.objects.get(pk=topic.pk), by=cast.party_office)
    meetings.finalise(meeting=meeting, by=cast.party_office)
    return planned


def test_task_item_knot_decision_and_point_stand_on_the_way(cast: Cast):
    planned = adopted_by_decision(cast)
    point = directive_received(cast).points.first()
    directives.answer(point=point, item=planned.mu, by=cast.party_office)
    task = task_issued(cast, item=planned.mu)
    [way] = of(honour_registered(cast, task=task))
    assert (way.basis.task, way.item, way.knots) == (task, planned.mu, [planned.knot])
    assert way.other(planned.knot) == planned.gang
    assert [a.point for a in way.answers] == [point]
    assert way.studied is not None and way.studied.meeting.startswith("党组会")


def test_a_demand_answered_on_the_other_side_of_the_knot_is_on_the_way(cast: Cast):
    planned = plan_with_items(cast)
    point = directive_received(cast).points.first()
    directives.answer(point=point, item=planned.gang, by=cast.party_office)
    [way] = of(honour_registered(cast, item=planned.mu))
    assert [a.point for a in way.answers] == [point]
    directives.answer(point=point, item=planned.mu, by=cast.party_office)
    assert len(of(way.basis.honour)[0].answers) == 1, "a point that both ends answer stands once"


def test_an_untied_knot_is_no_way(cast: Cast):
    planned = plan_with_items(cast)
    row = honour_registered(cast, item=planned.mu)
    entry_points.untie(
        entry_point=EntryPoint.objects.get(pk=planned.knot.pk), reason="结错了", by=cast.party_office
    )
    assert of(row)[0].knots == []


def test_a_task_of_a_decision_has_a_way_without_an_item(cast: Cast):
    decision = decided(cast)
    task = task_issued(cast, decision=decision)
    [way] = of(honour_registered(cast, task=task))
    assert (way.item, way.answers, way.knots, way.studied) == (None, [], [], None)
    assert way.basis.task.decision == decision


def test_the_walk_costs_four_queries_however_many_stand_behind_it(cast: Cast):
    planned = plan_with_items(cast)
    row = honour_registered(cast, item=planned.mu)

    def cost() -> int:
        rows = list(queries.bases_of(row.pk))
        with CaptureQueriesContext(connection) as seen:
            walks(rows)
        return len(seen)

    few = cost()
    for _n in range(6):
        honours.link(honour=row, task=task_issued(cast, item=planned.mu), by=cast.office)
    honours.link(honour=row, item=plan_with_items(cast, year=2025).mu, by=cast.office)
    assert cost() == few == 4
    assert walks([]) == []
