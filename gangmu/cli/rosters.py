"""``gangmu import roster``: a list from Excel, checked and taken as on the page."""

import argparse
import sys
from datetime import date
from pathlib import Path

from django.utils.translation import gettext as _

from gangmu.cli.accounts import content, importer, unit_named
from gangmu.common import source
from gangmu.common.errors import Invalid
from gangmu.flow import rosters as flow
from gangmu.papers import roster_words as words
from gangmu.papers.roster import letter
from gangmu.papers.roster_check import ERROR, NOTE
from gangmu.papers.roster_copy import Mark, marked_copy


def add_to(group: argparse._SubParsersAction) -> None:
    roster = group.add_parser("roster", help="take a list of people, departments, posts, members or dues")
    roster.add_argument("file", type=Path)
    roster.add_argument("--unit", required=True, help="name, short name or number of the unit")
    roster.add_argument("--kind", choices=words.KINDS, default="", help="default: by the headers")
    roster.add_argument("--sheet", help="name of the sheet; default: the first that has something in it")
    roster.add_argument(
        "--partly", action="store_true", help="take the rows without an error; default: all or nothing"
    )
    roster.add_argument(
        "--since", type=date.fromisoformat, help="first day of members who have none in the list"
    )
    roster.add_argument("--year", type=int, help="year of months that have none")
    roster.add_argument("--copy", type=Path, help="write the same file with the faulty cells marked")
    roster.add_argument(
        "--as", dest="username", help="account that imports; default: the unit's party office"
    )
    roster.set_defaults(do=import_roster)


def import_roster(args: argparse.Namespace) -> int:
    """0 taken (or nothing to change), 1 refused; problems are printed one a line."""
    unit, data = unit_named(args.unit), content(args.file)
    by = importer(unit, args.username)
    book = flow.read_book(data, args.file.name)
    sheet = next((s for s in book.sheets if s.name == args.sheet), None) if args.sheet else book.sheets[0]
    if sheet is None:
        raise Invalid(f"没有这张表：{args.sheet}。有：{'、'.join(s.name for s in book.sheets)}")
    choice = flow.Choice(kind=args.kind, since=args.since, year=args.year)
    found = flow.lay_out(unit, sheet, choice, flow.require_any(by, unit))
    if found is None:
        raise Invalid("没有找到表头。表头至少要有“姓名”和另外一列；也可以用 --kind 写明是哪一种。")
    looked = flow.look(unit, found, choice, by)
    _print(looked)
    if args.copy:
        marks = [Mark(p.line, p.column, p.say(_), p.level) for p in looked.problems]
        args.copy.write_bytes(marked_copy(data, book, sheet, marks))
        print(f"标好的表：{args.copy}")
    with source.through("command"):
        taken = flow.take(
            unit=unit, sheet=sheet, choice=choice, partly=args.partly, source_name=args.file.name, by=by
        )
    change = taken.change
    if change.nothing:
        print("和系统里的一样，没有改动")
    else:
        print(f"新增 {len(change.added)}，变化 {change.altered}，一样 {change.same}")
    if change.missing:
        print(f"系统里有、名册上没有：{len(change.missing)}（不会删）")
    return 0


def _print(looked: flow.Look) -> None:
    read = [
        f"{c.letter} {c.head}→{_name(looked.layout.kind, c.field)}" for c in looked.layout.columns if c.field
    ]
    left = [c.head for c in looked.layout.columns if not c.field and c.why != "unused"]
    print(f"{words.KIND_HEADS[looked.layout.kind]}，读了 {looked.checked.read} 行：{'，'.join(read)}")
    if left:
        print(f"不存的列：{'、'.join(left)}")
    for p in looked.problems:
        place = f"{letter(p.column)}{p.line}" if p.column >= 0 else f"第{p.line}行"
        word = {ERROR: "错", NOTE: "看"}[p.level]
        print(f"{word} {place} {p.say(_)}", file=sys.stderr)


def _name(kind: str, code: str) -> str:
    found = words.field(kind, code)
    return found.head if found else code
