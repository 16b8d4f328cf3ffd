"""What quorum, passing lines and states are called on a meeting's page."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from gangmu.meetings.models import AgendaItem, Meeting
from gangmu.meetings.queries import Quorum

LINES = {
    ">=1/2": _l("半数以上"),
    ">1/2": _l("超过半数"),
    ">=2/3": _l("三分之二以上"),
    ">2/3": _l("超过三分之二"),
    ">=4/5": _l("五分之四以上"),
}
REASONS = (_l("出差"), _l("请假"), _l("办案出庭"), _l("培训"), _l("其他"))
STATE_LEVEL = {"planned": "na", "recorded": "warn", "final": "ok", "called_off": "na"}
GANG = {AgendaItem.Topic.FIRST, AgendaItem.Topic.PARTY, AgendaItem.Topic.STRICT}


def line(text: str) -> str:
    """``>=1/2`` as an office says it."""
    return str(LINES.get(text, text))


def quorum_rule(quorum: Quorum) -> str:
    """半数以上，即至少 4 人."""
    return _("须应到的%(line)s到会，即 %(n)d 人") % {"line": line(quorum.line), "n": quorum.needed}


PASSING = {
    ">1/2": _l("同意须超过应到 %(due)d 人的半数，即 %(n)d 票"),
    ">=1/2": _l("同意须达到应到 %(due)d 人的半数，即 %(n)d 票"),
    ">=2/3": _l("同意须达到应到 %(due)d 人的三分之二，即 %(n)d 票"),
}


def passing_rule(quorum: Quorum) -> str:
    """同意须超过应到 7 人的半数，即 4 票."""
    text = PASSING.get(quorum.passing, _l("同意须到 %(n)d 票（应到 %(due)d 人）"))
    return str(text) % {"due": quorum.due, "n": quorum.votes_needed}


def state(meeting: Meeting, today: Any) -> tuple[str, str]:
    """(level, word): 待记 once the day has come and nothing is written down."""
    if meeting.state == Meeting.State.PLANNED and meeting.held_on <= today:
        return ("bad" if (today - meeting.held_on).days > 7 else "warn"), _("待记")
    return STATE_LEVEL[meeting.state], str(meeting.get_state_display())


def topic_track(topic: AgendaItem) -> str:
    """party | business | both | "" for topics of neither kind."""
    if topic.plan_id or (topic.topic == AgendaItem.Topic.BUSINESS and topic.party_way):
        return "both"
    if topic.topic == AgendaItem.Topic.BUSINESS:
        return "business"
    if topic.topic in GANG:
        return "party"
    return topic.item.track if topic.item else ""


def topic_state(topic: AgendaItem, decisions: Sequence[Any], meeting: Meeting) -> tuple[str, str]:
    """(level, word) of one topic: 未议, 已议定, 差2项 …"""
    vote = getattr(topic, "vote", None)
    if vote and not vote.passed:
        return "bad", _("未通过")
    if missing := sum(len(missing_of(d)) for d in decisions):
        return "warn", _("议定，缺 %(n)d 项") % {"n": missing}
    if decisions:
        return "ok", _("已议定")
    if meeting.state == Meeting.State.FINAL:
        return "ok", _("已议")
    return "na", _("未议")


def missing_of(decision: Any) -> list[str]:
    """What a decision that is to be carried out does not say yet."""
    if not decision.needs_action or decision.adopts_id:
        return []
    gaps = [] if decision.department_id else [_("缺牵头")]
    return gaps if decision.due_on else [*gaps, _("缺期限")]
