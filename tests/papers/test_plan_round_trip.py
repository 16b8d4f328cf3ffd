"""What goes out as a plan comes back by import as the same tree: labels, levels, text, leads, units, days; red head and all."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gangmu.papers.model import Due, Item, Outline
from gangmu.papers.official import write
from gangmu.papers.outline import outline
from gangmu.papers.read import read
from gangmu.papers.write import label_for, plan_paper
from tests.papers.test_writing_and_scoring import DUES, UNITS, WORDS, shape

pytestmark = pytest.mark.pure
UNIT = "云泽市人民检察院"
LEADERS = st.lists(st.sampled_from(["沈知白", "江映川", "顾行之"]), max_size=1)


@st.composite
def leaf(draw: st.DrawFn) -> Item:
    named = draw(UNITS)
    cut = draw(st.integers(0, 1)) if len(named) > 1 else 0
    text = draw(st.one_of(st.just(""), WORDS.map(lambda w: w + "。")))
    return Item(
        "", 0, draw(WORDS), text, True, named[:cut], draw(LEADERS) if cut else [], named[cut:], draw(DUES)
    )


def branch(children: st.SearchStrategy[Item]) -> st.SearchStrategy[Item]:
    made = st.lists(children, min_size=1, max_size=4)
    return st.builds(lambda title, below: Item("", 0, title, children=below), WORDS, made)


ONE, TWO = branch(leaf()), branch(branch(leaf()))
TREES = st.lists(st.one_of(ONE, TWO, branch(branch(branch(leaf())))), min_size=1, max_size=4)


def labels(items: list[Item], level: int = 1) -> list[str]:
    """The labels that the writer gives, in the order of the paper."""
    return [
        text
        for number, item in enumerate(items, start=1)
        for text in (label_for(level, number), *labels(item.children, level + 1))
    ]


def leaders(items: list[Item]) -> list[list[str]]:
    return [i.leader for top in items for i in top.walk()]


@settings(max_examples=60, deadline=None)
@given(TREES, st.booleans(), st.dates(date(2024, 1, 1), date(2024, 3, 1)))
def test_a_plan_that_went_out_comes_in_as_the_same_tree(items: list[Item], issued: bool, day: date):
    paper = plan_paper(Outline(title=f"{UNIT}2024年工作要点", year=2024, items=items))
    if issued:
        paper.head, paper.doc_no, paper.signed_by, paper.signed_on = UNIT, "云检党发〔2024〕3号", UNIT, day
        paper.note = f"{day.year}年{day.month}月{day.day}日党组会第1次通过"
    else:
        paper.note = "草稿，还没有通过"
    source = read(write(paper), "计划.docx")
    again = outline(source, year=2024)
    assert again.title == f"{UNIT}2024年工作要点" and again.lost(source) == []
    assert shape(again.items) == shape(items)
    assert leaders(again.items) == leaders(items)
    assert [i.label for i in again.walk()] == labels(items)
    assert not issued or again.doc_no == "云检党发〔2024〕3号"


def test_a_title_of_two_lines_comes_in_as_one():
    title = f"{UNIT}2024年党建与检察业务工作要点"
    items = [Item("", 0, "办好一件", task=True, units=["办公室"], due=Due("ongoing", "长期坚持"))]
    again = outline(read(write(plan_paper(Outline(title=title, year=2024, items=items))), "a.docx"))
    assert again.title == title and shape(again.items) == shape(items)
