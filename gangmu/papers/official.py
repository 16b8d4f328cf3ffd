"""Official papers by GB/T 9704-2012: a document of plain blocks in, a .docx of 22 lines × 28 characters a page out.

The measures are those of the standard (A4, type area 156 × 225 mm, 3号 = 16 pt). LibreOffice and Word lay out exactly
22 × 28 with a line pitch of 579 twips, exact, and −0.25 pt between characters; a character grid would not.
"""

from __future__ import annotations

import io
from dataclasses import dataclass, field
from datetime import date
from math import ceil
from typing import Any

import docx
from docx.document import Document as Docx
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, Twips
from docx.text.paragraph import Paragraph

from gangmu.papers.errors import N_
from gangmu.papers.grid import Form, Table, xml_of
from gangmu.papers.order import in_order
from gangmu.papers.page import (
    CENTRE,
    CHAR,
    FANGSONG,
    HEITI,
    IMPRINT,
    KAITI,
    LINE,
    MARGINS,
    PAGE,
    RED,
    RIGHT,
    TWIP,
    WIDTH,
    XIAOBIAOSONG,
    border,
    exact,
    line_of,
    run_of,
    set_page,
)
from gangmu.papers.titles import balanced, columns_of

NO_NUMBER = N_("〔　　　　〕　　号")  # the place of a number that is not recorded, for the pen

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
    """A paragraph. kind: h1 一、 | h2 （一） | h3 1. | p | flush (no indent) | label (黑体 before a colon).

    ``rest`` runs on after ``text`` in the face of the body: a heading with its sentence.
    """

    kind: str
    text: str
    rest: str = ""


Body = list[Block | Table | Form]


@dataclass
class Paper:
    """A whole paper. Empty parts are left out.

    ``head`` is the red name (发文机关标志). With ``issue`` (第3次, 第　期) the head is that of minutes or a bulletin:
    under it the issue, then who and when; without, it is that of a letter with ``doc_no``, a marked blank when empty.
    ``note`` stands in brackets under the title; ``after`` follows the sign-off (出席, 附注). ``facts`` are the same
    records by Chinese names, for the office's own templates: text, or lists of rows of text.
    """

    title: str
    body: Body = field(default_factory=list)
    head: str = ""
    doc_no: str = ""
    issue: str = ""
    note: str = ""
    addressee: str = ""
    signed_by: str = ""
    signed_on: date | None = None
    after: Body = field(default_factory=list)
    copy_to: str = ""
    issued_by: str = ""
    landscape: bool = False
    facts: dict[str, Any] = field(default_factory=dict)


def day_text(day: date | None) -> str:
    """2026年3月5日: Arabic digits without leading zeros; '' for none."""
    return f"{day.year}年{day.month}月{day.day}日" if day else ""


def write(paper: Paper) -> bytes:
    """The .docx. Text is taken as it is: punctuation and facts are the caller's."""
    document = docx.Document()
    set_page(document, landscape=paper.landscape)
    if paper.head:
        (_issue_head if paper.issue else _red_head)(document, paper)
    _title(document, paper)
    if paper.addressee:
        line_of(document, paper.addressee + "：", FANGSONG, CHAR, indent=False)
    for block in paper.body:
        _put(document, block)
    _sign(document, paper)
    if paper.after:
        line_of(document, "", FANGSONG, CHAR, indent=False)
    for block in paper.after:
        _put(document, block)
    _imprint(document, paper)
    _end_of_body(document)
    in_order(document.element)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _title(document: Docx, paper: Paper) -> None:
    """In lines of like length, two lines under a red head; the note under it in 楷体."""
    wide = 30 if paper.landscape else 19  # characters of 2号 in a line
    lines = balanced(paper.title, wide)
    for number, text in enumerate(lines):
        line = line_of(document, text, XIAOBIAOSONG, 22, align=CENTRE, indent=False)
        form = line.paragraph_format
        form.space_before = Twips(LINE * 2 if paper.head and number == 0 else 0)
        form.space_after = Twips(LINE if number == len(lines) - 1 and not paper.note else 0)
        form.keep_with_next = True
    if paper.note:
        note = line_of(document, f"（{paper.note}）", KAITI, CHAR, align=CENTRE, indent=False)
        note.paragraph_format.space_after = Twips(LINE)
        note.paragraph_format.keep_with_next = True


def _put(document: Docx, block: Block | Table | Form) -> None:
    if isinstance(block, Block):
        _block(document, block)
        return
    section = document.sections[0]
    width = (section.page_width or 0) - (section.left_margin or 0) - (section.right_margin or 0)
    last = document.element.body.sectPr
    for element in xml_of(block, round(width / TWIP)):
        last.addprevious(element)


def _block(document: Docx, block: Block) -> None:
    face, points, indent = FACES[block.kind]
    if block.kind == "label" and "：" in block.text:
        name, _, rest = block.text.partition("：")
        paragraph = line_of(document, name + "：", HEITI, points, indent=True)
        run_of(paragraph, rest, FANGSONG, points)
        return
    paragraph = line_of(document, block.text, face, points, indent=indent)
    if block.rest:
        run_of(paragraph, block.rest, FANGSONG, points)
    elif block.kind in ("h1", "h2"):
        paragraph.paragraph_format.keep_with_next = True


