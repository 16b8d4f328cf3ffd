"""A workbook -> the bare rows of its visible sheets, guarded against what hostile files do to a reader.

python-calamine makes a dense table from the first to the last filled cell and copies a shared string into every cell
that names it; both are bounded here before it is asked.
"""

from __future__ import annotations

import io
import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

import python_calamine

from gangmu.papers.errors import N_, Unreadable
from gangmu.papers.secrecy import marked
from gangmu.papers.sheet_in import read_apart
from gangmu.papers.zipsafe import MAX_FILE, Package

MAX_OLE = 20 * 1024 * 1024  # bytes of an .xls; its cells are bounded by the format itself
MAX_ROWS = 50_000
MAX_COLUMNS = 200
MAX_CELLS = 3_000_000
MAX_SHEETS = 100
MAX_TEXT = 100 * 1024 * 1024  # bytes of all strings after sharing is undone
LIST_NAME = N_("问题清单")  # the sheet that the returned copy adds; never read back
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FILLED = re.compile(
    rb"""<(?:\w+:)?c\s[^>]*?\br\s*=\s*["']\$?([A-Z]{1,4})\$?(\d{1,9})["'](?:[^>]*[^/>])?>""", re.I
)
_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\br\s*=\s*["'](\d{1,9})["']""", re.I)
_NAMELESS = re.compile(rb"""<(?:\w+:)?c(?:\s(?![^>]*\br\s*=)[^>]*)?>""", re.I)
_DOCTYPE = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.I)
_SHARED = re.compile(rb"<(?:\w+:)?si(?:\s[^>]*)?>(.*?)</(?:\w+:)?si>", re.S)
_USE = re.compile(rb"""\bt\s*=\s*["']s["'][^>]*>\s*<(?:\w+:)?v[^>]*>(\d{1,9})<""")


@dataclass
class RawSheet:
    """Rows from the first of the sheet on: row ``n`` of ``rows`` is line ``n + 1`` in Excel."""

    index: int
    name: str
    rows: list[list[Any]]


@dataclass
class Book:
    """``form`` is xlsx | xls. ``left``: (sheet, why) of those that were not read."""

    form: str
    sheets: list[RawSheet] = field(default_factory=list)
    left: list[tuple[str, str]] = field(default_factory=list)


WHY_LEFT = {
    "hidden": N_("隐藏的工作表，没有读"), "empty": N_("空表"), "own": N_("上次导出的问题清单，不用读"), "chart": N_("不是表格"),
}  # fmt: skip


def open_book(data: bytes, name: str) -> Book:
    """The visible sheets with something in them. Raises ``Unreadable`` for everything else."""
    if len(data) > MAX_FILE:
        raise Unreadable("too_large")
    if not data.strip(b"\x00 \r\n\t"):
        raise Unreadable("empty")
    form = _guard(data, name)
    try:
        with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as work:
            book = _sheets(work, form)
    except (
        python_calamine.CalamineError,
        OSError,
        ValueError,
        TypeError,
        IndexError,
        KeyError,
        OverflowError,
    ) as problem:
        raise Unreadable("corrupt", type(problem).__name__) from None
    except BaseException as problem:  # a panic inside the reader is no Exception
        if type(problem).__name__ != "PanicException":
            raise
        raise Unreadable("corrupt", "panic") from None
    if not book.sheets:
        raise Unreadable("empty")
    head = [
        str(cell)
        for sheet in book.sheets
        for row in sheet.rows[:10]
        for cell in row[:12]
        if isinstance(cell, str)
    ]
    if marked([(line, "p") for line in head]) or any(marked([(line, "p")]) for line in head[20:]):
        raise Unreadable("secret")
    return book


def _guard(data: bytes, name: str) -> str:
    """xlsx | xls, after the sizes were looked at."""
    if data.startswith(b"PK"):
        _guard_zip(Package(data))
        return "xlsx"
    if data.startswith(_OLE) and PurePath(name).suffix.lower() not in (".doc", ".wps", ".ppt"):
        if len(data) > MAX_OLE:
            raise Unreadable("too_large")
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise Unreadable("password")
        read_apart(data)
        return "xls"
    raise Unreadable("wrong_sheet")


def _guard_zip(package: Package) -> None:
    if not any(n.startswith("xl/") for n in package.names):
        raise Unreadable("wrong_sheet")
    uses: Counter[bytes] = Counter()
    strings: list[int] = []
    for part in package.names:
        if not part.endswith((".xml", ".rels")):
            continue
        body = package.read(part)
        if _DOCTYPE.search(body[:4096].replace(b"\x00", b"")) or b"<!DOCTYPE" in body or b"<!ENTITY" in body:
            raise Unreadable("entity", part)
        if part.startswith("xl/worksheets/"):
            _guard_extent(body)
            uses.update(_USE.findall(body))
        elif part.lower().endswith("sharedstrings.xml"):
            strings = [len(s) for s in _SHARED.findall(body)]
    if sum(strings[int(i)] * n for i, n in uses.items() if int(i) < len(strings)) > MAX_TEXT:
        raise Unreadable("bomb", "strings")


def _guard_extent(body: bytes) -> None:
    """Filled cells only: a far cell that has a format and nothing in it is no harm."""
    cells = _FILLED.findall(body)
    rows = [int(row) for _column, row in cells]
    columns = {column.upper() for column, _row in cells}
    if _NAMELESS.search(body):
        rows += [int(row) for row in _ROW.findall(body)]
    if max(rows, default=0) > MAX_ROWS or max(map(_column_number, columns), default=0) > MAX_COLUMNS:
        raise Unreadable("sheet_size")


def _column_number(letters: bytes) -> int:
    value = 0
    for c in letters:
        value = value * 26 + c - 64
    return value


def _sheets(work: Any, form: str) -> Book:
    book = Book(form)
    cells = 0
    for index, meta in enumerate(work.sheets_metadata[:MAX_SHEETS]):
        why = _left(meta)
        if why:
            book.left.append((meta.name, why))
            continue
        sheet = work.get_sheet_by_index(index)
        if sheet.end is None:
            book.left.append((meta.name, "empty"))
            continue
        last_row, last_column = sheet.end
        cells += (last_row + 1) * (last_column + 1)
        if last_row >= MAX_ROWS or last_column >= MAX_COLUMNS or cells > MAX_CELLS:
            raise Unreadable("sheet_size")
        book.sheets.append(RawSheet(index, meta.name, sheet.to_python(skip_empty_area=False)))
    return book


def _left(meta: Any) -> str:
    if meta.typ != python_calamine.SheetTypeEnum.WorkSheet:
        return "chart"
    if meta.visible != python_calamine.SheetVisibleEnum.Visible:
        return "hidden"
    return "own" if meta.name == LIST_NAME else ""
