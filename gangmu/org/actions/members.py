"""Party members as a list that came in, and a member who goes."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import changed, lock, save, save_changes
from gangmu.events.log import record
from gangmu.org import policies, rosters
from gangmu.org.actions.people import end_posts
from gangmu.org.models import Membership, Person, Post, Unit
from gangmu.papers.roster_party import MemberRow


@transaction.atomic
def take_roster(
    *, unit: Unit, rows: Iterable[MemberRow], since: date, source_name: str = "", by
) -> rosters.Change:
    """Members by branch. ``since``: the first day of whoever has none in the list.

    Whoever moves, or becomes a full member, keeps the old membership up to the day before.
    """
    unit = lock(unit)
    policies.keep_members.require(by, unit)
    change = rosters.members_change(unit, rows, since, by.person_id)
    made = _enrol(unit, change.added)
    save_changes(change.changed, ["number", "department_id", "joined_on", "confirmed_on"])
    _end(change.more["ends"])
    _set_status(change.more["status"])
    Membership.objects.bulk_create(
        [
            Membership(
                person_id=_id(stay.person, made), party_org_id=stay.org, status=stay.status, since=stay.since
            )
            for stay in change.more["stays"]
        ],
        batch_size=2000,
    )
    Post.objects.bulk_create(
        Post(unit=unit, person_id=_id(row.pk or row, made), kind=code, party_org_id=row.org, since=start)
        for row, code, start in change.more["posts"]
    )
    if not change.nothing:
        record("org.take_members", unit, by=by, unit_id=unit.pk, happened_on=min(since, clock.today()),
               after=change.told(source_name), about=_touched(change, made))  # fmt: skip
    return change


def _enrol(unit: Unit, rows: list[MemberRow]) -> dict[int, Person]:
    """Line of the list → the new person."""
    people = [
        Person(unit=unit, name=r.name, number=r.number, department_id=r.department, joined_on=r.joined,
               confirmed_on=r.confirmed)
        for r in rows
    ]  # fmt: skip
    Person.objects.bulk_create(people, batch_size=2000)
    return {row.line: person for row, person in zip(rows, people, strict=True)}


def _id(person: Any, made: dict[int, Person]) -> int:
    return person if isinstance(person, int) else made[person.line].pk


def _end(rows: list[tuple[Membership, date]]) -> None:
    for membership, last in rows:
        membership.until = last
    Membership.objects.bulk_update([m for m, _last in rows], ["until"], batch_size=500)


def _set_status(rows: list[tuple[Membership, str]]) -> None:
    for membership, status in rows:
        membership.status = status
    Membership.objects.bulk_update([m for m, _status in rows], ["status"], batch_size=500)


def _touched(change: rosters.Change, made: dict[int, Person]) -> list[Person]:
    ids = {stay.person for stay in change.more["stays"] if isinstance(stay.person, int)}
    ids |= {m.person_id for m, _status in change.more["status"]} | {
        row.pk for row, _c, _s in change.more["posts"] if row.pk
    }
    known = Person.objects.filter(pk__in=ids)
    return [*made.values(), *(obj for obj, _new, _row in change.changed), *known]


@transaction.atomic
def transfer_out(*, membership: Membership, on: date, by) -> Membership:
    """The member goes to an organisation elsewhere: the last day here. Posts in the branch end with it."""
    membership = lock(membership)
    policies.edit_membership.require(by, membership)
    if membership.until:
        raise WrongState(_("这份组织关系已经转出。"))
    if on > clock.today():
        raise Invalid(_("转出日期晚于今天，到了那天再登记。"), field="on")
    if on < membership.since:
        words = {"day": membership.since.isoformat()}
        raise Invalid(_("%(day)s才编入这个支部，转出不能早于那一天。") % words, field="on")
    end_posts(Post.objects.filter(person=membership.person_id, party_org=membership.party_org_id), on)
    before, after = changed(membership, until=on)
    save(membership, "until")
    record("org.transfer_out", membership.person, by=by, unit_id=membership.party_org.unit_id, happened_on=on,
           before=before, after=after | {"party_org": membership.party_org}, about=[membership.party_org])  # fmt: skip
    return membership
