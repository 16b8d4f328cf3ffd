"""Meetings: convened, recorded, finalised, called off."""

from collections.abc import Iterable, Mapping
from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import advance, lock, save
from gangmu.events.log import record
from gangmu.meetings import policies, queries, states
from gangmu.meetings.models import AgendaItem, Attendance, Meeting, MeetingKind, MeetingTag, Vote
from gangmu.org.actor import Actor
from gangmu.org.models import PartyOrg, Person, Unit
from gangmu.plan.models import Plan, PlanItem

BRANCH_DUE = frozenset({"members", "committee", "group"})


@transaction.atomic
def convene(
    *,
    unit: Unit,
    kind: MeetingKind,
    held_on: date,
    party_org: PartyOrg | None = None,
    title: str = "",
    place: str = "",
    chair: Person | None = None,
    recorder: Person | None = None,
    lecturer: Person | None = None,
    also: Iterable[MeetingKind] = (),
    number: int | None = None,
    by: Actor,
) -> Meeting:
    """Call a meeting: everybody due is on the list and counted present until the recorder says otherwise.

    ``also``: other kinds that this one meeting serves too. ``number``: as a paper gives it; else the next of the year.
    """
    if (kind.due in BRANCH_DUE) != (party_org is not None):
        raise Invalid(_("支部的会要选党支部或党小组；党组会、检察长办公会不选。"), field="party_org")
    if party_org and party_org.unit_id != unit.pk:
        raise Invalid(_("要选本院的党支部或党小组。"), field="party_org")
    meeting = Meeting(
        unit=unit, kind=kind, party_org=party_org, title=title, held_on=held_on, place=place, chair=chair,
        recorder=recorder, lecturer=lecturer,
        number=number or queries.next_number(unit.pk, kind, party_org.pk if party_org else None, held_on.year),
    )  # fmt: skip
    # Judged without the recorder: naming oneself must not give the right to call any meeting.
    policies.run_meeting.require(by, Meeting(unit=unit, kind=kind, party_org=party_org))
    save(meeting)
    MeetingTag.objects.bulk_create(MeetingTag(meeting=meeting, kind=k) for k in {kind, *also})
    Attendance.objects.bulk_create(
        Attendance(meeting=meeting, person=d.person, role=d.role, votes=d.votes, standing=d.standing)
        for d in queries.due_people(meeting)
    )
    about = [party_org] if party_org else []
    record("meetings.convene", meeting, by=by, unit_id=unit.pk, about=about, after={"held_on": held_on})
    return meeting


@transaction.atomic
def add_topic(
    *,
    meeting: Meeting,
    title: str,
    topic: str = AgendaItem.Topic.OTHER,
    item: PlanItem | None = None,
    plan: Plan | None = None,
    party_way: str = "",
    by: Actor,
) -> AgendaItem:
    """Put a topic on the agenda, from a plan item, a plan or a proposal."""
    meeting = lock(meeting)
    policies.run_meeting.require(by, meeting)
    _require_open(meeting)
    position = meeting.agenda.count() + 1
    row = save(
        AgendaItem(
            meeting=meeting,
            position=position,
            title=title,
            topic=topic,
            item=item,
            plan=plan,
            party_way=party_way,
        )
    )
    record("meetings.add_topic", meeting, by=by, unit_id=meeting.unit_id, about=[o for o in (item, plan) if o],
           after={"title": title, "topic": topic, "party_way": party_way})  # fmt: skip
    return row


def _require_open(meeting: Meeting) -> None:
    if meeting.state not in states.OPEN:
        raise WrongState(_("这次会议已经定稿，不能再改。确有错漏，请在下一次会议上更正并记录。"))


@transaction.atomic
def record_attendance(*, meeting: Meeting, absent: Mapping[int, str], gist: str = "", by: Actor) -> Meeting:
    """Write down who was absent and why (person id → reason, may be empty); everybody else was there."""
    meeting = lock(meeting)
    policies.run_meeting.require(by, meeting)
    if meeting.held_on > clock.today():
        raise WrongState(_("会还没有开，不能先记到会。到了开会那天再记。"))
    advance(meeting, states.MEETING, "record")
    rows = list(meeting.attendances.all())
    unknown = set(absent) - {r.person_id for r in rows}
    if unknown:
        raise Invalid(_("请假名单里有人不在应到名单上。"), field="absent")
    for row in rows:
        row.present, row.reason = row.person_id not in absent, absent.get(row.person_id, "")[:60]
    Attendance.objects.bulk_update(rows, ["present", "reason"])
    _require_results_stand(meeting)
    meeting.gist = gist or meeting.gist
    save(meeting, "state", "gist")
    record("meetings.record_attendance", meeting, by=by, unit_id=meeting.unit_id, happened_on=meeting.held_on,
           after={"present": len(rows) - len(absent), "absent": len(absent)})  # fmt: skip
    return meeting


def _require_results_stand(meeting: Meeting) -> None:
    """Corrected attendance must still carry the votes and decisions that were written down with the old one."""
    for topic in meeting.agenda.filter(Q(vote__isnull=False) | Q(decisions__isnull=False)).distinct():
        quorum = queries.quorum(meeting, strict=topic.topic == AgendaItem.Topic.CADRE)
        vote = Vote.objects.filter(agenda_item=topic).first()
        votes = vote.favour + vote.against + vote.abstain if vote else 0
        if not quorum.reached or votes > quorum.present:
            raise Invalid(
                _(
                    "“%(topic)s”已经记了表决或决定，按这个到会人数不能成立：实到 %(present)d 人。请核对请假名单。"
                )
                % {"topic": topic.title, "present": quorum.present},
                field="absent",
            )
        if vote and vote.present != quorum.present:
            vote.present = quorum.present
            save(vote, "present")


@transaction.atomic
def give_absence_reason(*, attendance: Attendance, reason: str, by: Actor) -> Attendance:
    """A reason for an absence, also after the minutes are final: it changes no count."""
    row = lock(attendance)
    policies.run_meeting.require(by, row.meeting)
    if row.present:
        raise Invalid(_("记录上这个人到了会，不用写请假事由。"), field="reason")
    if not reason.strip():
        raise Invalid(_("选一项请假事由。"), field="reason")
    row.reason = reason.strip()[:60]
    save(row, "reason")
    record("meetings.give_absence_reason", row.meeting, by=by, unit_id=row.meeting.unit_id,
           after={"person": row.person.name, "reason": row.reason})  # fmt: skip
    return row


@transaction.atomic
def finalise(*, meeting: Meeting, by: Actor) -> Meeting:
    """The minutes are final: from now on the meeting counts, and nothing in it changes."""
    meeting = lock(meeting)
    policies.run_meeting.require(by, meeting)
    advance(meeting, states.MEETING, "finalise")
    meeting.final_on = clock.today()
    save(meeting, "state", "final_on")
    about = [meeting.party_org] if meeting.party_org else []
    record(
        "meetings.finalise", meeting, by=by, unit_id=meeting.unit_id, happened_on=meeting.held_on, about=about
    )
    return meeting


@transaction.atomic
def call_off(*, meeting: Meeting, reason: str, by: Actor) -> Meeting:
    """The meeting is not held."""
    meeting = lock(meeting)
    policies.run_meeting.require(by, meeting)
    if not reason.strip():
        raise Invalid(_("写一句为什么没开。"), field="reason")
    advance(meeting, states.MEETING, "call_off")
    save(meeting, "state")
    record("meetings.call_off", meeting, by=by, unit_id=meeting.unit_id, after={"reason": reason})
    return meeting
