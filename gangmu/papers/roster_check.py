"""The rows of a roster against what the unit knows: clean rows with ids, and what is wrong with the others, cell by cell.

Pure: what is known comes in as plain dictionaries (``Known``), what is found goes out as dataclasses. Nothing is guessed:
a name that is not known is an error with the nearest known name as a proposal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from typing import Any

from gangmu.papers import roster_values as values
from gangmu.papers import roster_words as words
from gangmu.papers.errors import N_
from gangmu.papers.roster import Layout
from gangmu.papers.words import chinese_number

ERROR, NOTE = "error", "note"
MESSAGES = {
    "name_missing": N_("没有写姓名"), "name_odd": N_("姓名里有不该有的字符"), "name_long": N_("姓名超过30个字"),
    "number_odd": N_("工号只能是字母、数字，最多20位"), "day_odd": N_("看不出是哪一天，请写成 1998-07-01 或 1998年7月"),
    "day_none": N_("没有这一天"), "day_far": N_("年份不对"), "day_january": N_("分不清是1月还是10月，请写成 1998-01 或 1998-10"),
    "day_future": N_("日期晚于今天"), "month_year": N_("没有写年份"), "money_odd": N_("不是金额"), "money_negative": N_("金额不能是负数"),
    "money_fine": N_("金额最多两位小数"), "text_long": N_("太长，最多%(most)s个字"), "missing": N_("没有写%(what)s"),
    "department_unknown": N_("本院没有“%(text)s”这个部门%(near)s"), "org_unknown": N_("本院没有“%(text)s”这个党组织%(near)s"),
    "place_unknown": N_("本院没有“%(text)s”这个部门或党组织%(near)s"), "person_unknown": N_("本院人员里没有“%(text)s”%(near)s"),
    "person_several": N_("本院有%(n)s位“%(text)s”，请补工号或部门"), "number_taken": N_("工号%(text)s是%(who)s的，与姓名不符"),
    "number_left": N_("工号%(text)s属于已经离开的%(who)s，请核对"), "twice": N_("与第%(n)s行重复"),
    "number_twice": N_("工号与第%(n)s行相同"), "confirmed_early": N_("转正早于入党"),
    "probation_long": N_("预备期已超过一年。已办转正的请写转正时间；延长预备期的请在备注里写明“延长预备期”"),
    "probation_over": N_("预备期最长两年，已经超过"), "status_odd": N_("党员类别请写“正式党员”或“预备党员”"),
    "status_against": N_("写的是预备党员，又有已到的转正时间"), "line_odd": N_("类别请写“检察业务”“党务”或“综合保障”"),
    "until_early": N_("止期早于起期"), "since_missing": N_("没有写任职日期"), "post_absent": N_("系统里没有这个任职，免职日期没有地方记"), "title_unknown": N_("“%(text)s”不对应系统里的职责，这一行不存"),
    "title_place": N_("“%(text)s”要写明是哪个部门"), "title_org": N_("“%(text)s”要写明是哪个党组织"), "charge_unused": N_("只有院领导才有分管部门"),
    "leader_post": N_("%(text)s在系统里没有院领导职务，请先导入任职名单"), "own_post": N_("本人的任职要由别人登记，这一条没有动"),
    "new_person": N_("人员名册里还没有，导入后一并登记"), "not_member": N_("不在本院任何支部，请先导入党员名册"),
    "since_early": N_("编入日期不晚于在原支部的起始日期（%(day)s）"), "paid_unsaid": N_("写了缴费日期，没写实缴金额"),
    "nothing_paid": N_("应缴、实缴都没有写"), "org_against": N_("名册上此人在%(org)s，按这里写的记"), "org_kind": N_("“%(text)s”不是支部，党员要编入支部"),
}  # fmt: skip
NEAR = N_("，是不是“%(name)s”？")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a cell: ``line`` as in Excel, ``column`` from 0 or -1 for the whole row. An error stops its row."""

    line: int
    column: int
    code: str
    words: dict[str, Any] = field(default_factory=dict, hash=False)
    level: str = ERROR

    def say(self, translate: Callable[[str], str] = str) -> str:
        """The sentence for a person."""
        said = {k: translate(v) if k == "what" else v for k, v in self.words.items()}
        if near := said.get("near"):
            said["near"] = translate(NEAR) % {"name": near}
        return translate(MESSAGES[self.code]) % said


