"""The demo's units, departments, branches, people and accounts."""

from dataclasses import dataclass, field
from datetime import date

from gangmu.cli.demo import content
from gangmu.events.log import System
from gangmu.org import actor
from gangmu.org.actions import people, units
from gangmu.org.actor import Actor
from gangmu.org.models import AdminGrant, Department, Membership, PartyOrg, Person, Post, Unit, User

PASSWORD = "yunze-demo-1"  # noqa: S105 - an invented sign-in of the demo city, printed at start
SET_UP = System()
# The cast of the pictures: who holds which post under which name.
CAST = {
    "first": "温若谷", "committee_secretary": "顾行之", "full_time_deputy": "方绍宁", "party_office": "沈知白",
    "office": "裴明朗", "第八检察部": "江映川", "第六检察部": "傅子衡", "第三党支部组织": "宁采薇", "deputy1": "陆承安",
}  # fmt: skip


@dataclass
class Cast:
    """Everybody the story needs, by what they are. ``users`` maps a key to an account."""

    unit: Unit
    departments: dict[str, Department] = field(default_factory=dict)
    branches: list[PartyOrg] = field(default_factory=list)
    groups: list[PartyOrg] = field(default_factory=list)
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    counties: list["Cast"] = field(default_factory=list)
    actors: dict[str, Actor] = field(default_factory=dict)

    def act(self, key: str) -> Actor:
        """The actor behind a key, by the posts of the clock's day (posts do not change in the story)."""
        if key not in self.actors:
            self.actors[key] = actor.of(self.users[key])
        return self.actors[key]


