"""Deadlines built from their parts, against days worked out by the calendar alone."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.papers.dates import parse_due, timed_first
from gangmu.papers.festivals import festival
from gangmu.papers.prose import prose_due
from gangmu.papers.words import to_chinese
from tests.papers.helpers import plan, tasks

pytestmark = pytest.mark.pure

YEAR = 2024
MONTHS = st.integers(1, 12)
YEARS = st.integers(2000, 2079)
DIGITS = "〇一二三四五六七八九"


def last(year: int, month: int) -> date:
    return date(year, month, monthrange(year, month)[1])


def spelled(year: int, zero: str) -> str:
    """2024 -> 二〇二四, with one of the zeros that offices type."""
    return "".join(DIGITS[int(d)] for d in str(year)).replace("〇", zero)


@st.composite
def years(draw: st.DrawFn) -> tuple[str, int]:
    """(the year as written with 年, or nothing; the year meant)."""
    year = draw(YEARS)
    return draw(
        st.sampled_from(
            [
                ("", YEAR),
                (f"{year}年", year),
                (f"{year} 年", year),
                (f"{year % 100:02d}年", year),
                (f"{spelled(year, '〇')}年", year),
                (f"{spelled(year, '○')}年", year),
                (f"{spelled(year, 'O')}年", year),
                (f"{spelled(year, '零')}年", year),
                ("今年", YEAR),
                ("次年", YEAR + 1),
            ]
        )  # fmt: skip
    )


@st.composite
def months(draw: st.DrawFn) -> tuple[str, int]:
    month = draw(MONTHS)
    return draw(st.sampled_from([f"{month}月", to_chinese(month) + "月"])), month


ENDS = st.sampled_from(
    ["", "底", "末", "份", "底前", "末前", "份前", "底之前", "底以前", "下旬", "底前完成", "底前（已完成）"]
)


@given(years(), months(), ENDS)
def test_a_month_ends_on_its_last_day(year: tuple[str, int], month: tuple[str, int], end: str):
    due = parse_due(year[0] + month[0] + end, year=YEAR)
    assert (
        due
        and due.kind == "date"
        and due.date == last(year[1], month[1])
        and due.raw == year[0] + month[0] + end
    )


@given(
    years(),
    months(),
    st.sampled_from([("上旬", 10), ("初", 10), ("中旬", 20), ("上旬前", 10), ("中旬前", 20)]),
)
def test_a_third_of_a_month_ends_on_its_own_day(
    year: tuple[str, int], month: tuple[str, int], third: tuple[str, int]
):
    due = parse_due(year[0] + month[0] + third[0], year=YEAR)
    assert due and due.date == date(year[1], month[1], third[1])


@given(years(), months(), st.integers(1, 31), st.sampled_from(["日", "日前", "号", "日之前", "日 12：00前"]))
def test_a_day_is_itself_or_impossible(year: tuple[str, int], month: tuple[str, int], day: int, end: str):
    due = parse_due(f"{year[0]}{month[0]}{day}{end}", year=YEAR)
    assert due
    if day <= monthrange(year[1], month[1])[1]:
        assert due.kind == "date" and due.date == date(year[1], month[1], day)
    else:
        assert due.kind == "invalid" and due.invalid and due.date is None and str(day) in due.raw


@given(
    YEARS,
    MONTHS,
    st.integers(1, 28),
    st.sampled_from(
        [
            "{}-{:02d}-{:02d}",
            "{}.{}.{}",
            "{}/{}/{}",
            "{}{:02d}{:02d}",
            "{}-{:02d}-{:02d} 00:00:00",
            "{}．{}．{}",
        ]
    ),
)
def test_numeric_dates_are_the_same_day(year: int, month: int, day: int, form: str):
    due = parse_due(form.format(year, month, day), year=YEAR)
    assert due and due.kind == "date" and due.date == date(year, month, day)


@given(st.dates(date(2010, 1, 1), date(2040, 12, 31)))
def test_a_spreadsheet_serial_is_its_day(day: date):
    serial = (day - date(1899, 12, 30)).days
    for text in (str(serial), f"{serial}.0"):
        due = parse_due(text, year=YEAR)
        assert due and due.date == day and due.guessed


@given(MONTHS, st.integers(1, 31), st.sampled_from(["{}.{}", "{}/{}", "{}.{}前", "{:d}.{:02d}"]))
def test_a_decimal_in_a_deadline_column_is_a_day_of_the_year(month: int, day: int, form: str):
    due = parse_due(form.format(month, day), year=YEAR)
    assert due
    if day <= monthrange(YEAR, month)[1]:
        assert due.date == date(YEAR, month, day) and due.guessed
    else:
        assert due.kind == "invalid"


@given(
    years(),
    st.integers(1, 4),
    st.sampled_from(["{}季度", "第{}季度", "{}季度末", "第{}季度前", "{}季度底前"]),
    st.booleans(),
)
def test_a_quarter_ends_with_its_last_month(year: tuple[str, int], quarter: int, form: str, chinese: bool):
    due = parse_due(year[0] + form.format(to_chinese(quarter) if chinese else quarter), year=YEAR)
    assert due and due.kind == "date" and due.date == last(year[1], quarter * 3)


@given(
    years(),
    MONTHS,
    MONTHS,
    st.sampled_from(["{}月—{}月", "{}-{}月", "{}至{}月", "{}月到{}月", "{}~{}月份", "{}月份至{}月份"]),
)
def test_a_range_of_months_has_both_ends_or_is_impossible(
    year: tuple[str, int], first: int, second: int, form: str
):
    due = parse_due(year[0] + form.format(first, second), year=YEAR)
    assert due
    if first < second:
        assert (due.kind, due.start, due.date) == ("range", date(year[1], first, 1), last(year[1], second))
    elif first > second:
        assert due.invalid and due.date is None


@given(
    st.lists(MONTHS, min_size=2, max_size=4, unique=True), st.sampled_from(["、", "，", "；", "完成一半，"])
)
def test_several_months_are_milestones_in_order(chosen: list[int], mark: str):
    due = parse_due(mark.join(f"{m}月底前" for m in chosen), year=YEAR)
    assert (
        due
        and due.kind == "milestones"
        and due.dates == [last(YEAR, m) for m in sorted(chosen)]
        and due.date == due.dates[-1]
    )


PERIODS = {
    "日": "daily",
    "周": "weekly",
    "两周": "biweekly",
    "月": "monthly",
    "季度": "quarterly",
    "半年": "halfyearly",
    "年": "yearly",
}


@given(
    st.sampled_from(sorted(PERIODS)),
    st.integers(1, 9),
    st.sampled_from(["每{}{}次", "每{}至少{}次", "每{}不少于{}次", "每{}至少开展{}次"]),
)
def test_a_rhythm_has_its_period_and_count(period: str, count: int, form: str):
    due = parse_due(form.format(period, count), year=YEAR)
    assert due and due.kind == "recurring" and due.date is None
    assert due.rhythm == PERIODS[period] + (f"x{count}" if count > 1 else "")


@given(st.sampled_from(["半年", "一年", "一季度", "一个月", "一周"]), st.integers(1, 4))
def test_times_in_a_period_are_a_rhythm(period: str, count: int):
    codes = {
        "半年": "halfyearly",
        "一年": "yearly",
        "一季度": "quarterly",
        "一个月": "monthly",
        "一周": "weekly",
    }
    due = parse_due(f"{period}{count}次", year=YEAR)
    assert (
        due and due.kind == "recurring" and due.rhythm == codes[period] + (f"x{count}" if count > 1 else "")
    )


@given(st.integers(1, 28), st.sampled_from(["每月{}日前", "每月{}日", "按月{}日前报送"]))
def test_a_monthly_day_is_kept(day: int, form: str):
    due = parse_due(form.format(day), year=YEAR)
    assert due and due.kind == "recurring" and due.rhythm == f"monthly@{day}" and not due.invalid


@pytest.mark.parametrize("weekday", range(7))
def test_a_weekday_is_kept(weekday: int):
    due = parse_due(f"每周{'一二三四五六日'[weekday]}", year=YEAR)
    assert due and due.rhythm == f"weekly@{weekday + 1}"


@given(
    st.integers(2016, 2031),
    st.sampled_from(["春节", "端午节", "中秋节", "清明节", "除夕", "元宵节", "五一", "七一", "国庆节"]),
    st.sampled_from(["{}前", "“{}”前", "{}之前", "“{}”节前"]),
)
def test_a_named_day_ends_the_day_before(year: int, name: str, form: str):
    if name.endswith("节") and form == "“{}”节前":
        return
    due = parse_due(form.format(name), year=year)
    day = festival(name, year)
    assert due and day and due.date == day - timedelta(days=1)


@pytest.mark.parametrize(
    ("year", "day"),
    [
        (2023, "2023-04-05"),
        (2024, "2024-04-04"),
        (2025, "2025-04-04"),
        (2026, "2026-04-05"),
        (2027, "2027-04-05"),
    ],
)
def test_the_clear_and_bright_festival_is_computed(year: int, day: str):
    assert festival("清明", year) == date.fromisoformat(day)


def test_before_new_year_in_a_years_plan_is_its_last_day():
    due = parse_due("元旦前", year=2025)
    assert due and due.date == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("24年底前", "date", "2024-12-31"), ("24年", "date", "2024-12-31"), ("24.6.30", "date", "2024-06-30"), ("3.1-6.30", "range", "2024-06-30"),
        ("3.5-3.1", "invalid", None), ("Q2", "date", "2024-06-30"), ("一、三季度", "milestones", "2024-09-30"), ("年中", "date", "2024-06-30"),
        ("即日起至6月底", "date", "2024-06-30"), ("长期坚持，每季度报送一次", "ongoing", None), ("2024年6月底前，长期坚持", "date", "2024-06-30"),
        ("立行立改，6月底前完成", "date", "2024-06-30"), ("15日内完成", "relative", None), ("会前3天", "relative", None), ("按程序及时完成", "unresolved", None),
        ("党的二十大召开前", "unresolved", None), ("收到反馈意见后1个月内", "relative", None), ("不定期", "ongoing", None), ("每学期", "recurring", None),
    ],
)  # fmt: skip
def test_forms_seen_in_tables(text: str, kind: str, day: str | None):
    due = parse_due(text, year=2024)
    assert (
        due
        and due.kind == kind
        and due.raw == text
        and due.date == (date.fromisoformat(day) if day else None)
    )


@pytest.mark.parametrize(
    "sentence",
    [
        "自本意见印发之日起至2024年12月31日前，新取得的土地可分批缴纳。", "允许企业在2024年12月31日前采取分期缴纳。", "购房人且在2024年6月30日前缴清契税的，给予补贴。",
        "在2024年底前，对存量融资可展期一年。", "2024年12月31日前适用3%征收率。", "按照合同约定应在2024年1月31日前交款的，可顺延。", "统筹年底前无法完成支出的资金。",
        "取得许可在2024年1月1日之前取得用地的项目：免收费用。", "有效期至2024年6月底。",
    ],
)  # fmt: skip
def test_windows_permissions_and_failures_are_no_deadlines(sentence: str):
    assert prose_due(sentence, year=2024)[0] is None


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("会后3日内印发实施。", "relative"),
        ("收到通知后5个工作日内报名。", "relative"),
        ("抓好警示教育，长期坚持。", "ongoing"),
        ("党组会每月至少学习1次。", "recurring"),
    ],
)
def test_loose_times_in_prose_are_offered_as_guesses(sentence: str, kind: str):
    due, _ = prose_due(sentence, year=2024)
    assert due and due.kind == kind and due.guessed and due.date is None


def test_a_december_paper_for_the_next_year_counts_in_the_next_year():
    text = "云泽市检察院2025年工作要点\n一、甲\n1.办事。（责任部门：办公室；完成时限：6月底前）\n云泽市人民检察院\n2024年12月20日"
    [only] = tasks(text)
    assert only.due and only.due.date == date(2025, 6, 30) and not only.due.invalid


def test_without_a_year_in_the_title_the_date_of_the_paper_counts_and_a_given_year_beats_both():
    text = "云泽市检察院工作要点\n一、甲\n1.办事。（责任部门：办公室；完成时限：10月底前）\n云泽市人民检察院\n2024年3月20日"
    assert [t.due.date for t in tasks(text) if t.due] == [date(2024, 10, 31)]
    assert [t.due.date for t in plan(text, year=2026).leaves() if t.due] == [date(2026, 10, 31)]


@pytest.mark.parametrize(
    ("text", "split"),
    [
        ("3-4月：组织评议", ("3-4月", "组织评议")),
        ("4月~6月/9月~11月：举办培训班", ("4月~6月/9月~11月", "举办培训班")),
        ("责任单位：办公室政治部", ("", "责任单位：办公室政治部")),
    ],
)
def test_months_before_a_colon_are_the_time_of_what_follows(text: str, split: tuple[str, str]):
    assert timed_first(text) == split
