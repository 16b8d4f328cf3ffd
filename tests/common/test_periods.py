"""Months, quarters, half-years, years: they tile the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.common.periods import MONTHS, add_months, between, containing

pytestmark = pytest.mark.pure

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))
KINDS = st.sampled_from(sorted(MONTHS))


@given(DAYS, KINDS)
def test_a_day_lies_in_its_period(day, kind):
    period = containing(day, kind)
    assert period.start <= day <= period.end
    assert period.start.day == 1 and (period.end + timedelta(days=1)).day == 1
    assert containing(period.start, kind) == containing(period.end, kind) == period


@given(DAYS, KINDS)
def test_the_next_period_begins_the_day_after(day, kind):
    period = containing(day, kind)
    following = containing(period.end + timedelta(days=1), kind)
    assert following.start == period.end + timedelta(days=1) and following.key != period.key


@given(DAYS, st.integers(0, 900), KINDS)
def test_periods_between_two_days_tile_without_gap_or_overlap(start, length, kind):
    end = start + timedelta(days=length)
    found = list(between(start, end, kind))
    assert found[0].start <= start <= found[0].end and found[-1].start <= end <= found[-1].end
    assert all(b.start == a.end + timedelta(days=1) for a, b in zip(found, found[1:], strict=False))
    assert len({p.key for p in found}) == len(found)


@given(DAYS, DAYS, KINDS, KINDS)
def test_a_key_names_one_period_of_all_kinds(one, other, kind, other_kind):
    a, b = containing(one, kind), containing(other, other_kind)
    assert (a.key == b.key) == (a == b)


@given(DAYS)
def test_smaller_periods_lie_inside_greater_ones(day):
    month, quarter, half, year = (containing(day, k) for k in ("month", "quarter", "half", "year"))
    assert year.start <= half.start <= quarter.start <= month.start
    assert month.end <= quarter.end <= half.end <= year.end


@pytest.mark.parametrize(
    ("kind", "key"), [("month", "2026-03"), ("quarter", "2026-Q1"), ("half", "2026-H1"), ("year", "2026")]
)
def test_keys_read_as_people_write_them(kind, key):
    assert containing(date(2026, 3, 31), kind).key == key


def test_nothing_lies_between_an_end_and_an_earlier_start():
    assert list(between(date(2026, 5, 1), date(2026, 4, 1), "month")) == []


def test_february_ends_where_it_ends():
    ends = [containing(date(year, 2, 1), "month").end for year in (2024, 2026)]
    assert ends == [date(2024, 2, 29), date(2026, 2, 28)]


@given(DAYS, st.integers(-36, 36))
def test_so_many_months_on_it_is_the_same_day_or_the_last_of_the_month(day, months):
    there = add_months(day, months)
    assert (there.year * 12 + there.month) - (day.year * 12 + day.month) == months
    assert there.day == day.day or (there.day < day.day and (there + timedelta(days=1)).day == 1)
