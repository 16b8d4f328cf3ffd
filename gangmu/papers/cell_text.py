"""A value of a spreadsheet cell -> the text that a person sees in it."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from gangmu.papers.words import tidy

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.')
_DECIMALS = re.compile(r"0\.(0+)")


def tidy_cell(text: str) -> str:
    """Blanks at the ends (full-width ones too), control characters and the apostrophe that forces text are dropped."""
    text = re.sub(r"[\x00-\x08\x0c\x0e-\x1f]|_x000D_", "", text)
    text = tidy(text)
    return text[1:] if len(text) > 1 and text[0] == "'" and text[1] != "'" else text


def shown(value: Any, form: str = "") -> str:
    """``form``: the number format of the cell, '' when unknown. Dates become 2026年6月30日, 6.3 shown as 6.30 stays 6.30."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, (datetime, date)):
        return _day(value, form)
    if isinstance(value, time):
        return f"{value.hour}:{value.minute:02d}"
    if isinstance(value, timedelta):
        minutes = int(value.total_seconds() // 60)
        return f"{minutes // 60}:{minutes % 60:02d}"
    if isinstance(value, (int, float)):
        return _number(float(value), _QUOTED.sub("", form.split(";")[0]))
    return str(value)


def _day(value: date, form: str) -> str:
    """A format without a day (2026年6月) says a month: the first of it is only how the sheet stores it."""
    plain = _QUOTED.sub("", form.split(";")[0]).lower()
    if plain and "d" not in plain and "y" in plain and value.day == 1:
        return f"{value.year}年{value.month}月" if "m" in plain else f"{value.year}年"
    text = f"{value.year}年{value.month}月{value.day}日"
    if isinstance(value, datetime) and (value.hour or value.minute):
        text += f" {value.hour}:{value.minute:02d}"
    return text


def _number(value: float, form: str) -> str:
    decimals = _DECIMALS.search(form)
    places = min(len(decimals[1]), 12) if decimals else 0
    if form.rstrip().endswith("%"):
        return f"{value * 100:.{places}f}%"
    if places and "E" not in form.upper():
        return f"{value:.{places}f}"
    if value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return repr(value)
