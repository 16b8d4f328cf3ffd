"""A workbook -> the outline of a plan: every sheet a table, its name a department or a heading, never prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from gangmu.papers import furniture, propose
from gangmu.papers.dates import parse_due
from gangmu.papers.errors import N_
from gangmu.papers.fields import Setting, first_is_lead
from gangmu.papers.head import Head
from gangmu.papers.model import Aside, Guess, Item, Note, Outline, Paragraph, Source
from gangmu.papers.tables import Table, read_table
from gangmu.papers.units import looks_like_unit
from gangmu.papers.words import squeeze

_GENERIC = re.compile(r"^(?:sheet|工作表|表格?|table)?\s*\d*$", re.IGNORECASE)
_FILLED_BY = re.compile(
    r"^(?:填报|报送|填表|制表|报表)(?:单位|部门)\s*[:：]\s*(?P<who>\S{2,40}?)(?=\s|填|报|$)"
)
_FILLED_ON = re.compile(r"(?:填报|报送|填表|制表|统计)(?:时间|日期)\s*[:：]\s*(?P<when>[^，；。]{4,20})")


@dataclass
class _Part:
    """One sheet as read."""

    name: Paragraph
    above: list[Paragraph] = field(default_factory=list)
    cells: list[Paragraph] = field(default_factory=list)
    below: list[Paragraph] = field(default_factory=list)


def _parts(source: Source) -> list[_Part]:
    parts: list[_Part] = []
    for p in source.paragraphs:
        if p.kind == "sheet":
            parts.append(_Part(p))
        elif p.cell is not None:
            parts[-1].cells.append(p)
        else:
            (parts[-1].below if parts[-1].cells else parts[-1].above).append(p)
    return parts


def outline_workbook(source: Source, *, year: int | None = None, units: Sequence[str] = ()) -> Outline:
    """A read workbook -> Outline. ``units``: names and aliases of the unit's departments."""
    head = Head(source, year, units)
    out, parts = head.out, _parts(source)
    _title(out, parts, source.name)
    for part in parts:
        _around(out, part)
    setting = Setting(head.find_year(), units)
    read = [(part, read_table(part.cells, setting)) for part in parts if part.cells]
    several = sum(table.tasks for _, table in read) > 1
    for part, table in read:
        _take(out, part, table, several=several, known=units)
    if any(first_is_lead(note.text) for note in out.notes):
        for item in out.walk():
            propose.first_as_lead(item)
    for name in (p.name for p in parts):
        if all(name.no not in item.paragraphs for item in out.walk()):
            out.aside.append(Aside(name.text, N_("工作表名称"), name.no))
    out.kind = "plan" if out.leaves() else "table"
    if not out.leaves():
        out.warnings.append(N_("没有在工作表里找到任务。请确认表头写有任务、责任单位、时限一类的栏目。"))
    elif not any(i.lead or i.units or i.leader for i in out.leaves()):
        out.warnings.append(N_("文中没有写明责任单位，导入后需逐项指定。"))
    out.notes.sort(key=lambda n: n.paragraph)
    out.aside.sort(key=lambda a: a.paragraph)
    return out


def _title(out: Outline, parts: list[_Part], file: str) -> None:
    """The first line above a table that reads like a title, else a sheet's own name, else the file's."""
    lines = [p for part in parts for p in part.above]
    first = next((p for p in lines if furniture.title_like(p.text.replace("\n", ""))), None)
    first = first or next((p for p in lines if p.centred and not re.search(r"[:：]", p.text)), None)
    if first:
        out.title = re.sub(r"\s+", "", first.text)
        for p in lines:
            if p is first or furniture.same(p.text, out.title):
                out.aside.append(
                    Aside(p.text, N_("标题（已单独记录）") if p is first else N_("重复的标题"), p.no)
                )
        return
    named = [
        part.name.text
        for part in parts
        if not _GENERIC.match(part.name.text) and not looks_like_unit(part.name.text)
    ]
    out.title = named[0] if len(parts) == 1 and named else PurePath(file).stem
    out.warnings.append(N_("表格上方没有标题，暂用“%s”，请核对。") % out.title)


def _around(out: Outline, part: _Part) -> None:
    """Lines beside the table: a number, who filled it in and when; everything else is a note."""
    for p in (*part.above, *part.below):
        if any(a.paragraph == p.no for a in out.aside):
            continue
        number = furniture.DOC_NO.search(p.text)
        if number and not out.doc_no and len(p.text) <= 60:
            out.doc_no = f"{number[1]}〔{number[2]}〕{number[3]}号"
        by, on = _FILLED_BY.match(p.text.strip("（()） ")), _FILLED_ON.search(p.text)
        if by and not out.issuer:
            out.issuer = by["who"]
        if on and out.issued_on is None:
            due = parse_due(on["when"], year=2000)
            out.issued_on = due.date if due and re.search(r"\d{4}", on["when"]) else None
        if furniture.attachment(p.text):
            out.aside.append(Aside(p.text, N_("附件标记"), p.no))
        else:
            out.notes.append(Note(p.text, p.no))


def _take(out: Outline, part: _Part, table: Table, *, several: bool, known: Sequence[str]) -> None:
    if not table.tasks:
        out.notes.extend(Note(p.text, p.no) for p in part.cells)
        return
    out.notes.extend(table.notes)
    out.aside.extend(table.aside)
    out.warnings.extend(table.warnings)
    name = squeeze(part.name.text)
    if name in known or looks_like_unit(name):
        _owner(table.items, name)
    if not several:
        out.items.extend(table.items)
        return
    parent = Item("", 1, part.name.text, paragraphs=[part.name.no], children=table.items)
    for item in (i for top in table.items for i in top.walk()):
        item.level += 1
    out.items.append(parent)


def _owner(items: list[Item], name: str) -> None:
    """The name of the sheet leads what the sheet gives to nobody."""
    flat = [i for top in items for i in top.walk()]
    if any(i.lead or i.units for i in flat):
        return
    for item in flat:
        if item.task:
            item.lead = [name]
            item.inherited = ["lead"]
            item.guesses.append(
                Guess("lead", "inherited", N_("表中没有责任单位一栏，取工作表名称“%s”。") % name)
            )
