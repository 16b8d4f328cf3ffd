"""Two people at the same line, the same sheet, the same proposal: one is told, nothing is written twice."""

import pytest

from gangmu.common.errors import Invalid, WrongState
from gangmu.events.models import Event
from gangmu.flow import steps
from gangmu.inspection.actions import inspections, sheets
from gangmu.inspection.models import Inspection, Line, Measure, ProposedEntryPoint, Sheet, SheetLine
from gangmu.plan.models import EntryPoint
from gangmu.tasks.models import Task
from tests.cast import (
    Cast,
    assemble,
    campaign_signed,
    inspection_ordered,
    inspection_visited,
    line_of,
    plan_with_items,
    proposed,
)
from tests.events.test_two_at_once import Other

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(day) -> Cast:
    return assemble()


def answers(*works) -> list[str]:
    """What each of them got, all at once."""
    others = [Other(work) for work in works]
    return sorted(type(o.wait()).__name__ for o in others)


def test_of_two_who_fill_one_line_the_second_is_told(cast: Cast):
    planned = plan_with_items(cast)
    line = line_of(inspection_ordered(cast, planned), planned.mu)
    shown, who = line.stamp, {"甲": cast.party_office, "乙": cast.head6}

    def write(name: str):
        return lambda: inspections.look(
            line=Line.objects.get(pk=line.pk), business_effect=name, party_effect=name, grade="partly", seen=shown,
            by=who[name],
        )  # fmt: skip

    assert answers(write("甲"), write("乙")) == [Invalid.__name__, Line.__name__]
    assert Event.objects.filter(verb="inspection.look").count() == 1
    assert Line.objects.get(pk=line.pk).business_effect in who


def test_a_sheet_adopted_by_two_is_written_once(cast: Cast):
    planned, by = plan_with_items(cast), cast.party_office
    visit = inspection_ordered(cast, planned)
    line = line_of(visit, planned.mu)
    sheet = Sheet.objects.create(
        inspection=visit, name="表.xlsx", read_on=visit.visit_on, read_by_id=by.person_id
    )
    SheetLine.objects.create(
        sheet=sheet, line=line, stamp=line.stamp, business_effect="办结", party_effect="在岗", grade="partly",
        text="记录不全", side="business", department=cast.d8, due_on=visit.visit_on,
    )  # fmt: skip
    both = [lambda: sheets.adopt_sheet(sheet=Sheet(pk=sheet.pk), by=by)] * 2
    assert answers(*both) == [Sheet.__name__, WrongState.__name__]
    assert Event.objects.filter(verb="inspection.raise_finding").count() == 1


def test_a_proposal_accepted_by_two_is_one_knot(cast: Cast):
    planned, by = plan_with_items(cast), cast.party_office
    row = proposed(cast, inspection_visited(cast, planned), planned)
    both = [lambda: steps.accept_proposal(proposal=ProposedEntryPoint.objects.get(pk=row.pk), by=by)] * 2
    assert answers(*both) == [EntryPoint.__name__, WrongState.__name__]
    assert EntryPoint.objects.filter(mu=planned.loose).count() == 1


def test_measures_handed_out_by_two_are_one_task_each(cast: Cast):
    row, by = campaign_signed(cast), cast.party_office
    both = [lambda: steps.deploy_measures(campaign=row, by=by)] * 2
    assert answers(*both) == [WrongState.__name__, list.__name__]
    assert Task.objects.count() == Measure.objects.count() == 1


def test_visits_merged_both_ways_at_once_end_in_one(cast: Cast):
    planned, by = plan_with_items(cast), cast.party_office
    one, two = inspection_ordered(cast, planned), inspection_ordered(cast, planned)
    works = [
        lambda: inspections.merge(inspection=one, other=two, by=by),
        lambda: inspections.merge(inspection=two, other=one, by=by),
    ]
    assert WrongState.__name__ in answers(*works)
    assert sorted(Inspection.objects.values_list("state", flat=True)) == ["merged", "ordered"]
