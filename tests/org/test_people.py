"""People, membership, posts, accounts, the three administrators."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.org import queries
from gangmu.org.actions import people
from gangmu.org.models import AdminGrant, User
from tests.cast import DAY, PASSWORD, Cast, recorded, refused


def test_a_person_is_enrolled(cast: Cast):
    with recorded("org.enrol") as event:
        person = people.enrol(unit=cast.unit, name="林见鹿", department=cast.d6, by=cast.system_admin)
    assert queries.names(cast.unit.pk).person("林见鹿同志") == person.pk
    assert event.after == {"name": "林见鹿", "department": "第六检察部"}


def test_of_two_with_the_same_name_neither_is_guessed(cast: Cast):
    people.enrol(unit=cast.unit, name="江照野", by=cast.system_admin)
    assert queries.names(cast.unit.pk).person("江照野") is None


def test_a_member_joins_once_and_may_come_back(cast: Cast):
    person = cast.people["office"]
    row = people.join(person=person, party_org=cast.branch1, since=DAY, by=cast.system_admin)
    with refused(Invalid, row, says="已在这个党组织"):
        people.join(person=person, party_org=cast.branch1, since=DAY, by=cast.system_admin)
    row.until = DAY
    row.save()
    again = DAY + timedelta(days=1)
    assert people.join(person=person, party_org=cast.branch1, since=again, by=cast.system_admin).pk
    assert person in queries.members(cast.branch1.pk, again)


def test_probationers_are_members_without_a_vote(cast: Cast):
    staff = cast.people["staff"]
    assert staff in queries.members(cast.branch1.pk, DAY)
    assert staff.pk not in queries.voters(cast.branch1.pk, DAY)
    assert len(queries.voters(cast.branch1.pk, DAY)) == 4


def test_a_post_is_held_from_its_day_on(cast: Cast):
    with recorded("org.appoint") as event:
        people.appoint(person=cast.people["staff"], kind="office_head", department=cast.support, since=DAY,
                       by=cast.system_admin)  # fmt: skip
    assert event.after == {"post": "办公室主任"} and event.happened_on == DAY
    before = queries.holders(cast.unit.pk, ["office_head"], DAY - timedelta(days=1))
    assert cast.people["staff"] not in before
    assert cast.people["staff"] in queries.holders(cast.unit.pk, ["office_head"], DAY)


def test_the_leader_in_charge_of_each_department(cast: Cast):
    found = queries.leaders_of_departments(cast.unit.pk, DAY)
    assert found[cast.d8.pk] == cast.people["leader"]
    assert queries.leaders_of_departments(cast.unit.pk, DAY.replace(year=2020)) == {}


def test_an_account_opens_with_a_password(cast: Cast):
    person = cast.people["county_head"]
    with recorded("org.open_account") as event:
        user = people.open_account(
            username="bai", password=PASSWORD, unit=cast.county, person=person, by=cast.system_admin
        )
    assert User.objects.get(pk=user.pk).check_password(PASSWORD)
    assert PASSWORD not in str(event.after)


def test_a_user_name_is_given_once(cast: Cast):
    with refused(Invalid, field="username"):
        people.open_account(username="head8", password=PASSWORD, unit=cast.unit, by=cast.system_admin)


def test_a_person_has_one_account(cast: Cast):
    with refused(Invalid, field="person"):
        people.open_account(username="second", password=PASSWORD, unit=cast.unit, person=cast.people["head8"],
                            by=cast.system_admin)  # fmt: skip


@pytest.mark.parametrize("role", AdminGrant.Role.values)
def test_one_account_holds_one_of_the_three(cast: Cast, role):
    user = cast.users["system_admin"]
    with refused(Invalid, AdminGrant.objects.get(user=user), says="三员分立", field="user"):
        people.grant_admin(user=user, role=role, by=cast.system_admin)
    with pytest.raises(IntegrityError), transaction.atomic():
        AdminGrant.objects.create(user=user, role=role)


def test_somebody_of_the_staff_is_no_administrator(cast: Cast):
    """The grant would have no effect: an account of a person acts by the person's posts."""
    with refused(Invalid, field="user"):
        people.grant_admin(user=cast.users["head8"], role="audit_admin", by=cast.system_admin)


def test_a_role_that_does_not_exist_is_refused(cast: Cast):
    with refused(Invalid, field="role"):
        people.grant_admin(user=cast.users["stranger"], role="super_admin", by=cast.system_admin)


def test_a_grant_is_recorded(cast: Cast):
    with recorded("org.grant_admin") as event:
        people.grant_admin(user=cast.users["stranger"], role="audit_admin", by=cast.system_admin)
    assert (event.kind, event.object_id) == ("org.user", cast.users["stranger"].pk)
    assert event.after == {"role": "audit_admin"}


@pytest.mark.parametrize(
    "who", ["party_office", "first", "security_admin", "audit_admin", "stranger", "outsider"]
)
def test_only_the_system_administrator_keeps_people_and_accounts(cast: Cast, who):
    by, person = cast.acting(who), cast.people["staff"]
    with refused(NotAllowed):
        people.enrol(unit=cast.unit, name="林见鹿", by=by)
    with refused(NotAllowed):
        people.join(person=person, party_org=cast.branch2, since=DAY, by=by)
    with refused(NotAllowed):
        people.appoint(person=person, kind="office_head", since=DAY, by=by)
    with refused(NotAllowed):
        people.open_account(username="x", password=PASSWORD, unit=cast.unit, by=by)
    with refused(NotAllowed):
        people.grant_admin(user=cast.users["stranger"], role="audit_admin", by=by)
