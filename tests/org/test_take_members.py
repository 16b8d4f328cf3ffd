"""Party members as a list: joining, moving, becoming a full member; the past stays as it was."""

from datetime import date, timedelta

import pytest

from gangmu.common.errors import NotAllowed
from gangmu.org import queries
from gangmu.org.actions import members
from gangmu.org.models import Membership, Person, Post
from gangmu.papers.roster_party import MemberRow
from tests.cast import DAY, FOUNDED, Cast, event_ids, recorded, refused

JOINED = date(2004, 7, 1)


def row(cast: Cast, key: str, org, status: str = "full", **more) -> MemberRow:
    person = cast.people[key]
    return MemberRow(2, person.name, "", None, person.pk, org.pk, status, **more)


def take(cast: Cast, *rows: MemberRow, by: str = "party_office", since: date = DAY):
    return members.take_roster(unit=cast.unit, rows=rows, since=since, by=cast.acting(by))


def test_somebody_on_no_roster_is_enrolled_with_the_branch(cast: Cast):
    new = MemberRow(
        2, "林见鹿", "A1", cast.d6.pk, None, cast.branch2.pk, "probationary", joined=date(2026, 1, 5)
    )
    with recorded("org.take_members") as event:
        change = take(cast, new, since=date(2026, 3, 1))
    person = Person.objects.get(name="林见鹿")
    stay = Membership.objects.get(person=person)
    assert (person.number, person.department, person.joined_on) == ("A1", cast.d6, date(2026, 1, 5))
    assert (stay.party_org, stay.status, stay.since) == (cast.branch2, "probationary", date(2026, 3, 1))
    assert (len(change.added), change.altered) == (1, 0)
    assert event.happened_on == date(2026, 3, 1) and ["org.person", person.pk] in event.about


def test_days_of_joining_and_confirmation_are_kept_with_the_person(cast: Cast):
    take(cast, row(cast, "head8", cast.branch1, joined=JOINED, confirmed=date(2005, 7, 1)))
    person = Person.objects.get(pk=cast.people["head8"].pk)
    assert (person.joined_on, person.confirmed_on) == (JOINED, date(2005, 7, 1))
    assert Membership.objects.get(person=person, party_org=cast.branch1).since == FOUNDED


def test_who_moves_keeps_the_old_branch_up_to_the_day_before(cast: Cast):
    head = cast.people["head8"]
    change = take(cast, row(cast, "head8", cast.branch2, since=DAY))
    assert change.altered == 1
    assert head in queries.members(cast.branch1.pk, DAY - timedelta(days=1))
    assert head not in queries.members(cast.branch1.pk, DAY) and head in queries.members(cast.branch2.pk, DAY)
    assert Membership.objects.filter(person=head, party_org=cast.cell, until=None).exists(), (
        "the group is apart"
    )


def test_who_becomes_a_full_member_has_a_vote_from_that_day(cast: Cast):
    staff = cast.people["staff"]
    turned = date(2026, 4, 1)
    take(cast, row(cast, "staff", cast.branch1, joined=date(2025, 4, 1), confirmed=turned))
    assert staff.pk not in queries.voters(cast.branch1.pk, turned - timedelta(days=1))
    assert staff.pk in queries.voters(cast.branch1.pk, turned)


def test_a_list_that_does_not_say_leaves_everybody_what_they_are(cast: Cast):
    change = take(
        cast, row(cast, "staff", cast.branch1, status=""), row(cast, "head8", cast.branch2, status="")
    )
    assert cast.people["staff"].pk not in queries.voters(cast.branch1.pk, DAY)
    assert cast.people["head8"].pk in queries.voters(cast.branch2.pk, DAY)
    assert change.same == 1


def test_posts_in_the_branch_come_with_the_list(cast: Cast):
    take(cast, row(cast, "head8", cast.branch1, posts=("branch_committee",)))
    assert Post.objects.filter(
        person=cast.people["head8"], kind="branch_committee", party_org=cast.branch1
    ).exists()
    change = take(cast, row(cast, "party_office", cast.branch2, posts=("branch_secretary",)))
    assert [code for _row, code in change.kept_out] == ["own_post"]


def test_the_same_list_again_changes_nothing(cast: Cast):
    rows = [
        row(cast, "head8", cast.branch2, joined=JOINED, posts=("branch_committee",)),
        row(cast, "staff", cast.branch1, confirmed=date(2026, 4, 1)),
    ]
    take(cast, *rows)
    before = event_ids()
    change = take(cast, *rows, since=DAY + timedelta(days=5))
    assert change.nothing and change.same == 2 and event_ids() == before


def test_who_is_missing_from_a_listed_branch_is_named_and_stays(cast: Cast):
    change = take(cast, row(cast, "head8", cast.branch1, joined=JOINED))
    assert {m.person.name for m in change.missing} == {"秦望舒", "宁致和", "贺清秋", "温如玉"}
    assert len(queries.members(cast.branch1.pk, DAY)) == 5


@pytest.mark.parametrize(
    "who", ["office", "first", "branch", "organiser", "outsider", "superior", "system_admin"]
)
def test_only_the_party_office_keeps_members(cast: Cast, who):
    with refused(NotAllowed):
        take(cast, row(cast, "head8", cast.branch2), by=who)
