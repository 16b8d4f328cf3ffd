"""``python -m gangmu.papers outline FILE [--year Y]`` and ``python -m gangmu.papers score DIR``: JSON to standard output."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from gangmu.papers.errors import Unreadable
from gangmu.papers.outline import outline
from gangmu.papers.read import read
from gangmu.papers.score import score


def main(arguments: list[str] | None = None) -> int:
    """Exit code 0; 2 when the paper cannot be read (the reason goes to standard error)."""
    parser = argparse.ArgumentParser(prog="python -m gangmu.papers")
    commands = parser.add_subparsers(dest="command", required=True)
    one = commands.add_parser("outline", help="print the outline of one paper")
    one.add_argument("file", type=Path)
    one.add_argument("--year", type=int)
    many = commands.add_parser("score", help="score a folder against its truth.json")
    many.add_argument("folder", type=Path)
    given = parser.parse_args(arguments)
    if given.command == "score":
        print(json.dumps(score(given.folder), ensure_ascii=False, indent=1))
        return 0
    try:
        result = outline(read(given.file.read_bytes(), given.file.name), year=given.year)
    except Unreadable as error:
        print(f"{error.code}: {error.message}", file=sys.stderr)
        return 2
    print(json.dumps(result.to_dict(), ensure_ascii=False, indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
