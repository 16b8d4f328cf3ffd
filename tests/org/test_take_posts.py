"""Posts as a list. Rights follow from posts: nobody gives them to oneself."""

from datetime import date, timedelta

import pytest

from gangmu.common.errors import NotAllowed
from gangmu.org import actor, queries
from gangmu.org.actions import posts
from gangmu.org.models import Post
from gangmu.papers.roster_party import PostRow
from tests.cast import DAY, FOUNDED, Cast, event_ids, recorded, refused


def take(cast: Cast, *rows: PostRow, by: str = "party_office"):
    return posts.take_list(unit=cast.unit, rows=rows, by=cast.acting(by))


def test_a_post_is_given_from_its_day_on(cast: Cast):
    staff = cast.people["staff"]
    with recorded("org.take_posts") as event:
        take(cast, PostRow(2, staff.pk, "department_head", cast.d6.pk, since=DAY))
    assert staff in queries.holders(cast.unit.pk, ["department_head"], DAY)
    assert event.after["posts"] == ["温如玉：部门正职"] and ["org.person", staff.pk] in event.about
    assert "department" in {str(r) for r in actor.of(cast.users["staff"]).roles}


def test_the_same_list_again_changes_nothing(cast: Cast):
    row = PostRow(2, cast.people["staff"].pk, "department_head", cast.d6.pk, since=DAY)
    take(cast, row)
    before = event_ids()
    assert take(cast, row).nothing and event_ids() == before


def test_a_known_post_ends_or_begins_another_day(cast: Cast):
    head = cast.people["head8"]
    take(cast, PostRow(2, head.pk, "department_head", cast.d8.pk, since=FOUNDED, until=DAY))
    assert Post.objects.get(person=head).until == DAY
    take(cast, PostRow(2, cast.people["head6"].pk, "department_head", cast.d6.pk, since=date(2023, 5, 1)))
    assert Post.objects.get(person=cast.people["head6"], kind="department_head").since == date(2023, 5, 1)


def test_who_comes_back_to_a_post_holds_it_twice(cast: Cast):
    head = cast.people["head8"]
    take(
        cast, PostRow(2, head.pk, "department_head", cast.d8.pk, since=FOUNDED, until=DAY - timedelta(days=9))
    )
    take(cast, PostRow(2, head.pk, "department_head", cast.d8.pk, since=DAY))
    assert Post.objects.filter(person=head, kind="department_head").count() == 2


def test_departments_in_charge_of_are_those_on_the_list(cast: Cast):
    leader = cast.people["leader"]
    row = PostRow(2, leader.pk, "group_member", charge=(cast.d6.pk, cast.party.pk), since=FOUNDED)
    assert take(cast, row).altered == 1
    post = Post.objects.get(person=leader, kind="group_member")
    assert set(post.in_charge_of.all()) == {cast.d6, cast.party}
    assert take(cast, row).nothing


@pytest.mark.parametrize("kind", ["group_secretary", "full_time_deputy"])
@pytest.mark.parametrize("who", ["party_office", "office"])
def test_nobody_gives_a_post_to_oneself(cast: Cast, who, kind):
    me = cast.people[who]
    before = event_ids()
    change = take(cast, PostRow(2, me.pk, kind, since=DAY), by=who)
    assert [code for _row, code in change.kept_out] == ["own_post"] and event_ids() == before
    assert not Post.objects.filter(person=me, kind=kind).exists()


def test_the_own_post_as_it_is_may_stand_on_the_list(cast: Cast):
    me = cast.people["party_office"]
    change = take(cast, PostRow(2, me.pk, "party_office_head", cast.party.pk, since=FOUNDED))
    assert change.nothing and change.same == 1 and change.kept_out == []


def test_an_end_without_a_beginning_has_no_place(cast: Cast):
    change = take(cast, PostRow(2, cast.people["staff"].pk, "office_head", until=DAY))
    assert [code for _row, code in change.kept_out] == ["post_absent"]


@pytest.mark.parametrize(
    "who", ["first", "leader", "head8", "branch", "outsider", "county_office", "system_admin"]
)
def test_only_the_offices_of_the_unit_keep_posts(cast: Cast, who):
    with refused(NotAllowed):
        take(cast, PostRow(2, cast.people["staff"].pk, "office_head", since=DAY), by=who)
