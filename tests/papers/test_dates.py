"""Every deadline form of the genre, and that no text whatever makes the reader fall over."""

from __future__ import annotations

import calendar
import warnings
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gangmu.papers.dates import parse_due, rhythm
from gangmu.papers.festivals import LUNAR
from gangmu.papers.prose import prose_due

pytestmark = pytest.mark.pure

DATED = {
    "2024年6月30日": "2024-06-30", "2024.6.30": "2024-06-30", "2024-06-30": "2024-06-30", "6月30日前": "2024-06-30",
    "6月30日之前": "2024-06-30", "6月底前": "2024-06-30", "6月底": "2024-06-30", "6月末": "2024-06-30", "2月底前": "2024-02-29",
    "6月上旬": "2024-06-10", "6月中旬": "2024-06-20", "6月下旬": "2024-06-30", "6月": "2024-06-30", "6月份": "2024-06-30",
    "6月完成": "2024-06-30", "上半年": "2024-06-30", "下半年": "2024-12-31", "半年": "2024-06-30", "一季度": "2024-03-31",
    "第一季度末": "2024-03-31", "三季度前": "2024-09-30", "年底前": "2024-12-31", "年底": "2024-12-31", "年内": "2024-12-31",
    "年末": "2024-12-31", "2024年": "2024-12-31", "12月": "2024-12-31", "七一前": "2024-06-30", "国庆前": "2024-09-30",
    "春节前": "2024-02-09", "中秋节前": "2024-09-16", "6月底前（已完成）": "2024-06-30", "二○二四年六月": "2024-06-30",
    "二〇二四年": "2024-12-31", "二〇二四年十二月三十一日": "2024-12-31", "24年6月": "2024-06-30", "45473": "2024-06-30",
    "6.30": "2024-06-30", "20240630": "2024-06-30", "今年6月底前": "2024-06-30", "明年3月底前": "2025-03-31", "2022年底前": "2022-12-31",
    "9月初": "2024-09-10", "7月14日 12：00前": "2024-07-14",
}  # fmt: skip


@pytest.mark.parametrize(("text", "day"), DATED.items())
def test_a_dated_deadline_is_its_last_day(text: str, day: str):
    due = parse_due(text, year=2024)
    assert due and due.kind == "date" and due.date == date.fromisoformat(day) and due.raw == text


RANGES = {
    "3月—5月": ("2024-03-01", "2024-05-31"), "3-5月": ("2024-03-01", "2024-05-31"), "3至5月": ("2024-03-01", "2024-05-31"),
    "5月~10月": ("2024-05-01", "2024-10-31"), "7月18—19日": ("2024-07-18", "2024-07-19"),
    "7月14日 12：00—16日 12：00": ("2024-07-14", "2024-07-16"), "2023年1月1日—3月31日": ("2023-01-01", "2023-03-31"),
    "12月至次年2月": ("2024-12-01", "2025-02-28"), "一至三季度": ("2024-01-01", "2024-09-30"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "days"), RANGES.items())
def test_a_range_has_both_ends(text: str, days: tuple[str, str]):
    due = parse_due(text, year=2024)
    assert due and due.kind == "range" and due.start and due.date
    assert (due.start.isoformat(), due.date.isoformat()) == days


def test_a_start_alone_has_no_end():
    due = parse_due("自3月起", year=2024)
    assert due and (due.kind, due.start, due.date) == ("range", date(2024, 3, 1), None)


RHYTHMS = {
    "每月": "monthly", "每季度": "quarterly", "每半年": "halfyearly", "每年": "yearly", "每月至少1次": "monthly", "每周五": "weekly@5",
    "双周": "biweekly", "每月25日前": "monthly@25", "按季度": "quarterly", "每季度不少于两次": "quarterlyx2", "每两周": "biweekly",
}  # fmt: skip


