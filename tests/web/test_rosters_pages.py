"""导入名册 and 组织与人员: upload, look over, take, give back; the ledgers and who leaves."""

import io
import os
import re
import time

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook

from gangmu.org.models import ColumnHint, Membership, Person
from gangmu.papers.roster import layout
from gangmu.papers.roster_open import LIST_NAME, open_book
from gangmu.papers.roster_party import DuesRow
from gangmu.party_life.actions import dues
from gangmu.web.rosters import kept
from tests.cast import DAY, Cast, event_ids
from tests.sheets import workbook

GOOD = [["姓名", "部门", "联系电话"], ["林见鹿", "第六检察部", "13900000000"], ["温如玉", "第六检察部", ""]]
WRONG = [*GOOD, ["许听澜", "第九检察部", ""]]


def upload(client, rows, name="名册.xlsx", **more):
    data = rows if isinstance(rows, bytes) else workbook(rows)
    return client.post(reverse("roster_read"), {"file": SimpleUploadedFile(name, data), **more})


def token_of(answer) -> str:
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    return answer.url.strip("/").split("/")[-1]


def text_of(answer) -> str:
    return answer.content.decode()


def folder():
    return settings.DATA / "incoming"


def test_a_list_is_looked_over_and_taken(cast: Cast, sign_in):
    client = sign_in("party_office")
    before = event_ids()
    token = token_of(upload(client, GOOD))
    page = text_of(client.get(reverse("roster", args=[token])))
    assert (
        "读了 2 行，可以导入" in page and "第八检察部→第六检察部" in page and "新增 1，变化 1，一样 0" in page
    )
    assert "个人敏感信息，不读不存" in page and "13900000000" not in page
    assert event_ids() == before, "looking stores nothing"
    answer = client.post(reverse("roster_take", args=[token]), {"kind": "people", "sheet": "0"}, follow=True)
    assert (
        "新增 1，变化 1" in text_of(answer)
        and answer.redirect_chain[-1][0] == reverse("people") + "?view=people"
    )
    assert Person.objects.get(name="林见鹿").department == cast.d6
    assert not [f for f in folder().iterdir() if f.name.startswith(token)], "the file is gone"


def test_the_same_list_again_says_so(cast: Cast, sign_in):
    client = sign_in("party_office")
    for _time in range(2):
        token = token_of(upload(client, GOOD))
        page = text_of(client.get(reverse("roster", args=[token])))
        answer = client.post(reverse("roster_take", args=[token]), {"kind": "people"}, follow=True)
    assert "和系统里的一样，不用再导入" in page and "没有改动任何东西" in text_of(answer)


def test_an_error_is_said_at_its_cell_and_stops_the_list(cast: Cast, sign_in):
    client = sign_in("office")
    token = token_of(upload(client, WRONG))
    page = text_of(client.get(reverse("roster", args=[token])))
    assert (
        "读了 3 行，1 行要改" in page
        and "本院没有“第九检察部”这个部门" in page
        and "只导入没有错的 2 行" in page
    )
    answer = client.post(reverse("roster_take", args=[token]), {"kind": "people"}, follow=True)
    assert "整张表没有导入" in text_of(answer) and not Person.objects.filter(name="林见鹿").exists()
    answer = client.post(reverse("roster_take", args=[token]), {"kind": "people", "partly": "1"}, follow=True)
    assert "有错的 1 行没有导入" in text_of(answer) and Person.objects.filter(name="林见鹿").exists()


def test_the_marked_copy_comes_back(cast: Cast, sign_in):
    client = sign_in("party_office")
    token = token_of(upload(client, WRONG))
    answer = client.get(reverse("roster_copy", args=[token]))
    book = load_workbook(io.BytesIO(answer.content))
    assert "第九检察部" in book.worksheets[0]["B4"].comment.text and book[LIST_NAME]["A2"].value == 4
    assert "filename*=UTF-8''%E5%90%8D%E5%86%8C" in answer["Content-Disposition"]


def test_a_double_click_takes_it_once(cast: Cast, sign_in):
    client = sign_in("party_office")
    token = token_of(upload(client, GOOD))
    first = client.post(reverse("roster_take", args=[token]), {"kind": "people"})
    assert (
        first.status_code,
        client.post(reverse("roster_take", args=[token]), {"kind": "people"}).status_code,
    ) == (302, 404)
    assert Person.objects.filter(name="林见鹿").count() == 1


