"""表决: counted on those due, never on those present. The party group has three members with a vote."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.meetings.actions import decisions, meetings
from gangmu.meetings.models import Vote
from tests.cast import DAY, Cast, meeting_convened, meeting_recorded, recorded, refused, topic_on


def vote(cast: Cast, topic, favour: int, *, by=None, **more) -> Vote:
    return decisions.vote(agenda_item=topic, favour=favour, by=by or cast.party_office, **more)


def test_the_figures_say_that_it_passed(cast: Cast):
    row = vote(cast, topic_on(cast, meeting_recorded(cast)), 2, against=1)
    assert (row.due, row.present, row.favour, row.against, row.passed) == (3, 3, 2, 1, True)


def test_the_figures_say_that_it_failed(cast: Cast):
    assert not vote(cast, topic_on(cast, meeting_recorded(cast)), 1, against=2).passed


def test_half_is_not_more_than_half(cast: Cast):
    """Branch 1 has four voters: two in favour do not pass, three do."""
    meeting = meeting_recorded(cast, "assembly", party_org=cast.branch1)
    topic = topic_on(cast, meeting)
    assert not vote(cast, topic, 2, against=2).passed
    assert vote(cast, topic, 3, against=1).passed


def test_the_absent_count_against(cast: Cast):
    """Two of four came and both agree: still two of four due."""
    meeting = meeting_recorded(cast, "assembly", party_org=cast.branch1, absent=("first", "head8"))
    row = vote(cast, topic_on(cast, meeting), 2)
    assert (row.due, row.present, row.passed) == (4, 2, False)


def test_a_pass_against_the_figures_is_refused(cast: Cast):
    topic = topic_on(cast, meeting_recorded(cast))
    with refused(Invalid, topic, says="至少要 2 票", field="favour"):
        vote(cast, topic, 1, passed=True)
    assert not Vote.objects.exists()


def test_without_quorum_nothing_is_voted_on(cast: Cast):
    topic = topic_on(cast, meeting_recorded(cast, absent=("leader", "first")))
    with refused(Invalid, topic, says="应到 3 人，实到 1 人，至少要 2 人", field="favour"):
        vote(cast, topic, 1)
    assert not Vote.objects.exists()


def test_who_sits_in_makes_no_quorum(cast: Cast):
    """Two guests and one member are three people in the room, and no quorum."""
    meeting = meeting_recorded(cast, absent=("leader", "leader2"))
    assert meeting.attendances.filter(present=True).count() == 3
    topic = topic_on(cast, meeting)
    with refused(Invalid, topic):
        vote(cast, topic, 1)


def test_probationers_make_no_quorum(cast: Cast):
    """Two of five are there, one on probation: one of four voters."""
    meeting = meeting_recorded(
        cast, "assembly", party_org=cast.branch1, absent=("first", "head8", "organiser")
    )
    topic = topic_on(cast, meeting)
    with refused(Invalid, topic, says="应到 4 人，实到 1 人"):
        vote(cast, topic, 1)


def test_cadres_need_two_thirds(cast: Cast):
    """Half of branch 1 came: enough for business, not for a topic of cadres."""
    meeting = meeting_recorded(cast, "assembly", party_org=cast.branch1, absent=("first", "head8"))
    assert vote(cast, topic_on(cast, meeting), 2).pk
    cadre = topic_on(cast, meeting, topic="cadre")
    with refused(Invalid, cadre, says="至少要 3 人"):
        vote(cast, cadre, 2)


def test_two_thirds_exactly_is_enough_for_cadres(cast: Cast):
    meeting = meeting_recorded(cast, absent=("leader2",))
    assert vote(cast, topic_on(cast, meeting, topic="cadre"), 2).passed


@pytest.mark.parametrize("figures", [(3, 1, 0), (2, 1, 1), (4, 0, 0), (0, 0, 4)])
def test_more_votes_than_people_are_refused(cast: Cast, figures):
    favour, against, abstain = figures
    topic = topic_on(cast, meeting_recorded(cast))
    with refused(Invalid, topic, says="票数比到会人数多"):
        vote(cast, topic, favour, against=against, abstain=abstain)
    assert not Vote.objects.exists()


def test_a_negative_vote_is_refused(cast: Cast):
    topic = topic_on(cast, meeting_recorded(cast))
    with refused(Invalid, topic, field="against"):
        vote(cast, topic, 2, against=-1)


def test_a_wrong_correction_leaves_the_first_vote(cast: Cast):
    topic = topic_on(cast, meeting_recorded(cast))
    first = vote(cast, topic, 3)
    with refused(Invalid, topic, first):
        vote(cast, topic, 9)


def test_before_attendance_there_is_no_vote(cast: Cast):
    topic = topic_on(cast, meeting_convened(cast))
    with refused(WrongState, topic, says="先记到会人数"):
        vote(cast, topic, 3)


def test_final_minutes_take_no_vote(cast: Cast):
    meeting = meeting_recorded(cast)
    topic = topic_on(cast, meeting)
    meetings.finalise(meeting=meeting, by=cast.office)
    with refused(WrongState, topic):
        vote(cast, topic, 3)


@pytest.mark.parametrize("who", ["first", "leader", "branch", "staff", "outsider", "audit_admin"])
def test_only_the_office_counts(cast: Cast, who):
    topic = topic_on(cast, meeting_recorded(cast))
    with refused(NotAllowed, topic):
        vote(cast, topic, 3, by=cast.acting(who))


def test_it_is_recorded_with_its_figures(cast: Cast):
    meeting = meeting_recorded(cast)
    topic = topic_on(cast, meeting)
    with recorded("meetings.vote") as event:
        vote(cast, topic, 2, abstain=1)
    assert (event.object_id, event.happened_on) == (meeting.pk, DAY)
    assert event.after == {
        "topic": "研究公益诉讼", "favour": 2, "against": 0, "abstain": 1, "due": 3, "present": 3, "passed": True,
    }  # fmt: skip
