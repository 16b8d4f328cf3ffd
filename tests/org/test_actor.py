"""Who is acting: roles follow from posts of the clock's day."""

from datetime import timedelta

import pytest

from gangmu.common import clock
from gangmu.org import actor
from gangmu.org.models import AdminGrant, Post
from gangmu.org.permissions import ADMINS, PERMISSIONS, RANK, ROLE_OF_ADMIN, ROLE_OF_POST, Permission, Role
from tests.cast import DAY, Cast


def test_every_post_and_grant_leads_to_a_role_and_every_role_is_described():
    assert set(ROLE_OF_POST) == set(Post.Kind.values)
    assert set(ROLE_OF_ADMIN) == set(AdminGrant.Role.values)
    assert set(PERMISSIONS) == set(Role) == set(RANK) and len(RANK) == len(Role)
    for role in Role:
        assert role.name in (Role.__doc__ or ""), role


def test_admins_have_no_business_permission():
    business = set(Permission) - {Permission.USER_MANAGE, Permission.ROLE_MANAGE, Permission.AUDIT_READ}
    for role in ADMINS:
        assert not PERMISSIONS[role] & business
    shared = [PERMISSIONS[a] & PERMISSIONS[b] for a in ADMINS for b in ADMINS if a != b]
    assert not any(shared)
    for role in set(Role) - ADMINS:
        assert not PERMISSIONS[role] - business


def test_what_posts_give(cast: Cast):
    assert cast.head8.departments == {cast.d8.pk} and cast.head8.own_department == cast.d8.pk
    assert {cast.branch1.pk, cast.cell.pk} == cast.branch.branches == cast.organiser.branches
    assert cast.leader.led_departments == {cast.d8.pk} and cast.head8.led_departments == frozenset()
    assert (
        cast.head6.roles == {Role.DEPARTMENT, Role.BRANCH, Role.STAFF} and cast.head6.role == Role.DEPARTMENT
    )
    assert cast.staff.orgs == {cast.branch1.pk, cast.cell.pk}
    assert cast.first.post_title == "党组书记"


def test_a_post_that_ended_gives_nothing(cast: Cast):
    Post.objects.filter(person=cast.people["office"]).update(until=DAY - timedelta(days=1))
    user = cast.users["office"]
    assert actor.of(user).roles == {Role.STAFF}
    with clock.at(DAY - timedelta(days=1)):
        assert Role.OFFICE in actor.of(user).roles


def test_a_post_to_come_gives_nothing_yet(cast: Cast):
    Post.objects.filter(person=cast.people["office"]).update(since=DAY + timedelta(days=1))
    assert Role.OFFICE not in actor.of(cast.users["office"]).roles


def test_admins_are_their_grant(cast: Cast):
    assert [a.role for a in cast.admins] == [Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN]
    assert all(a.is_admin and a.person_id is None for a in cast.admins)
    assert not any(a.is_admin for a in (cast.first, cast.stranger))
    assert cast.stranger.permissions == frozenset()


@pytest.mark.parametrize(
    ("who", "queries"), [("staff", 4), ("head8", 3), ("leader", 4), ("branch", 4), ("audit_admin", 2)]
)
def test_an_actor_costs_few_queries(cast: Cast, django_assert_max_num_queries, who, queries):
    user = cast.users[who]
    with django_assert_max_num_queries(queries):
        cast.acting(who)
    assert user.pk == cast.acting(who).user_id
