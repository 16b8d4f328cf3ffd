"""People, their membership and their posts."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import changed, lock, save, save_changes
from gangmu.events.log import record
from gangmu.org import policies, rosters
from gangmu.org.actions.units import require_manager
from gangmu.org.models import AdminGrant, Department, Membership, PartyOrg, Person, Post, Unit, User
from gangmu.papers.roster_check import PersonRow


@transaction.atomic
def enrol(*, unit: Unit, name: str, department: Department | None = None, by) -> Person:
    """A person on the unit's roster."""
    require_manager(by)
    person = save(Person(unit=unit, name=name, department=department))
    record("org.enrol", person, by=by, unit_id=unit.pk, after={"name": name, "department": department})
    return person


@transaction.atomic
def take_roster(*, unit: Unit, rows: Iterable[PersonRow], source_name: str = "", by) -> rosters.Change:
    """A list of staff: who is new is put on the roster, what it says otherwise is changed, nobody is taken off.

    Set-wise; one event for the list. Nothing is recorded where nothing changes.
    """
    unit = lock(unit)
    policies.keep_roster.require(by, unit)
    change = rosters.people_change(unit, rows)
    new = [Person(unit=unit, name=r.name, number=r.number, department_id=r.department) for r in change.added]
    Person.objects.bulk_create(new, batch_size=2000)
    save_changes(change.changed, ["number", "department_id"])
    if not change.nothing:
        record("org.take_roster", unit, by=by, unit_id=unit.pk, after=change.told(source_name),
               about=[*new, *(obj for obj, _new, _row in change.changed)])  # fmt: skip
    return change


def end_posts(posts: QuerySet[Post], on: date) -> list[str]:
    """Let posts end with a day; returns what they were. One that began after that day says that the day is wrong."""
    today = clock.today()
    later = posts.filter(since__gt=on, since__lte=today).select_related("department", "party_org").first()
    if later:
        words = {"post": later, "day": later.since.isoformat()}
        raise Invalid(_("从%(day)s起还任%(post)s，日期不能早于那一天。请核对。") % words, field="on")
    posts.filter(since__gt=today).delete()
    open_posts = posts.filter(Q(until__isnull=True) | Q(until__gt=on))
    ended = [str(p) for p in open_posts.select_related("department", "party_org").order_by("id")]
    open_posts.update(until=on)
    return ended


@transaction.atomic
def leave(*, person: Person, on: date, by) -> Person:
    """Somebody leaves the unit: the posts end with that day, and what follows from them. Membership is transferred apart."""
    person = lock(person)
    policies.edit_person.require(by, person)
    if person.pk == by.person_id:
        raise Invalid(_("本人离开要由别人登记。"), field="on")
    if person.left_on:
        raise WrongState(_("%(name)s已经登记离开。") % {"name": person.name})
    if on > clock.today():
        raise Invalid(_("离开日期晚于今天，到了那天再登记。"), field="on")
    ended = end_posts(Post.objects.filter(person=person), on)
    before, after = changed(person, left_on=on)
    save(person, "left_on")
    record("org.leave", person, by=by, unit_id=person.unit_id, happened_on=on, before=before,
           after=after | {"posts": ended})  # fmt: skip
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
