"""The ways in which real papers go wrong, one invented fixture each."""

from __future__ import annotations

from datetime import date

import pytest

from gangmu.papers.errors import Unreadable
from gangmu.papers.model import Source
from gangmu.papers.outline import outline
from gangmu.papers.read import read
from tests.papers.helpers import plan, rows, tasks, titles

pytestmark = pytest.mark.pure


def test_a_deadline_without_label_after_a_comma_in_the_unit_list_is_a_deadline():
    [only] = tasks(
        "2024年云泽市院工作要点\n一、业务\n1.推进试点。加快建设。（牵头单位：办公室；责任单位：政治部、案管办及研究室，警务处，6月底完成）"
    )
    assert (only.lead, only.units) == (["办公室"], ["政治部", "案管办", "研究室", "警务处"])
    assert only.due and only.due.date == date(2024, 6, 30)


def test_responsible_units_beside_a_lead_are_co_units_and_alone_they_name_no_lead():
    text = "云泽市2024年计划\n一、甲\n1.办第一件事。\n牵头单位：甲局\n责任单位：乙局，丙局\n2.办第二件事。\n责任单位：丁局、戊局\n"
    first, second = tasks(text)
    assert (first.lead, first.units) == (["甲局"], ["乙局", "丙局"])
    assert (second.lead, second.units) == ([], ["丁局", "戊局"])
    assert any(g.field == "lead" and g.why == "position" for g in second.guesses)


def test_the_rule_that_the_first_unit_leads_is_said_once_and_holds_for_all():
    text = "云泽市2024年任务分解\n一、甲\n1.办一件事。\n责任单位：财政局、发改局（列第一位者为牵头或汇总单位，下同）\n2.办两件事。\n责任单位：住建局、水利局\n"
    made = plan(text)
    assert [(t.lead, t.units) for t in made.leaves()] == [(["财政局"], ["发改局"]), (["住建局"], ["水利局"])]
    assert any("第一位" in note.text for note in made.notes)


def test_the_first_unit_rule_may_stand_in_the_cover_notice():
    text = (
        "云泽市人民检察院关于印发任务分解的通知\n各部门：\n现将任务分解印发给你们，列第一位的为牵头部门。\n云泽市人民检察院\n2024年1月5日\n"
        "2024年重点任务分解\n一、甲\n1.办一件事。（责任部门：办公室、政治部）\n2.办两件事。（责任部门：案管部、研究室）"
    )
    assert [t.lead for t in tasks(text)] == [["办公室"], ["案管部"]]


def test_headings_that_name_a_leader_give_the_leader_to_what_is_under_them():
    text = "云泽市2024年重点工作\n一、李某某副检察长主抓重点工作\n1.办一件事。\n责任单位：办公室\n二、王某某检察长主抓重点工作\n1.办两件事。\n责任单位：政治部\n"
    first, second = tasks(text)
    assert first.leader == ["李某某副检察长"] and second.leader == ["王某某检察长"]
    assert first.title == "办一件事" and "leader" in (first.inherited or [])


def test_one_unit_line_after_four_items_belongs_to_all_four():
    text = "云泽市应急规划分工\n（一）建设\n1.队伍\n（1）甲任务\n（2）乙任务\n（3）丙任务\n（4）丁任务\n（责任单位：应急局、消防队）\n2.物资\n（1）戊任务\n（2）己任务\n（责任单位：民政局）"
    found = tasks(text)
    assert titles(found) == ["甲任务", "乙任务", "丙任务", "丁任务", "戊任务", "己任务"]
    assert all(t.units == ["应急局", "消防队"] and t.inherited for t in found[:4])
    assert found[5].units == ["民政局"]


def test_elided_department_numbers_are_written_out():
    [only] = tasks("2024年要点\n一、业务\n1.办好案件。（责任部门：第一、二、八检察部，第十至第十二检察部）")
    assert only.units == [
        "第一检察部",
        "第二检察部",
        "第八检察部",
        "第十检察部",
        "第十一检察部",
        "第十二检察部",
    ]


