"""The same workbook with the faulty cells marked, the reason in a comment, and a sheet that lists all of it.

An .xlsx keeps its formatting; an .xls comes back as .xlsx made from its values. Formulas come back as the values they had:
what was read is what is shown, and nothing in the copy computes, reaches out or starts anything.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils.exceptions import InvalidFileException

from gangmu.papers.errors import N_, Unreadable
from gangmu.papers.roster import letter
from gangmu.papers.roster_open import LIST_NAME, Book, RawSheet
from gangmu.papers.roster_values import text

AUTHOR = N_("纲目")
HEADS = (N_("行"), N_("列"), N_("原来的内容"), N_("问题"), N_("要不要改"))
LEVELS = {"error": N_("要改"), "note": N_("看一眼")}
FILLS = {"error": PatternFill("solid", fgColor="F9D5DC"), "note": PatternFill("solid", fgColor="FBF0D6")}
MOST_COMMENT = 800


@dataclass(frozen=True)
class Mark:
    """``line`` from 1, ``column`` from 0 (-1: the whole row); ``level`` error | note."""

    line: int
    column: int
    reason: str
    level: str = "error"


def marked_copy(data: bytes, book: Book, sheet: RawSheet, marks: Iterable[Mark]) -> bytes:
    """The returned file. Raises ``Unreadable`` when the original cannot be opened for writing."""
    work = _opened(data, book)
    if LIST_NAME in work.sheetnames:
        del work[LIST_NAME]
    target = work[sheet.name]
    found = sorted(marks, key=lambda m: (m.line, m.column))
    _forget(target)
    _mark(target, found)
    _list(work, sheet, found)
    work.active = work.sheetnames.index(sheet.name)
    out = io.BytesIO()
    work.save(out)
    return out.getvalue()


def _opened(data: bytes, book: Book) -> Any:
    if book.form != "xlsx":
        return _from_values(book)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of extensions that it drops
            work = load_workbook(io.BytesIO(data), keep_vba=False, keep_links=False)
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
    ):
        return _from_values(book)  # read well enough to be a list, not well enough to be kept as it is
    rows = {s.name: s.rows for s in book.sheets}
    for sheet in work.worksheets:
        _values_for_formulas(sheet, rows.get(sheet.title, []))
    work.defined_names.clear()
    return work


def _values_for_formulas(sheet: Any, rows: list[list[Any]]) -> None:
    for line in sheet.iter_rows():
        for cell in line:
            if cell.data_type == "f":
                row = rows[cell.row - 1] if cell.row <= len(rows) else []
                _put(cell, row[cell.column - 1] if cell.column <= len(row) else None)


def _put(cell: Any, value: Any) -> None:
    """A value that is never a formula: text stays text, whatever it starts with."""
    if value is None or value == "":
        cell.value = None
    elif isinstance(value, str):
        cell.value = text(value) or None
        if cell.value is not None:
            cell.data_type = "s"
            if value[:1] in "=+-@\t":
                cell.quotePrefix = True
    else:
        cell.value = value


def _from_values(book: Book) -> Any:
    work = Workbook()
    work.remove(work.active)
    for sheet in book.sheets:
        made = work.create_sheet(_title(sheet.name, work.sheetnames))
        sheet.name = made.title
        for n, row in enumerate(sheet.rows, start=1):
            for at, value in enumerate(row, start=1):
                if value not in (None, ""):
                    _put(made.cell(n, at), value)
    if not work.sheetnames:
        raise Unreadable("empty")
    return work


def _title(name: str, taken: list[str]) -> str:
    flat = "".join("_" if c in "[]:*?/\\" else c for c in name)[:28] or "Sheet"
    return flat if flat not in taken else f"{flat}{len(taken)}"


def _forget(sheet: Any) -> None:
    """Marks of an earlier copy: our comments, and the fill under them."""
    for line in sheet.iter_rows():
        for cell in line:
            if cell.comment is not None and cell.comment.author == AUTHOR:
                cell.comment = None
                if cell.fill.fgColor.rgb in {f"00{f.fgColor.rgb[-6:]}" for f in FILLS.values()} | {
                    f.fgColor.rgb for f in FILLS.values()
                }:
                    cell.fill = PatternFill()


def _mark(sheet: Any, marks: list[Mark]) -> None:
    said: dict[tuple[int, int], list[Mark]] = defaultdict(list)
    for mark in marks:
        said[mark.line, max(mark.column, 0) + 1].append(mark)
    for (line, column), here in said.items():
        cell = _anchor(sheet, line, column)
        reason = "\n".join(m.reason for m in here)[:MOST_COMMENT]
        before = f"{cell.comment.text}\n" if cell.comment else ""
        cell.comment = Comment(before + reason, AUTHOR, height=90, width=240)
        cell.fill = FILLS["error" if any(m.level == "error" for m in here) else "note"]


def _anchor(sheet: Any, line: int, column: int) -> Any:
    """The cell, or the first of the merged cells that it lies in: only that one can carry a comment."""
    cell = sheet.cell(line, column)
    if type(cell).__name__ != "MergedCell":
        return cell
    for area in sheet.merged_cells.ranges:
        if cell.coordinate in area:
            return sheet.cell(area.min_row, area.min_col)
    return cell


def _list(work: Any, sheet: RawSheet, marks: list[Mark]) -> None:
    made = work.create_sheet(LIST_NAME)
    for at, head in enumerate(HEADS, start=1):
        made.cell(1, at, head).font = Font(bold=True)
    for n, mark in enumerate(marks, start=2):
        row = sheet.rows[mark.line - 1] if mark.line <= len(sheet.rows) else []
        was = row[mark.column] if 0 <= mark.column < len(row) else ""
        values = (
            mark.line,
            letter(mark.column) if mark.column >= 0 else "",
            text(was),
            mark.reason,
            LEVELS[mark.level],
        )
        for at, value in enumerate(values, start=1):
            _put(made.cell(n, at), value)
            made.cell(n, at).alignment = Alignment(wrap_text=True, vertical="top")
    for column, width in zip("ABCDE", (6, 6, 24, 52, 10), strict=True):
        made.column_dimensions[column].width = width
    made.freeze_panes = "A2"
