"""Days that papers name instead of dating: fixed ones by rule, lunar ones by table (checked in the tests)."""

from __future__ import annotations

from datetime import date, timedelta

FIXED = {
    "元旦": (1, 1), "三八": (3, 8), "妇女节": (3, 8), "五一": (5, 1), "劳动节": (5, 1), "五四": (5, 4),
    "青年节": (5, 4), "六一": (6, 1), "七一": (7, 1), "建党节": (7, 1), "八一": (8, 1), "建军节": (8, 1),
    "教师节": (9, 10), "十一": (10, 1), "国庆": (10, 1), "国庆节": (10, 1), "宪法日": (12, 4),
}  # fmt: skip
_LUNAR = {
    "春节": "2015-02-19 2016-02-08 2017-01-28 2018-02-16 2019-02-05 2020-01-25 2021-02-12 2022-02-01 2023-01-22 "
    "2024-02-10 2025-01-29 2026-02-17 2027-02-06 2028-01-26 2029-02-13 2030-02-03 2031-01-23 2032-02-11",
    "端午": "2015-06-20 2016-06-09 2017-05-30 2018-06-18 2019-06-07 2020-06-25 2021-06-14 2022-06-03 2023-06-22 "
    "2024-06-10 2025-05-31 2026-06-19 2027-06-09 2028-05-28 2029-06-16 2030-06-05 2031-06-24 2032-06-12",
    "中秋": "2015-09-27 2016-09-15 2017-10-04 2018-09-24 2019-09-13 2020-10-01 2021-09-21 2022-09-10 2023-09-29 "
    "2024-09-17 2025-10-06 2026-09-25 2027-09-15 2028-10-03 2029-09-22 2030-09-12 2031-10-01 2032-09-19",
}
LUNAR = {
    name: {int(day[:4]): date.fromisoformat(day) for day in days.split()} for name, days in _LUNAR.items()
}
NAMES = sorted(
    [*FIXED, *LUNAR, "端午节", "中秋节", "清明", "清明节", "除夕", "元宵节"], key=len, reverse=True
)


_FROM_SPRING = {"除夕": -1, "元宵节": 14}


def _qingming(year: int) -> date | None:
    """The solar term 清明 of this century: 4 or 5 April by the usual formula (0.2422 days a year, from 4.81)."""
    if not 2000 <= year <= 2099:
        return None
    n = year % 100
    return date(year, 4, int(n * 0.2422 + 4.81) - n // 4)


def festival(name: str, year: int) -> date | None:
    """The day of a named festival in a year; None when the table does not reach."""
    if name in FIXED:
        return date(year, *FIXED[name])
    if name.startswith("清明"):
        return _qingming(year)
    if name in _FROM_SPRING:
        spring = LUNAR["春节"].get(year)
        return spring + timedelta(days=_FROM_SPRING[name]) if spring else None
    return LUNAR.get(name.removesuffix("节") if name != "春节" else name, {}).get(year)
