"""People, their membership and their posts."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid
from gangmu.common.models import save
from gangmu.events.log import record
from gangmu.org.actions.units import require_manager
from gangmu.org.models import AdminGrant, Department, Membership, PartyOrg, Person, Post, Unit, User


@transaction.atomic
def enrol(*, unit: Unit, name: str, department: Department | None = None, by) -> Person:
    """A person on the unit's roster."""
    require_manager(by)
    person = save(Person(unit=unit, name=name, department=department))
    record("org.enrol", person, by=by, unit_id=unit.pk, after={"name": name, "department": department})
    return person


@transaction.atomic
def join(
    *, person: Person, party_org: PartyOrg, since: date, status: str = Membership.Status.FULL, by
) -> Membership:
    """Membership of a party organisation from a day on."""
    require_manager(by)
    row = save(Membership(person=person, party_org=party_org, since=since, status=status))
    record("org.join", person, by=by, unit_id=person.unit_id, happened_on=since, about=[party_org],
           after={"party_org": party_org, "status": status})  # fmt: skip
    return row


@transaction.atomic
def appoint(
    *, person: Person, kind: str, since: date, department: Department | None = None,
    party_org: PartyOrg | None = None, in_charge_of=(), by,
) -> Post:  # fmt: skip
    """A post held from a day on; the role in the product follows from it."""
    require_manager(by)
    post = save(
        Post(
            person=person,
            kind=kind,
            unit=person.unit,
            department=department,
            party_org=party_org,
            since=since,
        )
    )
    post.in_charge_of.set(in_charge_of)
    record("org.appoint", person, by=by, unit_id=person.unit_id, happened_on=since, after={"post": str(post)})
    return post


@transaction.atomic
def open_account(
    *, username: str, password: str, unit: Unit, person: Person | None = None, hashed: bool = False, by
) -> User:
    """An account for a person, or for an administrator who is none of the staff. ``hashed``: as stored elsewhere."""
    require_manager(by)
    user = User(username=username, unit=unit, person=person)
    if hashed:
        user.password = password
    else:
        user.set_password(password)
    save(user)
    record("org.open_account", user, by=by, unit_id=unit.pk, after={"username": username})
    return user


@transaction.atomic
def grant_admin(*, user: User, role: str, by) -> AdminGrant:
    """Make an account one of the three administrators; a second role for the same account is refused.

    So is an account of the staff: it acts by its person's posts, and the grant would be without effect.
    """
    require_manager(by)
    if user.person_id is not None:
        raise Invalid(_("这是在编人员的账号。三员要用单独的账号。"), field="user")
    grant = save(AdminGrant(user=user, role=role))
    record("org.grant_admin", user, by=by, unit_id=user.unit_id, after={"role": role})
    return grant
