"""Minutes, rectification ledgers, branch plans and progress tables: the same fields in other clothes."""

from __future__ import annotations

import time
from datetime import date

import pytest

from gangmu.papers.outline import outline
from gangmu.papers.read import read
from tests.papers.helpers import plan, rows, tasks, titles

pytestmark = pytest.mark.pure


def test_minutes_name_their_units_in_sentences_and_this_is_a_guess():
    text = (
        "云泽市人民检察院党组会议纪要\n云泽市人民检察院党组 2024年4月10日\n会议议定以下事项：\n"
        "一、关于数字检察。会议同意方案，由第三检察部牵头、案管部配合，于5月10日前提出方案报党组审定。\n"
        "二、关于主题党日。会后由机关党委负责，4月底前报送计划。"
    )
    made = plan(text)
    first, second = made.leaves()
    assert (first.lead, first.units, second.units) == (["第三检察部"], ["案管部"], ["机关党委"])
    assert (
        first.due
        and second.due
        and (first.due.date, second.due.date) == (date(2024, 5, 10), date(2024, 4, 30))
    )
    assert all(any(g.why == "prose" for g in t.guesses) for t in (first, second))
    assert (made.issuer, made.issued_on) == ("云泽市人民检察院党组", date(2024, 4, 10))


def test_numbered_fields_of_a_ledger_belong_to_the_item_above():
    text = (
        "云泽市检察院整改清单（2024年）\n一、学习方面\n1.学习不经常\n（1）整改措施：每月组织一次集中学习。\n（2）责任领导：王某某\n（3）责任部门：政治部\n"
        "（4）完成时限：2024年6月底前\n2.记录不规范\n（1）整改措施：修订制度。\n（2）责任领导：张某某\n（3）责任部门：机关党委\n（4）完成时限：立行立改\n"
    )
    first, second = tasks(text)
    assert (first.title, first.leader, first.units) == (
        "学习不经常",
        ["王某某"],
        ["政治部"],
    ) and "集中学习" in first.text
    assert second.due and second.due.kind == "immediate"


def test_markdown_headings_without_numbers_carry_the_tree():
    text = "# 2024年云泽市院要点\n\n## 思想建设\n1. 抓学习。（责任部门：政治部）\n- 每季度检查一次\n\n## 组织建设\n1. 抓支部。（责任部门：机关党委）\n"
    made = plan(text, name="a.md")
    assert [(i.level, i.title) for i in made.walk()] == [
        (1, "思想建设"),
        (2, "抓学习"),
        (1, "组织建设"),
        (2, "抓支部"),
    ]
    assert made.leaves()[0].due and made.leaves()[0].due.rhythm == "quarterly"


def test_a_markdown_table_is_a_table():
    text = "# 2024年任务表\n\n| 序号 | 工作任务 | 牵头部门 | 完成时限 |\n|---|---|---|---|\n| 1 | 上党课 | 政治部 | 6月底 |\n| 2 | 办培训 | 办公室 | 12月 |\n"
    assert [(t.label, t.title, t.lead) for t in tasks(text, name="a.md")] == [
        ("1", "上党课", ["政治部"]),
        ("2", "办培训", ["办公室"]),
    ]


def test_a_branch_plan_by_month_has_its_months_as_deadlines():
    table = rows(
        ["月份", "活动主题", "活动内容", "责任人"],
        ["1月", "学习党章", "集中学习", "王某某"],
        ["二月", "主题党日", "参观", "张某"],
    )
    first, second = tasks(f"<h1>第一检察部党支部2024年计划表</h1>{table}", name="a.html")
    assert (first.title, first.leader, first.text) == ("学习党章", ["王某某"], "集中学习")
    assert (
        first.due
        and second.due
        and (first.due.date, second.due.date) == (date(2024, 1, 31), date(2024, 2, 29))
    )


PROGRESS = (
    "<p>列第一位的为牵头单位，下同</p><table><tr><td colspan=8>云泽市检察院2024年重点任务推进表</td></tr>"
    "<tr><td rowspan=2>序号</td><td rowspan=2>类别</td><td rowspan=2>重点任务</td><td rowspan=2>责任领导</td><td rowspan=2>责任部门</td>"
    "<td colspan=3>时间进度</td></tr><tr><td>一季度</td><td>二季度</td><td>三季度</td></tr>"
    "<tr><td>1</td><td rowspan=2>党建</td><td>上党课</td><td>王某某</td><td>政治部、机关党委</td><td></td><td>√</td><td></td></tr>"
    "<tr><td>2</td><td>办培训</td><td></td><td>办公室</td><td></td><td></td><td>√</td></tr>"
    "<tr><td>3</td><td>业务</td><td>评查案件</td><td>张某</td><td>案管部</td><td>★</td><td></td><td></td></tr></table>"
)


def test_ticks_under_quarters_categories_and_blank_leaders_are_understood():
    made = plan(PROGRESS, name="a.html")
    assert made.title == "云泽市检察院2024年重点任务推进表" and [i.title for i in made.items] == [
        "党建",
        "业务",
    ]
    assert [t.due.date for t in made.leaves() if t.due] == [
        date(2024, 6, 30),
        date(2024, 9, 30),
        date(2024, 3, 31),
    ]
    assert [t.leader for t in made.leaves()] == [["王某某"], ["王某某"], ["张某"]]
    assert (made.leaves()[0].lead, made.leaves()[0].units) == (["政治部"], ["机关党委"])


def test_articles_that_name_their_units_are_measures_and_not_a_regulation():
    lines = "\n".join(f"第{n}条 办好{n}件事。做细做实。（责任单位：县甲局、县乙局）" for n in "一二三四五")
    made = plan(f"2024年云泽市若干措施\n一、甲方面\n{lines}")
    assert made.kind == "plan" and len(made.leaves()) == 5 and made.leaves()[0].units == ["县甲局", "县乙局"]


def test_articles_without_units_above_measures_stay_a_regulation():
    assert titles(tasks("云泽市办法\n第一条 为了规范。\n第二条 应当依法。\n第三条 不得违反。")) == []


@pytest.mark.parametrize(
    "hostile",
    [
        "（" * 60000, "一、" * 30000, "由" * 60000, "1." * 30000, "责任单位：" * 12000, "6月" * 30000, "甲局、" * 20000, "（责任单位：甲局）" * 6000,
        "第一、二" * 15000, " " * 200000 + "甲", "\n".join(["一、甲"] * 4000), "\n".join(["责任单位：甲局"] * 4000), "负责" * 30000, "（甲负责）" * 10000, "和" * 60000,
        "甲和乙局" * 10000, "“" * 60000, "2024" * 20000, "附件\n" * 3000, "2024年要点\n" * 3000,
    ],
    ids=range(20),
)  # fmt: skip
def test_no_text_of_ordinary_size_takes_long(hostile: str):
    begun = time.process_time()  # of this process alone: a busy machine is no fault of the reader
    source = read(f"2024年要点\n一、甲\n1.{hostile}".encode(), "a.txt")
    assert outline(source).lost(source) == []
    assert time.process_time() - begun < 5
