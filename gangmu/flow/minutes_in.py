"""From a paper of minutes to a meeting: read, matched with the roster, looked over by a person, taken once."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import lock
from gangmu.meetings import policies, queries, states
from gangmu.meetings.actions import decisions, meetings
from gangmu.meetings.actions import minutes as papers
from gangmu.meetings.actions.meetings import BRANCH_DUE
from gangmu.meetings.models import Attendance, Meeting, MeetingKind, MinutesPaper
from gangmu.org import queries as org
from gangmu.org.actor import Actor
from gangmu.org.models import Department, PartyOrg, Person, Unit
from gangmu.papers.errors import Unreadable
from gangmu.papers.minutes import Minutes, Topic, is_minutes, read_minutes, without_sensitive
from gangmu.papers.model import Source
from gangmu.papers.read import read
from gangmu.papers.words import bare


def bring(*, data: bytes, name: str, unit: Unit, by: Actor) -> MinutesPaper:
    """Read a paper of minutes and keep it for looking over. Of sensitive topics only the title is kept."""
    try:
        source = read(data, name)
    except Unreadable as problem:
        raise Invalid(_(problem.message), field="file") from problem
    if not is_minutes(source):
        raise Invalid(
            _(
                "这份文件不像会议纪要或会议记录：没有读出开会时间、人员和议定的事。没有存下。计划、通报请从“文书”导入。"
            ),
            field="file",
        )
    kept = without_sensitive(source, read_minutes(source))
    plain = _without_nul(kept).to_dict()
    return papers.bring(unit=unit, name=name, digest=hashlib.sha256(data).hexdigest(), source=plain, by=by)


def _without_nul(source: Source) -> Source:
    return replace(source, paragraphs=[replace(p, text=p.text.replace("\0", "")) for p in source.paragraphs])


@dataclass(frozen=True)
class Reading:
    """A paper with what was read of it, and what the unit's own names make of that."""

    source: Source
    minutes: Minutes
    names: org.Names
    kind: MeetingKind | None
    party_org: PartyOrg | None
    chair: int | None
    recorder: int | None

    def department(self, texts: Sequence[str]) -> int | None:
        """The first of the names written that this office has."""
        return next((pk for text in texts if (pk := self.names.department(text))), None)


def load(paper: MinutesPaper) -> Reading:
    """Read the kept paper again and match it; five queries."""
    names = org.names(paper.unit_id)
    source = Source.of(paper.source)
    minutes = read_minutes(source, people=list(names.people), units=list(names.departments))
    head = minutes.head
    kind = MeetingKind.objects.filter(pk=head.kind).first()
    body = (
        _body(paper.unit_id, f"{head.body}{head.title}{head.text}")
        if kind and kind.due in BRANCH_DUE
        else None
    )
    return Reading(source, minutes, names, kind, body, names.person(head.chair), names.person(head.recorder))


def _body(unit_id: int, text: str) -> PartyOrg | None:
    """The branch or group whose name the paper writes, the longest first."""
    rows = org.party_orgs(unit_id).filter(kind__in=["general_branch", "branch", "group"])
    return next((o for o in sorted(rows, key=lambda o: -len(o.name)) if o.name in text), None)


@dataclass(frozen=True)
class Facts:
    """Which meeting it is."""

    kind: MeetingKind
    held_on: date
    party_org: PartyOrg | None = None


def existing(unit_id: int, facts: Facts) -> Meeting | None:
    """The meeting of that kind, body and day that is on the list already."""
    rows = Meeting.objects.filter(
        unit_id=unit_id, kind=facts.kind, party_org=facts.party_org, held_on=facts.held_on
    )
    return (
        rows.exclude(state=Meeting.State.CALLED_OFF)
        .select_related("kind", "party_org")
        .order_by("id")
        .first()
    )


@dataclass(frozen=True)
class Roll:
    """Attendance as the paper has it, not saved. ``silent``: ids of people due whom the paper does not name;
    ``others``: names in the paper that are not due, as written."""

    rows: list[Attendance]
    silent: frozenset[int]
    others: list[str]


def roll(unit: Unit, facts: Facts, reading: Reading, meeting: Meeting | None) -> Roll:
    """Everybody due on that day, there or not by the words of the paper."""
    head = reading.minutes.head
    absent = {pk: n.note for n in head.absent if (pk := reading.names.person(n.name))}
    named = [n.name for n in (*head.present, *head.sits_in)] + [
        n for n in (head.chair, head.recorder, head.lecturer) if n
    ]
    came = {pk for name in named if (pk := reading.names.person(name))}
    says = bool(came) and not head.everybody
    rows, silent = _due(unit, facts, meeting), set()
    for row in rows:
        row.present = row.person_id in came or (row.person_id not in absent and not says)
        row.reason = absent.get(row.person_id, "")[:60]
        if says and row.person_id not in came and row.person_id not in absent:
            silent.add(row.person_id)
    due = {r.person_id for r in rows}
    others = [
        n
        for n in dict.fromkeys([*named, *(a.name for a in head.absent)])
        if reading.names.person(n) not in due
    ]
    return Roll(rows, frozenset(silent), [*others, *head.rest])


