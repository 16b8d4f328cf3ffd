"""One item: tie, untie, a reason for none and its acceptance, deploy: each done, refused, not allowed, recorded."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.events.models import Event
from gangmu.plan.actions import directives, entry_points, items, plans
from gangmu.plan.models import EntryPoint, UnboundReason
from gangmu.tasks.models import Resource, Task
from tests.cast import (
    DAY,
    Cast,
    catch_up,
    directive_received,
    event_ids,
    plan_with_items,
    task_issued,
    task_signed,
)


@pytest.fixture
def planned(cast: Cast):
    return plan_with_items(cast)


def new_verbs(before: set[int]) -> list[str]:
    return list(Event.objects.exclude(pk__in=before).order_by("pk").values_list("verb", flat=True))


def page(client, item) -> str:
    return client.get(reverse("item", args=[item.pk])).content.decode()


def offered(client, item) -> set[str]:
    """The verbs of the forms on the page: deploy, untie …, and "tie" for the way to the proposals."""
    text = page(client, item)
    found = set(re.findall(r'action="/(?:items|entry-points)/\d+/([a-z-]+)/"', text))
    return found | ({"tie"} if reverse("entry_queue", args=[item.plan_id]) in text else set())


# ---- reading ----


def test_the_page_shows_lamps_knots_tasks_and_the_way_so_far(cast: Cast, sign_in, planned):
    directive = directive_received(cast)
    directives.answer(point=directive.points.first(), item=planned.mu, by=cast.party_office)
    task = task_signed(cast, item=planned.mu)
    text = page(sign_in("head8"), planned.mu)
    for words in ("先锋岗设到办案组", planned.gang.title, task.title, "抓好公益诉讼", "已部署", "在推进"):
        assert words in text, words


@pytest.mark.parametrize(
    ("who", "verbs"),
    [
        ("party_office", {"tie", "deploy"}),
        ("committee", {"tie", "deploy"}),
        ("head6", {"tie"}),
        ("office", {"deploy"}),
        ("head8", set()),
        ("first", set()),
        ("staff", set()),
        ("superior", set()),
    ],
)
def test_only_what_one_may_do_is_offered(cast: Cast, sign_in, planned, who, verbs):
    assert offered(sign_in(who), planned.loose) == verbs


def test_a_tied_item_offers_to_untie_and_asks_no_reason(cast: Cast, sign_in, planned):
    assert offered(sign_in("party_office"), planned.mu) == {"tie", "untie", "deploy"}


def test_a_closed_plan_offers_nothing_new(cast: Cast, sign_in, planned):
    plans.close(plan=planned.plan, by=cast.party_office)
    assert not offered(sign_in("party_office"), planned.loose) & {"tie", "deploy"}


def test_the_page_costs_the_same_however_much_hangs_on_the_item(cast: Cast, sign_in):
    planned, client = plan_with_items(cast, adopted=False), sign_in("party_office")
    task_issued(cast, item=planned.mu)
    catch_up()

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            page(client, planned.mu)
        return len(seen)

    few = cost()
    for n in range(10):
        gang = items.add(
            plan=planned.plan, title=f"党建{n}", track="gang", facet="work", by=cast.party_office
        )
        entry_points.tie(gang=gang, mu=planned.mu, kind="push", expected="见效", by=cast.party_office)
        task_signed(cast, item=planned.mu)
    catch_up()
    assert cost() == few <= 30


# ---- tie ----


def tie_data(planned, **more: object) -> dict:
    return {"partner": planned.gang.pk, "kind": EntryPoint.Kind.PUSH, "expected": "专班配强"} | more


@pytest.mark.parametrize("who", ["party_office", "committee", "head6"])
def test_two_items_are_tied(cast: Cast, sign_in, planned, who):
    before = event_ids()
    url = reverse("entry_tie", args=[planned.loose.pk])
    answer = sign_in(who).post(url, tie_data(planned), follow=True)
    entry = EntryPoint.objects.get(mu=planned.loose)
    assert (entry.gang, entry.expected) == (planned.gang, "专班配强") and new_verbs(before) == ["plan.tie"]
    assert "结上了" in answer.content.decode() and "专班配强" in answer.content.decode()


def test_a_knot_is_tied_from_the_rope_too(cast: Cast, sign_in, planned):
    url = reverse("entry_tie", args=[planned.gang.pk])
    sign_in("party_office").post(
        url, {"partner": planned.loose.pk, "kind": EntryPoint.Kind.PUSH, "expected": "见效"}
    )
    assert EntryPoint.objects.filter(gang=planned.gang, mu=planned.loose).exists()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [("expected", " ", "写一句期望看到的成效"), ("partner", "", "选另一头的事项"), ("kind", "x", "gm-err")],
)
def test_what_is_missing_of_a_knot_is_said(cast: Cast, sign_in, planned, field, value, says):
    before = event_ids()
    url = reverse("entry_tie", args=[planned.loose.pk])
    answer = sign_in("head6").post(url, tie_data(planned, **{field: value}))
    text = answer.content.decode()
    assert answer.status_code == 422 and says in text and event_ids() == before
    assert '<details class="gm-sheet" id="tie" open>' in text, "the place of the error stands open"


def test_business_is_not_tied_to_business_nor_to_another_plan(cast: Cast, sign_in, planned):
    other = plan_with_items(cast, year=2027)
    for partner in (planned.mu, other.gang):
        answer = sign_in("head6").post(
            reverse("entry_tie", args=[planned.loose.pk]),
            tie_data(planned, partner=partner.pk),
        )
        assert answer.status_code == 422
    assert EntryPoint.objects.filter(mu=planned.loose).count() == 0


def test_the_same_knot_twice_is_refused(cast: Cast, sign_in, planned):
    data = tie_data(planned, kind=planned.knot.kind)
    answer = sign_in("party_office").post(reverse("entry_tie", args=[planned.mu.pk]), data)
    assert answer.status_code == 422 and "已有同一方式的切入点" in answer.content.decode()
    assert EntryPoint.objects.count() == 1


@pytest.mark.parametrize(("who", "code"), [("head8", 403), ("staff", 403), ("first", 403), ("outsider", 404)])
def test_others_tie_nothing(cast: Cast, sign_in, planned, who, code):
    answer = sign_in(who).post(reverse("entry_tie", args=[planned.loose.pk]), tie_data(planned))
    assert answer.status_code == code and EntryPoint.objects.count() == 1


# ---- untie ----


def test_a_knot_is_untied_with_a_reason_once(cast: Cast, sign_in, planned):
    client, before, url = sign_in("party_office"), event_ids(), reverse("entry_untie", args=[planned.knot.pk])
    answer = client.post(url, {"reason": "结错了"})
    assert answer.url == reverse("item", args=[planned.mu.pk]) and new_verbs(before) == ["plan.untie"]
    again = client.post(url, {"reason": "结错了"})
    assert again.status_code == 422 and "这一步已经办过或还不能办" in again.content.decode()
    assert new_verbs(before) == ["plan.untie"]


def test_untying_asks_why(cast: Cast, sign_in, planned):
    answer = sign_in("party_office").post(reverse("entry_untie", args=[planned.knot.pk]), {"reason": ""})
    text = answer.content.decode()
    at_field = text[text.index(f'id="untie-{planned.knot.pk}"') :].split("</form>")[0]
    assert answer.status_code == 422 and "写一句为什么解开" in at_field
    assert EntryPoint.objects.get().state == "open"


@pytest.mark.parametrize(
    ("who", "code"), [("head8", 403), ("office", 403), ("outsider", 404), ("stranger", 404)]
)
def test_others_untie_nothing(cast: Cast, sign_in, planned, who, code):
    answer = sign_in(who).post(reverse("entry_untie", args=[planned.knot.pk]), {"reason": "不要了"})
    assert answer.status_code == code and EntryPoint.objects.get().state == "open"


# ---- a reason for none ----


def test_a_reason_waits_for_acceptance_and_is_accepted_once(cast: Cast, sign_in, planned):
    before, item = event_ids(), planned.loose
    answer = sign_in("head6").post(
        reverse("item_give_reason", args=[item.pk]), {"reason": "涉密案件专办"}, follow=True
    )
    assert "理由待核准" in answer.content.decode() and "涉密案件专办" in answer.content.decode()
    assert "accept-reason" in offered(sign_in("first"), item)
    url = reverse("item_accept_reason", args=[item.pk])
    answer = sign_in("first").post(url, follow=True)
    assert "已准予不绑" in answer.content.decode()
    assert new_verbs(before) == ["plan.give_reason", "plan.accept_reason"]
    answer = sign_in("first").post(url, follow=True)
    assert "已经核准过了" in answer.content.decode() and len(new_verbs(before)) == 2


def test_a_knot_makes_the_reason_superfluous(cast: Cast, sign_in, planned):
    entry_points.give_reason(item=planned.loose, reason="涉密", by=cast.head6)
    sign_in("head6").post(reverse("entry_tie", args=[planned.loose.pk]), tie_data(planned))
    assert not UnboundReason.objects.exists()


def test_a_reason_is_a_sentence(cast: Cast, sign_in, planned):
    answer = sign_in("head6").post(reverse("item_give_reason", args=[planned.loose.pk]), {"reason": "  "})
    assert answer.status_code == 422 and "写一句理由" in answer.content.decode()
    assert not UnboundReason.objects.exists()


def test_without_a_reason_there_is_nothing_to_accept(cast: Cast, sign_in, planned):
    before = event_ids()
    answer = sign_in("first").post(reverse("item_accept_reason", args=[planned.loose.pk]), follow=True)
    assert "还没有写理由" in answer.content.decode() and event_ids() == before


@pytest.mark.parametrize(
    ("who", "code"), [("party_office", 403), ("head6", 403), ("leader", 403), ("outsider", 404)]
)
def test_others_accept_no_reason(cast: Cast, sign_in, planned, who, code):
    entry_points.give_reason(item=planned.loose, reason="涉密", by=cast.head6)
    assert sign_in(who).post(reverse("item_accept_reason", args=[planned.loose.pk])).status_code == code
    assert UnboundReason.objects.get().accepted_on is None


# ---- deploy ----


def deploy_data(cast: Cast, **more: object) -> dict:
    return {
        "department": cast.d8.pk, "co_departments": [cast.d6.pk], "due_on": "2026-09-30", "requirement": "按季报",
        "people_line": "专案组五人", "money_line": "86000", "things_line": "无人机一架",
    } | more  # fmt: skip


def test_an_item_becomes_a_task_with_people_money_and_things(cast: Cast, sign_in, planned):
    before = event_ids()
    answer = sign_in("office").post(
        reverse("item_deploy", args=[planned.mu.pk]), deploy_data(cast), follow=True
    )
    task = Task.objects.get()
    assert (task.item, task.department, task.due_by_default) == (planned.mu, cast.d8, False)
    assert [r.kind for r in Resource.objects.order_by("pk")] == ["people", "money", "things"]
    assert task.co_departments.get().department == cast.d6 and new_verbs(before) == ["tasks.issue"]
    assert "已交办" in answer.content.decode() and task.title in answer.content.decode()


def test_without_a_date_a_week_is_given_and_said(cast: Cast, sign_in, planned):
    data = {"department": cast.d8.pk}
    sign_in("office").post(reverse("item_deploy", args=[planned.mu.pk]), data)
    task = Task.objects.get()
    assert task.due_on == DAY + timedelta(days=7) and task.due_by_default and not Resource.objects.exists()


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [("due_on", "2026-06-09", "已经过去"), ("due_on", "2026-06-31", "没有这一天"), ("money_line", "八万", "经费写数字"),
     ("money_line", "-1", "经费不能是负数"), ("department", "", "gm-err")],
)  # fmt: skip
def test_what_is_wrong_with_a_task_is_said_and_nothing_kept(cast: Cast, sign_in, planned, field, value, says):
    before = event_ids()
    answer = sign_in("office").post(
        reverse("item_deploy", args=[planned.mu.pk]), deploy_data(cast, **{field: value})
    )
    assert answer.status_code == 422 and says in answer.content.decode()
    assert not Task.objects.exists() and not Resource.objects.exists() and event_ids() == before


@pytest.mark.parametrize("field", ["department", "co_departments"])
def test_a_department_of_another_unit_is_no_choice(cast: Cast, sign_in, planned, field):
    foreign = cast.departments["第一检察部"].pk
    answer = sign_in("office").post(
        reverse("item_deploy", args=[planned.mu.pk]), deploy_data(cast, **{field: [foreign]})
    )
    assert answer.status_code == 422 and not Task.objects.exists()


@pytest.mark.parametrize(
    ("who", "code"), [("head8", 403), ("first", 403), ("superior", 403), ("county_office", 404)]
)
def test_others_deploy_nothing(cast: Cast, sign_in, planned, who, code):
    answer = sign_in(who).post(reverse("item_deploy", args=[planned.mu.pk]), deploy_data(cast))
    assert answer.status_code == code and not Task.objects.exists()


@pytest.mark.parametrize("after", ["draft", "closed"])
def test_only_an_item_of_a_plan_in_force_is_deployed(cast: Cast, sign_in, after):
    planned = plan_with_items(cast, adopted=after != "draft")
    if after == "closed":
        plans.close(plan=planned.plan, by=cast.party_office)
    before, client = event_ids(), sign_in("office")
    assert "deploy" not in offered(client, planned.mu)
    answer = client.post(reverse("item_deploy", args=[planned.mu.pk]), deploy_data(cast))
    assert answer.status_code == 422 and "计划还没有通过，或者已经结束" in answer.content.decode()
    assert not Task.objects.exists() and event_ids() == before
