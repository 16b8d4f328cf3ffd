"""The double-duty ledger (一岗双责) of a post holder: what the records say on both tracks. No scores, no order of merit."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from gangmu.inspection.models import Finding, Inspection, TeamMember
from gangmu.inspection.states import GONE
from gangmu.meetings.models import AgendaItem, Attendance, Meeting
from gangmu.org import queries as org
from gangmu.org.models import Person, Post
from gangmu.plan.models import EntryPoint, ItemDepartment, PlanItem
from gangmu.review.models import Honour
from gangmu.review.queries import honours as honour_queries
from gangmu.tasks.models import Task
from gangmu.tasks.queries import with_progress
from gangmu.tasks.states import DONE

HEADS = (Post.Kind.DEPARTMENT_HEAD, Post.Kind.PARTY_OFFICE_HEAD, Post.Kind.OFFICE_HEAD)
LEADERS = (Post.Kind.GROUP_SECRETARY, Post.Kind.GROUP_MEMBER, Post.Kind.CHIEF, Post.Kind.DEPUTY_CHIEF)
TRACKS = ("gang", "mu")
_GANG_TOPICS = {AgendaItem.Topic.FIRST, AgendaItem.Topic.PARTY, AgendaItem.Topic.STRICT}


@dataclass
class Holder:
    """A person with a duty on both tracks: heads departments, or leads some as one of the leaders."""

    person: Person
    posts: list[Post] = field(default_factory=list)
    departments: set[int] = field(default_factory=set)
    leads: bool = False

    @property
    def title(self) -> str:
        return "、".join(dict.fromkeys(str(p) for p in self.posts))


def holders(unit_id: int, day: date) -> dict[int, Holder]:
    """Everybody of a unit with such a post, leaders first, then by department. Two queries."""
    posts = Post.objects.filter(org.in_force(day), unit_id=unit_id, kind__in=[*LEADERS, *HEADS])
    rows = posts.select_related("person", "department").prefetch_related("in_charge_of").order_by("id")
    found: dict[int, Holder] = {}
    for post in sorted(rows, key=_place):
        holder = found.setdefault(post.person_id, Holder(post.person))
        holder.posts.append(post)
        holder.leads |= post.kind in LEADERS
        holder.departments |= {d.pk for d in post.in_charge_of.all()}
        holder.departments |= {post.department_id} if post.department_id else set()
    return found


def _place(post: Post) -> tuple[int, int, int]:
    if post.kind in LEADERS:
        return 0, LEADERS.index(Post.Kind(post.kind)), post.pk
    return 1, post.department.position if post.department else 0, post.pk


@dataclass
class TaskCounts:
    """Tasks of one track with their newest progress. ``running`` holds the open ones, the earliest date first."""

    running: list[Any] = field(default_factory=list)
    finished: list[Any] = field(default_factory=list)
    late: int = 0

    @property
    def done(self) -> int:
        return len(self.finished)


@dataclass
class Presence:
    """Meetings of one track at which the person was due."""

    came: list[Attendance] = field(default_factory=list)
    absent: list[Attendance] = field(default_factory=list)

    @property
    def attended(self) -> int:
        return len(self.came)


@dataclass
class Side:
    """One column of the ledger: items led, and items that a department of the person joins.

    ``walks``: contact-point visits and research that a leader led; ``findings``: the own departments put right;
    ``rechecks``: looked at again by this person.
    """

    items: list[PlanItem] = field(default_factory=list)
    joined: list[PlanItem] = field(default_factory=list)
    tasks: TaskCounts = field(default_factory=TaskCounts)
    meetings: Presence = field(default_factory=Presence)
    inspections: list[TeamMember] = field(default_factory=list)
    walks: list[Inspection] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    rechecks: list[Finding] = field(default_factory=list)


@dataclass(frozen=True)
class Ledger:
    """``sides``: gang and mu. ``knots``: entry points that bind one of the items. ``honours``: of this year, that rest on
    a task or item of the own departments; listed, never counted."""

    sides: dict[str, Side]
    knots: list[EntryPoint]
    honours: list[Honour]

    @property
    def items(self) -> list[PlanItem]:
        """Every item that a page needs lamps for: own ones and those at the other end of a knot."""
        own = [i for side in self.sides.values() for i in (*side.items, *side.joined)]
        ends = [i for k in self.knots for i in (k.gang, k.mu)]
        return list({i.pk: i for i in [*own, *ends]}.values())


def ledger(holder: Holder, plan_id: int | None, today: date) -> Ledger:
    """Eight queries, whatever the records; nine for a leader."""
    sides = {track: Side() for track in TRACKS}
    for item in _items(holder, plan_id):
        led = item.lead_department_id in holder.departments or (
            holder.leads and item.leader_id == holder.person.pk
        )
        (sides[item.track].items if led else sides[item.track].joined).append(item)
    _add_tasks(sides, holder, today)
    _add_meetings(sides, holder, today.year)
    _add_inspections(sides, holder, today)
    honours = honour_queries.of_departments(holder.person.unit_id, holder.departments, today.year)
    return Ledger(sides, knots([i.pk for side in sides.values() for i in side.items]), honours)


def _add_inspections(sides: dict[str, Side], holder: Holder, today: date) -> None:
    """Visits of this year; findings of this year's visits, and older ones that are still open; rechecks of this year."""
    of_side = {TeamMember.Side.PARTY: "gang", TeamMember.Side.BUSINESS: "mu"}
    team = TeamMember.objects.filter(person=holder.person, inspection__visit_on__year=today.year)
    team = team.exclude(inspection__state__in=GONE)
    for member in team.select_related("inspection").order_by("-inspection__visit_on"):
        sides[of_side[TeamMember.Side(member.side)]].inspections.append(member)
    if holder.leads:
        walks = Inspection.objects.filter(leader=holder.person, visit_on__year=today.year)
        sides["gang"].walks = list(walks.exclude(state__in=GONE).order_by("-visit_on"))
    this_year = Q(line__inspection__visit_on__year=today.year)
    mine = Q(department_id__in=holder.departments) & (this_year | ~Q(state=Finding.State.CLOSED))
    again = Q(rechecked_by=holder.person, rechecked_on__year=today.year)
    rows = Finding.objects.filter(mine | again).select_related("line", "department", "rechecked_by")
    for finding in rows.order_by("due_on", "id"):
        side = sides[of_side[TeamMember.Side(finding.side)]]
        if finding.department_id in holder.departments:
            side.findings.append(finding)
        elif finding.rechecked_by_id == holder.person.pk:
            side.rechecks.append(finding)


