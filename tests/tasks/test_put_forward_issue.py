"""提请研究: a difficult issue stands on an agenda, with both sides written up."""

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.flow import steps
from gangmu.tasks.actions import issues
from gangmu.tasks.models import Issue
from tests.cast import Cast, meeting_convened, plan_with_items, recorded, refused


@pytest.fixture
def raised(cast: Cast) -> Issue:
    return issues.raise_issue(
        unit=cast.unit, title="排口取证难", department=cast.d8, solution="联合勘验", party_way="党员突击队进现场",
        person=cast.people["staff"], item=plan_with_items(cast).mu, by=cast.head8,
    )  # fmt: skip


def test_the_party_office_puts_it_on_an_agenda(cast: Cast, raised):
    topic = steps.put_issue_to_meeting(issue=raised, meeting=meeting_convened(cast), by=cast.party_office)
    raised.refresh_from_db()
    assert (raised.state, raised.agenda_item) == ("raised", topic)


def test_not_what_was_studied_or_dropped(cast: Cast, raised):
    meeting = meeting_convened(cast)
    issues.study(issue=raised, by=cast.head8)
    with refused(WrongState, raised, says="已研究"):
        steps.put_issue_to_meeting(issue=raised, meeting=meeting, by=cast.party_office)
    issues.drop(issue=raised, reason="并入专项", by=cast.head8)
    with refused(WrongState, raised, says="不再列入"):
        steps.put_issue_to_meeting(issue=raised, meeting=meeting, by=cast.party_office)
    assert not meeting.agenda.exists(), "a topic without its issue would be left"


@pytest.mark.parametrize("who", ["head8", "head6", "leader", "staff", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, raised, who):
    meeting = meeting_convened(cast)
    with refused(NotAllowed, raised):
        steps.put_issue_to_meeting(issue=raised, meeting=meeting, by=cast.acting(who))
    assert not meeting.agenda.exists()


def test_it_is_recorded_with_the_meeting(cast: Cast, raised):
    meeting = meeting_convened(cast)
    with recorded("meetings.add_topic", "tasks.put_forward_issue") as event:
        steps.put_issue_to_meeting(issue=raised, meeting=meeting, by=cast.party_office)
    assert (event.object_id, event.after) == (raised.pk, {"text": str(meeting)})
