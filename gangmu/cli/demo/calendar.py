"""The demo's days: twelve months that end today. Month 11 is the present one, month 0 eleven months before."""

import calendar
from datetime import date, timedelta

from gangmu.common.workdays import is_workday


class Story:
    """Turns "month 3, about the 18th" into a working day, never later than today."""

    def __init__(self, today: date) -> None:
        self.today = today

    def month(self, index: int) -> tuple[int, int]:
        """(year, month) of a story month; may lie in the future."""
        count = self.today.year * 12 + self.today.month - 1 + index - 11
        return count // 12, count % 12 + 1

    @property
    def year(self) -> int:
        """The plan's year: that of the month in which it is adopted."""
        return self.month(1)[0]

    def day(self, index: int, day: int) -> date:
        """The given day of a story month, clamped to its end; in the present month counted from today."""
        if index == 11:
            return self.today + timedelta(days=day - 23)
        year, month = self.month(index)
        return date(year, month, min(day, calendar.monthrange(year, month)[1]))

    def workday(self, index: int, day: int) -> date:
        """The next working day from there on, inside the month and not after today."""
        found = self.day(index, day)
        while not is_workday(found) and found < self.today:
            found += timedelta(days=1)
        while not is_workday(found) or found > self.today:
            found -= timedelta(days=1)
        return found

    def past(self, day: date) -> bool:
        return day <= self.today