def _items(holder: Holder, plan_id: int | None) -> QuerySet[PlanItem]:
    joined = ItemDepartment.objects.filter(department_id__in=holder.departments).values("item_id")
    mine = Q(lead_department_id__in=holder.departments) | Q(pk__in=joined)
    if holder.leads:
        mine |= Q(leader=holder.person)
    rows = PlanItem.objects.filter(mine, plan_id=plan_id or 0, is_task=True)
    return rows.select_related("lead_department").order_by("position", "id")


def knots(ids: Sequence[int]) -> list[EntryPoint]:
    """Tied to any of these items, on whichever side; one query."""
    rows = EntryPoint.objects.filter(Q(gang_id__in=ids) | Q(mu_id__in=ids)).exclude(
        state=EntryPoint.State.UNTIED
    )
    return list(rows.select_related("gang", "mu").order_by("mu__position", "id"))


def _add_tasks(sides: dict[str, Side], holder: Holder, today: date) -> None:
    """Tasks issued or due this year, and all that are still open."""
    this_year = Q(issued_on__year=today.year) | Q(due_on__year=today.year) | ~Q(state__in=DONE)
    rows = Task.objects.filter(this_year, department_id__in=holder.departments)
    rows = rows.exclude(state=Task.State.CANCELLED)
    related = with_progress(rows).select_related("decision__agenda_item__meeting__kind", "finding", "measure")
    for task in related.order_by("due_on", "id"):
        counts = sides[_track(task)].tasks
        if task.state in DONE:
            counts.finished.append(task)
            continue
        counts.running.append(task)
        counts.late += task.due_on < today


def _track(task: Task) -> str:
    """Of a rectification the side of its finding; else the track of its item; of a decision that of the topic, else
    of the meeting; else of business."""
    if hasattr(task, "measure") or (hasattr(task, "finding") and task.finding.side == TeamMember.Side.PARTY):
        return "gang"
    if task.item:
        return task.item.track
    if task.decision is None:
        return "mu"
    topic = task.decision.agenda_item
    if topic.topic == AgendaItem.Topic.BUSINESS:
        return "mu"
    return "gang" if topic.topic in _GANG_TOPICS else topic.meeting.kind.track


def _add_meetings(sides: dict[str, Side], holder: Holder, year: int) -> None:
    held = Q(meeting__state__in=[Meeting.State.RECORDED, Meeting.State.FINAL], meeting__held_on__year=year)
    rows: Iterable[Attendance] = (
        Attendance.objects.filter(held, person=holder.person)
        .select_related("meeting__kind", "meeting__party_org")
        .order_by("meeting__held_on", "meeting_id")
    )
    for row in rows:
        presence = sides[row.meeting.kind.track].meetings
        if row.present:
            presence.came.append(row)
        else:
            presence.absent.append(row)
