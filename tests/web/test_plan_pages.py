"""Plans and the net map: the list, one plan, drafting, adding, dropping, closing; the picture by the page."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.events.models import Event
from gangmu.plan.actions import entry_points, items, plans
from gangmu.plan.models import EntryPoint, Plan, PlanItem
from tests.cast import Cast, event_ids, plan_with_items, task_issued


def new_verbs(before: set[int]) -> list[str]:
    return list(Event.objects.exclude(pk__in=before).order_by("pk").values_list("verb", flat=True))


def text_of(client, name: str, *args: int, **query: object) -> str:
    return client.get(reverse(name, args=args), query).content.decode()


def cost(client, name: str, *args: int, **query: object) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(reverse(name, args=args), query).status_code == 200
    return len(seen)


def more_items(cast: Cast, plan: Plan, gang: PlanItem, count: int) -> None:
    for n in range(count):
        mu = items.add(plan=plan, title=f"业务{n}", track="mu", lead_department=cast.d8, by=cast.party_office)
        items.add(plan=plan, title=f"党建{n}", track="gang", facet="system", by=cast.party_office)
        entry_points.tie(gang=gang, mu=mu, kind="push", expected="见效", by=cast.party_office)
        task_issued(cast, item=mu)


# ---- the list ----


def test_the_list_shows_the_units_plans_and_no_dropped_one(cast: Cast, sign_in):
    plan_with_items(cast)
    gone = plan_with_items(cast, adopted=False, year=2027).plan
    plans.drop(plan=gone, by=cast.party_office)
    text = text_of(sign_in("head8"), "plan_list")
    assert "2026年工作要点" in text and gone.title not in text


def test_who_reads_for_the_unit_also_sees_the_units_below(cast: Cast, sign_in):
    plans.draft(unit=cast.county, year=2026, title="临川县院要点", by=cast.county_office)
    assert "临川县院要点" in text_of(sign_in("party_office"), "plan_list")
    assert "临川县院要点" not in text_of(sign_in("head8"), "plan_list")
    assert "临川县院要点" not in text_of(sign_in("outsider"), "plan_list")


@pytest.mark.parametrize(("who", "offered"), [("party_office", True), ("committee", True), ("head8", False)])
def test_drafting_is_offered_to_those_who_may(cast: Cast, sign_in, who, offered):
    assert (reverse("plan_draft") in text_of(sign_in(who), "plan_list")) == offered


def test_the_list_costs_the_same_however_long(cast: Cast, sign_in):
    client = sign_in("party_office")
    plan_with_items(cast)
    few = cost(client, "plan_list")
    for year in range(2027, 2035):
        plan_with_items(cast, year=year, adopted=year % 2 == 0)
    assert cost(client, "plan_list") == few <= 9


# ---- draft ----


def test_a_draft_is_made_and_opened(cast: Cast, sign_in):
    before = event_ids()
    answer = sign_in("party_office").post(reverse("plan_draft"), {"title": "2027年要点", "year": 2027})
    plan = Plan.objects.get()
    assert answer.url == reverse("plan", args=[plan.pk]) and plan.state == "draft"
    assert new_verbs(before) == ["plan.draft"]


@pytest.mark.parametrize(
    "data", [{"title": "", "year": 2027}, {"title": "要点", "year": 20270}, {"title": "要点", "year": "明年"}]
)
def test_a_draft_without_a_title_or_a_year_is_shown_again(cast: Cast, sign_in, data):
    before = event_ids()
    answer = sign_in("party_office").post(reverse("plan_draft"), data)
    assert answer.status_code == 422 and "gm-err" in answer.content.decode()
    assert not Plan.objects.exists() and event_ids() == before


def test_who_may_not_draft_is_not_shown_the_form_by_trying(cast: Cast, sign_in):
    for data in ({"title": "", "year": ""}, {"title": "要点", "year": 2027}):
        answer = sign_in("staff").post(reverse("plan_draft"), data)
        assert answer.status_code == 403 and reverse("plan_draft") not in answer.content.decode()
    assert not Plan.objects.exists()


# ---- one plan ----


def test_the_segments_and_the_department_narrow_the_list(cast: Cast, sign_in):
    planned, client = plan_with_items(cast), sign_in("head8")
    pk = planned.plan.pk

    def shown(**query: object) -> set[str]:
        text = text_of(client, "plan", pk, **query)
        return {i.title for i in (planned.gang, planned.mu, planned.loose) if f">{i.title}</a>" in text}

    assert shown() == shown(view="nonsense") == {planned.gang.title, planned.mu.title, planned.loose.title}
    assert shown(view="gang") == {planned.gang.title}
    assert shown(view="mu") == {planned.mu.title, planned.loose.title}
    assert shown(view="holes") == {planned.loose.title}
    assert shown(department=cast.d8.pk) == {planned.mu.title}
    assert shown(view="holes", department=cast.d8.pk) == set()


def test_a_draft_says_what_the_two_skins_check_found(cast: Cast, sign_in):
    plan = plan_with_items(cast, adopted=False).plan
    text = text_of(sign_in("head8"), "plan", plan.pk)
    assert "1 项业务没有切入点" in text and "抓手没有覆盖" in text


def test_what_one_may_not_do_is_absent(cast: Cast, sign_in):
    drafted, adopted = plan_with_items(cast, adopted=False, year=2027).plan, plan_with_items(cast).plan
    forms = re.compile(r'action="(/(?:plans|items)/[^"]*)"')

    def found(plan: Plan) -> set[str]:
        return {
            re.sub(r"\d+", "N", action)
            for action in forms.findall(text_of(sign_in("party_office"), "plan", plan.pk))
        }

    verbs = ("bulk-set", "move-items", "indent-items", "set-aside-items", "add-items", "drop")
    assert found(drafted) == {f"/plans/N/{verb}/" for verb in verbs} | {"/items/N/edit/"}
    assert found(adopted) == {"/plans/N/close/", "/plans/N/begin-amendment/"}
    for plan in (drafted, adopted):
        assert forms.findall(text_of(sign_in("head8"), "plan", plan.pk)) == []


def test_a_plan_has_pages_of_fifty(cast: Cast, sign_in):
    plan = plan_with_items(cast, adopted=False).plan
    PlanItem.objects.bulk_create(
        PlanItem(plan=plan, title=f"第{n}件", track="mu", position=10 + n) for n in range(60)
    )
    client = sign_in("head8")
    assert "第 1 页，共 2 页" in text_of(client, "plan", plan.pk)
    assert "第59件" in text_of(client, "plan", plan.pk, page=2)


def test_one_plan_costs_the_same_however_many_items(cast: Cast, sign_in):
    planned, client = plan_with_items(cast, adopted=False), sign_in("party_office")
    task_issued(cast, item=planned.mu)
    few = cost(client, "plan", planned.plan.pk)
    more_items(cast, planned.plan, planned.gang, 12)
    assert cost(client, "plan", planned.plan.pk) == few <= 24


# ---- drop, close ----


@pytest.mark.parametrize(
    ("name", "adopted", "after", "verb"),
    [("plan_drop", False, "dropped", "plan.drop"), ("plan_close", True, "closed", "plan.close")],
)
def test_a_plan_is_dropped_or_closed_once(cast: Cast, sign_in, name, adopted, after, verb):
    plan = plan_with_items(cast, adopted=adopted).plan
    client, before = sign_in("party_office"), event_ids()
    url = reverse(name, args=[plan.pk])
    client.post(url)
    plan.refresh_from_db()
    assert plan.state == after and new_verbs(before) == [verb]
    answer = client.post(url, follow=True)
    assert "这一步已经办过或还不能办" in answer.content.decode() and new_verbs(before) == [verb]


@pytest.mark.parametrize(("name", "adopted"), [("plan_drop", True), ("plan_close", False)])
def test_a_plan_in_the_wrong_state_stays_as_it_is(cast: Cast, sign_in, name, adopted):
    plan = plan_with_items(cast, adopted=adopted).plan
    answer = sign_in("party_office").post(reverse(name, args=[plan.pk]), follow=True)
    assert "这一步已经办过或还不能办" in answer.content.decode()
    assert Plan.objects.get(pk=plan.pk).state == plan.state


@pytest.mark.parametrize("name", ["plan_drop", "plan_close"])
def test_others_change_no_plan(cast: Cast, sign_in, name):
    plan, before = plan_with_items(cast, adopted=False).plan, event_ids()
    for who, code in (("head8", 403), ("first", 403), ("outsider", 404), ("audit_admin", 404)):
        assert sign_in(who).post(reverse(name, args=[plan.pk])).status_code == code
    assert event_ids() == before


# ---- the net map ----


def test_the_map_counts_what_it_draws(cast: Cast, sign_in):
    plan_with_items(cast)
    text = text_of(sign_in("head8"), "netmap")
    assert "纲 1 · 目 2 · 切入点 1" in text and "1 处没结上" in text and text.count("data-g=") == 1


def test_the_map_without_a_plan_says_what_to_do(cast: Cast, sign_in):
    assert "这一年还没有计划" in text_of(sign_in("head8"), "netmap")


def test_the_list_has_the_same_without_a_picture(cast: Cast, sign_in):
    planned, client = plan_with_items(cast), sign_in("head8")
    text = text_of(client, "netmap", view="list")
    assert "nm-body" not in text and all(i.title in text for i in (planned.gang, planned.mu, planned.loose))
    holes = text_of(client, "netmap", view="list", only="holes")
    assert planned.loose.title in holes and planned.mu.title not in holes


def test_a_chosen_item_has_its_threads_in_a_dock(cast: Cast, sign_in):
    planned, client = plan_with_items(cast), sign_in("head8")
    text = text_of(client, "netmap", sel=planned.mu.pk)
    queue = reverse("entry_queue", args=[planned.plan.pk])
    assert "先锋岗设到办案组" in text and f"{queue}?at={planned.mu.pk}" in text
    assert "nm-dock" not in text_of(client, "netmap", sel="999999")


def test_only_holes_lights_the_holes(cast: Cast, sign_in):
    planned = plan_with_items(cast)
    text = text_of(sign_in("head8"), "netmap", only="holes")
    lit = re.findall(r'<li class="[^"]*\bon\b[^"]*" data-row data-id="(\d+)"', text)
    assert lit == [str(planned.loose.pk)]


def test_an_accepted_reason_is_no_hole(cast: Cast, sign_in):
    loose, client = plan_with_items(cast).loose, sign_in("head8")
    entry_points.give_reason(item=loose, reason="涉密", by=cast.head6)
    assert "理由待核" in text_of(client, "netmap")
    entry_points.accept_reason(item=loose, by=cast.first)
    text = text_of(client, "netmap")
    assert "已准予不绑" in text and "处没结上" not in text


def test_another_plan_is_shown_when_one_may_see_it(cast: Cast, sign_in):
    plan_with_items(cast)
    drafted = plan_with_items(cast, adopted=False, year=2027)
    url = reverse("netmap")
    assert "2027年度" in sign_in("head8").get(url, {"plan": drafted.plan.pk}).content.decode()
    assert sign_in("superior").get(url, {"plan": drafted.plan.pk}).status_code == 200
    for who in ("outsider", "county_office", "system_admin"):
        assert sign_in(who).get(url, {"plan": drafted.plan.pk}).status_code == 404


def test_the_map_costs_the_same_however_large(cast: Cast, sign_in):
    planned, client = plan_with_items(cast, adopted=False), sign_in("party_office")
    few = (
        cost(client, "netmap"),
        cost(client, "netmap", view="list"),
        cost(client, "netmap", sel=planned.mu.pk),
    )
    more_items(cast, planned.plan, planned.gang, 12)
    many = (
        cost(client, "netmap"),
        cost(client, "netmap", view="list"),
        cost(client, "netmap", sel=planned.mu.pk),
    )
    assert many == few and max(few) <= 16


def test_the_stylesheet_of_a_layout_is_css_with_its_numbers(cast: Cast, sign_in):
    answer = sign_in("head8").get(reverse("netmap_sheet"), {"h": "38.2", "gp": "1.5", "mp": "1"})
    assert answer["Content-Type"] == "text/css" and "--nm-h:38.2" in answer.content.decode()


@pytest.mark.parametrize("h", ["x", "", "1}body{", "nan", "１２x"])
def test_a_stylesheet_of_no_number_is_refused(cast: Cast, sign_in, h):
    assert sign_in("head8").get(reverse("netmap_sheet"), {"h": h, "gp": "1", "mp": "1"}).status_code == 400


def test_the_page_links_its_own_stylesheet(cast: Cast, sign_in):
    plan_with_items(cast)
    client = sign_in("head8")
    link = re.search(r'href="(/net/sheet\.css\?[^"]+)"', text_of(client, "netmap"))
    assert link and client.get(link.group(1).replace("&amp;", "&")).status_code == 200


def test_a_knot_that_is_undone_leaves_the_map(cast: Cast, sign_in):
    planned = plan_with_items(cast)
    entry_points.untie(entry_point=planned.knot, reason="结错了", by=cast.party_office)
    assert EntryPoint.objects.get().state == "untied"
    assert "切入点 0" in text_of(sign_in("head8"), "netmap")
