"""Tasks by their pages: each verb done, in the wrong state, by somebody who may not, and recorded."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.common import clock
from gangmu.events.models import Event
from gangmu.tasks.actions import tasks
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


def new_verbs(before: set[int]) -> list[str]:
    return list(Event.objects.exclude(pk__in=before).order_by("pk").values_list("verb", flat=True))


def closed(cast: Cast) -> Task:
    return tasks.close(task=task_verified(cast), by=cast.office)


def cancelled(cast: Cast) -> Task:
    return tasks.cancel(task=task_issued(cast), reason="重复", by=cast.office)


STATES = {
    "issued": task_issued, "under_way": task_signed, "submitted": task_submitted, "verified": task_verified,
    "closed": closed, "cancelled": cancelled,
}  # fmt: skip
REPORT = {"text": "摸排了一半", "happened_on": DAY.isoformat(), "status": "on_track"}
# verb: who does it, what is typed, from which states, to which state, what is recorded
VERBS = {
    "sign": ("head8", {}, {"issued"}, "under_way", ["tasks.sign"]),
    "report": ("head8", REPORT, {"under_way"}, "under_way", ["tasks.report"]),
    "submit": ("head8", {"text": "办完了"}, {"under_way"}, "submitted", ["tasks.report", "tasks.submit"]),
    "verify": ("office", {}, {"submitted"}, "verified", ["tasks.verify"]),
    "send_back": ("office", {"reason": "缺材料"}, {"submitted", "verified"}, "under_way", ["tasks.send_back"]),
    "close": ("office", {}, {"verified"}, "closed", ["tasks.close"]),
    "cancel": ("office", {"reason": "重复"}, {"issued", "under_way"}, "cancelled", ["tasks.cancel"]),
}  # fmt: skip


@pytest.mark.parametrize(
    ("verb", "state"), [(v, s) for v, row in VERBS.items() for s in STATES if s in row[2]]
)
def test_a_step_is_taken_and_recorded(cast: Cast, sign_in, verb, state):
    who, data, _from, after, verbs = VERBS[verb]
    task = STATES[state](cast)
    before = event_ids()
    answer = sign_in(who).post(reverse(f"task_{verb}", args=[task.pk]), data)
    assert answer.url == reverse("task", args=[task.pk])
    task.refresh_from_db()
    assert task.state == after and new_verbs(before) == verbs


@pytest.mark.parametrize(
    ("verb", "state"), [(v, s) for v, row in VERBS.items() for s in STATES if s not in row[2]]
)
def test_a_step_in_the_wrong_state_is_refused_in_words(cast: Cast, sign_in, verb, state):
    who, data, *_rest = VERBS[verb]
    task = STATES[state](cast)
    before = event_ids()
    answer = sign_in(who).post(reverse(f"task_{verb}", args=[task.pk]), data, follow=True)
    assert "这一步已经办过或还不能办" in answer.content.decode()
    assert Task.objects.get(pk=task.pk).state == state and event_ids() == before


@pytest.mark.parametrize("verb", VERBS)
def test_nobody_else_takes_the_step(cast: Cast, sign_in, verb):
    who, data, states, _after, _verbs = VERBS[verb]
    task = STATES[sorted(states)[0]](cast)
    before = event_ids()
    others = {"head8": ("office", "first", "staff", "branch"), "office": ("head8", "staff")}[who]
    for other in others:
        answer = sign_in(other).post(reverse(f"task_{verb}", args=[task.pk]), data)
        assert answer.status_code == 403, other
    for other in ("head6", "outsider", "superior", "stranger", "system_admin"):
        assert sign_in(other).post(reverse(f"task_{verb}", args=[task.pk]), data).status_code == 404, other
    assert event_ids() == before


def test_the_verifier_is_never_the_owner(cast: Cast, sign_in):
    """The party office drives every task but its own."""
    task = tasks.sign(task=task_issued(cast, to="机关党委"), by=cast.party_office)
    tasks.submit(task=task, text="办完了", by=cast.party_office)
    assert sign_in("party_office").post(reverse("task_verify", args=[task.pk])).status_code == 403
    assert sign_in("office").post(reverse("task_verify", args=[task.pk])).status_code == 302


def test_only_the_next_steps_are_offered(cast: Cast, sign_in):
    def offered(who: str, task: Task) -> set[str]:
        text = sign_in(who).get(reverse("task", args=[task.pk])).content.decode()
        return set(re.findall(r'action="/tasks/\d+/([a-z-]+)/"', text))

    issued, under_way, submitted = task_issued(cast), task_signed(cast), task_submitted(cast)
    assert offered("head8", issued) == {"sign", "add-milestone"}
    assert offered("head8", under_way) == {"report", "submit", "add-milestone"}
    assert offered("head8", submitted) == set() and offered("staff", under_way) == set()
    assert offered("office", issued) == {"cancel", "urge", "add-milestone"}
    assert offered("office", submitted) == {"verify", "send-back"}
    assert offered("first", task_verified(cast)) == {"send-back", "close"}


def test_signing_names_the_person_answerable_of_the_own_department(cast: Cast, sign_in):
    task = task_issued(cast)
    url = reverse("task_sign", args=[task.pk])
    for stranger in ("head6", "county_head"):
        assert sign_in("head8").post(url, {"person": cast.people[stranger].pk}).status_code == 422
    sign_in("head8").post(url, {"person": cast.people["staff"].pk})
    assert Task.objects.get().person == cast.people["staff"]


@pytest.mark.parametrize(
    ("verb", "field", "value", "says"),
    [
        ("report", "text", "", "gm-err"),
        ("report", "text", "字" * 301, "gm-err"),
        ("report", "happened_on", "2026-06-31", "没有这一天"),
        ("report", "happened_on", "2026-06-11", "还没有到"),
        ("report", "happened_on", "2026-06-09", "早于交办日期"),
        ("report", "status", "done", "gm-err"),
        ("submit", "text", " ", "gm-err"),
        ("send_back", "reason", "", "gm-err"),
        ("cancel", "reason", "", "gm-err"),
    ],
)
def test_what_is_wrong_is_said_at_its_field(cast: Cast, sign_in, verb, field, value, says):
    who, data, states, _after, _verbs = VERBS[verb]
    task = STATES[sorted(states)[-1]](cast)
    before = event_ids()
    answer = sign_in(who).post(reverse(f"task_{verb}", args=[task.pk]), data | {field: value})
    text = answer.content.decode()
    form = text[text.index(reverse(f"task_{verb}", args=[task.pk])) :].split("</form>")[0]
    at_field = re.search(rf'name="{field}".*?(?=<div class="gm-field">|$)', form, re.S)
    assert answer.status_code == 422 and at_field and says in at_field.group()
    assert event_ids() == before


def test_a_report_keeps_its_day_and_the_page_shows_it(cast: Cast, sign_in):
    with clock.at(DAY - timedelta(days=9)):
        task = task_signed(cast, due_in=30)
    url = reverse("task_report", args=[task.pk])
    client = sign_in("head8")
    client.post(url, {"text": "去了现场", "happened_on": "2026-06-05", "status": Progress.Status.SLOW})
    row = Progress.objects.get()
    assert (row.happened_on.isoformat(), row.status, row.author) == (
        "2026-06-05",
        "slow",
        cast.people["head8"],
    )
    catch_up()
    text = client.get(reverse("task", args=[task.pk])).content.decode()
    assert "去了现场" in text and "6月5日" in text and "补记 5 天" in text


# ---- the list ----


def shown(client, *some: Task, **query: object) -> set[int]:
    text = client.get(reverse("task_list"), query).content.decode()
    return {t.pk for t in some if f'href="{reverse("task", args=[t.pk])}"' in text}


def test_the_segments_of_the_list(cast: Cast, sign_in):
    late, issued, done = task_signed(cast, due_in=1), task_issued(cast, due_in=30), task_verified(cast)
    handed_in = task_submitted(cast)
    everything = (late, issued, done, handed_in)
    with clock.at(DAY + timedelta(days=3)):
        office, expected = sign_in("office"), {late.pk, issued.pk, handed_in.pk}
        assert shown(office, *everything) == shown(office, *everything, view="nonsense") == expected
        assert shown(office, *everything, view="late") == {late.pk}
        assert shown(office, *everything, view="verify") == {done.pk, handed_in.pk}
        assert shown(office, *everything, view="done") == {done.pk}
        assert shown(office, *everything, view="mine") == set()
        assert shown(sign_in("head8"), *everything, view="mine") == expected
        assert shown(sign_in("head8"), *everything, view="verify") == set()


def test_the_list_has_only_what_one_may_see(cast: Cast, sign_in):
    ours, theirs = task_issued(cast), task_issued(cast, to="第六检察部")
    assert shown(sign_in("staff"), ours, theirs) == {ours.pk}
    assert shown(sign_in("head6"), ours, theirs) == {theirs.pk}
    assert shown(sign_in("first"), ours, theirs) == {ours.pk, theirs.pk}
    assert shown(sign_in("outsider"), ours, theirs) == set()


@pytest.mark.parametrize("view", ["open", "done", "verify"])
def test_the_list_costs_the_same_however_long(cast: Cast, sign_in, view):
    item, client = plan_with_items(cast).mu, sign_in("office")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("task_list"), {"view": view}).status_code == 200
        return len(seen)

    def more() -> None:
        task = task_signed(cast, item=item)
        tasks.report(task=task, text="摸排了一半", by=cast.head8)
        task_submitted(cast, item=item)
        task_verified(cast, item=item)

    more()
    few = cost()
    for _n in range(8):
        more()
    assert cost() == few <= 9


def test_one_task_costs_the_same_however_much_was_reported(cast: Cast, sign_in):
    task, client = task_signed(cast, item=plan_with_items(cast).mu), sign_in("head8")

    def cost() -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(reverse("task", args=[task.pk])).status_code == 200
        return len(seen)

    tasks.report(task=task, text="一", by=cast.head8)
    catch_up()
    few = cost()
    for _n in range(8):
        tasks.report(task=task, text="又", by=cast.head8)
    catch_up()
    assert cost() == few <= 14
