"""How well a folder of papers is read, against hand-checked truth: its own ``truth.json`` and any given beside it.

A truth file is a list of papers (or one paper): {file, title, leaves: [{title, lead: [], units: [], deadline: str|null,
soft: str|null}]}. ``record`` beside ``file`` names one line of a .jsonl file by its ``id``; its ``text`` is the paper.

- leaves: a task matches a truth leaf when its title or text, with numbering, blanks and punctuation removed, begins
  with the leaf's title likewise normalised; one to one, in order (the longest common order of matches).
- lead, units: micro-averaged sets over matched leaves, names compared with blanks removed.
- due: over matched leaves, micro-averaged sets of days. ``deadline`` is text as the paper has it; its days are read
  here with a small reader of its own, so that a fault of dates.py cannot cancel out. A range counts by its last day;
  several deadlines by every day; 初 and 上旬 are the 10th, 中旬 the 20th, 底 and 下旬 the last day. A leaf without
  deadline expects no day. A leaf whose ``soft`` is set and whose ``deadline`` is null may get a *guessed* day (an
  offered suggestion) without it counting either way; a day not marked as guessed counts as wrong.
- lost: source paragraphs found neither in items, notes nor aside, over every file of the folder that can be read.
"""

from __future__ import annotations

import json
import re
import time
from calendar import monthrange
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from gangmu.papers.errors import Unreadable
from gangmu.papers.model import Item, Outline
from gangmu.papers.outline import outline
from gangmu.papers.read import read
from gangmu.papers.words import bare, squeeze

Truth = dict[str, Any]


class Tally:
    """Counts for precision and recall."""

    def __init__(self) -> None:
        self.right = self.said = self.true = 0

    def add(self, said: set[Any], true: set[Any]) -> None:
        self.right += len(said & true)
        self.said += len(said)
        self.true += len(true)

    def figures(self) -> dict[str, float]:
        """{precision, recall, f1, right, said, true}; 1.0 where there was nothing to say and nothing was said."""
        precision = self.right / self.said if self.said else 1.0
        recall = self.right / self.true if self.true else 1.0
        both = precision + recall
        return {
            "precision": round(precision, 4), "recall": round(recall, 4),
            "f1": round(2 * precision * recall / both if both else 0.0, 4),
            "right": self.right, "said": self.said, "true": self.true,
        }  # fmt: skip


def truth_days(text: str | None, year: int) -> set[date]:
    """The days of a truth deadline such as ``2022年11月底前；12月底前`` or ``7月14日 12：00—16日 12：00``."""
    days: set[date] = set()
    known = year
    for part in re.split(r"[；;]", re.sub(r"（[^）]*）", "", text or "")):
        flat = re.sub(r"\d{1,2}[：:]\d{2}|\s", "", part)
        stated = re.search(r"(\d{4})年", flat)
        known = int(stated[1]) if stated else known
        if "年底" in flat:
            days.add(date(known, 12, 31))
            continue
        month = re.search(r"(\d{1,2})月(?!.*\d月)", flat)
        if not month:
            continue
        number, rest = int(month[1]), flat[month.end() :]
        dated = re.findall(r"(\d{1,2})日", rest) or re.findall(r"(\d{1,2})$", rest)
        last = monthrange(known, number)[1]
        third = {"初": 10, "上旬": 10, "中旬": 20}
        day = int(dated[-1]) if dated else next((d for word, d in third.items() if word in rest), last)
        days.add(date(known, number, day))
    return days


def _core(text: str) -> str:
    return bare(re.sub(r"^[\s（(]*[\d一二三四五六七八九十百]+\s*[)）.．、]+", "", text))


def _begins(item: Item, title: str) -> bool:
    wanted = _core(title)
    return any(_core(t).startswith(wanted) for t in (item.title, item.text, f"{item.title}{item.text}") if t)


