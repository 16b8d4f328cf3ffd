"""The sheet that goes along on a visit without network: items and promises out, both effects and findings back.

Pure: plain lines in, .docx or .xlsx out; a filled file in, plain rows out. Every line carries a code that the caller
gives and judges; nothing here knows what stands behind it.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import docx
import openpyxl
import xlsxwriter
from docx.document import Document as Docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from openpyxl.utils.exceptions import InvalidFileException

from gangmu.papers.docx_in import paragraphs
from gangmu.papers.errors import N_, Unreadable
from gangmu.papers.secrecy import marked
from gangmu.papers.words import squeeze, tidy
from gangmu.papers.zipsafe import Package, parse_xml

MAX_FILE = 5 * 1024 * 1024  # bytes as sent
MAX_XML = 20 * 1024 * 1024  # bytes of all parts of a workbook
MAX_ROWS, MAX_COLUMNS = 2000, 60
# field → the words before it; the first five are printed, the rest are filled in.
PRINTED = {
    "code": N_("编号"), "item": N_("业务事项"), "department": N_("牵头部门"), "way": N_("绑着的切入点"), "expected": N_("当初期望"),
}  # fmt: skip
FILLED = {
    "business_effect": N_("业务实效"), "party_effect": N_("党建实效"), "grade": N_("比照期望"), "finding": N_("发现的问题"),
    "side": N_("哪一头"), "cause": N_("原因"), "owner": N_("整改部门"), "due": N_("整改期限"),
}  # fmt: skip
HEADS = PRINTED | FILLED
FIELD = {squeeze(word): name for name, word in HEADS.items()}
HOW = N_(
    "两头的实效都写，才算查过；没查的一条空着。发现问题的，写问题、哪一头、原因、整改部门和期限，没有就不填。编号不要改。不写案号和当事人。"
)
FORMULA = N_("“%s”一格里是公式。请改成文字。")
_TICK = "√✓✔☑■☒●"
_BOX = "□☐"


@dataclass(frozen=True)
class Line:
    """One item to be looked at, and what is written of it already."""

    code: str
    item: str
    department: str
    way: str
    expected: str
    business_effect: str = ""
    party_effect: str = ""
    grade: str = ""


@dataclass(frozen=True)
class Blank:
    """A sheet to go out. ``grades``, ``sides`` and ``owners`` are the words that may be chosen."""

    title: str
    facts: str
    lines: tuple[Line, ...]
    grades: tuple[str, ...]
    sides: tuple[str, ...]
    owners: tuple[str, ...] = ()


@dataclass
class Row:
    """A line that came back; ``problems`` are sentences about what could not be read."""

    code: str = ""
    item: str = ""
    business_effect: str = ""
    party_effect: str = ""
    grade: str = ""
    finding: str = ""
    side: str = ""
    cause: str = ""
    owner: str = ""
    due: str = ""
    problems: list[str] = field(default_factory=list)


class NoSheet(Exception):
    """A readable file that is no such sheet. ``message`` says so."""

    def __init__(self, message: str) -> None:
        self.message = message
        super().__init__(message)


# ---- out ----


def to_xlsx(blank: Blank) -> bytes:
    """One row a line; what is printed is locked (no password), what is chosen has a list."""
    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(out, options)
    sheet = book.add_worksheet()
    face = {"border": 1, "text_wrap": True, "valign": "top"}
    title = book.add_format({"bold": True, "font_size": 16})
    head = book.add_format({**face, "bold": True, "bg_color": "#efede7"})
    printed = book.add_format({**face, "font_color": "#484d53", "bg_color": "#f6f5f1"})
    open_cell = book.add_format({**face, "locked": False, "num_format": "@"})
    day_cell = book.add_format({**face, "locked": False, "num_format": "yyyy-mm-dd"})
    sheet.write_string(0, 0, blank.title, title)
    sheet.write_string(1, 0, blank.facts)
    sheet.write_string(2, 0, HOW)
    widths = (12, 16, 11, 17, 18, 24, 24, 9, 20, 6, 12, 11, 11)  # together readable on A4 across
    for column, (word, width) in enumerate(zip(HEADS.values(), widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(3, column, word, head)
    for number, line in enumerate(blank.lines, start=4):
        sheet.set_row(number, 96)
        for column, name in enumerate(HEADS):
            shape = printed if name in PRINTED else day_cell if name == "due" else open_cell
            _text(sheet, number, column, getattr(line, name, ""), shape)
    _choices(sheet, blank)
    sheet.freeze_panes(4, 2)
    sheet.protect("", {"format_cells": True, "format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.set_paper(9)  # A4: what every office prints
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C&P / &N")
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(3)
    book.close()
    return out.getvalue()


def _text(sheet: Any, row: int, column: int, value: str, shape: Any) -> None:
    if value:
        sheet.write_string(row, column, value, shape)
    else:
        sheet.write_blank(row, column, None, shape)


def _choices(sheet: Any, blank: Blank) -> None:
    """Lists to choose from, where they fit: Excel takes 255 characters."""
    names, last = list(HEADS), 4 + max(len(blank.lines), 1) - 1
    for name, words in (("grade", blank.grades), ("side", blank.sides), ("owner", blank.owners)):
        if words and len(",".join(words)) <= 255 and not any("," in w for w in words):
            column = names.index(name)
            sheet.data_validation(
                4, column, last, column, {"validate": "list", "source": list(words), "error_type": "warning"}
            )


def to_docx(blank: Blank) -> bytes:
    """One small table a line, to be filled in by hand on the computer or printed."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2)
    section.top_margin = section.bottom_margin = Cm(1.8)
    normal = document.styles["Normal"]
    normal.font.size = Pt(11)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋_GB2312")
    heading = document.add_paragraph()
    run = heading.add_run(blank.title)
    run.bold, run.font.size = True, Pt(18)
    document.add_paragraph(blank.facts)
    document.add_paragraph(HOW)
    for number, line in enumerate(blank.lines, start=1):
        _docx_line(document, number, line, blank)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _docx_line(document: Docx, number: int, line: Line, blank: Blank) -> None:
    head = document.add_paragraph()
    run = head.add_run(f"{number}. {line.item}")
    run.bold = True
    head.paragraph_format.keep_with_next = True
    head.paragraph_format.space_before = Pt(10)
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    table.autofit = False
    for column, width in zip(table.columns, (Cm(3), Cm(14)), strict=True):
        column.width = width
    tall = {"business_effect": 3, "party_effect": 3, "finding": 2}
    for name, word in HEADS.items():
        row = table.add_row()
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        left, right = row.cells
        left.width, right.width = Cm(3), Cm(14)
        left.paragraphs[0].add_run(word).bold = name in FILLED
        right.paragraphs[0].add_run(_printed_value(name, line, blank))
        row.height = Cm(0.65 * tall.get(name, 1))


