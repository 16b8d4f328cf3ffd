"""定稿: from now on the meeting counts, and nothing in it changes."""

from datetime import timedelta

import pytest

from gangmu.common import clock
from gangmu.common.errors import NotAllowed, WrongState
from gangmu.meetings.actions import meetings
from tests.cast import DAY, Cast, meeting_convened, meeting_final, meeting_recorded, recorded, refused


def test_the_minutes_are_final(cast: Cast):
    with clock.at(DAY + timedelta(days=2)):
        meeting = meetings.finalise(meeting=meeting_recorded(cast), by=cast.office)
    assert (meeting.state, meeting.final_on) == ("final", DAY + timedelta(days=2))


def test_a_meeting_without_attendance_is_not_final(cast: Cast):
    meeting = meeting_convened(cast)
    with refused(WrongState, meeting, says="拟开"):
        meetings.finalise(meeting=meeting, by=cast.office)


def test_a_second_click_is_refused(cast: Cast):
    meeting = meeting_final(cast)
    with refused(WrongState, meeting, says="已定稿"):
        meetings.finalise(meeting=meeting, by=cast.office)


@pytest.mark.parametrize(
    "who", ["branch", "leader", "first", "staff", "outsider", "stranger", "system_admin"]
)
def test_only_the_office_finalises_the_party_group(cast: Cast, who):
    meeting = meeting_recorded(cast)
    with refused(NotAllowed, meeting):
        meetings.finalise(meeting=meeting, by=cast.acting(who))


def test_a_branch_finalises_its_own(cast: Cast):
    meeting = meeting_recorded(cast, "theme_day", party_org=cast.branch1, by=cast.organiser)
    assert meetings.finalise(meeting=meeting, by=cast.branch).state == "final"


def test_it_is_recorded_on_the_day_of_the_meeting(cast: Cast):
    meeting = meeting_recorded(cast, "theme_day", party_org=cast.branch1)
    with clock.at(DAY + timedelta(days=4)), recorded("meetings.finalise") as event:
        meetings.finalise(meeting=meeting, by=cast.office)
    assert (event.happened_on, event.recorded_at.date()) == (DAY, DAY + timedelta(days=4))
    assert event.about == [["org.partyorg", cast.branch1.pk]]
