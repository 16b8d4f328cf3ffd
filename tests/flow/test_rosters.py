"""From a workbook to the roster: all or nothing, partly by choice, the same file twice, two people at once."""

import threading

import pytest
from django.db import connection

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.events.models import Event
from gangmu.flow import rosters
from gangmu.flow.rosters import Choice
from gangmu.org.models import ColumnHint, Department, Membership, Person, Post
from gangmu.party_life.models import Dues
from tests.cast import DAY, Cast, assemble, event_ids, recorded, refused
from tests.sheets import workbook

PEOPLE = [
    ["姓名", "工号", "部门", "身份证号"],
    ["林见鹿", "A1", "第六检察部", "320000199001010011"],
    ["周野", "A2", "第八检察部", "3200"],
]
WRONG = [*PEOPLE, ["许听澜", "A3", "第九检察部", ""]]


def take(cast: Cast, rows: list, *, by: str = "party_office", partly: bool = False, **choice):
    book = rosters.read_book(workbook(rows), "名册.xlsx")
    return rosters.take(
        unit=cast.unit, sheet=book.sheets[0], choice=Choice(**choice), partly=partly, source_name="名册.xlsx", by=cast.acting(by)
    )  # fmt: skip


def test_a_list_is_taken_whole(cast: Cast):
    with recorded("org.take_roster"):
        found = take(cast, PEOPLE)
    assert len(found.change.added) == 2 and Person.objects.get(number="A1").department == cast.d6


def test_identity_numbers_and_telephones_reach_neither_rows_nor_log(cast: Cast):
    take(cast, PEOPLE)
    stored = str(list(Person.objects.values())) + str(list(Event.objects.values()))
    assert "320000199001010011" not in stored and "3200" not in stored


def test_one_error_stops_all_of_it(cast: Cast):
    with refused(Invalid, says="有 1 行有错，整张表没有导入"):
        take(cast, WRONG)
    assert not Person.objects.filter(number="A1").exists()


def test_by_choice_the_good_rows_are_taken(cast: Cast):
    found = take(cast, WRONG, partly=True)
    assert len(found.change.added) == 2 and not Person.objects.filter(name="许听澜").exists()


def test_nothing_but_errors_is_taken_by_no_choice(cast: Cast):
    with refused(Invalid, says="没有一行"):
        take(cast, [PEOPLE[0], ["许听澜", "", "第九检察部", ""]], partly=True)


def test_the_same_file_twice_changes_nothing(cast: Cast):
    take(cast, PEOPLE)
    before = event_ids()
    found = take(cast, PEOPLE)
    assert found.change.nothing and found.change.same == 2 and event_ids() == before


def test_a_changed_file_shows_added_changed_and_left_out(cast: Cast):
    take(cast, PEOPLE)
    changed = [PEOPLE[0], ["林见鹿", "A1", "第八检察部", ""], ["许听澜", "A3", "第六检察部", ""]]
    change = take(cast, changed).change
    assert [r.name for r in change.added] == ["许听澜"] and [str(p) for p, _n, _r in change.changed] == [
        "林见鹿"
    ]
    assert "周野" in {p.name for p in change.missing}


def test_a_column_that_is_missing_is_named(cast: Cast):
    with refused(Invalid, says="所在支部"):
        take(cast, [["姓名", "入党时间"], ["林见鹿", "2004.7"]], kind="members")


def test_a_sheet_without_a_header_is_none(cast: Cast):
    with refused(Invalid, says="表头"):
        take(cast, [["通知", ""], ["一", "二"]])


def test_a_corrected_column_is_remembered_for_the_unit(cast: Cast):
    rows = [["姓名", "工号", "单位简写"], ["林见鹿", "A1", "第六检察部"]]
    assert take(cast, rows, kind="people").layout.column("department") is None
    take(cast, rows, kind="people", columns={0: "name", 1: "number", 2: "department"})
    assert ColumnHint.objects.get(unit=cast.unit).field == "department"
    found = take(cast, rows)
    assert found.layout.column("department").why == "hint" and found.change.nothing


@pytest.mark.parametrize(
    ("by", "kind"),
    [
        ("office", "members"),
        ("office", "dues"),
        ("first", "people"),
        ("head8", "people"),
        ("outsider", "people"),
        ("system_admin", "people"),
    ],
)
def test_who_keeps_which_list(cast: Cast, by, kind):
    rows = {
        "people": PEOPLE,
        "members": [["姓名", "所在支部"], ["温如玉", "第一党支部"]],
        "dues": [["姓名", "月份", "实缴"], ["温如玉", "2026年3月", 5]],
    }
    with refused(NotAllowed):
        take(cast, rows[kind], by=by, kind=kind)


def test_every_kind_of_list_from_one_file_of_each(cast: Cast):
    take(cast, [["部门名称", "类别", "简称", "分管领导"], ["第九检察部", "检察业务", "九部", "苏慎行"]])
    take(cast, [["姓名", "部门"], ["林见鹿", "九部"]])
    take(cast, [["姓名", "任职", "任职日期"], ["林见鹿", "第九检察部主任", "2026-02-01"]])
    take(
        cast,
        [
            ["姓名", "所在支部", "党员类别", "入党时间", "转正时间"],
            ["林见鹿", "中共江州市人民检察院第二支部委员会", "正式", "2004.7", "2005.7"],
        ],
        since=DAY,
    )
    take(cast, [["2026年党费收缴表"], ["姓名", "月应缴", "1月", "2月"], ["林见鹿", 60, 60, 50]])
    person = Person.objects.get(name="林见鹿")
    assert Department.objects.get(name="第九检察部") == person.department
    assert str(Post.objects.get(person=person)) == "第九检察部主任"
    assert Membership.objects.get(person=person).party_org == cast.branch2
    assert [(d.month.month, str(d.paid)) for d in Dues.objects.order_by("month")] == [
        (1, "60.00"),
        (2, "50.00"),
    ]


def test_looking_costs_the_same_however_long_the_list(cast: Cast, django_assert_max_num_queries):
    sheet = rosters.read_book(
        workbook([["姓名", "部门"], *[[f"甲{c}", "第八检察部"] for c in _names(300)]]), "a.xlsx"
    ).sheets[0]
    found = rosters.lay_out(cast.unit, sheet, Choice())
    office = cast.party_office
    with django_assert_max_num_queries(7):
        looked = rosters.look(cast.unit, found, Choice(), office)
    assert len(looked.change.added) == 300


def _names(count: int) -> list[str]:
    stems, branches = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
    return [a + b + c for a in stems for b in branches for c in branches][:count]


@pytest.mark.django_db(transaction=True)
def test_two_people_take_the_same_list_at_once(day):
    """The second waits for the first and finds nothing left to do."""
    cast = assemble()
    office, committee = cast.party_office, cast.committee
    counts: list[int] = []

    def run(by) -> None:
        from gangmu.common import clock

        try:
            with clock.at(DAY):
                book = rosters.read_book(workbook(PEOPLE), "名册.xlsx")
                found = rosters.take(unit=cast.unit, sheet=book.sheets[0], choice=Choice(), by=by)
                counts.append(len(found.change.added))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(by,)) for by in (office, committee)]
    for t in threads:
        t.start()
    for t in threads:
        t.join()
    assert sorted(counts) == [0, 2] and Person.objects.filter(number__in=["A1", "A2"]).count() == 2