def test_unit_names_with_brackets_and_commas_inside_stay_whole():
    [only] = tasks(
        "2024年要点\n一、业务\n1.办好案件。（责任部门：检察业务保障部（法警支队）、第十检察部（未检、控申））"
    )
    assert only.units == ["检察业务保障部（法警支队）", "第十检察部（未检、控申）"]


def test_known_names_with_separators_are_kept_whole():
    [only] = tasks(
        "2024年要点\n一、业务\n1.办好案件。（责任部门：控告和申诉检察部、办公室）", units=["控告和申诉检察部"]
    )
    assert only.units == ["控告和申诉检察部", "办公室"]


def test_percentages_and_decimals_are_not_numbers_of_items():
    text = "云泽市2024年计划\n一、指标\n1.努力实现增长6.2%左右。\n6.2%是底线。\n3.5万件案件要办结。\n2.0版本系统上线。\n2.第二项指标。"
    assert titles(tasks(text)) == ["努力实现增长6.2%左右", "第二项指标"]


def test_two_deadlines_in_one_task_are_two_milestones_and_a_goal_year_is_none():
    text = "2024年要点\n一、建设\n1.建设平台。2024年6月底前完成方案，12月底前完成建设。\n2.长远目标。确保质效到2025年明显提升。"
    first, second = tasks(text)
    assert first.due and first.due.dates == [date(2024, 6, 30), date(2024, 12, 31)]
    assert second.due is None


def test_widths_blanks_and_soft_breaks_do_not_matter():
    text = "2024年要点\n\u3000\u3000一、甲\n\u00a0(一)\u200b乙事项\n１．办第一件事。（责任部门:办公室）\n（二）丙事项\n2．办第二件事。(责任部门：政治部)"
    assert [(t.title, t.units) for t in tasks(text)] == [
        ("办第一件事", ["办公室"]),
        ("办第二件事", ["政治部"]),
    ]


@pytest.mark.parametrize(
    "typed", ["〔2024〕2号", "[2024]2号", "【2024】2号", "(2024)2号", "（2024） 2号", "〔2024〕 2 号"]
)
def test_document_numbers_are_read_in_every_bracket(typed: str):
    assert plan(f"云检党发{typed}\n2024年党建工作要点\n一、甲\n1.办事。").doc_no == "云检党发〔2024〕2号"


def test_a_title_split_over_lines_and_repeated_is_one_title():
    text = "云泽市人民检察院2024年重点工作\n任务分解方案\n云泽市人民检察院2024年重点工作任务分解方案\n一、甲\n1.办事。"
    made = plan(text)
    assert made.title == "云泽市人民检察院2024年重点工作任务分解方案"
    assert any(a.why.startswith("重复") for a in made.aside)


def test_numbers_of_a_cover_notice_are_requirements_and_not_tasks():
    text = (
        "关于印发云泽市院任务清单的通知\n各部门：\n现将清单印发给你们，请落实。\n一、层层压实责任。各部门要重视。\n二、按时报送进展。\n"
        "云泽市人民检察院\n2024年1月5日\n附件\n2024年任务清单\n一、党建\n1.上党课。（责任部门：政治部）\n2.抓学习。（责任部门：办公室）"
    )
    made = plan(text)
    assert titles(made.leaves()) == ["上党课", "抓学习"]
    assert any("通知中的工作要求" in g.text for item in made.walk() for g in item.guesses)


def test_the_titles_listed_under_attachments_are_no_tasks():
    text = "2024年方案\n一、甲\n1.办事一。（责任单位：甲局）\n2.办事二。（责任单位：乙局）\n附件：\n1.人员名单\n2.流程图\n"
    made = plan(text)
    assert titles(made.leaves()) == ["办事一", "办事二"]
    assert [a.why for a in made.aside if "人员名单" in a.text] == ["附件目录"]


