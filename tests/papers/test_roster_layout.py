"""Where the header stands and what the columns are."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.papers import roster_words as words
from gangmu.papers.roster import Layout, layout, letter
from gangmu.papers.roster_blank import blank
from gangmu.papers.roster_open import RawSheet, open_book
from tests.sheets import workbook

pytestmark = pytest.mark.pure


def laid(rows, kind="", **more) -> Layout | None:
    return layout(RawSheet(0, "表", rows), kind, **more)


def fields(found: Layout) -> dict[str, str]:
    return {c.field: c.head for c in found.columns if c.field}


LABELS = [(kind, f, word) for kind, fs in words.FIELDS.items() for f in fs for word in f.all_words]
DRESS = st.tuples(
    st.sampled_from(["", " ", "　", "\n", "*", "★"]),
    st.sampled_from(["", "（必填）", "(yyyy-MM-dd)", "\n（年月日）", "：", " *"]),
)


@given(st.sampled_from(LABELS), DRESS, st.booleans())
def test_a_label_is_known_however_it_is_dressed(label, dress, split):
    kind, field, word = label
    inside = "\n".join([word[: len(word) // 2], word[len(word) // 2 :]]) if split else word
    found, why = words.match(dress[0] + inside + dress[1], kind)
    assert why == "exact"
    assert found == field.code or word in next(f for f in words.FIELDS[kind] if f.code == found).all_words


@given(st.text(max_size=80), st.sampled_from(words.KINDS))
def test_any_text_can_be_a_header(head, kind):
    code, why = words.match(head, kind)
    assert why in words.WHY and (not code or words.field(kind, code))


@pytest.mark.parametrize(
    "head", ["身份证号", "公民身份号码", "手机号码", "联系电话", "家庭住址", "党费银行卡号", "登录名"]
)
@pytest.mark.parametrize("kind", words.KINDS)
def test_private_columns_are_never_read_whoever_asks(head, kind):
    found = laid(
        [["姓名", "部门", head], ["甲某", "一部", "320000"]],
        kind,
        chosen={2: "name"},
        hints={kind: {words.fold_head(head): "name"}},
    )
    assert found is None or next(c for c in found.columns if c.head == head).why == "private"


def test_title_and_hint_rows_stand_above_the_header():
    found = laid([
        ["某院党员花名册", "", ""], ["提示：标红字段为必填项，禁止调整模板格式"], ["填表日期：", "2026年3月"],
        ["序号", "姓 名", "所在党\n支部", "入党时间\n(yyyy-MM-dd)"], [1, "甲某", "一支部", "1998.7"],
    ])  # fmt: skip
    assert (found.kind, found.header, found.first) == ("members", 3, 4)
    assert fields(found) == {"name": "姓 名", "org": "所在党 支部", "joined": "入党时间 (yyyy-MM-dd)"}


def test_two_header_rows_are_one_header():
    found = laid([
        ["2026年党费收缴表"], ["序号", "姓名", "支部", "1月", "", "2月", ""], ["", "", "", "应缴", "实缴", "应缴", "实缴"],
        [1, "甲某", "一支部", 10, 10, 10, ""],
    ])  # fmt: skip
    assert (found.kind, found.first, found.year) == ("dues", 3, 2026)
    assert [c.field for c in found.columns] == ["", "name", "org", "due@01", "paid@01", "due@02", "paid@02"]


def test_a_group_over_plain_labels_says_nothing():
    found = laid(
        [
            ["基本情况", "", "党员情况", ""],
            ["姓名", "部门", "所在支部", "入党时间"],
            ["甲某", "一部", "一支部", "1998.7"],
        ]
    )
    assert set(fields(found)) == {"name", "department", "org", "joined"}


def test_the_kind_is_told_by_the_headers():
    assert laid([["姓名", "部门", "职务", "性别"], ["甲某", "一部", "助理", "男"]]).kind == "people"
    assert (
        laid([["姓名", "任职", "部门或党组织", "任职日期"], ["甲某", "主任", "一部", "2020.1"]]).kind
        == "posts"
    )
    assert laid([["部门名称", "简称", "分管领导"], ["一部", "一", "甲某"]]).kind == "departments"
    assert laid([["姓名", "月份", "实缴"], ["甲某", "3月", 5]]).kind == "dues"


@pytest.mark.parametrize(
    "rows", [[], [[]], [["", ""]], [["通知", "附件"], ["一", "二"]], [[1, 2], [3, 4]], [["姓名"], ["甲某"]]]
)
def test_what_is_no_list_is_none(rows):
    assert laid(rows) is None


def test_two_columns_of_one_field_give_the_first():
    found = laid([["姓名", "部门", "所在部门"], ["甲某", "一部", "二部"]])
    assert [c.why for c in found.columns] == ["exact", "exact", "double"]


def test_what_a_person_says_wins_and_is_remembered_by_its_header():
    rows = [["姓名", "部门", "单位简写"], ["甲某", "一部", "二部"]]
    assert [c.why for c in laid(rows).columns] == ["exact", "exact", "unknown"]
    said = laid(rows, "people", chosen={1: "", 2: "department"})
    assert [(c.field, c.why) for c in said.columns] == [
        ("name", "exact"),
        ("", "aside"),
        ("department", "chosen"),
    ]
    again = laid(rows, "people", hints={"people": {"部门": "", "单位简写": "department"}})
    assert [(c.field, c.why) for c in again.columns] == [
        ("name", "exact"),
        ("", "hint"),
        ("department", "hint"),
    ]


def test_a_choice_that_does_not_exist_changes_nothing():
    found = laid(
        [["姓名", "部门"], ["甲某", "一部"]], "people", chosen={0: "joined", 1: "__class__", 99: "name"}
    )
    assert [c.field for c in found.columns] == ["name", "department"]


def test_totals_examples_and_signatures_are_aside():
    found = laid([
        ["序号", "姓名", "部门"], ["示例", "张某", "一部"], [1, "甲某", "一部"], ["", "", ""], [2, "合某", "一部"], ["合计", 2, ""],
        ["填表人：丙某", "", ""],
    ])  # fmt: skip
    assert [n + 1 for n in found.lines()] == [3, 5]
    assert [line for line, _words in found.aside()] == [2, 6, 7]


@pytest.mark.parametrize("kind", words.KINDS)
def test_an_empty_list_is_read_by_its_own_header(kind):
    data = blank(kind, {"department": ["一部"], "org": ["一支部"], "place": ["一部"], "status": ["正式党员"]})
    book = open_book(data, "空表.xlsx")
    assert len(book.sheets) == 1 and [why for _n, why in book.left] in ([], ["hidden"])
    for found in (layout(book.sheets[0]), layout(book.sheets[0], kind)):
        assert found.kind == kind and found.lines() == []
        assert [c.field for c in found.columns] == [f.code for f in words.FIELDS[kind]]


CELLS = st.one_of(
    st.text(max_size=12), st.integers(-10, 60_000), st.floats(allow_nan=False, allow_infinity=False, width=32), st.booleans(), st.dates(date(1950, 1, 1), date(2050, 1, 1)),
    st.sampled_from([w for _k, _f, w in LABELS]),
)  # fmt: skip


@given(st.lists(st.lists(CELLS, max_size=9), max_size=12))
def test_random_sheets_give_a_layout_or_none(rows):
    found = laid(rows)
    if found:
        codes = [c.field for c in found.columns if c.field]
        assert len(codes) == len(set(codes)) and set(found.lines()) < set(range(len(rows)))


def test_letters():
    assert [letter(n) for n in (0, 25, 26, 701, 702)] == ["A", "Z", "AA", "ZZ", "AAA"]


def test_hidden_sheets_and_the_list_of_problems_are_left():
    data = workbook(
        [["姓名", "部门"]], [["x"]], [["行", "列"]], names=["名册", "参数", "问题清单"], hidden=(1,)
    )
    book = open_book(data, "a.xlsx")
    assert [s.name for s in book.sheets] == ["名册"] and book.left == [
        ("参数", "hidden"),
        ("问题清单", "own"),
    ]
