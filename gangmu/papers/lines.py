"""Paragraphs -> the lines that the tree is built from; the cells of one table stay together."""

from __future__ import annotations

from dataclasses import dataclass

from gangmu.papers.model import Paragraph, Source
from gangmu.papers.numbering import explode


@dataclass(frozen=True)
class Line:
    """One line of the paper, or one whole table (``cells``)."""

    no: int
    text: str
    kind: str
    centred: bool = False
    cells: tuple[Paragraph, ...] = ()


def lines_of(source: Source) -> list[Line]:
    """Paragraphs -> lines: soft breaks and ``1.甲。2.乙。`` split, cells of one table together."""
    out: list[Line] = []
    cells: list[Paragraph] = []
    for p in [*source.paragraphs, None]:
        if (
            p is not None
            and p.cell is not None
            and (not cells or cells[0].cell and cells[0].cell.table == p.cell.table)
        ):
            cells.append(p)
            continue
        if cells:
            out.extend(_table_lines(cells))
            cells = []
        if p is None:
            continue
        if p.cell is not None:
            cells = [p]
            continue
        for text in p.text.split("\n"):
            out.extend(Line(p.no, piece, p.kind, p.centred) for piece in explode(text) if piece)
    return out


def _table_lines(cells: list[Paragraph]) -> list[Line]:
    """A table of one column is only a frame: its lines are lines of the paper."""
    if max(p.cell.col + 1 for p in cells if p.cell) == 1:
        return [Line(p.no, t, "p") for p in cells for text in p.text.split("\n") for t in explode(text) if t]
    return [Line(cells[0].no, "", "table", cells=tuple(cells))]