def test_web_noise_is_left_aside_with_reasons():
    text = (
        "当前位置:首页 > 工作计划 > 正文\n抓党建促业务的做法\n发布时间:2023-07-03 09:22:50\n【摘要】: 云泽市检察院这几年不平凡，干警团结\n"
        "云泽市检察院这几年不平凡，干警团结，成绩很好。\n一、抓认识\n一是统一思想。\n二是统一步调。\n三是统一行动。\n"
        "1/4 1234下一页尾页\n相关文章\n某某同志的讲话稿\nCopyright © 2008 某网 版权所有\n"
    )
    made = plan(text)
    assert titles(made.items[0].children) == ["统一思想", "统一步调", "统一行动"]
    why = {a.text[:4]: a.why for a in made.aside}
    assert (
        why["当前位置"] == "网页导航" and why["1/4 "] == "页码或翻页" and why["【摘要】"].startswith("摘要")
    )
    assert why["相关文章"] == "相关链接" == why["某某同志"]


def test_a_document_number_with_lost_characters_is_reported_and_not_repaired():
    made = plan("2024年云泽法院改革要点\n云法〔2024100\n2024614\n一、甲\n1.办事。")
    assert made.doc_no == "" and sum("缺字" in w for w in made.warnings) == 2


def test_traditional_characters_are_read():
    [only] = tasks(
        "2022年工作要點\n一、堅持改革\n1.推進試點。（發展改革委、財政局牽頭，審計局按職責分工負責）".replace(
            "牽頭", "牵头"
        ).replace("負責", "负责")
    )
    assert (only.lead, only.units) == (["發展改革委", "財政局"], ["審計局"])


def test_points_inside_one_paragraph_are_not_split():
    [only] = tasks(
        '2024年要点\n一、业务\n1.落实"1273"总体思路。一是抓学习，二是抓办案，三是抓队伍。（责任部门：政治部）'
    )
    assert "一是抓学习，二是抓办案，三是抓队伍" in only.text and not only.children


def test_the_same_task_under_two_leaders_is_kept_twice():
    text = "2024年清单\n一、甲类\n1.清理积案。（责任领导：张某；责任部门：案管部）\n二、乙类\n1.清理积案。（责任领导：赵某；责任部门：控申部）"
    assert [t.leader for t in tasks(text)] == [["张某"], ["赵某"]]


def test_all_branches_monthly_is_one_recurring_task():
    [only] = tasks("2024年要点\n一、党建\n1.开展主题党日。（责任单位：各支部；完成时限：每月25日前）")
    assert (
        only.units == ["各支部"]
        and only.due
        and (only.due.kind, only.due.rhythm) == ("recurring", "monthly@25")
    )


def test_progress_columns_become_history_not_state():
    table = rows(
        ["序号", "工作任务", "责任部门", "完成时限", "进展情况"],
        ["1", "办理案件评查", "案管部", "6月底", "已完成两批"],
    )
    [only] = tasks(f"<h2>2024年任务推进表</h2>{table}", name="表.html")
    assert only.units == ["案管部"] and only.history == ["进展情况：已完成两批"]


@pytest.mark.parametrize("mark", ["机密★1年", "秘密", "绝密★长期", "密级：秘密", "秘 密★5年", "机密　特急"])
def test_a_marked_paper_is_refused_and_nothing_of_it_is_kept(mark: str):
    with pytest.raises(Unreadable) as caught:
        read(f"{mark}\n云泽市人民检察院文件\n关于干部任免的意见\n一、甲".encode(), "a.txt")
    assert caught.value.code == "secret" and "干部任免" not in str(caught.value)


def test_talk_about_secrecy_is_not_a_mark():
    made = plan(
        "2024年保密工作要点\n一、管理\n1.严守国家秘密。加强机密级文件管理，秘密文件按规定销毁。（责任部门：办公室）"
    )
    assert made.leaves()[0].units == ["办公室"]


