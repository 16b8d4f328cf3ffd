"""Pages of the programme, of walks and research, of offline sheets, of what comes home and of 巡察整改."""

import io
import re
from datetime import timedelta

import docx
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.inspection.actions import campaigns, findings, inspections, sheets
from gangmu.inspection.models import Campaign, Finding, Inspection, Line, Measure, ProposedEntryPoint, Sheet
from gangmu.papers import visit_sheet
from gangmu.plan.models import EntryPoint, PlanItem
from tests.cast import (
    DAY,
    Cast,
    campaign_checked,
    campaign_deployed,
    campaign_listed,
    finding_raised,
    inspection_ordered,
    inspection_visited,
    line_of,
    measure_listed,
    plan_with_items,
    proposed,
    sheet_line,
    task_issued,
    visit_planned,
    walk_ordered,
)

MOST = 12  # queries of a page, whatever is on it; three of them are for who asks


@pytest.fixture
def planned(cast: Cast):
    return plan_with_items(cast)


def cost(client, url: str, **query) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url, query).status_code == 200
    return len(seen)


def text_of(client, name: str, *args, **query) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return answer.content.decode()


def another(planned, track: str, title: str, department) -> PlanItem:
    """One more item of the plan in force, which nobody may add to by hand."""
    return PlanItem.objects.create(
        plan=planned.plan, position=900, title=title, track=track, facet="work", lead_department=department
    )


# ---- what pages cost ----


def test_the_programme_costs_the_same_however_many_visits(cast: Cast, sign_in, planned):
    client, url = sign_in("party_office"), reverse("inspection_calendar")

    def more() -> None:
        inspection_ordered(cast, planned, on=DAY + timedelta(days=10))
        visit_planned(cast)
        walk_ordered(cast)
        task_issued(cast)

    more()
    few = cost(client, url)
    for _n in range(6):
        more()
    assert cost(client, url) == few <= MOST + 6, (
        "the form's two lists and the month's requests are asked for, too"
    )
    assert cost(sign_in("head8"), url) <= MOST


def test_a_visit_costs_the_same_however_much_was_found(cast: Cast, sign_in, planned):
    visit, client = inspection_visited(cast, planned), sign_in("party_office")
    url = reverse("inspection", args=[visit.pk])

    def more(n: int) -> None:
        finding_raised(cast, visit, planned)
        gang = another(planned, "gang", f"抓手{n}", cast.party)
        proposed(cast, visit, planned, gang=gang)

    more(0)
    few = cost(client, url)
    for n in range(1, 7):
        more(n)
    assert cost(client, url) == few <= MOST


def test_a_visit_to_come_with_one_close_by(cast: Cast, sign_in, planned):
    visit = inspection_ordered(cast, planned, on=DAY + timedelta(days=10))
    for n in range(5):
        inspection_ordered(cast, planned, on=DAY + timedelta(days=12 + n))
    url = reverse("inspection", args=[visit.pk])
    assert cost(sign_in("party_office"), url) <= MOST
    assert "又去" in text_of(sign_in("party_office"), "inspection", visit.pk)
    assert "又去" not in text_of(sign_in("head6"), "inspection", visit.pk), "only who orders may merge"


def test_the_lists_cost_the_same_however_long(cast: Cast, sign_in, planned):
    client = sign_in("party_office")

    def more(n: int) -> None:
        visit = inspection_visited(cast, planned)
        gang = another(planned, "gang", f"抓手{n}", cast.party)
        proposed(cast, visit, planned, gang=gang)
        finding_raised(cast, visit, planned)
        campaign_listed(cast)

    names = ("inspection_list", "proposal_list", "rectification_list")
    more(0)
    few = {name: cost(client, reverse(name)) for name in names}
    for n in range(1, 6):
        more(n)
    assert {name: cost(client, reverse(name)) for name in names} == few
    assert max(few.values()) <= MOST


