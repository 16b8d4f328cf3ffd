"""Supervision circulars (督查通报) -> period, date, counts, and who is named with which words. A reading aid: it changes no task."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from gangmu.papers import furniture
from gangmu.papers.errors import N_
from gangmu.papers.fields import Setting, extract
from gangmu.papers.letters import read_letter
from gangmu.papers.model import Note, Paragraph, Plain, Source
from gangmu.papers.numbering import marker
from gangmu.papers.tables import role_of
from gangmu.papers.units import looks_like_unit, split_units
from gangmu.papers.words import chinese_number, split_outside, squeeze

# Words of progress -> done | on_track | slow; the first that matches, so 慢于序时 and 未完成 come before 完成.
STATUS = (
    ("slow", r"慢(?:于)?序时|滞后|进展(?:较|相对|比较)?(?:缓慢|慢|不快)|推进(?:缓慢|不力)|未(?:启动|开工|完成|达(?:到)?序时)|尚未|逾期|超期|没有(?:启动|完成)|工作不力"),
    ("done", r"(?:已|全部|基本|提前|按时|均已?)(?:办结|完成|销号|整改到位)|完成(?:整改|任务)|办结"),
    ("on_track", r"按序时|达(?:到)?序时|超(?:前)?序时|有序推进|正在推进|进展(?:顺利|较快|良好)|推进顺利|正常推进"),
)  # fmt: skip
_STATUS = tuple((code, re.compile(pattern)) for code, pattern in STATUS)
_PERIOD = re.compile(r"(?:第\s*)?(\d{1,3}|[一二三四五六七八九十]{1,3})\s*期")
_COUNT = re.compile(r"(?P<what>[\u4e00-\u9fa5]{2,12}?)\s*(?:共|为|有|达)?\s*(?P<n>\d{1,4})\s*[项个件]")
_HEADING = 60  # characters: a longer line is text, not the head of a list


@dataclass(frozen=True)
class Entry(Plain):
    """Who is named with which words. ``status``: done | on_track | slow; ``inherited``: from the heading of its list."""

    units: list[str]
    title: str
    status: str
    words: str
    text: str
    paragraph: int
    inherited: bool = False


@dataclass
class Circular(Plain):
    title: str = ""
    issuer: str = ""
    period: int | None = None
    issued_on: date | None = None
    counts: list[tuple[str, int]] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def lost(self, source: Source) -> list[int]:
        kept = {e.paragraph for e in self.entries} | {n.paragraph for n in self.notes}
        return [p.no for p in source.paragraphs if p.text.strip() and p.no not in kept]


def status_of(text: str) -> tuple[str, str]:
    """(code, the words) of the first status named in a text."""
    for code, pattern in _STATUS:
        if found := pattern.search(text):
            return code, found.group()
    return "", ""


def read_circular(source: Source, *, units: Sequence[str] = ()) -> Circular:
    """A read paper -> Circular. ``units``: names and aliases of the unit's departments, kept whole."""
    letter = read_letter(source)
    out = Circular(letter.title, letter.issuer, None, letter.issued_on, warnings=list(source.warnings))
    head = " ".join(p.text for p in source.paragraphs[:8])
    if found := _PERIOD.search(head):
        out.period = chinese_number(found[1])
    reader = _Reader(out, units, letter.issued_on.year if letter.issued_on else 2000)
    for rows in _blocks(source.paragraphs):
        reader.table(rows) if rows[0].cell else reader.line(rows[0])
    if not out.entries:
        out.warnings.append(N_("没有读出点名的单位和进度用语，请直接看原文。"))
    return out


def _blocks(paragraphs: Sequence[Paragraph]) -> list[list[Paragraph]]:
    """Single paragraphs, and the cells of one table together."""
    out: list[list[Paragraph]] = []
    for p in paragraphs:
        if not p.text.strip():
            continue
        last = out[-1][-1] if out else None
        if p.cell and last and last.cell and last.cell.table == p.cell.table:
            out[-1].append(p)
        else:
            out.append([p])
    return out