def test_impossible_days_are_kept_as_written_and_marked():
    [only] = tasks("2024年要点\n一、甲\n1.办事。（责任部门：办公室；完成时限：6月31日前）")
    assert only.due and only.due.invalid and only.due.raw == "6月31日前" and only.due.date is None


def test_a_deadline_before_the_paper_itself_is_marked():
    text = "2024年要点\n一、甲\n1.办事。（责任部门：办公室；完成时限：2024年3月底前）\n2.再办。（责任部门：办公室）\n云泽市人民检察院\n2024年5月6日"
    first = tasks(text)[0]
    assert first.due and first.due.invalid and first.due.date == date(2024, 3, 31)


def test_items_above_one_hundred_and_chinese_tens_are_in_order():
    lines = [f"{n}.办第{n}件事。（责任单位：甲局）" for n in range(95, 125)]
    made = plan("2024年任务\n二十三、其他\n" + "\n".join(lines))
    assert made.items[0].label == "二十三、" and [c.label for c in made.items[0].children][-1] == "124."


def test_long_term_with_quarterly_reports_is_ongoing_with_a_rhythm():
    [only] = tasks("2024年要点\n一、甲\n1.办事。\n责任部门：办公室\n完成时限：长期坚持，每季度报送一次")
    assert only.due and (only.due.kind, only.due.rhythm, only.due.date) == ("ongoing", "quarterly", None)


def test_vague_units_are_kept_and_pointed_out():
    [only] = tasks("2024年要点\n一、甲\n1.办事。（责任领导：各分管领导；责任单位：各责任部门）")
    assert only.units == ["各责任部门"] and only.leader == ["各分管领导"]
    assert any(g.field == "units" and "未指明" in g.text for g in only.guesses)


def test_standing_units_are_noted_once_and_not_added_to_the_item():
    text = "2024年措施\n一、甲\n（一）办事。（省甲厅、省乙厅等按职责分工负责，各市、县人民政府负责落实。以下均需各市、县人民政府落实，不再列出）\n（二）再办。（省丙厅负责）"
    made = plan(text)
    assert [t.units for t in made.leaves()] == [["省甲厅", "省乙厅"], ["省丙厅"]]
    assert any("不再列出" in note.text for note in made.notes)


def test_role_words_may_follow_the_names():
    [only] = tasks("2024年要点\n一、甲\n1.办事。（政治部牵头，机关党委、办公室配合，年底前完成）")
    assert (only.lead, only.units) == (["政治部"], ["机关党委", "办公室"])
    assert only.due and only.due.date == date(2024, 12, 31)


def test_several_fields_in_one_line_are_told_apart():
    [only] = tasks(
        "2024年要点\n一、甲\n1.办事\n责任领导：张某  责任部门：第一检察部、政治部  完成时限:6月底前"
    )
    assert (only.leader, only.units) == (["张某"], ["第一检察部", "政治部"])
    assert only.due and only.due.date == date(2024, 6, 30)


def test_a_task_may_begin_with_its_deadline():
    [only] = tasks("2024年清单\n一、甲\n1.4月底前，完成清单编制；责任单位为区级各部门、各镇（街道）")
    assert only.units == ["区级各部门", "各镇（街道）"] and only.due and only.due.date == date(2024, 4, 30)


def test_months_as_headings_give_their_end_to_what_is_under_them():
    found = tasks("2024年支部计划\n一、一月份\n1.组织生活会\n2.党课\n二、第二季度\n1.主题党日")
    assert [t.due.date for t in found if t.due] == [date(2024, 1, 31), date(2024, 1, 31), date(2024, 6, 30)]


