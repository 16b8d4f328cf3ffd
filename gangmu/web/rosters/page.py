"""What the page of a list before it is taken shows: columns, what needs the person, the first rows, what would change."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext as _

from gangmu.flow import rosters as flow
from gangmu.org.models import Department, Membership, Person, Post, Unit
from gangmu.papers import roster_words as words
from gangmu.papers.roster import letter
from gangmu.papers.roster_check import ERROR, Problem
from gangmu.papers.roster_open import WHY_LEFT
from gangmu.papers.roster_values import text
from gangmu.web.rosters.forms import ReadForm, options
from gangmu.web.rosters.kept import Kept

SHOWN = 60  # problems, changes and names on the page; the marked copy has all
FIRST = 6  # rows of the sheet
VIEW_OF = {
    "people": "people",
    "departments": "departments",
    "posts": "posts",
    "members": "people",
    "dues": "orgs",
}


def context(unit: Unit, kinds: list[str], file: Kept, form: ReadForm, me: Any) -> dict[str, Any]:
    """Everything the template needs; about ten queries, whatever the length."""
    form.is_valid()
    book = flow.read_book(file.data, file.name)
    sheet, choice = flow.pick(book, form.index), form.choice(file.kind)
    found = flow.lay_out(unit, sheet, choice, kinds)
    base: dict[str, Any] = {
        "file": file, "sheets": book.sheets, "tab": sheet, "left": [(n, _(WHY_LEFT[why])) for n, why in book.left],
        "form": form, "kinds": [(k, _(words.KIND_HEADS[k])) for k in kinds], "layout": found, "query": query_of(form, sheet.index),
    }  # fmt: skip
    if found is None or found.kind not in kinds:
        return base | {"layout": None, "kind": choice.kind}
    looked = flow.look(unit, found, choice, me)
    problems = sorted(looked.problems, key=lambda p: p.level != ERROR)  # what stops a row comes first
    return base | {
        "kind": found.kind, "looked": looked, "change": looked.change, "choice": choice, "hidden": fields_of(form, sheet.index, found.kind),
        "columns": _columns(looked), "options": options(found), "look_at_columns": bool(found.lacking()) or any(c.why in ("unknown", "part", "double") for c in found.columns), "lacking": [_(f.head) for f in found.lacking()],
        "asks_year": any(len(c.field.split("@")[-1]) == 2 for c in found.months()) or found.column("month") is not None,
        "year": looked.known.year, "since": looked.known.since, "errors": len(looked.checked.errors),
        "needs": [_need(looked, p) for p in problems[:SHOWN]], "more_needs": max(0, len(problems) - SHOWN),
        "notes": sum(p.level != ERROR for p in problems), "first": _first(looked), "aside": found.aside(),
        "changes": _changes(looked), "missing": [_who(m) for m in looked.change.missing[:SHOWN]],
        "more_missing": max(0, len(looked.change.missing) - SHOWN), "refusal": flow.refusal(looked, partly=False),
        "good": len({r.line for r in looked.checked.rows}),
    }  # fmt: skip


def _columns(looked: flow.Look) -> list[dict[str, Any]]:
    """One row a column, with the first value in it; what is read first, then what may be chosen, then what is never read."""
    rows, at = looked.layout.sheet.rows, looked.layout.lines()[:30]
    out = []
    for c in looked.layout.columns:
        sample = next((t for n in at if c.index < len(rows[n]) and (t := text(rows[n][c.index]))), "")
        private = c.why == "private"
        out.append({
            "letter": c.letter, "index": c.index, "head": c.head, "field": c.field, "why": _(words.WHY[c.why]),
            "private": private, "guess": c.why in ("part", "hint"), "sample": "" if private else sample[:24],
            "stays_out": not c.field and c.why in ("unused", "private"),
            "order": (not c.field, c.why != "unknown", private, c.index),
        })  # fmt: skip
    return sorted(out, key=lambda row: row["order"])


def _need(looked: flow.Look, problem: Problem) -> dict[str, Any]:
    """One thing to look at: where, what stands there, what is wrong with it."""
    row = looked.layout.sheet.rows[problem.line - 1]
    name = looked.layout.column("name")
    bad = problem.level == ERROR
    return {
        "line": problem.line, "place": letter(problem.column) if problem.column >= 0 else "",
        "was": text(row[problem.column])[:40] if 0 <= problem.column < len(row) else "",
        "who": text(row[name.index])[:20] if name and name.index < len(row) else "", "reason": problem.say(_),
        "level": "bad" if bad else "warn", "word": _("要改") if bad else _("看一眼"),
    }  # fmt: skip


def _first(looked: flow.Look) -> list[list[str]]:
    rows = looked.layout.sheet.rows
    at = [c.index for c in looked.layout.columns if c.field]
    return [
        [str(n + 1), *(_cell(rows[n][i]) if i < len(rows[n]) else "" for i in at)]
        for n in looked.layout.lines()[:FIRST]
    ]


def _cell(value: Any) -> str:
    return value.isoformat()[:10] if isinstance(value, date) else text(value)[:40]


def _changes(looked: flow.Look) -> list[dict[str, str]]:
    """What becomes different for those who are known already, in words; one line each."""
    change, orgs = looked.change, looked.known.org_names
    said: dict[str, list[str]] = defaultdict(list)
    for obj, new, _row in change.changed[:SHOWN]:
        said[str(obj)] += _said(looked, obj, new)
    for row, name, _until in change.more["aliases"]:
        said[row.name].append(_("别名 %(name)s") % {"name": name})
    for post, row in change.more["leaders"]:
        said[row.name].append(_("分管领导 %(name)s") % {"name": post.person})
    for post, charge in change.more["charge"]:
        led = _("、").join(looked.known.place_names.get(d, "") for d in charge)
        said[str(post.person)].append(_("分管 %(names)s") % {"names": led})
    for membership, last in change.more["ends"]:
        words_ = {"org": membership.party_org, "day": last}
        said[str(membership.person)].append(_("在%(org)s到%(day)s为止") % words_)
    known = {p.pk: p.name for same in looked.known.people.values() for p in same}
    status, posts = dict(Membership.Status.choices), dict(Post.Kind.choices)
    for stay in change.more["stays"]:
        if isinstance(stay.person, int):
            words_ = {"org": orgs.get(stay.org, ""), "status": status[stay.status], "day": stay.since}
            said[known[stay.person]].append(_("编入%(org)s（%(status)s），从%(day)s起") % words_)
    for membership, code in change.more["status"]:
        said[str(membership.person)].append(str(status[code]))
    for row, code, day in change.more["posts"]:
        said[row.name].append(_("任%(post)s，从%(day)s起") % {"post": posts[code], "day": day})
    return [{"who": who, "what": _("；").join(what)} for who, what in list(said.items())[:SHOWN]]


def _said(looked: flow.Look, obj: Any, new: dict[str, Any]) -> Iterable[str]:
    names = {"department_id": looked.known.place_names, "party_org_id": looked.known.org_names}
    for name, value in new.items():
        before, after = getattr(obj, name), value
        if name in names:
            before, after = names[name].get(before, ""), names[name].get(after, "")
        yield _("%(what)s %(before)s→%(after)s") % {
            "what": obj._meta.get_field(name).verbose_name, "before": _shown(before), "after": _shown(after),
        }  # fmt: skip


def _shown(value: Any) -> str:
    return (
        value.isoformat()
        if isinstance(value, date)
        else str(value)
        if value or isinstance(value, Decimal)
        else _("空")
    )


def _who(known: Any) -> str:
    """Somebody or something that is known and not on the list."""
    if isinstance(known, Person):
        return f"{known.name}（{known.department}）" if known.department else known.name
    if isinstance(known, Membership):
        return f"{known.person}（{known.party_org}）"
    if isinstance(known, Post):
        return f"{known.person}（{known}）"
    return str(known) if isinstance(known, Department) else ""


def fields_of(form: ReadForm, index: int, kind: str) -> dict[str, str]:
    """What the button that takes the list sends again: the sheet, its kind, and every column as it is chosen."""
    kept = {
        k: str(v)
        for k, v in form.data.items()
        if k in ("since", "year") or (k[:1] == "c" and k[1:].isdecimal())
    }
    return kept | {"sheet": str(index), "kind": kind}


def query_of(form: ReadForm, index: int) -> str:
    kept = {
        k: str(v)
        for k, v in form.data.items()
        if k in ("kind", "since", "year") or (k[:1] == "c" and k[1:].isdecimal())
    }
    return urlencode(kept | {"sheet": str(index)})


def taken(found: flow.Look) -> str:
    """The sentence after a list was taken."""
    change = found.change
    if change.nothing:
        return _("这份名册和系统里的一样，没有改动任何东西。")
    said = _("导入了：新增 %(a)s，变化 %(b)s，原来就一样 %(c)s。") % {
        "a": len(change.added),
        "b": change.altered,
        "c": change.same,
    }
    if left := len(found.checked.errors):
        said += _("有错的 %(n)s 行没有导入。") % {"n": left}
    if found.change.kept_out:
        said += _("%(n)s 条没有动：本人的任职要由别人登记，或者系统里没有这个任职。") % {
            "n": len(change.kept_out)
        }
    return said
