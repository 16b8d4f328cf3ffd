"""Official papers by GB/T 9704-2012: a document of plain blocks in, a .docx of 22 lines × 28 characters a page out.

The measures are those of the standard (A4, type area 156 × 225 mm, 3号 = 16 pt). LibreOffice and Word lay out exactly
22 × 28 with a line pitch of 579 twips, exact, and −0.25 pt between characters; a character grid would not.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import docx
from docx.document import Document as Docx
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor, Twips
from docx.table import _Row
from docx.text.paragraph import Paragraph
from docx.text.run import Run

PAGE = (11906, 16838)  # A4 in twips
MARGINS = {"top_margin": 2098, "bottom_margin": 1984, "left_margin": 1587, "right_margin": 1474}
LINE = 579  # twips: 225 mm / 22
TIGHTER = -5  # twips between characters: 156 mm / 28 at 16 pt
CHAR = 16  # points, 3号
XIAOBIAOSONG, HEITI, KAITI, FANGSONG, SONGTI = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"
RED = RGBColor(0xE0, 0x00, 0x00)

# How each kind of block is set: (face, points, first line indented by two characters).
FACES = {
    "h1": (HEITI, CHAR, True),
    "h2": (KAITI, CHAR, True),
    "h3": (FANGSONG, CHAR, True),
    "p": (FANGSONG, CHAR, True),
    "flush": (FANGSONG, CHAR, False),
    "label": (HEITI, CHAR, False),
}


@dataclass(frozen=True)
class Block:
    """A paragraph. kind: h1 一、 | h2 （一） | h3 1. | p | flush (no indent) | label (黑体 before a colon)."""

    kind: str
    text: str


@dataclass(frozen=True)
class Table:
    """A table; ``widths`` are shares of the type area and need not add up to anything."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...] = ()


@dataclass
class Paper:
    """A whole paper. Empty parts are left out; ``head`` is the red name (发文机关标志)."""

    title: str
    body: list[Block | Table] = field(default_factory=list)
    head: str = ""
    doc_no: str = ""
    addressee: str = ""
    signed_by: str = ""
    signed_on: date | None = None
    copy_to: str = ""
    issued_by: str = ""


def write(paper: Paper) -> bytes:
    """The .docx. Text is taken as it is: punctuation and facts are the caller's."""
    document = docx.Document()
    _set_page(document)
    if paper.head:
        _red_head(document, paper)
    title = _line(document, paper.title, XIAOBIAOSONG, 22, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    title.paragraph_format.space_before = Twips(LINE * 2 if paper.head else 0)
    title.paragraph_format.space_after = Twips(LINE)
    title.paragraph_format.keep_with_next = True
    if paper.addressee:
        _line(document, paper.addressee + "：", FANGSONG, CHAR, indent=False)
    for block in paper.body:
        if isinstance(block, Table):
            _table(document, block)
        else:
            _block(document, block)
    _sign(document, paper)
    _imprint(document, paper)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _set_page(document: Docx) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Twips(PAGE[0]), Twips(PAGE[1])
    for name, twips in MARGINS.items():
        setattr(section, name, Twips(twips))
    section.footer_distance = Twips(1417)
    document.settings.odd_and_even_pages_header_footer = True
    normal = document.styles["Normal"]
    normal.font.size = Pt(CHAR)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), FANGSONG)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    normal.element.get_or_add_rPr().append(language)
    _page_number(section.footer.paragraphs[0], WD_ALIGN_PARAGRAPH.RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], WD_ALIGN_PARAGRAPH.LEFT)


