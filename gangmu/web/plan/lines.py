"""What is typed or pasted into a plan as text: lines with columns 事项, 牵头部门, 期限; and back again."""

import csv
import io
import re
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid
from gangmu.flow.reading import DUE_KIND
from gangmu.org import queries as org
from gangmu.papers.dates import parse_due
from gangmu.plan.actions.outline import NewLine
from gangmu.plan.models import PlanItem
from gangmu.web.format import cn_date

NUMERALS = "一二三四五六七八九十百"  # data
LABEL = re.compile(
    rf"^(?:第?[{NUMERALS}]{{1,4}}[、.．]|[（(][{NUMERALS}\d]{{1,4}}[)）]|\d{{1,3}}[.．、](?!\d))\s*"  # data
)
NUMBER = re.compile(r"^\d{1,4}$")


@dataclass(frozen=True)
class When:
    """The fields of an item that a typed date fills."""

    due_on: object
    due_kind: str
    due_raw: str
    rhythm: str


def when(text: str, year: int) -> When:
    """6月底前, 2027-06-30, 每季度, 全年; raises ``Invalid`` for what is no date."""
    text = text.strip()
    if not text:
        return When(None, "", "", "")
    due = parse_due(text, year=year)
    if due is None or due.invalid:
        raise Invalid(
            _("“%(text)s”不是日期。写成 6月30日、2027-06-30、每季度 或 全年。") % {"text": text[:30]},
            field="due",
        )
    return When(due.date, DUE_KIND[due.kind], text[:100], (due.rhythm or "")[:30])


def lead_text(item: PlanItem) -> str:
    """What stands in the field of the lead department: its name, else the words of the paper."""
    return item.lead_department.name if item.lead_department else item.units_raw


def due_text(item: PlanItem, year: int) -> str:
    """6月30日 within the year of the plan; the words of the paper where they say more than a day."""
    if item.due_on and item.due_kind in (PlanItem.Due.DATE, ""):
        return cn_date(item.due_on, item.due_on.replace(year=year, day=1))
    return item.due_raw or (str(item.due_on) if item.due_on else "")


def read(text: str, names: org.Names, year: int) -> list[NewLine]:
    """Lines as pasted from Word (one a line) or Excel (columns by tab). Empty ones are dropped.

    A department or date that is not understood stays with the line in its own words, to be corrected there.
    """
    lines = []
    for cells in _cells("\n".join(text.replace("\0", "").split("\r\n")).replace("\r", "\n")):
        if NUMBER.match(cells[0]) and len(cells) > 1:
            cells = [cells[1], *cells[2:]]
        if any(cells):
            lines.append(_line([*cells, "", "", ""], names, year))
    return lines


def _cells(text: str) -> list[list[str]]:
    """Rows of trimmed cells; a quoted cell of Excel may hold line breaks."""
    quoted = text.count('"') % 2 == 0 and "\t" in text
    quoting: Literal[0, 3] = csv.QUOTE_MINIMAL if quoted else csv.QUOTE_NONE
    rows = csv.reader(io.StringIO(text), delimiter="\t", quoting=quoting)
    return [[" ".join(cell.split()) for cell in row] for row in rows if row]


def _line(cells: list[str], names: org.Names, year: int) -> NewLine:
    title, lead, due = cells[:3]
    label = LABEL.match(title)
    department = names.department(lead) if lead else None
    try:
        found = when(due, year)
    except Invalid:
        found = When(None, str(PlanItem.Due.UNRESOLVED), due, "")
    return NewLine(
        title=title[label.end() :] if label else title, label=label[0].strip() if label else "",
        lead_department_id=department, units_raw="" if department else lead, due_on=found.due_on,  # type: ignore[arg-type]
        due_kind=found.due_kind, due_raw=found.due_raw, rhythm=found.rhythm,
    )  # fmt: skip
