"""Calendar periods: month, quarter, half-year, year. Pure arithmetic on dates."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True, order=True)
class Period:
    """``start`` and ``end`` are both inside; ``key`` is stable: 2026-03, 2026-Q1, 2026-H1, 2026."""

    start: date
    end: date
    kind: str

    @property
    def key(self) -> str:
        year, month = self.start.year, self.start.month
        if self.kind == "month":
            return f"{year}-{month:02d}"
        if self.kind == "quarter":
            return f"{year}-Q{(month - 1) // 3 + 1}"
        if self.kind == "half":
            return f"{year}-H{(month - 1) // 6 + 1}"
        return str(year)


def containing(day: date, kind: str) -> Period:
    """The period of ``kind`` in which ``day`` lies."""
    months = MONTHS[kind]
    first = (day.month - 1) // months * months + 1
    last = first + months - 1
    return Period(
        date(day.year, first, 1), date(day.year, last, calendar.monthrange(day.year, last)[1]), kind
    )


def between(start: date, end: date, kind: str) -> Iterator[Period]:
    """All periods of ``kind`` that touch ``start``..``end``, in order."""
    period = containing(start, kind)
    while period.start <= end:
        yield period
        period = containing(period.end + timedelta(days=1), kind)


def add_months(day: date, months: int) -> date:
    """The same day so many months on, or the last of that month when it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
