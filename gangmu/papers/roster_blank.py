"""An empty list to be filled in: the header that the reader knows, choices where the words are fixed."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence

import xlsxwriter

from gangmu.papers.errors import N_
from gangmu.papers.roster_words import FIELDS, KIND_HEADS

LINES = 2000  # rows that have choices
CHOICES_NAME = N_("可选项")
HINTS = {
    "people": N_("有工号的写工号，同名的人靠工号或部门分清。本表不用填身份证号和电话。"),
    "departments": N_("简称、曾用名有几个的，用顿号隔开。分管领导要先在任职名单里。"),
    "posts": N_("一格里可以写几个职务，用顿号隔开。部门正职写“主任”，并写明部门。"),
    "members": N_("日期写成 1998-07-01 或 1998年7月。延长预备期的在备注里写明。"),
    "dues": N_("一人一月一行；也可以把月份写成列（1月、2月……），格里写实缴。"),
}
WIDTHS = {"day": 14, "money": 12, "month": 12, "name": 12, "number": 12}


def blank(kind: str, choices: Mapping[str, Sequence[str]], translate: Callable[[str], str] = str) -> bytes:
    """``choices``: field code -> the words that may stand in its column."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    )
    title = book.add_format({"bold": True, "font_size": 15, "align": "center", "valign": "vcenter"})
    hint = book.add_format({"font_color": "#62676c", "text_wrap": True, "valign": "vcenter"})
    head = book.add_format(
        {"bold": True, "border": 1, "bg_color": "#efede7", "align": "center", "valign": "vcenter"}
    )
    must = book.add_format(
        {
            "bold": True,
            "border": 1,
            "bg_color": "#efede7",
            "font_color": "#9d1535",
            "align": "center",
            "valign": "vcenter",
        }
    )
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    words = book.add_format({"num_format": "@"})
    sheet = book.add_worksheet(translate(KIND_HEADS[kind]))
    fields = FIELDS[kind]
    sheet.merge_range(0, 0, 0, len(fields) - 1, translate(KIND_HEADS[kind]), title)
    sheet.merge_range(
        1, 0, 1, len(fields) - 1, translate(N_("红字的列必填。")) + translate(HINTS[kind]), hint
    )
    sheet.set_row(0, 28)
    sheet.set_row(1, 34)
    for at, field in enumerate(fields):
        form = day if field.kind == "day" else words if field.kind in ("number", "month") else None
        sheet.set_column(at, at, WIDTHS.get(field.kind, 18), form)
        sheet.write_string(2, at, translate(field.head), must if field.need else head)
    _choices(book, sheet, kind, choices, translate)
    sheet.freeze_panes(3, 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    book.close()
    return out.getvalue()


def _choices(
    book, sheet, kind: str, choices: Mapping[str, Sequence[str]], translate: Callable[[str], str]
) -> None:  # type: ignore[no-untyped-def]
    """Validation lists on a hidden sheet; a warning, never a wall: the reader says what is wrong."""
    given = [(at, f, choices[f.code]) for at, f in enumerate(FIELDS[kind]) if choices.get(f.code)]
    if not given:
        return
    place = book.add_worksheet(translate(CHOICES_NAME))
    place.hide()
    for column, (at, field, said) in enumerate(given):
        place.write_string(0, column, field.head)
        place.write_column(1, column, list(said))
        letters = chr(65 + column)
        sheet.data_validation(
            3, at, 2 + LINES, at,
            {"validate": "list", "source": f"='{translate(CHOICES_NAME)}'!${letters}$2:${letters}${len(said) + 1}",
             "error_type": "warning", "error_title": translate(N_("不在可选项里")),
             "error_message": translate(N_("可以照写，导入时会核对。"))},
        )  # fmt: skip
