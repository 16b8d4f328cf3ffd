"""Whole invented papers: what is read of each, leaf by leaf. The ways in which papers go wrong, by number:

1 deadline without label in a unit list · 2 责任单位 as lead and as co-unit · 3 rule of the first unit, once or in the notice
4 leaders as headings · 5 one line after several items · 6 elided lists · 7 brackets in names · 8 percentages and decimals
9 two deadlines, goal years · 10 widths, blanks, soft breaks · 11 brackets of document numbers · 12 split and repeated titles
13 notice with attachment · 14 web noise, lost characters · 15 traditional characters, mojibake · 16 一是 … inside a paragraph
17 one task under two leaders · 18 各支部 monthly · 19 progress columns · 20 renamed departments · 21 marked papers
22 circulars are no status · 23 impossible and past days · 24 long numbers · 25 ongoing with reports · 26 self-references
27 .wps and .doc without a converter
"""

from __future__ import annotations

from datetime import date

import pytest

from gangmu.papers import office
from gangmu.papers.errors import Unreadable
from gangmu.papers.model import Item
from gangmu.papers.outline import outline
from gangmu.papers.read import read
from tests.papers import invented_word
from tests.papers.helpers import plan
from tests.papers.invented import PAPERS as TEXT_PAPERS
from tests.papers.invented import Leaf, Paper

pytestmark = pytest.mark.pure
PAPERS = [*TEXT_PAPERS, *invented_word.PAPERS]


def due_of(item: Item, wanted: str | None) -> str | None:
    """The deadline of an item in the form that the expectation is written in."""
    if item.due is None:
        return None
    if wanted and wanted[:1].isdigit():
        return ";".join(d.isoformat() for d in item.due.dates or [item.due.date] if d)
    return item.due.kind


def as_read(item: Item, leaf: Leaf) -> Leaf:
    title = leaf[0] if item.title.startswith(leaf[0]) else item.title
    return title, item.lead, item.units, item.leader, due_of(item, leaf[4])


@pytest.mark.parametrize("paper", PAPERS, ids=lambda p: p.name)
def test_an_invented_paper_is_read_leaf_by_leaf(paper: Paper):
    source = read(paper.data, paper.name)
    made = outline(source)
    found = made.leaves()
    assert [i.title for i in found][: len(paper.leaves)] and len(found) == len(paper.leaves), [
        i.title for i in found
    ]
    assert [as_read(i, leaf) for i, leaf in zip(found, paper.leaves, strict=True)] == paper.leaves
    assert (made.title, made.doc_no) == (paper.title, paper.doc_no) and made.lost(source) == []
    assert all(any(w in said for said in made.warnings) for w in paper.warnings), made.warnings


def test_every_way_to_go_wrong_stands_in_a_paper_or_below():
    below = {15, 21, 27}
    assert {n for paper in PAPERS for n in paper.cases} | below == set(range(1, 28))


def test_a_paper_with_a_mark_of_secrecy_is_refused():
    with pytest.raises(Unreadable) as caught:
        read("机密★1年\n云泽市人民检察院党组会议议题\n一、研究干部任免\n1.王某某任职。".encode(), "议题.txt")
    assert caught.value.code == "secret"


def test_text_that_was_once_read_with_the_wrong_code_is_refused():
    broken = (
        "云泽市人民检察院2025年工作要点\n一、突出政治建设\n1.落实第一议题制度。（责任部门：政治部）\n" * 3
    ).encode()
    with pytest.raises(Unreadable) as caught:
        read(broken.decode("gbk", "replace").encode(), "要点.txt")
    assert caught.value.code == "encoding"


