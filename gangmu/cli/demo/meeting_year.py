"""A year of meetings: leading bodies every month, branches by their rhythm, with a few honest gaps."""

from datetime import date

from gangmu.cli.demo import content
from gangmu.cli.demo.calendar import Story
from gangmu.cli.demo.people import Cast
from gangmu.common import clock
from gangmu.meetings.actions import decisions, meetings
from gangmu.meetings.models import AgendaItem, Meeting, MeetingKind, StandingAttendance
from gangmu.org.actor import Actor
from gangmu.org.models import Department, PartyOrg, Post
from gangmu.plan.models import PlanItem

# (branch number from 0, story month): what did not happen, for lamps that are not green.
NO_THEME_DAY = {(2, 10), (6, 4)}
NO_COMMITTEE = {(5, 3), (5, 9), (7, 8), (9, 6)}
NO_LECTURE = {(3, 8), (8, 11)}
DRAFTS = {(2, 11), (4, 10)}


class Kinds(dict):
    """Meeting kinds by code."""

    def __init__(self) -> None:
        super().__init__({k.code: k for k in MeetingKind.objects.all()})


def standing(cast: Cast, start: date) -> None:
    """专职副书记 and 党办主任 sit in on both bodies from the first day."""
    StandingAttendance.objects.bulk_create(
        StandingAttendance(unit=cast.unit, kind_id=code, post_kind=post, since=start)
        for code in ("leading_group", "chiefs")
        for post in (Post.Kind.FULL_TIME_DEPUTY, Post.Kind.PARTY_OFFICE_HEAD)
    )


def hold(
    *, cast: Cast, by: Actor, kind: MeetingKind, on: date, party_org: PartyOrg | None = None, also=(), absent=None,
    title: str = "", final: bool = True, **people,
) -> Meeting:  # fmt: skip
    """Convene, hold and write down one meeting, all on its day."""
    with clock.at(on):
        meeting = meetings.convene(
            unit=cast.unit,
            kind=kind,
            held_on=on,
            party_org=party_org,
            also=also,
            title=title,
            by=by,
            **people,
        )
        rows = {a.person_id for a in meeting.attendances.all()}
        gone = {pk: why for pk, why in (absent or {}).items() if pk in rows}
        meetings.record_attendance(meeting=meeting, absent=gone, by=by)
        if final:
            meetings.finalise(meeting=meeting, by=by)
    return meeting


def branch_month(cast: Cast, story: Story, index: int, kinds: Kinds, by: Actor) -> None:
    """One month of all branches of a unit: committee, theme day, and what the quarter asks."""
    for number, branch in enumerate(cast.branches):
        day = story.workday(index, 6 + number % 9)
        if (number, index) not in NO_COMMITTEE:
            hold(
                cast=cast, by=by, kind=kinds["committee"], on=day, party_org=branch, title="研究本月支部工作"
            )
        also = [kinds["assembly"]] if index % 3 == 2 else []
        if index % 3 == 1 and (number, index) not in NO_LECTURE:
            also = [kinds["lecture"]]
        _theme_day(cast, story, index, number, kinds, also, by)
    for number, group in enumerate(cast.groups):
        hold(cast=cast, by=by, kind=kinds["group"], on=story.workday(index, 12 + number), party_org=group,
             title="交流办案体会")  # fmt: skip


def _theme_day(
    cast: Cast, story: Story, index: int, number: int, kinds: Kinds, also: list[MeetingKind], by: Actor
) -> None:
    if (number, index) in NO_THEME_DAY:
        return
    branch = cast.branches[number]
    members = list(branch.memberships.order_by("id").values_list("person_id", flat=True))
    away = {members[-1 - index % 2]: "出差办案"} if number % 3 == index % 3 else {}
    hold(
        cast=cast, by=by, kind=kinds["theme_day"], on=story.workday(index, 18 + number % 4), party_org=branch,
        also=also, absent=away, title=content.THEME_DAYS[index], final=(number, index) not in DRAFTS,
    )  # fmt: skip


def leading_month(cast: Cast, story: Story, index: int, kinds: Kinds, items: dict[str, PlanItem]) -> None:
    """The party group and the chief's meeting, each with a decision that needs action."""
    office = cast.act("机关党委")
    absent = {cast.people["deputy2"].pk: "出差"} if index % 4 == 1 else {}
    if index in (6, 10):
        absent[cast.people["机关党委1"].pk] = "下基层" if index == 6 else ""
    topics: list[tuple[str, str, str | None]] = [
        ("第一议题：学习最新重要讲话精神", AgendaItem.Topic.FIRST, None)
    ]
    if index in (3, 9):
        topics.append(("听取全面从严治党工作汇报", AgendaItem.Topic.STRICT, None))
    title, department = content.DECISIONS[index]
    topics.append((title, AgendaItem.Topic.BUSINESS, department))
    _lead(cast, office, kinds["leading_group"], story.workday(index, 14), topics, absent, index)
    title, department = content.DECISIONS[(index + 5) % len(content.DECISIONS)]
    topic: tuple[str, str, str | None] = (title + "（业务条线）", AgendaItem.Topic.BUSINESS, department)
    _lead(cast, cast.act("办公室"), kinds["chiefs"], story.workday(index, 9), [topic], {}, index)


def _lead(
    cast: Cast, by: Actor, kind: MeetingKind, on: date, topics: list[tuple[str, str, str | None]],
    absent: dict[int, str], index: int,
) -> None:  # fmt: skip
    first = cast.people["first"]
    with clock.at(on):
        meeting = meetings.convene(
            unit=cast.unit,
            kind=kind,
            held_on=on,
            chair=first,
            recorder=cast.people["办公室1"],
            place="三楼会议室",
            by=by,
        )
        rows = [
            meetings.add_topic(meeting=meeting, title=t, topic=topic, party_way=_way(topic, index), by=by)
            for t, topic, _d in topics
        ]
        meetings.record_attendance(meeting=meeting, absent=absent, by=by)
        due = {a.person_id for a in meeting.attendances.filter(role="member")}
        for row, (title, _topic, department) in zip(rows, topics, strict=True):
            if department:
                row.refresh_from_db()
                decisions.vote(agenda_item=row, favour=len(due - set(absent)), by=by)
                _decide(row, title, cast.departments[department], on, index, by)
        meetings.finalise(meeting=meeting, by=by)


def _way(topic: str, index: int) -> str:
    """Most business topics come with the way in for party-building; some months it was forgotten."""
    if topic != AgendaItem.Topic.BUSINESS or index % 5 == 3:
        return ""
    return content.PARTY_WAYS[index % len(content.PARTY_WAYS)]


def _decide(row: AgendaItem, title: str, department: Department, on: date, index: int, by: Actor) -> None:
    days = (20, 35, 12)[index % 3]
    due = date.fromordinal(on.toordinal() + days)
    decisions.decide(agenda_item=row, text=title, department=department, due_on=due, by=by)
