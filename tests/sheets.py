"""Workbooks for tests: written by hand, so that each says what it is about."""

import io
from datetime import date
from typing import Any

import xlsxwriter


def workbook(*sheets: list[list[Any]], names: list[str] | None = None, merges: dict[int, list[str]] | None = None,
             hidden: tuple[int, ...] = ()) -> bytes:  # fmt: skip
    """One sheet a list of rows. Dates become dates, text stays text. ``merges``: sheet → ranges as in Excel."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "nan_inf_to_errors": True}
    )
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for number, rows in enumerate(sheets):
        sheet = book.add_worksheet(names[number] if names else None)
        for area in (merges or {}).get(number, []):
            sheet.merge_range(area, "")
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if isinstance(value, date):
                    sheet.write_datetime(r, c, value, day)
                elif isinstance(value, str):
                    sheet.write_string(r, c, value)
                elif value is not None:
                    sheet.write(r, c, value)
        if number in hidden:
            sheet.hide()
    if 0 in hidden and len(sheets) > 1:
        book.worksheets()[1].activate()
    book.close()
    return out.getvalue()