def test_one_campaign_costs_the_same_however_long_its_lists(cast: Cast, sign_in):
    row, client = campaign_listed(cast), sign_in("party_office")
    url = reverse("rectification", args=[row.pk])
    few = cost(client, url)
    for n in range(8):
        measure_listed(cast, campaigns.add_problem(campaign=row, text=f"问题{n}", by=cast.party_office))
    assert cost(client, url) == few <= MOST


def test_the_sheet_costs_the_same_however_long(cast: Cast, sign_in, planned):
    client = sign_in("party_office")
    for n in range(6):
        another(planned, "mu", f"业务{n}", cast.d8)
    found = []
    for count in (1, 6):
        mus = list(PlanItem.objects.filter(track="mu")[:count])
        visit = inspections.order(
            unit=cast.unit, title="督查", visit_on=DAY, party_people=[cast.people["party_office"]],
            business_people=[cast.people["head6"]], items=mus, by=cast.party_office,
        )  # fmt: skip
        upload(client, visit, list(visit.lines.all()))
        found.append(cost(client, reverse("visit_sheet", args=[Sheet.objects.latest("pk").pk])))
    assert found[0] == found[1] <= MOST


# ---- the order form at size ----


@pytest.fixture
def large(cast: Cast, planned):
    rows = [
        PlanItem(
            plan=planned.plan,
            position=100 + n,
            title=f"大计划事项{n:03d}",
            track="mu",
            lead_department=cast.d6,
        )
        for n in range(300)
    ]
    PlanItem.objects.bulk_create(rows)
    return planned


def test_a_large_plan_is_not_listed_whole_but_found_by_words_and_department(cast: Cast, sign_in, large):
    client, url = sign_in("party_office"), reverse("inspection_new")

    def listed(**more: object) -> str:
        return client.post(url, {"find": "1", **more}).content.decode()

    page = text_of(client, "inspection_new")
    assert page.count('name="items"') == 40 and "还有没列出的" in page
    page = listed(**{"items-q": "事项29"})
    assert page.count('name="items"') == 10 and "大计划事项290" in page
    page = listed(**{"items-d": cast.d8.pk})
    assert page.count('name="items"') == 1 and "公益诉讼专项" in page
    page = listed(**{"items-q": "没有的", "items": large.mu.pk})
    assert page.count('name="items"') == 1 and "公益诉讼专项" in page


def test_looking_for_items_keeps_what_was_typed_and_ticked(cast: Cast, sign_in, large):
    client = sign_in("party_office")
    data = {
        "find": "1", "items-q": "事项007", "kind": "research", "title": "打了一半的字", "topic": "题目", "items": [large.mu.pk],
        "party_people": [cast.people["party_office"].pk], "visit_on": "2026-07-",
    }  # fmt: skip
    answer = client.post(reverse("inspection_new"), data)
    page = answer.content.decode()
    assert answer.status_code == 200 and not Inspection.objects.exists()
    assert "打了一半的字" in page and "大计划事项007" in page and "gm-err" not in page
    for box in ("items", "party_people", "kind"):
        assert re.search(rf'name="{box}"[^>]*checked', page), box


def test_the_sender_sees_how_much_was_asked_for(cast: Cast, sign_in, planned):
    for _n in range(4):
        task_issued(cast)
    assert "本月已要过4次" in text_of(sign_in("party_office"), "inspection_new")
    assert "4次（任务4、督查0）" in text_of(sign_in("party_office"), "inspection_calendar")
    assert "任务4" not in text_of(sign_in("head8"), "inspection_calendar"), (
        "no table of departments for everybody"
    )


def test_a_planned_visit_is_ordered_from_what_the_programme_says(cast: Cast, sign_in, planned):
    client, row = sign_in("party_office"), visit_planned(cast)
    page = text_of(client, "inspection_new", planned=row.pk)
    assert f'value="{row.pk}"' in page and "三季度督查" in page
    data = {
        "planned": row.pk, "kind": "inspection", "title": "三季度督查", "visit_on": "2026-07-20", "items": [planned.mu.pk],
        "party_people": [cast.people["party_office"].pk], "business_people": [cast.people["head6"].pk],
    }  # fmt: skip
    client.post(reverse("inspection_new"), data)
    assert Inspection.objects.get().state == "ordered"
    assert client.post(reverse("inspection_new"), data).status_code == 422, (
        "a second click orders nothing twice"
    )


