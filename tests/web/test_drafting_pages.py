"""Drafting side by side: with script (JSON, fragments) and as plain forms; what is pasted is understood."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from gangmu.org.queries import Names
from gangmu.plan import queries
from gangmu.plan.actions import items
from gangmu.plan.models import PlanItem
from gangmu.web.plan import lines
from tests.cast import Cast, Planned, catch_up, event_ids, plan_with_items

SCRIPT = {"HX-Request": "true"}
NAMES = Names({"第八检察部": 8, "第六检察部": 6}, {})


@pytest.fixture
def planned(cast: Cast) -> Planned:
    return plan_with_items(cast, adopted=False)


@pytest.fixture
def office(sign_in) -> Client:
    return sign_in("party_office")


def text(client: Client, planned: Planned) -> str:
    return client.get(reverse("plan", args=[planned.plan.pk])).content.decode()


def row(item: PlanItem, **more: object) -> dict[str, object]:
    fresh = PlanItem.objects.select_related("lead_department").get(pk=item.pk)
    lead = fresh.lead_department.name if fresh.lead_department else ""
    return {"title": fresh.title, "lead": lead, "due": "", "seen": queries.stamp(fresh)} | more


# ---- the page ----


def test_whoever_writes_sees_both_tracks_as_lines(cast: Cast, sign_in, planned):
    page = text(sign_in("party_office"), planned)
    assert 'value="党员先锋岗"' in page and 'value="公益诉讼专项"' in page and "两张皮检查" in page
    assert 'value="公益诉讼专项"' not in text(sign_in("head8"), planned)


def test_what_stands_in_a_line_is_escaped(cast: Cast, office, planned):
    items.edit(item=planned.mu, title='"><script>x</script>', by=cast.party_office)
    assert "<script>x" not in text(office, planned)


# ---- add ----


def test_lines_are_added_by_script_and_come_back_with_the_order(cast: Cast, office, planned):
    url = reverse("item_add_many", args=[planned.plan.pk])
    data = {"lines": "新的一项\t第六检察部\t6月底前", "track": "mu", "after": planned.mu.pk}
    found = office.post(url, data, headers=SCRIPT).json()
    made = PlanItem.objects.get(title="新的一项")
    assert made.lead_department == cast.d6 and made.due_on == date(2026, 6, 30)
    assert f'id="i{made.pk}"' in found["html"]
    assert found["order"] == [[planned.mu.pk, 1], [made.pk, 1], [planned.loose.pk, 1]]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"lines": "", "track": "mu"}, "还没有写事项"),
        ({"lines": "长" * 201, "track": "mu"}, "第1行"),
        ({"lines": "一", "track": "x"}, ""),
    ],
)
def test_what_cannot_be_added_is_said_and_kept(cast: Cast, office, planned, data, says):
    url, before = reverse("item_add_many", args=[planned.plan.pk]), event_ids()
    answer = office.post(url, data, headers=SCRIPT)
    assert answer.status_code in (400, 422) and says in answer.json()["error"] and answer.json()["error"]
    plain = office.post(url, data)
    assert (
        plain.status_code == 422
        and says in plain.content.decode()
        and "gm-err" in plain.content.decode()
        or not says
    )
    assert event_ids() == before and planned.plan.items.count() == 3


def test_a_plain_form_adds_at_the_end(cast: Cast, office, planned):
    answer = office.post(
        reverse("item_add_many", args=[planned.plan.pk]), {"lines": "一\n二", "track": "gang"}
    )
    last = planned.plan.items.order_by("position").last()
    assert answer.status_code == 302 and last.title == "二" and last.track == "gang"


# ---- edit ----


def test_a_line_is_saved_and_says_so(cast: Cast, office, planned):
    data = row(planned.mu, title="公益诉讼提质", lead="第六检察部", due="每季度")
    answer = office.post(reverse("item_edit", args=[planned.mu.pk]), data, headers=SCRIPT)
    fresh = PlanItem.objects.get(pk=planned.mu.pk)
    assert "存了" in answer.content.decode() and (fresh.title, fresh.lead_department) == (
        "公益诉讼提质",
        cast.d6,
    )
    assert (fresh.due_kind, fresh.due_raw, fresh.rhythm) == ("recurring", "每季度", "quarterly")


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"title": ""}, "不能空着"),
        ({"lead": "没有的部门"}, "本院没有"),
        ({"due": "6月31日"}, "不是日期"),
        ({"title": "长" * 201}, "200"),
    ],
)
def test_a_wrong_field_is_said_in_its_line(cast: Cast, office, planned, more, says):
    url, before = reverse("item_edit", args=[planned.mu.pk]), event_ids()
    answer = office.post(url, row(planned.mu, **more), headers=SCRIPT)
    assert answer.status_code == 422 and says in answer.content.decode()
    page = office.post(url, row(planned.mu, **more))
    assert page.status_code == 422 and says in page.content.decode()
    assert all(f'value="{value}"' in page.content.decode() for value in more.values())
    assert event_ids() == before


def test_who_saves_second_is_told_what_changed_and_keeps_what_was_typed(cast: Cast, office, planned):
    seen = row(planned.mu)
    items.edit(item=planned.mu, title="别人的标题", by=cast.committee)
    catch_up()
    url = reverse("item_edit", args=[planned.mu.pk])
    told = office.post(url, seen | {"title": "我的标题"}, headers=SCRIPT)
    assert (
        told.status_code == 422
        and "方既白刚改过" in told.content.decode()
        and "别人的标题" in told.content.decode()
    )
    assert (
        queries.stamp(PlanItem.objects.get(pk=planned.mu.pk)) in told.content.decode()
    )  # the next save wins
    page = office.post(url, seen | {"title": "我的标题"}).content.decode()
    assert 'value="我的标题"' in page and "方既白刚改过" in page
    office.post(url, row(planned.mu, title="我的标题"), headers=SCRIPT)
    assert PlanItem.objects.get(pk=planned.mu.pk).title == "我的标题"


def test_a_line_of_a_plan_in_force_is_not_written(cast: Cast, office):
    item = plan_with_items(cast).mu
    answer = office.post(reverse("item_edit", args=[item.pk]), row(item, title="改"), headers=SCRIPT)
    assert answer.status_code == 422 and "年中调整" in answer.content.decode()


# ---- move, indent, bulk ----


@pytest.mark.parametrize(("name", "way"), [("item_move", "up"), ("item_indent", "in")])
def test_lines_are_rearranged_by_script_and_by_form(cast: Cast, office, planned, name, way):
    url = reverse(name, args=[planned.plan.pk])
    found = office.post(url, {"items": [planned.loose.pk], "way": way}, headers=SCRIPT).json()
    wanted = (
        [[planned.loose.pk, 1], [planned.mu.pk, 1]]
        if way == "up"
        else [[planned.mu.pk, 1], [planned.loose.pk, 2]]
    )
    assert found["order"] == wanted
    back = {"up": "down", "in": "out"}[way]
    assert office.post(url, {"items": [planned.loose.pk], "way": back}).status_code == 302
    assert list(planned.plan.items.order_by("position").values_list("title", "level")) == [
        ("党员先锋岗", 1), ("公益诉讼专项", 1), ("民事执行监督", 1)
    ]  # fmt: skip


def test_an_item_of_another_plan_is_not_moved(cast: Cast, office, planned):
    other = plan_with_items(cast, adopted=False, year=2027)
    answer = office.post(
        reverse("item_move", args=[planned.plan.pk]), {"items": [other.loose.pk], "way": "up"}, headers=SCRIPT
    )
    assert answer.status_code == 422 and "先勾选" in answer.json()["error"]


def test_ticked_lines_are_set_at_once(cast: Cast, office, planned):
    url = reverse("item_bulk_set", args=[planned.plan.pk])
    data = {"items": [planned.mu.pk, planned.loose.pk], "lead_department": cast.d6.pk, "due_on": "2026-09-30"}
    assert office.post(url, data).status_code == 302
    assert planned.plan.items.filter(lead_department=cast.d6, due_on="2026-09-30").count() == 2
    again = office.post(url, {"items": [planned.mu.pk], "due_on": "2026-02-30"})
    assert again.status_code == 422 and "没有这一天" in again.content.decode()
    assert (
        f'value="{planned.mu.pk}" form="dr-bulk"' in again.content.decode()
        and "checked" in again.content.decode()
    )


# ---- what is pasted ----


def test_columns_labels_and_numbers_of_a_sheet(cast: Cast):
    found = lines.read(
        '1\t（一）抓学习\t第八检察部\t6月30日\r\n2\t"两行\n标题"\t没有的部门\t某天\r\n\r\n三、只有标题',
        NAMES,
        2026,
    )
    assert [(x.title, x.label, x.lead_department_id, x.units_raw) for x in found] == [
        ("抓学习", "（一）", 8, ""), ("两行 标题", "", None, "没有的部门"), ("只有标题", "三、", None, "")
    ]  # fmt: skip
    assert (found[0].due_on, found[1].due_raw, found[1].due_kind) == (date(2026, 6, 30), "某天", "unresolved")


@given(st.text(max_size=200))
def test_any_text_becomes_lines_or_nothing(pasted: str):
    for line in lines.read(pasted, NAMES, 2026):
        assert "\0" not in line.title and "\n" not in line.title


# ---- proposals, carry-over, versions ----


def test_a_proposal_is_tied_and_the_next_hole_comes(cast: Cast, office, planned):
    url = reverse("entry_queue", args=[planned.plan.pk])
    assert "还有 1 项没结上" in office.get(url).content.decode()
    data = {"partner": planned.gang.pk, "kind": "push", "expected": "包案", "then": "queue"}
    answer = office.post(reverse("entry_tie", args=[planned.loose.pk]), data, follow=True)
    assert answer.request["PATH_INFO"] == url and "都结上了" in answer.content.decode()


def test_a_refused_knot_comes_back_with_what_was_typed(cast: Cast, office, planned):
    answer = office.post(
        reverse("entry_tie", args=[planned.loose.pk]),
        {"partner": planned.gang.pk, "kind": "push", "expected": ""},
    )
    page = answer.content.decode()
    assert (
        answer.status_code == 422
        and "写一句期望看到的成效" in page
        and f'<option value="{planned.gang.pk}" selected' in page
    )


def test_nobody_is_offered_what_the_own_department_does_not_lead(cast: Cast, sign_in, planned):
    page = (
        sign_in("head8")
        .get(reverse("entry_queue", args=[planned.plan.pk]), {"at": planned.loose.pk})
        .content.decode()
    )
    assert "/tie/" not in page and "/give-reason/" not in page


def test_open_items_are_carried_over_with_what_was_learnt(cast: Cast, office, planned):
    old = plan_with_items(cast, year=2025)
    url = reverse("plan_carry_over", args=[planned.plan.pk])
    assert old.loose.title in office.get(url).content.decode()
    office.post(url, {"items": [old.loose.pk], f"learnt-{old.loose.pk}": "早一点会签"})
    new = planned.plan.items.get(carried_from=old.loose)
    assert "早一点会签" in office.get(reverse("item", args=[new.pk])).content.decode()
    assert "早一点会签" in office.get(reverse("item", args=[old.loose.pk])).content.decode()


def test_the_net_map_lights_what_is_searched(cast: Cast, office):
    plan_with_items(cast)
    page = office.get(reverse("netmap"), {"q": "诉讼", "fold": "department"}).content.decode()
    assert "找到 1 项" in page and "公益诉讼专项" in page
    assert "找到 0 项" in office.get(reverse("netmap"), {"q": "没有的"}).content.decode()


def test_a_draft_too_long_to_stand_side_by_side_says_how_much_is_elsewhere(
    office: Client, planned: Planned, monkeypatch
):
    assert "清单里翻页看" not in text(office, planned)
    monkeypatch.setattr("gangmu.web.plan.drafting.MOST_SHOWN", 2)
    more = planned.plan.items.count() - 2
    assert more > 0 and f"这里只列前 2 行，另有 {more} 行" in text(office, planned)
    assert office.get(reverse("plan", args=[planned.plan.pk]), {"view": "all"}).status_code == 200
