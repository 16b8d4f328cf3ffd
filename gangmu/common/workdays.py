"""Working days of mainland China, holidays and moved working days (调休) included."""

from datetime import date, timedelta
from functools import lru_cache

import holidays


@lru_cache(maxsize=16)
def _china(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """(days off, weekend days that are worked) of one year, as far as they are published."""
    table = holidays.country_holidays("CN", years=year)
    return frozenset(table), frozenset(getattr(table, "weekend_workdays", ()))


def is_workday(day: date) -> bool:
    off, worked = _china(day.year)
    if day in worked:
        return True
    return day.weekday() < 5 and day not in off


def add_workdays(day: date, count: int) -> date:
    """The ``count``-th working day after ``day`` (``count`` ≥ 0; 0 gives ``day`` itself)."""
    while count > 0:
        day += timedelta(days=1)
        count -= is_workday(day)
    return day


def workdays_before(day: date, count: int) -> date:
    """The ``count``-th working day before ``day`` (``count`` ≥ 0; 0 gives ``day`` itself)."""
    while count > 0:
        day -= timedelta(days=1)
        count -= is_workday(day)
    return day
