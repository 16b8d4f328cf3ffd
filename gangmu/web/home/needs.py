"""What needs a person today, gathered from the rooms. Each source is one query with a limit of its own."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.meetings import policies as meeting_policies
from gangmu.meetings import queries as meetings
from gangmu.meetings.models import Meeting
from gangmu.org.actor import Actor
from gangmu.org.permissions import Permission, Role
from gangmu.plan import queries as plan
from gangmu.rules import policies as rule_policies
from gangmu.rules.models import Verdict
from gangmu.rules.registry import get
from gangmu.tasks import policies as task_policies
from gangmu.tasks import queries as tasks
from gangmu.tasks.models import Task
from gangmu.tasks.states import LIVE
from gangmu.web.format import relative_due
from gangmu.web.home import gathered
from gangmu.web.home.row import Need, join, side
from gangmu.web.rules.words import named
from gangmu.web.wording import task_due

LIMIT = 8


@dataclass
class Group:
    title: str
    rows: list[Need] = field(default_factory=list)


def _task(task: Task, why: str, act: str, today: date) -> Need:
    level, word = task_due(task, today)
    track = side(task.item.track) if task.item else ""
    return Need(level, word, task.title, reverse("task", args=[task.pk]), why, track, act)


def verify(me: Actor) -> Iterator[Need]:
    """要您定: tasks handed in that wait for somebody else's eyes."""
    if not me.can(Permission.TASK_VERIFY) or me.role in (Role.FIRST, Role.LEADER):
        return
    handed_in = Q(state__in=["submitted", "verified"])
    review = Q(state=Task.State.UNDER_WAY, long_term=True, due_on__lt=clock.today())
    rows = task_policies.verify_task.filter(me, Task.objects.filter(handed_in | review))
    found = list(
        rows.select_related("department", "item").order_by("state", "submitted_on", "id")[: LIMIT * 4]
    )
    ready = [t for t in found if t.state == Task.State.VERIFIED]
    if len(ready) > 2:
        found = [t for t in found if t not in ready][:LIMIT]
        title = _("%(n)s 件核查过了，可以销号") % {"n": len(ready)}
        yield Need("na", _("待销号"), title, reverse("task_list") + "?view=verify",
                   _("、").join(t.title for t in ready[:3]), "", _("去销号"))  # fmt: skip
    for task in found[:LIMIT]:
        if task.long_term and task.state == Task.State.UNDER_WAY:
            yield _task(
                task,
                _("%(who)s长期坚持的，该看一眼了") % {"who": task.department.name},
                _("去复核"),
                clock.today(),
            )
            continue
        done = task.state == Task.State.VERIFIED
        why = _("%(who)s已报结，核查过了，可以销号") if done else _("%(who)s已报结，等您核查")
        track = side(task.item.track) if task.item else ""
        yield Need("na", str(task.get_state_display()), task.title, reverse("task", args=[task.pk]),
                   why % {"who": task.department.name}, track, _("去销号") if done else _("去核查"))  # fmt: skip


def own_tasks(me: Actor) -> Iterator[Need]:
    """要您办: called for, to sign for, overdue, near, or waiting for a line. More than a few of a kind are one row."""
    today = clock.today()
    if not (me.departments or me.person_id):
        return
    rows = tasks.with_urge(tasks.open_tasks(me.unit_id).filter(state__in=LIVE))
    found = list(task_policies.own_task.filter(me, rows).order_by("due_on", "id")[: LIMIT * 25])
    called = [t for t in found if t.urge_text]  # type: ignore[attr-defined]
    for task in called[:LIMIT]:
        yield _task(task, _("催办：%(text)s") % {"text": task.urge_text}, _("报进展"), today)  # type: ignore[attr-defined]
    quiet = [t for t in found if not t.urge_text]  # type: ignore[attr-defined]
    unsigned = [t for t in quiet if t.state == Task.State.ISSUED]
    yield from _many(unsigned, _("%(n)s 件等您签收"), _("签收"), today) or (
        _task(t, _("交办后还没有签收"), _("签收"), today) for t in unsigned
    )
    waiting = [t for t in quiet if tasks.line_by(t, today)]
    yield from _many(waiting, _("%(n)s 件等您一句话"), _("一次填报"), today) or (
        _task(t, _last(t) or _("还没有进展"), _("报进展"), today) for t in waiting
    )
    said = [t for t in quiet if t not in waiting and t.state == Task.State.UNDER_WAY]
    near = [t for t in said if not t.long_term and (t.due_on - today).days <= 7]
    for task in near[:LIMIT]:
        yield _task(task, _last(task) or _("还没有进展"), _("报进展"), today)


