"""Invented papers of an invented city, 云泽市, and small builders for the tests of gangmu.papers."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable

import docx

from gangmu.papers.model import Item, Outline
from gangmu.papers.outline import outline
from gangmu.papers.read import read

W_NS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def plan(text: str, *, name: str = "要点.txt", year: int | None = None, units: Iterable[str] = ()) -> Outline:
    """Text -> Outline, and nothing of it lost."""
    source = read(text.encode(), name)
    made = outline(source, year=year, units=tuple(units))
    assert made.lost(source) == []
    return made


def tasks(text: str, **options: object) -> list[Item]:
    """The proposed tasks of a text."""
    return plan(text, **options).leaves()  # type: ignore[arg-type]


def titles(items: Iterable[Item]) -> list[str]:
    return [item.title for item in items]


def word(*paragraphs: str) -> bytes:
    """A .docx of plain paragraphs."""
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def raw_docx(body: str, **parts: str) -> bytes:
    """A .docx whose body is the given WordprocessingML; ``parts`` are more parts by name (numbering -> word/numbering.xml)."""
    document = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="{W_NS}"><w:body>{body}</w:body></w:document>'
    return package(
        {"word/document.xml": document, **{f"word/{name}.xml": text for name, text in parts.items()}}
    )


def package(parts: dict[str, str | bytes]) -> bytes:
    """A zip of the given parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("[Content_Types].xml", "<Types/>")
        for name, content in parts.items():
            made.writestr(name, content)
    return target.getvalue()


def p(text: str, properties: str = "") -> str:
    """One WordprocessingML paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def rows(*lines: Iterable[str]) -> str:
    """An HTML table."""
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in lines)
    return f"<table>{body}</table>"