def test_columns_are_corrected_and_remembered(cast: Cast, sign_in):
    client = sign_in("party_office")
    rows = [["姓名", "工号", "单位简写"], ["林见鹿", "A1", "第六检察部"]]
    token = token_of(upload(client, rows))
    assert "没认出来" in text_of(client.get(reverse("roster", args=[token])))
    said = {"sheet": "0", "kind": "people", "c0": "name", "c1": "number", "c2": "department"}
    page = text_of(client.get(reverse("roster", args=[token]), said))
    assert "您选的" in page and re.search(r'name="c2" value="department"', page)
    client.post(reverse("roster_take", args=[token]), said)
    assert (
        ColumnHint.objects.get().head == "单位简写"
        and Person.objects.get(name="林见鹿").department == cast.d6
    )
    assert "上次这样对的" in text_of(client.get(reverse("roster", args=[token_of(upload(client, rows))])))


def test_a_book_of_several_lists_is_taken_sheet_by_sheet(cast: Cast, sign_in):
    client = sign_in("party_office")
    data = workbook(GOOD, [["姓名", "所在支部"], ["林见鹿", "第二党支部"]], names=["人员", "党员"])
    token = token_of(upload(client, data))
    answer = client.post(reverse("roster_take", args=[token]), {"sheet": "0", "kind": "people"})
    assert answer.url == reverse("roster", args=[token]) + "?sheet=1"
    assert "可以导入" in text_of(client.get(answer.url))
    answer = client.post(
        reverse("roster_take", args=[token]), {"sheet": "1", "kind": "members", "since": "2026-01-05"}
    )
    assert answer.url == reverse("people") + "?view=people"
    assert Membership.objects.get(person__name="林见鹿").since.isoformat() == "2026-01-05"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.xlsx", b"", "空的"), ("a.xlsx", b"PK\x03\x04junk", "损坏"), ("a.docx", b"%PDF-1.7", "不是 Excel 表格"),
        ("a.xlsx", workbook([["绝密★长期"], ["姓名", "部门"], ["甲某", "一部"]]), "密级"), ("a.csv", "姓名,部门".encode(), "不是 Excel 表格"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_refused_at_its_field_and_not_kept(cast: Cast, sign_in, name, data, said):
    client = sign_in("party_office")
    before = set(folder().iterdir()) if folder().exists() else set()
    answer = upload(client, data, name)
    assert answer.status_code == 422 and said in text_of(answer)
    assert (set(folder().iterdir()) if folder().exists() else set()) == before


def test_no_file_is_said(cast: Cast, sign_in):
    answer = sign_in("party_office").post(reverse("roster_read"), {})
    assert answer.status_code == 422 and "先选一个文件" in text_of(answer)


def test_a_sheet_without_a_header_can_be_read_as_another_kind(cast: Cast, sign_in):
    client = sign_in("party_office")
    token = token_of(upload(client, [["通知", "附件"], ["一", "二"]]))
    page = text_of(client.get(reverse("roster", args=[token])))
    assert "没有认出名册" in page and "是哪一种" in page
    answer = client.post(reverse("roster_take", args=[token]), {}, follow=True)
    assert "没有找到表头" in text_of(answer)
    assert client.get(reverse("roster_copy", args=[token])).status_code == 200


@pytest.mark.parametrize("said", [{"sheet": "x"}, {"sheet": "-1"}, {"sheet": "99999999999999999999"}, {"kind": "x"}, {"since": "2027-02-30"}, {"since": "2090-01-01"},
                                  {"year": "99999"}, {"c0": "\x00"}, {"c99999999": "name"}, {"c１": "name"}, {"c0": "paid@13"}, {"since": "\x00"}])  # fmt: skip
def test_absurd_choices_are_met_with_a_page(cast: Cast, sign_in, said):
    client = sign_in("party_office")
    token = token_of(upload(client, GOOD))
    assert client.get(reverse("roster", args=[token]), said).status_code == 200
    assert client.get(reverse("roster_copy", args=[token]), said).status_code == 200
    assert client.post(reverse("roster_take", args=[token]), said).status_code == 302


def test_a_file_is_for_its_uploader_alone_and_for_a_day(cast: Cast, sign_in):
    client = sign_in("party_office")
    token = token_of(upload(client, GOOD))
    assert "名册.xlsx" in text_of(client.get(reverse("rosters")))
    assert sign_in("committee").get(reverse("roster", args=[token])).status_code == 404
    client = sign_in("party_office")
    old = time.time() - kept.LIFE - 60
    for suffix in (".bin", ".json"):
        os.utime(folder() / (token + suffix), (old, old))
    assert client.get(reverse("roster", args=[token])).status_code == 404
    client.get(reverse("rosters"))
    assert not [f for f in folder().iterdir() if f.name.startswith(token)]


@pytest.mark.parametrize("token", ["x", "..%2f..%2fsecret", "a" * 32, "../" * 8 + "etcpasswd"])
def test_an_invented_token_finds_nothing(cast: Cast, sign_in, token):
    assert sign_in("party_office").get(f"/rosters/{token}/").status_code == 404


def test_giving_up_deletes_the_file(cast: Cast, sign_in):
    client = sign_in("party_office")
    token = token_of(upload(client, GOOD))
    assert "文件已删除" in text_of(client.post(reverse("roster_drop", args=[token]), follow=True))
    assert client.get(reverse("roster", args=[token])).status_code == 404


def test_the_office_keeps_no_members(cast: Cast, sign_in):
    client = sign_in("office")
    start = text_of(client.get(reverse("rosters")))
    assert "人员名册" in start and "党员名册" not in start
    token = token_of(upload(client, [["姓名", "所在支部"], ["林见鹿", "第二党支部"]]))
    assert "没有认出名册" in text_of(client.get(reverse("roster", args=[token])))
    assert client.post(reverse("roster_take", args=[token]), {"kind": "members"}).status_code == 403
    assert client.get(reverse("roster_blank", args=["members"])).status_code == 404


@pytest.mark.parametrize("kind", ["people", "departments", "posts", "members", "dues"])
def test_an_empty_list_has_the_units_own_names_to_choose_from(cast: Cast, sign_in, kind):
    data = sign_in("party_office").get(reverse("roster_blank", args=[kind])).content
    assert layout(open_book(data, "a.xlsx").sheets[0]).kind == kind
    if kind in ("people", "members"):
        names = {c.value for row in load_workbook(io.BytesIO(data))["可选项"].iter_rows() for c in row}
        assert "第八检察部" in names and "第一检察部" not in names


def test_markup_in_a_list_is_only_text(cast: Cast, sign_in):
    client = sign_in("party_office")
    rows = [["姓名", "部门", "<script>alert(1)</script>"], ["<b>粗</b>", "<img src=x>", "x"]]
    token = token_of(upload(client, rows, name="<svg>.xlsx"))
    page = text_of(client.get(reverse("roster", args=[token])))
    assert (
        "<script>alert" not in page
        and "<img src" not in page
        and "<b>粗" not in page
        and "<svg>.xlsx" not in page
    )


def _cost(client, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


def names(count: int) -> list[str]:
    return [a + b + c for a in "甲乙丙丁戊己庚辛壬癸" for b in "子丑寅卯辰" for c in "午未申酉戌亥"][:count]


def test_the_preview_costs_the_same_however_long_the_list(cast: Cast, sign_in):
    client = sign_in("party_office")
    known = [Person(unit=cast.unit, name=n, department=cast.d8) for n in names(60)]
    Person.objects.bulk_create(known)
    heads = ["姓名", "部门", "所在支部", "入党时间"]
    costs = []
    for count in (2, 120):
        rows = [heads, *[[n, "第六检察部", "第二党支部", "2004.7"] for n in names(count)]]
        for kind in ("people", "members"):
            token = token_of(upload(client, rows, kind=kind))
            costs.append(_cost(client, reverse("roster", args=[token])))
    assert costs[:2] == costs[2:] and max(costs) <= 16


# 组织与人员


@pytest.mark.parametrize("view", ["people", "departments", "posts", "orgs"])
def test_a_ledger_costs_the_same_however_many_rows(cast: Cast, sign_in, view):
    client, url = sign_in("party_office"), reverse("people") + "?view=" + view
    few = _cost(client, url)
    for n, name in enumerate(names(40)):
        person = Person.objects.create(unit=cast.unit, name=name, department=cast.d8)
        person.posts.create(kind="department_head", unit=cast.unit, department=cast.d8, since=DAY)
        Membership.objects.create(person=person, party_org=cast.branch1, since=DAY)
        org = cast.unit.party_orgs.create(kind="branch", name=f"支部{n}", founded_on=DAY)
        org.departments.set([cast.d6, cast.d8])
        made = cast.unit.departments.create(name=f"部{n}", line="business")
        made.aliases.create(name=f"别名{n}")
    assert _cost(client, url) == few <= 12


def test_people_are_searched_filtered_and_exported(cast: Cast, sign_in):
    client = sign_in("party_office")
    page = text_of(client.get(reverse("people"), {"q": "温"}))
    assert "温如玉" in page and "江照野" not in page and "第一党支部（预备）" in page
    page = text_of(client.get(reverse("people"), {"department": cast.d6.pk}))
    assert "傅云深" in page and "温如玉" not in page
    data = client.get(reverse("people"), {"format": "xlsx", "department": cast.d6.pk}).content
    cells = [c.value for row in load_workbook(io.BytesIO(data)).active.iter_rows() for c in row]
    assert "傅云深" in cells and "温如玉" not in cells


def test_who_sees_no_branch_of_others_sees_no_column_of_branches(cast: Cast, sign_in):
    page = text_of(sign_in("staff").get(reverse("people")))
    assert "江照野" in page and "第一党支部" not in page.split("现任职务")[1].split("宁致和")[0]
    assert "第二党支部" not in text_of(sign_in("staff").get(reverse("people"), {"view": "orgs"}))


@pytest.mark.parametrize("view", ["people", "departments", "posts", "orgs"])
@pytest.mark.parametrize("who", ["outsider", "stranger", "system_admin"])
def test_others_see_nobody(cast: Cast, sign_in, who, view):
    page = text_of(sign_in(who).get(reverse("people"), {"view": view}))
    assert "江照野" not in page and "第八检察部" not in page and "第一党支部" not in page


@pytest.mark.parametrize("asked", [{"view": "x"}, {"q": "\x00"}, {"q": "%" * 90}, {"department": "x"}, {"department": "9" * 40}, {"page": "x"}, {"open": "-1"}, {"past": "1"}])  # fmt: skip
def test_absurd_questions_are_met_with_a_page(cast: Cast, sign_in, asked):
    client = sign_in("party_office")
    for view in ("people", "departments", "posts", "orgs"):
        assert client.get(reverse("people"), {"view": view} | asked).status_code == 200


def test_somebody_leaves_and_stands_among_those_who_left(cast: Cast, sign_in):
    client = sign_in("office")
    staff = cast.people["staff"]
    page = text_of(client.get(reverse("people"), {"open": staff.pk}))
    assert reverse("person_leave", args=[staff.pk]) in page and "组织关系转出" not in page
    answer = client.post(reverse("person_leave", args=[staff.pk]), {"on": "2026-02-30"})
    assert answer.status_code == 422 and "没有这一天" in text_of(answer)
    answer = client.post(reverse("person_leave", args=[staff.pk]), {"on": DAY.isoformat()}, follow=True)
    assert "登记了温如玉离开" in text_of(answer)
    assert "温如玉" in text_of(client.get(reverse("people"), {"past": "1"}))


def test_a_member_is_transferred_out_from_the_ledger(cast: Cast, sign_in):
    client = sign_in("party_office")
    row = Membership.objects.get(person=cast.people["staff"], party_org=cast.branch1)
    answer = client.post(reverse("member_transfer_out", args=[row.pk]), {"on": "2030-01-01"})
    assert answer.status_code == 422 and "晚于今天" in text_of(answer)
    client.post(reverse("member_transfer_out", args=[row.pk]), {"on": DAY.isoformat()})
    row.refresh_from_db()
    assert row.until == DAY


# 党费


def test_dues_stand_on_the_branch_page_for_those_who_may_see_them(cast: Cast, sign_in):
    rows = [
        DuesRow(2, cast.people[key].pk, cast.branch1.pk, DAY.replace(month=3, day=1), 10, paid)
        for key, paid in (("staff", None), ("head8", 10), ("organiser", 10))
    ]
    dues.take_list(unit=cast.unit, rows=rows, by=cast.party_office)
    url = reverse("branch", args=[cast.branch1.pk])
    for who, names_ in (("branch", 3), ("party_office", 3), ("staff", 1), ("first", 0), ("leader", None)):
        answer = sign_in(who).get(url)
        if names_ is None:
            assert "党费台账" not in text_of(answer)
            continue
        ledger = text_of(answer).partition('id="dues"')[2].partition("</section>")[0]
        assert sum(name in ledger for name in ("温如玉", "江照野", "贺清秋")) == names_, who
        assert ("差 10" in ledger) == (names_ > 0), who
