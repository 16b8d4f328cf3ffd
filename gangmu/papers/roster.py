"""Where the header of a roster stands and what its columns are: a sheet -> a layout that a person can correct."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from gangmu.papers import roster_words as words
from gangmu.papers.roster_open import RawSheet
from gangmu.papers.roster_values import text

LOOK = 20  # rows from the top in which a header may stand
MOST_HEAD = 60  # characters; a longer cell is a sentence, not a header
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年")
_FOOT = re.compile(
    r"^(?:合计|总计|小计|填表人|填报人|审核人|制表人|制表|联系人|负责人|填表说明|填写说明|说明|备注|注)(?:[:：].*)?$|^(?:填表人|审核人|制表人|注|说明)[:：]"
)
_EXAMPLE = re.compile(r"^(?:示例|样例|例|例如|范例|填写示例)(?:[:：].*)?$|^例[:：]")


@dataclass(frozen=True)
class Column:
    """``field``: code of the field it is read as, or ""; ``why``: a key of ``roster_words.WHY``."""

    index: int
    head: str
    field: str
    why: str

    @property
    def letter(self) -> str:
        return letter(self.index)


@dataclass
class Layout:
    """A sheet understood. ``first``: the index of the first row below the header; ``aside``: (line, why) of rows left out."""

    kind: str
    sheet: RawSheet
    columns: list[Column]
    header: int
    first: int
    titles: list[str] = field(default_factory=list)
    year: int | None = None

    def column(self, code: str) -> Column | None:
        return next((c for c in self.columns if c.field == code), None)

    def lacking(self) -> list[words.Field]:
        """Fields that this kind of list cannot do without and that no column gives."""
        missing = [f for f in words.FIELDS[self.kind] if f.need and not self.column(f.code)]
        if self.kind == "dues" and not self.months():
            missing += [f for f in words.FIELDS["dues"] if f.code == "month" and not self.column("month")]
            if not self.column("due") and not self.column("paid"):
                missing += [f for f in words.FIELDS["dues"] if f.code == "paid"]
        return missing

    def months(self) -> list[Column]:
        """The columns of single months of a list of dues."""
        return [c for c in self.columns if "@" in c.field]

    def lines(self) -> list[int]:
        """Indexes of the rows to be read."""
        return self._split[0]

    def aside(self) -> list[tuple[int, str]]:
        """(line in Excel, its first words) of rows that are no entries: totals, examples, who filled it in."""
        return self._split[1]

    @cached_property
    def _split(self) -> tuple[list[int], list[tuple[int, str]]]:
        used = [c.index for c in self.columns if c.field]
        name = next((c.index for c in self.columns if c.field == "name"), None)
        kept: list[int] = []
        left: list[tuple[int, str]] = []
        rows = self.sheet.rows
        for n in range(self.first, len(rows)):
            row = rows[n]
            own = row[name] if name is not None and name < len(row) else ""
            if type(own) is str and 1 < len(own) <= 4 and own[0] not in _SUSPECT and type(row[0]) is not str:
                kept.append(n)  # the common case, seen at a glance
                continue
            first = next((t for cell in row[:4] if (t := text(cell))), "")
            if any(_EXAMPLE.match(t) or _FOOT.match(t) for t in (first, text(own)) if t):
                left.append((n + 1, first[:20]))
            elif any(text(row[i]) for i in used if i < len(row)):
                kept.append(n)
        return kept, left


_SUSPECT = frozenset("合总小填审制联负说备注示样例范 /-—无暂空#\\　")


def letter(index: int) -> str:
    """0 -> A, 27 -> AB."""
    out = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        out = chr(65 + rest) + out
    return out


def layout(
    sheet: RawSheet,
    kind: str = "",
    *,
    hints: Mapping[str, Mapping[str, str]] | None = None,
    chosen: Mapping[int, str] | None = None,
) -> Layout | None:
    """The header of a sheet and its columns; None when no row looks like one.

    ``kind``: "" lets the headers decide. ``hints``: kind -> folded header -> field, as corrected before.
    ``chosen``: column index -> field, what the person says now ("" leaves it aside).
    """
    found = _best(sheet, kind, hints or {})
    if found is None:
        return None
    kind, at, heads, depth = found
    columns = _columns(heads, kind, (hints or {}).get(kind, {}), chosen or {})
    titles = [t for row in sheet.rows[:at] for cell in row if (t := text(cell))][:10]
    year = next((int(m[1]) for t in [*titles, sheet.name] if (m := _YEAR.search(t))), None)
    return Layout(kind, sheet, columns, at, at + depth, titles, year)


def _best(
    sheet: RawSheet, kind: str, hints: Mapping[str, Mapping[str, str]]
) -> tuple[str, int, list[str], int] | None:
    """(kind, row, heads, rows of the header) with the highest count of known labels; the upper row wins a tie."""
    best: tuple[float, str, int, list[str], int] | None = None
    for at in range(min(LOOK, len(sheet.rows))):
        if sum(1 for cell in sheet.rows[at] if text(cell)) < 2:
            continue
        heads, depth = _heads(sheet, at)
        for candidate in (kind,) if kind else words.KINDS:
            value = _label_count(heads, candidate, hints.get(candidate, {}))
            if value > 0 and (best is None or value > best[0]):
                best = (value, candidate, at, heads, depth)
    return best[1:] if best else None


def _label_count(heads: list[str], kind: str, hints: Mapping[str, str]) -> float:
    """How much a row looks like the header of this kind. Needs two labels and the list's own name column."""
    codes: set[str] = set()
    known = 0.0
    for head in heads:
        code, why = (hints[f], "hint") if (f := words.fold_head(head)) in hints else words.match(head, kind)
        if code and code not in codes:
            codes.add(code)
            known += 2 if why != "part" else 1
        elif why in ("private", "unused"):
            known += 0.5
    needed = {f.code for f in words.FIELDS[kind] if f.need}
    if "name" not in codes or len(codes) + (known > 2) < 2:
        return 0
    told = len(codes & _TELLING[kind])
    # A column 职务 alone makes no list of posts: every list of staff has one.
    return known + 3 * told - 2 * len(needed - codes) - (4 if kind == "posts" and not told else 0)


