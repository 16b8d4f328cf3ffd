"""What a sheet that came back would write, held against what stands now. Two queries, then all in memory."""

from dataclasses import dataclass

from gangmu.inspection.models import Finding, Line, Sheet, SheetLine


@dataclass(frozen=True)
class Outcome:
    """``effects``: blank | same | write | conflict | bad. ``finding``: whether one would be raised.

    conflict: somebody wrote the line after the sheet was made, and wrote something else.
    """

    row: SheetLine
    line: Line | None
    effects: str
    finding: bool

    @property
    def writes(self) -> bool:
        return self.effects == "write" or self.finding


def outcomes(sheet: Sheet) -> list[Outcome]:
    rows = list(sheet.lines.select_related("department").order_by("id"))
    lines = {x.pk: x for x in Line.objects.filter(inspection_id=sheet.inspection_id).select_related(
        "item", "entry_point__gang", "inspection")}  # fmt: skip
    raised = set(Finding.objects.filter(line__in=lines).values_list("line_id", "side", "text"))
    return [_outcome(row, lines.get(row.line_id or 0), raised) for row in rows]


def _outcome(row: SheetLine, line: Line | None, raised: set[tuple[int, str, str]]) -> Outcome:
    if row.problems or line is None:
        return Outcome(row, line, "bad", False)
    finding = bool(row.text) and (line.pk, row.side, row.text) not in raised
    return Outcome(row, line, _effects(row, line), finding)


def _effects(row: SheetLine, line: Line) -> str:
    if not row.business_effect and not row.party_effect:
        return "blank"
    there = (line.business_effect, line.party_effect, line.grade)
    if (row.business_effect, row.party_effect, row.grade) == there:
        return "same"
    return "write" if row.stamp == line.stamp else "conflict"
