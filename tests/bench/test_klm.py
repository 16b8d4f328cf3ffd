"""Seconds by the Keystroke-Level Model, worked out by hand for small sequences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.cli.bench.klm import Seen, tally

pytestmark = pytest.mark.pure
CLICK = [Seen("down", where="a"), Seen("up", where="a")]


def typed(words: str, where: str = "text") -> list[Seen]:
    return [Seen("key", c, where, text=True) for c in words]


def test_a_click_is_a_thought_a_pointing_and_a_button_down_and_up():
    assert tally(CLICK).seconds == pytest.approx(1.35 + 1.1 + 0.2, abs=0.06)


def test_own_words_are_counted_apart_but_thinking_of_them_is_not():
    found = tally(typed("已办三件"))
    assert (found.text_keys, found.k, found.m, found.h) == (4, 0, 1, 1)
    assert found.text_seconds == pytest.approx(4 * 0.28, abs=0.06)


def test_the_enter_that_ends_the_words_needs_no_thought():
    found = tally([*typed("好"), Seen("key", "Enter", "text")])
    assert (found.k, found.m) == (1, 1)


def test_an_enter_elsewhere_is_a_command():
    assert tally([Seen("key", "Enter", "row")]).m == 1


def test_going_down_five_rows_is_one_decision_and_tab_none():
    found = tally([Seen("key", "j", "page")] * 5 + [Seen("key", "Tab", "page")])
    assert (found.k, found.m) == (6, 1)


def test_the_hand_moves_only_when_it_changes_place():
    found = tally([*CLICK, *typed("ab"), *CLICK, *CLICK])
    assert found.h == 2


def test_a_date_is_one_thought_and_all_its_keys():
    found = tally([Seen("key", c, "date", entry=True) for c in "20261231"])
    assert (found.k, found.m, found.text_keys) == (8, 1, 0)


def test_a_long_turn_of_the_wheel_is_one_pointing():
    assert tally([Seen("wheel")] * 9).p == 1


SEEN = st.builds(
    Seen, st.sampled_from(["key", "down", "up", "wheel"]), st.sampled_from(["a", "Enter", "Tab"]), st.sampled_from("xy"),
    st.booleans(), st.booleans(),
)  # fmt: skip


@given(st.lists(SEEN), st.lists(SEEN))
def test_more_work_never_takes_less_time(some, more):
    assert tally([*some, *more]).seconds >= tally(some).seconds


@given(st.lists(SEEN))
def test_every_key_is_counted_once(seen):
    found = tally(seen)
    assert found.k + found.text_keys == sum(s.what == "key" for s in seen)
    assert found.m <= len(seen)
