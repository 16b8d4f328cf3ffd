"""Letters from above: number, issuer, date, title and points, for a person to look at."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.papers.letters import MOST, Letter, read_letter
from gangmu.papers.model import Paragraph, Source
from gangmu.papers.read import read
from tests.papers.helpers import rows

pytestmark = pytest.mark.pure
LETTER = """望江省人民检察院文件
望检发〔2026〕 12号
望江省人民检察院关于加强基层党建工作的通知
各市级院：
为加强基层党建，现通知如下。
一、压实责任。各院要明确分工，6月底前报送方案。（责任单位：各市级院）
二、抓好落实
（一）讲党课。院领导每季度讲一次党课。
（二）建台账。按月更新。
望江省人民检察院
2026年3月1日
"""


def letter(text: str, name: str = "来文.txt") -> Letter:
    return read_letter(read(text.encode(), name))


def test_what_is_typed_by_hand_today_is_read():
    made = letter(LETTER)
    assert (made.title, made.doc_no, made.issuer) == (
        "关于加强基层党建工作的通知",
        "望检发〔2026〕12号",
        "望江省人民检察院",
    )
    assert made.issued_on == date(2026, 3, 1) and not made.warnings
    assert [p.text for p in made.points] == [
        "压实责任。各院要明确分工，6月底前报送方案。（责任单位：各市级院）", "讲党课。院领导每季度讲一次党课。", "建台账。按月更新。"]  # fmt: skip


@pytest.mark.parametrize(
    "number",
    [
        "望检发[2026]12号",
        "望检发【2026】12号",
        "望检发（2026）12号",
        "望检发(2026)第12号",
        "望检发〔2026〕　12 号",
    ],
)
def test_brackets_of_every_kind_are_one_number(number):
    assert letter(LETTER.replace("望检发〔2026〕 12号", number)).doc_no == "望检发〔2026〕12号"


def test_a_letter_without_numbers_gives_its_demands():
    made = letter(
        "关于报送总结的通知\n各部门：\n请各部门于12月10日前把年度总结报送办公室。\n特此通知。\n办公室\n2026年12月1日\n"
    )
    assert [p.text for p in made.points] == ["请各部门于12月10日前把年度总结报送办公室。"]
    assert any("文号" in w for w in made.warnings)


def test_a_table_of_tasks_gives_its_rows():
    page = rows(("序号", "任务", "完成时限"), ("1", "讲党课", "6月底前"), ("2", "建台账", "9月底前"))
    made = letter(f"<h1>望江省人民检察院2026年任务清单</h1>{page}", "a.html")
    assert [p.text for p in made.points] == ["讲党课，6月底前", "建台账，9月底前"]


def test_a_long_point_ends_at_a_sentence_and_is_said():
    made = letter(LETTER.replace("建台账。按月更新。", "建台账。" + "按月更新台账。" * 60))
    assert made.points[-1].cut and len(made.points[-1].text) <= MOST and made.points[-1].text.endswith("。")
    assert any("太长" in w for w in made.warnings)


def test_what_is_not_there_is_not_invented():
    made = letter("一段没有头尾的话，什么也没说。")
    assert (made.doc_no, made.issuer, made.issued_on, made.points) == ("", "", None, []) and len(
        made.warnings
    ) >= 2


@given(st.lists(st.text(max_size=80), max_size=12))
def test_any_lines_are_read(lines):
    source = Source("a.txt", "txt", "utf-8", [Paragraph(n, line) for n, line in enumerate(lines, start=1)])
    assert all(0 < len(p.text) <= MOST and "\n" not in p.text for p in read_letter(source).points)
