"""A paper comes in: read, looked over beside the original, corrected, set aside, and made a draft or dropped."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.events.models import Event
from gangmu.flow import reading
from gangmu.plan.models import Plan, PlanItem, SourceParagraph
from tests.cast import Cast, event_ids, plan_with_items

TEXT = """江州市人民检察院2027年工作要点
根据上级部署，制定本要点。
一、检察业务工作
（一）办好公益诉讼案件。围绕长江保护办理一批案件。牵头部门：第八检察部。完成时限：2027年9月底前。
（二）做实民事执行监督。开展专项监督。责任单位：法律政策研究室、第六检察部。完成时限：2027年6月31日前。
二、党建工作
（一）建强党员先锋岗。在办案组设岗。牵头部门：机关党委。完成时限：2027年12月底前。
"""


@pytest.fixture
def paper(cast: Cast) -> Plan:
    return read(cast)


def read(cast: Cast, text: str = TEXT, year: int = 2027) -> Plan:
    return reading.import_plan(
        data=text.encode(), name="要点.txt", unit=cast.unit, year=year, by=cast.party_office
    )


def file(text: str = TEXT, name: str = "要点.txt") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text.encode())


def new_verbs(before: set[int]) -> list[str]:
    return list(Event.objects.exclude(pk__in=before).order_by("pk").values_list("verb", flat=True))


def page(client, paper: Plan, **query: object) -> str:
    return client.get(reverse("paper", args=[paper.pk]), query).content.decode()


def guessed(paper: Plan) -> PlanItem:
    return paper.items.exclude(guesses=[]).get()


# ---- import ----


def test_a_file_becomes_a_preview_in_which_no_paragraph_is_lost(cast: Cast, sign_in):
    before = event_ids()
    answer = sign_in("party_office").post(
        reverse("paper_import"), {"file": file(), "year": 2027}, follow=True
    )
    plan, text = Plan.objects.get(), answer.content.decode()
    assert (plan.state, plan.source_name, plan.year) == ("preview", "要点.txt", 2027)
    assert new_verbs(before) == ["plan.read_paper"] and Event.objects.latest("pk").source == "import"
    counts = [int(n) for n in re.findall(r"(?:入项|作备注|搁置|原文) (\d+) 段", text)]
    assert sum(counts[:3]) == counts[3] == SourceParagraph.objects.count()
    assert "读好了" in text and "公益诉讼" in text


def test_the_list_shows_what_came_in_and_the_place_for_the_next(cast: Cast, sign_in, paper):
    plan_with_items(cast)  # was typed, not read: no paper
    text = sign_in("party_office").get(reverse("paper_list")).content.decode()
    came_in, form = text.split(reverse("paper_import"))
    assert "要点.txt" in came_in and "2026年工作要点" not in came_in
    assert "2026年工作要点" in form, "any plan may be revised by the next paper"
    text = sign_in("head8").get(reverse("paper_list")).content.decode()
    assert "要点.txt" in text and reverse("paper_import") not in text


def test_the_list_costs_the_same_however_many(cast: Cast, sign_in, paper):
    client = sign_in("party_office")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            client.get(reverse("paper_list"))
        return len(seen)

    few = cost()
    for year in range(2028, 2034):
        read(cast, year=year)
    assert cost() == few <= 8


@pytest.mark.parametrize("who", ["head8", "first", "office", "staff", "audit_admin"])
def test_who_may_not_import_has_nothing_read(cast: Cast, sign_in, who, monkeypatch):
    monkeypatch.setattr(reading, "read", lambda *_: pytest.fail("the file was read"))
    answer = sign_in(who).post(reverse("paper_import"), {"file": file(), "year": 2027})
    assert answer.status_code == 403 and not Plan.objects.exists()


# ---- preview ----


def test_guesses_are_dashed_and_say_why(cast: Cast, sign_in, paper):
    text = page(sign_in("party_office"), paper)
    assert "要看的 1" in text and "推定 1" in text and "未写明牵头单位" in text
    waiting = page(sign_in("party_office"), paper, only="waiting")
    assert f'id="item-{guessed(paper).pk}"' in waiting and waiting.count("data-row") == 1


def test_a_day_that_does_not_exist_is_kept_as_written_and_marked(cast: Cast, sign_in, paper):
    item = guessed(paper)
    assert (item.due_kind, item.due_on) == ("invalid", None) and "6月31日" in item.due_raw
    assert "没有这一天，照原文留着，请改" in page(sign_in("party_office"), paper)


def test_who_only_sees_is_offered_nothing(cast: Cast, sign_in, paper):
    text = page(sign_in("head8"), paper, edit=guessed(paper).pk)
    assert not re.findall(r'action="/p[^"]*"', text) and "?edit=" not in text


def test_a_plan_in_force_is_shown_as_a_plan(cast: Cast, sign_in, paper):
    Plan.objects.filter(pk=paper.pk).update(state="adopted")
    answer = sign_in("head8").get(reverse("paper", args=[paper.pk]))
    assert answer.url == reverse("plan", args=[paper.pk])


def test_the_preview_costs_the_same_however_long_the_paper(cast: Cast, sign_in, paper):
    client = sign_in("party_office")
    head, foot = TEXT.split("二、党建工作")
    long = head + "".join(
        f"（{'三四五六七八九'[n]}）办好第{n}类案件。牵头部门：第八检察部。责任单位：第六检察部。完成时限：2027年{n + 1}月底前。\n"
        for n in range(7)
    )
    longer = read(cast, long + "二、党建工作" + foot, 2028)
    assert longer.items.filter(is_task=True).count() >= 9

    def cost(of: Plan) -> int:
        with CaptureQueriesContext(connection) as seen:
            page(client, of, edit=of.items.filter(is_task=True).first().pk)
        return len(seen)

    assert cost(longer) == cost(paper) <= 14


# ---- accept, edit, set aside ----


def test_a_guess_is_accepted(cast: Cast, sign_in, paper):
    item, before = guessed(paper), event_ids()
    answer = sign_in("party_office").post(reverse("paper_item_accept", args=[item.pk]))
    assert answer.url.endswith(f"#item-{item.pk}") and new_verbs(before) == ["plan.accept_guesses"]
    assert "照原文" in page(sign_in("party_office"), paper) and not paper.items.exclude(guesses=[]).exists()


def test_all_guesses_are_accepted_at_once(cast: Cast, sign_in, paper):
    before = event_ids()
    sign_in("party_office").post(reverse("paper_accept_all", args=[paper.pk]))
    assert not paper.items.exclude(guesses=[]).exists() and new_verbs(before) == ["plan.accept_guesses"]


def edit_data(cast: Cast, **more: object) -> dict:
    return {
        "title": "做实执行监督",
        "track": "mu",
        "lead_department": cast.d6.pk,
        "due_on": "2027-06-30",
    } | more


def test_a_corrected_item_is_no_guess_any_more(cast: Cast, sign_in, paper):
    item, before, client = guessed(paper), event_ids(), sign_in("party_office")
    assert f'action="{reverse("paper_item_edit", args=[item.pk])}"' in page(client, paper, edit=item.pk)
    client.post(reverse("paper_item_edit", args=[item.pk]), edit_data(cast))
    item.refresh_from_db()
    assert (item.title, item.lead_department, item.due_kind, item.guesses) == (
        "做实执行监督",
        cast.d6,
        "date",
        [],
    )
    assert new_verbs(before) == ["plan.edit_item"]


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [("due_on", "2027-06-31", "没有这一天"), ("title", "", "写上事项"), ("title", "字" * 201, "gm-err"),
     ("track", "x", "gm-err"), ("lead_department", "999999", "gm-err")],
)  # fmt: skip
def test_what_is_wrong_is_said_at_its_field_of_its_item(cast: Cast, sign_in, paper, field, value, says):
    item, before = guessed(paper), event_ids()
    answer = sign_in("party_office").post(
        reverse("paper_item_edit", args=[item.pk]), edit_data(cast, **{field: value})
    )
    text = answer.content.decode()
    form = text[text.index(reverse("paper_item_edit", args=[item.pk])) :].split("</form>")[0]
    at_field = re.search(rf'name="{field}".*?(?=<div class="gm-field">|$)', form, re.S)
    assert answer.status_code == 422 and at_field and says in at_field.group()
    assert PlanItem.objects.get(pk=item.pk).title == item.title and event_ids() == before


def test_an_item_is_set_aside_and_its_paragraph_stays_at_the_left(cast: Cast, sign_in, paper):
    item, before = guessed(paper), event_ids()
    answer = sign_in("party_office").post(reverse("paper_item_set_aside", args=[item.pk]), follow=True)
    assert not PlanItem.objects.filter(pk=item.pk).exists() and new_verbs(before) == ["plan.set_aside"]
    assert "搁置：核对时搁置" in answer.content.decode() and "做实民事执行监督" in answer.content.decode()


# ---- confirm, drop ----


def test_open_guesses_stop_the_draft(cast: Cast, sign_in, paper):
    before = event_ids()
    answer = sign_in("party_office").post(reverse("paper_confirm", args=[paper.pk]), follow=True)
    assert "还有 1 项有推定没有看过" in answer.content.decode()
    assert Plan.objects.get().state == "preview" and event_ids() == before


def test_what_was_looked_over_becomes_a_draft_once(cast: Cast, sign_in, paper):
    client = sign_in("party_office")
    client.post(reverse("paper_accept_all", args=[paper.pk]))
    before, url = event_ids(), reverse("paper_confirm", args=[paper.pk])
    assert client.post(url).url == reverse("plan", args=[paper.pk])
    assert Plan.objects.get().state == "draft" and new_verbs(before) == ["plan.confirm"]
    assert "这一步已经办过或还不能办" in client.post(url, follow=True).content.decode()
    assert new_verbs(before) == ["plan.confirm"]


def test_a_dropped_paper_can_come_in_again(cast: Cast, sign_in, paper):
    client = sign_in("party_office")
    again = client.post(reverse("paper_import"), {"file": file(), "year": 2027})
    assert again.status_code == 422 and Plan.objects.count() == 1
    client.post(reverse("plan_drop", args=[paper.pk]))
    client.post(reverse("paper_import"), {"file": file(), "year": 2027})
    assert sorted(Plan.objects.values_list("state", flat=True)) == ["dropped", "preview"]


VERBS = ("paper_item_accept", "paper_item_edit", "paper_item_set_aside", "paper_accept_all", "paper_confirm")


@pytest.mark.parametrize("name", VERBS)
def test_others_change_nothing_in_a_paper(cast: Cast, sign_in, paper, name):
    before, pk = event_ids(), guessed(paper).pk if "item" in name else paper.pk
    for who, code in (("head8", 403), ("first", 403), ("outsider", 404), ("audit_admin", 404)):
        assert sign_in(who).post(reverse(name, args=[pk]), edit_data(cast)).status_code == code
    assert event_ids() == before and guessed(paper)


@pytest.mark.parametrize("name", VERBS)
def test_a_plan_in_force_is_not_looked_over_again(cast: Cast, sign_in, paper, name):
    pk = guessed(paper).pk if "item" in name else paper.pk
    Plan.objects.filter(pk=paper.pk).update(state="adopted")
    before = event_ids()
    answer = sign_in("party_office").post(reverse(name, args=[pk]), edit_data(cast), follow=True)
    words = ("计划已经通过", "这一步已经办过或还不能办")
    assert any(w in answer.content.decode() for w in words) and event_ids() == before
