"""Excel in: what a person sees in the sheet is what is read, and a hostile workbook is only a refusal."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gangmu.papers.cell_text import shown, tidy_cell
from gangmu.papers.dates import parse_due
from gangmu.papers.errors import MESSAGES, Unreadable
from gangmu.papers.model import Item, Outline
from gangmu.papers.outline import outline
from gangmu.papers.read import read
from tests.papers.books import HEADER, SHEET, book, edited, rebuilt
from tests.papers.helpers import rows, titles

pytestmark = pytest.mark.pure
ROW = (1, "开展公益诉讼专项", "第八检察部", "第六检察部、办公室", "2026年9月底前")


def plan(
    data: bytes, name: str = "分解表.xlsx", *, year: int | None = 2026, units: tuple[str, ...] = ()
) -> Outline:
    source = read(data, name)
    made = outline(source, year=year, units=units)
    assert made.lost(source) == []
    return made


def only(data: bytes, **more: object) -> Item:
    (item,) = plan(data, **more).leaves()  # type: ignore[arg-type]
    return item


def code(data: bytes, name: str = "a.xlsx") -> str:
    with pytest.raises(Unreadable) as caught:
        read(data, name)
    assert caught.value.message == MESSAGES[caught.value.code]
    return caught.value.code


def test_a_sheet_is_read_as_a_word_table_is():
    item = only(book(("Sheet1", [HEADER, ROW])))
    assert (item.label, item.title, item.lead, item.units) == (
        "1",
        ROW[1],
        ["第八检察部"],
        ["第六检察部", "办公室"],
    )
    assert item.due and item.due.date == date(2026, 9, 30)


def test_titles_stand_above_and_notes_below_the_table():
    made = plan(book(("任务", [["2027年重点工作任务分解表"], ["填报单位：云泽市人民检察院", None, "填报时间：2026年12月3日"], HEADER, ROW,
                               ["注：列第一位的为牵头单位。"]])), year=None)  # fmt: skip
    assert (made.title, made.year, made.issuer) == ("2027年重点工作任务分解表", 2027, "云泽市人民检察院")
    assert made.issued_on == date(2026, 12, 3) and any("列第一位" in n.text for n in made.notes)
    assert titles(made.leaves()) == [ROW[1]]


def test_merged_cells_hold_downwards_and_a_legend_makes_the_first_lead():
    def dress(made, pages):
        pages[0].merge_range(1, 1, 2, 1, "政治建设")
        pages[0].merge_range(1, 4, 2, 4, "6月底前")

    head = ("序号", "类别", "任务", "责任单位", "完成时限")
    data = book(("表", [head, (1, "政治建设", "讲一次党课", "机关党委、办公室", "6月底前"), (2, None, "开一次党日活动", "第一党支部"),
                       ["注：列第一位的为牵头单位，下同"]]), dress=dress)  # fmt: skip
    made = plan(data)
    one, two = made.leaves()
    assert (one.lead, one.units, two.lead) == (["机关党委"], ["办公室"], ["第一党支部"])
    assert one.due and two.due and one.due.date == two.due.date == date(2026, 6, 30)
    assert titles(made.items) == ["政治建设"] and [c.title for c in made.items[0].children] == [
        "讲一次党课",
        "开一次党日活动",
    ]


def test_two_header_rows_with_ticks_under_the_quarters():
    def dress(made, pages):
        pages[0].merge_range(0, 3, 0, 6, "完成时限")
        for column in (0, 1, 2):
            pages[0].merge_range(0, column, 1, column, HEADER[column])

    data = book(
        (
            "表",
            [
                HEADER[:3],
                (None, None, None, "一季度", "二季度", "三季度", "四季度"),
                (1, "办好专项", "第八检察部", None, "√"),
            ],
        ),
        dress=dress,
    )
    item = only(data)
    assert item.due and item.due.date == date(2026, 6, 30)
    assert any(g.field == "due" and "二季度" in g.text for g in item.guesses)


@pytest.mark.parametrize(
    ("value", "form"),
    [(date(2026, 6, 30), "yyyy-mm-dd"), (46203, "General"), (6.3, "0.00"), ("6.30", "@"), ("2026.6.30", "@"), (20260630, "0"),
     ("'6月30日", "@"), ("6月30日前　　", "@"), (date(2026, 6, 1), 'yyyy"年"m"月"')],
)  # fmt: skip
def test_a_deadline_in_every_dress_of_a_cell(value, form):
    def dress(made, pages):
        style = made.add_format({"num_format": form})
        (pages[0].write_datetime if isinstance(value, date) else pages[0].write)(1, 4, value, style)

    item = only(book(("表", [HEADER, ROW[:4]]), dress=dress))
    assert item.due and item.due.date == date(2026, 6, 30) and item.due.raw


def test_numbers_stored_as_text_formulas_and_empty_areas():
    def dress(made, pages):
        pages[0].write_formula(1, 1, '="办好"&"专项"', None, "办好专项")
        pages[0].write_blank(900, 40, None, made.add_format({"bg_color": "#ffffff"}))

    item = only(book(("表", [HEADER, ("1", None, "第八检察部\u3000\u3000", None, "12月底前")]), dress=dress))
    assert (item.label, item.title, item.lead) == ("1", "办好专项", ["第八检察部"])


def test_hidden_rows_columns_and_sheets_are_left_out_and_named():
    def dress(made, pages):
        pages[0].set_row(2, None, None, {"hidden": True})
        pages[0].set_column(5, 5, None, None, {"hidden": True})
        pages[1].hide()
        pages[2].very_hidden()

    more = [
        (*HEADER, "密语"),
        (*ROW, "不给看"),
        (2, "隐藏的任务", "办公室", None, "5月底前"),
        (3, "另一件任务", "办公室", None, "5月底前"),
    ]
    source = read(book(("表", more), ("旧表", [HEADER, ROW]), ("更旧", [HEADER, ROW]), dress=dress), "a.xlsx")
    text = "".join(p.text for p in source.paragraphs)
    assert "隐藏的任务" not in text and "不给看" not in text and "另一件任务" in text
    said = "".join(source.warnings)
    assert "第3行" in said and "F列" in said and "旧表、更旧" in said
    assert outline(source, year=2026).lost(source) == []


def test_a_sheet_for_each_department_gives_the_lead_where_no_column_does():
    head = ("序号", "任务", "完成时限")
    made = plan(
        book(
            ("第八检察部", [head, (1, "办好专项", "6月底前")]),
            ("政治部", [head, (1, "办好培训", "9月底前"), (2, "办好考核", "年底前")]),
        )
    )
    assert titles(made.items) == ["第八检察部", "政治部"] and [i.level for i in made.leaves()] == [2, 2, 2]
    assert [i.lead for i in made.leaves()] == [["第八检察部"], ["政治部"], ["政治部"]]
    assert all(any("工作表名称" in g.text for g in i.guesses) for i in made.leaves())


def test_the_name_of_a_sheet_gives_no_lead_where_the_table_names_one():
    made = plan(
        book(
            (
                "第八检察部",
                [
                    HEADER,
                    (1, "办好专项", "第六检察部", None, "6月底前"),
                    (2, "再办一件", None, None, "6月底前"),
                ],
            )
        )
    )
    assert [i.lead for i in made.leaves()] == [["第六检察部"], []]


def test_progress_columns_are_history_and_no_state():
    head = (*HEADER, "进展情况", "是否完成")
    item = only(book(("督办台账", [["2026年督办台账"], head, (*ROW, "已印发方案，完成八成", "已完成")])))
    assert item.history == ["进展情况：已印发方案，完成八成", "是否完成：已完成"]
    assert "八成" not in item.text and item.due and item.due.date == date(2026, 9, 30)


def test_fills_are_told_and_never_read():
    def dress(made, pages):
        pages[0].write_blank(1, 5, None, made.add_format({"bg_color": "#FF0000"}))
        pages[0].write(1, 1, ROW[1], made.add_format({"bg_color": "#00B050"}))

    source = read(book(("表", [(*HEADER, "进展"), ROW]), dress=dress), "a.xlsx")
    assert any("颜色只作提示" in w and "红色1格" in w and "F2" in w for w in source.warnings)
    assert outline(source, year=2026).leaves()[0].history == []


def test_a_rectification_list_comes_in_with_its_measures():
    head = ("序号", "反馈问题", "整改措施", "责任领导", "责任部门", "整改时限", "整改情况")
    data = book(("整改清单", [["巡察反馈问题整改清单"], head,
                             (1, "学习不经常", "1.每月集中学习一次\n2.建立台账", "韩知远", "机关党委", "立行立改", "已整改"),
                             (2, "记录不规范", "修订制度", None, "第八检察部", "2026年9月底前", "正在整改")]))  # fmt: skip
    one, two = plan(data).leaves()
    assert (one.title, one.leader, one.units or one.lead) == ("学习不经常", ["韩知远"], ["机关党委"])
    assert (
        "每月集中学习" in one.text
        and one.due
        and one.due.kind == "immediate"
        and one.history == ["整改情况：已整改"]
    )
    assert two.leader == ["韩知远"] and two.due and two.due.date == date(2026, 9, 30)


def test_a_rectification_list_in_prose_keeps_what_was_done_apart():
    text = (
        "云泽市人民检察院巡察反馈意见整改清单（2026年）\n一、学习方面\n1.关于“学习不经常”的问题。\n整改措施：每月集中学习一次。\n"
        "责任领导：韩知远  责任部门：机关党委  整改时限：2026年6月底前\n整改情况：已完成。5月组织学习3次。\n二、作风方面\n（一）关于“会议多”的问题\n"
        "1.整改措施：合并会议。\n2.责任部门：办公室\n3.整改时限：立行立改\n4.整改情况：基本完成。\n"
    )  # fmt: skip
    source = read(text.encode(), "清单.txt")
    made = outline(source)
    one, two = made.leaves()
    assert made.lost(source) == [] and not made.notes
    assert (one.leader, one.units, one.history) == (
        ["韩知远"],
        ["机关党委"],
        ["整改情况：已完成。5月组织学习3次。"],
    )
    assert (two.units, two.history) == (["办公室"], ["整改情况：基本完成。"]) and "基本完成" not in two.text


def test_a_table_without_known_heads_is_kept_as_notes():
    made = plan(book(("数据", [("甲", "乙"), (1, 2), (3, 4)])))
    assert made.leaves() == [] and len(made.notes) == 6 and made.kind == "table" and made.warnings


# ---- other containers ----

DATA = Path(__file__).parent / "data"
XLS = DATA / "ledger.xls"


def test_an_old_xls_is_read_like_the_new():
    made = plan(XLS.read_bytes(), "台账.et")
    one, two = made.leaves()
    assert (made.title, one.lead, two.lead) == ("2026年督办台账", ["第八检察部"], ["办公室"])
    assert one.due and one.due.date == date(2026, 6, 30) and one.history == ["进展情况：已印发方案"]


def test_what_an_old_xls_hides_is_left_out_and_named():
    source = read((DATA / "hidden.xls").read_bytes(), "a.xls")
    text, said = "".join(p.text for p in source.paragraphs), "".join(source.warnings)
    assert "隐藏的任务" not in text and "不给看" not in text and "另一件任务" in text
    assert "第3行" in said and "F列" in said and "旧表" in said


def test_an_old_xls_with_two_cells_far_apart_is_refused_before_it_fills_the_memory():
    assert code((DATA / "far.xls").read_bytes(), "a.xls") == "sheet_size"


def test_a_web_table_called_xls_is_read_as_what_it_is():
    page = f"<html><body>{rows(HEADER, map(str, ROW))}</body></html>".encode()
    source = read(page, "导出.xls")
    assert source.format == "html" and titles(outline(source, year=2026).leaves()) == [ROW[1]]


# ---- hostile ----


def test_a_sheet_that_declares_a_million_rows_is_measured_by_its_values():
    data = edited(
        book(("表", [HEADER, ROW])), r'<dimension ref="[^"]*"/>', '<dimension ref="A1:XFD1048576"/>'
    )
    assert only(data).title == ROW[1]
    far = edited(data, "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    assert code(far) == "sheet_size"


def test_merges_over_everything_cost_nothing():
    ranges = '<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B2:XFD1048576"/></mergeCells>'
    data = edited(book(("表", [HEADER, ROW, ROW])), "</sheetData>", f"</sheetData>{ranges}")
    assert len(read(data, "a.xlsx").paragraphs) == 1 + len(HEADER) + 2 * len(ROW)
    plan(data)  # nothing lost


@pytest.mark.parametrize(
    "cell", ['<c r="B1"><v>1</v></c>', '<c r="A9"><v>1</v></c>', '<c r="ZZZ1"><v>1</v></c>']
)
def test_cells_that_lie_about_their_place(cell):
    data = edited(book(("表", [HEADER, ROW])), "</sheetData>", f'<row r="3">{cell}</row></sheetData>')
    assert code(data) == "corrupt_sheet"


def test_entities_bombs_and_damage_are_refused():
    good = book(("表", [HEADER, ROW]))
    assert code(rebuilt(good, {SHEET: lambda t: b'<!DOCTYPE a [<!ENTITY x "y">]>' + t})) == "entity"
    assert code(rebuilt(good, {"xl/sharedStrings.xml": lambda t: t + b" " * 80_000_000})) == "bomb"
    assert code(rebuilt(good, {SHEET: lambda t: t[: len(t) // 2]})) == "corrupt"
    assert code(good[: len(good) // 2]) == "corrupt"
    assert (
        code(
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"Workbook".decode().encode("utf-16-le") + bytes(2000),
            "a.xls",
        )
        == "corrupt_sheet"
    )
    assert (
        code(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le") + bytes(2000))
        == "password"
    )


def test_macros_and_links_to_other_files_are_not_even_opened():
    good = book(("表", [HEADER, ROW]))
    link = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r" Type="x" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    bad = rebuilt(good, {}, {"xl/vbaProject.bin": b"MZ", "xl/externalLinks/externalLink1.xml": b"<!DOCTYPE a><a/>",
                             "xl/externalLinks/_rels/externalLink1.xml.rels": link, "../../evil.xml": b"x"})  # fmt: skip
    assert only(bad).title == ROW[1]


def test_a_marked_workbook_is_refused():
    assert code(book(("表", [["机密★一年"], HEADER, ROW]))) == "secret"


def test_an_empty_workbook_is_empty():
    assert code(book(("表", []))) == "empty"


@settings(deadline=None)
@given(st.binary(max_size=400), st.integers(0, 4000))
def test_a_workbook_with_any_bytes_in_it_is_read_or_refused(junk, at):
    data = GOOD[: at % len(GOOD)] + junk + GOOD[at % len(GOOD) + len(junk) :]
    try:
        source = read(data, "a.xlsx")
    except Unreadable:
        return
    assert outline(source, year=2026).lost(source) == []


def test_counts_that_lie_in_an_old_workbook_end_only_its_own_process():
    """A sheet that declares four billion rows: the reader of cells asks for that memory at once and gives up."""
    good = XLS.read_bytes()
    at = good.index(b"\x00\x02\x0e\x00", 1024) + 8  # DIMENSIONS: the row after the last
    assert code(good[:at] + b"\xff\xff\xff\xff" + good[at + 4 :], "a.xls") == "corrupt_sheet"


@settings(deadline=None, max_examples=25)
@given(st.binary(min_size=1, max_size=60), st.integers(0, 100_000))
def test_an_old_workbook_with_any_bytes_in_it_is_read_or_refused(junk, at):
    good = XLS.read_bytes()
    at %= len(good)
    try:
        source = read(good[:at] + junk + good[at + len(junk) :], "a.xls")
    except Unreadable:
        return
    assert outline(source, year=2026).lost(source) == []


GOOD = book(("表", [["2026年任务分解表"], HEADER, ROW, ROW]))


# ---- texts of cells ----


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_every_day_reads_back_as_the_day(day):
    due = parse_due(shown(day, "yyyy/m/d"), year=1999)
    assert due and due.date == day and not due.guessed


@given(st.integers(1, 12), st.integers(1, 28))
def test_a_day_typed_as_a_decimal_reads_back(month, day):
    due = parse_due(shown(float(f"{month}.{day:02d}"), "0.00"), year=2026)
    assert due and due.date == date(2026, month, day)


@given(st.integers(-(10**12), 10**12))
def test_whole_numbers_have_no_point(number):
    assert shown(float(number)) == shown(number) == str(number)


@given(st.text())
def test_tidying_a_cell_again_changes_nothing_that_shows(text):
    once = tidy_cell(text)
    assert "\x00" not in once and once == once.strip()


def test_other_values():
    assert [shown(v) for v in (None, True, time(9, 5), datetime(2026, 5, 8, 9, 30, tzinfo=UTC), 0.5)] == [
        "",
        "是",
        "9:05",
        "2026年5月8日 9:30",
        "0.5",
    ]
    assert shown(0.5, "0%") == "50%" and shown(datetime(2026, 6, 1, tzinfo=UTC), "yyyy年m月") == "2026年6月"


def test_a_package_of_another_kind_is_no_workbook():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as made:
        made.writestr("xl/workbook.bin", b"x")
    assert code(target.getvalue(), "a.xlsb") == "wrong_type"
