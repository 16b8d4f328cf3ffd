"""走访所见: all that a walk without items has to say."""

from datetime import timedelta

import pytest

from gangmu.common import clock
from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.flow import steps
from gangmu.inspection.actions import inspections
from tests.cast import DAY, Cast, recorded, refused, walk_ordered


def test_it_is_the_visit_and_then_it_can_be_closed(cast: Cast):
    row = inspections.write_up(inspection=walk_ordered(cast), gist=" 办案组设了先锋岗 ", by=cast.leader)
    assert (row.state, row.gist) == ("visited", "办案组设了先锋岗")
    assert steps.close_inspection(inspection=row, by=cast.leader).state == "closed"


def test_without_it_a_walk_is_not_closed(cast: Cast):
    row = walk_ordered(cast)
    with refused(Invalid, row, says="走访所见"):
        inspections.close(inspection=row, by=cast.leader)


def test_nothing_is_not_enough(cast: Cast):
    row = walk_ordered(cast)
    with refused(Invalid, row, field="gist"):
        inspections.write_up(inspection=row, gist=" ", by=cast.leader)


def test_neither_before_the_day_nor_after_the_end(cast: Cast):
    row = walk_ordered(cast, on=DAY + timedelta(days=1))
    with refused(WrongState, row, says="还没有到"):
        inspections.write_up(inspection=row, gist="看了", by=cast.leader)
    with clock.at(DAY + timedelta(days=1)):
        inspections.write_up(inspection=row, gist="看了", by=cast.leader)
        inspections.close(inspection=row, by=cast.leader)
        with refused(WrongState, row, says="已经办结"):
            inspections.write_up(inspection=row, gist="改", by=cast.leader)


@pytest.mark.parametrize("who", ["first", "office", "head8", "branch", "outsider"])
def test_who_does_not_go_writes_nothing(cast: Cast, who):
    row = walk_ordered(cast)
    with refused(NotAllowed, row):
        inspections.write_up(inspection=row, gist="看了", by=cast.acting(who))


def test_it_is_recorded_on_the_day_of_the_visit(cast: Cast):
    row = walk_ordered(cast)
    with clock.at(DAY + timedelta(days=2)), recorded("inspection.write_up") as event:
        inspections.write_up(inspection=row, gist="看了办案组", by=cast.leader)
    assert (event.happened_on, event.after) == (DAY, {"text": "看了办案组"})