@pytest.mark.parametrize("name", ["要点.wps", "要点.doc"])
def test_an_old_binary_paper_without_a_converter_is_refused_with_advice(
    name: str, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(office, "available", lambda: None)
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600 + "WordDocument".encode("utf-16-le")
    with pytest.raises(Unreadable) as caught:
        read(data, name)
    assert caught.value.code == "needs_office" and ".docx" in caught.value.message


def test_selectors_are_kept_as_written_and_coded():
    text = (
        "2025年要点\n一、甲\n1.办一。（责任单位：各支部、各部门；责任领导：各分管领导）\n2.办二。（相关部门按职责分工负责）\n"
        "3.办三。（各责任部门按职责分工负责）\n4.办四。（责任单位：各检察业务部门、各基层院）\n5.办五。（责任单位：办公室）"
    )
    found = plan(text).leaves()
    assert [t.selectors for t in found] == [
        ["ALL_BRANCHES", "ALL_DEPTS", "LEADER_OF_EACH"], ["RELEVANT"], ["RELEVANT"], ["BUSINESS_DEPTS", "LOWER_UNITS"], [],
    ]  # fmt: skip
    assert found[0].units == ["各支部", "各部门"] and found[1].units == ["相关部门"]


def test_units_named_after_the_last_of_a_list_belong_to_the_whole_list():
    text = "2025年措施\n（一）甲。做好甲。（责任单位：办公室）\n（二）乙\n1.乙一。\n2.乙二。\n3.乙三。（责任单位：政治部，6月底完成）\n（三）丙。（责任单位：案管办）"
    found = plan(text).leaves()
    assert [t.units for t in found] == [["办公室"], *[["政治部"]] * 3, ["案管办"]]
    assert [t.inherited for t in found] == [False, *[["units", "due"]] * 3, False]


def test_the_units_before_the_first_comma_lead_where_the_paper_says_so():
    text = "2025年措施\n（一）甲。〔责任单位：民政局，财政局、总工会，逗号前为牵头单位，下同〕\n（二）乙。〔责任单位：教育局、卫健委，财政局〕\n（三）丙。〔责任单位：商务局〕"
    assert [(t.lead, t.units) for t in plan(text).leaves()] == [
        (["民政局"], ["财政局", "总工会"]), (["教育局", "卫健委"], ["财政局"]), (["商务局"], []),
    ]  # fmt: skip


def test_departments_as_headings_and_at_the_head_of_paragraphs_are_responsible():
    text = "2025年分工方案\n一、办公室（2项）\n1.办会。\n2.办文。\n二、政治部\n1.办培训。\n三、职责分工\n第一检察部：负责牵头案件评查。\n技术信息部、办公室：负责保障。"
    assert [(t.lead, t.units) for t in plan(text).leaves()] == [
        ([], ["办公室"]), ([], ["办公室"]), ([], ["政治部"]), (["第一检察部"], []), ([], ["技术信息部", "办公室"]),
    ]  # fmt: skip


def test_a_time_alone_in_the_bracket_of_a_title_is_the_deadline():
    first, second = plan(
        "2025年方案\n（一）动员部署（3月1日至3月31日）。召开会议。\n（二）总结提升（12月底前）。形成报告。"
    ).leaves()
    assert (
        first.due
        and (first.due.kind, first.due.date) == ("range", date(2025, 3, 31))
        and first.title == "动员部署"
    )
    assert second.due and (second.due.kind, second.due.date) == ("date", date(2025, 12, 31))


def test_an_explanation_of_a_plan_is_said_to_be_none():
    made = plan(
        "云泽市检察院2025年工作要点解读\n一、出台背景\n落实部署。\n二、主要内容\n（一）加强办案。\n（二）加强监督。"
    )
    assert made.kind == "news" and made.leaves() == [] and any("解读" in w for w in made.warnings)


RAGGED = """为贯彻落实上级决策部署,结合云泽市实际,制定如下措施,请各部门结合
职责抓好贯彻落实
一
、优化办案机制
(一)压实责任。积极组织专题培训,推动制度落实,切实提升办案质效,为
高质量发展提供保障,及时总结经验。(责
任单位:政治部、办公
室,第一检察部)
(二)加强协作。建立会商机制,定期通报情况,形成工作合力,推动问题解
— 2 —
决,提升监督质效。〔责任单位:各县(市、区)
人民检察院〕
(三)总结经验。梳理典型做法,编发工作简报,组织交流研讨,推动成果转
化,年底前形成报告。(责任单位:研究室)
"""


def test_lines_that_a_pdf_broke_anywhere_are_joined_and_page_numbers_do_not_part_them():
    first, second, third = plan(RAGGED).leaves()
    assert (first.title, first.units) == ("压实责任", ["政治部", "办公室", "第一检察部"])
    assert (second.title, second.units) == (
        "加强协作",
        ["各县(市、区)人民检察院"],
    ) and "问题解决" in second.text
    assert third.units == ["研究室"] and third.due and third.due.raw == "年底前"


def test_a_list_in_one_paragraph_that_names_its_units_once_is_one_item():
    text = "2025年措施\n（一）甲。做好甲。（责任单位：办公室）\n（二）乙\n1.先做这件事。2.再做那件事。（责任单位：政治部）"
    first, second = plan(text).leaves()
    assert (
        (second.title, second.units) == ("乙", ["政治部"])
        and "2.再做那件事" in second.text
        and first.units == ["办公室"]
    )


def test_chapters_of_conditions_materials_and_procedures_are_no_tasks():
    text = "2025年办法\n一、主要措施\n（一）办甲。（甲局负责）\n（二）办乙。（乙局负责）\n二、申请条件\n（一）住在本市。\n（二）年满十八。\n三、申报材料\n（一）身份证。\n四、审批程序\n（一）受理。"
    assert [t.title for t in plan(text).leaves()] == ["办甲", "办乙"]


def test_a_heading_that_promises_another_number_of_items_is_reported():
    made = plan("2025年清单\n一、党建（3项）\n1.办甲。\n2.办乙。\n二、业务（1项）\n3.办丙。")
    assert any("标明3项，实际读到2项" in w for w in made.warnings) and len(made.warnings) == 2


def test_a_number_right_before_figures_counts_in_its_turn_only():
    text = "2025年清单\n一、甲\n1.6月底前，办好第一件事。（责任部门：办公室）\n2.12309中心建设。（责任部门：第七检察部）\n3.2025年完成轮训。（责任部门：政治部）\n3.5万件卷宗归档。"
    assert [(t.label, t.title) for t in plan(text).leaves()] == [
        ("1.", "6月底前，办好第一件事"), ("2.", "12309中心建设"), ("3.", "2025年完成轮训"),
    ]  # fmt: skip


def test_what_was_done_so_far_stays_with_its_item_as_history_and_is_no_deadline():
    text = "2025年督办台账\n一、交办事项（2件）\n1.清理案件。\n主办部门：第四检察部\n办结时限：3月31日\n办理情况：2月底前已清理12件。\n2.报送情况。\n主办部门：办公室\n办结时限：每月5日前\n"
    first, second = plan(text).leaves()
    assert (
        first.due
        and first.due.date == date(2025, 3, 31)
        and "已清理12件" in first.history[0]
        and not first.children
    )
    assert second.due and second.due.rhythm == "monthly@5" and second.lead == ["办公室"]