FEW = 3  # so many of a kind stand by themselves


def _many(rows: list[Task], title: str, act: str, today: date) -> list[Need]:
    """One row for many tasks, as pressing as the most pressing of them; nothing for a few."""
    if len(rows) <= FEW:
        return []
    level, word = min((task_due(t, today) for t in rows), key=lambda x: {"bad": 0, "warn": 1}.get(x[0], 2))
    names = _("、").join(t.title for t in rows[:3]) + _("等")
    return [Need(level, word, title % {"n": len(rows)}, reverse("task_feedback"), names, "both", act)]


def _last(task: Task) -> str:
    text, on = task.progress_text, task.progress_on  # type: ignore[attr-defined]
    return _("上次 %(m)s月%(d)s日：%(text)s") % {"m": on.month, "d": on.day, "text": text} if text else ""


def urge(me: Actor) -> Iterator[Need]:
    """要您催: overdue in other hands, and those of which no line came some working days after its day; all by what is
    true now.

    The party office and the office see the unit's, leaders their departments'.
    """
    today = clock.today()
    rows = Task.objects.filter(unit_id=me.unit_id).exclude(department_id__in=me.departments)
    if me.role in (Role.FIRST, Role.LEADER):
        rows = rows.filter(department_id__in=me.led_departments)
    elif not me.can(Permission.TASK_ISSUE):
        return
    late, silent, more = tasks.behind(rows, today, most=LIMIT)
    for task in late:
        who = task.department.name + (" " + task.person.name if task.person else "")
        yield _task(task, join(who, _last(task) or _("没有进展")), _("看全线"), today)
    if silent:
        names = _("、").join(t.title for t in silent[:3])
        says = _("%(n)s 件以上过了报进展的日子") if more else _("%(n)s 件过了报进展的日子")
        yield Need("warn", _("待反馈"), says % {"n": len(silent)},
                   reverse("task_board") + "?line=due", names, "both", _("去催"))  # fmt: skip


def lamps(me: Actor) -> Iterator[Need]:
    """要您补: lamps of the last two months that are not green, for those who can do something about them."""
    if me.role in (Role.FIRST, Role.LEADER):
        return
    today = clock.today()
    rows = named(rule_policies.see_verdict.filter(me, Verdict.objects.filter(lamp__in=["bad", "warn"])))
    if me.can(Permission.PLAN_EDIT):  # unbound items and late decisions stand on this page by themselves
        rows = rows.exclude(subject_kind="org.department")
    found = list(
        rows.filter(end__gte=date.fromordinal(today.toordinal() - 45)).order_by("lamp", "end", "id")[:LIMIT]
    )
    for v in found:
        rule = get(v.rule)
        late = (today - v.end).days
        word = _("已过%(n)s天") % {"n": late} if late > 0 else relative_due(v.end, today)
        title = _("%(who)s：%(rule)s") % {
            "who": v.subject_name,  # type: ignore[attr-defined]
            "rule": rule.title,
        }
        yield Need(v.lamp, word, title, reverse("lamp", args=[v.rule, v.subject_id, v.period]),
                   _("应 %(e)s，记到 %(v)s") % {"e": v.expected, "v": v.value}, "party", _("看怎样变绿"))  # fmt: skip


def records(me: Actor, seen: list[Meeting]) -> Iterator[Need]:
    """要您补: minutes still in draft, absences without a reason. ``seen`` is from :func:`meetings_now`."""
    today = clock.today()
    mine = [
        m
        for m in seen
        if m.held_on <= today and m.state in TO_WRITE and meeting_policies.run_meeting.allows(me, m)
    ]
    for meeting in mine[:LIMIT]:
        days = (today - meeting.held_on).days
        word = _("过了%(n)s天") % {"n": days} if days else _("今天")
        draft = meeting.state == Meeting.State.RECORDED
        why = _("草稿还没有定稿，不定稿不算数") if draft else _("会开过了，到会还没有记")
        yield Need("warn", word, str(meeting), reverse("meeting", args=[meeting.pk]), why, "party",
                   _("去定稿") if draft else _("记到会"))  # fmt: skip
    if me.has(Role.PARTY_OFFICE, Role.COMMITTEE, Role.OFFICE):
        for row in meetings.absent_without_reason(me.unit_id)[:LIMIT]:
            title = _("%(meeting)s：%(who)s缺席，未记原因") % {"meeting": row.meeting, "who": row.person.name}
            yield Need("na", _("待补"), title, reverse("meeting", args=[row.meeting_id]),
                       _("属固定列席；从名单里选一项即可"), "party", _("选原因"))  # fmt: skip