def test_a_chapter_line_is_inherited_by_every_item_of_the_chapter():
    text = "2024年措施\n一、甲\n（一）办一。\n（二）办二。\n牵头单位：市甲局,责任单位：各县区政府,市直相关单位\n二、乙\n（三）办三。\n（四）办四。\n牵头单位：市乙局,责任单位：各县区政府\n"
    found = tasks(text)
    assert [t.lead for t in found] == [["市甲局"], ["市甲局"], ["市乙局"], ["市乙局"]]
    assert all(t.inherited and t.guesses for t in found)


def test_principles_and_goals_are_no_tasks_where_units_are_named():
    text = "2024年意见\n一、总体要求\n（一）指导思想。坚持党的领导。\n（二）基本原则。依法推进。\n二、主要任务\n（三）办一。（甲局负责）\n（四）办二。（乙局、丙局负责）"
    assert titles(tasks(text)) == ["办一", "办二"]


def test_a_regulation_is_said_to_be_no_plan():
    made = plan(
        "云泽市检察院议事规则\n第一条 为了规范议事，制定本规则。\n第二条 会议由书记召集。\n第三条 会议每月召开一次。\n第四条 本规则自印发之日起施行。"
    )
    assert made.kind == "regulation" and made.leaves() == [] and any("规章" in w for w in made.warnings)


def test_a_news_story_is_said_to_be_no_plan():
    made = plan(
        "云泽市检察院年度要点出台\n本报讯（记者 王某）云泽市检察院近日印发年度要点。\n一是抓学习。\n二是抓办案。\n"
    )
    assert made.kind == "news" and made.leaves() == [] and any("新闻" in w for w in made.warnings)


def test_a_table_flattened_to_single_characters_is_refused():
    with pytest.raises(Unreadable) as caught:
        read("考核细则\n党\n建\n目\n标\n20分\n业\n务\n目\n标\n30分".encode(), "a.txt")
    assert caught.value.code == "flattened"


def test_lines_broken_inside_a_unit_list_are_joined():
    [only] = tasks("2024年措施\n一、甲\n1.办事。（责任单位：自然资源局、城管局、住\n建局）")
    assert only.units == ["自然资源局", "城管局", "住建局"]


def test_several_numbers_on_one_line_are_several_items():
    assert titles(tasks("2024年要点\n(一)甲\n1.办第一件事。2.办第二件事。3.办第三件事。")) == [
        "办第一件事",
        "办第二件事",
        "办第三件事",
    ]


def test_the_order_of_levels_is_the_papers_own():
    made = plan("2024年方案\n（一）甲\n1.乙\n（1）丙\n（2）丁\n2.戊\n（二）己\n1.庚")
    assert [(i.level, i.title) for i in made.walk()] == [
        (1, "甲"),
        (2, "乙"),
        (3, "丙"),
        (3, "丁"),
        (2, "戊"),
        (1, "己"),
        (2, "庚"),
    ]


def test_arabic_over_bracketed_chinese_is_accepted_when_the_list_goes_on():
    made = plan("2024年方案\n1.甲\n（一）乙\n（二）丙\n2.丁\n（一）戊")
    assert [(i.level, i.title) for i in made.walk()] == [
        (1, "甲"),
        (2, "乙"),
        (2, "丙"),
        (1, "丁"),
        (2, "戊"),
    ]


def test_a_paper_without_numbers_whose_paragraphs_name_units_is_proposed_with_a_guess():
    made = plan(
        "云泽市补贴措施\n加大购房补贴力度，落实到位。〔责任单位：财政局、住建局〕\n加快产证办理，给予便利。〔责任单位：自然资源局〕"
    )
    assert [t.units for t in made.leaves()] == [["财政局", "住建局"], ["自然资源局"]]
    assert all(g.text for t in made.leaves() for g in t.guesses)


def test_nothing_is_lost_from_an_empty_source():
    source = Source("a.txt", "txt", "utf-8")
    made = outline(source)
    assert made.lost(source) == [] and made.leaves() == [] and made.warnings