class Names:
    """Invented names, each once, always in the same order."""

    def __init__(self) -> None:
        self.count = 0
        self.taken = set(CAST.values())

    def next(self) -> str:
        while True:
            i = self.count
            self.count += 1
            surname = content.SURNAMES[(i * 7) % len(content.SURNAMES)]
            name = surname + content.GIVEN[(i * 11 + i // len(content.SURNAMES)) % len(content.GIVEN)]
            if name not in self.taken:
                self.taken.add(name)
                return name


def settle(start: date) -> Cast:
    """The city, its counties and everybody in them, from ``start`` on."""
    names = Names()
    city = _city(start, names)
    for name, short in content.COUNTIES:
        city.counties.append(_county(city.unit, name, short, start, names))
    return city


def _city(start: date, names: Names) -> Cast:
    unit = units.create(name=content.CITY, short="云泽市院", level=Unit.Level.CITY, by=SET_UP)
    cast = Cast(unit)
    for position, (name, line, note, aliases, staff) in enumerate(content.DEPARTMENTS):
        department = units.add_department(
            unit=unit, name=name, line=line, note=note, position=position, aliases=aliases, by=SET_UP
        )
        cast.departments[name] = department
        for number in range(staff):
            key = name if number == 0 else f"{name}{number}"
            given = CAST.get(key) or (_office_head(name) if number == 0 else None)
            cast.people[key] = people.enrol(
                unit=unit, name=given or names.next(), department=department, by=SET_UP
            )
    _leaders(cast, start, names)
    _heads(cast, start)
    _party(cast, start)
    _accounts(cast)
    return cast


def _office_head(department: str) -> str | None:
    return {"机关党委": CAST["party_office"], "办公室": CAST["office"]}.get(department)


def _leaders(cast: Cast, start: date, names: Names) -> None:
    """The party group: secretary and chief, three deputies, the head of the political department."""
    in_charge = {
        "first": ("办公室",), "deputy1": ("第四检察部", "第八检察部", "第七检察部"),
        "deputy2": ("第一检察部", "第二检察部", "第九检察部"), "deputy3": ("第五检察部", "第六检察部", "第十检察部"),
        "committee_secretary": ("机关党委", "政治部", "第三检察部", "案件管理部"),
    }  # fmt: skip
    kinds = {
        "first": (Post.Kind.GROUP_SECRETARY, Post.Kind.CHIEF),
        "committee_secretary": (
            Post.Kind.GROUP_MEMBER,
            Post.Kind.DEPUTY_CHIEF,
            Post.Kind.COMMITTEE_SECRETARY,
        ),
    }
    for key, departments in in_charge.items():
        person = people.enrol(unit=cast.unit, name=CAST.get(key) or names.next(), by=SET_UP)
        cast.people[key] = person
        for number, kind in enumerate(kinds.get(key, (Post.Kind.GROUP_MEMBER, Post.Kind.DEPUTY_CHIEF))):
            led = [cast.departments[d] for d in departments] if number == 0 else []
            people.appoint(person=person, kind=kind, since=start, in_charge_of=led, by=SET_UP)


def _heads(cast: Cast, start: date) -> None:
    special = {"机关党委": Post.Kind.PARTY_OFFICE_HEAD, "办公室": Post.Kind.OFFICE_HEAD}
    for name, department in cast.departments.items():
        kind = special.get(name, Post.Kind.DEPARTMENT_HEAD)
        people.appoint(person=cast.people[name], kind=kind, department=department, since=start, by=SET_UP)
    deputy = cast.people["机关党委1"]
    deputy.name = CAST["full_time_deputy"]
    deputy.save(update_fields=["name"])
    people.appoint(person=deputy, kind=Post.Kind.FULL_TIME_DEPUTY, since=start, by=SET_UP)
    people.appoint(person=cast.people["机关党委2"], kind=Post.Kind.PARTY_OFFICER, since=start, by=SET_UP)


def _party(cast: Cast, start: date) -> None:
    unit = cast.unit
    units.found_party_org(
        unit=unit, kind=PartyOrg.Kind.LEADING_GROUP, name="云泽市人民检察院党组", founded_on=start, by=SET_UP
    )
    committee = units.found_party_org(
        unit=unit, kind=PartyOrg.Kind.COMMITTEE, name="机关党委（委员会）", founded_on=start, by=SET_UP
    )
    for number, (name, departments) in enumerate(content.BRANCHES):
        branch = units.found_party_org(
            unit=unit, kind=PartyOrg.Kind.BRANCH, name=name, parent=committee, founded_on=start,
            departments=[cast.departments[d] for d in departments], by=SET_UP,
        )  # fmt: skip
        cast.branches.append(branch)
        members = [p for key, p in cast.people.items() if p.department and p.department.name in departments]
        if number < 5:
            members.append(
                cast.people[["first", "deputy1", "deputy2", "deputy3", "committee_secretary"][number]]
            )
        _fill_branch(branch, members, start)
    for number in (0, 1):
        _group(cast, cast.branches[number], f"{cast.branches[number].name}一组", start)


def _fill_branch(branch: PartyOrg, members: list[Person], start: date) -> None:
    """Everybody joins; the fifth of a large branch is probationary. Head is secretary, the next two its committee."""
    for number, person in enumerate(members):
        young = number == 4 and len(members) > 6
        status = Membership.Status.PROBATIONARY if young else Membership.Status.FULL
        people.join(person=person, party_org=branch, since=start, status=status, by=SET_UP)
    kinds = (Post.Kind.BRANCH_SECRETARY, Post.Kind.BRANCH_ORGANISER, Post.Kind.BRANCH_COMMITTEE)
    for person, kind in zip(members, kinds, strict=False):
        if branch.name == "第三党支部" and kind == Post.Kind.BRANCH_ORGANISER:
            person.name = CAST["第三党支部组织"]
            person.save(update_fields=["name"])
        people.appoint(person=person, kind=kind, party_org=branch, since=start, by=SET_UP)


def _group(cast: Cast, branch: PartyOrg, name: str, start: date) -> None:
    group = units.found_party_org(
        unit=cast.unit, kind=PartyOrg.Kind.GROUP, name=name, parent=branch, founded_on=start, by=SET_UP
    )
    cast.groups.append(group)
    members = [m.person for m in branch.memberships.select_related("person").order_by("id")[1:5]]
    for person in members:
        people.join(person=person, party_org=group, since=start, by=SET_UP)
    people.appoint(person=members[0], kind=Post.Kind.GROUP_LEADER, party_org=group, since=start, by=SET_UP)


def _accounts(cast: Cast) -> None:
    keys: dict[str, str] = {
        "first": "wen", "committee_secretary": "gu", "deputy1": "lu", "机关党委": "shen", "机关党委1": "fang",
        "办公室": "pei", "第八检察部": "jiang", "第六检察部": "fu", "第三检察部1": "ning", "第八检察部3": "member",
    }  # fmt: skip
    keys |= {name: f"head{i:02d}" for i, name in enumerate(cast.departments) if name not in keys}
    hashed = ""
    for key, username in keys.items():
        user = people.open_account(
            username=username, password=hashed or PASSWORD, unit=cast.unit, person=cast.people[key],
            hashed=bool(hashed), by=SET_UP,
        )  # fmt: skip
        hashed = user.password
        cast.users[key] = user
    for role, username in zip(AdminGrant.Role.values, ("sysadmin", "secadmin", "auditor"), strict=True):
        user = people.open_account(username=username, password=hashed, unit=cast.unit, hashed=True, by=SET_UP)
        people.grant_admin(user=user, role=role, by=SET_UP)


def _county(city: Unit, name: str, short: str, start: date, names: Names) -> Cast:
    """A county unit: a party office head who runs it all, two departments, one branch."""
    unit = units.create(name=name, short=short, level=Unit.Level.COUNTY, parent=city, by=SET_UP)
    cast = Cast(unit)
    for position, (label, line) in enumerate((("政治部", "party"), ("第一检察部", "business"))):
        cast.departments[label] = units.add_department(
            unit=unit, name=label, line=line, position=position, by=SET_UP
        )
    for number in range(6):
        department = cast.departments["政治部" if number < 3 else "第一检察部"]
        cast.people[str(number)] = people.enrol(
            unit=unit, name=names.next(), department=department, by=SET_UP
        )
    posts = ((Post.Kind.GROUP_SECRETARY, None), (Post.Kind.PARTY_OFFICE_HEAD, "政治部"), (Post.Kind.GROUP_MEMBER, None),
             (Post.Kind.DEPARTMENT_HEAD, "第一检察部"))  # fmt: skip
    for number, (kind, place) in enumerate(posts):
        people.appoint(
            person=cast.people[str(number)], kind=kind, since=start,
            department=cast.departments[place] if place else None, by=SET_UP,
        )  # fmt: skip
    units.found_party_org(
        unit=unit, kind=PartyOrg.Kind.LEADING_GROUP, name=f"{short}党组", founded_on=start, by=SET_UP
    )
    branch = units.found_party_org(
        unit=unit, kind=PartyOrg.Kind.BRANCH, name=f"{short}机关党支部", founded_on=start, by=SET_UP
    )
    cast.branches.append(branch)
    _fill_branch(branch, list(cast.people.values()), start)
    return cast


def county_account(cast: Cast, number: int, password: str) -> None:
    """The county's party office signs in too."""
    cast.users["office"] = people.open_account(
        username=f"county{number}",
        password=password,
        hashed=True,
        unit=cast.unit,
        person=cast.people["1"],
        by=SET_UP,
    )
