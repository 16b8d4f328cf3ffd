"""Titles, tables and forms, names of files, ledgers: the small parts of papers out."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import docx
import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.papers.ledger import Column, write_ledger
from gangmu.papers.names import LONGEST, Names, part
from gangmu.papers.official import Block, Form, Paper, Table, write
from gangmu.papers.titles import balanced, columns_of

pytestmark = pytest.mark.pure


@given(st.text("关于开展年中联合督查的通知《》“”、2026", min_size=1, max_size=80), st.integers(8, 30))
def test_a_title_loses_nothing_and_its_lines_are_of_like_length(title, most):
    lines = balanced(title, most)
    assert "".join(lines) == title.strip()
    assert len(lines) <= max(1, -(-columns_of(title) // most))


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("督办单", ["督办单"]),
        (
            "云泽市人民检察院2026年党建与检察业务工作要点",
            ["云泽市人民检察院2026年", "党建与检察业务工作要点"],
        ),
        ("关于开展“四季度联合督查：涉企与民生”的通知", ["关于开展“四季度联合督查：", "涉企与民生”的通知"]),
        ("关于开展“年终督查：排口整改回头看”的通知", ["关于开展“年终督查：", "排口整改回头看”的通知"]),
    ],
)
def test_a_title_is_broken_where_a_reader_pauses(title, lines):
    assert balanced(title, 19) == lines


def opened(paper: Paper):
    return docx.Document(io.BytesIO(write(paper)))


def test_a_table_repeats_its_head_and_keeps_every_cell():
    rows = [(str(n), f"第{n}行\n第二句<&>") for n in range(300)]
    table = opened(Paper(title="表", body=[Table(("序号", "内容"), rows, (1, 5))])).tables[0]
    assert table.rows[0]._tr.trPr.find("{*}tblHeader") is not None
    assert [tuple(c.text for c in r.cells) for r in list(table.rows)[1:]] == rows


def test_a_form_leaves_room_for_the_pen():
    form = Form(
        (("事项", "一件"), ("部门", "八部", "责任人", "江"), ("领导批示", "")), lines=(("领导批示", 4),)
    )
    rows = list(opened(Paper(title="单", body=[form])).tables[0].rows)
    assert [c.text for c in rows[1].cells] == ["部门", "八部", "责任人", "江"]
    assert rows[2].height > 3 * rows[0].height // 2


def test_the_number_of_a_red_head_is_a_marked_blank_until_it_is_recorded():
    blank = [p.text for p in opened(Paper(title="通知", head="云泽市人民检察院")).paragraphs]
    given_one = [
        p.text
        for p in opened(Paper(title="通知", head="云泽市人民检察院", doc_no="云检〔2026〕3号")).paragraphs
    ]
    assert any("〔" in t and not any(c.isdigit() for c in t) for t in blank)
    assert "云检〔2026〕3号" in given_one


def test_minutes_have_issue_organ_and_day_under_the_head_and_who_came_after_the_text():
    paper = Paper(title="第3次会议纪要", head="党组会纪要", issue="第3次", issued_by="云泽市人民检察院", signed_on=date(2026, 3, 5),
                  body=[Block("p", "议定一事。")], after=[Block("label", "出席：甲")])  # fmt: skip
    texts = [p.text.strip() for p in opened(paper).paragraphs if p.text.strip()]
    assert texts == [
        "党组会纪要",
        "第3次",
        "云泽市人民检察院\t2026年3月5日",
        "第3次会议纪要",
        "议定一事。",
        "出席：甲",
    ]


def test_the_properties_of_paragraphs_stand_in_the_order_of_the_schema():
    document = opened(Paper(title="长题" * 15, head="头", body=[Block("h1", "一、甲"), Table(("甲",), [("乙",)])],
                            signed_by="院", signed_on=date(2026, 1, 1), copy_to="各部门", issued_by="办公室"))  # fmt: skip
    order = [
        "keepNext",
        "framePr",
        "widowControl",
        "pBdr",
        "tabs",
        "overflowPunct",
        "snapToGrid",
        "spacing",
        "ind",
        "jc",
    ]
    for properties in document.element.body.iter("{*}pPr"):
        places = [order.index(name) for c in properties if (name := c.tag.rpartition("}")[2]) in order]
        assert places == sorted(places)


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=300)), max_size=30))
def test_names_are_safe_short_and_different(wanted):
    names = Names()
    paths = [names.path(folder, text, "docx") for folder, text in wanted]
    assert len({p.casefold() for p in paths}) == len(paths)
    for path in paths:
        assert len(path.encode("utf-16-le")) // 2 <= LONGEST
        assert not set(path) & set('<>:"\\|?*') and not any(ord(c) < 32 for c in path)
        for piece in path.split("/"):
            assert piece not in ("", ".", "..") and not piece.endswith((".", " "))


@pytest.mark.parametrize(
    ("text", "safe"),
    [("../../etc/passwd", "／..／etc／passwd"), ("a:b*c?", "a：b＊c？"), ("CON", "_CON"), ("nul.docx", "_nul.docx"), ("  ", "_"),
     ("C:\\temp", "C：＼temp"), ("甲\n乙\0丙", "甲 乙丙")],
)  # fmt: skip
def test_a_name_never_leads_out_of_its_folder(text, safe):
    assert part(text) == safe


def sheet(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data)).active


def test_cells_of_a_ledger_are_what_they_are():
    row = [
        date(2026, 3, 5),
        datetime(2026, 3, 5, 9, 30, tzinfo=UTC),
        3,
        2.5,
        Decimal("1.20"),
        None,
        "",
        True,
        "=1+1",
        "甲\x00乙",
        "x" * 40_000,
    ]
    page = sheet(write_ledger("台账", [Column(f"列{n}") for n in range(len(row))], [row]))
    cells = [page.cell(4, n + 1).value for n in range(len(row))]
    assert [str(c) for c in cells[:5]] == ["2026-03-05 00:00:00", "2026-03-05 09:30:00", "3", "2.5", "1.2"]
    assert cells[5:7] == [None, None] and cells[7:10] == ["True", "=1+1", "甲乙"] and len(cells[10]) == 32_767
    assert page.cell(4, 9).data_type == "s", "text, no formula"


def test_a_ledger_is_ready_for_print_and_offers_the_fixed_words():
    page = sheet(
        write_ledger(
            "任务台账", [Column("任务"), Column("状态", 10, ("办理中", "已销号"))], [["甲", "办理中"]] * 3
        )
    )
    setup = page.page_setup
    assert (setup.orientation, int(setup.paperSize), setup.fitToHeight) == ("landscape", 9, 0)
    assert page.print_title_rows == "$3:$3" and page.freeze_panes == "A4" and page.auto_filter.ref == "A3:B6"
    assert "&P / &N" in page.oddFooter.right.text
    (rule,) = page.data_validations.dataValidation
    assert (rule.type, str(rule.sqref), rule.formula1) == ("list", "B4:B6", '"办理中,已销号"')


def test_an_empty_ledger_still_opens():
    page = sheet(write_ledger("台账", [Column("甲", 10, ("一",))], []))
    assert page.cell(3, 1).value == "甲" and page.max_row <= 4
