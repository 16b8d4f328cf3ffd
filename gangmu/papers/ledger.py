"""A list as an Excel ledger: typed cells, a frozen head with filters, set up for print. Pure: rows in, .xlsx out."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import xlsxwriter

from gangmu.papers.errors import N_
from gangmu.papers.grid import printable

LONGEST = 32_767  # characters of a cell


@dataclass(frozen=True)
class Column:
    """``width`` in characters of Excel's default face; ``words``: the fixed words of the column, offered as a list."""

    head: str
    width: int = 14
    words: tuple[str, ...] = ()


def write_ledger(
    title: str, columns: list[Column], rows: Iterable[Iterable[Any]], *, facts: str = ""
) -> bytes:
    """The workbook. Dates become dates, numbers numbers; text is always text, whatever it starts with.

    ``facts``: one line under the title, such as the filters in force.
    """
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet()
    faces = {
        "title": book.add_format({"bold": True, "font_size": 16, "align": "center"}),
        "facts": book.add_format({"font_size": 10, "font_color": "#484d53"}),
        "head": book.add_format({"bold": True, "border": 1, "bg_color": "#efede7", "text_wrap": True, "valign": "vcenter"}),
        "cell": book.add_format({"border": 1, "text_wrap": True, "valign": "top"}),
        "moment": book.add_format({"border": 1, "num_format": "yyyy-mm-dd hh:mm", "valign": "top", "align": "left"}),
        "day": book.add_format({"border": 1, "num_format": "yyyy-mm-dd", "valign": "top", "align": "left"}),
    }  # fmt: skip
    last = len(columns) - 1
    sheet.merge_range(0, 0, 0, max(last, 1), title, faces["title"])
    sheet.write_string(1, 0, facts, faces["facts"])
    for number, column in enumerate(columns):
        sheet.set_column(number, number, column.width)
        sheet.write_string(2, number, column.head, faces["head"])
    end = 2
    for end, row in enumerate(rows, start=3):
        for number, value in enumerate(row):
            _cell(sheet, end, number, value, faces)
    for number, column in enumerate(columns):
        _offer(sheet, number, column, max(end, 3))
    sheet.autofilter(2, 0, max(end, 3), last)
    sheet.freeze_panes(3, 0)
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    sheet.print_area(0, 0, end, last)
    sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
    sheet.center_horizontally()
    sheet.set_footer("&L&9" + title.replace("&", "&&")[:100] + "&R&9&P / &N")
    book.close()
    return out.getvalue()


def _offer(sheet: Any, number: int, column: Column, end: int) -> None:
    """A list to choose from where a column has fixed words. Excel takes lists of at most 255 characters."""
    if column.words and len(",".join(column.words)) <= 255 and not any("," in word for word in column.words):
        rule = {
            "validate": "list", "source": list(column.words), "error_type": "warning",
            "error_title": column.head[:32], "error_message": N_("请从列表里选。"),
        }  # fmt: skip
        sheet.data_validation(3, number, end, number, rule)


def _cell(sheet: Any, row: int, column: int, value: Any, faces: dict[str, Any]) -> None:
    value = _plain(value)
    if value is None or value == "":
        sheet.write_blank(row, column, None, faces["cell"])
    elif isinstance(value, datetime):
        sheet.write_datetime(row, column, value, faces["moment"])
    elif isinstance(value, date):
        sheet.write_datetime(row, column, value, faces["day"])
    elif isinstance(value, (int, float)) and not isinstance(value, bool):
        sheet.write_number(row, column, value, faces["cell"])
    else:
        sheet.write_string(row, column, value[:LONGEST], faces["cell"])


def _plain(value: Any) -> Any:
    """A date, a number or text without what a sheet cannot hold."""
    if isinstance(value, datetime):
        return value.replace(tzinfo=None)
    if value is None or isinstance(value, (date, int, float)) and not isinstance(value, bool):
        return value
    return float(value) if isinstance(value, Decimal) else printable(str(value))
