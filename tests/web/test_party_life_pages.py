"""Party life: one row a branch, one branch with its ledger."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.org.models import Membership, PartyOrg, Person, Post
from gangmu.party_life import queries
from tests.cast import DAY, Cast, kind, meeting_final, meeting_recorded


def row_of(branch: PartyOrg, day: date = DAY) -> queries.BranchRow:
    return queries.overview([branch], day)[0]


def test_members_are_counted_by_their_vote(cast: Cast):
    row = row_of(cast.branch1)
    assert (row.voting, row.probationary, row.secretary) == (4, 1, cast.people["branch"])


def test_one_meeting_counts_for_all_that_it_serves(cast: Cast):
    meeting_final(cast, "theme_day", party_org=cast.branch1, also=[kind("lecture")])
    assert row_of(cast.branch1).last == {"theme_day": DAY, "lecture": DAY}


def test_a_draft_counts_for_nothing(cast: Cast):
    meeting_recorded(cast, "theme_day", party_org=cast.branch1)
    assert row_of(cast.branch1).last == {}


def test_the_term_ends_three_years_after_the_secretary_began(cast: Cast):
    Post.objects.filter(person=cast.people["branch"]).update(since=date(2024, 2, 29))
    assert row_of(cast.branch1).term_ends == date(2027, 2, 28)


def test_the_ledger_is_by_month_with_what_each_counted_as(cast: Cast):
    meeting_final(cast, "theme_day", party_org=cast.branch1, also=[kind("lecture")])
    meeting_final(cast, "group", party_org=cast.cell, on=DAY - timedelta(days=40))
    ledger = queries.ledger(cast.branch1, DAY.year)
    assert ledger[6]["lecture"][0].kinds == ("主题党日", "党课")
    assert list(ledger[5]) == ["group"]


def test_a_member_sees_the_own_branch_only(cast: Cast, sign_in):
    client = sign_in("staff")
    text = client.get(reverse("party_life")).content.decode()
    assert "第一党支部" in text and "第二党支部" not in text
    assert client.get(reverse("branch", args=[cast.branch1.pk])).status_code == 200
    assert client.get(reverse("branch", args=[cast.branch2.pk])).status_code == 404


@pytest.mark.parametrize("who", ["party_office", "first", "leader", "committee"])
def test_the_party_office_and_the_leaders_see_all(cast: Cast, sign_in, who):
    text = sign_in(who).get(reverse("party_life")).content.decode()
    assert "第一党支部" in text and "第二党支部" in text and "临川县院党支部" not in text


@pytest.mark.parametrize("who", ["outsider", "stranger", "audit_admin"])
def test_others_see_no_branch(cast: Cast, sign_in, who):
    assert "没有您能看的支部" in sign_in(who).get(reverse("party_life")).content.decode()
    assert sign_in(who).get(reverse("branch", args=[cast.branch1.pk])).status_code == 404


def test_the_branch_page_shows_its_people_and_meetings(cast: Cast, sign_in):
    meeting = meeting_final(cast, "theme_day", party_org=cast.branch1, also=[kind("lecture")])
    text = sign_in("branch").get(reverse("branch", args=[cast.branch1.pk]), {"year": "x"}).content.decode()
    assert "由主题党日计入" in text and reverse("meeting", args=[meeting.pk]) in text
    assert "预备党员" in text and "贺清秋" in text


def more_branches(cast: Cast, count: int) -> None:
    for n in range(count):
        branch = PartyOrg.objects.create(unit=cast.unit, kind="branch", name=f"新支部{n}", founded_on=DAY)
        person = Person.objects.create(unit=cast.unit, name=f"党员{n}")
        Membership.objects.create(person=person, party_org=branch, since=DAY)
        Post.objects.create(
            person=person, unit=cast.unit, kind="branch_secretary", party_org=branch, since=DAY
        )
        meeting_final(cast, "theme_day", party_org=branch)


def test_six_queries_whatever_the_number_of_branches(cast: Cast):
    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            queries.overview(PartyOrg.objects.filter(unit=cast.unit, kind="branch"), DAY)
        return len(seen)

    few = cost()
    more_branches(cast, 9)
    assert cost() == few <= 6


def test_the_page_costs_the_same_however_many_branches(cast: Cast, sign_in):
    client = sign_in("party_office")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("party_life")).status_code == 200
        return len(seen)

    few = cost()
    more_branches(cast, 9)
    assert cost() == few <= 12