@pytest.mark.parametrize(
    ("kind", "says"), [("contact_point", "要选去哪个支部"), ("research", "写上调研题目"), ("holiday", "选")]
)
def test_what_a_kind_lacks_is_said(cast: Cast, sign_in, planned, kind, says):
    data = {"kind": kind, "title": "去一次", "visit_on": DAY.isoformat(), "leader": cast.people["leader"].pk}
    answer = sign_in("party_office").post(reverse("inspection_new"), data)
    assert answer.status_code == 422 and says in answer.content.decode()
    assert not Inspection.objects.exists()


# ---- the programme ----


def test_a_visit_is_planned_merged_and_called_off_by_clicking(cast: Cast, sign_in, planned):
    client, into = sign_in("party_office"), inspection_ordered(cast, planned, on=DAY + timedelta(days=10))
    data = {"title": "再去一次", "kind": "inspection", "visit_on": "2026-06-25", "departments": [cast.d8.pk]}
    client.post(reverse("visit_plan"), data)
    row = Inspection.objects.get(state="planned")
    page = text_of(client, "inspection_calendar")
    assert "可以并成一次" in page and "都去 第八检察部" in page
    client.post(reverse("inspection_merge", args=[into.pk]), {"other": row.pk})
    assert Inspection.objects.get(pk=row.pk).merged_into == into
    client.post(reverse("inspection_call_off", args=[into.pk]), {"reason": "另有安排"})
    assert Inspection.objects.get(pk=into.pk).state == "called_off"
    assert "没有列督查" not in page and "再去一次" not in text_of(client, "inspection_calendar")


def test_what_cannot_be_merged_is_said_on_the_page(cast: Cast, sign_in, planned):
    ordered, row = inspection_ordered(cast, planned), visit_planned(cast)
    answer = sign_in("party_office").post(reverse("inspection_merge", args=[row.pk]), {"other": ordered.pk})
    assert answer.status_code == 422 and "反过来" in answer.content.decode()


def test_everybody_sees_only_visits_that_reach_them(cast: Cast, sign_in, planned):
    visit_planned(cast)
    walk_ordered(cast)
    for who, sees in (("head8", (True, True)), ("head6", (False, False)), ("organiser", (True, True))):
        page = text_of(sign_in(who), "inspection_calendar")
        assert (("三季度督查" in page), ("联系点走访</a>" in page)) == sees, who


def test_a_walk_is_written_up_and_closed(cast: Cast, sign_in):
    row, client = walk_ordered(cast), sign_in("leader")
    assert "还没写走访所见" in text_of(client, "inspection", row.pk)
    client.post(reverse("inspection_write_up", args=[row.pk]), {"gist": "看了办案组"})
    client.post(reverse("inspection_close", args=[row.pk]))
    row.refresh_from_db()
    assert (row.state, row.gist) == ("closed", "看了办案组")


def test_an_item_is_found_and_added_on_the_spot(cast: Cast, sign_in, planned):
    row, client = walk_ordered(cast), sign_in("leader")
    page = text_of(client, "inspection", row.pk, find="公益")
    assert "加上" in page and "公益诉讼专项" in page and "民事执行监督" not in page
    assert cost(client, reverse("inspection", args=[row.pk]), find="公益") <= MOST
    url = reverse("inspection_add_item", args=[row.pk])
    client.post(url, {"item": planned.mu.pk})
    assert row.lines.get().item == planned.mu
    answer = client.post(url, {"item": planned.mu.pk})
    assert answer.status_code == 422 and "已经在这次督查里" in answer.content.decode()


# ---- a line, by two people ----


