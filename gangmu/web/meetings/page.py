"""One meeting on one page: agenda, the topic in hand, who is there, and only the steps that may be taken now."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gangmu.common import clock
from gangmu.meetings import policies, queries, states
from gangmu.meetings.models import AgendaItem, Attendance, Decision, Meeting, MeetingTag
from gangmu.org.actor import Actor
from gangmu.org.permissions import Permission
from gangmu.plan.models import Plan
from gangmu.web.fetch import actor, fetch
from gangmu.web.meetings import words
from gangmu.web.meetings.forms import AbsenceReasonForm, CallOffForm, DecideForm, DeployForm, VoteForm

ROWS = Meeting.objects.select_related("unit", "kind", "party_org", "chair", "recorder").prefetch_related(
    Prefetch("attendances", Attendance.objects.select_related("person")),
    Prefetch(
        "agenda",
        AgendaItem.objects.select_related("item__lead_department", "plan", "vote").order_by("position"),
    ),
    Prefetch("agenda__decisions", Decision.objects.select_related("department").prefetch_related("tasks")),
    Prefetch("tags", MeetingTag.objects.select_related("kind")),
)


@dataclass(frozen=True)
class Topic:
    """An agenda item with its state in words, ready for the list on the left."""

    row: AgendaItem
    track: str
    level: str
    word: str
    decisions: list[Decision]


def show(
    request: HttpRequest, pk: int, *, panel: str = "", topic: int | None = None, **forms: Any
) -> HttpResponse:
    """``panel``: what stands in the middle or at the right instead of its resting form: topic, plan, record."""
    me = actor(request)
    found = fetch(policies.see_meeting, request, pk, ROWS)
    topics = [_topic(row, found) for row in found.agenda.all()]
    chosen = next((t for t in topics if t.row.pk == topic), None) or _first(topics, found)
    can = allowed(me, found, chosen)
    strict = bool(chosen and chosen.row.topic == AgendaItem.Topic.CADRE)
    rows = list(found.attendances.all())
    context = {
        "meeting": found, "today": clock.today(), "panel": panel, "topics": topics, "chosen": chosen, "can": can,
        "state": words.state(found, clock.today()), "quorum": queries.quorum_of(found, rows),
        "topic_quorum": queries.quorum_of(found, rows, strict=strict), "words": words,
        "rows": rows, "titles": queries.titles(found, [r.person_id for r in rows]),
        "also": [t.kind.name for t in found.tags.all() if t.kind_id != found.kind_id],
        "vote_form": _vote_form(chosen, rows), "call_off_form": CallOffForm(), "absence_form": AbsenceReasonForm(),
        "decide_form": DecideForm(unit_id=found.unit_id) if "decide" in can else None,
        "deploy": _deploy(found, chosen) if "deploy" in can else {},
        "reasons": words.REASONS, "record_form": None, "topic_form": None, "plan_form": None,
        "absence_of": None, "gate": None, "draft": None,
    }  # fmt: skip
    forms["deploy"] = context["deploy"] | forms.get("deploy", {})
    return render(request, "meetings/detail.html", context | forms)


def _first(topics: list[Topic], meeting: Meeting) -> Topic | None:
    """What to look at first: the next topic to deal with; of final minutes the first that decided something."""
    wanted = [
        t for t in topics if (bool(t.decisions) if meeting.state == Meeting.State.FINAL else t.level == "na")
    ]
    return next(iter([*wanted, *topics]), None)


def _topic(row: AgendaItem, meeting: Meeting) -> Topic:
    decisions = list(row.decisions.all())
    return Topic(row, words.topic_track(row), *words.topic_state(row, decisions, meeting), decisions)


def allowed(me: Actor, meeting: Meeting, chosen: Topic | None) -> set[str]:
    """The verbs that this person may do with this meeting in its present state."""
    runs, state = policies.run_meeting.allows(me, meeting), meeting.state
    can = set()
    if meeting.state == Meeting.State.FINAL and me.can(Permission.TASK_ISSUE):
        can.add("deploy")
    if not runs:
        return can
    if state in states.OPEN:
        can |= {"add_topic"} | ({"put_plan"} if _puts_plans(me, meeting) else set())
        can |= {"record"} if meeting.held_on <= clock.today() else set()
    if state == Meeting.State.RECORDED:
        can |= {"vote", "finalise"} | (set() if chosen and chosen.level == "bad" else {"decide"})
        can |= {"adopt_plan"} if chosen and _adopts(me, chosen) else set()
    if state == Meeting.State.PLANNED:
        can.add("call_off")
    if state in (Meeting.State.RECORDED, Meeting.State.FINAL):
        can.add("reason")
    if me.can(Permission.MEETING_CONVENE):
        can.add("again")
    return can


def _puts_plans(me: Actor, meeting: Meeting) -> bool:
    return meeting.party_org_id is None and me.can(Permission.PLAN_EDIT)


def _adopts(me: Actor, chosen: Topic) -> bool:
    plan = chosen.row.plan
    if plan is None or not me.can(Permission.PLAN_ADOPT):
        return False
    if plan.state == Plan.State.ADOPTED:  # then the topic is an amendment of it
        return plan.amendments.filter(state="proposed").exists()
    return plan.state == Plan.State.DRAFT


def _vote_form(chosen: Topic | None, rows: list[Attendance]) -> VoteForm:
    """Filled with the vote taken, or with everybody there in favour."""
    vote = getattr(chosen.row, "vote", None) if chosen else None
    if vote:
        names = ("favour", "against", "abstain", "method")
        return VoteForm(initial={n: getattr(vote, n) for n in names})
    favour = sum(r.present and r.votes and r.role == Attendance.Role.MEMBER for r in rows)
    return VoteForm(initial={"favour": favour})


def _deploy(meeting: Meeting, chosen: Topic | None) -> dict[int, DeployForm]:
    """A form for each decision of the chosen topic that nobody carries out yet."""
    waiting = [d for d in (chosen.decisions if chosen else []) if d.needs_action and not d.adopts_id]
    return {
        d.pk: DeployForm(decision=d, unit_id=meeting.unit_id, prefix=f"d{d.pk}")
        for d in waiting
        if not list(d.tasks.all())
    }
