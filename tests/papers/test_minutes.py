"""Minutes: who was there, what was decided, by whom and until when; what is only stressed is only a candidate."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.papers.minutes import Minutes, is_minutes, read_minutes, without_sensitive
from gangmu.papers.minutes_text import KEPT_OUT, read_sentences, sensitive
from gangmu.papers.model import Paragraph, Source
from gangmu.papers.people import split_names
from gangmu.papers.read import read
from tests.papers.helpers import plan, rows

pytestmark = pytest.mark.pure
GROUP = """中共云泽市人民检察院党组
会议纪要
（2026年第5次）
时  间：2026年5月8日（星期五）上午9:00
地  点：四楼党组会议室
主  持：党组书记、检察长秦望舒
出  席：韩知远、苏慎行（党组成员、副检察长）、方 白
请  假：陆行简（出差）、白一鸣因公请假
列  席：办公室主任裴思齐、第八检察部江照野  沈若水
记  录：温如玉
一、传达学习上级会议精神。会议传达学习了省院电视电话会议精神。会议强调，要提高站位，抓好落实。
二、研究公益诉讼专项工作
会议听取了第八检察部关于公益诉讼专项工作的汇报，原则同意工作方案。由第八检察部牵头、第六检察部配合，于5月底前印发实施。下次党组会听取进展情况汇报。
三、关于数字检察
会议决定：
1.责成案件管理部会后3日内提出建设清单；
2.由检务保障部负责，6月30日前落实经费。
会议要求，办公室要于5月20日前完成督办。
云泽市人民检察院党组
2026年5月9日
"""
BRANCH = """第一党支部党员大会会议记录
时间：2026年3月12日 地点：党员活动室 主持人：宁致和 记录人：贺清秋
应到党员：12人，实到党员：11人 缺席人员及原因：温如玉（休假）
参加人员：全体党员
会议内容：
议题一：讨论发展党员
会议表决：同意10票，不同意1票，弃权0票。会议同意接收为预备党员。
议题二：布置主题党日
由组织委员贺清秋负责，3月25日前组织一次主题党日。
"""
CHIEFS = """检察长办公会议纪要
〔2026〕3号
4月2日下午，检察长秦望舒在三楼会议室主持召开检察长办公会，研究有关事项。现将会议议定事项纪要如下：
会议听取了案管部关于一季度办案数据的汇报。会议认为，总体平稳。
会议研究了信息化经费问题。会议明确，请检务保障部会同办公室于下周五前提出方案。
会议审议通过《值班制度》，自印发之日起施行。
"""


def minutes(text: str, **known: tuple[str, ...]) -> Minutes:
    source = read(text.encode(), "纪要.txt")
    made = read_minutes(source, **known)
    assert made.lost(source) == []
    return made


def firm(made: Minutes) -> list[tuple[str, list[str], date | None]]:
    return [(d.text, d.lead, d.due.date if d.due else None) for d in made.decisions() if d.firm]


def kinds(text: str) -> list[str]:
    return [s.kind for s in read_sentences(text, date(2026, 5, 8), ())]


def test_the_head_says_which_meeting_and_who_was_there():
    head = minutes(GROUP).head
    assert (head.title, head.kind, head.number, head.held_on) == (
        "中共云泽市人民检察院党组会议纪要",
        "leading_group",
        5,
        date(2026, 5, 8),
    )
    assert (head.place, head.chair, head.recorder) == ("四楼党组会议室", "秦望舒", "温如玉")
    assert [n.name for n in head.present] == ["韩知远", "苏慎行", "方白"]
    assert [(n.name, n.note) for n in head.absent] == [("陆行简", "出差"), ("白一鸣", "因公请假")]
    assert [n.name for n in head.sits_in] == ["裴思齐", "江照野", "沈若水"] and not head.rest


def test_decisions_have_owners_and_days_and_the_rest_is_not_firm():
    made = minutes(GROUP)
    assert [t.title for t in made.topics] == ["传达学习上级会议精神", "研究公益诉讼专项工作", "关于数字检察"]
    assert firm(made) == [
        ("原则同意工作方案", [], None),
        ("由第八检察部牵头、第六检察部配合，于5月底前印发实施", ["第八检察部"], date(2026, 5, 31)),
        ("责成案件管理部会后3日内提出建设清单", ["案件管理部"], date(2026, 5, 11)),
        ("由检务保障部负责，6月30日前落实经费", ["检务保障部"], date(2026, 6, 30)),
    ]
    others = [(d.kind, d.text) for d in made.decisions() if not d.firm]
    assert [kind for kind, _ in others] == ["weak", "follow_up", "weak"] and "下次党组会听取" in others[1][1]
    assert made.topics[1].decisions[1].units == ["第六检察部"]
    assert made.topics[1].decisions[0].raw.startswith("会议听取了第八检察部")


def test_a_branch_record_with_several_fields_on_a_line():
    made = minutes(BRANCH, people=("贺清秋", "温如玉"))
    head = made.head
    assert (head.kind, head.held_on, head.place, head.everybody) == (
        "assembly",
        date(2026, 3, 12),
        "党员活动室",
        True,
    )
    assert (head.due_count, head.came_count, head.absent[0].note) == (12, 11, "休假")
    assert made.topics[0].vote == (10, 1, 0) and made.topics[1].decisions[0].people == ["贺清秋"]
    assert made.topics[1].decisions[0].due and made.topics[1].decisions[0].due.date == date(2026, 3, 25)


def test_a_paper_without_fields_tells_it_in_its_first_sentence():
    made = minutes(CHIEFS)
    head = made.head
    assert (head.kind, head.number, head.held_on, head.chair, head.place) == (
        "chiefs",
        3,
        date(2026, 4, 2),
        "秦望舒",
        "三楼会议室",
    )
    assert any("没有写年份" in w for w in made.warnings)
    assert firm(made) == [("请检务保障部会同办公室于下周五前提出方案", ["检务保障部"], date(2026, 4, 10)),
                          ("会议审议通过《值班制度》，自印发之日起施行", [], None)]  # fmt: skip


def test_a_form_of_cells_is_read_like_lines():
    page = rows(("会议名称", "支委会"), ("时 间", "2026年4月3日", "地 点", "支部活动室"), ("主持人", "宁致和", "记录人", "贺清秋"),
                ("参加人员", "宁致和、贺清秋"), ("会议内容", "会议决定，由宁致和负责，4月底前完成结对。"))  # fmt: skip
    source = read(f"<h1>第一党支部支委会会议记录</h1>{page}".encode(), "a.html")
    made = read_minutes(source, people=["宁致和", "贺清秋"])
    assert made.lost(source) == [] and is_minutes(source)
    assert (made.head.kind, made.head.held_on, made.head.chair, made.head.place) == (
        "committee",
        date(2026, 4, 3),
        "宁致和",
        "支部活动室",
    )
    (only,) = made.decisions()
    assert only.people == ["宁致和"] and only.due and only.due.date == date(2026, 4, 30)


def test_the_day_of_the_meeting_is_not_the_day_of_the_paper_and_a_list_goes_on():
    text = """检察长办公会议纪要
