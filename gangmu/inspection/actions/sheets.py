"""Offline sheets: a filled one is read, looked over by a person, and then written down as one."""

from collections.abc import Collection
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import advance, lock, save
from gangmu.events.log import record
from gangmu.inspection import policies, states
from gangmu.inspection.actions import findings, inspections
from gangmu.inspection.codes import read_code
from gangmu.inspection.models import Inspection, Line, Sheet, SheetLine, TeamMember
from gangmu.inspection.queries.sheets import outcomes
from gangmu.org import queries as org
from gangmu.org.actor import Actor
from gangmu.papers import visit_sheet
from gangmu.papers.dates import parse_due
from gangmu.papers.errors import Unreadable

GRADES = {str(word): code for code, word in Line.Grade.choices}
SIDES = {str(word): code for code, word in TeamMember.Side.choices}


@transaction.atomic
def read_sheet(*, inspection: Inspection, name: str, data: bytes, by: Actor) -> Sheet:
    """Read a filled sheet. Nothing is written into the inspection yet; what is wrong is said line by line."""
    visit = lock(inspection)
    policies.work_inspection.require(by, visit)
    if visit.state not in states.RUNNING:
        raise WrongState(_("这次督查现在不能再记，表没有读入。"))
    if visit.visit_on > clock.today():
        raise WrongState(_("还没有到督查那天，先不能记。"))
    rows = _rows(name, data)
    codes = [read_code(row.code) for row in rows]
    known = [c for c in codes if c]
    if known and all(c.inspection_id != visit.pk for c in known):
        raise Invalid(_("这张表是另一次督查的，没有读入。请到那一次督查的页面上传。"), field="file")
    if not known:
        raise Invalid(_("表里的编号都对不上。请用这次督查下载的表来填，编号一栏不要动。"), field="file")
    assert by.person_id is not None  # noqa: S101 - work_inspection admits people only
    sheet = save(Sheet(inspection=visit, name=name[-200:], read_on=clock.today(), read_by_id=by.person_id))
    lines = {x.pk: x for x in visit.lines.select_related("item")}
    reader = _Reader(visit, lines, org.names(visit.unit_id))
    for row, code in zip(rows, codes, strict=True):
        save(reader.line(sheet, row, code))
    record(
        "inspection.read_sheet", sheet, by=by, unit_id=visit.unit_id, about=[visit], after={"rows": len(rows)}
    )
    return sheet


def _rows(name: str, data: bytes) -> list[visit_sheet.Row]:
    try:
        return visit_sheet.read(data, name, grades=tuple(GRADES), sides=tuple(SIDES))
    except (Unreadable, visit_sheet.NoSheet) as no:
        raise Invalid(_(no.message), field="file") from no


