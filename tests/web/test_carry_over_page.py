"""The page of what is carried over: nothing is cut however much is open, and nothing typed is lost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.plan import queries
from gangmu.plan.models import Plan, PlanItem
from gangmu.tasks import queries as tasks
from gangmu.tasks.models import Task
from tests.cast import DAY, Cast, plan_with_items, task_issued

MOST = 12


@pytest.fixture
def draft(cast: Cast) -> Plan:
    return plan_with_items(cast, adopted=False, year=2027).plan


def large(cast: Cast, year: int, size: int) -> Plan:
    plan = plan_with_items(cast, year=year).plan
    PlanItem.objects.bulk_create(
        PlanItem(plan=plan, position=10 + n, title=f"{year}事项{n:03d}", track="mu",
                 lead_department=(cast.d8, cast.d6, None)[n % 3])
        for n in range(size)
    )  # fmt: skip
    return plan


def test_more_than_400_open_items_are_all_there_in_a_bounded_number_of_queries(cast: Cast, sign_in, draft):
    large(cast, 2026, 450)
    office, url = sign_in("party_office"), reverse("plan_carry_over", args=[draft.pk])
    with CaptureQueriesContext(connection) as seen:
        first = office.get(url).content.decode()
    second = office.get(url, {"page": "2"}).content.decode()
    assert first.count('name="items"') + second.count('name="items"') == 453
    assert "以前的计划还有 453 项没办完" in first and "第 1 页，共 2 页" in first
    assert len(seen) <= MOST, "\n".join(q["sql"][:120] for q in seen.captured_queries)


def test_each_earlier_plan_is_reached(cast: Cast, sign_in, draft):
    old, older = large(cast, 2026, 3), large(cast, 2025, 2)
    office, url = sign_in("party_office"), reverse("plan_carry_over", args=[draft.pk])
    page = office.get(url).content.decode()
    assert "2026事项000" in page and "2025事项000" not in page and f"{older.title}：5 项" in page
    assert "2025事项000" in office.get(url, {"of": older.pk}).content.decode()
    assert "2026事项000" in office.get(url, {"of": "9" * 30}).content.decode()
    item = old.items.get(title="2026事项001")
    answer = office.post(url, {"of": old.pk, "items": [item.pk], f"learnt-{item.pk}": "早会签", "stay": "1"})
    assert answer["Location"] == f"{url}?of={old.pk}"
    assert draft.items.get(carried_from=item).learnt == "早会签"


def test_400_are_carried_over_at_once(cast: Cast, sign_in, draft):
    old = large(cast, 2026, 400)
    asked = {"of": old.pk, "items": [i.pk for i in old.items.all()]}
    with CaptureQueriesContext(connection) as seen:
        answer = sign_in("party_office").post(reverse("plan_carry_over", args=[draft.pk]), asked)
    assert answer.status_code == 302 and draft.items.filter(carried_from__isnull=False).count() == 403
    assert len(seen) < 60, "rows go in by batches, not one by one"


@pytest.mark.parametrize("ticked", [[], ["x"]])
def test_a_refusal_keeps_what_was_typed(cast: Cast, sign_in, draft, ticked):
    old = large(cast, 2026, 3)
    item = old.items.get(title="2026事项001")
    asked = {"of": old.pk, "items": ticked, f"learnt-{item.pk}": "早一点会签"}
    answer = sign_in("party_office").post(reverse("plan_carry_over", args=[draft.pk]), asked)
    assert answer.status_code == 422 and "早一点会签" in answer.content.decode()
    assert not draft.items.filter(carried_from__isnull=False).exists()


def test_what_is_too_long_is_said_and_kept(cast: Cast, sign_in, draft):
    item = large(cast, 2026, 1).items.last()
    asked = {"of": item.plan_id, "items": [item.pk], f"learnt-{item.pk}": "字" * 301}
    answer = sign_in("party_office").post(reverse("plan_carry_over", args=[draft.pk]), asked)
    assert answer.status_code == 422 and "超过 300 字" in answer.content.decode()


def test_what_is_not_done_is_what_the_lamps_call_not_done(cast: Cast, draft):
    planned = plan_with_items(cast)
    made = [
        task_issued(cast, item=planned.mu),
        task_issued(cast, item=planned.mu),
        task_issued(cast, item=planned.loose),
    ]
    for states in (("closed", "issued", "cancelled"), ("closed", "cancelled", "verified"), ("closed",) * 3):
        for task, state in zip(made, states, strict=True):
            Task.objects.filter(pk=task.pk).update(state=state, verified_on=DAY)
        rows = queries.to_carry_over(draft)
        facts = tasks.carried(i.pk for i in rows)
        wanted = {i for i in rows if not (i.pk in facts and facts[i.pk].all_accepted)}
        assert set(tasks.not_done(rows)) == wanted
