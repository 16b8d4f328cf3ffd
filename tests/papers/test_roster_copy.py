"""The returned copy: the same workbook, marked; nothing in it computes."""

import io
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.styles import Font

from gangmu.papers.roster_copy import AUTHOR, Mark, marked_copy
from gangmu.papers.roster_open import LIST_NAME, Book, RawSheet, open_book
from tests.sheets import workbook

pytestmark = pytest.mark.pure


def office_file() -> bytes:
    """As a person makes it: fonts, widths, a merged title, a formula, a comment of its own."""
    book = Workbook()
    sheet = book.active
    sheet.title = "名册"
    sheet.append(["花名册"])
    sheet.merge_cells("A1:C1")
    sheet["A1"].font = Font(bold=True, size=20)
    sheet.append(["姓名", "部门", "入党时间"])
    sheet.append(["甲某", "九部", "2004-02-30"])
    sheet["A3"].comment = Comment("原有批注", "张")
    sheet["D3"] = "=1+1"
    sheet.column_dimensions["B"].width = 33
    book.create_sheet("说明").append(["别的表"])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def marked(data: bytes, *marks: Mark, name: str = "a.xlsx"):
    book = open_book(data, name)
    made = marked_copy(data, book, book.sheets[0], marks)
    return made, load_workbook(io.BytesIO(made))


MARKS = (Mark(3, 1, "本院没有“九部”这个部门"), Mark(3, 2, "没有这一天"), Mark(3, 0, "看看", "note"))


def test_the_copy_is_the_same_workbook_with_the_cells_marked():
    _made, book = marked(office_file(), *MARKS)
    sheet = book["名册"]
    assert book.sheetnames == ["名册", "说明", LIST_NAME] and sheet["A1"].font.size == 20
    assert (
        sheet.column_dimensions["B"].width == 33
        and str(sheet.merged_cells.ranges) == "{<MergedCellRange A1:C1>}"
    )
    assert sheet["B3"].comment.text == "本院没有“九部”这个部门" and sheet["B3"].fill.fgColor.rgb.endswith(
        "F9D5DC"
    )
    assert sheet["A3"].comment.text == "原有批注\n看看" and sheet["A3"].fill.fgColor.rgb.endswith("FBF0D6")
    assert sheet["C2"].comment is None


def test_the_list_of_problems_says_where_what_and_why():
    _made, book = marked(office_file(), *MARKS)
    rows = [[c.value for c in row] for row in book[LIST_NAME].iter_rows(min_row=2)]
    assert rows[1] == [3, "B", "九部", "本院没有“九部”这个部门", "要改"] and rows[0][4] == "看一眼"


def test_nothing_in_the_copy_is_a_formula():
    hostile = [
        ["姓名", "部门"],
        ["=cmd|' /C calc'!A0", "+1"],
        ["@SUM(1)", "-2+3"],
        ["\t=1", '=HYPERLINK("x")'],
    ]
    made, book = marked(workbook(hostile), *(Mark(n, c, "=坏") for n in (2, 3, 4) for c in (0, 1)))
    cells = [c for sheet in book for row in sheet.iter_rows() for c in row]
    assert not [c.coordinate for c in cells if c.data_type == "f"]
    assert book.worksheets[0]["A2"].value == "=cmd|' /C calc'!A0"
    _made, book = marked(office_file(), *MARKS)
    assert book["名册"]["D3"].data_type != "f"


def test_a_copy_that_comes_back_is_marked_anew():
    made, _book = marked(office_file(), *MARKS)
    _again, book = marked(made, Mark(3, 2, "还是没有这一天"))
    assert book.sheetnames.count(LIST_NAME) == 1
    sheet = book["名册"]
    assert sheet["B3"].comment is None and sheet["C3"].comment.text == "还是没有这一天"
    assert sheet["C3"].comment.author == AUTHOR


def test_a_mark_in_a_merged_cell_stands_at_its_first():
    _made, book = marked(office_file(), Mark(1, 2, "没有找到“姓名”这一列"))
    assert book["名册"]["A1"].comment.text == "没有找到“姓名”这一列"


def test_an_xls_comes_back_as_xlsx_from_its_values():
    book = Book("xls", [RawSheet(0, "表/一", [["姓名", "部门"], ["=1", "九部"]])])
    made = load_workbook(io.BytesIO(marked_copy(b"", book, book.sheets[0], [Mark(2, 1, "没有")])))
    assert made.sheetnames == ["表_一", LIST_NAME]
    assert (
        made["表_一"]["A2"].value == "=1"
        and made["表_一"]["A2"].data_type == "s"
        and made["表_一"]["B2"].comment.text == "没有"
    )


XLS = Path(__file__).parent / "data" / "roster.xls"


def test_a_real_xls_is_read_and_given_back():
    """Made by LibreOffice from an invented list."""
    book = open_book(XLS.read_bytes(), "名册.xls")
    assert book.form == "xls" and book.sheets[0].rows[1][0] == "甲某"
    made = load_workbook(
        io.BytesIO(marked_copy(XLS.read_bytes(), book, book.sheets[0], [Mark(2, 1, "没有")]))
    )
    assert made[book.sheets[0].name]["B2"].comment.text == "没有"