class _Reader:
    """Turns the rows of a sheet into lines to look over; what is wrong becomes a sentence, never an error."""

    def __init__(self, visit: Inspection, lines: dict[int, Line], names: org.Names) -> None:
        self.visit, self.lines, self.names = visit, lines, names
        self.taken: set[int] = set()

    def line(self, sheet: Sheet, row: visit_sheet.Row, code) -> SheetLine:  # type: ignore[no-untyped-def]
        out = SheetLine(sheet=sheet, label=(row.item or row.code)[:200], problems=list(row.problems))
        self.find(out, row, code)
        self.effects(out, row)
        if row.finding or row.cause:
            self.finding(out, row)
        return out

    def find(self, out: SheetLine, row: visit_sheet.Row, code) -> None:  # type: ignore[no-untyped-def]
        if code is None:
            out.problems.append(
                _("编号改动过，对不上是哪一条。请照原表的编号改回来。")
                if row.code
                else _("没有编号。请照原表补上编号。")
            )
        elif code.inspection_id != self.visit.pk:
            out.problems.append(_("这一条是另一次督查的。"))
        elif code.line_id not in self.lines:
            out.problems.append(_("这一条已经不在这次督查里。"))
        elif code.line_id in self.taken:
            out.problems.append(_("同一条在表里出现了两次，只认前面的。"))
        else:
            self.taken.add(code.line_id)
            out.line, out.stamp = self.lines[code.line_id], code.stamp
            out.label = out.line.item.title[:200]

    def effects(self, out: SheetLine, row: visit_sheet.Row) -> None:
        out.grade = GRADES.get(row.grade, "")
        out.business_effect = self.text(out, _("业务实效"), row.business_effect, 300)
        out.party_effect = self.text(out, _("党建实效"), row.party_effect, 300)
        if bool(out.business_effect) != bool(out.party_effect):
            empty = _("党建实效") if out.business_effect else _("业务实效")
            if visit_sheet.FORMULA % empty not in row.problems:  # said already
                out.problems.append(_("%(empty)s还没写。两头都写才算查过。") % {"empty": empty})
        elif out.business_effect and not row.grade and not row.problems:
            out.problems.append(_("比照期望没有选：已见效、部分见效还是未见效。"))

    def finding(self, out: SheetLine, row: visit_sheet.Row) -> None:
        out.text = self.text(out, _("发现的问题"), row.finding, 300)
        out.cause = self.text(out, _("原因"), row.cause, 200)
        out.side = SIDES.get(row.side, "")
        department = self.names.department(row.owner) if row.owner else None
        out.department_id = department
        out.due_on = _day(row.due, self.visit.visit_on)
        wrong = [
            (not out.text, _("写了原因，没有写发现的问题。")),
            (not out.side and not row.problems, _("问题没有写是哪一头的：党务还是业务。")),
            (not row.owner, _("问题没有写整改部门。")),
            (bool(row.owner) and department is None, _("本院没有“%(name)s”这个部门。") % {"name": row.owner[:20]}),
            (not row.due, _("问题没有写整改期限。")),
            (bool(row.due) and out.due_on is None, _("整改期限“%(text)s”不是一个日期。请写成 2027-06-30。") % {"text": row.due[:20]}),
            (out.due_on is not None and out.due_on < self.visit.visit_on, _("整改期限早于督查日期。")),
            (out.line is not None and not out.line.complete and not out.business_effect, _("先写这一条的两头实效，再提问题。")),
        ]  # fmt: skip
        out.problems += [sentence for bad, sentence in wrong if bad]

    def text(self, out: SheetLine, what: str, value: str, most: int) -> str:
        if len(value) > most:
            out.problems.append(
                _("%(what)s写了%(n)d字，最多%(most)d字。") % {"what": what, "n": len(value), "most": most}
            )
        return value[:most]


def _day(text: str, visit_on: date) -> date | None:
    due = parse_due(text, year=visit_on.year) if text else None
    return due.date if due and not due.invalid else None


@transaction.atomic
def adopt_sheet(*, sheet: Sheet, over: Collection[int] = (), by: Actor) -> Sheet:
    """Write down what the sheet says, all of it or nothing. ``over``: lines to be written over although they changed.

    Lines that could not be read are left out; they were said before.
    """
    sheet = lock(sheet)
    visit = lock(sheet.inspection)
    policies.work_inspection.require(by, visit)
    advance(sheet, states.SHEET, "adopt")
    written = raised = 0
    for found in outcomes(sheet):
        row, line = found.row, found.line
        if line is None:
            continue
        if found.effects == "write" or (found.effects == "conflict" and line.pk in over):
            inspections.look(line=line, business_effect=row.business_effect, party_effect=row.party_effect,
                             grade=row.grade, by=by)  # fmt: skip
            written += 1
        if found.finding and row.department and row.due_on:
            findings.raise_finding(line=line, side=row.side, text=row.text, cause=row.cause,
                                   department=row.department, due_on=row.due_on, by=by)  # fmt: skip
            raised += 1
    if not (written or raised):
        raise Invalid(_("表里没有要写入的：都空着、已经写过，或者有问题要先改。"))
    save(sheet, "state")
    record("inspection.adopt_sheet", sheet, by=by, unit_id=visit.unit_id, about=[visit],
           after={"text": _("写入%(a)d条，问题%(b)d个") % {"a": written, "b": raised}})  # fmt: skip
    return sheet


@transaction.atomic
def drop_sheet(*, sheet: Sheet, by: Actor) -> Sheet:
    """The sheet is not used: another was filled, or it was the wrong one."""
    sheet = lock(sheet)
    policies.see_sheet.require(by, sheet)
    advance(sheet, states.SHEET, "drop")
    save(sheet, "state")
    record("inspection.drop_sheet", sheet, by=by, unit_id=sheet.inspection.unit_id, about=[sheet.inspection])
    return sheet
