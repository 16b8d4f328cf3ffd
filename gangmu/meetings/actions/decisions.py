"""Votes and decisions."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import lock, save
from gangmu.events.log import record
from gangmu.meetings import arithmetic, policies, queries
from gangmu.meetings.models import AgendaItem, Decision, DecisionItem, Meeting, Vote
from gangmu.org.actor import Actor
from gangmu.org.models import Department
from gangmu.plan.models import Plan, PlanItem


def _open_meeting(agenda_item: AgendaItem, by: Actor) -> Meeting:
    meeting = lock(agenda_item.meeting)
    policies.run_meeting.require(by, meeting)
    if meeting.state != Meeting.State.RECORDED:
        raise WrongState(_("先记到会人数，再记表决和决定；定稿以后不能再改。"))
    return meeting


@transaction.atomic
def vote(
    *, agenda_item: AgendaItem, favour: int, against: int = 0, abstain: int = 0,
    method: str = Vote.Method.HANDS, passed: bool | None = None, by: Actor,
) -> Vote:  # fmt: skip
    """Record a vote. ``passed`` None lets the figures say it; True against the figures is refused.

    Raises ``Invalid`` without quorum, with more votes than people, or for a pass below the line.
    """
    meeting = _open_meeting(agenda_item, by)
    quorum = queries.quorum(meeting, strict=agenda_item.topic == AgendaItem.Topic.CADRE)
    words = {"due": quorum.due, "present": quorum.present, "needed": quorum.needed,
             "favour": favour, "votes": quorum.votes_needed}  # fmt: skip
    if not quorum.reached:
        raise Invalid(
            _(
                "到会不足法定人数：应到 %(due)d 人，实到 %(present)d 人，至少要 %(needed)d 人。这个议题不能表决，没有存下。"
            )
            % words,
            field="favour",
        )
    enough = arithmetic.reaches(favour, quorum.due, quorum.passing)
    if passed and not enough:
        raise Invalid(
            _(
                "同意 %(favour)d 票，没有超过应到 %(due)d 人的半数，至少要 %(votes)d 票才能记“通过”。没有存下。"
            )
            % words,
            field="favour",
        )
    Vote.objects.filter(agenda_item=agenda_item).delete()
    row = save(
        Vote(
            agenda_item=agenda_item,
            method=method,
            due=quorum.due,
            present=quorum.present,
            favour=favour,
            against=against,
            abstain=abstain,
            passed=enough if passed is None else passed,
        )  # fmt: skip
    )
    record("meetings.vote", meeting, by=by, unit_id=meeting.unit_id, happened_on=meeting.held_on,
           after={"topic": agenda_item.title, "favour": favour, "against": against, "abstain": abstain,
                  "due": quorum.due, "present": quorum.present, "passed": row.passed})  # fmt: skip
    return row


@transaction.atomic
def decide(
    *,
    agenda_item: AgendaItem,
    text: str,
    items: Iterable[PlanItem] = (),
    adopts: Plan | None = None,
    department: Department | None = None,
    due_on: date | None = None,
    needs_action: bool = True,
    by: Actor,
) -> Decision:
    """Write down a decision. A due date before the meeting is refused; so is one on a vote that failed."""
    meeting = _open_meeting(agenda_item, by)
    if due_on and due_on < meeting.held_on:
        raise Invalid(
            _("期限 %(due)s 早于开会日 %(held)s。请改成开会以后的日期。")
            % {"due": due_on.isoformat(), "held": meeting.held_on.isoformat()},
            field="due_on",
        )
    _require_passed(agenda_item, meeting)
    items = list(items) or ([agenda_item.item] if agenda_item.item else [])
    decision = save(
        Decision(
            agenda_item=agenda_item,
            number=agenda_item.decisions.count() + 1,
            text=text,
            adopts=adopts,
            department=department,
            due_on=due_on,
            needs_action=needs_action and adopts is None,
        )  # fmt: skip
    )
    DecisionItem.objects.bulk_create(DecisionItem(decision=decision, item=i) for i in items)
    record("meetings.decide", decision, by=by, unit_id=meeting.unit_id, happened_on=meeting.held_on,
           about=[meeting, *items, *([adopts] if adopts else [])],
           after={"text": text, "department": department, "due_on": due_on})  # fmt: skip
    return decision


def _require_passed(agenda_item: AgendaItem, meeting: Meeting) -> None:
    """No decision on a failed vote; and none at all where too few came, whether or not a vote was taken."""
    vote_row = Vote.objects.filter(agenda_item=agenda_item).first()
    if vote_row and not vote_row.passed:
        raise Invalid(_("这个议题表决没有通过，不能记成决定。"), field="text")
    quorum = queries.quorum(meeting, strict=agenda_item.topic == AgendaItem.Topic.CADRE)
    if not quorum.reached:
        words = {"due": quorum.due, "present": quorum.present, "needed": quorum.needed}
        raise Invalid(
            _(
                "到会不足法定人数：应到 %(due)d 人，实到 %(present)d 人，至少要 %(needed)d 人。不能作决定，没有存下。"
            )
            % words,
            field="text",
        )
