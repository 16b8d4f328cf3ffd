"""Posts, party members and dues of a roster, checked row by row. Beside ``roster_check``, which has people and departments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from gangmu.papers.roster_check import Checked, Sheet, identify, people
from gangmu.papers.roster_check import departments as check_departments

# What a post is called -> (code of the post, whether it belongs to a department, to a party organisation or to neither).
TITLES: dict[str, tuple[str, str]] = {
    "党组书记": ("group_secretary", ""), "党组成员": ("group_member", ""), "党组副书记": ("group_member", ""),
    "检察长": ("chief", ""), "副检察长": ("deputy_chief", ""), "机关党委书记": ("committee_secretary", ""),
    "机关专职党委书记": ("full_time_secretary", ""), "专职党委书记": ("full_time_secretary", ""),
    "机关党委专职书记": ("full_time_secretary", ""), "机关党委专职副书记": ("full_time_deputy", ""),
    "专职副书记": ("full_time_deputy", ""), "党办主任": ("party_office_head", ""), "机关党委办公室主任": ("party_office_head", ""),
    "党办干事": ("party_officer", ""), "党务干事": ("party_officer", ""), "办公室主任": ("office_head", ""),
    "部门正职": ("department_head", "department"), "部门负责人": ("department_head", "department"), "主任": ("department_head", "department"),
    "部长": ("department_head", "department"), "处长": ("department_head", "department"), "科长": ("department_head", "department"),
    "支队长": ("department_head", "department"), "支部书记": ("branch_secretary", "org"), "党支部书记": ("branch_secretary", "org"),
    "组织委员": ("branch_organiser", "org"), "支部委员": ("branch_committee", "org"), "宣传委员": ("branch_committee", "org"),
    "纪检委员": ("branch_committee", "org"), "纪律检查委员": ("branch_committee", "org"), "青年委员": ("branch_committee", "org"),
    "支部副书记": ("branch_committee", "org"), "党支部副书记": ("branch_committee", "org"), "支委": ("branch_committee", "org"),
    "党小组组长": ("group_leader", "org"), "党小组长": ("group_leader", "org"), "组长": ("group_leader", "org"),
}  # fmt: skip
LEADING = frozenset({"group_secretary", "group_member", "chief", "deputy_chief"})
IN_BRANCH = {k: v for k, v in TITLES.items() if v[1] == "org"} | {
    "书记": ("branch_secretary", "org"),
    "副书记": ("branch_committee", "org"),
}
_PARTS = re.compile(r"[、,，;；/\n]+")


@dataclass(frozen=True)
class PostRow:
    """A duty held from ``since``. ``charge``: departments in charge of, for the leading posts."""

    line: int
    person: int
    kind: str
    department: int | None = None
    org: int | None = None
    charge: tuple[int, ...] = ()
    since: date | None = None
    until: date | None = None


def posts(sheet: Sheet) -> Checked:
    """One row may name several posts (党组成员、副检察长); each becomes a row of its own."""
    seen: dict[tuple[Any, ...], int] = {}
    codes = ("name", "number", "title", "place", "charge", "since", "until")
    for i, name, number, title, place, charge, since, until in zip(
        sheet.indexes, *(sheet.get(c) for c in codes), strict=True
    ):
        line = i + 1
        where = _where(sheet, line, place)
        person = sheet.person(line, name, number, where[0] if where else None)
        if not title:
            sheet.error(line, "title", "missing", what="任职")
        if not since and not until and not sheet.bad(line):
            sheet.error(line, "since", "since_missing")
        if since and until and until < since:
            sheet.error(line, "until", "until_early")
        led = _charge(sheet, line, charge)
        if person is None or sheet.bad(line):
            continue
        for row in _titles(sheet, line, person.pk, title, where, led, since, until):
            key = (row.person, row.kind, row.department, row.org)
            if seen.setdefault(key, line) != line:
                sheet.error(line, "title", "twice", n=seen[key])
            else:
                sheet.out.rows.append(row)
    sheet.out.rows = [r for r in sheet.out.rows if not sheet.bad(r.line)]
    return sheet.out


def _where(sheet: Sheet, line: int, place: str | None) -> tuple[int | None, int | None]:
    """(department, party organisation) of the column that may hold either."""
    if not place:
        return None, None
    key = sheet.known.key(place)
    found = sheet.known.departments.get(key), sheet.known.orgs.get(key)
    if found == (None, None):
        sheet.place(line, "place", place, sheet.known.departments | sheet.known.orgs, "place_unknown")
    return found


def _charge(sheet: Sheet, line: int, text: str | None) -> tuple[int, ...]:
    found = [
        sheet.place(line, "charge", part, sheet.known.departments, "department_unknown")
        for part in _PARTS.split(text or "")
        if part
    ]
    return tuple(pk for pk in found if pk)


def _titles(
    sheet: Sheet, line: int, person: int, title: str, where: tuple[int | None, int | None], led: tuple[int, ...],
    since: date | None, until: date | None,
) -> list[PostRow]:  # fmt: skip
    out, given = [], False
    for part in [p.strip() for p in _PARTS.split(title) if p.strip()]:
        bare, (department, org) = _split(sheet, part, where)
        found = TITLES.get(bare)
        if found is None:
            sheet.note(line, "title", "title_unknown", text=part[:40])
            continue
        kind, needs = found
        if needs == "department" and not department:
            sheet.error(line, "place", "title_place", text=part[:40])
        if needs == "org" and not org:
            sheet.error(line, "place", "title_org", text=part[:40])
        charge = led if kind in LEADING and not given else ()
        given = given or bool(charge)
        out.append(
            PostRow(
                line, person, kind, department if needs == "department" or kind == "office_head" else None,
                org if needs == "org" else None, charge, since, until,
            )
        )  # fmt: skip
    if led and out and not given:
        sheet.error(line, "charge", "charge_unused")
    return [] if sheet.bad(line) else out


def _split(
    sheet: Sheet, part: str, where: tuple[int | None, int | None]
) -> tuple[str, tuple[int | None, int | None]]:
    """第八检察部主任 -> (主任, that department): the longest known place in front of the title."""
    if part in TITLES:
        return part, where
    for cut in range(len(part) - 1, 1, -1):
        key = sheet.known.key(part[:cut])
        found = sheet.known.departments.get(key), sheet.known.orgs.get(key)
        if found != (None, None):
            rest = part[cut:]
            return ("支部书记" if rest == "书记" and found[1] else rest), found
    return part, where


_FULL = {"正式党员", "正式", "是", "中共党员", "党员"}
_PROBATIONARY = {"预备党员", "预备", "否", "中共预备党员"}


@dataclass(frozen=True)
class MemberRow:
    """A member in a branch. ``pk`` None: somebody who is on no roster yet. ``posts``: codes of posts in the branch.

    ``status`` "" where the list does not say.
    """

    line: int
    name: str
    number: str
    department: int | None
    pk: int | None
    org: int
    status: str
    joined: date | None = None
    confirmed: date | None = None
    since: date | None = None
    posts: tuple[str, ...] = ()


def members(sheet: Sheet) -> Checked:
    """Party members by branch. Whoever is on no roster yet is put on it, and the row says so."""
    codes = (
        "name",
        "number",
        "department",
        "org",
        "status",
        "joined",
        "confirmed",
        "since",
        "post",
        "remark",
    )
    cells = list(zip(sheet.indexes, *(sheet.get(c) for c in codes), strict=True))
    drafts: list[tuple[int, str, str, int | None]] = []
    orgs: dict[int, int] = {}
    for i, name, number, department, org, status, joined, confirmed, since, _post, remark in cells:
        line = i + 1
        home = sheet.place(line, "department", department, sheet.known.departments, "department_unknown")
        place = sheet.place(line, "org", org, sheet.known.orgs, "org_unknown")
        if not org:
            sheet.error(line, "org", "missing", what="所在支部")
        if place and place not in sheet.known.branches:
            sheet.error(line, "org", "org_kind", text=org)
        if not name and not sheet.bad(line):
            sheet.error(line, "name", "name_missing")
        _dates(sheet, line, status, joined, confirmed, since, remark or "")
        if not sheet.bad(line):
            drafts.append((line, name, number or "", home))
            orgs[line] = place or 0
    found = identify(sheet, drafts) if "department" in sheet.at else _by_name(sheet, drafts)
    rows = {d[0]: d for d in drafts if d[0] in found}
    for i, _n, _nr, _d, _o, status, joined, confirmed, since, post, _r in cells:
        if i + 1 in rows:
            draft = rows[i + 1]
            row = MemberRow(
                *draft, found[draft[0]], orgs[draft[0]], _status(status, joined, confirmed, sheet.known.today), joined, confirmed, since,
                _posts(sheet, draft[0], post),
            )  # fmt: skip
            _last_look(sheet, row)
    _tell_of_new(sheet)
    sheet.out.rows = [r for r in sheet.out.rows if not sheet.bad(r.line)]
    return sheet.out


def _by_name(sheet: Sheet, drafts: list[tuple[int, str, str, int | None]]) -> dict[int, int | None]:
    """Without a column of departments a name that is known once is that person, wherever the person works."""
    known = sheet.known.people
    full = [
        (line, name, number, only[0].department if not number and len(only := [p for p in known.get(name, ()) if not p.left]) == 1 else None)
        for line, name, number, _department in drafts
    ]  # fmt: skip
    return identify(sheet, full)


def _status(said: str | None, joined: date | None, confirmed: date | None, today: date) -> str:
    """full | probationary, or "" where the list does not say: whoever is known stays what the person is."""
    if confirmed:
        return "full"
    if said:
        return "probationary" if said in _PROBATIONARY else "full"
    return "probationary" if joined and years_on(joined, 1) > today else ""


def _dates(
    sheet: Sheet, line: int, status: str | None, joined: date | None, confirmed: date | None, since: date | None, remark: str
) -> None:  # fmt: skip
    today, probationary = sheet.known.today, status in _PROBATIONARY
    if status and status not in _FULL and not probationary:
        sheet.error(line, "status", "status_odd")
    for code, day in (("joined", joined), ("confirmed", confirmed), ("since", since)):
        if day and day > today:
            sheet.error(line, code, "day_future")
    if joined and confirmed and confirmed < joined:
        sheet.error(line, "confirmed", "confirmed_early")
    if probationary and confirmed:
        sheet.error(line, "status", "status_against")
    elif probationary and joined and years_on(joined, 2) < today:
        sheet.error(line, "joined", "probation_over")
    elif probationary and joined and years_on(joined, 1) < today and "延长" not in remark:
        sheet.error(line, "joined", "probation_long")


def years_on(day: date, years: int) -> date:
    """The same day years later; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _posts(sheet: Sheet, line: int, text: str | None) -> tuple[str, ...]:
    """Posts in the branch; what is none (党员, 无, 普通党员) says nothing."""
    found = []
    for part in [p.strip() for p in _PARTS.split(text or "") if p.strip()]:
        hit = IN_BRANCH.get(part) or next(
            (v for k, v in IN_BRANCH.items() if len(k) > 2 and part.endswith(k)), None
        )
        if hit:
            found.append(hit[0])
        elif part not in _FULL | _PROBATIONARY | {"普通党员", "群众"}:
            sheet.note(line, "post", "title_unknown", text=part[:40])
    return tuple(dict.fromkeys(found))


