"""Excel -> paragraphs: one table a visible sheet, its name before it, titles above the header as lines of their own.

A workbook is never trusted: an .xlsx is opened through the safe door, measured, and handed to the reader of cells as a
package rebuilt from the few parts that hold values. Macros, links to other files and pictures are not even copied.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

import python_calamine as calamine

from gangmu.papers import biff
from gangmu.papers.cell_text import shown, tidy_cell
from gangmu.papers.errors import N_, Unreadable
from gangmu.papers.model import Cell, Paragraph
from gangmu.papers.sheet_parts import Layout, layouts
from gangmu.papers.tables import header_score
from gangmu.papers.words import squeeze
from gangmu.papers.zipsafe import MAX_PART, MAX_TOTAL, Package

MAX_BOX = 2_000_000  # cells of the rectangle that holds a sheet's values
MAX_CELLS = 300_000  # cells with text, all sheets together
TIMEOUT = 30  # seconds for an old workbook
MAX_SPANS = 400_000  # cells covered by merges, a sheet
_KEPT = re.compile(
    r"^(?:\[Content_Types\]\.xml|_rels/\.rels|xl/(?:_rels/)?workbook\.xml(?:\.rels)?|xl/sharedStrings\.xml|xl/styles\.xml|xl/worksheets/[^/]+\.xml)$",
    re.IGNORECASE,
)
_FOOT = re.compile(r"^(?:注|备注|说明|填表(?:人|说明)|填报人|审核人?|制表人?|联系人|联系电话)\s*[:：\d]")
_TOP = 12  # rows in which a header is looked for
T = TypeVar("T")
Row = tuple[int, dict[int, str]]  # row of the sheet, column -> text


@dataclass
class Sheet:
    """The texts of a sheet by its own rows and columns from 0, and what is merged: (top, left, bottom, right)."""

    name: str
    rows: list[Row]
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Sheet:
        """From JSON, where keys are text and tuples are lists."""
        rows = [(r, {int(c): text for c, text in texts.items()}) for r, texts in plain["rows"]]
        return cls(plain["name"], rows, [(a, b, c, d) for a, b, c, d in plain["merges"]])


Read = tuple[list[Sheet], list[str]]


def paragraphs(data: bytes) -> tuple[list[Paragraph], list[str]]:
    """A workbook -> (paragraphs, warnings). Raises Unreadable."""
    sheets, warnings = _old(data) if not data.startswith(b"PK") else _new(data)
    out: list[Paragraph] = []
    for number, sheet in enumerate(sheets):
        _write(sheet, number, out)
        if len(out) > MAX_CELLS:
            raise Unreadable("sheet_size", sheet.name)
    return out, warnings


def _new(data: bytes) -> Read:
    package = Package(data)
    found = layouts(package)
    if not found:
        raise Unreadable("wrong_type")
    bounded(found)
    return read_sheets(_rebuilt(package), found)


def _old(data: bytes) -> Read:
    told = read_apart(data)
    return [Sheet.of(row) for row in told["sheets"]], told["warnings"]


def read_apart(data: bytes) -> dict[str, Any]:
    """An old workbook in a process of its own: the reader of cells believes its counts, and ends the process when they lie.

    What comes back without Unreadable can be opened again without harm. Used for every old workbook, whatever is read of it.
    """
    bounded(biff.layouts(data))
    command = [sys.executable, "-I", "-m", "gangmu.papers.old_sheets"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=TIMEOUT, check=False)  # noqa: S603 - fixed program
    except subprocess.TimeoutExpired as error:
        raise Unreadable("timeout") from error
    try:
        told: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"code": "corrupt_sheet"}
    except ValueError as error:
        raise Unreadable("corrupt_sheet") from error
    if "code" in told:
        raise Unreadable(told["code"], f"exit {done.returncode}")
    return told


def bounded(found: Iterable[Layout]) -> None:
    """Refuse a sheet whose values span too large a rectangle, before anything is laid out in memory."""
    if any(layout.box > MAX_BOX for layout in found):
        raise Unreadable("sheet_size")


def _rebuilt(package: Package) -> bytes:
    """Only the parts that hold values, each read through the safe door: what was checked is what is opened."""
    target, total = io.BytesIO(), 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as made:
        for name in dict.fromkeys(package.names):
            if not _KEPT.match(name):
                continue
            part = package.read(name)
            total += len(part)
            if len(part) > MAX_PART or total > MAX_TOTAL:
                raise Unreadable("bomb", name)
            made.writestr(name, part)
    return target.getvalue()


def _guarded(call: Callable[[], T]) -> T:
    """What the reader of cells says in its own way, said in ours; it is foreign code and may panic on damage."""
    try:
        return call()
    except calamine.PasswordError as error:
        raise Unreadable("password") from error
    except Unreadable:
        raise
    except (KeyboardInterrupt, SystemExit, MemoryError):
        raise
    except BaseException as error:  # a panic is no Exception
        raise Unreadable("corrupt_sheet", str(error)[:200]) from error


def read_sheets(data: bytes, found: list[Layout]) -> Read:
    """The visible sheets of a measured workbook, and what is said of the rest."""
    warnings: list[str] = []
    book = _guarded(lambda: calamine.load_workbook(io.BytesIO(data)))
    out, hidden = [], []
    by_name = {layout.name: layout for layout in found if layout.name}
    metas = _guarded(lambda: list(book.sheets_metadata))
    for i, meta in enumerate(metas):
        if not by_name and len(metas) == len(found):  # an old workbook is measured in the order of its sheets
            found[i].name = meta.name
        if meta.typ != calamine.SheetTypeEnum.WorkSheet:
            continue
        if meta.visible != calamine.SheetVisibleEnum.Visible:
            hidden.append(meta.name)
            continue
        layout = by_name.get(meta.name) or (found[i] if not by_name and i < len(found) else Layout(meta.name))
        sheet = _guarded(lambda name=meta.name, layout=layout: _read(book, name, layout))  # type: ignore[misc]
        if sheet.rows:
            out.append(sheet)
            warnings.extend(layout.warnings())
    if hidden:
        warnings.append(N_("隐藏的工作表没有读入：%s。") % "、".join(hidden))
    return out, warnings


def _read(book: calamine.CalamineWorkbook, name: str, layout: Layout) -> Sheet:
    sheet = book.get_sheet_by_name(name)
    if sheet.start is None or sheet.total_height * sheet.total_width > MAX_BOX:
        if sheet.start is None:
            return Sheet(name, [])
        raise Unreadable("sheet_size", name)
    top, left = sheet.start
    rows: list[Row] = []
    for r, values in enumerate(sheet.to_python(), start=top):
        if r in layout.hidden_rows:
            continue
        texts = {
            c: text
            for c, value in enumerate(values, start=left)
            if c not in layout.hidden_columns
            and (text := tidy_cell(shown(value, layout.formats.get((r, c), ""))))
        }
        if texts:
            rows.append((r, texts))
    merges = [(a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or []]
    return Sheet(name, rows, merges)


def _write(sheet: Sheet, number: int, out: list[Paragraph]) -> None:
    """The name, the lines above the header, the table with what is empty squeezed out, the lines below it."""
    out.append(Paragraph(len(out) + 1, sheet.name, "sheet"))
    wide = _merged_cells(sheet)
    above = _above(sheet.rows)
    below = _below(sheet.rows, above)
    for position, (r, texts) in enumerate(sheet.rows[:above]):
        for c, text in texts.items():
            centred = len(texts) == 1 and position == 0 and (c == 0 or (r, c) in wide or len(sheet.rows) > 1)
            out.append(Paragraph(len(out) + 1, text, centred=centred))
    _table(sheet, sheet.rows[above:below], wide, number, out)
    for _r, texts in sheet.rows[below:]:
        out.extend(Paragraph(n, text) for n, text in enumerate(texts.values(), start=len(out) + 1))


def _table(
    sheet: Sheet,
    rows: list[Row],
    wide: dict[tuple[int, int], tuple[int, int]],
    number: int,
    out: list[Paragraph],
) -> None:
    numbers = [r for r, _ in rows]
    columns = sorted({c for _, texts in rows for c in texts})
    if not columns:
        return
    place = {c: i for i, c in enumerate(columns)}
    left = MAX_SPANS
    for r, (row, texts) in enumerate(rows):
        for c in sorted(texts):
            bottom, right = wide.get((row, c), (row, c))
            high = bisect_right(numbers, bottom) - bisect_left(numbers, row)
            across = bisect_right(columns, right) - bisect_left(columns, c)
            left -= high * across
            high, across = (high, across) if left >= 0 else (1, 1)
            cell = Cell(number, r, place[c], max(high, 1), max(across, 1))
            out.append(Paragraph(len(out) + 1, texts[c], "cell", cell))


def _merged_cells(sheet: Sheet) -> dict[tuple[int, int], tuple[int, int]]:
    """First cell of a merge -> its last cell."""
    return {(top, left): (bottom, right) for top, left, bottom, right in sheet.merges}


def _above(rows: list[Row]) -> int:
    """How many rows stand above the header: titles, 填报单位, 填报时间. None when no header is found."""
    best, where = 1, 0
    for i, (_r, texts) in enumerate(rows[:_TOP]):
        score = header_score(texts.values())
        if score > best:
            best, where = score, i
    return where


def _below(rows: list[Row], above: int) -> int:
    """Where the rows under the table begin: 注：…, 填表人：… alone in their row at the very end."""
    end = len(rows)
    while end > above + 1 and all(_FOOT.match(squeeze(t)) for t in rows[end - 1][1].values()):
        end -= 1
    return end


def names_of(source: Iterable[Paragraph]) -> list[str]:
    """The names of the sheets read, in order."""
    return [p.text for p in source if p.kind == "sheet"]
