"""Quorum and passing lines, for every size of body."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.meetings.arithmetic import least, parse, reaches

pytestmark = pytest.mark.pure

LINES = st.builds(
    lambda sign, pair: (sign, Fraction(min(pair), max(pair)), f"{sign}{min(pair)}/{max(pair)}"),
    st.sampled_from([">", ">="]),
    st.tuples(st.integers(1, 60), st.integers(1, 60)),
)


@given(count=st.integers(0, 500), base=st.integers(1, 500), line=LINES)
def test_a_line_is_reached_by_exact_fractions(count, base, line):
    sign, share, text = line
    exact = Fraction(count, base) >= share if sign == ">=" else Fraction(count, base) > share
    assert reaches(count, base, text) == exact


@given(base=st.integers(1, 400), line=LINES)
def test_least_is_the_smallest_number_that_reaches(base, line):
    text = line[2]
    needed = least(base, text)
    assert reaches(needed, base, text)
    assert needed == 0 or not reaches(needed - 1, base, text)


@given(half=st.integers(1, 200))
def test_exactly_half_is_half_and_not_more(half):
    assert reaches(half, 2 * half, ">=1/2") and not reaches(half, 2 * half, ">1/2")
    assert (least(2 * half, ">=1/2"), least(2 * half, ">1/2")) == (half, half + 1)


@given(count=st.integers(0, 50), line=LINES)
def test_nobody_due_reaches_nothing(count, line):
    assert not reaches(count, 0, line[2])


@pytest.mark.parametrize(
    ("due", "half", "more", "two_thirds"),
    [(1, 1, 1, 1), (3, 2, 2, 2), (4, 2, 3, 3), (7, 4, 4, 5), (9, 5, 5, 6)],
)
def test_the_numbers_an_office_knows(due, half, more, two_thirds):
    assert (least(due, ">=1/2"), least(due, ">1/2"), least(due, ">=2/3")) == (half, more, two_thirds)


@pytest.mark.parametrize("line", ["", "1/2", "=1/2", ">=half", ">= 1/2", "<1/2", ">1/2 "])
def test_a_line_in_another_form_is_an_error(line):
    with pytest.raises(ValueError, match=r".*"):
        parse(line)
