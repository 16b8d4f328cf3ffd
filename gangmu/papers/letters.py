"""Letters from above (上级来文) -> who issued them, number, date, title and the numbered points. For prefilling, never for storing."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from gangmu.papers import furniture
from gangmu.papers.dates import points as dates_in
from gangmu.papers.errors import N_
from gangmu.papers.model import Item, Outline, Plain, Source
from gangmu.papers.numbering import marker
from gangmu.papers.outline import outline

MOST = 300  # characters of one point
_RED = re.compile(r"^(?P<who>[\u4e00-\u9fa5（）()]{4,40}?)\s*文\s*件$")
_FIELD = re.compile(
    r"(?:发\s*文\s*(?:机\s*关|单\s*位)|制发机关|印发机关)\s*[:：|]?\s*(?P<who>[\u4e00-\u9fa5]{4,40})"
)
_ON = re.compile(r"(?:发\s*文|成\s*文|印\s*发)\s*日\s*期\s*[:：|]?\s*(?P<when>\S{6,20})")
_ASKS = re.compile(r"请|要|应当|务必|不得|须|报送|落实|开展|确保|严禁")
_HEAD = 20  # paragraphs
_SKIP = re.compile(r"^(?:联系人|联系电话|附件|抄送|特此)")


@dataclass(frozen=True)
class Point(Plain):
    """One demand. ``cut``: it was longer and ends at a sentence."""

    text: str
    paragraph: int
    cut: bool = False


@dataclass
class Letter(Plain):
    title: str = ""
    doc_no: str = ""
    issuer: str = ""
    issued_on: date | None = None
    points: list[Point] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


def read_letter(source: Source) -> Letter:
    """A read paper -> Letter. What is not found stays empty and is said."""
    found = outline(source)
    head = [line for p in source.paragraphs[:_HEAD] for line in p.text.split("\n")]
    letter = Letter(
        _title(found.title),
        found.doc_no,
        _issuer(head, found),
        _date(head, found),
        warnings=list(source.warnings),
    )
    texts = {p.no: p.text for p in source.paragraphs}
    letter.points = list(_points(found, texts))
    names = (
        ("title", N_("标题")),
        ("doc_no", N_("文号")),
        ("issuer", N_("发文机关")),
        ("issued_on", N_("成文日期")),
    )
    missing = [word for name, word in names if not getattr(letter, name)]
    if missing:
        letter.warnings.append(N_("没有读出%s，请对着原文填写。") % "、".join(missing))
    if not letter.points:
        letter.warnings.append(N_("没有读出要求条目，请对着原文填写。"))
    if any(p.cut for p in letter.points):
        letter.warnings.append(N_("有的条目太长，只取到前面几句，请核对。"))
    return letter


def _title(text: str) -> str:
    """关于印发《…》的通知 as it stands; the issuer's name before 关于 goes, it has a place of its own."""
    return re.sub(r"^[\u4e00-\u9fa5、（）()]{4,60}?(?=关于\S)", "", text)[:120]


def _issuer(head: list[str], found: Outline) -> str:
    for line in head:
        if red := _RED.match(line.strip()):
            return red["who"]
        if said := _FIELD.search(line):
            return said["who"]
    if found.issuer:
        return found.issuer[:60]
    before = re.match(r"^(?P<who>[\u4e00-\u9fa5、（）()]{4,40}?)关于\S", found.title)
    return before["who"] if before else ""


def _date(head: list[str], found: Outline) -> date | None:
    if found.issued_on:
        return found.issued_on
    for line in head:
        said = _ON.search(line)
        text = said["when"] if said else line.strip(" （()）")
        day = next((p.first for p in dates_in(text, year=2000) if p.grain == "day" and p.own_year), None)
        if day and (said or len(text) <= 16):
            return day
    return None


def _points(found: Outline, texts: dict[int, str]) -> Iterable[Point]:
    leaves = [item for item in found.walk() if not item.children]
    if leaves:
        yield from (p for item in leaves if (p := _point(item, texts)))
        return
    for note in found.notes:
        if (
            len(note.text) >= 12
            and _ASKS.search(note.text)
            and not _SKIP.match(note.text)
            and not furniture.ADDRESSEE.match(note.text)
        ):
            text, cut = _short(note.text)
            yield Point(text, note.paragraph, cut)


def _point(item: Item, texts: dict[int, str]) -> Point | None:
    """The paper's own words under a number; of a table row its task and deadline."""
    own = [texts[no] for no in item.paragraphs if no in texts]
    first = own[0] if own else ""
    number = marker(first)
    whole = "".join(own) if number else f"{item.title}{'，' + item.due.raw if item.due else ''}"
    text, cut = _short(number.rest + "".join(own[1:]) if number else whole)
    return Point(text, item.paragraphs[0] if item.paragraphs else 0, cut) if text else None


def _short(text: str) -> tuple[str, bool]:
    """One line of at most MOST characters, ended at a sentence where one ends."""
    flat = re.sub(r"\s*\n\s*", "", text).strip()
    if len(flat) <= MOST:
        return flat, False
    end = max(flat.rfind(mark, 0, MOST) for mark in "。；")
    return (flat[: end + 1] if end > 40 else flat[:MOST]), True
