"""When a line of progress is awaited, and which status word the dates propose. Pure: dates in, dates and codes out."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from gangmu.common import periods
from gangmu.common.workdays import workdays_before

NEAR = timedelta(days=7)
SILENCE = timedelta(days=92)  # a quarter without a word is slow, whatever the rhythm
QUIET_WORKDAYS = (
    3  # so many after the feedback day a line that did not come reaches the leader and the office
)
REVIEW_MONTHS = 6  # a long-term task is looked at again after half a year (DB-LONGTERM)
_PERIOD = {"monthly": "month", "quarterly": "quarter"}
# Rhythms that papers are read with (``papers.dates``) → the nearest that a task has.
_OF_PAPERS = {
    "quarterly": "quarterly", "halfyearly": "quarterly", "yearly": "quarterly", "bimonthly": "monthly",
}  # fmt: skip


@dataclass(frozen=True)
class Step:
    """A milestone as arithmetic sees it."""

    due_on: date
    reached: bool


def rhythm_of(code: str) -> tuple[str, int]:
    """(rhythm, day of the month) of a task from the code of its plan item; monthly by the 25th if it says nothing."""
    name, _at, day = code.partition("@")
    asked = int(day) if day.isdecimal() and name == "monthly" else 25
    return _OF_PAPERS.get(name.split("x")[0], "monthly"), min(max(asked, 1), 31)


def awaited(
    rhythm: str, report_day: int, *, since: date, heard: date | None, today: date, steps: Sequence[Step] = ()
) -> date | None:
    """The day by which the owner should say a line, or None when none is awaited.

    ``since``: signed for on; ``heard``: day of the newest line. A missed day stays awaited until a line comes.
    """
    if rhythm == "milestone":
        ahead = min((s.due_on for s in steps if not s.reached), default=None)
        asked = ahead is not None and today >= ahead - NEAR and (heard is None or heard < run_up(ahead))
        return ahead if asked else None
    if rhythm not in _PERIOD:
        return None
    period = periods.containing(since if heard is None else max(heard, since), _PERIOD[rhythm])
    if heard is not None or since > _limit(period, report_day):
        period = periods.containing(period.end + timedelta(days=1), _PERIOD[rhythm])
    return _limit(period, report_day) if period.start <= today else None


def run_up(milestone: date) -> date:
    """A line of this day or later speaks for the milestone: its week, and the few working days before, in which one
    speaks just ahead of being asked.
    """
    return workdays_before(milestone - NEAR, QUIET_WORKDAYS)


def told_above(today: date) -> date:
    """The latest feedback day whose silence has reached the leader and the office: that many working days have passed."""
    return workdays_before(today + timedelta(days=1), QUIET_WORKDAYS) - timedelta(days=1)


def _limit(period: periods.Period, report_day: int) -> date:
    if period.kind != "month":
        return period.end
    last = calendar.monthrange(period.start.year, period.start.month)[1]
    return period.start.replace(day=min(report_day, last))


def propose(
    *, since: date, due: date, today: date, heard: date | None, last: str = "", long_term: bool = False,
    steps: Sequence[Step] = (),
) -> str:  # fmt: skip
    """The status word that dates propose: done, on_track, slow or not_started. The owner corrects it.

    Done only when every milestone is reached; never slow for a long-term task's own date.
    """
    if steps and all(s.reached for s in steps):
        return "done"
    if any(not s.reached and s.due_on < today for s in steps):
        return "slow"
    if not long_term and today > due:
        return "slow"
    if heard is None and not any(s.reached for s in steps):
        half = since + (due - since) / 2
        return "not_started" if today > half and not long_term else "on_track"
    quiet = heard is not None and today - heard > SILENCE
    return "slow" if last == "slow" or quiet else "on_track"


def next_review(day: date) -> date:
    """Half a year on, on the same day or the last of a shorter month."""
    month = day.month + REVIEW_MONTHS
    year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