def _last_look(sheet: Sheet, row: MemberRow) -> None:
    """What needs the person: moving from another branch, or being new here."""
    now = sheet.known.branch_of.get(row.pk or 0)
    start = row.since or sheet.known.since or sheet.known.today
    if now and now[0] != row.org and start <= now[1]:
        sheet.error(row.line, "since", "since_early", day=now[1].isoformat())
    sheet.out.rows.append(row)


def _tell_of_new(sheet: Sheet) -> None:
    """Somebody on no roster is worth a look as long as that is the exception: a wrong character makes a new person."""
    new = [row.line for row in sheet.out.rows if row.pk is None]
    if len(new) <= max(10, len(sheet.out.rows) // 2):
        for line in new:
            sheet.note(line, "name", "new_person")


@dataclass(frozen=True)
class DuesRow:
    """What a member owes and paid for one month; ``month`` is its first day."""

    line: int
    person: int
    org: int
    month: date
    due: Decimal | None = None
    paid: Decimal | None = None
    paid_on: date | None = None


def dues(sheet: Sheet) -> Checked:
    """A row a month, or a row a member with a column a month. The amount owed is what the list says, never computed."""
    codes = ("name", "number", "org", "month", "due", "paid", "paid_on")
    months, wide = _month_columns(sheet), bool(sheet.layout.months())
    seen: dict[tuple[int, date], int] = {}
    for at, (i, name, number, org, month, due, paid, paid_on) in enumerate(
        zip(sheet.indexes, *(sheet.get(c) for c in codes), strict=True)
    ):
        line = i + 1
        place = sheet.place(line, "org", org, sheet.known.orgs, "org_unknown")
        who = sheet.person(line, name, number)
        branch = _branch(sheet, line, who.pk, place) if who else None
        if paid_on and paid_on > sheet.known.today:
            sheet.error(line, "paid_on", "day_future")
        found = (
            _by_month(sheet, at, months, due) if wide else _one_month(sheet, line, month, due, paid, paid_on)
        )
        if who is None or branch is None or sheet.bad(line):
            continue
        for row in (DuesRow(line, who.pk, branch, *cells) for cells in found):
            if seen.setdefault((row.person, row.month), line) != line:
                sheet.error(line, "name" if wide else "month", "twice", n=seen[row.person, row.month])
            else:
                sheet.out.rows.append(row)
    sheet.out.rows = [r for r in sheet.out.rows if not sheet.bad(r.line)]
    return sheet.out


def _branch(sheet: Sheet, line: int, person: int, place: int | None) -> int | None:
    now = sheet.known.branch_of.get(person)
    if place is None and now is None:
        sheet.error(line, "name", "not_member")
    if place is not None and now is not None and place != now[0]:
        who = sheet.known.org_names.get(now[0], "")
        sheet.note(line, "org", "org_against", org=who)
    return place or (now[0] if now else None)


def _one_month(
    sheet: Sheet,
    line: int,
    month: date | None,
    due: Decimal | None,
    paid: Decimal | None,
    paid_on: date | None,
) -> list[tuple[Any, ...]]:
    if month is None and not sheet.bad(line):
        sheet.error(line, "month", "missing", what="月份")
    if paid is None and paid_on and not sheet.bad(line):
        sheet.error(line, "paid", "paid_unsaid")
    if due is None and paid is None and not sheet.bad(line):
        sheet.error(line, "paid", "nothing_paid")
    return [(month, due, paid, paid_on)] if month else []


def _month_columns(sheet: Sheet) -> dict[date, dict[str, list[Any]]]:
    """First of the month -> due/paid -> the column's cells; a month with nothing in it has not begun."""
    found: dict[date, dict[str, list[Any]]] = {}
    for code in sheet.at:
        if "@" in code:
            what, _, when = code.partition("@")
            year = int(when[:4]) if len(when) > 2 else sheet.known.year or sheet.known.today.year
            if any(cell is not None for cell in sheet.get(code)):
                found.setdefault(date(year, int(when[-2:]), 1), {})[what] = sheet.get(code)
    return found


def _by_month(
    sheet: Sheet, at: int, months: dict[date, dict[str, list[Any]]], due: Decimal | None
) -> list[tuple[Any, ...]]:
    """The months that the list has begun: there an empty cell beside an amount owed is a month not paid."""
    out = []
    for month, cells in sorted(months.items()):
        paid = cells["paid"][at] if "paid" in cells else None
        owed = cells["due"][at] if "due" in cells else None
        owed = due if owed is None else owed
        if paid is not None or owed is not None:
            out.append((month, owed, paid, None))
    return out


CHECKS = {
    "people": people, "departments": check_departments, "posts": posts, "members": members, "dues": dues,
}  # fmt: skip