@dataclass(frozen=True)
class KnownPerson:
    pk: int
    name: str
    number: str
    department: int | None
    left: bool = False


@dataclass
class Known:
    """What a unit knows when its list comes in. Keys are folded by ``place_key``; people by name and by number."""

    today: date
    departments: dict[str, int] = field(default_factory=dict)
    orgs: dict[str, int] = field(default_factory=dict)
    place_names: dict[int, str] = field(default_factory=dict)
    org_names: dict[int, str] = field(default_factory=dict)
    branches: frozenset[int] = frozenset()
    people: dict[str, list[KnownPerson]] = field(default_factory=dict)
    numbers: dict[str, KnownPerson] = field(default_factory=dict)
    branch_of: dict[int, tuple[int, date]] = field(default_factory=dict)
    leaders: frozenset[int] = frozenset()
    strip: tuple[str, ...] = ()
    since: date | None = None
    year: int | None = None

    def key(self, text: str) -> str:
        return place_key(text, self.strip)


_ORDINAL = re.compile(r"第([一二三四五六七八九十]{1,3})")


def place_key(text: str, strip: Iterable[str] = ()) -> str:
    """A department or party organisation as it is compared: 中共…院机关第三党支部委员会 and 第3支部 are one."""
    flat = re.sub(r"\s+", "", text).removeprefix("中共")
    for prefix in strip:
        flat = flat.removeprefix(prefix) or flat
    flat = _ORDINAL.sub(lambda m: f"第{chinese_number(m[1])}", flat)
    if flat.endswith("支部委员会"):
        flat = flat.removesuffix("委员会")
    return flat.replace("党支部", "支部")


@dataclass
class Checked:
    """``rows``: the clean ones, of the dataclass of their kind. ``errors`` counts rows, not cells."""

    rows: list[Any] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    read: int = 0

    @property
    def errors(self) -> set[int]:
        return {p.line for p in self.problems if p.level == ERROR}

    @property
    def notes(self) -> list[Problem]:
        return [p for p in self.problems if p.level == NOTE]


