"""The page of GB/T 9704-2012 and the small parts of it: a line of text, a run in a face, a rule, the page number."""

from __future__ import annotations

from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor, Twips
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from gangmu.papers.grid import printable

PAGE = (11906, 16838)  # A4 in twips
MARGINS = {"top_margin": 2098, "bottom_margin": 1984, "left_margin": 1587, "right_margin": 1474}
LINE = 579  # twips: 225 mm / 22
TIGHTER = -5  # twips between characters: 156 mm / 28 at 16 pt
CHAR = 16  # points, 3号
TWIP = 635  # EMU
WIDTH = PAGE[0] - MARGINS["left_margin"] - MARGINS["right_margin"]  # of the type area
IMPRINT = 460  # twips: a line of the 版记, 4号
XIAOBIAOSONG, HEITI, KAITI, FANGSONG, SONGTI = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312", "宋体"
RED = RGBColor(0xE0, 0x00, 0x00)
CENTRE, RIGHT, LEFT = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.LEFT


def set_page(document: Docx, *, landscape: bool) -> None:
    """The page of the standard; turned, the same margins turn with it."""
    section = document.sections[0]
    section.page_width, section.page_height = (Twips(side) for side in PAGE)
    for name, twips in MARGINS.items():
        setattr(section, name, Twips(twips))
    if landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = (Twips(side) for side in reversed(PAGE))
        section.top_margin, section.bottom_margin = Twips(1587), Twips(1474)
        section.left_margin, section.right_margin = Twips(1984), Twips(2098)
    section.footer_distance = Twips(1417 if not landscape else 850)
    document.settings.odd_and_even_pages_header_footer = True
    normal = document.styles["Normal"]
    normal.font.size = Pt(CHAR)
    fonts = normal.element.get_or_add_rPr().get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), FANGSONG)
    language = OxmlElement("w:lang")
    language.set(qn("w:val"), "en-US")
    language.set(qn("w:eastAsia"), "zh-CN")
    normal.element.get_or_add_rPr().append(language)
    _page_number(section.footer.paragraphs[0], RIGHT)
    _page_number(section.even_page_footer.paragraphs[0], LEFT)


def _page_number(paragraph: Paragraph, align: WD_ALIGN_PARAGRAPH) -> None:
    """— 1 — in 4号 Song, one character in from the outer edge."""
    paragraph.alignment = align
    side = "right_indent" if align == RIGHT else "left_indent"
    setattr(paragraph.paragraph_format, side, Pt(14))
    run_of(paragraph, "— ", SONGTI, 14)
    _field(run_of(paragraph, "", SONGTI, 14), "PAGE")
    run_of(paragraph, " —", SONGTI, 14)


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


def run_of(
    paragraph: Paragraph, text: str, face: str, points: float, *, colour: RGBColor | None = None
) -> Run:
    run = paragraph.add_run(printable(text))
    run.font.size = Pt(points)
    run.font.name = "Times New Roman"
    properties = run._r.get_or_add_rPr()
    fonts = properties.get_or_add_rFonts()
    fonts.set(qn("w:eastAsia"), face)
    fonts.set(qn("w:hint"), "eastAsia")  # or quotation marks take the Latin face and half a place
    if colour is not None:
        run.font.color.rgb = colour
    if points == CHAR:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), str(TIGHTER))
        properties.append(spacing)
    return run


def line_of(
    document: Docx, text: str, face: str, points: float, *, indent: bool = True,
    align: WD_ALIGN_PARAGRAPH | None = None, colour: RGBColor | None = None,
) -> Paragraph:  # fmt: skip
    paragraph = document.add_paragraph()
    exact(paragraph, LINE if points <= CHAR else round(points * 20 * 1.45))
    if align is not None:
        paragraph.alignment = align
    if indent:
        paragraph.paragraph_format.first_line_indent = Pt(CHAR * 2 - 0.5)
    run_of(paragraph, text, face, points, colour=colour)
    return paragraph


def exact(paragraph: Paragraph, twips: int) -> None:
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


def border(paragraph: Paragraph, side: str, colour: str, eighths: int, space: int = 11) -> None:
    properties = paragraph._p.get_or_add_pPr()
    borders = properties.find(qn("w:pBdr"))
    if borders is None:
        borders = OxmlElement("w:pBdr")
        properties.append(borders)
    line = OxmlElement(f"w:{side}")
    for name, value in (("val", "single"), ("sz", str(eighths)), ("space", str(space)), ("color", colour)):
        line.set(qn(f"w:{name}"), value)
    borders.append(line)