@pytest.mark.parametrize(("text", "code"), RHYTHMS.items())
def test_a_rhythm_is_recurring(text: str, code: str):
    due = parse_due(text, year=2024)
    assert due and (due.kind, due.rhythm) == ("recurring", code) and rhythm(text) == code


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("长期坚持", "ongoing"), ("持续推进", "ongoing"), ("常态化", "ongoing"), ("全年", "ongoing"), ("立行立改", "immediate"),
        ("即知即改", "immediate"), ("按上级要求", "unresolved"), ("按规定时限", "unresolved"), ("根据市委部署", "unresolved"),
        ("适时", "unresolved"), ("另行通知", "unresolved"), ("“两会”前", "unresolved"), ("收到反馈后1个月内", "relative"),
        ("会后3日内", "relative"), ("印发之日起10个工作日内", "relative"),
    ],
)  # fmt: skip
def test_times_without_a_day_have_their_kind(text: str, kind: str):
    due = parse_due(text, year=2024)
    assert due and due.kind == kind and due.date is None


def test_two_times_are_milestones_and_the_later_counts():
    due = parse_due("2024年6月底前完成方案，12月底前完成建设", year=2023)
    assert (
        due
        and due.kind == "milestones"
        and due.dates == [date(2024, 6, 30), date(2024, 12, 31)]
        and due.date == date(2024, 12, 31)
    )


@pytest.mark.parametrize("text", ["6月31日", "2月30日前", "2023年2月29日", "13月底前", "5月至3月", "6.31"])
def test_a_day_that_does_not_exist_is_invalid_and_kept(text: str):
    due = parse_due(text, year=2024)
    assert due and (due.kind, due.invalid, due.date, due.raw) == ("invalid", True, None, text)


@pytest.mark.parametrize("text", ["", " ", "—", "/", "无"])
def test_an_empty_field_is_no_deadline(text: str):
    assert parse_due(text, year=2024) is None


@pytest.mark.parametrize(
    "sentence",
    [
        "截至2025年12月31日，对出售住房的纳税人予以退税。", "对年底前完成率达到95%的项目验收。", "从2024年6月开始推行。", "确保到2025年明显提升。",
        "自2023年1月1日至2023年12月31日免征。", "2025年12月31日前，对符合条件的企业给予奖励。", "按《2022年底前办结办法》执行。",
    ],
)  # fmt: skip
def test_windows_goals_conditions_and_titles_are_no_deadlines(sentence: str):
    due, _ = prose_due(sentence, year=2024)
    assert due is None


def test_half_years_in_prose_are_only_offered():
    due, soft = prose_due("确保投资上半年完成一半，全年完成任务。", year=2024)
    assert due is None and soft == ["上半年", "全年"]


def test_the_lunar_table_agrees_with_an_independent_calendar():
    holidays = pytest.importorskip("holidays")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for name, table in LUNAR.items():
            for year in range(2018, 2031):
                named = [
                    d
                    for d, n in holidays.China(years=year, language="zh_CN").items()
                    if name in n and "休" not in n
                ]
                assert table[year] in named or not named, (name, year)


@given(st.integers(2000, 2099), st.integers(1, 12), st.integers(1, 31))
def test_every_day_of_every_month_is_either_read_or_invalid(year: int, month: int, day: int):
    due = parse_due(f"{year}年{month}月{day}日前", year=2024)
    assert due
    if day <= calendar.monthrange(year, month)[1]:
        assert due.date == date(year, month, day) and not due.invalid
    else:
        assert due.invalid and due.date is None


@settings(max_examples=300)
@given(
    st.text(
        alphabet="0123456789年月日前底初末中旬上下半季度一二三四五十至到—-~.至每周工作长期立即后内，；：（）",
        max_size=30,
    )
)
def test_no_text_makes_the_reader_fall_over(text: str):
    due = parse_due(text, year=2024)
    assert due is None or (due.raw == text.strip() and (due.date is None or not due.invalid))
    assert prose_due(text, year=2024)[0] is None or prose_due(text, year=2024)[0].raw is not None  # type: ignore[union-attr]