class Sheet:
    """The values of a layout, column by column, and where problems are noted while a row is looked at."""

    def __init__(self, layout: Layout, known: Known) -> None:
        self.layout, self.known = layout, known
        self.out = Checked()
        self.at = {c.field: c.index for c in layout.columns if c.field}
        self.indexes = layout.lines()
        self.out.read = len(self.indexes)
        self._bad: set[int] = set()
        self.columns = {code: self._column(code, n) for code, n in self.at.items()}
        self._near: dict[tuple[str, str], str] = {}

    def _column(self, code: str, n: int) -> list[Any]:
        """All cells of a column read as their field says; a bad one is noted and becomes None."""
        found = words.field(self.layout.kind, code)
        assert found is not None  # noqa: S101 - a layout has only known codes
        read, rows = _reader(found.kind, self.known.year), self.layout.sheet.rows
        out: list[Any] = []
        for i in self.indexes:
            row = rows[i]
            try:
                out.append(read(row[n] if n < len(row) else ""))
            except values.BadValue as bad:
                out.append(None)
                self.error(i + 1, code, bad.code)
        return out

    def get(self, code: str) -> list[Any]:
        """The read column, or as many empty cells."""
        return self.columns.get(code) or [None] * len(self.indexes)

    def error(self, line: int, code: str, problem: str, **said: Any) -> None:
        self._bad.add(line)
        self.out.problems.append(Problem(line, self.at.get(code, -1), problem, said))

    def note(self, line: int, code: str, problem: str, **said: Any) -> None:
        self.out.problems.append(Problem(line, self.at.get(code, -1), problem, said, NOTE))

    def bad(self, line: int) -> bool:
        return line in self._bad

    def long(self, line: int, code: str, value: str | None, most: int) -> str:
        """The text, unless it is longer than what is stored."""
        if value and len(value) > most:
            self.error(line, code, "text_long", most=most)
        return value or ""

    def place(
        self, line: int, code: str, text: str | None, table: dict[str, int], problem: str
    ) -> int | None:
        """The id behind a written name; an unknown one is an error with the nearest known name."""
        if not text:
            return None
        found = table.get(text) or table.get(self.known.key(text))
        if found is None:
            self.error(line, code, problem, text=text[:40], near=self.near(text, table, problem))
        return found

    def near(self, text: str, table: dict[str, int], problem: str) -> str:
        """``，是不是…？`` or "". Asked once for every wrong name."""
        key = (problem, text)
        if key not in self._near:
            names = self.known.org_names if table is self.known.orgs else self.known.place_names
            close = get_close_matches(self.known.key(text)[:40], list(table), n=1, cutoff=0.55)
            self._near[key] = names.get(table[close[0]], close[0]) if close else ""
        return self._near[key]

    def person(
        self, line: int, name: str | None, number: str | None, department: int | None = None
    ) -> KnownPerson | None:
        """Somebody who must be known already. Says what is wrong; None then."""
        if not name:
            if not self.bad(line):
                self.error(line, "name", "name_missing")
            return None
        if number and (owner := self.known.numbers.get(number)):
            return owner if self.owns(line, owner, name) else None
        found = [p for p in self.known.people.get(name, ()) if not p.left]
        exact = [p for p in found if department and p.department == department]
        found = exact or found
        if len(found) == 1:
            return found[0]
        if found:
            self.error(line, "name", "person_several", n=len(found), text=name)
        else:
            close = get_close_matches(name, list(self.known.people)[:3000], n=1, cutoff=0.6)
            self.error(line, "name", "person_unknown", text=name, near=close[0] if close else "")
        return None

    def owns(self, line: int, owner: KnownPerson, name: str) -> bool:
        """Whether a known number goes with the name written beside it."""
        if owner.left:
            self.error(line, "number", "number_left", text=owner.number, who=owner.name)
        elif owner.name != name:
            self.error(line, "number", "number_taken", text=owner.number, who=owner.name)
        return not owner.left and owner.name == name


def _reader(kind: str, year: int | None) -> Callable[[Any], Any]:
    if kind == "month":
        return lambda value: values.month(value, year)
    return {"day": values.day, "money": values.money, "name": values.name, "number": values.number}.get(
        kind, values.text
    )


@dataclass(frozen=True)
class PersonRow:
    """``pk``: somebody on the roster already; None is somebody new."""

    line: int
    name: str
    number: str = ""
    department: int | None = None
    pk: int | None = None


def people(sheet: Sheet) -> Checked:
    """Staff: a number tells who it is, else name and department, else the name alone where it is the only one."""
    columns = (sheet.get("name"), sheet.get("number"), sheet.get("department"))
    drafts: list[tuple[int, str, str, int | None]] = []
    for i, name, number, place in zip(sheet.indexes, *columns, strict=True):
        line = i + 1
        department = sheet.place(line, "department", place, sheet.known.departments, "department_unknown")
        if not name and not sheet.bad(line):
            sheet.error(line, "name", "name_missing")
        if not sheet.bad(line):
            drafts.append((line, name, number or "", department))
    found = identify(sheet, drafts)
    sheet.out.rows = [PersonRow(*d, found[d[0]]) for d in drafts if d[0] in found]
    return sheet.out


def identify(sheet: Sheet, drafts: list[tuple[int, str, str, int | None]]) -> dict[int, int | None]:
    """line -> id of the known person, or None for somebody new. Lines in error are left out.

    First who is certain (number, then name with department), then those whose name is left once on both sides.
    """
    certain: dict[int, int | None] = {}
    claimed: set[int] = set()
    open_lines: list[tuple[int, str, str, int | None]] = []
    for line, name, number, department in _once(sheet, drafts):
        owner = sheet.known.numbers.get(number) if number else None
        if owner:
            if sheet.owns(line, owner, name):
                certain[line] = owner.pk
                claimed.add(owner.pk)
            continue
        same = sheet.known.people.get(name)
        if same is None:
            certain[line] = None
            continue
        exact = [p for p in same if not p.left and p.department == department and _fits(p, number)]
        if len(exact) == 1 and exact[0].pk not in claimed:
            certain[line] = exact[0].pk
            claimed.add(exact[0].pk)
        else:
            open_lines.append((line, name, number, department))
    for line, name, number, _department in open_lines:
        left = [
            p for p in sheet.known.people[name] if not p.left and p.pk not in claimed and _fits(p, number)
        ]
        if len(left) > 1:
            sheet.error(line, "name", "person_several", n=len(left), text=name)
            continue
        certain[line] = left[0].pk if left else None
        claimed.update(p.pk for p in left)
    return certain


