"""Reads of the meetings room."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import BigIntegerField, Count, Max, Q, QuerySet, Value

from gangmu.meetings import arithmetic
from gangmu.meetings.models import (
    Attendance,
    Decision,
    DecisionItem,
    Meeting,
    MeetingKind,
    StandingAttendance,
)
from gangmu.org import queries as org
from gangmu.org.models import Person, Post

# The fixed line of leading bodies; branches meet by membership.
_BODY = {
    "leading_group": (Post.Kind.GROUP_SECRETARY, Post.Kind.GROUP_MEMBER),
    "chiefs": (Post.Kind.CHIEF, Post.Kind.DEPUTY_CHIEF),
}


@dataclass(frozen=True)
class Due:
    """Someone who is to be invited."""

    person: Person
    role: str
    votes: bool
    standing: bool = False


def due_people(meeting: Meeting) -> list[Due]:
    """Members of the body on that day, then those who always sit in. Four queries at most."""
    members = _body(meeting)
    voters = (
        org.voters(meeting.party_org_id, meeting.held_on) if meeting.party_org_id else {p.pk for p in members}
    )
    due = [Due(p, Attendance.Role.MEMBER, p.pk in voters) for p in members]
    rules = StandingAttendance.objects.filter(
        org.in_force(meeting.held_on), unit_id=meeting.unit_id, kind=meeting.kind
    )
    posts = list(rules.values_list("post_kind", flat=True))
    known = {p.pk for p in members}
    for person in org.holders(meeting.unit_id, posts, meeting.held_on) if posts else ():
        if person.pk not in known:
            due.append(Due(person, Attendance.Role.SITS_IN, False, standing=True))
    return due


def _body(meeting: Meeting) -> list[Person]:
    if kinds := _BODY.get(meeting.kind.due):
        return list(org.holders(meeting.unit_id, kinds, meeting.held_on))
    if meeting.party_org_id is None:
        return []
    if meeting.kind.due == "committee":
        return list(org.committee(meeting.party_org_id, meeting.held_on))
    return list(org.members(meeting.party_org_id, meeting.held_on))


@dataclass(frozen=True)
class Quorum:
    """Counts of members with a vote. ``line`` in the words of the kind; ``reached`` derived."""

    due: int
    present: int
    line: str
    passing: str

    @property
    def reached(self) -> bool:
        return arithmetic.reaches(self.present, self.due, self.line)

    @property
    def needed(self) -> int:
        return arithmetic.least(self.due, self.line)

    @property
    def votes_needed(self) -> int:
        return arithmetic.least(self.due, self.passing)


def quorum(meeting: Meeting, *, strict: bool = False) -> Quorum:
    """``strict``: topics of cadres need two thirds of those due."""
    rows = meeting.attendances.filter(role=Attendance.Role.MEMBER, votes=True)
    counts = rows.aggregate(due=Count("id"), present=Count("id", filter=Q(present=True)))
    line = ">=2/3" if strict else meeting.kind.quorum
    return Quorum(counts["due"], counts["present"], line, meeting.kind.passing)


def quorum_of(meeting: Meeting, rows: Iterable[Attendance], *, strict: bool = False) -> Quorum:
    """As :func:`quorum`, from attendances already in hand."""
    voters = [r for r in rows if r.role == Attendance.Role.MEMBER and r.votes]
    line = ">=2/3" if strict else meeting.kind.quorum
    return Quorum(len(voters), sum(r.present for r in voters), line, meeting.kind.passing)


def titles(meeting: Meeting, person_ids: Iterable[int]) -> dict[int, str]:
    """What each is addressed by at this meeting: the post in the branch that meets, else in the unit. One query."""
    posts = Post.objects.filter(org.in_force(meeting.held_on), person_id__in=list(person_ids))
    posts = posts.filter(party_org_id=meeting.party_org_id).select_related("department").order_by("-id")
    return {p.person_id: str(p if p.department_id else p.get_kind_display()) for p in posts}


def next_number(unit_id: int, kind: MeetingKind, party_org_id: int | None, year: int) -> int:
    rows = Meeting.objects.filter(unit_id=unit_id, kind=kind, party_org_id=party_org_id, held_on__year=year)
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


@dataclass(frozen=True)
class Studied:
    """The decision by which an item was studied (研)."""

    on: date
    decision_id: int
    meeting_id: int
    meeting: str


@dataclass(frozen=True)
class Studies:
    """By which decision each item was studied, and by which the plan itself was adopted."""

    items: dict[int, Studied]
    plan: Studied | None = None


def studies(item_ids: Iterable[int], plan_id: int | None = None) -> Studies:
    """For each item the latest final decision about it, and the one that adopted the plan; one query.

    Items never studied are absent. All items of an adopted plan count as studied by its decision.
    """
    rows = DecisionItem.objects.filter(
        item_id__in=list(item_ids), decision__agenda_item__meeting__state=Meeting.State.FINAL
    ).order_by()
    found = rows.values_list("item_id", *(f"decision__{name}" for name in _OF_DECISION))
    if plan_id is not None:
        adopting = Decision.objects.filter(adopts_id=plan_id, agenda_item__meeting__state=Meeting.State.FINAL)
        none = Value(None, output_field=BigIntegerField())
        found = found.union(
            adopting.order_by().annotate(no_item=none).values_list("no_item", *_OF_DECISION), all=True
        )
    items: dict[int, Studied] = {}
    plan = None
    for item_id, decision_id, meeting_id, held_on, number, kind, body in sorted(
        found, key=lambda r: (r[3], r[1])
    ):
        study = Studied(held_on, decision_id, meeting_id, Meeting.called(kind, number, body))
        if item_id is None:
            plan = plan or study
        else:
            items[item_id] = study
    return Studies(items, plan)


_MEETING = "agenda_item__meeting"
_OF_DECISION = (
    "pk", f"{_MEETING}_id", f"{_MEETING}__held_on", f"{_MEETING}__number", f"{_MEETING}__kind__name",
    f"{_MEETING}__party_org__name",
)  # fmt: skip


def studied(item_ids: Iterable[int]) -> dict[int, Studied]:
    """For each item the latest final decision about it; one query."""
    return studies(item_ids).items


def plan_decision(plan_id: int) -> Studied | None:
    """The decision that adopted a plan."""
    return studies((), plan_id).plan


def adoptions(plan_ids: Iterable[int]) -> dict[int, Studied]:
    """For each plan the first final decision that adopted it; one query. Plans not adopted are absent."""
    rows = Decision.objects.filter(
        adopts_id__in=list(plan_ids), agenda_item__meeting__state=Meeting.State.FINAL
    ).order_by(f"{_MEETING}__held_on", "pk")
    found: dict[int, Studied] = {}
    for plan_id, pk, meeting_id, held_on, number, kind, body in rows.values_list("adopts_id", *_OF_DECISION):
        found.setdefault(plan_id, Studied(held_on, pk, meeting_id, Meeting.called(kind, number, body)))
    return found


def meetings(unit_id: int) -> QuerySet[Meeting]:
    """What a list row shows; present and due counted in the same query."""
    member = Q(attendances__role=Attendance.Role.MEMBER)
    return (
        Meeting.objects.filter(unit_id=unit_id)
        .select_related("kind", "party_org", "chair")
        .annotate(
            due=Count("attendances", filter=member),
            came=Count("attendances", filter=member & Q(attendances__present=True)),
        )
        .order_by("-held_on", "-id")
    )


def decisions_to_deploy(unit_id: int) -> QuerySet[Decision]:
    """Decisions of final meetings that need action; which are deployed the tasks room knows."""
    return (
        Decision.objects.filter(
            agenda_item__meeting__unit_id=unit_id,
            agenda_item__meeting__state=Meeting.State.FINAL,
            needs_action=True,
            adopts__isnull=True,
        )
        .select_related("department", "agenda_item__meeting__kind", "agenda_item__meeting__party_org")
        .order_by("due_on", "id")
    )


def absent_without_reason(unit_id: int) -> QuerySet[Attendance]:
    """Standing attendants who were absent and gave no reason yet."""
    return (
        Attendance.objects.filter(
            meeting__unit_id=unit_id,
            meeting__state__in=["recorded", "final"],
            present=False,
            reason="",
            standing=True,
        )
        .select_related("meeting__kind", "meeting__party_org", "person")
        .order_by("-meeting__held_on")
    )
