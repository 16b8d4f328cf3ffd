"""Tables and forms of an official paper, as WordprocessingML written straight: two thousand rows cost what they weigh."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

HEITI, FANGSONG = "黑体", "仿宋_GB2312"
WHOLE = 400  # characters: a longer cell may break over a page
LINE = 380  # twips of a line in a cell, 小四


@dataclass(frozen=True)
class Table:
    """A ruled table; ``widths`` are shares of the type area and need not add up to anything."""

    heads: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]
    widths: tuple[float, ...] = ()


@dataclass(frozen=True)
class Form:
    """A form of labels and values, two or four cells a row; a value of a two-cell row takes the whole width.

    ``lines`` gives a label more height than its value needs: room for a pen.
    """

    rows: tuple[tuple[str, ...], ...]
    lines: tuple[tuple[str, int], ...] = ()


def printable(text: str) -> str:
    """XML holds no control characters."""
    return re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]", "", text)


def xml_of(block: Table | Form, width: int) -> Iterator[Any]:
    """The elements of a block, ``width`` twips wide in all, with a little air around."""
    gap = '<w:spacing w:before="0" w:after="0" w:line="100" w:lineRule="exact"/>'
    yield parse_xml(f"<w:p {nsdecls('w')}><w:pPr><w:keepNext/>{gap}</w:pPr></w:p>")
    yield parse_xml(_table(block, width) if isinstance(block, Table) else _form(block, width))
    yield parse_xml(f"<w:p {nsdecls('w')}><w:pPr>{gap}</w:pPr></w:p>")


def _shell(widths: Sequence[int], rows: Iterable[str]) -> str:
    side = 'w:val="single" w:sz="4" w:space="0" w:color="000000"'
    rules = "".join(
        f"<w:{name} {side}/>" for name in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    grid = "".join(f'<w:gridCol w:w="{w}"/>' for w in widths)
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{rules}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _table(table: Table, width: int) -> str:
    """The head row repeats on every page; neither it nor what follows the last row is left alone."""
    shares = table.widths or (1.0,) * len(table.heads)
    widths = [round(width * share / sum(shares)) for share in shares]
    head = _row(
        [_cell(text, w, face=HEITI, centred=True, keep=True) for text, w in zip(table.heads, widths, strict=True)],
        "<w:cantSplit/><w:tblHeader/>",
    )  # fmt: skip
    short = [all(map(_short, column)) for column in zip(*table.rows, strict=True)]
    last = len(table.rows) - 1
    return _shell(
        widths, [head, *(_body_row(row, widths, short, keep=n == last) for n, row in enumerate(table.rows))]
    )


def _body_row(row: tuple[str, ...], widths: Sequence[int], short: Sequence[bool], *, keep: bool) -> str:
    cells = [
        _cell(text, w, centred=middle, keep=keep) for text, w, middle in zip(row, widths, short, strict=True)
    ]
    return _row(cells, "<w:cantSplit/>" if max(map(len, row), default=0) <= WHOLE else "")


def _short(text: str) -> bool:
    """Numbers, dates and single words: a column of nothing else is centred."""
    return len(text) <= 5 or bool(re.fullmatch(r"[\d年月日.、—\-/ \n]+", text))


def _form(form: Form, width: int) -> str:
    label = round(width * 0.17)
    widths = [label, width // 2 - label, label, width - width // 2 - label]
    heights = dict(form.lines)
    whole = (
        sum(len(text) for row in form.rows for text in row) <= WHOLE * 2
    )  # a longer one may break anywhere
    return _shell(widths, [_form_row(row, widths, heights, keep=whole) for row in form.rows])


def _form_row(row: tuple[str, ...], widths: Sequence[int], heights: dict[str, int], *, keep: bool) -> str:
    lines = max((heights.get(text, 1) for text in row[::2]), default=1)
    least = f'<w:trHeight w:val="{max(500, lines * LINE)}" w:hRule="atLeast"/>'
    whole = "" if len(row[-1]) > WHOLE else "<w:cantSplit/>"
    if len(row) == 2:
        cells = [_cell(row[0], widths[0], face=HEITI, centred=True, keep=keep),
                 _cell(row[1], sum(widths[1:]), span=3, keep=keep)]  # fmt: skip
    else:
        cells = [
            _cell(text, w, face=FANGSONG if i % 2 else HEITI, centred=i % 2 == 0, keep=keep)
            for i, (text, w) in enumerate(zip(row, widths, strict=True))
        ]
    return _row(cells, whole + least)


def _row(cells: Iterable[str], properties: str) -> str:
    return f"<w:tr><w:trPr>{properties}</w:trPr>{''.join(cells)}</w:tr>"


def _cell(
    text: str, width: int, *, face: str = FANGSONG, centred: bool = False, span: int = 1, keep: bool = False
) -> str:
    spans = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    align = '<w:jc w:val="center"/>' if centred else '<w:jc w:val="left"/>'
    paragraphs = "".join(_paragraph(line, face, align, keep) for line in (text.split("\n") if text else [""]))
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{spans}<w:vAlign w:val="center"/></w:tcPr>{paragraphs}</w:tc>'


def _paragraph(text: str, face: str, align: str, keep: bool) -> str:
    fonts = f'<w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" w:eastAsia="{face}" w:hint="eastAsia"/>'
    run = f'<w:r><w:rPr>{fonts}<w:sz w:val="24"/></w:rPr><w:t xml:space="preserve">{escape(printable(text))}</w:t></w:r>'
    kept = "<w:keepNext/>" if keep else ""
    return (
        f'<w:p><w:pPr>{kept}<w:snapToGrid w:val="0"/>'
        f'<w:spacing w:before="20" w:after="20" w:line="{LINE}" w:lineRule="exact"/>{align}</w:pPr>{run if text else ""}</w:p>'
    )
