"""Numbers at line starts, unit lists, track words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.papers.numbering import explode, marker, split_run
from gangmu.papers.track import propose_track
from gangmu.papers.units import selector, split_people, split_units
from gangmu.papers.words import chinese_number, to_chinese

pytestmark = pytest.mark.pure


@pytest.mark.parametrize(
    ("line", "kind", "number", "rest"),
    [
        ("一、甲", "cn", 1, "甲"), ("二十三、甲", "cn", 23, "甲"), ("（十）甲", "cnp", 10, "甲"), ("(二)、甲", "cnp", 2, "甲"), ("㈠甲", "cnp", 1, "甲"),
        ("1.甲", "ar", 1, "甲"), ("12．甲", "ar", 12, "甲"), ("3、甲", "ar", 3, "甲"), ("⒈甲", "ar", 1, "甲"), ("（1）甲", "arp", 1, "甲"),
        ("⑴甲", "arp", 1, "甲"), ("①甲", "circ", 1, "甲"), ("1)甲", "arr", 1, "甲"), ("第三十二条 甲", "article", 32, "甲"),
        ("第一部分 甲", "part", 1, "甲"), ("第二章 甲", "chapter", 2, "甲"), ("一是抓学习", "is", 1, "抓学习"), ("\u3000\u3000壹、甲", "big", 1, "甲"),
        ("Ⅱ.甲", "roman", 2, "甲"),
    ],
)  # fmt: skip
def test_numbers_are_known_in_every_form(line: str, kind: str, number: int, rest: str):
    found = marker(line)
    assert found and (found.kind, found.number, found.rest) == (kind, number, rest)


@pytest.mark.parametrize(
    "line", ["6.2%左右", "2024.6.30", "3.5万件", "2.0版本", "2024年要点", "一个目标", "（甲）乙", "十分重要"]
)
def test_figures_are_not_numbers(line: str):
    assert marker(line) is None


@given(st.integers(1, 999))
def test_chinese_numbers_go_there_and_back(number: int):
    assert chinese_number(to_chinese(number)) == number
    found = marker(f"{to_chinese(number)}、甲")
    assert number > 999 or (found is not None and found.number == number) or len(to_chinese(number)) > 5


@given(
    st.lists(st.text("甲乙丙丁戊己庚辛", min_size=2, max_size=8), min_size=1, max_size=9), st.integers(1, 90)
)
def test_a_run_of_numbers_on_one_line_is_cut_at_each(texts: list[str], first: int):
    line = "".join(f"{first + i}.{text}。" for i, text in enumerate(texts))
    assert split_run(line) == [f"{first + i}.{text}。" for i, text in enumerate(texts)]


@given(st.text(max_size=80))
def test_no_line_makes_the_number_reader_fall_over(text: str):
    found = marker(text)
    assert found is None or found.label.strip() in text
    assert "".join("".join(explode(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("住房和城乡建设局和财政局", ["住房和城乡建设局", "财政局"]),
        ("市工业和信息化局、自然资源和规划局", ["市工业和信息化局", "自然资源和规划局"]),
        ("各市〔州〕、各县〔市、区、特区〕人民政府", ["各市〔州〕人民政府", "各县〔市、区、特区〕人民政府"]),
        ("各市、县人民政府", ["各市、县人民政府"]), ("商务局、海关等有关部门负责", ["商务局", "海关", "有关部门"]),
        ("甲局等和各省级人民政府", ["甲局", "各省级人民政府"]), ("一、三、五部", ["一部", "三部", "五部"]),
        ("第一至第三检察部", ["第一检察部", "第二检察部", "第三检察部"]), ("甲局,乙局；丙局/丁局 戊局", ["甲局", "乙局", "丙局", "丁局", "戊局"]),
        ("政治部（干部处、宣教处）、办公室", ["政治部（干部处、宣教处）", "办公室"]), ("省有关部门和单位", ["省有关部门和单位"]),
        ("市妇联、团市委、工商联", ["市妇联", "团市委", "工商联"]), ("县委宣传部\n县教育局", ["县委宣传部", "县教育局"]),
        ("各有关部门按职责分工分别负责。", ["各有关部门"]),
    ],
)  # fmt: skip
def test_unit_lists_are_split_where_they_should(value: str, names: list[str]):
    assert split_units(value) == names


def test_posts_of_one_person_are_not_two_people():
    assert split_people("党组书记、检察长×××；王某某（副检察长）") == [
        "党组书记、检察长×××",
        "王某某（副检察长）",
    ]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("各支部", "ALL_BRANCHES"),
        ("各部门", "ALL_DEPTS"),
        ("各业务部门", "BUSINESS_DEPTS"),
        ("有关部门", "RELEVANT"),
        ("各基层院", "LOWER_UNITS"),
        ("办公室", None),
    ],
)
def test_vague_units_have_a_code(name: str, code: str | None):
    assert selector(name) == code


@given(st.text(alphabet="甲乙局部委、，,；;和及与（）()〔〕第一二三至检察部各市县 \n", max_size=40))
def test_no_list_makes_the_unit_reader_fall_over(value: str):
    names = split_units(value)
    assert len(names) == len(set(names)) and all(names)


@pytest.mark.parametrize(
    ("text", "parents", "track"),
    [
        ("开展主题党日，落实三会一课", [], "gang"), ("抓好意识形态工作", [], "gang"), ("提升公益诉讼办案质效", [], "mu"), ("加强刑事立案监督", [], "mu"),
        ("强化党内监督和监督执纪", [], "gang"), ("推进学习", ["党建工作"], "gang"), ("采购桌椅", [], "mu"),
    ],
)  # fmt: skip
def test_the_track_is_proposed_by_words(text: str, parents: list[str], track: str):
    said, why = propose_track(text, parents)
    assert said == track and why
