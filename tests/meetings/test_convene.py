"""召集: a meeting is called and everybody due is on the list."""

from datetime import timedelta

import pytest

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.meetings.actions import meetings
from gangmu.meetings.models import Attendance, Meeting
from gangmu.org.models import Membership
from tests.cast import DAY, Cast, kind, meeting_convened, recorded, refused


def due(meeting: Meeting, role: str = "member") -> set[str]:
    return set(meeting.attendances.filter(role=role).values_list("person__name", flat=True))


def test_the_party_group_meets_with_its_members(cast: Cast):
    meeting = meeting_convened(cast)
    assert (meeting.state, meeting.number) == ("planned", 1)
    assert due(meeting) == {"秦望舒", "韩知远", "苏慎行"}


def test_full_time_deputy_and_party_office_always_sit_in(cast: Cast):
    rows = meeting_convened(cast).attendances.filter(role="sits_in")
    assert {(r.person.name, r.standing, r.votes) for r in rows} == {
        ("方既白", True, False),
        ("沈若水", True, False),
    }


def test_a_branch_meets_with_its_members_and_probationers_have_no_vote(cast: Cast):
    meeting = meeting_convened(cast, "assembly", party_org=cast.branch1)
    votes = dict(meeting.attendances.values_list("person__name", "votes"))
    assert votes == {"秦望舒": True, "江照野": True, "宁致和": True, "贺清秋": True, "温如玉": False}


def test_the_branch_committee_meets_alone(cast: Cast):
    assert due(meeting_convened(cast, "committee", party_org=cast.branch1)) == {"宁致和", "贺清秋"}


def test_who_has_left_the_branch_by_that_day_is_not_due(cast: Cast):
    Membership.objects.filter(person=cast.people["first"]).update(until=DAY - timedelta(days=1))
    assert "秦望舒" not in due(meeting_convened(cast, "assembly", party_org=cast.branch1))
    held = DAY - timedelta(days=1)
    assert "秦望舒" in due(meeting_convened(cast, "assembly", party_org=cast.branch1, on=held))


def test_numbers_count_by_kind_body_and_year(cast: Cast):
    assert [meeting_convened(cast).number for _ in range(3)] == [1, 2, 3]
    assert meeting_convened(cast, "chiefs").number == 1
    assert meeting_convened(cast, on=DAY.replace(year=DAY.year + 1)).number == 1
    assert meeting_convened(cast, "theme_day", party_org=cast.branch1).number == 1
    assert meeting_convened(cast, "theme_day", party_org=cast.branch2).number == 1


def test_one_meeting_may_serve_several_kinds(cast: Cast):
    also = [kind("assembly"), kind("lecture"), kind("assembly")]
    meeting = meeting_convened(cast, "theme_day", party_org=cast.branch1, also=also)
    assert set(meeting.tags.values_list("kind_id", flat=True)) == {"theme_day", "assembly", "lecture"}


@pytest.mark.parametrize("code", ["assembly", "committee", "group", "lecture", "theme_day"])
def test_a_branch_meeting_needs_its_branch(cast: Cast, code):
    with refused(Invalid, field="party_org"):
        meeting_convened(cast, code)
    assert not Meeting.objects.exists()


def test_the_party_group_needs_no_branch(cast: Cast):

    with refused(Invalid, field="party_org"):
        meetings.convene(
            unit=cast.unit, kind=kind("chiefs"), held_on=DAY, party_org=cast.branch1, by=cast.party_office
        )


def test_a_branch_of_another_unit_is_refused(cast: Cast):

    with refused(Invalid, field="party_org"):
        meetings.convene(
            unit=cast.unit, kind=kind("theme_day"), held_on=DAY, party_org=cast.orgs["临川县院党支部"],
            by=cast.party_office,
        )  # fmt: skip


@pytest.mark.parametrize("who", ["branch", "organiser"])
def test_secretary_and_organiser_call_their_branch(cast: Cast, who):
    assert meeting_convened(cast, "theme_day", party_org=cast.branch1, by=cast.acting(who)).pk


@pytest.mark.parametrize(
    "who", ["staff", "head8", "leader", "outsider", "county_office", "stranger", "system_admin"]
)
def test_others_call_nothing(cast: Cast, who):
    with refused(NotAllowed):
        meeting_convened(cast, "theme_day", party_org=cast.branch1, by=cast.acting(who))
    assert not Attendance.objects.exists()


def test_a_secretary_calls_no_other_branch_and_no_party_group(cast: Cast):
    with refused(NotAllowed):
        meeting_convened(cast, "theme_day", party_org=cast.branch2, by=cast.branch)
    with refused(NotAllowed):
        meeting_convened(cast, by=cast.branch)


def test_naming_oneself_recorder_gives_no_right_to_call(cast: Cast):
    with refused(NotAllowed):
        meeting_convened(cast, recorder=cast.people["staff"], by=cast.staff)


def test_it_is_recorded_on_the_branch_too(cast: Cast):
    with recorded("meetings.convene") as event:
        meeting = meeting_convened(cast, "theme_day", party_org=cast.branch1, on=DAY + timedelta(days=9))
    assert (event.kind, event.object_id) == ("meetings.meeting", meeting.pk)
    assert event.about == [["org.partyorg", cast.branch1.pk]]
    assert event.after == {"held_on": "2026-06-19"} and event.happened_on == DAY
