"""The process in which an old workbook is read: bytes in, JSON out, little memory, no network, and nobody hurt when it ends."""

from __future__ import annotations

import json
import resource
import sys
from dataclasses import asdict
from typing import Any

from gangmu.papers import biff
from gangmu.papers.errors import Unreadable
from gangmu.papers.sheet_in import read_sheets

MEMORY = 1 << 30  # bytes of address space beyond what is in use at the start


def main() -> int:
    """Exit 0 with {"sheets", "warnings"} or {"code"}; anything else is a damaged file."""
    data = sys.stdin.buffer.read()
    used = int(open("/proc/self/statm", encoding="ascii").read().split()[0]) * resource.getpagesize()  # noqa: SIM115
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sheets, warnings = read_sheets(data, biff.layouts(data))
        told: dict[str, Any] = {"sheets": [asdict(s) for s in sheets], "warnings": warnings}
    except Unreadable as no:
        told = {"code": no.code}
    json.dump(told, sys.stdout, ensure_ascii=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
