"""记入会议: a paper that was looked over stands in its meeting."""

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.meetings.actions import minutes
from tests.cast import DAY, Cast, meeting_recorded, recorded, refused
from tests.meetings.test_bring_minutes import SOURCE, bring


def take(cast: Cast, paper, who: str = "party_office"):
    return minutes.take(
        paper=paper, meeting=meeting_recorded(cast), source=SOURCE | {"name": "留"}, by=cast.acting(who)
    )


def test_it_stands_in_the_meeting_with_what_may_be_kept(cast: Cast):
    paper = take(cast, bring(cast))
    assert paper.state == "taken" and paper.meeting is not None and paper.source["name"] == "留"


def test_a_second_time_is_refused(cast: Cast):
    paper, meeting = take(cast, bring(cast)), meeting_recorded(cast)
    with refused(WrongState, paper, says="已记入会议"):
        minutes.take(paper=paper, meeting=meeting, source=SOURCE, by=cast.party_office)


@pytest.mark.parametrize("who", ["first", "branch", "head8", "outsider", "audit_admin"])
def test_only_who_brought_it_or_the_office(cast: Cast, who):
    paper, meeting = bring(cast), meeting_recorded(cast)
    with refused(NotAllowed, paper):
        minutes.take(paper=paper, meeting=meeting, source=SOURCE, by=cast.acting(who))


def test_it_is_recorded_about_the_meeting_on_its_day(cast: Cast):
    paper, meeting = bring(cast), meeting_recorded(cast)
    with recorded("meetings.take_minutes") as event:
        minutes.take(paper=paper, meeting=meeting, source=SOURCE, by=cast.party_office)
    assert event.about == [["meetings.meeting", meeting.pk]] and event.happened_on == DAY