class _Reader:
    """``heading``: the status of the list that is being read (附件1：慢序时项目)."""

    def __init__(self, out: Circular, units: Sequence[str], year: int) -> None:
        self.out, self.units, self.setting = out, units, Setting(year, units)
        self.heading = ("", "")

    def line(self, p: Paragraph) -> None:
        number = marker(p.text)
        body = number.rest if number else p.text
        self.count(body)
        clean, said = extract(body, self.setting)
        named = [*said.lead, *said.units]
        status = status_of(body)
        if status[0] and not named and self.is_heading(body):
            self.heading = status
            self.note(p)
            return
        found = [e for sentence, _ in split_outside(body, "。；;") if (e := self.sentence(sentence, p))]
        if not found and named and (status[0] or self.heading[0]):
            code, words = status if status[0] else self.heading
            found = [Entry(named, clean[:120], code, words, body, p.no, inherited=not status[0])]
        if not found and self.heading[0] and number and (here := self.named(body)):
            found = [Entry(here, body[:120], *self.heading, body, p.no, inherited=True)]
        self.out.entries.extend(found)
        if not found:
            self.note(p)

    def is_heading(self, text: str) -> bool:
        """附件1：慢序时进度项目, （一）按序时推进的（12项）: short, no sentence, nobody named."""
        return len(text) <= _HEADING and not re.search(r"[。；]", text) and not self.named(text)

    def sentence(self, text: str, p: Paragraph) -> Entry | None:
        """第八检察部、办公室进展缓慢: units that stand in the sentence with a word of progress."""
        code, words = status_of(text)
        named = self.named(text) if code else []
        return Entry(named, text.strip()[:120], code, words, text.strip(), p.no) if named else None

    def named(self, text: str) -> list[str]:
        """The unit's own names in a text, longest first; without them whatever looks like a list of units before the status."""
        taken, found = text, []
        for name in sorted((u for u in self.units if len(u) >= 3), key=len, reverse=True):
            if name in taken:
                found.append((text.index(name), name))
                taken = taken.replace(name, "＿" * len(name))
        if found or not text:
            return [name for _at, name in sorted(found)]
        _, words = status_of(text)
        before = text.partition(words)[0] if words else ""
        names = split_units(re.split(r"[，,：:]", before.rstrip("，,等"))[-1], self.units) if before else []
        return [n for n in names if looks_like_unit(n) and len(n) <= 16]

    def count(self, text: str) -> None:
        for found in _COUNT.finditer(text):
            if status_of(found["what"])[0] or re.search(r"任务|事项|项目|督办", found["what"]):
                self.out.counts.append((found["what"], int(found["n"])))

    def note(self, p: Paragraph) -> None:
        self.out.notes.append(Note(p.text, p.no))

    def table(self, cells: list[Paragraph]) -> None:
        """Rows with a column of units; the status stands in the row or over the table."""
        rows: dict[int, list[Paragraph]] = {}
        for p in cells:
            rows.setdefault(p.cell.row if p.cell else 0, []).append(p)
        head: dict[int, str] = {}
        for row in rows.values():
            roles = {p.cell.col: role_of(p.text) for p in row if p.cell}
            if not head and len({r for r in roles.values() if r}) >= 2:
                head = roles
                for p in row:
                    self.note(p)
                continue
            self.row(row, head)

    def row(self, row: list[Paragraph], head: dict[int, str]) -> None:
        role = {p.no: head.get(p.cell.col, "") if p.cell else "" for p in row}
        named = [n for p in row if role[p.no] in ("lead", "units") for n in split_units(p.text, self.units)]
        said = next(
            (s for p in row if role[p.no] in ("state", "skip", "note", "") and (s := status_of(p.text))[0]),
            ("", ""),
        )
        code, words = said if said[0] else self.heading
        title = next((p.text for p in row if role[p.no] in ("task", "content")), "")
        if not (named and code):
            for p in row:
                self.note(p)
            return
        text = "，".join(squeeze(p.text) for p in row)
        self.out.entries.append(
            Entry(named, title.replace("\n", "")[:120], code, words, text, row[0].no, inherited=not said[0])
        )
        for p in row[1:]:
            self.note(p)


def looks_like_circular(source: Source) -> bool:
    """Does the paper call itself a circular of supervision?"""
    head = " ".join(p.text for p in source.paragraphs[:10])
    return bool(re.search(r"通\s*报|督\s*查|督\s*办", head)) and not furniture.attachment(head)


def bigrams(text: str) -> set[str]:
    flat = re.sub(r"[\W\d_]+", "", text)
    return {flat[i : i + 2] for i in range(len(flat) - 1)}


def likeness(a: str, b: str) -> float:
    """How much of the shorter title stands in the other, 0 … 1. Never enough by itself to say two tasks are one."""
    one, two = bigrams(a), bigrams(b)
    return len(one & two) / min(len(one), len(two)) if one and two else 0.0
