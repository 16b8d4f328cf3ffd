"""Somebody leaves the unit."""

from datetime import date, timedelta

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.org import actor, queries
from gangmu.org.actions import people
from gangmu.org.models import Membership, Person, Post
from tests.cast import DAY, Cast, recorded, refused


def test_who_leaves_holds_no_post_from_the_next_day(cast: Cast):
    head = cast.people["head8"]
    with recorded("org.leave") as event:
        people.leave(person=head, on=DAY, by=cast.office)
    assert Person.objects.get(pk=head.pk).left_on == DAY
    assert head not in queries.holders(cast.unit.pk, ["department_head"], DAY + timedelta(days=1))
    assert head in queries.holders(cast.unit.pk, ["department_head"], DAY)
    assert event.after["posts"] == ["第八检察部主任"] and event.happened_on == DAY
    assert Membership.objects.filter(person=head, until=None).exists(), "membership is transferred apart"


def test_a_post_that_had_not_begun_is_none(cast: Cast):
    head = cast.people["head8"]
    Post.objects.create(person=head, unit=cast.unit, kind="office_head", since=DAY + timedelta(days=30))
    people.leave(person=head, on=DAY, by=cast.office)
    assert not Post.objects.filter(person=head, kind="office_head").exists()


def test_a_day_before_a_post_began_is_a_slip(cast: Cast):
    head = cast.people["head8"]
    with refused(Invalid, head, *head.posts.all(), says="第八检察部主任", field="on"):
        people.leave(person=head, on=date(2023, 6, 1), by=cast.office)


def test_rights_end_with_the_posts(cast: Cast):
    people.leave(person=cast.people["committee"], on=DAY - timedelta(days=1), by=cast.party_office)
    assert {str(r) for r in actor.of(cast.users["committee"]).roles} == {"staff"}


def test_one_leaves_once_not_tomorrow_and_not_by_oneself(cast: Cast):
    staff = cast.people["staff"]
    with refused(Invalid, staff, field="on"):
        people.leave(person=staff, on=DAY + timedelta(days=1), by=cast.office)
    with refused(Invalid, cast.people["office"]):
        people.leave(person=cast.people["office"], on=DAY, by=cast.office)
    people.leave(person=staff, on=DAY, by=cast.office)
    with refused(WrongState, staff):
        people.leave(person=staff, on=DAY, by=cast.office)


@pytest.mark.parametrize("who", ["first", "head8", "branch", "outsider", "superior", "audit_admin"])
def test_only_the_offices_say_who_left(cast: Cast, who):
    with refused(NotAllowed, cast.people["staff"]):
        people.leave(person=cast.people["staff"], on=DAY, by=cast.acting(who))