def test_what_was_typed_is_kept_when_somebody_was_first(cast: Cast, sign_in, planned):
    line, client = line_of(inspection_ordered(cast, planned), planned.mu), sign_in("party_office")
    name = f"l{line.pk}"
    assert f'name="{name}-seen" value="{line.stamp}"' in text_of(client, "inspection", line.inspection_id)
    inspections.look(line=line, business_effect="先写的", party_effect="先写的", grade="none", by=cast.head6)
    data = {
        f"{name}-business_effect": "我打的字",
        f"{name}-party_effect": "我打的",
        f"{name}-grade": "partly",
    }
    shown = line.stamp  # of the page that was open before
    answer = client.post(reverse("inspection_look", args=[line.pk]), data | {f"{name}-seen": shown})
    page = answer.content.decode()
    assert answer.status_code == 422 and "先写的" in page and "我打的字" in page
    now = Line.objects.get(pk=line.pk).stamp
    assert f'name="{name}-seen" value="{now}"' in page, "pressing once more writes over it"
    client.post(reverse("inspection_look", args=[line.pk]), data | {f"{name}-seen": now})
    assert Line.objects.get(pk=line.pk).business_effect == "我打的字"


# ---- offline sheets ----


def filled(lines: list[Line], **values: str) -> bytes:
    values = values or {"business_effect": "按期办结", "party_effect": "先锋岗在岗", "grade": "已见效"}
    rows = tuple(sheet_line(line, **values) for line in lines)
    return visit_sheet.to_xlsx(visit_sheet.Blank("表", "", rows, tuple(sheets.GRADES), tuple(sheets.SIDES)))


def upload(client, visit: Inspection, lines: list[Line], *, name: str = "表.xlsx", data: bytes | None = None):
    file = SimpleUploadedFile(name, data if data is not None else filled(lines))
    return client.post(reverse("inspection_read_sheet", args=[visit.pk]), {"file": file}, follow=True)


def test_a_sheet_goes_out_is_filled_and_comes_back(cast: Cast, sign_in, planned):
    visit, client = inspection_ordered(cast, planned), sign_in("head6")
    out = client.get(reverse("inspection_sheet_xlsx", args=[visit.pk]))
    assert out["Content-Type"].endswith("sheet") and "filename*=UTF-8''" in out["Content-Disposition"]
    book = openpyxl.load_workbook(io.BytesIO(out.content))
    heads = {c.value: c.column for c in book.active[4]}
    assert {book.active.cell(r, heads["当初期望"]).value for r in (5, 6)} == {"先锋岗设到办案组", None}
    row = next(r for r in (5, 6) if book.active.cell(r, heads["当初期望"]).value)
    for head, value in (
        ("业务实效", "按期办结"), ("党建实效", "先锋岗在岗"), ("比照期望", "已见效"), ("发现的问题", "记录不全"), ("哪一头", "业务"),
        ("整改部门", "第八检察部"), ("整改期限", DAY + timedelta(days=20)),
    ):  # fmt: skip
        book.active.cell(row, heads[head]).value = value
    back = io.BytesIO()
    book.save(back)
    page = upload(client, visit, [], data=back.getvalue()).content.decode()
    assert "写入 1 条，提 1 个问题" in page and "当初期望：先锋岗设到办案组" in page
    assert not Finding.objects.exists()
    client.post(reverse("visit_sheet_adopt", args=[Sheet.objects.get().pk]))
    assert line_of(visit, planned.mu).complete and Finding.objects.get().department == cast.d8