def match(found: list[Item], leaves: list[dict[str, Any]]) -> list[tuple[Item, dict[str, Any]]]:
    """The longest common order of matching tasks and truth leaves."""
    fits = [[_begins(item, leaf["title"]) for leaf in leaves] for item in found]
    best = [[0] * (len(leaves) + 1) for _ in range(len(found) + 1)]
    for i in range(len(found) - 1, -1, -1):
        for j in range(len(leaves) - 1, -1, -1):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + 1 if fits[i][j] else 0)
    pairs, i, j = [], 0, 0
    while i < len(found) and j < len(leaves):
        if fits[i][j] and best[i][j] == best[i + 1][j + 1] + 1:
            pairs.append((found[i], leaves[j]))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return pairs


def _said_days(item: Item, leaf: dict[str, Any]) -> set[date]:
    if item.due is None:
        return set()
    if leaf["soft"] and not leaf["deadline"] and item.due.guessed:
        return set()
    return set(item.due.dates) or (
        {item.due.date} if item.due.date and item.due.kind != "recurring" else set()
    )


def _compare(made: Outline, true: Truth, tallies: dict[str, Tally]) -> dict[str, Any]:
    own = {name: Tally() for name in tallies}
    found, leaves = made.leaves(), true["leaves"]
    pairs = match(found, leaves)
    year = made.year or datetime.now(UTC).year
    for each in (own, tallies):
        each["leaves"].right += len(pairs)
        each["leaves"].said += len(found)
        each["leaves"].true += len(leaves)
        for item, leaf in pairs:
            each["lead"].add({squeeze(n) for n in item.lead}, {squeeze(n) for n in leaf["lead"]})
            each["units"].add({squeeze(n) for n in item.units}, {squeeze(n) for n in leaf["units"]})
            each["due"].add(_said_days(item, leaf), truth_days(leaf["deadline"], year))
    return {name: tally.figures() for name, tally in own.items()}


def truths(*places: Path) -> list[Truth]:
    """The papers of every truth file given; a folder stands for its .json files. What does not exist gives none."""
    files = [f for p in places for f in (sorted(p.glob("*.json")) if p.is_dir() else [p]) if f.is_file()]
    found: list[Truth] = []
    for file in files:
        said = json.loads(file.read_text("utf-8"))
        found.extend(said if isinstance(said, list) else [said])
    return found


def _name(true: Truth) -> str:
    return f"{true['file']}#{true['record']}" if true.get("record") else true["file"]


def _papers(folder: Path, wanted: set[str]) -> Iterator[tuple[str, bytes, str]]:
    """(name, bytes, file name to read it by) of every file of the folder and of the records that a truth names."""
    for path in sorted(
        p for p in folder.iterdir() if p.is_file() and p.name not in ("truth.json", "INDEX.md")
    ):
        yield path.name, path.read_bytes(), path.name
        if path.suffix == ".jsonl" and any(name.startswith(f"{path.name}#") for name in wanted):
            for line in path.read_text("utf-8").splitlines():
                record = json.loads(line)
                if (name := f"{path.name}#{record['id']}") in wanted:
                    yield name, record["text"].encode(), f"{record['id']}.txt"


def score(folder: Path, truth: Path | None = None) -> dict[str, Any]:
    """{files: [{file, …}], leaves, lead, units, due: {precision, recall, f1, …}, lost, refused, missing, seconds}.

    ``truth``: a file or folder of truth beside the folder's own; what it says of a paper holds over truth.json.
    """
    begun = time.monotonic()
    known = {_name(t): t for t in truths(folder / "truth.json", *([truth] if truth else []))}
    tallies = {name: Tally() for name in ("leaves", "lead", "units", "due")}
    files: list[dict[str, Any]] = []
    refused: dict[str, str] = {}
    for name, data, called in _papers(folder, set(known)):
        try:
            source = read(data, called)
        except Unreadable as error:
            refused[name] = error.code
            continue
        made = outline(source)
        line: dict[str, Any] = {
            "file": name, "tasks": len(made.leaves()), "kind": made.kind, "lost": made.lost(source),
        }  # fmt: skip
        if name in known:
            line |= _compare(made, known[name], tallies)
        files.append(line)
    return {
        "files": files,
        **{name: tally.figures() for name, tally in tallies.items()},
        "lost": sum(len(f["lost"]) for f in files),
        "refused": refused,
        "missing": sorted(set(known) - {f["file"] for f in files}),
        "seconds": round(time.monotonic() - begun, 2),
    }