def _due(unit: Unit, facts: Facts, meeting: Meeting | None) -> list[Attendance]:
    if meeting:
        return list(meeting.attendances.select_related("person"))
    new = Meeting(unit=unit, kind=facts.kind, held_on=facts.held_on, party_org=facts.party_org)
    return [Attendance(person=d.person, role=d.role, votes=d.votes) for d in queries.due_people(new)]


@dataclass
class NewDecision:
    """``key`` names the form row a refusal belongs to."""

    text: str
    department: Department | None = None
    due_on: date | None = None
    key: str = ""


@dataclass
class NewTopic:
    title: str
    topic: str
    party_way: str = ""
    vote: tuple[int, int, int] | None = None
    decisions: list[NewDecision] = field(default_factory=list)
    index: int = 0


def require_open(paper: MinutesPaper) -> None:
    """Taken once, or dropped: no second time."""
    if paper.state != MinutesPaper.State.PREVIEW:
        raise WrongState(_("这份纪要已经记入会议或者作废了。请刷新页面看最新情况。"))


@transaction.atomic
def take(
    *, paper: MinutesPaper, facts: Facts, into: Meeting | None, absent: dict[int, str], topics: list[NewTopic],
    gist: str = "", number: int | None = None, place: str = "", chair: Person | None = None,
    recorder: Person | None = None, by: Actor,
) -> Meeting:  # fmt: skip
    """One adoption: the meeting with its attendance, topics, votes and decisions, all or nothing.

    ``into``: the meeting of that day which is filled instead of making a second one.
    """
    paper = lock(paper)
    policies.work_minutes.require(by, paper)
    require_open(paper)
    meeting = into or meetings.convene(
        unit=paper.unit, kind=facts.kind, held_on=facts.held_on, party_org=facts.party_org, place=place[:60],
        chair=chair, recorder=recorder, number=number, by=by,
    )  # fmt: skip
    if meeting.state not in states.OPEN:
        raise WrongState(_("这次会议已经定稿，纪要不能再记进去。确有错漏，请在下一次会议上更正并记录。"))
    meeting = meetings.record_attendance(meeting=meeting, absent=absent, gist=gist, by=by)
    for topic in topics:
        _add(meeting, topic, by)
    papers.take(paper=paper, meeting=meeting, source=_kept(paper, topics), by=by)
    return meeting


def _add(meeting: Meeting, new: NewTopic, by: Actor) -> None:
    """The topic, or the one of the same title that the agenda has; nothing on it twice."""
    same = [row for row in meeting.agenda.all() if bare(row.title) == bare(new.title)]
    row = same[0] if same else meetings.add_topic(
        meeting=meeting, title=new.title, topic=new.topic, party_way=new.party_way, by=by
    )  # fmt: skip
    if new.vote and not hasattr(row, "vote"):
        favour, against, abstain = new.vote
        decisions.vote(agenda_item=row, favour=favour, against=against, abstain=abstain, by=by)
    said = {bare(d.text) for d in row.decisions.all()}
    for decision in new.decisions:
        if bare(decision.text) in said:
            continue
        try:
            decisions.decide(
                agenda_item=row, text=decision.text, department=decision.department, due_on=decision.due_on, by=by,
                needs_action=decision.department is not None or decision.due_on is not None,
            )  # fmt: skip
        except Invalid as no:
            name = f"{decision.key}-{no.field}" if no.field in ("text", "due_on") else ""
            raise Invalid(no.message, field=name or None) from no


def _kept(paper: MinutesPaper, topics: list[NewTopic]) -> dict:  # type: ignore[type-arg]
    """The paper as it stays: of a sensitive topic that nobody took, not even the title."""
    source = Source.of(paper.source)
    minutes = read_minutes(source)
    taken = {t.index for t in topics}
    minutes.topics = [t for i, t in enumerate(minutes.topics) if i not in taken]
    return without_sensitive(source, minutes, titles=False).to_dict()


def offered(topic: Topic) -> str:
    """Why a topic is not taken unless a person ticks it; '' for all others."""
    if topic.sensitive == "cadre":
        return _("像是干部议题。内容没有保留；勾上只记标题。")
    return _("像是具体案件。内容没有保留；勾上只记标题。") if topic.sensitive else ""
