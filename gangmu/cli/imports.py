"""``gangmu import plan|outline|score|roster``: the same reading as in the browser."""

import argparse
import json
import sys
from pathlib import Path

from gangmu.cli import rosters
from gangmu.cli.accounts import content, importer, unit_named
from gangmu.common import source
from gangmu.common.errors import Invalid
from gangmu.flow import reading
from gangmu.papers.errors import Unreadable
from gangmu.papers.outline import outline
from gangmu.papers.read import read
from gangmu.papers.score import score


def add_to(commands: argparse._SubParsersAction) -> None:
    group = commands.add_parser("import", help="read papers").add_subparsers(required=True, metavar="WHAT")
    plan = group.add_parser("plan", help="read a paper into a plan that waits to be looked over")
    plan.add_argument("file", type=Path)
    plan.add_argument("--unit", required=True, help="name, short name or number of the unit")
    plan.add_argument("--year", type=int, required=True)
    plan.add_argument("--as", dest="username", help="account that imports; default: the unit's party office")
    plan.set_defaults(do=import_plan)
    rosters.add_to(group)
    show = group.add_parser("outline", help="print what is read of a paper")
    show.add_argument("file", type=Path)
    show.add_argument("--year", type=int)
    show.add_argument("--json", action="store_true")
    show.set_defaults(do=show_outline)
    marks = group.add_parser("score", help="score a folder against its truth.json and a given truth")
    marks.add_argument("folder", type=Path)
    marks.add_argument("--truth", type=Path, help="file or folder of hand-checked outlines beside truth.json")
    marks.add_argument("--json", action="store_true")
    marks.set_defaults(do=show_score)


def import_plan(args: argparse.Namespace) -> int:
    unit = unit_named(args.unit)
    with source.through("command"):
        plan = reading.import_plan(
            data=content(args.file), name=args.file.name, unit=unit, year=args.year,
            by=importer(unit, args.username),
        )  # fmt: skip
    tasks = plan.items.filter(is_task=True)
    waiting = tasks.exclude(guesses=[]).count()
    print(f"《{plan.title}》 {tasks.count()} 项，{waiting} 项有推定待核对（计划 {plan.pk}）")
    return 0


def show_outline(args: argparse.Namespace) -> int:
    try:
        paper = read(content(args.file), args.file.name)
        found = outline(paper, year=args.year).to_dict()
    except Unreadable as no:
        print(no.message, file=sys.stderr)
        return 1
    if args.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
    else:
        print(found["title"])
        _print_items(found["items"])
    return 0


def _print_items(items: list[dict], depth: int = 0) -> None:
    for item in items:
        due = (item["due"] or {}).get("raw", "")
        print(
            "  " * depth + f"{item['label']}{item['title']}  {'、'.join(item['lead'] + item['units'])} {due}"
        )
        _print_items(item["children"], depth + 1)


def show_score(args: argparse.Namespace) -> int:
    for place in (args.folder, args.truth):
        if place is not None and not place.exists():
            raise Invalid(f"读不到 {place}：没有这个文件或文件夹。")
    found = score(args.folder, args.truth)
    if args.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    parts = ("leaves", "lead", "units", "due")
    print("".join(f"{part:>8}" for part in parts) + "  paper (F1)")
    for line in (f for f in found["files"] if "leaves" in f):
        print("".join(f"{line[p]['f1']:8.3f}" for p in parts) + f"  {line['file']}")
    for name in parts:
        part = found[name]
        print(f"{name:8} P {part['precision']:.3f}  R {part['recall']:.3f}  F1 {part['f1']:.3f}")
    print(f"lost     {found['lost']} source paragraphs")
    for name in found["missing"]:
        print(f"skipped  {name}: not in the folder or not readable")
    return 0