def _head_name(document: Docx, paper: Paper) -> None:
    """The issuing organ in red, 35 mm below the top of the type area; one line, whatever the name."""
    points = min(36, 430 // max(len(paper.head), 1))
    head = line_of(document, paper.head, XIAOBIAOSONG, points, align=CENTRE, indent=False, colour=RED)
    head.paragraph_format.space_before = Pt(70)


def _red_head(document: Docx, paper: Paper) -> None:
    """The head of a letter: the number two lines under the name, a red line as wide as the type area."""
    _head_name(document, paper)
    number = line_of(document, paper.doc_no or NO_NUMBER, FANGSONG, CHAR, align=CENTRE, indent=False)
    number.paragraph_format.space_before = Twips(LINE * 2)
    border(number, "bottom", "E00000", 12)


def _issue_head(document: Docx, paper: Paper) -> None:
    """The head of minutes and bulletins: the issue, then who and when on one line, and the red line."""
    _head_name(document, paper)
    line_of(
        document, paper.issue, FANGSONG, CHAR, align=CENTRE, indent=False
    ).paragraph_format.space_before = Twips(LINE)
    who = line_of(document, f"　{paper.issued_by}\t{day_text(paper.signed_on)}", FANGSONG, CHAR, indent=False)
    form = who.paragraph_format
    form.space_before = Twips(LINE)
    form.tab_stops.add_tab_stop(Twips(WIDTH - CHAR * 20), WD_TAB_ALIGNMENT.RIGHT)
    border(who, "bottom", "E00000", 12)


def _sign(document: Docx, paper: Paper) -> None:
    """The date four characters in from the right, the name centred over it; neither leaves the text it signs."""
    if not paper.signed_by:
        return
    if document.element.body[-2].tag == qn("w:p"):
        document.paragraphs[-1].paragraph_format.keep_with_next = True
    line_of(document, "", FANGSONG, CHAR, indent=False).paragraph_format.keep_with_next = True
    day = day_text(paper.signed_on)
    wide, name = columns_of(day) + 1, columns_of(paper.signed_by)  # 1: the air between digits and characters
    over = max(0.0, 4 + (wide - name) / 2) if day else 4.0
    line = line_of(document, paper.signed_by, FANGSONG, CHAR, indent=False, align=RIGHT)
    line.paragraph_format.right_indent = Pt(CHAR * over)
    if day:
        line.paragraph_format.keep_with_next = True
        date_line = line_of(document, day, FANGSONG, CHAR, indent=False, align=RIGHT)
        date_line.paragraph_format.right_indent = Pt(CHAR * 4)


def _imprint(document: Docx, paper: Paper) -> None:
    """版记: copies and who printed it when, between rules, at the foot of the last page.

    A frame for each: lines of one frame lose their rules in LibreOffice. The pitch is exact, so the place is known.
    """
    copies = f"抄送：{paper.copy_to}。" if paper.copy_to else ""
    printed = paper.issued_by if paper.issued_by and not paper.issue else ""
    if copies:
        above = IMPRINT if printed else 0
        height = IMPRINT * ceil(columns_of(copies) / 29) + 60
        frame = _foot(document, copies, y=PAGE[1] - MARGINS["bottom_margin"] - above - height)
        border(frame, "top", "000000", 8, 1)
        if not printed:
            border(frame, "bottom", "000000", 8, 1)
    if printed:
        day = f"{day_text(paper.signed_on)}印发" if paper.signed_on else ""
        frame = _foot(document, f"{printed}\t{day}", y=PAGE[1] - MARGINS["bottom_margin"] - IMPRINT)
        border(frame, "top", "000000", 4 if copies else 8, 1)
        border(frame, "bottom", "000000", 8, 1)


def _foot(document: Docx, text: str, *, y: int) -> Paragraph:
    """A paragraph in a frame as wide as the type area, its top ``y`` twips below that of the page."""
    paragraph = line_of(document, text, FANGSONG, 14, indent=False)
    form = paragraph.paragraph_format
    form.line_spacing = Twips(IMPRINT)
    form.left_indent = form.right_indent = Pt(14)
    form.tab_stops.add_tab_stop(Twips(WIDTH - 280), WD_TAB_ALIGNMENT.RIGHT)
    frame = OxmlElement("w:framePr")
    for name, value in (("w", str(WIDTH)), ("hSpace", "0"), ("wrap", "notBeside"), ("vAnchor", "page"),
                        ("hAnchor", "margin"), ("xAlign", "left"), ("y", str(y))):  # fmt: skip
        frame.set(qn(f"w:{name}"), value)
    paragraph._p.get_or_add_pPr().insert(0, frame)
    return paragraph


def _end_of_body(document: Docx) -> None:
    """A table or a frame may not be the last thing of a document: a paragraph of no height follows it."""
    last: Any = document.element.body[-2]
    framed = last.tag == qn("w:p") and last.pPr is not None and last.pPr.find(qn("w:framePr")) is not None
    if last.tag == qn("w:tbl") or framed:
        exact(document.add_paragraph(), 20)