def _page_number(paragraph: Paragraph, align: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 — in 4号 Song, one character in from the outer edge."""
    paragraph.alignment = align
    side = "right_indent" if align == WD_ALIGN_PARAGRAPH.RIGHT else "left_indent"
    setattr(paragraph.paragraph_format, side, Pt(14))
    _run(paragraph, "— ", SONGTI, 14)
    _field(_run(paragraph, "", SONGTI, 14), "PAGE")
    _run(paragraph, " —", SONGTI, 14)


def _field(run: Run, code: str) -> None:
    for kind, text in (("begin", ""), ("", code), ("end", "")):
        if kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        else:
            element = OxmlElement("w:instrText")
            element.set(qn("xml:space"), "preserve")
            element.text = text
        run._r.append(element)


def _run(paragraph: Paragraph, text: str, face: str, points: float, *, colour: RGBColor | None = None) -> Run:
    run = paragraph.add_run(text)
    run.font.size = Pt(points)
    run.font.name = "Times New Roman"
    properties = run._r.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), face)
    if colour is not None:
        run.font.color.rgb = colour
    if points == CHAR:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(TIGHTER))
        properties.append(spacing)
    return run


def _line(
    document: Docx, text: str, face: str, points: float, *, indent: bool = True,
    align: WD_ALIGN_PARAGRAPH | None = None, colour: RGBColor | None = None,
) -> Paragraph:  # fmt: skip
    paragraph = document.add_paragraph()
    _exact(paragraph, LINE if points <= CHAR else round(points * 20 * 1.45))
    if align is not None:
        paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(CHAR * 2 - 0.5)
    _run(paragraph, text, face, points, colour=colour)
    return paragraph


def _exact(paragraph: Paragraph, twips: int) -> None:
    """An exact line pitch, no space around, and no squeezing or hanging of punctuation."""
    form = paragraph.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    form.line_spacing = Twips(twips)
    form.widow_control = False
    properties = paragraph._p.get_or_add_pPr()
    for name in ("w:overflowPunct", "w:snapToGrid"):
        element = OxmlElement(name)
        element.set(qn("w:val"), "0")
        properties.append(element)


def _block(document: Docx, block: Block) -> None:
    face, points, indent = FACES[block.kind]
    if block.kind == "label" and "：" in block.text:
        name, _, rest = block.text.partition("：")
        paragraph = _line(document, name + "：", HEITI, points, indent=True)
        _run(paragraph, rest, FANGSONG, points)
        return
    paragraph = _line(document, block.text, face, points, indent=indent)
    if block.kind in ("h1", "h2"):
        paragraph.paragraph_format.keep_with_next = True


def _red_head(document: Docx, paper: Paper) -> None:
    """The issuing organ in red, 35 mm down; the number under it; a red line as wide as the type area."""
    points = min(36, 440 // max(len(paper.head), 1))  # one line, whatever the name
    head = _line(
        document, paper.head, XIAOBIAOSONG, points, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False, colour=RED
    )
    head.paragraph_format.space_before = Pt(70)
    number = _line(document, paper.doc_no, FANGSONG, CHAR, align=WD_ALIGN_PARAGRAPH.CENTER, indent=False)
    number.paragraph_format.space_before = Twips(LINE * 2)
    _border(number, "bottom", "E00000", 12)


def _border(paragraph: Paragraph, side: str, colour: str, eighths: int) -> None:
    borders = paragraph._p.get_or_add_pPr().find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        paragraph._p.get_or_add_pPr().append(borders)
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", "11"), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)


def _table(document: Docx, table: Table) -> None:
    """A ruled table over the whole type area; the head row repeats on every page."""
    columns = len(table.heads)
    grid = document.add_table(rows=1, cols=columns)
    grid.style = "Table Grid"
    grid.autofit = False
    shares = table.widths or (1.0,) * columns
    width = PAGE[0] - MARGINS["left_margin"] - MARGINS["right_margin"]
    widths = [Twips(round(width * share / sum(shares))) for share in shares]
    for column, wide in zip(grid.columns, widths, strict=True):
        column.width = wide
    _row(grid.rows[0], table.heads, HEITI, widths)
    repeat = OxmlElement("w:tblHeader")
    grid.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in table.rows:
        _row(grid.add_row(), row, FANGSONG, widths)


def _row(row: _Row, texts: Iterable[str], face: str, widths: list[Twips]) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for cell, text, width in zip(row.cells, texts, widths, strict=True):
        cell.width = width
        paragraph = cell.paragraphs[0]
        _exact(paragraph, 400)
        _run(paragraph, text, face, 12)


def _sign(document: Docx, paper: Paper) -> None:
    """Name and date at the right, the date four characters in; Arabic digits without leading zeros."""
    if not paper.signed_by:
        return
    _line(document, "", FANGSONG, CHAR, indent=False)
    name = _line(document, paper.signed_by, FANGSONG, CHAR, indent=False, align=WD_ALIGN_PARAGRAPH.RIGHT)
    name.paragraph_format.right_indent = Pt(CHAR * 2)
    name.paragraph_format.keep_with_next = True
    if paper.signed_on:
        day = paper.signed_on
        text = f"{day.year}年{day.month}月{day.day}日"
        line = _line(document, text, FANGSONG, CHAR, indent=False, align=WD_ALIGN_PARAGRAPH.RIGHT)
        line.paragraph_format.right_indent = Pt(CHAR * 4)


def _imprint(document: Docx, paper: Paper) -> None:
    """版记: copies and who printed it when, between rules."""
    if not (paper.copy_to or paper.issued_by):
        return
    rows = []
    if paper.copy_to:
        rows.append(f"抄送：{paper.copy_to}。")
    if paper.issued_by:
        day = paper.signed_on
        printed = f"{day.year}年{day.month}月{day.day}日印发" if day else ""
        rows.append(f"{paper.issued_by}　　{printed}")
    for number, text in enumerate(rows):
        paragraph = _line(document, text, FANGSONG, 14, indent=False)
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
        if number == 0:
            paragraph.paragraph_format.space_before = Twips(LINE)
            _border(paragraph, "top", "000000", 8)
        _border(paragraph, "bottom", "000000", 8 if number == len(rows) - 1 else 6)
