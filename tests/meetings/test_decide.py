"""决定: what was decided, with who does it by when."""

from datetime import timedelta

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.meetings import queries
from gangmu.meetings.actions import decisions, meetings
from gangmu.meetings.models import AgendaItem, Decision
from tests.cast import (
    DAY,
    Cast,
    decided,
    meeting_convened,
    meeting_recorded,
    plan_with_items,
    recorded,
    refused,
    topic_on,
)


def decide(cast: Cast, topic: AgendaItem, *, by=None, **more) -> Decision:
    return decisions.decide(agenda_item=topic, text="由第八检察部抓好", by=by or cast.party_office, **more)


@pytest.fixture
def topic(cast: Cast) -> AgendaItem:
    return topic_on(cast, meeting_recorded(cast))


def test_decisions_are_numbered_and_need_action(cast: Cast, topic):
    one, two = decide(cast, topic, department=cast.d8, due_on=DAY), decide(cast, topic)
    assert [(d.number, d.needs_action) for d in (one, two)] == [(1, True), (2, True)]


def test_an_item_on_the_agenda_is_studied_by_it(cast: Cast):
    planned, meeting = plan_with_items(cast), meeting_recorded(cast)
    decide(cast, topic_on(cast, meeting, item=planned.mu))
    assert queries.studied([planned.mu.pk]) == {}  # a draft counts for nothing
    meetings.finalise(meeting=meeting, by=cast.office)
    assert queries.studied([planned.mu.pk, planned.loose.pk]).keys() == {planned.mu.pk}


def test_a_decision_may_name_more_items(cast: Cast, topic):
    planned = plan_with_items(cast)
    decision = decide(cast, topic, items=[planned.mu, planned.loose])
    assert decision.items.count() == 2


def test_what_adopts_a_plan_needs_no_task(cast: Cast, topic):
    assert not decide(cast, topic, adopts=plan_with_items(cast, adopted=False).plan).needs_action


def test_a_date_before_the_meeting_is_refused(cast: Cast, topic):
    with refused(Invalid, topic, says="早于开会日", field="due_on"):
        decide(cast, topic, due_on=DAY - timedelta(days=1))
    assert not Decision.objects.exists()


def test_the_day_of_the_meeting_itself_will_do(cast: Cast, topic):
    assert decide(cast, topic, due_on=DAY).due_on == DAY


def test_a_vote_that_failed_decides_nothing(cast: Cast, topic):
    decisions.vote(agenda_item=topic, favour=1, against=2, by=cast.party_office)
    with refused(Invalid, topic, says="没有通过", field="text"):
        decide(cast, topic)


def test_where_too_few_came_nothing_is_decided(cast: Cast):
    topic = topic_on(cast, meeting_recorded(cast, absent=("leader", "first")))
    with refused(Invalid, topic, says="不足法定人数", field="text"):
        decide(cast, topic)


def test_a_decision_needs_words(cast: Cast, topic):
    with refused(Invalid, topic, field="text"):
        decisions.decide(agenda_item=topic, text="", by=cast.party_office)


def test_before_attendance_nothing_is_decided(cast: Cast):
    topic = topic_on(cast, meeting_convened(cast))
    with refused(WrongState, topic):
        decide(cast, topic)


def test_final_minutes_take_no_decision(cast: Cast):
    decision = decided(cast)
    with refused(WrongState, decision):
        decide(cast, decision.agenda_item)


@pytest.mark.parametrize("who", ["first", "leader", "branch", "staff", "outsider", "audit_admin"])
def test_only_the_office_writes_it_down(cast: Cast, topic, who):
    with refused(NotAllowed, topic):
        decide(cast, topic, by=cast.acting(who))


def test_it_is_recorded_on_meeting_items_and_plan(cast: Cast, topic):
    planned = plan_with_items(cast, adopted=False)
    with recorded("meetings.decide") as event:
        decision = decide(
            cast, topic, items=[planned.mu], adopts=planned.plan, department=cast.d8, due_on=DAY
        )
    assert (event.kind, event.object_id, event.happened_on) == ("meetings.decision", decision.pk, DAY)
    assert event.about == [
        ["meetings.meeting", topic.meeting_id], ["plan.plan", planned.plan.pk], ["plan.planitem", planned.mu.pk],
    ]  # fmt: skip
    assert event.after == {"text": "由第八检察部抓好", "department": "第八检察部", "due_on": "2026-06-10"}
