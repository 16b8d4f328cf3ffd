"""What a list that came in would change: reads only. The actions that take a list carry out exactly this.

A row that says nothing about a fact leaves it as it is, and nobody is deleted for not being on a list.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from gangmu.org.models import (
    ColumnHint,
    Department,
    DepartmentAlias,
    Membership,
    PartyOrg,
    Person,
    Post,
    Unit,
)
from gangmu.org.queries import in_force
from gangmu.papers.roster_check import DepartmentRow, Known, KnownPerson, PersonRow, place_key
from gangmu.papers.roster_party import LEADING, MemberRow, PostRow

ORGAN = "机关"  # data
BRANCHES = (PartyOrg.Kind.BRANCH, PartyOrg.Kind.GENERAL_BRANCH)


@dataclass
class Change:
    """``changed``: (object, {field: new value}, row). ``missing``: known, in force, and not on the list.

    ``kept_out``: (row, code of a message) of what a list may not do. ``more``: further changes of single kinds.
    """

    added: list[Any] = field(default_factory=list)
    changed: list[tuple[Any, dict[str, Any], Any]] = field(default_factory=list)
    same: int = 0
    missing: list[Any] = field(default_factory=list)
    kept_out: list[tuple[Any, str]] = field(default_factory=list)
    more: dict[str, list[Any]] = field(default_factory=lambda: defaultdict(list))

    def more_count(self) -> int:
        return sum(map(len, self.more.values()))

    def told(self, source_name: str) -> dict[str, Any]:
        """What an event says of a list: counts and the file's name."""
        return {
            "text": source_name, "added": len(self.added), "changed": self.altered, "same": self.same,
            "missing": len(self.missing), "kept_out": len(self.kept_out),
        }  # fmt: skip

    @property
    def altered(self) -> int:
        """How many known rows get something new; what belongs to a newly added row is not counted again."""
        more = [item for name, items in self.more.items() if name != "ends" for item in items]
        of_new = sum(1 for item in more if isinstance(item, Stay) and not isinstance(item.person, int))
        return len(self.changed) + len(more) - of_new

    @property
    def nothing(self) -> bool:
        """Whether taking the list would leave everything as it is."""
        return not (self.added or self.changed or self.more_count())


def hints(unit_id: int) -> dict[str, dict[str, str]]:
    """Kind of list → folded header → field, as people of the unit corrected it."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for kind, head, code in ColumnHint.objects.filter(unit_id=unit_id).values_list("kind", "head", "field"):
        found[kind][head] = code
    return found


def known(unit: Unit, today: date, *, since: date | None = None, year: int | None = None) -> Known:
    """Everything a list is checked against. Six queries, however long the list."""
    out = Known(today, since=since, year=year, strip=(unit.name, unit.short, ORGAN))
    for pk, name, number, department, left in Person.objects.filter(unit=unit).values_list(
        "pk", "name", "number", "department_id", "left_on"
    ):
        person = KnownPerson(pk, name, number, department, left is not None)
        out.people.setdefault(name, []).append(person)
        if number:
            out.numbers[number] = person
    _places(unit, out)
    now = in_force(today)
    rows = Membership.objects.filter(now, party_org__unit=unit, party_org__kind__in=BRANCHES)
    for person_id, org, start in rows.values_list("person_id", "party_org_id", "since"):
        out.branch_of[person_id] = (org, start)
    leading = Post.objects.filter(now, unit=unit, kind__in=LEADING)
    out.leaders = frozenset(leading.values_list("person_id", flat=True))
    return out


def _places(unit: Unit, out: Known) -> None:
    """Departments by name and alias, party organisations by name; a key that two share is nobody's."""
    rows = list(Department.objects.filter(unit=unit).values_list("pk", "name"))
    aliases = DepartmentAlias.objects.filter(department__unit=unit).values_list("department_id", "name")
    out.place_names = dict(rows)
    out.departments = _keys([(pk, name) for pk, name in rows], out.strip)
    for key, pk in _keys(aliases, out.strip).items():
        out.departments.setdefault(key, pk)
    orgs = list(PartyOrg.objects.filter(unit=unit, closed_on__isnull=True).values_list("pk", "name", "kind"))
    out.org_names = {pk: name for pk, name, _kind in orgs}
    out.orgs = _keys([(pk, name) for pk, name, _kind in orgs], out.strip)
    out.branches = frozenset(pk for pk, _name, kind in orgs if kind in BRANCHES)


