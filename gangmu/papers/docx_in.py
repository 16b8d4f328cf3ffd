"""Word's XML -> paragraphs: automatic numbers, tables with merges, tracked changes, soft breaks, text boxes."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from gangmu.papers.docx_numbers import Numbering
from gangmu.papers.errors import N_, Unreadable
from gangmu.papers.model import Cell, Paragraph
from gangmu.papers.words import tidy
from gangmu.papers.zipsafe import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
V = "{urn:schemas-microsoft-com:vml}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
MAX_CELLS = 60000
TRACKED = N_("文稿带有修订痕迹：已按接受修订后的文字读取，删除的文字未读入。")
STRUCK = N_("文稿中有加删除线的文字，已作为删去处理，未读入。")
CUT = N_("未读入的文字：%s")
SHOWN = 5  # pieces of deleted text that are quoted
COMMENTS = N_("文稿带有批注，批注内容未读入。")
MACROS = N_("文稿带有宏，宏未执行也未保留。")
EXTERNAL = N_("文稿引用了外部内容，未打开任何外部链接。")


class _Body:
    def __init__(self, numbering: Numbering) -> None:
        self.numbering = numbering
        self.out: list[Paragraph] = []
        self.tables = 0
        self.tracked = False
        self.struck = False
        self.cut: list[str] = []  # what was deleted or struck through, as far as it is quoted
        self.cells = 0

    def add(
        self, text: str, kind: str, cell: Cell | None = None, marker: str = "", centred: bool = False
    ) -> None:
        if text:
            self.out.append(Paragraph(len(self.out) + 1, text, kind, cell, marker, centred))

    def blocks(self, parent: etree._Element, kind: str = "p") -> None:
        for node in children(parent):
            if node.tag == f"{W}p":
                self.paragraph(node, kind)
            elif node.tag == f"{W}tbl":
                self.table(node)

    def paragraph(self, node: etree._Element, kind: str) -> None:
        text, marker = self.text_of(node)
        style, numbered = self.numbering.style_of(node), bool(marker)
        if kind == "p":
            kind = "heading" if style.startswith("heading") else "list" if numbered else "p"
        jc = node.find(f"{W}pPr/{W}jc")
        self.add(text, kind, marker=marker, centred=jc is not None and jc.get(f"{W}val") == "center")
        for box in self.boxes(node):
            self.blocks(box, "box")

    def boxes(self, node: etree._Element) -> Iterator[etree._Element]:
        """Text boxes, once each: the fallback copy of an mc:AlternateContent is skipped."""
        for box in node.iter(f"{W}txbxContent"):
            above = {a.tag for a in box.iterancestors()}
            if not above & {f"{MC}Fallback", f"{W}txbxContent"}:
                yield box

    def text_of(self, node: etree._Element) -> tuple[str, str]:
        """(text with its automatic number, the automatic number)."""
        body = tidy("".join(self.runs(node)))
        marker = self.numbering.next(node) if body else ""
        return (tidy(f"{marker}{body}") if marker else body), marker

    def runs(self, node: etree._Element) -> Iterator[str]:
        for child in node:
            tag = child.tag
            if tag in (f"{W}del", f"{W}moveFrom"):
                self.tracked = True
                if tag == f"{W}del":
                    self.leave_out(child)
            elif tag in (f"{W}ins", f"{W}moveTo"):
                self.tracked = True
                yield from self.runs(child)
            elif tag == f"{W}r":
                yield from self.run(child)
            elif tag in (
                f"{W}hyperlink",
                f"{W}smartTag",
                f"{W}sdt",
                f"{W}sdtContent",
                f"{W}fldSimple",
                f"{W}customXml",
                f"{W}bdo",
                f"{W}dir",
            ):
                yield from self.runs(child)

    def run(self, node: etree._Element) -> Iterator[str]:
        if _struck(node):
            self.struck = True
            self.leave_out(node)
            return
        for child in node:
            if child.tag == f"{W}t":
                yield child.text or ""
            elif child.tag == f"{W}tab":
                yield "\t"
            elif child.tag in (f"{W}br", f"{W}cr"):
                yield "\n"
            elif child.tag == f"{W}noBreakHyphen":
                yield "-"
            elif child.tag == f"{W}sym":
                yield _symbol(child)

    def leave_out(self, node: etree._Element) -> None:
        text = tidy("".join(t.text or "" for t in node.iter(f"{W}t", f"{W}delText")))
        if text and len(self.cut) < SHOWN:
            self.cut.append(text[:40])

    def table(self, node: etree._Element) -> None:
        number, self.tables = self.tables, self.tables + 1
        grid: list[list[tuple[int, int, str, etree._Element]]] = []
        for row in (r for r in children(node) if r.tag == f"{W}tr"):
            if row.find(f"{W}trPr/{W}del") is not None:
                self.tracked = True
                continue
            grid.append(list(_row(row)))
        below = _heights(grid)
        nested: list[etree._Element] = []
        for r, line in enumerate(grid):
            header = False
            for col, cols, merge, cell in line:
                if merge == "continue":
                    self.leftover(cell)
                    continue
                self.cells += cols
                if self.cells > MAX_CELLS:
                    raise Unreadable("bomb", "cells")
                text = "\n".join(t for t in self.cell_lines(cell) if t)
                self.add(text, "cell", Cell(number, r, col, below.get((r, col), 1), cols, header))
                nested.extend(inner for inner in children(cell) if inner.tag == f"{W}tbl")
        for inner in nested:
            self.table(inner)

    def cell_lines(self, cell: etree._Element) -> Iterator[str]:
        for node in children(cell):
            if node.tag == f"{W}p":
                yield self.text_of(node)[0]
                for box in self.boxes(node):
                    yield from self.cell_lines(box)

    def leftover(self, cell: etree._Element) -> None:
        """Text hidden in a continued cell of a vertical merge: Word does not show it, but nothing may be lost."""
        self.add("\n".join(t for t in self.cell_lines(cell) if t), "hidden")


def _struck(run: etree._Element) -> bool:
    """Is the text of this run crossed out, once or twice?"""
    marks = (run.find(f"{W}rPr/{W}{name}") for name in ("strike", "dstrike"))
    return run.find(f"{W}t") is not None and any(
        m is not None and m.get(f"{W}val") not in ("0", "false", "off") for m in marks
    )


def _symbol(node: etree._Element) -> str:
    code = int(node.get(f"{W}char") or "0", 16)
    return "√" if code in (0xF0FC, 0xF0FE, 0xF052) else ""


def children(node: etree._Element) -> Iterator[etree._Element]:
    """Block children, looking through content controls and inserted blocks."""
    for child in node:
        if child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}customXml", f"{W}ins", f"{W}moveTo"):
            yield from children(child)
        elif isinstance(child.tag, str):
            yield child


def _int(node: etree._Element | None, default: int) -> int:
    value = node.get(f"{W}val") if node is not None else None
    return int(value) if value and value.lstrip("-").isdigit() else default


def _row(row: etree._Element) -> Iterator[tuple[int, int, str, etree._Element]]:
    """(grid column, columns spanned, '' | restart | continue, the cell)."""
    col = max(0, min(_int(row.find(f"{W}trPr/{W}gridBefore"), 0), 100))
    for cell in (c for c in children(row) if c.tag == f"{W}tc"):
        cols = max(1, min(_int(cell.find(f"{W}tcPr/{W}gridSpan"), 1), 200))
        merge = cell.find(f"{W}tcPr/{W}vMerge")
        state = "" if merge is None else (merge.get(f"{W}val") or "continue")
        yield col, cols, state, cell
        col += cols


def _heights(grid: list[list[tuple[int, int, str, etree._Element]]]) -> dict[tuple[int, int], int]:
    """Rows spanned by each vertically merged cell that starts at (row, col)."""
    heights: dict[tuple[int, int], int] = {}
    owner: dict[int, int] = {}
    for r, line in enumerate(grid):
        seen = set()
        for col, _, state, _ in line:
            seen.add(col)
            if state == "continue" and col in owner:
                heights[owner[col], col] += 1
            else:
                owner[col] = r
                heights[r, col] = 1
        for col in [c for c in owner if c not in seen]:
            del owner[col]
    return heights


def _main_part(package: Package) -> str:
    for name in ("word/document.xml", "word/document2.xml"):
        if name in package.names:
            return name
    raise Unreadable("wrong_type" if any(n.startswith(("xl/", "ppt/")) for n in package.names) else "corrupt")


def _extra(package: Package, body: _Body, prefix: str, kind: str) -> None:
    for name in sorted(n for n in package.names if n.startswith(prefix) and n.endswith(".xml")):
        for node in package.xml(name).iter(f"{W}p"):
            text = tidy("".join(body.runs(node)))
            if text and not any(p.text == text and p.kind == kind for p in body.out):
                body.add(text, kind)


def _warnings(package: Package, body: _Body) -> list[str]:
    said = [TRACKED] if body.tracked else []
    said += [STRUCK] if body.struck else []
    said += [CUT % "、".join(f"“{text}”" for text in body.cut)] if body.cut else []
    said += [COMMENTS] if "word/comments.xml" in package.names else []
    said += [MACROS] if any(n.endswith("vbaProject.bin") for n in package.names) else []
    rels = [n for n in package.names if n.startswith("word/_rels/") and n.endswith(".rels")]
    if any(
        r.get("TargetMode") == "External" and "hyperlink" not in (r.get("Type") or "")
        for n in rels
        for r in package.xml(n)
    ):
        said.append(EXTERNAL)
    return said


def paragraphs(data: bytes) -> tuple[list[Paragraph], list[str]]:
    """A .docx -> (paragraphs and cells in reading order, warnings). Raises Unreadable."""
    package = Package(data)
    name = _main_part(package)
    body = _Body(Numbering(package))
    root = package.xml(name).find(f"{W}body")
    if root is None:
        raise Unreadable("corrupt", "no body")
    body.blocks(root)
    if not body.out:
        pictures = any(n.startswith("word/media/") for n in package.names)
        raise Unreadable("no_text" if pictures else "empty")
    _extra(package, body, "word/header", "header")
    _extra(package, body, "word/footnotes", "footnote")
    return body.out, _warnings(package, body)
