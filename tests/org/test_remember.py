"""A corrected column is remembered for the unit."""

import pytest

from gangmu.common.errors import NotAllowed
from gangmu.org import rosters
from gangmu.org.actions import columns
from tests.cast import Cast, event_ids, recorded, refused


def test_what_was_said_is_kept_and_a_later_word_replaces_it(cast: Cast):
    with recorded("org.remember_columns") as event:
        assert (
            columns.remember(unit=cast.unit, kind="people", heads={"单位简写": "department"}, by=cast.office)
            == 1
        )
    assert event.after == {"kind": "people", "columns": {"单位简写": "department"}}
    columns.remember(unit=cast.unit, kind="people", heads={"单位简写": ""}, by=cast.office)
    assert rosters.hints(cast.unit.pk) == {"people": {"单位简写": ""}} and rosters.hints(cast.other.pk) == {}


def test_the_same_word_again_leaves_no_trace(cast: Cast):
    said = {"单位简写": "department", "长" * 61: "name"}
    columns.remember(unit=cast.unit, kind="people", heads=said, by=cast.office)
    before = event_ids()
    assert columns.remember(unit=cast.unit, kind="people", heads=said, by=cast.office) == 0
    assert event_ids() == before


@pytest.mark.parametrize("who", ["first", "head8", "outsider", "system_admin"])
def test_only_who_keeps_lists_is_listened_to(cast: Cast, who):
    with refused(NotAllowed):
        columns.remember(unit=cast.unit, kind="people", heads={"x": "name"}, by=cast.acting(who))
