"""Reads of party life: branches with their members, posts and meetings. Set-wise: the count of branches is no matter."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Max, Prefetch, Q, QuerySet

from gangmu.meetings.models import Meeting, MeetingTag
from gangmu.org import queries as org
from gangmu.org.models import Membership, PartyOrg, Person, Post
from gangmu.rules.models import Verdict

TERM_YEARS = 3  # 支部委员会每届任期三年
# Kind of meeting → the rule whose lamp stands beside its last date.
RHYTHM = {
    "assembly": "BRANCH-ASSEMBLY-QUARTERLY",
    "committee": "BRANCH-COMMITTEE-MONTHLY",
    "theme_day": "BRANCH-THEME-DAY",
    "lecture": "BRANCH-LECTURE-QUARTERLY",
}
COMMITTEE = (Post.Kind.BRANCH_SECRETARY, Post.Kind.BRANCH_ORGANISER, Post.Kind.BRANCH_COMMITTEE)


@dataclass
class BranchRow:
    """One branch on the page of the unit. ``last``: kind of meeting → day of the last final one."""

    branch: PartyOrg
    voting: int = 0
    probationary: int = 0
    secretary: Person | None = None
    term_ends: date | None = None
    last: dict[str, date] = field(default_factory=dict)
    lamps: dict[str, Verdict] = field(default_factory=dict)


def overview(branches: Iterable[PartyOrg], day: date) -> list[BranchRow]:
    """Four queries, however many branches."""
    rows = {b.pk: BranchRow(b) for b in branches}
    for counts in _member_counts(rows, day):
        row = rows[counts["party_org_id"]]
        row.voting, row.probationary = counts["voting"], counts["probationary"]
    for post in _posts(rows, day).filter(kind=Post.Kind.BRANCH_SECRETARY):
        row = rows[post.party_org_id or 0]
        row.secretary, row.term_ends = post.person, _years_on(post.since, TERM_YEARS)
    for org_id, kind, last in _last_meetings(rows):
        rows[org_id].last[kind] = last
    kind_of = {rule: kind for kind, rule in RHYTHM.items()}
    current = Verdict.objects.filter(
        subject_kind="org.partyorg", subject_id__in=rows, start__lte=day, end__gte=day
    )
    for verdict in current.filter(rule__in=kind_of):
        rows[verdict.subject_id].lamps[kind_of[verdict.rule]] = verdict
    return list(rows.values())


def _member_counts(ids: Iterable[int], day: date) -> Iterable[Any]:
    status = Membership.Status
    return (
        Membership.objects.filter(org.in_force(day), party_org_id__in=ids)
        .values("party_org_id")
        .annotate(
            voting=Count("id", filter=Q(status=status.FULL)),
            probationary=Count("id", filter=Q(status=status.PROBATIONARY)),
        )
    )


def _posts(ids: Iterable[int], day: date) -> QuerySet[Post]:
    rows = Post.objects.filter(org.in_force(day), party_org_id__in=ids, kind__in=COMMITTEE)
    return rows.select_related("person").order_by("id")


def _last_meetings(ids: Iterable[int]) -> Iterable[tuple[int, str, date]]:
    """(branch, kind, day) of the last final meeting that counts as that kind."""
    rows = MeetingTag.objects.filter(
        meeting__party_org_id__in=ids, meeting__state=Meeting.State.FINAL, kind_id__in=RHYTHM
    )
    return rows.values_list("meeting__party_org_id", "kind_id").annotate(last=Max("meeting__held_on"))


def _years_on(day: date, years: int) -> date:
    """The same day years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def probation_ends(joined_on: date) -> date:
    """预备期一年, from the day of admission."""
    return _years_on(joined_on, 1)


def members(branch_id: int, day: date) -> list[Membership]:
    """Members by status, full ones first. One query."""
    rows = Membership.objects.filter(org.in_force(day), party_org_id=branch_id)
    return list(rows.select_related("person__department").order_by("status", "id"))


def committee(branch_id: int, day: date) -> list[Post]:
    """Secretary first, then the committee. One query."""
    order = {kind: n for n, kind in enumerate(COMMITTEE)}
    return sorted(_posts([branch_id], day), key=lambda p: (order[Post.Kind(p.kind)], p.pk))


@dataclass(frozen=True)
class Held:
    """A meeting in the ledger, and every kind that it counts as."""

    meeting: Meeting
    kinds: tuple[str, ...]


def ledger(branch: PartyOrg, year: int) -> dict[int, dict[str, list[Held]]]:
    """Month → kind of meeting → meetings of the branch and its groups. Two queries; called-off ones left out."""
    rows = (
        Meeting.objects.filter(Q(party_org=branch) | Q(party_org__parent=branch), held_on__year=year)
        .exclude(state=Meeting.State.CALLED_OFF)
        .select_related("kind", "party_org")
        .prefetch_related(Prefetch("tags", MeetingTag.objects.select_related("kind")))
        .order_by("held_on", "id")
    )
    found: dict[int, dict[str, list[Held]]] = defaultdict(lambda: defaultdict(list))
    for meeting in rows:
        tags = sorted(meeting.tags.all(), key=lambda t: (t.kind_id != meeting.kind_id, t.kind.position))
        for tag in tags:
            names = tuple(t.kind.name for t in tags)
            found[meeting.held_on.month][tag.kind_id].append(Held(meeting, names))
    return found


def years(branch: PartyOrg, today: date) -> list[int]:
    """This year and up to three before it, as far as the branch existed."""
    return [y for y in range(today.year, today.year - 4, -1) if y >= branch.founded_on.year] or [today.year]