（第7期）
云泽市人民检察院办公室          2026年4月15日
2026年4月13日下午，秦望舒检察长主持召开2026年第7次检察长办公会议。现将会议主要内容纪要如下：
一、会议听取了第八检察部关于一季度工作情况的汇报
会议认为，一季度工作开局良好。会议明确以下事项：
（一）原则同意工作安排。
（二）由第八检察部牵头，会同第六检察部、案管办，5月15日前完成线索摸排。
（三）检务保障部要做好车辆保障。
会议要求：
1.各部门要抓紧。
"""
    made = minutes(text)
    assert (made.head.held_on, made.head.chair, made.head.number) == (date(2026, 4, 13), "秦望舒", 7)
    assert [(d.kind, d.lead) for d in made.decisions() if d.firm] == [
        ("decided", []), ("decided", ["第八检察部"]), ("decided", ["检务保障部"])]  # fmt: skip
    assert made.decisions()[2].units == ["第六检察部", "案管办"]
    assert [d.text for d in made.decisions() if not d.firm] == [
        "会议认为，一季度工作开局良好",
        "各部门要抓紧",
    ]


def test_names_at_the_end_of_the_paper_belong_to_the_head():
    made = minutes(
        "云泽市人民检察院检察长办公会议纪要\n2026年第2次\n2026年2月3日，秦望舒主持召开会议。\n一、研究值班\n会议决定修订值班制度。\n出席：秦望舒、韩知远\n请假：苏慎行\n"
    )
    assert [n.name for n in made.head.present] == ["秦望舒", "韩知远"] and made.head.absent[
        0
    ].name == "苏慎行"
    assert [d.text for d in made.decisions()] == ["修订值班制度"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("会议听取了第三检察部的汇报。", ["report"]), ("会议强调，要压实责任，明确分工。", ["weak"]), ("秦望舒检察长指出，要抓紧办理。", ["weak"]),
     ("会议同意该方案。", ["decided"]), ("经研究，决定由办公室牵头修订。", ["decided"]), ("由办公室牵头，5月20日前报送。", ["assigned"]),
     ("会议要求：办公室要抓紧。要明确责任。", ["weak", "weak"]), ("会议学习了有关文件。大家交流了体会。", ["report", "other"]),
     ("会议决定：（一）修订制度；", ["intro", "decided"])],
)  # fmt: skip
def test_each_sentence_is_what_it_says(text, expected):
    assert kinds(text) == expected


def test_several_owners_between_semicolons_are_several_decisions():
    said = read_sentences(
        "会议决定，由办公室牵头修订制度，5月20日前完成；由政治部负责培训，6月底前完成。", date(2026, 5, 8), ()
    )
    assert [(s.lead, s.due and s.due.date) for s in said] == [
        (["办公室"], date(2026, 5, 20)),
        (["政治部"], date(2026, 6, 30)),
    ]


@pytest.mark.parametrize(
    ("words", "day"),
    [("会后3日内", 11), ("会后一周内", 15), ("5个工作日内", 15), ("本周内", 8), ("下周三前", 13), ("本月底前", 31), ("会后半个月内", 23)],
)  # fmt: skip
def test_days_that_count_from_the_meeting(words, day):
    (said,) = read_sentences(f"由办公室牵头，{words}提出方案。", date(2026, 5, 8), ())
    assert said.due and said.due.date == date(2026, 5, day) and said.due.guessed and said.due.raw


def test_a_month_before_the_meeting_is_next_years():
    (said,) = read_sentences("由办公室牵头，1月底前提出方案。", date(2026, 12, 8), ())
    assert said.due and said.due.date == date(2027, 1, 31) and said.due.guessed


def test_an_impossible_day_is_no_day():
    (said,) = read_sentences("由办公室牵头，6月31日前提出方案。", date(2026, 5, 8), ())
    assert said.due is None or said.due.invalid or said.due.date is None


@given(
    st.dates(date(2020, 1, 1), date(2090, 1, 1)),
    st.integers(1, 60),
    st.sampled_from(["日", "天", "周", "个月", "个工作日"]),
)
def test_a_relative_day_is_after_the_meeting(day, count, unit):
    (said,) = read_sentences(f"责成办公室会后{count}{unit}内报告。", day, ())
    assert said.due and said.due.date and day < said.due.date <= day + timedelta(days=60 * 32)


# ---- what must not be kept ----


@pytest.mark.parametrize(
    "text", ["研究干部任免事项", "审议张某某任职建议", "讨论李某受贿案", "张××等人涉嫌诈骗一案"]
)
def test_sensitive_topics_are_known(text):
    assert sensitive(text)


@pytest.mark.parametrize(
    "text",
    [
        "学习《中国共产党纪律处分条例》",
        "研究工作方案",
        "听取案件管理工作汇报",
        "通报典型案例",
        "审议档案管理办法",
        "公益诉讼办案情况",
    ],
)
def test_ordinary_topics_are_not(text):
    assert not sensitive(text)


def test_of_a_sensitive_topic_only_the_title_stays():
    text = GROUP.replace(
        "云泽市人民检察院党组\n2026年5月9日",
        "四、研究干部任免事项\n会议同意张某某任办公室副主任。\n五、其他\n会议决定修订值班制度。\n",
    )
    source = read(text.encode(), "a.txt")
    made = read_minutes(source)
    assert [t.sensitive for t in made.topics] == ["", "", "", "cadre", ""] and not made.topics[3].decisions
    kept = without_sensitive(source, made)
    words = "\n".join(p.text for p in kept.paragraphs)
    assert "张某某" not in words and "研究干部任免事项" in words and "值班制度" in words
    again = read_minutes(kept)
    assert [t.title for t in again.topics] == [t.title for t in made.topics] and again.topics[
        3
    ].sensitive == "cadre"
    bare = without_sensitive(kept, again, titles=False)
    assert "任免事项" not in "".join(p.text for p in bare.paragraphs) and len(bare.paragraphs) == len(
        source.paragraphs
    )


def test_lines_of_one_cell_are_kept_out_one_by_one():
    page = rows(
        ("时间", "2026年4月3日"),
        (
            "会议内容",
            "议题一：学习文件<br>会议学习了文件。<br>议题二：研究干部调整<br>同意张某某任职。<br>议题三：值班<br>会议决定修订值班制度。",
        ),
    )
    source = read(f"<h1>第一党支部支委会会议记录</h1>{page}".encode(), "a.html")
    kept = without_sensitive(source, read_minutes(source))
    words = "\n".join(p.text for p in kept.paragraphs)
    assert (
        "张某某" not in words
        and "学习文件" in words
        and "修订值班制度" in words
        and KEPT_OUT["cadre"] in words
    )


# ---- names ----


@pytest.mark.parametrize(
    ("value", "names"),
    [("秦望舒、韩知远等2人", ["秦望舒", "韩知远"]), ("党组书记、检察长秦望舒，党组成员韩知远", ["秦望舒", "韩知远"]),
     ("方 白　　秦望舒", ["方白", "秦望舒"]), ("办公室主任裴思齐；第八检察部 江照野", ["裴思齐", "江照野"]), ("无", []),
     ("秦望舒同志", ["秦望舒"]), ("王某某、李××", ["王某某", "李××"]), ("秦望舒（主持）、韩知远", ["秦望舒", "韩知远"])],
)  # fmt: skip
def test_lists_of_people(value, names):
    found, rest = split_names(value)
    assert [n.name for n in found] == names and rest == []


def test_what_is_no_name_is_said():
    assert (
        split_names("院领导班子成员及各部门负责人")[1]
        and split_names("秦望舒、（签名）", ["秦望舒"])[0][0].name == "秦望舒"
    )


@given(st.text(max_size=300))
def test_any_text_is_read_without_loss(text):
    lines = ["会议纪要", "时间：2026年5月8日", text]
    source = Source("a.txt", "txt", "utf-8", [Paragraph(n, line) for n, line in enumerate(lines, start=1)])
    assert read_minutes(source).lost(source) == []


@given(
    st.lists(st.sampled_from([*GROUP.splitlines(), *BRANCH.splitlines(), *CHIEFS.splitlines()]), max_size=20)
)
def test_lines_in_any_order_lose_nothing_and_redact_the_same_twice(lines):
    source = read("\n".join(["会议纪要", *lines]).encode(), "a.txt")
    made = read_minutes(source)
    assert made.lost(source) == []
    kept = without_sensitive(source, made)
    assert without_sensitive(kept, read_minutes(kept)).paragraphs == kept.paragraphs


def test_a_source_comes_back_from_its_plain_form():
    source = read(f"<h1>记录</h1>{rows(('时间', '2026年4月3日'))}".encode(), "a.html")
    assert Source.of(source.to_dict()) == source


def test_a_plan_is_no_minutes():
    text = "云泽市人民检察院2026年工作要点\n一、党建\n（一）讲党课。责任单位：政治部。\n"
    assert not is_minutes(read(text.encode(), "a.txt")) and is_minutes(read(CHIEFS.encode(), "a.txt"))
    assert plan(text).leaves()
