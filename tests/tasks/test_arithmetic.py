"""When a line is awaited and which word the dates propose: over all dates, not some."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.common.workdays import add_workdays, is_workday
from gangmu.tasks import arithmetic
from gangmu.tasks.arithmetic import NEAR, Step, awaited, next_review, propose, rhythm_of
from gangmu.tasks.models import Progress, Task

pytestmark = pytest.mark.pure
days = st.dates(date(2020, 1, 1), date(2035, 12, 31))
spans = st.integers(0, 800).map(lambda n: timedelta(days=n))
maybe = st.none() | spans
rhythms = st.sampled_from(Task.Rhythm.values)
months = st.integers(1, 31)
steps = st.lists(st.builds(Step, days, st.booleans()), max_size=4)
DAY = date(2026, 6, 10)


def by(**more) -> date | None:
    values = {"since": date(2026, 5, 4), "heard": None, "today": DAY}
    return awaited("monthly", 25, **(values | more))


def test_a_month_without_a_line_is_awaited_by_its_day():
    assert by() == date(2026, 5, 25), "never heard: the day of the month of signing stays missed"
    assert by(heard=date(2026, 5, 20)) == date(2026, 6, 25)
    assert by(heard=date(2026, 6, 1)) is None


def test_whoever_signed_after_the_day_is_asked_next_month():
    assert by(since=date(2026, 5, 26)) == date(2026, 6, 25)
    assert by(since=date(2026, 5, 26), today=date(2026, 5, 30)) is None


def test_a_day_that_the_month_has_not_is_its_last():
    assert awaited(
        "monthly",
        31,
        since=date(2026, 2, 3),
        heard=None,
        today=date(2026, 2, 4),
    ) == date(2026, 2, 28)


def test_a_quarter_ends_with_its_last_day():
    assert awaited("quarterly", 25, since=date(2026, 4, 2), heard=None, today=DAY) == date(2026, 6, 30)


def test_a_milestone_is_asked_about_a_week_before():
    step = [Step(DAY + timedelta(days=7), reached=False)]
    assert awaited("milestone", 25, since=DAY, heard=None, today=DAY, steps=step) == step[0].due_on
    assert awaited("milestone", 25, since=DAY, heard=None, today=DAY - timedelta(days=1), steps=step) is None
    assert awaited("milestone", 25, since=DAY, heard=DAY, today=DAY, steps=step) is None
    before = DAY - timedelta(days=5)  # the third working day before: 5 June, a Friday
    assert awaited("milestone", 25, since=DAY, heard=before, today=DAY, steps=step) is None
    earlier = before - timedelta(days=1)
    assert awaited("milestone", 25, since=DAY, heard=earlier, today=DAY, steps=step) == step[0].due_on
    assert awaited("milestone", 25, since=DAY, heard=None, today=DAY, steps=[]) is None


@given(rhythms, months, days, maybe, spans, steps)
def test_who_spoke_today_is_asked_nothing_more(rhythm, month, since, ago, later, plan):
    today = since + later
    found = awaited(rhythm, month, since=since, heard=today, today=today, steps=plan)
    if rhythm == "milestone":  # the week of a step that was reached after the word may ask again
        assert found is None or today < found - arithmetic.NEAR
    else:
        assert found is None


@given(st.sampled_from(["monthly", "quarterly"]), months, days, maybe, spans, spans)
def test_what_is_awaited_stays_awaited_by_the_same_day_until_somebody_speaks(
    rhythm, month, since, ago, later, more
):
    heard = since + ago if ago is not None else None
    today = max(since + later, heard or since)
    found = awaited(rhythm, month, since=since, heard=heard, today=today)
    if found is not None:
        assert awaited(rhythm, month, since=since, heard=heard, today=today + more) == found
        assert found > (heard or date.min)


@given(days, days, st.integers(0, 40).map(lambda n: timedelta(days=n)), st.booleans())
def test_a_line_of_the_run_up_spares_the_question_of_a_milestone_and_no_earlier_one(
    since, due, before, waits
):
    heard, today = due - before, due + timedelta(days=waits)
    found = awaited("milestone", 25, since=since, heard=heard, today=today, steps=[Step(due, reached=False)])
    assert found == (None if heard >= arithmetic.run_up(due) else due)


@given(days)
def test_the_run_up_is_the_week_and_the_working_days_before_it(due):
    first, week = arithmetic.run_up(due), due - NEAR
    before = [first + timedelta(days=n) for n in range((week - first).days)]
    assert is_workday(first) and sum(map(is_workday, before)) == arithmetic.QUIET_WORKDAYS


@given(days)
def test_silence_is_told_above_on_the_working_day_that_was_set_and_not_before(today):
    told = arithmetic.told_above(today)
    assert add_workdays(told, arithmetic.QUIET_WORKDAYS) <= today
    assert add_workdays(told + timedelta(days=1), arithmetic.QUIET_WORKDAYS) > today


@given(rhythms, months, days, maybe, spans, steps)
def test_the_owner_is_asked_before_anybody_above_is_told(rhythm, month, since, ago, later, plan):
    heard = since + ago if ago is not None else None
    today = max(since + later, heard or since)
    by = awaited(rhythm, month, since=since, heard=heard, today=today, steps=plan)
    if by is not None and by <= arithmetic.told_above(today):
        earlier = awaited(rhythm, month, since=since, heard=heard, today=max(by, heard or by), steps=plan)
        assert by < today and (earlier == by or rhythm == "milestone")


@given(days, spans, maybe, spans, st.sampled_from(["", *Progress.Status.values]), st.booleans(), steps)
def test_the_proposed_word_is_one_of_four_and_done_only_by_milestones(
    since, length, ago, later, last, long, plan
):
    today = since + later
    heard = min(since + ago, today) if ago is not None else None
    word = propose(
        since=since, due=since + length, today=today, heard=heard, last=last, long_term=long, steps=plan
    )
    assert word in Progress.Status.values
    assert (word == "done") == bool(plan and all(s.reached for s in plan))


@given(days, spans, spans, spans)
def test_late_is_slow_and_stays_slow(since, length, later, more):
    due = since + length
    today = due + later + timedelta(days=1)
    assert propose(since=since, due=due, today=today, heard=since) == "slow"
    assert propose(since=since, due=due, today=today + more, heard=since) == "slow"


@given(days, spans, spans)
def test_a_long_term_task_is_not_slow_for_its_date(since, length, later):
    today = since + later
    assert propose(since=since, due=since + length, today=today, heard=today, long_term=True) == "on_track"
    assert propose(since=since, due=since + length, today=today, heard=None, long_term=True) == "on_track"


def test_nothing_heard_after_half_the_time_was_not_started():
    due = DAY + timedelta(days=20)
    word = {
        n: propose(since=DAY, due=due, today=DAY + timedelta(days=n), heard=None) for n in (0, 10, 11, 20, 21)
    }
    assert word == {0: "on_track", 10: "on_track", 11: "not_started", 20: "not_started", 21: "slow"}


def test_what_was_slow_stays_slow_until_the_owner_says_otherwise():
    due = DAY + timedelta(days=90)
    assert propose(since=DAY, due=due, today=DAY, heard=DAY, last="slow") == "slow"
    assert propose(since=DAY, due=due, today=DAY, heard=DAY, last="on_track") == "on_track"


@given(days)
def test_the_next_review_is_half_a_year_on(day):
    assert 181 <= (next_review(day) - day).days <= 184 or next_review(day).day < day.day


@given(
    st.text(max_size=12)
    | st.sampled_from(["monthly@28", "monthly@99", "quarterlyx2", "weekly@5", "yearly", ""])
)
def test_any_code_of_a_paper_gives_a_rhythm(code):
    rhythm, day = rhythm_of(code)
    assert rhythm in Task.Rhythm.values and 1 <= day <= 31


def test_known_codes_are_kept():
    assert rhythm_of("monthly@28") == ("monthly", 28) and rhythm_of("quarterlyx2") == ("quarterly", 25)