def _keys(rows: Iterable[tuple[int, str]], strip: tuple[str, ...]) -> dict[str, int]:
    found: dict[str, set[int]] = defaultdict(set)
    for pk, name in rows:
        found[place_key(name, strip)].add(pk)
    return {key: ids.pop() for key, ids in found.items() if len(ids) == 1}


def _differing(obj: Any, wanted: dict[str, Any]) -> dict[str, Any]:
    """What the list says otherwise; what it leaves empty stays."""
    return {
        name: value
        for name, value in wanted.items()
        if value not in (None, "") and getattr(obj, name) != value
    }


def people_change(unit: Unit, rows: Iterable[PersonRow]) -> Change:
    """One query."""
    out = Change()
    current = {
        p.pk: p for p in Person.objects.filter(unit=unit, left_on__isnull=True).select_related("department")
    }
    for row in rows:
        person = current.pop(row.pk, None) if row.pk else None
        if person is None:
            out.added.append(row)
            continue
        new = _differing(person, {"number": row.number, "department_id": row.department})
        _sort(out, person, new, row)
    out.missing = list(current.values())
    return out


def _sort(out: Change, obj: Any, new: dict[str, Any], row: Any) -> None:
    if new:
        out.changed.append((obj, new, row))
    else:
        out.same += 1


def departments_change(unit: Unit, rows: Iterable[DepartmentRow], today: date) -> Change:
    """Departments, their aliases and the leaders in charge. Three queries.

    ``more["aliases"]``: (row, name, last day or None) · ``more["leaders"]``: (post of the leader, department id, row).
    """
    out = Change()
    current = {d.pk: d for d in Department.objects.filter(unit=unit)}
    aliases = set(DepartmentAlias.objects.filter(department__unit=unit).values_list("department_id", "name"))
    posts = (
        Post.objects.filter(in_force(today), unit=unit, kind__in=LEADING)
        .select_related("person")
        .order_by("id")
    )
    by_person: dict[int, list[Post]] = defaultdict(list)
    for post in posts.prefetch_related("in_charge_of"):
        by_person[post.person_id].append(post)
    for row in rows:
        department = current.pop(row.pk, None) if row.pk else None
        if department is None:
            out.added.append(row)
        else:
            wanted = {
                "line": row.line_of_work,
                "note": row.note,
                "valid_from": row.since,
                "valid_to": row.until,
            }
            _sort(out, department, _differing(department, wanted), row)
        out.more["aliases"] += [
            (row, name, until)
            for name, until in _aliases(row)
            if (row.pk, name) not in aliases and name != row.name
        ]
        led = by_person.get(row.leader or 0, [])
        if led and not any(row.pk in {d.pk for d in p.in_charge_of.all()} for p in led):
            out.more["leaders"].append((led[0], row))
    out.missing = [d for d in current.values() if d.valid_to is None]
    return out


def _aliases(row: DepartmentRow) -> list[tuple[str, date | None]]:
    """Other names with the day they ended: a former name the day before the department was set up."""
    ended = row.since - timedelta(days=1) if row.since else None
    return [(name, None) for name in row.aliases] + [(name, ended) for name in row.former]


