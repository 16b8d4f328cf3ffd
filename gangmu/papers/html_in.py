"""HTML (whole pages or fragments) -> paragraphs and table cells. Scripts, styles and form controls are dropped."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from gangmu.papers.errors import Unreadable
from gangmu.papers.model import Cell, Paragraph
from gangmu.papers.text_in import flattened
from gangmu.papers.words import tidy

_DROP = {
    "script", "style", "noscript", "template", "iframe", "object", "embed", "svg", "head", "input", "select",
    "textarea", "button", "option", "meta", "link", "canvas", "audio", "video", "img",
}  # fmt: skip
_BLOCK = {
    "p", "div", "li", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "section", "article", "header", "footer", "nav",
    "aside", "main", "table", "caption", "tr", "td", "th", "thead", "tbody", "tfoot", "body", "html", "form", "center",
    "blockquote", "pre", "dl", "dt", "dd", "fieldset", "address", "figure", "figcaption", "hr", "ucapcontent", "title",
    "ucaptitle",
}  # fmt: skip
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w-]+)", re.IGNORECASE)
MAX_DEPTH = 400
MAX_SPAN = 200
MAX_GRID = 200_000  # grid positions of one table


def declared(data: bytes) -> str:
    """The charset that a page names in its first 4 KB, or ''."""
    found = CHARSET.search(data[:4096])
    return found.group(1).decode("ascii", "ignore") if found else ""


class _Reader:
    def __init__(self) -> None:
        self.out: list[Paragraph] = []
        self.tables = 0
        self.buffer: list[str] = []
        self.linked = 0

    def flush(self, kind: str, centred: bool = False) -> None:
        text = tidy("".join(self.buffer))
        linked, self.linked, self.buffer = self.linked, 0, []
        if not text:
            return
        if kind == "p" and linked >= 0.8 * len(re.sub(r"\s", "", text)):
            kind = "link"
        self.out.append(Paragraph(len(self.out) + 1, text, kind, centred=centred))

    def inline(self, text: str | None, linked: bool) -> None:
        if text:
            flat = re.sub(r"\s+", " ", text)
            self.buffer.append(flat)
            self.linked += len(flat.replace(" ", "")) if linked else 0

    def walk(self, node: etree._Element, kind: str, linked: bool, centred: bool, depth: int = 0) -> None:
        if depth > MAX_DEPTH:
            raise Unreadable("bomb", "html depth")
        tag = node.tag.lower() if isinstance(node.tag, str) else ""
        # Some sites hide the whole body until their scripts have run.
        hidden = tag not in ("html", "body") and _HIDDEN.search(node.get("style") or "")
        if not tag or tag in _DROP or hidden:
            return
        if tag == "br":
            self.flush(kind, centred)
            return
        if tag == "table" and is_data_table(node):
            self.flush(kind, centred)
            self.table(node)
            return
        block = tag in _BLOCK
        if block:
            self.flush(kind, centred)
            kind = _kind(tag, kind)
            centred = (
                centred
                or tag == "center"
                or bool(_CENTRED.search(node.get("style") or ""))
                or node.get("align") == "center"
            )
        linked = linked or tag == "a"
        self.inline(node.text, linked)
        for child in node:
            self.walk(child, kind, linked, centred, depth + 1)
            self.inline(child.tail, linked)
        if block:
            self.flush(kind, centred)

    def table(self, node: etree._Element) -> None:
        for caption in node.iterfind("caption"):
            self.inline(cell_text(caption), False)
            self.flush("caption", True)
        taken: set[tuple[int, int]] = set()
        for row, line in enumerate(_rows(node)):
            col = 0
            for cell in line:
                while (row, col) in taken:
                    col += 1
                rows, cols = _span(cell, "rowspan"), _span(cell, "colspan")
                if len(taken) > MAX_GRID:
                    raise Unreadable("bomb", "table spans")
                taken.update((row + r, col + c) for r in range(rows) for c in range(cols))
                text = cell_text(cell)
                if text:
                    where = Cell(self.tables, row, col, rows, cols, cell.tag == "th")
                    self.out.append(Paragraph(len(self.out) + 1, text, "cell", where))
                col += cols
        self.tables += 1


def _kind(tag: str, kind: str) -> str:
    if tag in ("nav", "footer", "title"):
        return tag
    if kind in ("nav", "footer"):
        return kind
    if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return "heading"
    return "list" if tag in ("li", "dd") else "p" if kind != "heading" else kind


def _span(cell: etree._Element, name: str) -> int:
    value = (cell.get(name) or "1").strip()
    return min(max(int(value), 1), MAX_SPAN) if value.isdigit() else 1


def _rows(table: etree._Element) -> Iterator[list[etree._Element]]:
    for part in table:
        if part.tag == "tr":
            yield [c for c in part if c.tag in ("td", "th")]
        elif part.tag in ("thead", "tbody", "tfoot"):
            yield from ([c for c in tr if c.tag in ("td", "th")] for tr in part.iterfind("tr"))


def cell_text(cell: etree._Element) -> str:
    """The text of a cell, one line for each block or <br> in it."""
    reader = _Reader()
    reader.inline(cell.text, False)
    for child in cell:
        reader.walk(child, "p", False, False)
        reader.inline(child.tail, False)
    reader.flush("p")
    return "\n".join(p.text for p in reader.out)


def is_data_table(table: etree._Element) -> bool:
    """Not a layout table: no nested table, several cells a row, and cells that are not whole articles."""
    if table.find(".//table") is not None:
        return False
    rows = list(_rows(table))
    widest = max((len(r) for r in rows), default=0)
    if len(rows) < 2 or widest < 2:
        return False
    blocks = max((len(c.findall(".//p")) for r in rows for c in r), default=0)
    return blocks < 25


def paragraphs(text: str) -> list[Paragraph]:
    """A page or a fragment -> paragraphs. Raises Unreadable for depth bombs and flattened tables."""
    if re.search(r"<!ENTITY", text[:20000], re.IGNORECASE):
        raise Unreadable("entity")
    # XML declarations with an encoding are refused by lxml for decoded text.
    text = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    parser = html.HTMLParser(
        no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, recover=True
    )
    try:
        root = html.document_fromstring(text, parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable("empty" if not re.sub(r"<[^>]*>|\s", "", text) else "corrupt", str(error)) from error
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise Unreadable("bomb", "html depth")
    reader = _Reader()
    title = root.findtext(".//head/title")
    if title and title.strip():
        reader.inline(title, False)
        reader.flush("title")
    reader.walk(root, "p", False, False)
    reader.flush("p")
    if flattened([line for p in reader.out if p.kind != "cell" for line in p.text.split("\n")]):
        raise Unreadable("flattened")
    return reader.out