def test_word_goes_the_same_way(cast: Cast, sign_in, planned):
    visit, client = inspection_ordered(cast, planned), sign_in("party_office")
    out = client.get(reverse("inspection_sheet_docx", args=[visit.pk]))
    page = upload(client, visit, [], name="表.docx", data=out.content).content.decode()
    assert "空着，不动" in page and "表里没有要写入的" in page


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.xlsx", b"", "空的"), ("a.xlsx", b"PK\x03\x04", "损坏"), ("a.pdf", b"%PDF", "只收 .xlsx 和 .docx"),
        ("a.xlsx", "other", "不是督查记录表"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_at_its_field(cast: Cast, sign_in, planned, name, data, says):
    if data == "other":
        out = io.BytesIO()
        openpyxl.Workbook().save(out)
        data = out.getvalue()
    visit = inspection_ordered(cast, planned)
    answer = upload(sign_in("party_office"), visit, [], name=name, data=data)
    assert answer.status_code == 422 and says in answer.content.decode()
    assert not Sheet.objects.exists()


def test_of_a_line_written_meanwhile_both_are_shown_and_one_chooses(cast: Cast, sign_in, planned):
    visit, client = inspection_ordered(cast, planned), sign_in("party_office")
    line = line_of(visit, planned.mu)
    data = filled([line])
    inspections.look(
        line=line, business_effect="别人写的", party_effect="也写了", grade="none", by=cast.head6
    )
    page = upload(client, visit, [], data=data).content.decode()
    assert "有人先写了" in page and "别人写的" in page and "按期办结" in page
    url = reverse("visit_sheet_adopt", args=[Sheet.objects.get().pk])
    assert client.post(url).status_code == 422
    client.post(url, {"over": [line.pk]})
    assert Line.objects.get(pk=line.pk).business_effect == "按期办结"


def test_a_sheet_that_is_not_wanted_is_dropped(cast: Cast, sign_in, planned):
    visit, client = inspection_ordered(cast, planned), sign_in("party_office")
    upload(client, visit, list(visit.lines.all()))
    client.post(reverse("visit_sheet_drop", args=[Sheet.objects.get().pk]))
    assert Sheet.objects.get().state == "dropped" and not Line.objects.exclude(business_effect="").exists()


# ---- what comes home ----


def test_a_proposal_goes_from_the_visit_into_the_plan(cast: Cast, sign_in, planned):
    visit = inspection_visited(cast, planned)
    line = line_of(visit, planned.loose)
    client = sign_in("head6")
    assert 'name="gang"' in text_of(client, "inspection", visit.pk, line=line.pk, do="propose")
    url = reverse("visit_propose", args=[line.pk])
    answer = client.post(url, {"gang": planned.gang.pk, "kind": "push", "expected": ""})
    assert answer.status_code == 422 and "写一句期望看到的成效" in answer.content.decode()
    client.post(url, {"gang": planned.gang.pk, "kind": "push", "expected": "党员包案"})
    row = ProposedEntryPoint.objects.get()
    assert "采纳，结到计划里" not in text_of(client, "proposal_list")
    office = sign_in("party_office")
    assert "切入点建议：民事执行监督" in text_of(office, "home")
    office.post(reverse("proposal_accept", args=[row.pk]))
    assert EntryPoint.objects.get(mu=planned.loose).expected == "党员包案"
    assert "已采纳" in text_of(sign_in("head6"), "inspection", visit.pk, line=line.pk)


def test_a_proposal_is_declined_with_a_reason(cast: Cast, sign_in, planned):
    row, client = proposed(cast, inspection_visited(cast, planned), planned), sign_in("party_office")
    url = reverse("proposal_decline", args=[row.pk])
    answer = client.post(url, {"reason": ""})
    assert answer.status_code == 422 and "写一句理由" in answer.content.decode()
    client.post(url, {"reason": "已有别的抓手"})
    assert "已有别的抓手" in text_of(client, "proposal_list")


def test_what_was_found_before_says_so_with_a_link(cast: Cast, sign_in, planned):
    old = finding_raised(cast, inspection_visited(cast, planned, on=DAY - timedelta(days=90)), planned)
    new = inspection_visited(cast, planned)
    line = line_of(new, planned.mu)
    findings.raise_finding(
        line=line, side="business", text="取样记录又不全", department=cast.d8, due_on=DAY + timedelta(days=9),
        by=cast.party_office,
    )  # fmt: skip
    client = sign_in("party_office")
    link = f"{reverse('inspection', args=[old.line.inspection_id])}?line={old.line_id}"
    for page in (text_of(client, "inspection", new.pk, line=line.pk), text_of(client, "inspection_list")):
        assert "重复发生" in page and link in page
    book = openpyxl.load_workbook(
        io.BytesIO(client.get(reverse("inspection_list"), {"format": "xlsx"}).content)
    )
    assert any("2026-03-12" in str(c.value) for row in book.active.iter_rows() for c in row)


# ---- 巡察整改 ----


def test_a_campaign_from_feedback_to_grade_by_clicking(cast: Cast, sign_in):
    office = sign_in("party_office")
    office.post(
        reverse("rectification_register"),
        {"title": "第三轮巡察", "issuer": "市委巡察组", "reported_on": "2026-06-01", "months": 3},
    )
    row = Campaign.objects.get()
    office.post(reverse("rectification_add_problem", args=[row.pk]), {"text": "责任没有到人"})
    problem = row.problems.get()
    url = reverse("rectification_add_measure", args=[problem.pk])
    data = {
        "text": "列责任区",
        "leader": cast.people["leader"].pk,
        "department": cast.d8.pk,
        "due_on": "2027-01-01",
    }
    answer = office.post(url, data)
    assert answer.status_code == 422 and "超出了集中整改期" in answer.content.decode()
    office.post(url, data | {"due_on": "2026-07-30"})
    assert "签整改方案" not in text_of(office, "rectification", row.pk)
    first = sign_in("first")
    assert "等您签整改方案" in text_of(first, "home")
    first.post(reverse("rectification_sign_plan", args=[row.pk]))
    office = sign_in("party_office")
    office.post(reverse("rectification_deploy", args=[row.pk]))
    measure = Measure.objects.get()
    check = reverse("rectification_check_off", args=[measure.pk])
    answer = office.post(check, {"result": "mostly", "note": ""})
    assert answer.status_code == 422 and "到了哪一步" in answer.content.decode()
    office.post(check, {"result": "mostly", "note": "还有一处"})
    first = sign_in("first")
    assert "等您签整改报告" in text_of(first, "home")
    first.post(reverse("rectification_sign_report", args=[row.pk]))
    sign_in("party_office").post(reverse("rectification_grade", args=[row.pk]), {"grade": "good"})
    row.refresh_from_db()
    assert (row.state, row.grade) == ("closed", "good")


def test_the_three_lists_come_out_as_one_ledger(cast: Cast, sign_in):
    row = campaign_checked(cast)
    answer = sign_in("head8").get(reverse("rectification", args=[row.pk]), {"format": "xlsx"})
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    cells = [[c.value for c in r] for r in book.active.iter_rows(min_row=3)]
    assert cells[0][:6] == ["序号", "反馈的问题", "整改措施", "责任领导", "责任部门", "责任人"]
    assert cells[1][0] == 1 and "已完成" in cells[1] and "韩知远" in cells[1] and "第八检察部" in cells[1]
    assert book.active.page_setup.orientation == "landscape"


def test_who_only_answers_for_a_measure_is_offered_nothing(cast: Cast, sign_in):
    row = campaign_deployed(cast)
    page = text_of(sign_in("head8"), "rectification", row.pk)
    assert 'method="post" action="/rectifications' not in page and 'action="/measures' not in page
    assert sign_in("head6").get(reverse("rectification", args=[row.pk])).status_code == 404


def test_deploying_twice_says_so(cast: Cast, sign_in):
    row = campaign_deployed(cast)
    answer = sign_in("party_office").post(reverse("rectification_deploy", args=[row.pk]), follow=True)
    assert "不用再交办" in answer.content.decode()
    assert Measure.objects.get().task is not None


# ---- the notice ----


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({}, "到第一党支部开展联系点走访。"),
        ({"kind": "research", "topic": "支部建在办案组上"}, "开展调研，题目是“支部建在办案组上”。"),
    ],
)
def test_the_notice_of_a_walk_or_research_says_what_it_is(cast: Cast, sign_in, more, says):
    row = inspections.order(
        unit=cast.unit, title="走一走", visit_on=DAY, leader=cast.people["leader"], by=cast.party_office,
        **({"kind": "contact_point", "branch": cast.branch1} | more),
    )  # fmt: skip
    answer = sign_in("party_office").get(reverse("inspection_order", args=[row.pk]))
    text = "\n".join(p.text for p in docx.Document(io.BytesIO(answer.content)).paragraphs)
    assert says in text and "带队：韩知远" in text and "业务：" not in text and "联合督查" not in text