def _printed_value(name: str, line: Line, blank: Blank) -> str:
    words = {"grade": blank.grades, "side": blank.sides}.get(name)
    if words is None:
        return str(getattr(line, name, ""))
    chosen = getattr(line, name, "")
    return "  ".join(("☑" if word == chosen else "□") + word for word in words)


# ---- back ----


def read(data: bytes, name: str, *, grades: Sequence[str], sides: Sequence[str]) -> list[Row]:
    """The rows of a filled sheet. Raises ``Unreadable`` (no such file) or ``NoSheet`` (no such sheet)."""
    lower = name.lower()
    if not data:
        raise Unreadable("empty")
    if len(data) > MAX_FILE:
        raise Unreadable("too_large")
    if lower.endswith(".xlsx"):
        rows = list(_xlsx_rows(data))
    elif lower.endswith(".docx"):
        rows = list(_docx_rows(data))
    else:
        raise NoSheet(N_("记录表只收 .xlsx 和 .docx。别的格式请用 Excel 或 Word 另存一份再传。"))
    if not rows:
        raise NoSheet(N_("这不是督查记录表：没有找到“编号”和“业务实效”。请用这次督查下载的表来填。"))
    for row in rows:
        _settle(row, grades, sides)
    return rows


def _settle(row: Row, grades: Sequence[str], sides: Sequence[str]) -> None:
    """Choices become one of the words, everything else tidy text."""
    for name in ("code", "item", "business_effect", "party_effect", "finding", "cause", "owner", "due"):
        setattr(row, name, tidy(getattr(row, name)))
    row.code = squeeze(row.code)
    for name, words in (("grade", grades), ("side", sides)):
        value = getattr(row, name)
        chosen = choice(value, words)
        if chosen is None:
            head = HEADS[name]
            row.problems.append(
                N_("“%(head)s”看不出选的是哪一个：%(text)s。请只留一个。")
                % {"head": head, "text": value.strip()[:30]}
            )
        setattr(row, name, chosen or "")


