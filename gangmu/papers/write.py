"""An outline -> a plain Word plan as an office would type it; reading it back gives the same tree."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from gangmu.papers.model import Due, Item, Outline
from gangmu.papers.numbering import marker
from gangmu.papers.words import to_chinese

TITLE_FONT, HEAD_FONT, SUB_FONT, BODY_FONT = "方正小标宋简体", "黑体", "楷体_GB2312", "仿宋_GB2312"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_RHYTHMS = {
    "daily": "每天", "weekly": "每周", "biweekly": "每两周", "semimonthly": "每半月", "monthly": "每月", "bimonthly": "每两月",
    "quarterly": "每季度", "halfyearly": "每半年", "yearly": "每年",
}  # fmt: skip


def label_for(level: int, number: int) -> str:
    """一、 （一） 1. （1） ① by depth, from 1."""
    if level <= 1:
        return f"{to_chinese(number)}、"
    if level == 2:
        return f"（{to_chinese(number)}）"
    if level == 3:
        return f"{number}."
    return f"（{number}）" if level == 4 or number > 20 else _CIRCLED[number - 1]


def due_text(due: Due) -> str:
    """The words of a deadline: as the paper had them, else from the normal form."""
    if due.raw.strip():
        return due.raw.strip().replace("\n", "；")
    if due.kind == "milestones":
        return "；".join(f"{d.year}年{d.month}月{d.day}日前" for d in due.dates)
    if due.kind == "range" and due.start and due.date:
        return f"{due.start.year}年{due.start.month}月{due.start.day}日—{due.date.year}年{due.date.month}月{due.date.day}日"
    if due.date:
        return f"{due.date.year}年{due.date.month}月{due.date.day}日前"
    return _RHYTHMS.get(
        (due.rhythm or "").split("@")[0].split("x")[0], "长期坚持" if due.kind == "ongoing" else ""
    )


def annotation(item: Item) -> str:
    """（牵头单位：…；责任单位：…；完成时限：…）, only what the item says itself; '' for nothing."""
    taken = (
        set(item.inherited)
        if isinstance(item.inherited, list)
        else ({"lead", "units"} if item.inherited else set())
    )
    parts = []
    for name, label, values in (
        ("leader", "牵头领导", item.leader), ("lead", "牵头单位", item.lead), ("units", "责任单位", item.units),
    ):  # fmt: skip
        if values and name not in taken:
            parts.append(f"{label}：{'、'.join(values)}")
    due = due_text(item.due) if item.due and "due" not in taken else ""
    if due:
        parts.append(f"完成时限：{due}")
    return f"（{'；'.join(parts)}）" if parts else ""


def body_lines(item: Item, label: str) -> list[str]:
    """The paragraphs of one item, its number first and its bracket last."""
    text = item.text.strip()
    if not text:
        first = item.title
    elif text.startswith(item.title) and text[len(item.title) : len(item.title) + 1] not in ("", "。"):
        first = text  # the title was cut out of a long sentence
    else:
        first = f"{item.title}。{text}"
    lines: list[str] = []
    for line in first.split("\n"):
        # A line that starts like a number would become an item when read back.
        if lines and marker(line):
            lines[-1] += line
        else:
            lines.append(line)
    said = annotation(item)
    if said:
        lines[-1] = lines[-1].rstrip("。") + "。" + said
    return [label + lines[0], *lines[1:]]


def lines(items: list[Item], level: int = 1) -> Iterator[tuple[int, str, bool]]:
    """(level, paragraph, is a heading) for every paragraph of the tree."""
    for number, item in enumerate(items, 1):
        own = body_lines(item, label_for(level, number))
        for i, line in enumerate(own):
            yield level, line, i == 0 and bool(item.children) and not item.text
        yield from lines(item.children, level + 1)


def _font(document: Document) -> None:
    style = document.styles["Normal"]
    style.font.name, style.font.size = BODY_FONT, Pt(16)
    properties = style.element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), BODY_FONT)
    language = properties.makeelement(qn("w:lang"), {qn("w:val"): "zh-CN", qn("w:eastAsia"): "zh-CN"})
    properties.append(language)
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)


def _add(document: Document, text: str, font: str, size: float, *, centred: bool = False) -> None:
    paragraph = document.add_paragraph()
    shape = paragraph.paragraph_format
    shape.space_before = shape.space_after = Pt(0)
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(28.95)
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    else:
        shape.first_line_indent = Pt(32)
    run = paragraph.add_run(_printable(text))
    run.font.name, run.font.size = font, Pt(size)
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)


def _printable(text: str) -> str:
    """XML holds no control characters."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", text)


def write_plan(outline: Outline) -> bytes:
    """Outline -> bytes of a .docx: title, preamble, numbered items with their brackets, closing notes."""
    document = docx.Document()
    _font(document)
    if outline.title:
        _add(document, outline.title, TITLE_FONT, 22, centred=True)
    if outline.doc_no:
        _add(document, outline.doc_no, SUB_FONT, 16, centred=True)
    first = min((p for item in outline.walk() for p in item.paragraphs), default=0)
    before = [n for n in outline.notes if n.paragraph < first]
    for note in before:
        _add(document, note.text, BODY_FONT, 16)
    for level, line, heading in lines(outline.items):
        _add(
            document,
            line,
            {1: HEAD_FONT, 2: SUB_FONT}.get(level, BODY_FONT) if heading or level == 1 else BODY_FONT,
            16,
        )
    for note in outline.notes:
        if note not in before and not any(note.paragraph in item.paragraphs for item in outline.walk()):
            _add(document, note.text, BODY_FONT, 16)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()
