"""一次填报, the board and what is done to many at once; what the pages cost with sixty tasks."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.common import clock
from gangmu.plan.models import PlanItem
from gangmu.tasks.actions import changes, issues, milestones, mobilisations, tasks, urges
from gangmu.tasks.actions.tasks import Part
from gangmu.tasks.models import Progress, Task
from tests.cast import (
    DAY,
    Cast,
    catch_up,
    event_ids,
    plan_with_items,
    task_issued,
    task_signed,
    task_submitted,
    task_verified,
)

PAGE = "/tasks/feedback/"
HTMX = {"HX-Request": "true"}


def fields(task: Task, text: str, *, was: str = "", status: str = "on_track") -> dict[str, str]:
    return {f"t{task.pk}-text": text, f"t{task.pk}-was": was, f"t{task.pk}-status": status}


def lines(task: Task) -> list[tuple[str, str]]:
    return list(task.progress.order_by("pk").values_list("text", "status"))


# ---- one row after another ----


def test_enter_saves_one_row_and_answers_with_it(cast: Cast, sign_in):
    one, other = task_signed(cast), task_signed(cast)
    data = fields(one, "摸排一半", status="slow") | fields(other, "另一件") | {"row": one.pk}
    answer = sign_in("head8").post(PAGE, data, headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 200 and "is-saved" in text and "<html" not in text
    assert (lines(one), lines(other)) == ([("摸排一半", "slow")], [])


def test_a_line_as_before_is_a_line_when_its_row_is_sent(cast: Cast, sign_in):
    task = task_signed(cast)
    with clock.at(DAY - timedelta(days=30)):
        task = task_signed(cast, due_in=90)
        tasks.report(task=task, text="等鉴定", by=cast.head8)
    sign_in("head8").post(PAGE, fields(task, "等鉴定", was="等鉴定") | {"row": task.pk}, headers=HTMX)
    assert lines(task) == [("等鉴定", "on_track")] * 2


def test_the_whole_form_saves_only_what_was_changed(cast: Cast, sign_in):
    """Without script."""
    changed, same, empty = task_signed(cast), task_signed(cast), task_signed(cast)
    data = fields(changed, "新的") | fields(same, "旧的", was="旧的") | fields(empty, " ")
    client = sign_in("head8")
    assert client.post(PAGE, data).url == PAGE
    assert "报上去 1 件" in client.get(PAGE).content.decode()
    assert (lines(changed), lines(same), lines(empty)) == ([("新的", "on_track")], [], [])


def test_done_is_handed_in(cast: Cast, sign_in):
    task = task_signed(cast)
    sign_in("head8").post(PAGE, fields(task, "办完了", status="done") | {"row": task.pk}, headers=HTMX)
    task.refresh_from_db()
    assert task.state == "submitted" and lines(task) == [("办完了", "done")]


def test_a_whole_with_open_parts_is_not_done_and_the_row_says_why(cast: Cast, sign_in):
    task = task_signed(cast)
    tasks.break_down(task=task, parts=[Part("一份", cast.d8)], by=cast.head8)
    data = fields(task, "办完了", status="done") | {"row": task.pk}
    answer = sign_in("head8").post(PAGE, data, headers=HTMX)
    text = answer.content.decode()
    assert answer.status_code == 422 and "还有 1 项分解任务" in text and 'value="办完了"' in text
    assert lines(task) == []


def test_a_second_enter_stores_nothing_twice(cast: Cast, sign_in):
    task, client = task_signed(cast), sign_in("head8")
    data = fields(task, "摸排一半") | {"row": task.pk}
    assert client.post(PAGE, data, headers=HTMX).status_code == 200
    again = client.post(PAGE, data, headers=HTMX)
    assert again.status_code == 422 and "刚刚有人报过" in again.content.decode()
    assert len(lines(task)) == 1


def test_of_two_people_the_second_is_told_and_keeps_what_was_typed(cast: Cast, sign_in):
    task = tasks.sign(task=task_issued(cast), person=cast.people["staff"], by=cast.head8)
    sign_in("staff").post(PAGE, fields(task, "我先报了") | {"row": task.pk}, headers=HTMX)
    client = sign_in("head8")
    text = client.post(PAGE, fields(task, "我也报一句") | {"row": task.pk}, headers=HTMX).content.decode()
    assert "我先报了" in text and 'value="我也报一句"' in text
    data = fields(task, "我也报一句", was="我先报了") | {"row": task.pk}
    assert client.post(PAGE, data, headers=HTMX).status_code == 200
    assert [t for t, _s in lines(task)] == ["我先报了", "我也报一句"]


@pytest.mark.parametrize("text", ["", "字" * 301, "   "])
@pytest.mark.parametrize("row", [True, False])
def test_what_is_no_line_is_refused_at_its_row(cast: Cast, sign_in, text, row):
    task, before = task_signed(cast), None
    before = event_ids()
    data = fields(task, text) | ({"row": task.pk} if row else {})
    assert sign_in("head8").post(PAGE, data, headers=HTMX if row else {}).status_code == 422
    assert lines(task) == [] and event_ids() == before


def test_markup_stays_text_and_absurd_fields_do_nothing(cast: Cast, sign_in):
    task, client = task_signed(cast), sign_in("head8")
    hostile = {"row": "9" * 40, "t-text": "x", "tabc-text": "x", f"t{10**30}-text": "x", "t0-text": "x"}
    assert client.post(PAGE, hostile).status_code == 422
    text = "<script>alert(1)</script>\0=1+1"
    answer = client.post(PAGE, fields(task, text, status="nonsense") | {"row": task.pk}, headers=HTMX)
    assert answer.status_code == 200 and "<script>alert" not in answer.content.decode()
    assert lines(task)[0][1] in Progress.Status.values


@pytest.mark.parametrize("who", ["head6", "branch", "office", "outsider", "system_admin"])
def test_nobody_reports_for_another(cast: Cast, sign_in, who):
    task, before = task_signed(cast), None
    before = event_ids()
    assert sign_in(who).post(PAGE, fields(task, "替他们写")).status_code == 422
    assert event_ids() == before


def test_only_what_waits_for_a_line_stands_there_with_its_proposed_word(cast: Cast, sign_in):
    with clock.at(DAY - timedelta(days=40)):
        late, fresh = task_signed(cast, due_in=20), task_signed(cast, due_in=90)
    tasks.report(task=fresh, text="刚报过", by=cast.head8)
    text = sign_in("head8").get(PAGE).content.decode()
    assert f'id="t{late.pk}"' in text and f'id="t{fresh.pk}"' not in text
    assert re.search(rf'name="t{late.pk}-status" value="slow" checked', text)


def test_unsigned_tasks_are_signed_first_all_at_once(cast: Cast, sign_in):
    made, client = [task_issued(cast) for _n in range(3)], sign_in("head8")
    assert "3 件交办给您" in client.get(PAGE).content.decode()
    answer = client.post(reverse("task_sign_many"), {"task": [t.pk for t in made], "next": PAGE})
    assert answer.url == PAGE and set(Task.objects.values_list("state", flat=True)) == {"under_way"}


# ---- many at once ----


def test_each_for_itself_what_somebody_did_before_stops_no_other(cast: Cast, sign_in):
    done, open_ = task_verified(cast), task_submitted(cast)
    client = sign_in("office")
    data = {"task": [done.pk, open_.pk], "next": reverse("task_board")}
    text = client.post(reverse("task_verify_many"), data, follow=True).content.decode()
    assert "核查通过 1 件" in text and "这一步已经办过或还不能办" in text
    assert set(Task.objects.values_list("state", flat=True)) == {"verified"}


def test_one_goes_nowhere_else_by_next(cast: Cast, sign_in):
    task = task_submitted(cast)
    data = {"task": [task.pk], "next": "https://evil.example/"}
    assert sign_in("office").post(reverse("task_verify_many"), data).url == reverse("task_board")


def test_called_for_from_the_board_by_a_sentence_of_facts(cast: Cast, sign_in):
    with clock.at(DAY - timedelta(days=20)):
        task = task_signed(cast, due_in=5)
    client = sign_in("party_office")
    client.post(reverse("task_urge_many"), {"task": [task.pk]})
    assert (
        task.urges.get().text
        == "5月26日到期，已经过了15天。请报办到哪一步了，需要延期就提出来。还没有报过进展。"
    )
    again = client.post(reverse("task_urge_many"), {"task": [task.pk]})
    assert again.status_code == 422 and "今天已经催过" in again.content.decode()
    assert "催办：5月26日到期" in sign_in("head8").get(reverse("home")).content.decode()


def test_the_columns_are_the_states_and_offer_what_one_may(cast: Cast, sign_in):
    made = {"issued": task_issued(cast), "submitted": task_submitted(cast), "verified": task_verified(cast)}
    text = sign_in("office").get(reverse("task_board")).content.decode()
    assert all(f'href="{reverse("task", args=[t.pk])}"' in text for t in made.values())
    ticked = set(re.findall(r'name="task" value="(\d+)"', text))
    assert ticked == {str(made["submitted"].pk), str(made["verified"].pk)}
    assert 'name="task"' not in sign_in("staff").get(reverse("task_board")).content.decode()


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"track": "mu"}, {"mu"}), ({"department": "d6"}, {"joined"}), ({"source": "decision"}, set()), ({"due": "late"}, set()),
        ({"due": "month"}, {"mu", "plain", "joined"}), ({"state": "under_way"}, {"mu", "plain"}), ({"leader": "leader"}, {"mu", "plain", "joined"}),
        ({"track": "nonsense", "department": "999999"}, {"mu", "plain", "joined"}),
    ],
)  # fmt: skip
def test_the_list_is_narrowed(cast: Cast, sign_in, query, expected):
    made = {
        "mu": task_signed(cast, item=plan_with_items(cast).mu), "plain": task_signed(cast),
        "joined": task_issued(cast, co_departments=[cast.d6]),
    }  # fmt: skip
    ids = {"d6": cast.d6.pk, "leader": cast.people["leader"].pk}
    asked = {k: ids.get(v, v) for k, v in query.items()}
    text = sign_in("office").get(reverse("task_list"), asked).content.decode()
    assert {k for k, t in made.items() if f'href="{reverse("task", args=[t.pk])}"' in text} == expected


def test_a_plan_is_deployed_with_one_confirmation(cast: Cast, sign_in):
    planned, client = plan_with_items(cast), sign_in("party_office")
    url = reverse("task_deploy_plan", args=[planned.plan.pk])
    text = client.get(url).content.decode()
    items = re.findall(r'name="item" value="(\d+)" checked', text)
    assert len(items) == 3
    data = {"item": items} | {
        f"i{i.pk}-department": i.lead_department_id for i in (planned.gang, planned.mu, planned.loose)
    }
    assert client.post(url, data).url == reverse("task_board")
    assert Task.objects.count() == 3 and "各项都交办了" in client.get(url).content.decode()
    again = client.post(url, data)
    assert again.status_code == 422 and Task.objects.count() == 3, "a double click deploys nothing twice"


def test_a_long_plan_is_deployed_page_by_page_and_says_what_is_left(cast: Cast, sign_in):
    plan, client = plan_with_items(cast).plan, sign_in("party_office")
    PlanItem.objects.bulk_create(
        PlanItem(plan=plan, title=f"第{n}项", track="mu", position=10 + n, lead_department=cast.d8)
        for n in range(400 - 3)
    )
    url = reverse("task_deploy_plan", args=[plan.pk])
    text = client.get(url).content.decode()
    assert "400 项还没有交办" in text and "分 4 页，一页一页交办；这一页列 120 项" in text

    def deploy(address: str) -> str:
        text = client.get(address).content.decode()
        items = re.findall(r'name="item" value="(\d+)" checked', text)
        data = {"item": items} | {f"i{pk}-department": cast.d8.pk for pk in items}
        return client.post(address, data).url

    assert deploy(f"{url}?page=2") == f"{url}?page=2", "it goes on where one was"
    assert "还有 280 项没有交办" in client.get(f"{url}?page=2").content.decode()
    assert deploy(url) == deploy(url) == f"{url}?page=1"
    assert deploy(url) == reverse("task_board") and Task.objects.count() == 400


# ---- what it costs ----


def cost(client, url: str) -> int:
    with CaptureQueriesContext(connection) as seen:
        assert client.get(url).status_code == 200
    return len(seen)


@pytest.mark.parametrize("who", ["head8", "party_office", "leader"])
@pytest.mark.parametrize(
    "page", ["task_list", "task_board", "task_feedback", "issue_list", "mobilisation_list"]
)
def test_a_page_costs_the_same_with_sixty_tasks(cast: Cast, sign_in, who, page):
    item, client = plan_with_items(cast).mu, sign_in(who)

    def more() -> None:
        task = task_signed(cast, item=item)
        milestones.add(task=task, title="摸排完", due_on=DAY + timedelta(days=3), by=cast.head8)
        urges.urge(task=task, text="请报", by=cast.office)
        task_issued(cast, item=item), task_submitted(cast, item=item), task_verified(cast, item=item)
        issues.raise_issue(unit=cast.unit, title="取证难", department=cast.d8, item=item, by=cast.head8)
        mobilisations.draft(
            unit=cast.unit, title="专案", kind="case", purpose="办成", coordinator=cast.people["leader"], item=item,
            starts_on=DAY, ends_on=DAY, by=cast.office,
        )  # fmt: skip

    more()
    few = cost(client, reverse(page))
    for _n in range(15):
        more()
    assert Task.objects.count() >= 60
    assert cost(client, reverse(page)) == few <= 12


@pytest.mark.parametrize("who", ["head8", "party_office", "leader", "staff"])
def test_one_task_costs_the_same_whatever_hangs_on_it(cast: Cast, sign_in, who):
    task = task_signed(cast, item=plan_with_items(cast).mu, due_in=60, co_departments=[cast.d6])
    client, url = sign_in(who), reverse("task", args=[task.pk])

    def more(n: int) -> None:
        tasks.report(task=task, text="一句", by=cast.head8)
        milestones.add(task=task, title=f"节点{n}", due_on=DAY + timedelta(days=n), by=cast.head8)
        tasks.break_down(task=task, parts=[Part("一份", cast.d8)] * 4, by=cast.head8)
        change = changes.ask(task=task, kind="suspend", reason="因故", by=cast.head8)
        changes.refuse(change=change, answer="照办", by=cast.office)

    more(1)
    catch_up()
    few = cost(client, url)
    for n in range(2, 16):
        more(n)
    catch_up()
    assert task.parts.count() == 60 and cost(client, url) == few <= 12


def test_one_order_costs_the_same_with_sixty_lines(cast: Cast, sign_in):
    item, client = plan_with_items(cast).mu, sign_in("party_office")
    orders = [
        mobilisations.draft(
            unit=cast.unit, title="专案", kind="case", purpose="办成", coordinator=cast.people["leader"], item=item,
            starts_on=DAY, ends_on=DAY, by=cast.office,
        )
        for _n in range(2)
    ]  # fmt: skip

    def more() -> None:
        for order in orders:
            mobilisations.ask_for(
                order=order, kind="vehicle", department=cast.d8, text="一号车", by=cast.office
            )

    more()
    url = reverse("mobilisation", args=[orders[0].pk])
    few = cost(client, url)
    for _n in range(59):
        more()
    assert orders[0].contributions.count() == 60 and cost(client, url) == few <= 16