def posts_change(unit: Unit, rows: Iterable[PostRow], today: date, own: int | None) -> Change:
    """Two queries. ``more["charge"]``: (post, department ids). One's own posts are for others to change."""
    out = Change()
    held: dict[tuple[Any, ...], list[Post]] = defaultdict(list)
    for post in (
        Post.objects.filter(unit=unit)
        .prefetch_related("in_charge_of")
        .select_related("person", "department", "party_org")
    ):
        held[post.person_id, post.kind, post.department_id, post.party_org_id].append(post)
    seen: set[int] = set()
    for row in rows:
        found = _held(held.get((row.person, row.kind, row.department, row.org), []), row)
        if found:
            seen.add(found.pk)
        new = _differing(found, {"since": row.since, "until": row.until}) if found else {}
        charge = (
            bool(row.charge)
            and found is not None
            and {d.pk for d in found.in_charge_of.all()} != set(row.charge)
        )
        if (found is None or new or charge) and row.person == own:
            out.kept_out.append((row, "own_post"))
        elif found is None and row.since is None:
            out.kept_out.append((row, "post_absent"))
        elif found is None:
            out.added.append(row)
        else:
            _sort(out, found, new, row)
            out.more["charge"] += [(found, row.charge)] if charge else []
    open_posts = [p for posts in held.values() for p in posts if p.until is None or p.until >= today]
    out.missing = [p for p in open_posts if p.pk not in seen]
    return out


def _held(posts: list[Post], row: PostRow) -> Post | None:
    """The post a row speaks of: the one that began on that day, else the open one."""
    same = [p for p in posts if row.since and p.since == row.since]
    still = [p for p in posts if p.until is None]
    return next(iter([*same, *still]), None)


@dataclass(frozen=True)
class Stay:
    """A membership that begins: ``person`` is an id, or the row of somebody new."""

    person: int | MemberRow
    org: int
    status: str
    since: date


def members_change(unit: Unit, rows: Iterable[MemberRow], since: date, own: int | None) -> Change:
    """Three queries. ``added``: rows of people who are new on any roster; ``changed``: facts of a person.

    ``more["ends"]``: (membership, last day) · ``more["stays"]``: ``Stay`` · ``more["status"]``: (membership, status)
    · ``more["posts"]``: (row, code of the post, first day).
    """
    out, rows = Change(), list(rows)
    people = {p.pk: p for p in Person.objects.filter(unit=unit)}
    memberships = Membership.objects.filter(
        party_org__unit=unit, party_org__kind__in=BRANCHES, until__isnull=True
    )
    now = {m.person_id: m for m in memberships.select_related("person", "party_org").order_by("since")}
    held = set(
        Post.objects.filter(unit=unit, until__isnull=True, party_org__isnull=False).values_list(
            "person_id", "kind", "party_org_id"
        )
    )
    for row in rows:
        before = out.more_count()
        person = people.get(row.pk or 0)
        if person is None:
            out.added.append(row)
        _membership(out, row, now.get(row.pk or 0), since)
        _branch_posts(out, row, held, row.since or since, own)
        if person is not None:
            home = row.department if person.department_id is None else None
            wanted = {"number": "" if person.number else row.number, "department_id": home, "joined_on": row.joined,
                      "confirmed_on": row.confirmed}  # fmt: skip
            new = _differing(person, wanted)
            if new or out.more_count() == before:
                _sort(out, person, new, row)
    on_list = {row.pk for row in rows}
    branches = {row.org for row in rows}
    out.missing = [m for m in now.values() if m.party_org_id in branches and m.person_id not in on_list]
    return out


def _membership(out: Change, row: MemberRow, now: Membership | None, since: date) -> None:
    """Joining, moving, or becoming a full member: the old row ends the day before, so that the past stays as it was."""
    start = row.since or since
    status = row.status or (now.status if now else Membership.Status.FULL)
    if now is not None and now.party_org_id == row.org:
        if now.status == status:
            return
        turned = row.confirmed or start
        if turned <= now.since:
            out.more["status"].append((now, status))
            return
        start = turned
    if now is not None:
        out.more["ends"].append((now, start - timedelta(days=1)))
    out.more["stays"].append(Stay(row.pk or row, row.org, status, start))


def _branch_posts(
    out: Change, row: MemberRow, held: set[tuple[Any, ...]], start: date, own: int | None
) -> None:
    for code in row.posts:
        if (row.pk, code, row.org) in held:
            continue
        if row.pk is not None and row.pk == own:
            out.kept_out.append((row, "own_post"))
        else:
            out.more["posts"].append((row, code, start))
