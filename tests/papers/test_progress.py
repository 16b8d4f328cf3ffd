"""Supervision circulars: who is named with which words. Reading only."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.papers.model import Paragraph, Source
from gangmu.papers.progress import Circular, likeness, read_circular, status_of
from gangmu.papers.read import read
from tests.papers.helpers import rows

pytestmark = pytest.mark.pure
OURS = ("第八检察部", "第六检察部", "办公室", "政治部", "检察部")
TEXT = """云泽检察督查
第5期
云泽市人民检察院督查室      2026年7月8日
关于上半年重点工作落实情况的通报
各部门：
上半年重点任务共57项，已完成20项，按序时推进30项，进展缓慢7项。
督查中发现，第八检察部、办公室部分任务进展缓慢。政治部的任务已全部完成。
下一步，要加大力度。
附件1：慢序时任务
1.修订值班制度（责任部门：办公室）
2.整理排口清单（责任部门：第八检察部）
附件2：按序时任务
1.讲党课（责任部门：政治部）
"""


def circular(text: str, name: str = "通报.txt") -> Circular:
    source = read(text.encode(), name)
    made = read_circular(source, units=OURS)
    assert made.lost(source) == []
    return made


def test_the_head_the_counts_and_who_is_named():
    made = circular(TEXT)
    assert (made.period, made.issued_on, "重点工作" in made.title) == (5, date(2026, 7, 8), True)
    assert [n for _, n in made.counts] == [57, 20, 30, 7]
    assert [(e.units, e.status, e.inherited) for e in made.entries] == [
        (["第八检察部", "办公室"], "slow", False), (["政治部"], "done", False), (["办公室"], "slow", True),
        (["第八检察部"], "slow", True), (["政治部"], "on_track", True)]  # fmt: skip
    assert made.entries[2].title == "修订值班制度"


def test_a_period_that_lost_its_first_character():
    assert circular(TEXT.replace("第5期", "20期")).period == 20


def test_a_table_with_a_column_of_status():
    page = rows(
        ("序号", "工作任务", "责任部门", "进展情况"),
        ("1", "修订值班制度", "办公室", "未完成"),
        ("2", "讲党课", "政治部", "已完成"),
        ("3", "其他", "", ""),
    )
    made = circular(f"<h1>2026年第3期督查通报</h1>{page}", "a.html")
    assert [(e.title, e.units, e.status) for e in made.entries] == [
        ("修订值班制度", ["办公室"], "slow"),
        ("讲党课", ["政治部"], "done"),
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [("慢于序时进度", "slow"), ("未完成", "slow"), ("已完成", "done"), ("按序时进度推进", "on_track"), ("尚未完成", "slow"), ("完成情况", ""), ("全部办结", "done")],
)  # fmt: skip
def test_words_of_progress(text, code):
    assert status_of(text)[0] == code


def test_a_paper_that_names_nobody_says_so():
    made = circular("云泽检察督查\n2026年7月8日\n总体平稳。\n")
    assert made.entries == [] and made.warnings


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_symmetric_and_between_nothing_and_all(a, b):
    assert likeness(a, b) == likeness(b, a) and 0 <= likeness(a, b) <= 1


@given(st.lists(st.one_of(st.text(max_size=60), st.sampled_from(TEXT.splitlines())), max_size=12))
def test_any_lines_lose_nothing(lines):
    source = Source("a.txt", "txt", "utf-8", [Paragraph(n, line) for n, line in enumerate(lines, start=1)])
    assert read_circular(source, units=OURS).lost(source) == []
