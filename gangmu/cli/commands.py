"""What each command takes and which function does it."""

import argparse
import sys
from collections.abc import Callable
from importlib import import_module

from django.conf import settings
from django.core.management import execute_from_command_line

from gangmu.cli import imports, samples, server, worker
from gangmu.cli.bench import pages, papers
from gangmu.common.errors import Refused
from gangmu.events import chain, readers
from gangmu.flow import skins
from gangmu.rules import store
from gangmu.rules.registry import every


def add_to(parser: argparse.ArgumentParser) -> None:
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, do: Callable[[argparse.Namespace], int], text: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(do=do)
        return sub

    demo = command("demo", server.demo, "make the demo city with a full year")
    demo.add_argument("--keep", action="store_true", help="leave an existing database as it is")
    serve = command("serve", server.serve, "serve the pages on 127.0.0.1")
    serve.add_argument("--port", type=int, default=settings.PORT)
    work = command("worker", worker.command, "carry out background jobs and the nightly work")
    work.add_argument("--once", action="store_true", help="stop when the queue is empty")
    imports.add_to(commands)
    samples.add_to(commands)
    audit = command("audit", _audit, "check the chain of events")
    audit.add_argument("what", choices=["verify"])
    rebuild = command(
        "rebuild", _rebuild, "forget what a reader of the log wrote and read the whole log again"
    )
    rebuild.add_argument("reader", choices=readers.names())
    bench = command(
        "bench", _bench, "measure pages and papers against bare work, or the hands of a working week"
    )
    bench.add_argument("what", choices=["pages", "papers", "burden", "netmap"])
    bench.add_argument("--json", action="store_true")
    bench.add_argument("--items", type=int, default=20_000)
    bench.add_argument("--rounds", type=int, default=60)
    bench.add_argument(
        "--units", type=int, default=3_700, help="measure again among so many units; 1: do not"
    )
    rules = command("rules", _rules, "count all lamps again, or list the rules")
    rules.add_argument("what", choices=["recheck", "list"])
    check = command(
        "check", _check, "run a nightly check now: two-skins keeps the day's counts of every plan"
    )
    check.add_argument("what", choices=["two-skins"])
    manage = command("manage", _manage, "Django's own commands")
    manage.add_argument("args", nargs=argparse.REMAINDER)


def run(args: argparse.Namespace) -> int:
    try:
        return args.do(args)
    except Refused as no:
        print(str(no), file=sys.stderr)
        return 1


def _audit(args: argparse.Namespace) -> int:
    breaks = list(chain.verify())
    for b in breaks:
        print(f"unit {b.unit_id} event {b.seq}: {b.what}")
    print(f"{len(breaks)} breaks" if breaks else "chain holds")
    return 1 if breaks else 0


def _rebuild(args: argparse.Namespace) -> int:
    print(f"{readers.rebuild(args.reader)} events")
    return 0


def _bench(args: argparse.Namespace) -> int:
    if args.what in ("burden", "netmap"):  # these drive a browser with what only development has
        return import_module(f"gangmu.cli.bench.{args.what}").command(args)
    return {"pages": pages.command, "papers": papers.command}[args.what](args)


def _rules(args: argparse.Namespace) -> int:
    if args.what == "list":
        print("\n".join(catalogue()), end="")
    else:
        print(f"{store.recheck()} verdicts")
    return 0


def _check(args: argparse.Namespace) -> int:
    print(f"{skins.nightly()} plans")
    return 0


SURE = {"seen": "原文已核", "memory": "条次待核", "local": "地方做法"}
STRENGTH = {"hard": "应当", "general": "一般", "local": "本院"}


def catalogue() -> list[str]:
    """The rules as a page of Markdown; docs/rules.md is this, and a test keeps it so."""
    lines = [
        "# Rules", "", "Made by `gangmu rules list`. 条文为转述；没有核到原文的，照实标明。", "",
        "| id | 规定 | 约束谁 | 依据 | 强度 | 把握 | 形状 | 周期 |", "|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for r in every():
        cite = f"{r.citation.regulation}{r.citation.article}：{r.citation.text}"
        cells = [
            f"`{r.id}`",
            r.title,
            r.binds,
            cite,
            STRENGTH[r.strength],
            SURE[r.citation.sure],
            r.shape.kind,
            r.period,
        ]
        lines.append("| " + " | ".join(str(c) for c in cells) + " |")
    return [*lines, ""]


def _manage(args: argparse.Namespace) -> int:
    execute_from_command_line(["gangmu manage", *args.args])
    return 0
