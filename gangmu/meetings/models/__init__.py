"""Kinds of meeting as data; meetings with agenda, attendance, votes and decisions."""

from gangmu.meetings.models.agenda import AgendaItem, Decision, DecisionItem, Vote
from gangmu.meetings.models.attendance import Attendance, StandingAttendance
from gangmu.meetings.models.meeting import Meeting, MeetingKind, MeetingTag
from gangmu.meetings.models.minutes import MinutesPaper

__all__ = [
    "AgendaItem",
    "Attendance",
    "Decision",
    "DecisionItem",
    "Meeting",
    "MeetingKind",
    "MeetingTag",
    "MinutesPaper",
    "StandingAttendance",
    "Vote",
]
