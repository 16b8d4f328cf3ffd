"""Difficult and hot issues (难点热点): raised, both sides written up, studied together, resolved on both sides."""

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import advance, changed, lock, save
from gangmu.events.log import record
from gangmu.meetings.models import AgendaItem, Meeting
from gangmu.org.actor import Actor
from gangmu.org.models import Department, Person, Unit
from gangmu.plan.models import PlanItem
from gangmu.tasks import policies, states
from gangmu.tasks.models import Issue, Task


def _about(issue: Issue) -> list:
    meeting = issue.agenda_item and issue.agenda_item.meeting
    return [o for o in (issue.item, issue.task, meeting) if o]


@transaction.atomic
def raise_issue(
    *,
    unit: Unit,
    title: str,
    department: Department,
    text: str = "",
    person: Person | None = None,
    item: PlanItem | None = None,
    task: Task | None = None,
    solution: str = "",
    party_way: str = "",
    by: Actor,
) -> Issue:
    """What is hard, whose it is, and what it belongs to. Solution and way in may follow."""
    issue = Issue(
        unit=unit, title=title.strip(), text=text.strip(), department=department, person=person,
        item=item or (task.item if task else None), task=task, solution=solution.strip(),
        party_way=party_way.strip(), raised_on=clock.today(),
    )  # fmt: skip
    # Judged without the person answerable: naming oneself must not give the right.
    policies.work_issue.require(by, Issue(unit=unit, department=department))
    _require_own(issue)
    save(issue)
    record(
        "tasks.raise_issue",
        issue,
        by=by,
        unit_id=unit.pk,
        about=_about(issue),
        after={"department": department},
    )
    return issue


def _require_own(issue: Issue) -> None:
    for field in ("department", "person", "task"):
        found = getattr(issue, field)
        if found and found.unit_id != issue.unit_id:
            raise Invalid(_("要选本院的。"), field=field)
    if issue.item and issue.item.plan.unit_id != issue.unit_id:
        raise Invalid(_("要选本院计划里的事项。"), field="item")


@transaction.atomic
def write_up(*, issue: Issue, solution: str, party_way: str, by: Actor) -> Issue:
    """解决办法和切入方式: one or both, until it is studied."""
    issue = lock(issue)
    policies.work_issue.require(by, issue)
    advance(issue, states.ISSUE, "write_up")
    before, after = changed(issue, solution=solution.strip(), party_way=party_way.strip())
    if not after:
        return issue
    save(issue, "solution", "party_way")
    record("tasks.write_up_issue", issue, by=by, unit_id=issue.unit_id, about=_about(issue), before=before,
           after=after | {"text": "；".join(str(v) for v in after.values() if v)})  # data  # fmt: skip
    return issue


def _require_both(issue: Issue) -> None:
    missing = {f: _("写上才能一起研究。") for f in ("solution", "party_way") if not getattr(issue, f)}
    if missing:
        raise Invalid(_("解决办法和党建切入方式都写上，才能一起研究。"), errors=missing)


@transaction.atomic
def put_forward(*, issue: Issue, agenda_item: AgendaItem, by: Actor) -> Issue:
    """提请研究: it stands on an agenda, both sides written up. It is studied only once that meeting is final."""
    issue = lock(issue)
    policies.work_issue.require(by, issue)
    advance(issue, states.ISSUE, "put_forward")
    _require_both(issue)
    if issue.agenda_item and issue.agenda_item.meeting.state in (
        Meeting.State.PLANNED,
        Meeting.State.RECORDED,
    ):
        raise WrongState(
            _("这个难点已经列在“%(meeting)s”的议题里。") % {"meeting": issue.agenda_item.meeting}
        )
    issue.agenda_item = agenda_item
    save(issue, "agenda_item")
    record("tasks.put_forward_issue", issue, by=by, unit_id=issue.unit_id, about=_about(issue),
           after={"text": str(agenda_item.meeting)})  # fmt: skip
    return issue


@transaction.atomic
def study(*, issue: Issue, by: Actor) -> Issue:
    """Both sides were studied as one question: by the meeting it was put to, or by the department itself."""
    issue = lock(issue)
    policies.work_issue.require(by, issue)
    advance(issue, states.ISSUE, "study")
    _require_both(issue)
    meeting = issue.agenda_item and issue.agenda_item.meeting
    if meeting and meeting.state in (Meeting.State.PLANNED, Meeting.State.RECORDED):
        raise WrongState(_("“%(meeting)s”还没有定稿。定稿以后再记研究过了。") % {"meeting": meeting})
    held = meeting and meeting.state == Meeting.State.FINAL
    issue.studied_on = meeting.held_on if meeting and held else clock.today()
    save(issue, "state", "studied_on")
    record("tasks.study_issue", issue, by=by, unit_id=issue.unit_id, about=_about(issue), happened_on=issue.studied_on,
           after={"text": _("办法：%(s)s；切入：%(w)s") % {"s": issue.solution, "w": issue.party_way}})  # fmt: skip
    return issue


@transaction.atomic
def resolve(*, issue: Issue, business_result: str, party_result: str, by: Actor) -> Issue:
    """What each did in the end. With one side empty it is not resolved."""
    issue = lock(issue)
    policies.work_issue.require(by, issue)
    advance(issue, states.ISSUE, "resolve")
    issue.business_result, issue.party_result = business_result.strip(), party_result.strip()
    missing = {
        f: _("两头都写上才算破解。") for f in ("business_result", "party_result") if not getattr(issue, f)
    }
    if missing:
        raise Invalid(errors=missing)
    issue.resolved_on = clock.today()
    save(issue, "state", "business_result", "party_result", "resolved_on")
    words = {"b": issue.business_result, "p": issue.party_result}
    record("tasks.resolve_issue", issue, by=by, unit_id=issue.unit_id, about=_about(issue),
           after={"text": _("业务：%(b)s；党建：%(p)s") % words})  # fmt: skip
    return issue


@transaction.atomic
def drop(*, issue: Issue, reason: str, by: Actor) -> Issue:
    """No longer an issue, with a reason."""
    issue = lock(issue)
    policies.work_issue.require(by, issue)
    if not reason.strip():
        raise Invalid(_("写一句为什么不再列入。"), field="reason")
    advance(issue, states.ISSUE, "drop")
    save(issue, "state")
    record(
        "tasks.drop_issue", issue, by=by, unit_id=issue.unit_id, about=_about(issue), after={"reason": reason}
    )
    return issue
