"""Who may confer what: a hint, and only where it is surely too low."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.org.models import Unit
from gangmu.review.conferring import HEIGHT, LOWEST, doubt
from gangmu.review.models import Honour
from tests.cast import Cast, honour_registered


@pytest.mark.parametrize(
    ("award", "level", "unit", "doubted"),
    [
        ("commendation", "county", "city", False), ("third", "county", "county", False), ("commendation", "own", "city", False),
        ("commendation", "own", "county", True), ("third", "own", "county", True), ("second", "county", "city", True),
        ("second", "city", "city", False), ("second", "own", "city", True), ("second", "own", "province", False),
        ("first", "city", "city", True), ("first", "province", "city", False), ("first", "own", "city", True),
        ("title", "city", "city", True), ("title", "nation", "county", False), ("system", "own", "county", False),
        ("party", "own", "county", False), ("other", "county", "county", False),
    ],
)  # fmt: skip
def test_the_hint_follows_the_rules(award, level, unit, doubted):
    says = doubt(award, level, unit)
    assert bool(says) == doubted
    assert not says or "只是提醒，照登不误" in says


@given(
    award=st.sampled_from(Honour.Award.values),
    levels=st.tuples(st.sampled_from(sorted(HEIGHT)), st.sampled_from(sorted(HEIGHT))),
    unit=st.sampled_from(Unit.Level.values),
)
def test_a_higher_level_is_never_doubted_more(award, levels, unit):
    low, high = sorted(levels, key=HEIGHT.__getitem__)
    assert doubt(award, low, unit) or not doubt(award, high, unit)


@given(st.text(max_size=5), st.text(max_size=5), st.sampled_from(Unit.Level.values))
def test_what_the_rules_do_not_name_is_not_doubted(award, level, unit):
    if award not in LOWEST or level not in Honour.Level.values:
        assert doubt(award, level, unit) == ""


def test_it_never_bars(cast: Cast):
    assert honour_registered(cast, award="first", level="own").pk
