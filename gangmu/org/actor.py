"""Who is acting: a user with the person's posts of today. One query, then all is in memory."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import BigIntegerField, QuerySet, Value

from gangmu.common import clock
from gangmu.org.models import AdminGrant, Department, Membership, PartyOrg, Post, Unit, User
from gangmu.org.permissions import ADMINS, PERMISSIONS, RANK, ROLE_OF_ADMIN, ROLE_OF_POST, Permission, Role
from gangmu.org.queries import in_force


@dataclass(frozen=True)
class Actor:
    """Everything policies ask about a signed-in person.

    ``departments``: headed; ``own_department``: belongs to; ``branches``: branches and groups one runs;
    ``orgs``: member of. All are sets of ids.
    """

    user_id: int
    person_id: int | None
    unit_id: int
    unit_name: str
    name: str
    post_title: str
    roles: frozenset[Role]
    departments: frozenset[int] = frozenset()
    own_department: int | None = None
    branches: frozenset[int] = frozenset()
    orgs: frozenset[int] = frozenset()
    led_departments: frozenset[int] = frozenset()
    permissions: frozenset[Permission] = field(default=frozenset())

    def can(self, permission: Permission) -> bool:
        return permission in self.permissions

    def has(self, *roles: Role) -> bool:
        return not self.roles.isdisjoint(roles)

    @property
    def role(self) -> Role:
        """The first role by rank: decides which home page is shown."""
        return next(r for r in RANK if r in self.roles)

    @property
    def is_admin(self) -> bool:
        """One of the three administrators, who see no business."""
        return not self.roles.isdisjoint(ADMINS)


def of(user: User) -> Actor:
    """The actor behind a user, by the posts held on the clock's day."""
    if user.person_id is None:
        return _administrator(user)
    rows = sorted(_duties(user.person_id, clock.today()), key=lambda row: row[1])
    posts = [_post(row) for row in rows if row[0] == "post"]
    roles = frozenset({ROLE_OF_POST[p.kind] for p in posts} | {Role.STAFF})
    person = user.person
    assert person is not None  # noqa: S101 - person_id was checked above
    leads = not roles.isdisjoint({Role.FIRST, Role.LEADER})
    return Actor(
        user_id=user.pk,
        person_id=person.pk,
        unit_id=user.unit_id,
        unit_name=posts[0].unit.name if posts else user.unit.name,
        name=person.name,
        post_title=_title(posts),
        roles=roles,
        departments=frozenset(p.department_id for p in posts if p.kind in _HEADS and p.department_id),
        own_department=person.department_id,
        branches=frozenset(p.party_org_id for p in posts if p.kind in _RUNS and p.party_org_id)
        | {row[6] for row in rows if row[0] == "below"},
        orgs=frozenset(row[6] for row in rows if row[0] == "member"),
        led_departments=frozenset(row[4] for row in rows if row[0] == "led" and leads),
        permissions=frozenset().union(*(PERMISSIONS[r] for r in roles)),
    )


_NO, _NONE = Value(""), Value(None, output_field=BigIntegerField())
_RUNS = (Post.Kind.BRANCH_SECRETARY, Post.Kind.BRANCH_ORGANISER, Post.Kind.GROUP_LEADER)


def _duties(person_id: int, day: date) -> QuerySet:
    """All that an actor is made of, in one statement: posts, organisations belonged to, groups below the branches one
    runs, departments one is in charge of. Rows: what, id, kind, unit, department id and name, organisation id and name.
    """
    held = Post.objects.filter(in_force(day), person_id=person_id)
    member = Membership.objects.filter(in_force(day), person_id=person_id)
    below = PartyOrg.objects.filter(parent__in=held.filter(kind__in=_RUNS).values("party_org_id")).order_by()
    led = Post.in_charge_of.through.objects.filter(post__in=held)
    return held.values_list(
        Value("post"),
        "id",
        "kind",
        "unit__name",
        "department_id",
        "department__name",
        "party_org_id",
        "party_org__name",
    ).union(
        member.values_list(Value("member"), "id", _NO, _NO, _NONE, _NO, "party_org_id", _NO),
        below.values_list(Value("below"), "id", _NO, _NO, _NONE, _NO, "pk", _NO),
        led.values_list(Value("led"), "id", _NO, _NO, "department_id", _NO, _NONE, _NO),
        all=True,
    )


def _post(row: tuple) -> Post:
    """A post as far as titles and places need it."""
    _what, pk, kind, unit, department_id, department, org_id, org = row
    return Post(
        pk=pk, kind=kind, unit=Unit(name=unit),
        department=Department(pk=department_id, name=department) if department_id else None,
        party_org=PartyOrg(pk=org_id, name=org) if org_id else None,
    )  # fmt: skip


_HEADS = (Post.Kind.DEPARTMENT_HEAD, Post.Kind.PARTY_OFFICE_HEAD, Post.Kind.OFFICE_HEAD)


def _title(posts: list[Post]) -> str:
    """The post that the person is addressed by: the one of highest rank."""
    if not posts:
        return ""
    best = min(posts, key=lambda p: (RANK.index(ROLE_OF_POST[p.kind]), p.pk))
    return str(best)


def _administrator(user: User) -> Actor:
    grant = AdminGrant.objects.filter(user=user).first()
    roles = frozenset({ROLE_OF_ADMIN[grant.role]}) if grant else frozenset({Role.STAFF})
    return Actor(
        user_id=user.pk,
        person_id=None,
        unit_id=user.unit_id,
        unit_name=user.unit.name,
        name=user.username,
        post_title=str(grant.get_role_display()) if grant else "",
        roles=roles,
        permissions=frozenset().union(*(PERMISSIONS[r] for r in roles)),
    )
