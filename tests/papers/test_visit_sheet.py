"""The offline sheet: what is filled in comes back as it was, from Excel and from Word; what cannot be told is said."""

import io

import docx
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gangmu.papers import visit_sheet
from gangmu.papers.errors import Unreadable
from gangmu.papers.visit_sheet import Blank, Line, NoSheet, choice, read, to_docx, to_xlsx
from gangmu.papers.words import squeeze, tidy
from tests.papers.helpers import package

pytestmark = pytest.mark.pure
GRADES, SIDES = ("已见效", "部分见效", "未见效"), ("党务", "业务")
# Whatever somebody types in a cell: no control characters, which neither program keeps.
TYPED = st.text(
    st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\ufffe\uffff"), max_size=40
).map(tidy)
LINES = st.lists(
    st.builds(
        Line,
        code=st.from_regex(r"[0-9]{1,4}-[0-9]{1,4}-[0-9a-f]{6}-[0-9a-f]{8}", fullmatch=True),
        item=TYPED, department=TYPED, way=TYPED, expected=TYPED, business_effect=TYPED, party_effect=TYPED,
        grade=st.sampled_from(["", *GRADES]),
    ),
    min_size=1, max_size=4,
)  # fmt: skip


def blank(lines) -> Blank:
    return Blank("督查 记录表", "6月10日", tuple(lines), GRADES, SIDES, ("第八检察部",))


def back(data: bytes, name: str):
    return read(data, name, grades=GRADES, sides=SIDES)


def line(**more) -> Line:
    return Line(
        **(
            {"code": "1-2-aaaaaa-bbbbbbbb", "item": "公益诉讼", "department": "", "way": "", "expected": ""}
            | more
        )
    )


@settings(max_examples=30, deadline=None)
@given(LINES, st.sampled_from([("a.xlsx", to_xlsx), ("a.docx", to_docx)]))
def test_what_is_written_comes_back_as_it_was(lines, out):
    name, write = out
    rows = back(write(blank(lines)), name)
    assert [(r.code, r.business_effect, r.party_effect, r.grade) for r in rows] == [
        (squeeze(x.code), x.business_effect, x.party_effect, x.grade) for x in lines
    ]
    assert not any(r.problems or r.finding or r.side for r in rows)


def filled_xlsx(**cells) -> bytes:
    """An empty sheet with cells written as Excel would; a name is a head of the sheet."""
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(blank([line()]))))
    sheet = book.active
    heads = {sheet.cell(4, c).value: c for c in range(1, sheet.max_column + 1)}
    for name, value in cells.items():
        sheet.cell(5, heads[visit_sheet.HEADS[name]]).value = value
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_a_finding_comes_back_with_all_it_needs():
    data = filled_xlsx(
        finding="记录不全", side="业务", cause="没有交接", owner="第八检察部", due="2026-07-10"
    )
    [row] = back(data, "表.xlsx")
    assert (row.finding, row.side, row.cause, row.owner, row.due) == (
        "记录不全", "业务", "没有交接", "第八检察部", "2026-07-10"
    )  # fmt: skip


def test_columns_may_have_been_moved():
    book = openpyxl.load_workbook(io.BytesIO(filled_xlsx(business_effect="办结", party_effect="在岗")))
    book.active.insert_cols(1, 2)
    out = io.BytesIO()
    book.save(out)
    [row] = back(out.getvalue(), "表.xlsx")
    assert (row.business_effect, row.party_effect) == ("办结", "在岗")


def test_a_formula_is_said_and_its_result_not_taken():
    [row] = back(filled_xlsx(business_effect='=HYPERLINK("http://x","y")', party_effect="在岗"), "表.xlsx")
    assert row.business_effect == "" and row.problems == ["“业务实效”一格里是公式。请改成文字。"]


def test_words_that_look_like_a_formula_go_out_as_words():
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx(blank([line(expected="=1+1", item="@SUM(A1)")]))))
    assert {c.data_type for row in book.active.iter_rows() for c in row if c.value} == {"s"}


def filled_docx(**cells) -> bytes:
    document = docx.Document(io.BytesIO(to_docx(blank([line()]))))
    for row in document.tables[0].rows:
        for name, value in cells.items():
            if row.cells[0].text == visit_sheet.HEADS[name]:
                row.cells[1].text = value
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def test_word_is_read_by_its_words():
    [row] = back(
        filled_docx(
            business_effect="办结", party_effect="在岗", grade="□已见效 √部分见效 □未见效", side="业务"
        ),
        "a.docx",
    )
    assert (row.business_effect, row.party_effect, row.grade, row.side) == (
        "办结",
        "在岗",
        "部分见效",
        "业务",
    )


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("", ""), ("已见效", "已见效"), ("□已见效  □部分见效  □未见效", ""), ("☑已见效  □部分见效  □未见效", "已见效"),
        ("已见效√ □部分见效 □未见效", "已见效"), ("部分 见效", "部分见效"), ("属于未见效", "未见效"), ("☑已见效 ☑未见效", None),
        ("很好", None), ("已见效、未见效", None),
    ],
)  # fmt: skip
def test_a_choice(text, chosen):
    assert choice(text, GRADES) == chosen


def test_a_choice_that_cannot_be_told_is_said():
    [row] = back(filled_xlsx(business_effect="a", party_effect="b", grade="很好"), "表.xlsx")
    assert row.grade == "" and "看不出选的是哪一个" in row.problems[0]


def test_a_file_that_is_no_sheet_is_refused_with_a_sentence():
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.active["A1"] = "别的表"
    book.save(out)
    for data, name in ((out.getvalue(), "a.xlsx"), (out.getvalue(), "a.xls"), (b"x", "a.txt")):
        with pytest.raises(NoSheet):
            back(data, name)


@pytest.mark.parametrize("name", ["a.xlsx", "a.docx"])
def test_what_cannot_be_opened_is_refused(name):
    for data in (b"", b"PK\x03\x04 broken", b"\x00" * 100, package({"xl/workbook.xml": "<x/>"})):
        with pytest.raises(Unreadable):
            back(data, name)


def test_entities_are_refused_before_anything_is_parsed():
    evil = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'
    with pytest.raises(Unreadable) as no:
        back(package({"xl/workbook.xml": evil}), "a.xlsx")
    assert no.value.code == "entity"


def test_a_marked_paper_is_refused():
    with pytest.raises(Unreadable) as no:
        back(to_xlsx(Blank("机密★一年", "", (line(),), GRADES, SIDES)), "a.xlsx")
    assert no.value.code == "secret"


def test_a_sheet_with_a_cell_far_away_is_read_all_the_same():
    book = openpyxl.load_workbook(
        io.BytesIO(filled_xlsx(business_effect="a", party_effect="b", grade="已见效"))
    )
    book.active["XFD1048576"] = "x"
    out = io.BytesIO()
    book.save(out)
    assert len(back(out.getvalue(), "a.xlsx")) == 1


def test_it_prints_on_a4_across_with_its_head_on_every_page():
    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx(blank([line()])))).active
    setup = sheet.page_setup
    assert (setup.orientation, int(setup.paperSize), setup.fitToHeight) == ("landscape", 9, 0)
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.print_title_rows == "$4:$4"
