"""补请假事由: a reason for an absence."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.meetings import queries
from gangmu.meetings.actions import meetings
from gangmu.meetings.models import Attendance
from tests.cast import Cast, meeting_convened, recorded, refused


@pytest.fixture
def row(cast: Cast) -> Attendance:
    """The full-time deputy was not there and nobody knows why; the minutes are final."""
    meeting = meeting_convened(cast)
    meetings.record_attendance(
        meeting=meeting, absent={cast.people["committee"].pk: ""}, by=cast.party_office
    )
    meetings.finalise(meeting=meeting, by=cast.party_office)
    return Attendance.objects.get(meeting=meeting, person=cast.people["committee"])


def give(cast: Cast, row: Attendance, reason: str = "下基层", by=None) -> Attendance:
    return meetings.give_absence_reason(attendance=row, reason=reason, by=by or cast.party_office)


def test_it_can_be_given_after_the_minutes_are_final(cast: Cast, row):
    assert list(queries.absent_without_reason(cast.unit.pk)) == [row]
    assert give(cast, row, " 下基层 ").reason == "下基层"
    assert not queries.absent_without_reason(cast.unit.pk).exists()


def test_it_changes_no_count(cast: Cast, row):
    before = queries.quorum(row.meeting)
    give(cast, row)
    assert queries.quorum(row.meeting) == before


def test_who_was_there_needs_none(cast: Cast, row):
    there = Attendance.objects.get(meeting=row.meeting, person=cast.people["first"])
    with refused(Invalid, there, says="到了会", field="reason"):
        give(cast, there)


def test_an_empty_reason_is_none(cast: Cast, row):
    with refused(Invalid, row, field="reason"):
        give(cast, row, "  ")


@pytest.mark.parametrize("who", ["committee", "office", "party_office"])
def test_the_offices_give_it(cast: Cast, row, who):
    assert give(cast, row, by=cast.acting(who)).reason


@pytest.mark.parametrize("who", ["branch", "leader", "staff", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, row, who):
    with refused(NotAllowed, row):
        give(cast, row, by=cast.acting(who))


def test_it_is_recorded_with_name_and_reason(cast: Cast, row):
    with recorded("meetings.give_absence_reason") as event:
        give(cast, row)
    assert (event.object_id, event.after) == (row.meeting_id, {"person": "方既白", "reason": "下基层"})