# The fields that tell one kind of list from another.
_TELLING = {
    "people": frozenset[str](), "departments": frozenset({"short", "former", "line", "leader"}),
    "posts": frozenset({"since", "until", "charge"}), "members": frozenset({"org", "joined", "confirmed", "status"}),
    "dues": frozenset({"due", "paid", "month", "paid_on"}) | {f"{w}@{m:02d}" for w in ("due", "paid") for m in range(1, 13)},
}  # fmt: skip


def _heads(sheet: RawSheet, at: int) -> tuple[list[str], int]:
    """The header texts of row ``at``, joined with a second header row below it if there is one."""
    upper = [_label(cell) for cell in sheet.rows[at]]
    below = [_label(cell) for cell in sheet.rows[at + 1]] if at + 1 < len(sheet.rows) else []
    if not _second(upper, below, sheet.rows[at + 1] if below else []):
        return upper, 1
    heads, group = [], ""
    for n in range(max(len(upper), len(below))):
        top = upper[n] if n < len(upper) else ""
        low = below[n] if n < len(below) else ""
        group = top or (group if low else "")
        heads.append((group + low if low else top) if group != low else low)
    return [_sensible(h, b) for h, b in zip(heads, [*below, *[""] * len(heads)], strict=False)], 2


def _sensible(joined: str, low: str) -> str:
    """The lower label alone where it says everything (党员基本情况 over 姓名)."""
    for kind in words.KINDS:
        if low and words.match(joined, kind)[1] == "unknown" and words.match(low, kind)[1] == "exact":
            return low
    return joined


def _second(upper: list[str], below: list[str], raw: list[Any]) -> bool:
    """Whether the row below continues the header: only words, under groups or empty cells, most of them labels."""
    low = [(n, b) for n, b in enumerate(below) if b]
    if not low or any(isinstance(cell, (int, float)) and not isinstance(cell, bool) for cell in raw):
        return False
    tops = [upper[n] if n < len(upper) else "" for n, _b in low]
    alone = [t for t in tops if t and _stands_alone(t)]
    labels = [
        b
        for _n, b in low
        if any(words.match(b, kind)[1] in ("exact", "private", "unused") for kind in words.KINDS)
    ]
    return not alone and len(labels) * 2 > len(low)


def _stands_alone(head: str) -> bool:
    """A label that is a column by itself; a month may be a group (1月: 应缴, 实缴)."""
    if words.month_code(words.fold_head(head)):
        return False
    return any(words.match(head, kind)[1] == "exact" for kind in words.KINDS)


def _label(cell: object) -> str:
    if isinstance(cell, (int, float)) and not isinstance(cell, bool):
        return text(cell) if 1 <= cell <= 12 or 190_001 <= cell <= 210_012 else ""
    flat = text(cell) or (str(cell).strip() if cell in ("姓名",) else "")
    return flat if len(flat) <= MOST_HEAD else ""


def _columns(
    heads: list[str], kind: str, hints: Mapping[str, str], chosen: Mapping[int, str]
) -> list[Column]:
    """Every column that has a header or was chosen. A field is given once: what a person says first, then exact matches."""
    found = [_column(n, head, kind, hints, chosen) for n, head in enumerate(heads) if head or n in chosen]
    order = {"chosen": 0, "hint": 1, "exact": 2, "part": 3}
    taken: dict[str, int] = {}
    for column in sorted(found, key=lambda c: (order.get(c.why, 9), c.index)):
        if column.field:
            taken.setdefault(column.field, column.index)
    return [
        c if not c.field or taken[c.field] == c.index else Column(c.index, c.head, "", "double")
        for c in found
    ]


def _column(n: int, head: str, kind: str, hints: Mapping[str, str], chosen: Mapping[int, str]) -> Column:
    if words.is_private(head) and words.match(head, kind)[1] == "private":
        return Column(n, head, "", "private")
    if n in chosen and (not chosen[n] or words.field(kind, chosen[n])):
        code, why = words.match(head, kind)
        same = code == chosen[n]  # nobody changed anything: say how it was found
        return Column(n, head, chosen[n], why if same else "chosen" if chosen[n] else "aside")
    folded = words.fold_head(head)
    if folded in hints and (not hints[folded] or words.field(kind, hints[folded])):
        return Column(n, head, hints[folded], "hint")
    return Column(n, head, *words.match(head, kind))
