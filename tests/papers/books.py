"""Invented workbooks for the tests of what comes in from Excel."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from typing import Any

import xlsxwriter

HEADER = ("序号", "任务", "牵头部门", "配合部门", "完成时限")


def book(
    *sheets: tuple[str, Iterable[Iterable[Any]]], dress: Callable[[Any, list[Any]], None] | None = None
) -> bytes:
    """(name, rows) -> an .xlsx; ``dress`` gets the workbook and its sheets before it is closed."""
    target = io.BytesIO()
    made = xlsxwriter.Workbook(
        target, {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False}
    )
    pages = []
    for name, rows in sheets:
        page = made.add_worksheet(name)
        pages.append(page)
        for r, row in enumerate(rows):
            for c, value in enumerate(row):
                if value is not None:
                    page.write(r, c, value)
    if dress:
        dress(made, pages)
    made.close()
    return target.getvalue()


def rebuilt(
    data: bytes, change: dict[str, Callable[[bytes], bytes]], extra: dict[str, bytes] | None = None
) -> bytes:
    """The same package with parts changed, and more of them."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change.get(name, bytes)(old.read(name)))
        for name, part in (extra or {}).items():
            new.writestr(name, part)
    return target.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def edited(data: bytes, pattern: str, by: str, part: str = SHEET) -> bytes:
    """The first match of a pattern in a part replaced."""
    return rebuilt(data, {part: lambda text: re.sub(pattern, by, text.decode(), count=1).encode()})