Source = Callable[[Actor], Iterable[Need]]
PARTS: dict[str, tuple[Source, ...]] = {
    "decide": (verify,),
    "do": (own_tasks,),
    "urge": (urge,),
    "mend": (lamps,),
}


def groups(me: Actor, seen: list[Meeting]) -> list[Group]:
    """The groups of the home page; empty ones are left out. ``seen`` is from :func:`meetings_now`."""
    if me.is_admin:
        return []
    titles: dict[str, Any] = {
        "decide": _("要您定"),
        "do": _("要您办"),
        "urge": _("要您催"),
        "mend": _("要您补"),
    }
    told = gathered.needs(me)
    told["mend"] = list(records(me, seen))
    made = [
        Group(titles[name], sorted(chain(told[name], *(source(me) for source in sources)), key=_urgency))
        for name, sources in PARTS.items()
    ]
    return [g for g in made if g.rows]


def _urgency(need: Need) -> int:
    return {"bad": 0, "warn": 1}.get(need.level, 2)


def decisions_waiting(me: Actor) -> list[dict[str, Any]]:
    """快失效的决定: decided, and nobody has taken it up yet."""
    if not me.can(Permission.TASK_ISSUE):
        return []
    today = clock.today()
    rows = []
    for d in tasks.undeployed_decisions(meetings.decisions_to_deploy(me.unit_id))[:5]:
        level = "na" if d.due_on is None else "bad" if d.due_on < today else "warn"
        word = relative_due(d.due_on, today) if d.due_on else _("没有期限")
        meeting = d.agenda_item.meeting
        note = join(str(meeting), _("还没有交办"))
        rows.append(
            {
                "title": d.text,
                "href": reverse("meeting", args=[meeting.pk]),
                "level": level,
                "word": word,
                "note": note,
            }
        )
    return rows


def holes(me: Actor) -> tuple[list[dict[str, Any]], int]:
    """没结上的: the first few unbound items and how many there are; a head sees the own department's."""
    if me.is_admin:
        return [], 0
    rows = plan.unbound_of_newest(me.unit_id)
    if me.role is Role.DEPARTMENT:
        rows = rows.filter(lead_department_id__in=me.departments)
    elif me.role in (Role.STAFF, Role.BRANCH):
        return [], 0
    found = list(rows[:30])
    shown = [
        {"title": i.title, "href": reverse("item", args=[i.pk]) + "#tie", "track": side(i.track),
         "note": i.lead_department.name if i.lead_department else ""}
        for i in found[:5]
    ]  # fmt: skip
    return shown, len(found)


TO_WRITE = (Meeting.State.PLANNED, Meeting.State.RECORDED)


def _working_week() -> tuple[date, date]:
    today = clock.today()
    monday = date.fromordinal(today.toordinal() - today.weekday())
    return monday, date.fromordinal(monday.toordinal() + 4)


def meetings_now(me: Actor) -> list[Meeting]:
    """Meetings of this week that the person may see, and past ones that he has to write up. One query."""
    this_week = Q(held_on__range=_working_week()) & ~Q(state=Meeting.State.CALLED_OFF)
    to_write = Q(held_on__lte=clock.today(), state__in=TO_WRITE) & meeting_policies.run_meeting.condition(me)
    rows = meeting_policies.see_meeting.filter(me, Meeting.objects.filter(this_week | to_write))
    return sorted(
        rows.select_related("kind", "party_org").order_by("-held_on", "-id")[:60],
        key=lambda m: (m.held_on, m.pk),
    )


def week(seen: list[Meeting]) -> list[Meeting]:
    """Of :func:`meetings_now`, those of this working week."""
    monday, friday = _working_week()
    return [m for m in seen if monday <= m.held_on <= friday and m.state != Meeting.State.CALLED_OFF][:30]
