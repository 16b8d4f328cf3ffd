"""The cells of lists: days in every shape, months, money, names."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.papers import roster_values as values
from gangmu.papers.roster_values import BadValue

pytestmark = pytest.mark.pure
DAYS = st.dates(date(1930, 1, 1), date(2090, 12, 31))
WIDE = str.maketrans("0123456789./-", "０１２３４５６７８９．／－")
CHINESE = "〇一二三四五六七八九"


def numeral(n: int) -> str:
    tens, ones = divmod(n, 10)
    return ("" if tens == 0 else "十" if tens == 1 else CHINESE[tens] + "十") + (
        CHINESE[ones] if ones else ""
    )


SHAPES = [
    lambda d: d,
    lambda d: datetime.combine(d, time(8, 30)),
    lambda d: d.isoformat(),
    lambda d: f"{d.isoformat()} 00:00:00",
    lambda d: f"{d.year}年{d.month}月{d.day}日",
    lambda d: f" {d.year} 年 {d.month} 月 {d.day} 日 ",
    lambda d: f"{d.year}.{d.month}.{d.day}",
    lambda d: f"{d.year}/{d.month:02d}/{d.day:02d}",
    lambda d: f"{d:%Y%m%d}",
    lambda d: int(f"{d:%Y%m%d}"),
    lambda d: float((d - date(1899, 12, 30)).days),
    lambda d: f"{d.year}.{d.month}.{d.day}".translate(WIDE),
    lambda d: f"{''.join(CHINESE[int(c)] for c in str(d.year))}年{numeral(d.month)}月{numeral(d.day)}日",
]


@given(DAYS, st.sampled_from(SHAPES))
def test_a_day_is_the_same_in_every_shape(day, shape):
    assert values.day(shape(day)) == day


@given(DAYS)
def test_a_month_alone_is_its_first_day(day):
    first = day.replace(day=1)
    shapes = [
        f"{day.year}.{day.month}",
        f"{day.year}年{day.month}月",
        f"{day:%Y%m}",
        float(f"{day:%Y%m}"),
        f"{day.year}-{day.month:02d}",
    ]
    assert {values.day(s) for s in shapes} == {first}


@given(
    st.one_of(
        st.text(max_size=30), st.floats(), st.integers(), st.booleans(), st.none(), st.binary(max_size=5)
    )
)
def test_no_cell_breaks_the_reading(cell):
    for read in (
        values.day,
        values.money,
        values.name,
        values.number,
        values.text,
        lambda c: values.month(c, 2026),
    ):
        try:
            read(cell)
        except BadValue as bad:
            assert bad.code


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2001-02-30", "day_none"), ("1998.13", "day_none"), ("昨天", "day_odd"), ("98.7", "day_odd"), (1998.1, "day_january"),
        ("1850-01-01", "day_odd"), (float("nan"), "day_odd"), (-5, "day_odd"), ("=TODAY()", "day_odd"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_says_why(cell, code):
    with pytest.raises(BadValue, match=code):
        values.day(cell)


@pytest.mark.parametrize("cell", ["", "/", "—", "无", " 　", None, "#N/A"])
def test_what_offices_write_for_nothing_is_nothing(cell):
    assert values.day(cell) is None and values.money(cell) is None and values.text(cell) == ""


@given(st.decimals(0, 99999, places=2))
def test_money_keeps_its_cents(amount):
    shapes = [
        amount,
        str(amount),
        f"¥{amount}",
        f"{amount}元",
        f"{amount:,}",
        str(amount).translate(WIDE),
        float(amount),
    ]
    assert {values.money(s) for s in shapes} == {amount.quantize(Decimal("0.01"))}


@pytest.mark.parametrize(
    ("cell", "code"), [(-1, "money_negative"), ("12.345", "money_fine"), ("十元", "money_odd"), (1e9, "money_odd"), (float("inf"), "money_odd"), (True, "money_odd")]
)  # fmt: skip
def test_money_that_is_none_says_why(cell, code):
    with pytest.raises(BadValue, match=code):
        values.money(cell)


@pytest.mark.parametrize(
    ("cell", "month"),
    [
        ("3月", 3),
        ("2026年3月", 3),
        ("2026-03", 3),
        ("202603", 3),
        (3, 3),
        (3.0, 3),
        (date(2026, 3, 9), 3),
        ("12月份", 12),
    ],
)
def test_a_month_may_leave_out_its_year(cell, month):
    assert values.month(cell, 2026) == date(2026, month, 1)


def test_a_month_without_any_year_is_an_error():
    with pytest.raises(BadValue, match="month_year"):
        values.month("3月", None)


@pytest.mark.parametrize(
    ("cell", "name"),
    [("张 三", "张三"), ("　欧阳 明日", "欧阳明日"), ("阿依古丽·买买提", "阿依古丽·买买提"), ("John Smith", "John Smith"), ("王\x00五", "王五")],
)  # fmt: skip
def test_names_lose_their_blanks(cell, name):
    assert values.name(cell) == name


@pytest.mark.parametrize("cell", ["=1+1", "<script>", "@cmd", "张三;李四", "-2", "张" * 31])
def test_a_name_is_no_formula_and_no_markup(cell):
    with pytest.raises(BadValue):
        values.name(cell)
