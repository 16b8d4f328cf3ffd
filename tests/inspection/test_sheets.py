"""记录表: a visit without network. Read, looked over, written down as one; what is wrong is said line by line."""

import pytest

from gangmu.common import clock
from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.inspection.actions import inspections, sheets
from gangmu.inspection.codes import code_of, read_code
from gangmu.inspection.models import Finding, Inspection, Line, Sheet
from gangmu.inspection.queries.sheets import outcomes
from gangmu.papers.visit_sheet import Blank, Row
from tests.cast import (
    DAY,
    Cast,
    Planned,
    inspection_ordered,
    line_of,
    plan_with_items,
    recorded,
    refused,
    sheet_line,
)

BOTH = {"business_effect": "按期办结", "party_effect": "先锋岗在办案组", "grade": "已见效"}
FOUND = {
    "finding": "记录不全",
    "side": "业务",
    "owner": "第八检察部",
    "due": "2026-07-10",
    "cause": "没有交接",
}


@pytest.fixture
def planned(cast: Cast) -> Planned:
    return plan_with_items(cast)


@pytest.fixture
def visit(cast: Cast, planned) -> Inspection:
    return inspection_ordered(cast, planned)


@pytest.fixture
def line(visit, planned) -> Line:
    return line_of(visit, planned.mu)


def row_of(line: Line, **values) -> Row:
    """A row as the file would give it, so that findings can be tried without a file."""
    return Row(code=code_of(line), item=line.item.title, **values)


@pytest.fixture
def read(cast: Cast, visit, monkeypatch):
    def _read(*rows: Row, by=None, inspection=None) -> Sheet:
        monkeypatch.setattr(sheets, "_rows", lambda name, data: list(rows))
        return sheets.read_sheet(
            inspection=inspection or visit, name="表.xlsx", data=b"", by=by or cast.party_office
        )

    return _read


def kinds(sheet: Sheet) -> list[str]:
    return [o.effects for o in outcomes(sheet)]


def problems(sheet: Sheet) -> str:
    return " ".join(p for row in sheet.lines.all() for p in row.problems)


# ---- reading ----


def test_reading_writes_nothing_into_the_inspection(cast: Cast, visit, line, read):
    sheet = read(row_of(line, **BOTH, **FOUND))
    assert (sheet.state, kinds(sheet)) == ("read", ["write"])
    visit.refresh_from_db()
    assert visit.state == "ordered" and not Finding.objects.exists()
    assert not Line.objects.exclude(business_effect="").exists()


def test_a_real_file_goes_all_the_way(cast: Cast, visit, line):
    for end in ("xlsx", "docx"):
        blank = Blank("表", "", (sheet_line(line, **BOTH),), tuple(sheets.GRADES), tuple(sheets.SIDES))
        data = getattr(sheets.visit_sheet, f"to_{end}")(blank)
        sheet = sheets.read_sheet(inspection=visit, name=f"表.{end}", data=data, by=cast.head6)
        assert kinds(sheet) == ["write"] and not problems(sheet)


def test_a_sheet_of_another_visit_is_refused_whole(cast: Cast, planned, visit, line, read):
    other = line_of(inspection_ordered(cast, planned), planned.mu)
    with refused(Invalid, visit, says="另一次督查", field="file"):
        read(row_of(other, **BOTH))
    sheet = read(row_of(line, **BOTH), row_of(other, **BOTH))
    assert kinds(sheet) == ["write", "bad"] and "另一次督查的" in problems(sheet)


def test_codes_that_were_touched_are_told(cast: Cast, visit, line, read):
    good = code_of(line)
    touched = good[:-1] + ("0" if good[-1] != "0" else "1")
    elsewhere = good.replace(f"-{line.pk}-", f"-{line.pk + 1}-")
    assert read_code(good) and not read_code(touched) and not read_code(elsewhere) and not read_code("x")
    with refused(Invalid, visit, says="编号都对不上", field="file"):
        read(Row(code=touched, **BOTH))
    sheet = read(row_of(line), Row(code=elsewhere, **BOTH), Row(code="", **BOTH))
    assert kinds(sheet) == ["blank", "bad", "bad"]
    assert "编号改动过" in problems(sheet) and "没有编号" in problems(sheet)


