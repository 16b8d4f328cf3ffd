"""What is wrong with a row, said at its cell; what is right comes out clean."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import gangmu
from gangmu.papers import roster_words as words
from gangmu.papers.roster import layout
from gangmu.papers.roster_check import ERROR, MESSAGES, Checked, Known, KnownPerson, Sheet, place_key
from gangmu.papers.roster_open import RawSheet
from gangmu.papers.roster_party import CHECKS, TITLES, years_on
from tests.cast import DAY

pytestmark = pytest.mark.pure
HOUSE = Path(gangmu.__file__).parent
STRIP = ("云泽市人民检察院", "云泽市院", "机关")


def known(**more) -> Known:
    people = [
        KnownPerson(1, "甲一", "A1", 10), KnownPerson(2, "乙二", "", 11), KnownPerson(3, "丙三", "", 10), KnownPerson(4, "丙三", "", 11),
        KnownPerson(5, "丁四", "A5", 10, left=True),
    ]  # fmt: skip
    by_name: dict[str, list[KnownPerson]] = {}
    for p in people:
        by_name.setdefault(p.name, []).append(p)
    departments = {"第一检察部": 10, "第八检察部": 11, "八部": 11}
    orgs = {"第一党支部": 20, "第二党支部": 21, "党组": 22}
    return Known(
        DAY, {place_key(n, STRIP): pk for n, pk in departments.items()}, {place_key(n, STRIP): pk for n, pk in orgs.items()},
        {10: "第一检察部", 11: "第八检察部"}, {20: "第一党支部", 21: "第二党支部", 22: "党组"}, frozenset({20, 21}), by_name,
        {p.number: p for p in people if p.number}, {1: (20, date(2024, 1, 1))}, frozenset({1}), STRIP, **more,
    )  # fmt: skip


def checked(kind: str, heads: list[str], *rows: list, **more) -> Checked:
    found = layout(RawSheet(0, "表", [heads, *rows]), kind)
    return CHECKS[kind](Sheet(found, known(**more)))


def codes(found: Checked) -> list[tuple[int, int, str]]:
    return [(p.line, p.column, p.code) for p in found.problems]


PEOPLE = ["姓名", "工号", "部门"]


def test_who_is_known_is_told_by_number_then_department_then_name():
    found = checked(
        "people",
        PEOPLE,
        ["甲一", "A1", ""],
        ["丙三", "", "第八检察部"],
        ["乙二", "", "第一检察部"],
        ["戊五", "", ""],
    )
    assert [(r.name, r.pk) for r in found.rows] == [("甲一", 1), ("丙三", 4), ("乙二", 2), ("戊五", None)]
    assert found.problems == []


def test_a_second_of_the_same_name_is_somebody_else():
    found = checked("people", PEOPLE, ["乙二", "", "第一检察部"], ["乙二", "", "第八检察部"])
    assert {(r.line, r.pk) for r in found.rows} == {(2, None), (3, 2)}


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["", "", "第一检察部"], (2, 0, "name_missing")), (["=1+1", "", ""], (2, 0, "name_odd")), (["丙三", "", ""], (2, 0, "person_several")),
        (["戊五", "A1", ""], (2, 1, "number_taken")), (["丁四", "A5", ""], (2, 1, "number_left")), (["戊五", "", "第九检察部"], (2, 2, "department_unknown")),
        (["戊五", "x" * 30, ""], (2, 1, "number_odd")),
    ],
)  # fmt: skip
def test_a_person_in_error(row, problem):
    found = checked("people", PEOPLE, row)
    assert codes(found) == [problem] and found.rows == []


def test_an_unknown_department_names_the_nearest():
    found = checked("people", PEOPLE, ["戊五", "", "第八检查部"])
    assert "是不是“第八检察部”" in found.problems[0].say()


def test_twice_in_a_file_says_where_first():
    found = checked(
        "people", PEOPLE, ["戊五", "", ""], ["己六", "B1", ""], ["戊五", "", ""], ["庚七", "B1", ""]
    )
    assert [(p.line, p.code, p.words["n"]) for p in found.problems] == [
        (4, "twice", 2),
        (5, "number_twice", 3),
    ]


DEPARTMENTS = ["部门名称", "简称", "曾用名", "类别", "分管领导", "设立日期", "撤销日期"]


def test_a_department_with_all_its_names():
    found = checked(
        "departments", DEPARTMENTS, ["第八检察部", "八部、公益部", "公诉处", "检察业务", "甲一", "2019.1", ""]
    )
    [row] = found.rows
    assert (row.pk, row.line_of_work, row.leader, row.since) == (11, "business", 1, date(2019, 1, 1))
    assert row.aliases == ("八部", "公益部") and row.former == ("公诉处",)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["", "八部"], (2, 0, "missing")), (["新部"], (2, 3, "missing")), (["新部", "", "", "杂务"], (2, 3, "line_odd")),
        (["新部", "", "", "党务", "乙二"], (2, 4, "leader_post")), (["新部", "", "", "党务", "没人"], (2, 0, "person_unknown")),
        (["新部", "", "", "党务", "", "2020-01-02", "2020-01-01"], (2, 6, "until_early")), (["部" * 41, "", "", "党务"], (2, 0, "text_long")),
    ],
)  # fmt: skip
def test_a_department_in_error(row, problem):
    assert problem in codes(checked("departments", DEPARTMENTS, row))


POSTS = ["姓名", "任职", "部门或党组织", "分管部门", "任职日期", "免职日期"]


def test_one_cell_may_hold_several_posts():
    found = checked("posts", POSTS, ["甲一", "党组成员、副检察长", "", "第一检察部、八部", "2024.1", ""])
    assert [(r.kind, r.charge) for r in found.rows] == [("group_member", (10, 11)), ("deputy_chief", ())]


@pytest.mark.parametrize(
    ("title", "place", "kind"),
    [
        ("主任", "第八检察部", ("department_head", 11, None)), ("第八检察部主任", "", ("department_head", 11, None)),
        ("支部书记", "云泽市人民检察院机关第一党支部", ("branch_secretary", None, 20)), ("第二党支部书记", "", ("branch_secretary", None, 21)),
        ("宣传委员", "第二支部", ("branch_committee", None, 21)),
    ],
)  # fmt: skip
def test_a_post_finds_its_place(title, place, kind):
    [row] = checked("posts", POSTS, ["乙二", title, place, "", "2024.1", ""]).rows
    assert (row.kind, row.department, row.org) == kind


def test_a_title_without_a_duty_here_is_left_aside_not_an_error():
    found = checked("posts", POSTS, ["乙二", "四级高级检察官", "第八检察部", "", "2024.1", ""])
    assert found.rows == [] and not found.errors and found.notes[0].code == "title_unknown"


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["乙二", "主任", "", "", "2024.1"], "title_place"), (["乙二", "支部书记", "", "", "2024.1"], "title_org"), (["乙二", "", "", "", "2024.1"], "missing"),
        (["乙二", "主任", "第八检察部", "", "2024.1", "2023.1"], "until_early"), (["乙二", "主任", "第八检察部"], "since_missing"),
        (["戊五", "主任", "第八检察部", "", "2024.1"], "person_unknown"), (["乙二", "主任", "九部", "", "2024.1"], "place_unknown"),
        (["乙二", "主任", "第八检察部", "第一检察部", "2024.1"], "charge_unused"), (["丙三", "党组成员", "", "", "2024.1"], "person_several"),
    ],
)  # fmt: skip
def test_a_post_in_error(row, code):
    found = checked("posts", POSTS, row)
    assert code in [p.code for p in found.problems if p.level == ERROR] and found.rows == []


MEMBERS = ["姓名", "部门", "所在支部", "党员类别", "入党时间", "转正时间", "编入日期", "党内职务", "备注"]


def test_a_member_with_everything():
    [row] = checked(
        "members",
        MEMBERS,
        ["乙二", "八部", "第二支部", "正式党员", "2004.7", "2005.7", "2024-03-01", "支部书记", ""],
    ).rows
    assert (row.pk, row.org, row.status, row.joined, row.confirmed, row.since, row.posts) == (
        2, 21, "full", date(2004, 7, 1), date(2005, 7, 1), date(2024, 3, 1), ("branch_secretary",),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["乙二", "", "", "正式"], "missing"), (["乙二", "", "第三党支部", "正式"], "org_unknown"), (["乙二", "", "党组", "正式"], "org_kind"),
        (["乙二", "", "第二支部", "团员"], "status_odd"), (["乙二", "", "第二支部", "正式", "2005.7", "2004.7"], "confirmed_early"),
        (["乙二", "", "第二支部", "预备", "2025-01-01"], "probation_long"), (["乙二", "", "第二支部", "预备", "2020.1"], "probation_over"),
        (["乙二", "", "第二支部", "预备", "2025.7", "2026.5"], "status_against"), (["乙二", "", "第二支部", "正式", "2027.1"], "day_future"),
        (["甲一", "", "第二支部", "正式", "", "", "2023-01-01"], "since_early"), (["丙三", "", "第二支部", "正式"], "person_several"),
    ],
)  # fmt: skip
def test_a_member_in_error(row, code):
    found = checked("members", MEMBERS, row)
    assert code in [p.code for p in found.problems if p.level == ERROR] and found.rows == []


@pytest.mark.parametrize(
    ("said", "joined", "confirmed", "status"),
    [
        ("", "", "", ""), ("", "2004.7", "", ""), ("", "2026-01-05", "", "probationary"), ("", "2004.7", "2005.7", "full"),
        ("正式党员", "", "", "full"), ("预备党员", "2026-01-05", "", "probationary"),
    ],
)  # fmt: skip
def test_what_a_member_is_follows_from_what_the_list_says(said, joined, confirmed, status):
    [row] = checked("members", MEMBERS, ["乙二", "", "第二支部", said, joined, confirmed]).rows
    assert row.status == status


def test_a_longer_probation_is_said_in_the_remark():
    assert checked(
        "members", MEMBERS, ["乙二", "", "第二支部", "预备", "2025-01-01", "", "", "", "延长预备期半年"]
    ).rows


def test_somebody_on_no_roster_is_pointed_out_while_that_is_the_exception():
    one = checked("members", MEMBERS, ["甲二", "", "第二支部", "正式"])
    assert [p.code for p in one.notes] == ["new_person"] and one.rows[0].pk is None
    many = checked(
        "members", MEMBERS, *[[f"新{a}{b}", "", "第二支部", "正式"] for a in "甲乙丙丁" for b in "子丑寅卯"]
    )
    assert many.notes == [] and len(many.rows) == 16


DUES = ["姓名", "支部", "月份", "应缴", "实缴", "缴费日期"]


def test_dues_by_row():
    [row] = checked("dues", DUES, ["甲一", "", "3月", 65.5, "65.50元", "2026-03-09"], year=2026).rows
    assert (row.person, row.org, row.month) == (1, 20, date(2026, 3, 1))
    assert (row.due, row.paid, row.paid_on) == (Decimal("65.50"), Decimal("65.50"), date(2026, 3, 9))


def test_dues_by_columns_of_months_leave_out_months_not_begun():
    heads = ["姓名", "月应缴", "1月", "2月", "3月"]
    found = checked("dues", heads, ["甲一", 10, 10, "", ""], ["乙二", 5, 5, 5, ""], year=2025)
    assert codes(found) == [(3, 0, "not_member")]
    assert [(r.month.month, r.due, r.paid) for r in found.rows] == [
        (1, Decimal(10), Decimal(10)),
        (2, Decimal(10), None),
    ]


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["甲一", "", "3月", -5, 5], "money_negative"), (["甲一", "", "3月", "", ""], "nothing_paid"), (["甲一", "", "", 5, 5], "missing"),
        (["甲一", "", "3月", 5, "", "2026-03-01"], "paid_unsaid"), (["甲一", "", "3月", 5, 5, "2027-01-01"], "day_future"),
        (["戊五", "", "3月", 5, 5], "person_unknown"), (["乙二", "", "3月", 5, 5], "not_member"), (["甲一", "九支部", "3月", 5, 5], "org_unknown"),
    ],
)  # fmt: skip
def test_dues_in_error(row, code):
    found = checked("dues", DUES, row, year=2026)
    assert code in [p.code for p in found.problems if p.level == ERROR] and found.rows == []


def test_a_month_twice_is_an_error():
    found = checked("dues", DUES, ["甲一", "", "3月", 5, 5], ["甲一", "", "2026年3月", 5, 5], year=2026)
    assert codes(found) == [(3, 2, "twice")] and len(found.rows) == 1


CELLS = st.one_of(
    st.none(), st.text(max_size=15), st.integers(-5, 60_000), st.floats(), st.dates(), st.booleans(),
    st.sampled_from(["甲一", "丙三", "第八检察部", "第一党支部", "正式党员", "主任", "党组成员、副检察长", "2004.7", "3月", "=1+1", "\x00", *TITLES]),
)  # fmt: skip


@given(st.sampled_from(words.KINDS), st.lists(st.lists(CELLS, min_size=10, max_size=10), max_size=8))
def test_random_rows_give_clean_rows_and_sentences(kind, rows):
    heads = [f.head for f in words.FIELDS[kind]]
    found = CHECKS[kind](Sheet(layout(RawSheet(0, "表", [heads, *rows]), kind), known(year=2026)))
    assert all(p.say() and "%(" not in p.say() for p in found.problems)
    assert not {r.line for r in found.rows} & found.errors
    assert {r.line for r in found.rows} | found.errors <= set(range(2, len(rows) + 2))


def test_every_message_is_said_somewhere():
    files = [f"papers/{n}.py" for n in ("roster_check", "roster_party", "roster_values")] + ["org/rosters.py"]
    text = "".join((HOUSE / f).read_text(encoding="utf-8") for f in files)
    assert [code for code in MESSAGES if text.count(f'"{code}"') < 2] == []


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("中共云泽市人民检察院机关第三党支部委员会", "第三党支部"), ("第3支部", "第三党支部"), (" 第 三 党支部", "第三支部"), ("云泽市院第八检察部", "第八检察部"),
        ("第十二检察部", "第12检察部"),
    ],
)  # fmt: skip
def test_names_of_places_are_compared_without_their_dress(written, name):
    assert place_key(written, STRIP) == place_key(name, STRIP)


@given(st.dates(date(1950, 1, 1), date(2080, 1, 1)), st.integers(0, 3))
def test_years_on_is_the_same_day(day, years):
    later = years_on(day, years)
    assert later.year == day.year + years and later.month == day.month and later.day in (day.day, 28)
