"""The shapes that reading a paper gives. Plain dataclasses; every one has a JSON-able ``to_dict()``."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field, fields, is_dataclass
from typing import Any


def plain(value: Any) -> Any:
    """Turn dataclasses, dates and lists into what ``json.dumps`` accepts."""
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return value


class Plain:
    """Mixin: ``to_dict()`` for a dataclass."""

    def to_dict(self) -> dict[str, Any]:
        return {f.name: plain(getattr(self, f.name)) for f in fields(self)}  # type: ignore[arg-type]


@dataclass(frozen=True)
class Cell(Plain):
    """Where a table cell stands: numbers from 0, spans at least 1; ``header`` as the source marks it."""

    table: int
    row: int
    col: int
    rows: int = 1
    cols: int = 1
    header: bool = False


@dataclass(frozen=True)
class Paragraph(Plain):
    """One paragraph (or one table cell) of the source. ``no`` counts from 1; ``text`` may hold line breaks."""

    no: int
    text: str
    kind: str = "p"  # p | cell | list | heading | link | header | caption | box | sheet (the name of one)
    cell: Cell | None = None
    marker: str = ""  # automatic number computed from the list definition, already part of ``text``
    centred: bool = False


@dataclass
class Source(Plain):
    """A paper as read: nothing interpreted yet. ``format`` is docx | doc | html | txt | md | xlsx | xls."""

    name: str
    format: str
    encoding: str
    paragraphs: list[Paragraph] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Source:
        """The way back from ``to_dict()``."""
        rows = [{**p, "cell": Cell(**p["cell"]) if p.get("cell") else None} for p in plain["paragraphs"]]
        return cls(**{**plain, "paragraphs": [Paragraph(**p) for p in rows]})


@dataclass(frozen=True)
class Due(Plain):
    """A deadline in normal form; ``raw`` is always the words of the paper.

    kind: date | range | recurring | ongoing | relative | immediate | unresolved | milestones | invalid.
    ``date`` is the last day on which it may be done; ``guessed`` says that a person should look.
    """

    kind: str
    raw: str
    date: datetime.date | None = None
    start: datetime.date | None = None
    rhythm: str | None = None
    dates: list[datetime.date] = field(default_factory=list)
    guessed: bool = False
    invalid: bool = False


@dataclass(frozen=True)
class Guess(Plain):
    """Something inferred, not read: field lead|leader|units|due|track|title|task, why, and a Chinese sentence."""

    field: str
    why: str  # label | legend | position | inherited | alias | prose | year
    text: str


@dataclass
class Item(Plain):
    """A numbered unit of the paper or a table row. ``task`` is a proposal, never a fact.

    ``history``: what the paper says was done, without a day: never the state of anything.
    """

    label: str
    level: int
    title: str
    text: str = ""
    task: bool = False
    lead: list[str] = field(default_factory=list)
    leader: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    due: Due | None = None
    inherited: bool | list[str] = False
    guesses: list[Guess] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    children: list[Item] = field(default_factory=list)
    selectors: list[str] = field(default_factory=list)  # codes of vague units and leaders, see units.selector
    history: list[str] = field(default_factory=list)

    def walk(self) -> Iterator[Item]:
        """This item and everything under it, in the order of the paper."""
        yield self
        for child in self.children:
            yield from child.walk()


@dataclass(frozen=True)
class Aside(Plain):
    """A source paragraph left out of the plan, and why."""

    text: str
    why: str
    paragraph: int


@dataclass(frozen=True)
class Note(Plain):
    """Text that belongs to the paper but to no item: preamble, rules for all, closing words."""

    text: str
    paragraph: int


@dataclass
class Outline(Plain):
    """A paper understood. kind: plan | regulation | news | table | unknown."""

    title: str = ""
    doc_no: str = ""
    issuer: str = ""
    year: int | None = None
    issued_on: datetime.date | None = None
    items: list[Item] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    kind: str = "unknown"

    def walk(self) -> Iterator[Item]:
        """Every item in the order of the paper."""
        for item in self.items:
            yield from item.walk()

    def leaves(self) -> list[Item]:
        """The items proposed as tasks, in the order of the paper."""
        return [item for item in self.walk() if item.task]

    def lost(self, source: Source) -> list[int]:
        """Numbers of source paragraphs found neither in items, notes nor aside; must always be []."""
        kept = {n for item in self.walk() for n in item.paragraphs}
        kept |= {note.paragraph for note in self.notes} | {left.paragraph for left in self.aside}
        return [p.no for p in source.paragraphs if p.text.strip() and p.no not in kept]
