"""Who is acting: a user with the person's posts of today. Two queries (three for leaders), then all is in memory."""

from dataclasses import dataclass, field

from gangmu.common import clock
from gangmu.org.models import AdminGrant, Membership, PartyOrg, Post, User
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
    now = in_force(clock.today())
    posts = list(
        Post.objects.filter(now, person_id=user.person_id)
        .select_related("department", "party_org", "unit")
        .order_by("id")
    )
    orgs = Membership.objects.filter(now, person_id=user.person_id).values_list("party_org_id", flat=True)
    roles = frozenset({ROLE_OF_POST[p.kind] for p in posts} | {Role.STAFF})
    person = user.person
    assert person is not None  # noqa: S101 - person_id was checked above
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
        branches=_branches(posts),
        orgs=frozenset(orgs),
        led_departments=_led(posts, roles),
        permissions=frozenset().union(*(PERMISSIONS[r] for r in roles)),
    )


def _branches(posts: list[Post]) -> frozenset[int]:
    """Branches whose secretary or organiser one is, with the groups below them; groups that one leads."""
    kinds = (Post.Kind.BRANCH_SECRETARY, Post.Kind.BRANCH_ORGANISER, Post.Kind.GROUP_LEADER)
    own = {p.party_org_id for p in posts if p.kind in kinds and p.party_org_id}
    if own:
        own |= set(PartyOrg.objects.filter(parent_id__in=own).values_list("pk", flat=True))
    return frozenset(own)


def _led(posts: list[Post], roles: frozenset[Role]) -> frozenset[int]:
    """Departments a leader is in charge of; asked only for leaders."""
    if roles.isdisjoint({Role.FIRST, Role.LEADER}):
        return frozenset()
    rows = Post.in_charge_of.through.objects.filter(post_id__in=[p.pk for p in posts])
    return frozenset(rows.values_list("department_id", flat=True))


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
