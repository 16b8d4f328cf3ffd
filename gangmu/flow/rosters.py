"""From an Excel list to the roster: opened, laid out, checked against what the unit knows, then taken by one action."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, NotAllowed
from gangmu.common.models import lock
from gangmu.common.policy import Policy
from gangmu.org import policies
from gangmu.org import rosters as org
from gangmu.org.actions import columns, departments, members, people, posts
from gangmu.org.models import Unit
from gangmu.papers import roster_words as words
from gangmu.papers.errors import Unreadable
from gangmu.papers.roster import Layout, layout
from gangmu.papers.roster_check import NOTE, Checked, Known, Problem, Sheet
from gangmu.papers.roster_open import Book, RawSheet, open_book
from gangmu.papers.roster_party import CHECKS
from gangmu.party_life import dues
from gangmu.party_life.actions import dues as dues_actions


@dataclass(frozen=True)
class Choice:
    """What a person says about a sheet. ``columns``: index → field; ``since``: first day of who has none in the list."""

    kind: str = ""
    columns: Mapping[int, str] = field(default_factory=dict)
    since: date | None = None
    year: int | None = None


@dataclass
class Look:
    """A sheet before anything is stored: how it was read, what is wrong, what it would change."""

    layout: Layout
    known: Known
    checked: Checked
    change: org.Change

    @property
    def problems(self) -> list[Problem]:
        """All of them in the order of the sheet, those of the list's own change included."""
        kept = [Problem(row.line, -1, code, level=NOTE) for row, code in self.change.kept_out]
        return sorted([*self.checked.problems, *kept], key=lambda p: (p.line, p.column))

    @property
    def blocked(self) -> bool:
        """Whether the list cannot be taken whole."""
        return bool(self.checked.errors or self.layout.lacking())


def policy_of(kind: str) -> Policy[Unit]:
    return policies.keep_members if kind in ("members", "dues") else policies.keep_roster


def kinds_for(by: Any, unit: Unit) -> list[str]:
    """The lists that somebody keeps, in their order."""
    return [kind for kind in words.KINDS if policy_of(kind).allows(by, unit)]


def read_book(data: bytes, name: str) -> Book:
    """The workbook. Raises ``Invalid`` with the reason; nothing is kept then."""
    try:
        return open_book(data, name)
    except Unreadable as problem:
        raise Invalid(_(problem.message), field="file") from problem


def lay_out(unit: Unit, sheet: RawSheet, choice: Choice, allowed: list[str] | None = None) -> Layout | None:
    """How a sheet is read, with what was corrected before; None when no header was found."""
    hints = org.hints(unit.pk)
    found = layout(sheet, choice.kind, hints=hints, chosen=choice.columns)
    if found and allowed and not choice.kind and found.kind not in allowed:
        return next((f for k in allowed if (f := layout(sheet, k, hints=hints, chosen=choice.columns))), None)
    return found


def look(unit: Unit, found: Layout, choice: Choice, by: Any) -> Look:
    """Check every row and work out what would change. Reads only; about ten queries, however long the list."""
    today = clock.today()
    since = choice.since or today
    known = org.known(unit, today, since=since, year=choice.year or found.year or today.year)
    checked = (
        CHECKS[found.kind](Sheet(found, known)) if not found.lacking() else Checked(read=len(found.lines()))
    )
    return Look(found, known, checked, _change(unit, found.kind, checked.rows, since, by))


def _change(unit: Unit, kind: str, rows: list[Any], since: date, by: Any) -> org.Change:
    ways: dict[str, Callable[[], org.Change]] = {
        "people": lambda: org.people_change(unit, rows),
        "departments": lambda: org.departments_change(unit, rows, clock.today()),
        "posts": lambda: org.posts_change(unit, rows, clock.today(), by.person_id),
        "members": lambda: org.members_change(unit, rows, since, by.person_id),
        "dues": lambda: dues.change(unit, rows),
    }
    return ways[kind]()


def refusal(found: Look, partly: bool) -> str:
    """Why the list is not taken as it is, or ""."""
    lacking = found.layout.lacking()
    if lacking:
        heads = _("、").join(_(f.head) for f in lacking)
        return _("没有找到这些列：%(heads)s。请在“列的对照”里选好，再导入。") % {"heads": heads}
    errors = len(found.checked.errors)
    if errors and not partly:
        return _("有 %(n)s 行有错，整张表没有导入。改好再传，或者选“只导入没有错的行”。") % {"n": errors}
    if not found.checked.rows and errors:
        return _("没有一行可以导入。请先改好再传。")
    return ""


@transaction.atomic
def take(
    *, unit: Unit, sheet: RawSheet, choice: Choice, partly: bool = False, source_name: str = "", by: Any
) -> Look:
    """All or nothing, unless ``partly``: then the rows without an error. Read and checked again under the unit's lock."""
    unit = lock(unit)
    found = lay_out(unit, sheet, choice, kinds_for(by, unit))
    if found is None:
        raise Invalid(_("这张表里没有找到表头。表头至少要有“姓名”和另外一列。"))
    policy_of(found.kind).require(by, unit)
    looked = look(unit, found, choice, by)
    if why := refusal(looked, partly):
        raise Invalid(why)
    rows, said = looked.checked.rows, {"unit": unit, "source_name": source_name, "by": by}
    ways: dict[str, Callable[[], org.Change]] = {
        "people": lambda: people.take_roster(rows=rows, **said),
        "departments": lambda: departments.take_list(rows=rows, **said),
        "posts": lambda: posts.take_list(rows=rows, **said),
        "members": lambda: members.take_roster(rows=rows, since=choice.since or clock.today(), **said),
        "dues": lambda: dues_actions.take_list(rows=rows, **said),
    }
    looked.change = ways[found.kind]()
    _remember(unit, found, by)
    return looked


def _remember(unit: Unit, found: Layout, by: Any) -> None:
    """Keep what was corrected: only columns where the person said something else than the header."""
    said = {
        words.fold_head(c.head): c.field
        for c in found.columns
        if c.head and c.why in ("chosen", "aside") and "@" not in c.field
    }
    if said:
        columns.remember(unit=unit, kind=found.kind, heads=said, by=by)


def pick(book: Book, index: int | None) -> RawSheet:
    """The sheet asked for, else the first."""
    found = next((s for s in book.sheets if s.index == index), None)
    return found or book.sheets[0]


def require_any(by: Any, unit: Unit) -> list[str]:
    """The kinds somebody keeps; ``NotAllowed`` when there is none."""
    found = kinds_for(by, unit)
    if not found:
        raise NotAllowed(policies.keep_roster.reason)
    return found