def _fits(person: KnownPerson, number: str) -> bool:
    """A person who has another number already is another person."""
    return not number or not person.number or person.number == number


def _once(
    sheet: Sheet, drafts: list[tuple[int, str, str, int | None]]
) -> Iterable[tuple[int, str, str, int | None]]:
    """The drafts without those that stand in the file already: same number, or same name and department without one."""
    numbers: dict[str, int] = {}
    names: dict[tuple[str, int | None], tuple[int, str]] = {}
    for draft in drafts:
        line, name, number, department = draft
        if number:
            first = numbers.setdefault(number, line)
            if first != line:
                sheet.error(line, "number", "number_twice", n=first)
                continue
        first, other = names.setdefault((name, department), (line, number))
        if first != line and not (number and other):
            sheet.error(line, "name", "twice", n=first)
            continue
        yield draft


LINES = {
    "business": ("检察业务", "业务", "业务部门", "检察业务部门", "办案部门"),
    "party": ("党务", "党务部门", "党建", "党务政工", "政工"),
    "support": ("综合保障", "综合", "综合部门", "保障", "保障部门", "综合业务", "行政", "行政保障", "后勤"),
}  # fmt: skip
_LINES = {word: code for code, said in LINES.items() for word in said}


@dataclass(frozen=True)
class DepartmentRow:
    """``aliases`` are in use, ``former`` were until ``since``. ``line_of_work`` "" leaves it as it is."""

    line: int
    name: str
    line_of_work: str = ""
    note: str = ""
    aliases: tuple[str, ...] = ()
    former: tuple[str, ...] = ()
    leader: int | None = None
    since: date | None = None
    until: date | None = None
    pk: int | None = None


def departments(sheet: Sheet) -> Checked:
    """The departments of a unit with their other names, line of work, and the leader in charge."""
    seen: dict[str, int] = {}
    codes = ("name", "line", "note", "short", "former", "leader", "since", "until")
    for i, name, work, note, short, former, leader, since, until in zip(
        sheet.indexes, *(sheet.get(c) for c in codes), strict=True
    ):
        line = i + 1
        name = sheet.long(line, "name", name, 40)
        key = sheet.known.key(name)
        if not name:
            sheet.error(line, "name", "missing", what=N_("部门名称"))
        elif seen.setdefault(key, line) != line:
            sheet.error(line, "name", "twice", n=seen[key])
        if work and work not in _LINES:
            sheet.error(line, "line", "line_odd")
        pk = sheet.known.departments.get(key) if name else None
        if name and not pk and not work:
            sheet.error(line, "line", "missing", what=N_("类别"))
        person = sheet.person(line, leader, None) if leader else None
        if person and person.pk not in sheet.known.leaders:
            sheet.error(line, "leader", "leader_post", text=person.name)
        if since and until and until < since:
            sheet.error(line, "until", "until_early")
        row = DepartmentRow(
            line, name, _LINES.get(work or "", ""), sheet.long(line, "note", note, 40),
            _names(sheet, line, "short", short), _names(sheet, line, "former", former),
            person.pk if person else None, since, until, pk,
        )  # fmt: skip
        if not sheet.bad(line):
            sheet.out.rows.append(row)
    return sheet.out


def _names(sheet: Sheet, line: int, code: str, text: str | None) -> tuple[str, ...]:
    parts = [p for p in re.split(r"[、,，;；/ ]+", text or "") if p]
    return tuple(dict.fromkeys(sheet.long(line, code, p, 40) for p in parts))
