"""Writing a plan and reading it back; the score against a hand-made truth; the command line."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gangmu.papers.__main__ import main
from gangmu.papers.model import Due, Item, Outline
from gangmu.papers.outline import outline
from gangmu.papers.read import read
from gangmu.papers.score import match, score, truth_days
from gangmu.papers.write import due_text, write_plan
from tests.papers.helpers import plan

pytestmark = pytest.mark.pure
WORDS = st.text("推进建设加强学习组织活动提升质效完善机制", min_size=4, max_size=18)
UNITS = st.lists(
    st.sampled_from(["办公室", "政治部", "案管部", "研究室", "第一检察部", "机关党委"]),
    max_size=3,
    unique=True,
)
DUES = st.one_of(
    st.none(),
    st.dates(date(2024, 1, 1), date(2024, 12, 31)).map(
        lambda d: Due("date", f"{d.year}年{d.month}月{d.day}日前", d)
    ),
    st.sampled_from([Due("recurring", "每月25日前", rhythm="monthly@25"), Due("ongoing", "长期坚持")]),
)


@st.composite
def leaf(draw: st.DrawFn) -> Item:
    named = draw(UNITS)
    cut = draw(st.integers(0, 1)) if len(named) > 1 else 0
    text = draw(st.one_of(st.just(""), WORDS.map(lambda w: w + "。")))
    return Item("", 0, draw(WORDS), text, True, named[:cut], [], named[cut:], draw(DUES))


def branch(children: st.SearchStrategy[Item]) -> st.SearchStrategy[Item]:
    return st.builds(
        lambda title, below: Item("", 0, title, children=below),
        WORDS,
        st.lists(children, min_size=1, max_size=3),
    )


TREES = st.lists(st.one_of(branch(leaf()), branch(branch(leaf()))), min_size=1, max_size=3)


def shape(items: list[Item]) -> list[object]:
    """Everything of a tree that writing must carry."""
    return [
        (
            i.title,
            i.text,
            i.lead,
            i.units,
            (i.due.kind, i.due.date, i.due.rhythm) if i.due else None,
            shape(i.children),
        )
        for i in items
    ]


def lists(items: list[Item]) -> list[list[Item]]:
    below = [i.children for i in items if i.children]
    return below + [deeper for each in below for deeper in lists(each)]


def names_only_at_the_ends(items: list[Item]) -> bool:
    """Four lists or more that all name units at their last item only: a paper means the whole list by that."""
    named = [[bool(i.lead or i.units) for i in each] for each in lists(items) if len(each) > 1]
    return sum(n[-1] and not any(n[:-1]) for n in named) >= 4


@settings(max_examples=40, deadline=None)
@given(TREES.filter(lambda items: not names_only_at_the_ends(items)))
def test_a_written_plan_reads_back_as_the_same_tree(items: list[Item]):
    data = write_plan(Outline(title="云泽市人民检察院2024年工作要点", year=2024, items=items))
    source = read(data, "plan.docx")
    again = outline(source)
    assert again.title == "云泽市人民检察院2024年工作要点" and again.year == 2024 and again.lost(source) == []
    assert shape(again.items) == shape(items)


def test_writing_what_was_read_keeps_labels_units_leaders_and_inheritance():
    text = "2024年要点\n一、甲（牵头单位：甲局；责任单位：乙局）\n（一）办一。\n（二）办二。（责任领导：张某；责任单位：丙局；完成时限：6月底前）\n二、乙\n（一）办三。（责任单位：丁局）\n（二）办四。（责任单位：戊局）"
    first = plan(text)
    again = outline(read(write_plan(first), "a.docx"))
    assert shape(again.items) == shape(first.items)
    assert [i.label for i in again.walk()] == ["一、", "（一）", "（二）", "二、", "（一）", "（二）"]
    assert again.leaves()[0].inherited and again.leaves()[1].leader == ["张某"]


def test_a_deadline_without_words_is_written_from_its_normal_form():
    assert (
        due_text(Due("milestones", "", dates=[date(2024, 6, 30), date(2024, 12, 31)]))
        == "2024年6月30日前；2024年12月31日前"
    )
    assert due_text(Due("range", "", date(2024, 5, 31), date(2024, 3, 1))) == "2024年3月1日—2024年5月31日"
    assert due_text(Due("recurring", "", rhythm="monthly@25")) == "每月"


def test_control_characters_do_not_break_the_file():
    made = Outline(title="2024年要点", items=[Item("", 1, "甲\x00乙\x0b丙", task=True)])
    assert "甲乙丙" in [i.title for i in outline(read(write_plan(made), "a.docx")).items]


def test_the_outline_is_json():
    made = plan("2024年要点\n一、甲\n1.办事。（责任部门：办公室；完成时限：6月底前）").to_dict()
    item = json.loads(json.dumps(made))["items"][0]["children"][0]
    assert (
        item["due"]["date"] == "2024-06-30"
        and item["units"] == ["办公室"]
        and {"label", "level", "title", "text", "task", "lead", "inherited"} <= set(item)
    )


@pytest.mark.parametrize(
    ("text", "days"),
    [
        (None, set()), ("2022年6月底前", {date(2022, 6, 30)}), ("2022年11月底前；12月底前", {date(2022, 11, 30), date(2022, 12, 31)}),
        ("年底前（2023年；说明）", {date(2024, 12, 31)}), ("7月14日 12：00—16日 12：00", {date(2024, 7, 16)}), ("7月18—19日", {date(2024, 7, 19)}),
        ("9月初", {date(2024, 9, 10)}), ("2023年12月上旬；2024年2月底前", {date(2023, 12, 10), date(2024, 2, 29)}),
    ],
)  # fmt: skip
def test_truth_deadlines_are_read_by_the_score_itself(text: str | None, days: set[date]):
    assert truth_days(text, 2024) == days


def test_tasks_and_truth_are_matched_one_to_one_in_order():
    found = [
        Item("1.", 1, "甲事项", task=True),
        Item("2.", 1, "乙事项", task=True),
        Item("3.", 1, "甲事项", task=True),
    ]
    pairs = match(found, [{"title": "1.甲 事项"}, {"title": "丙"}, {"title": "（三）甲事"}])
    assert [(a.label, b["title"]) for a, b in pairs] == [("1.", "1.甲 事项"), ("3.", "（三）甲事")]


def test_a_folder_is_scored_against_its_truth(tmp_path: Path):
    (tmp_path / "a.txt").write_text(
        "2024年要点\n一、甲\n1.办一。（责任部门：办公室、政治部；完成时限：6月底前）\n2.办二。（责任部门：案管部）\n",
        "utf-8",
    )
    (tmp_path / "b.xls").write_bytes(b"x")
    leaves = [
        {"title": "办一", "lead": [], "units": ["办公室", "研究室"], "deadline": "6月底前", "soft": None},
        {"title": "办三", "lead": [], "units": [], "deadline": None, "soft": None},
    ]
    (tmp_path / "truth.json").write_text(json.dumps([{"file": "a.txt", "leaves": leaves}]), "utf-8")
    figures = score(tmp_path)
    assert (figures["leaves"]["precision"], figures["leaves"]["recall"]) == (0.5, 0.5)
    assert (figures["units"]["precision"], figures["units"]["recall"]) == (0.5, 0.5)
    assert (
        figures["due"]["f1"] == 1.0 and figures["lost"] == 0 and figures["refused"] == {"b.xls": "wrong_type"}
    )


def test_the_command_prints_an_outline_or_says_why_not(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    paper = tmp_path / "a.txt"
    paper.write_text("工作要点\n一、甲\n1.办事。（责任部门：办公室；完成时限：6月底前）", "utf-8")
    assert main(["outline", str(paper), "--year", "2025"]) == 0
    assert json.loads(capsys.readouterr().out)["items"][0]["children"][0]["due"]["date"] == "2025-06-30"
    (tmp_path / "b.pdf").write_bytes(b"%PDF")
    assert main(["outline", str(tmp_path / "b.pdf")]) == 2
    assert "wrong_type" in capsys.readouterr().err
    assert main(["score", str(tmp_path)]) == 0 and json.loads(capsys.readouterr().out)["lost"] == 0