def choice(text: str, words: Sequence[str]) -> str | None:
    """The one word chosen; "" for none; None when it cannot be told. A ticked box wins, else the only word there."""
    flat = squeeze(text)
    if not flat:
        return ""
    if flat in words:
        return flat
    ticked = [
        w
        for w in words
        if re.search(
            rf"[{_TICK}]{re.escape(w)}|{re.escape(w)}[{_TICK}](?!{'|'.join(map(re.escape, words))})", flat
        )
    ]
    if len(ticked) == 1:
        return ticked[0]
    there = [w for w in words if w in flat]
    if not ticked and len(there) == 1:
        return there[0]
    if (
        not ticked
        and len(there) == len(words)
        and set(re.sub("|".join(map(re.escape, words)), "", flat)) <= set(_BOX)
    ):
        return ""  # the boxes as they were printed
    return None


def _xlsx_rows(data: bytes) -> Iterator[Row]:
    _check_package(data)
    try:
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=False, keep_links=False)
    except (
        InvalidFileException,
        KeyError,
        ValueError,
        TypeError,
        zipfile.BadZipFile,
        OSError,
        AttributeError,
    ) as no:
        raise Unreadable("corrupt", str(no)) from no
    for sheet in book.worksheets:
        last = min(sheet.max_row, MAX_ROWS), min(sheet.max_column, MAX_COLUMNS)
        cells = list(sheet.iter_rows(max_row=last[0], max_col=last[1]))
        texts = [str(c.value) for row in cells[:8] for c in row if c.value is not None]
        if marked([(text, "cell") for text in texts]):
            raise Unreadable("secret")
        yield from _sheet_rows(cells)


def _check_package(data: bytes) -> None:
    """No DTD, no entities, no bomb: whatever the reader of workbooks would do with them."""
    package, total = Package(data), 0
    for part in package.names:
        if part.endswith((".xml", ".rels")):
            content = package.read(part)
            total += len(content)
            if total > MAX_XML:
                raise Unreadable("bomb", part)
            parse_xml(content, part)


def _sheet_rows(rows: Iterable[Sequence[Any]]) -> Iterator[Row]:
    """Rows below the head; columns are known by their words, wherever they were moved to."""
    columns: dict[int, str] = {}
    for cells in rows:
        if not columns:
            found = {
                n: FIELD[word]
                for n, cell in enumerate(cells)
                if (word := squeeze(str(cell.value or ""))) in FIELD
            }
            if {"code", "business_effect", "party_effect"} <= set(found.values()):
                columns = found
            continue
        row = Row()
        for number, name in columns.items():
            cell = cells[number]
            if cell.data_type == "f":
                row.problems.append(FORMULA % HEADS[name])
            elif hasattr(row, name):
                setattr(row, name, _cell_text(cell.value))
        if row.code or any(getattr(row, name) for name in ("business_effect", "party_effect", "finding")):
            yield row


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d")
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def _docx_rows(data: bytes) -> Iterator[Row]:
    """Each table with a code and both effects is a line: the words at the left, the value at the right."""
    cells, _warnings = paragraphs(data)
    if marked([(p.text, p.kind) for p in cells]):
        raise Unreadable("secret")
    tables: dict[int, dict[tuple[int, int], str]] = {}
    for p in cells:
        if p.cell:
            tables.setdefault(p.cell.table, {})[p.cell.row, p.cell.col] = p.text
    for grid in tables.values():
        values = {
            FIELD[word]: grid.get((r, 1), "")
            for (r, c), text in grid.items()
            if c == 0 and (word := squeeze(text)) in FIELD
        }
        if {"code", "business_effect", "party_effect"} <= set(values):
            row = Row()
            for name, value in values.items():
                if hasattr(row, name):
                    setattr(row, name, value)
            yield row
