"""Working days, holidays and moved working days included."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.common.workdays import add_workdays, is_workday

pytestmark = pytest.mark.pure
DAYS = st.dates(date(2018, 1, 1), date(2030, 12, 31))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2024, 10, 1), False),  # 国庆节, a Tuesday
        (date(2024, 9, 29), True),  # a Sunday worked for it
        (date(2024, 10, 12), True),  # a Saturday worked for it
        (date(2024, 2, 12), False),  # 春节, a Monday
        (date(2024, 3, 6), True),
        (date(2024, 3, 9), False),
    ],
)
def test_published_days(day, worked):
    assert is_workday(day) is worked


@given(DAYS, st.integers(1, 60))
def test_the_day_reached_is_worked_and_counts_exactly(day, count):
    reached = add_workdays(day, count)
    assert is_workday(reached)
    between = [day + timedelta(days=n) for n in range(1, (reached - day).days + 1)]
    assert sum(map(is_workday, between)) == count


@given(DAYS)
def test_no_day_is_added_for_nothing(day):
    assert add_workdays(day, 0) == day


@given(DAYS, st.integers(0, 20), st.integers(0, 20))
def test_adding_in_two_steps_is_adding_at_once(day, one, two):
    assert add_workdays(add_workdays(day, one), two) == add_workdays(day, one + two)