def test_a_line_written_twice_counts_once(cast: Cast, line, read):
    sheet = read(row_of(line, **BOTH), row_of(line, **BOTH))
    assert kinds(sheet) == ["write", "bad"] and "出现了两次" in problems(sheet)


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"business_effect": "办结"}, "党建实效还没写"), ({"party_effect": "在岗"}, "业务实效还没写"),
        (BOTH | {"grade": ""}, "比照期望没有选"), (BOTH | {"business_effect": "字" * 301}, "写了301字，最多300字"),
        (BOTH | FOUND | {"side": ""}, "哪一头"), (BOTH | FOUND | {"owner": ""}, "没有写整改部门"),
        (BOTH | FOUND | {"owner": "没有的部"}, "本院没有“没有的部”"), (BOTH | FOUND | {"due": ""}, "没有写整改期限"),
        (BOTH | FOUND | {"due": "不知道"}, "不是一个日期"), (BOTH | FOUND | {"due": "2026-06-31"}, "不是一个日期"),
        (BOTH | FOUND | {"due": "2026-06-01"}, "早于督查日期"), (FOUND, "先写这一条的两头实效"),
        ({"cause": "没人管"} | BOTH, "没有写发现的问题"),
        ({"problems": ["“业务实效”一格里是公式。请改成文字。"]}, "公式"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_not_written(cast: Cast, line, read, values, says):
    sheet = read(row_of(line, **values))
    assert kinds(sheet) == ["bad"] and says in problems(sheet)
    with refused(Invalid, sheet, line, says="没有要写入的"):
        sheets.adopt_sheet(sheet=sheet, by=cast.party_office)


def test_before_the_visit_and_after_its_end_nothing_is_read(cast: Cast, planned, visit, line, read):
    later = inspection_ordered(cast, planned, on=DAY.replace(day=20))
    with refused(WrongState, later):
        read(row_of(line_of(later, planned.mu), **BOTH), inspection=later)
    inspections.call_off(inspection=visit, reason="不去", by=cast.party_office)
    with refused(WrongState, visit):
        read(row_of(line, **BOTH))


@pytest.mark.parametrize("who", ["head8", "first", "office", "outsider", "audit_admin"])
def test_who_does_not_go_reads_nothing(cast: Cast, visit, line, read, who):
    with refused(NotAllowed, visit):
        read(row_of(line, **BOTH), by=cast.acting(who))


def test_reading_is_recorded(cast: Cast, visit, line, read):
    with recorded("inspection.read_sheet") as event:
        sheet = read(row_of(line, **BOTH))
    assert (event.object_id, event.after) == (sheet.pk, {"rows": 1})


# ---- adopting ----


def adopt(cast: Cast, sheet: Sheet, *, over=(), by=None) -> Sheet:
    return sheets.adopt_sheet(sheet=sheet, over=over, by=by or cast.party_office)


def test_all_of_it_is_written_through_the_same_actions(cast: Cast, visit, line, read):
    sheet = read(row_of(line, **BOTH, **FOUND))
    with recorded("inspection.look", "inspection.raise_finding", "inspection.adopt_sheet"):
        adopt(cast, sheet, by=cast.head6)
    line.refresh_from_db()
    finding = Finding.objects.get()
    assert (line.business_effect, line.grade) == ("按期办结", "effective")
    assert (finding.department, finding.side, finding.due_on.isoformat()) == (
        cast.d8,
        "business",
        "2026-07-10",
    )


def test_what_could_not_be_read_is_left_out_and_the_rest_written(cast: Cast, planned, visit, line, read):
    loose = line_of(visit, planned.loose)
    adopt(cast, read(row_of(line, **BOTH), row_of(loose, business_effect="办了")))
    assert [x.complete for x in visit.lines.order_by("pk")] == [True, False]


def test_the_same_sheet_again_writes_nothing_twice(cast: Cast, line, read):
    rows = [row_of(line, **BOTH, **FOUND)]
    adopt(cast, read(*rows))
    again = read(*rows)
    assert kinds(again) == ["same"]
    with refused(Invalid, again, says="没有要写入的"):
        adopt(cast, again)
    assert Finding.objects.count() == 1


def test_what_somebody_wrote_meanwhile_is_kept_unless_it_is_to_be_written_over(cast: Cast, line, read):
    row = row_of(line, **BOTH)
    inspections.look(
        line=line, business_effect="别人写的", party_effect="也写了", grade="none", by=cast.head6
    )
    sheet = read(row)
    assert kinds(sheet) == ["conflict"]
    with refused(Invalid, sheet, line):
        adopt(cast, sheet)
    adopt(cast, sheet, over=[line.pk])
    line.refresh_from_db()
    assert line.business_effect == "按期办结"


def test_somebody_writes_between_looking_over_and_adopting(cast: Cast, line, read):
    sheet = read(row_of(line, **BOTH))
    assert kinds(sheet) == ["write"]
    inspections.look(
        line=line, business_effect="别人写的", party_effect="也写了", grade="none", by=cast.head6
    )
    with refused(Invalid, sheet, line):
        adopt(cast, sheet)


def test_a_second_click_is_refused(cast: Cast, line, read):
    sheet = read(row_of(line, **BOTH))
    adopt(cast, sheet)
    with refused(WrongState, sheet, says="已写入"):
        adopt(cast, sheet)


def test_nothing_of_it_stays_when_the_visit_was_closed_meanwhile(cast: Cast, planned, visit, line, read):
    sheet = read(row_of(line, **BOTH, **FOUND))
    Inspection.objects.filter(pk=visit.pk).update(state="closed")
    with refused(WrongState, sheet, line):
        adopt(cast, sheet)


@pytest.mark.parametrize("who", ["head8", "first", "office", "outsider"])
def test_who_does_not_go_adopts_nothing(cast: Cast, line, read, who):
    sheet = read(row_of(line, **BOTH))
    with refused(NotAllowed, sheet, line):
        adopt(cast, sheet, by=cast.acting(who))


def test_adopting_is_recorded(cast: Cast, visit, line, read):
    sheet = read(row_of(line, **BOTH))
    with recorded("inspection.look", "inspection.adopt_sheet") as event:
        adopt(cast, sheet)
    assert (event.about, event.after) == ([["inspection.inspection", visit.pk]], {"text": "写入1条，问题0个"})


# ---- dropping ----


def test_a_sheet_is_dropped_once(cast: Cast, line, read):
    sheet = read(row_of(line, **BOTH))
    assert sheets.drop_sheet(sheet=sheet, by=cast.head6).state == "dropped"
    with refused(WrongState, sheet):
        sheets.drop_sheet(sheet=sheet, by=cast.head6)
    with refused(WrongState, sheet, line):
        adopt(cast, sheet)


def test_dropping_is_recorded_and_not_for_everybody(cast: Cast, line, read):
    sheet = read(row_of(line, **BOTH))
    with refused(NotAllowed, sheet):
        sheets.drop_sheet(sheet=sheet, by=cast.head8)
    with recorded("inspection.drop_sheet") as event:
        sheets.drop_sheet(sheet=sheet, by=cast.party_office)
    assert event.object_id == sheet.pk


def test_a_sheet_made_before_and_read_the_day_after(cast: Cast, line, read):
    row = row_of(line, **BOTH)
    with clock.at(DAY.replace(day=11)):
        adopt(cast, read(row))
    line.refresh_from_db()
    assert line.complete
