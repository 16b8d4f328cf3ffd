"""列入议题: a topic on the agenda."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.meetings.actions import meetings
from tests.cast import (
    Cast,
    meeting_convened,
    meeting_final,
    meeting_recorded,
    plan_with_items,
    recorded,
    refused,
)


def add(cast: Cast, meeting, *, by=None, **more):
    return meetings.add_topic(
        meeting=meeting, **({"title": "研究公益诉讼"} | more), by=by or cast.party_office
    )


@pytest.mark.parametrize("start", [meeting_convened, meeting_recorded])
def test_topics_stand_in_order_before_and_at_the_meeting(cast: Cast, start):
    meeting = start(cast)
    assert [add(cast, meeting).position, add(cast, meeting).position] == [1, 2]


def test_business_is_studied_with_its_way_in(cast: Cast):
    item = plan_with_items(cast).mu
    row = add(cast, meeting_convened(cast), item=item, topic="business", party_way="先锋岗设到办案组")
    assert (row.item, row.party_way) == (item, "先锋岗设到办案组")


def test_final_minutes_take_no_topic(cast: Cast):
    meeting = meeting_final(cast)
    with refused(WrongState, meeting, says="定稿"):
        add(cast, meeting)
    assert not meeting.agenda.exists()


def test_a_meeting_called_off_takes_no_topic(cast: Cast):
    meeting = meetings.call_off(meeting=meeting_convened(cast), reason="改期", by=cast.party_office)
    with refused(WrongState, meeting):
        add(cast, meeting)


def test_a_topic_needs_a_title(cast: Cast):
    meeting = meeting_convened(cast)
    with refused(Invalid, meeting, field="title"):
        add(cast, meeting, title="")


def test_a_topic_of_no_known_sort_is_refused(cast: Cast):
    meeting = meeting_convened(cast)
    with refused(Invalid, meeting, field="topic"):
        add(cast, meeting, topic="gossip")


@pytest.mark.parametrize("who", ["branch", "head8", "leader", "first", "staff", "outsider", "audit_admin"])
def test_the_agenda_of_the_party_group_is_the_offices(cast: Cast, who):
    meeting = meeting_convened(cast)
    with refused(NotAllowed, meeting):
        add(cast, meeting, by=cast.acting(who))


def test_it_is_recorded_on_the_item(cast: Cast):
    item, meeting = plan_with_items(cast).mu, meeting_convened(cast)
    with recorded("meetings.add_topic") as event:
        add(cast, meeting, item=item, party_way="联学")
    assert event.about == [["plan.planitem", item.pk]]
    assert event.after == {"title": "研究公益诉讼", "topic": "other", "party_way": "联学"}
