"""未开: the meeting is not held."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.meetings.actions import meetings
from tests.cast import Cast, meeting_convened, meeting_recorded, recorded, refused


def test_it_is_not_held(cast: Cast):
    meeting = meetings.call_off(meeting=meeting_convened(cast), reason="改期", by=cast.office)
    assert meeting.state == "called_off"


def test_what_was_held_cannot_be_called_off(cast: Cast):
    meeting = meeting_recorded(cast)
    with refused(WrongState, meeting):
        meetings.call_off(meeting=meeting, reason="改期", by=cast.office)


def test_a_second_click_is_refused(cast: Cast):
    meeting = meetings.call_off(meeting=meeting_convened(cast), reason="改期", by=cast.office)
    with refused(WrongState, meeting, says="未开"):
        meetings.call_off(meeting=meeting, reason="改期", by=cast.office)


def test_it_needs_a_reason(cast: Cast):
    meeting = meeting_convened(cast)
    with refused(Invalid, meeting, field="reason"):
        meetings.call_off(meeting=meeting, reason=" ", by=cast.office)


@pytest.mark.parametrize("who", ["branch", "first", "staff", "outsider", "audit_admin"])
def test_only_the_office_calls_off(cast: Cast, who):
    meeting = meeting_convened(cast)
    with refused(NotAllowed, meeting):
        meetings.call_off(meeting=meeting, reason="改期", by=cast.acting(who))


def test_it_is_recorded_with_the_reason(cast: Cast):
    meeting = meeting_convened(cast)
    with recorded("meetings.call_off") as event:
        meetings.call_off(meeting=meeting, reason="改期", by=cast.office)
    assert (event.object_id, event.after) == (meeting.pk, {"reason": "改期"})
