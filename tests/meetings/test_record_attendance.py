"""记到会: who was absent and why; everybody else was there."""

from datetime import timedelta

import pytest

from gangmu.common import clock
from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.meetings.actions import decisions, meetings
from gangmu.meetings.models import Vote
from tests.cast import (
    DAY,
    Cast,
    meeting_convened,
    meeting_final,
    meeting_recorded,
    recorded,
    refused,
    topic_on,
)


def record(cast: Cast, meeting, *absent: str, reason: str = "出差", by=None, **more):
    gone = {cast.people[key].pk: reason for key in absent}
    return meetings.record_attendance(meeting=meeting, absent=gone, by=by or cast.party_office, **more)


def test_who_is_not_named_was_there(cast: Cast):
    meeting = record(cast, meeting_convened(cast), "leader")
    rows = dict(meeting.attendances.values_list("person__name", "present"))
    assert rows == {"秦望舒": True, "韩知远": False, "苏慎行": True, "方既白": True, "沈若水": True}
    assert meeting.state == "recorded"


def test_it_can_be_corrected_until_the_minutes_are_final(cast: Cast):
    meeting = record(cast, meeting_convened(cast), "leader")
    record(cast, meeting, "first")
    rows = dict(meeting.attendances.values_list("person__name", "reason"))
    assert (rows["韩知远"], rows["秦望舒"]) == ("", "出差")


def test_the_gist_is_kept_when_attendance_is_corrected(cast: Cast):
    meeting = record(cast, meeting_convened(cast), gist="学习了新精神")
    assert record(cast, meeting, "leader").gist == "学习了新精神"


def test_a_meeting_to_come_has_no_attendance_yet(cast: Cast):
    meeting = meeting_convened(cast, on=DAY + timedelta(days=1))
    with refused(WrongState, meeting, says="还没有开"):
        record(cast, meeting)
    with clock.at(DAY + timedelta(days=1)):
        assert record(cast, meeting).state == "recorded"


def test_final_minutes_do_not_change(cast: Cast):
    meeting = meeting_final(cast)
    with refused(WrongState, meeting, *meeting.attendances.all(), says="已定稿"):
        record(cast, meeting, "leader")


def test_nobody_is_absent_who_was_not_due(cast: Cast):
    meeting = meeting_convened(cast)
    with refused(Invalid, meeting, *meeting.attendances.all(), field="absent"):
        record(cast, meeting, "leader", "staff")


@pytest.mark.parametrize("who", ["branch", "head8", "leader", "staff", "outsider", "security_admin"])
def test_only_the_office_writes_it_down(cast: Cast, who):
    meeting = meeting_convened(cast)
    with refused(NotAllowed, meeting):
        record(cast, meeting, by=cast.acting(who))


def test_the_recorder_writes_what_was_asked(cast: Cast):
    meeting = meeting_convened(cast, recorder=cast.people["staff"])
    assert record(cast, meeting, by=cast.staff).state == "recorded"


def test_it_is_recorded_on_the_day_of_the_meeting(cast: Cast):
    meeting = meeting_convened(cast, on=DAY - timedelta(days=3))
    with recorded("meetings.record_attendance") as event:
        record(cast, meeting, "leader")
    assert event.happened_on == DAY - timedelta(days=3)
    assert event.recorded_at.date() == DAY
    assert event.after == {"present": 4, "absent": 1}


def test_a_correction_cannot_take_the_ground_from_under_a_vote(cast: Cast):
    """A vote of three cannot stand when one was there."""
    meeting = meeting_recorded(cast)
    decisions.vote(agenda_item=topic_on(cast, meeting), favour=3, by=cast.party_office)
    with refused(Invalid, meeting, *Vote.objects.all(), field="absent"):
        record(cast, meeting, "leader", "first")
    assert record(cast, meeting, "committee").state == "recorded"


def test_a_correction_that_leaves_the_vote_standing_is_counted_in_it(cast: Cast):
    meeting = meeting_recorded(cast)
    decisions.vote(agenda_item=topic_on(cast, meeting), favour=2, by=cast.party_office)
    record(cast, meeting, "leader")
    assert Vote.objects.get().present == 2


def test_a_decision_without_a_vote_still_needs_its_quorum(cast: Cast):
    meeting = meeting_recorded(cast)
    decisions.decide(agenda_item=topic_on(cast, meeting), text="照办", by=cast.party_office)
    with refused(Invalid, meeting, says="实到 1 人"):
        record(cast, meeting, "leader", "first")
