"""The page of an item that has others under it: how they stand, and no lamps of its own without work of its own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.plan.models import PlanItem
from gangmu.tasks.models import Task
from tests.cast import DAY, Cast, Planned, plan_with_items, task_issued

MOST = 12


@pytest.fixture
def planned(cast: Cast) -> Planned:
    """Under the loose item 40 others, every second with a task that is signed."""
    found = plan_with_items(cast)
    rows = PlanItem.objects.bulk_create(
        PlanItem(plan=found.plan, position=10 + n, level=2, parent=found.loose, title=f"下面第{n:02d}项", track="mu",
                 lead_department=cast.d8)
        for n in range(40)
    )  # fmt: skip
    Task.objects.bulk_create(
        Task(unit=cast.unit, title=i.title, source="plan", item=i, department=cast.d8, issued_on=DAY, due_on=DAY,
             state="under_way", signed_on=DAY)
        for i in rows[::2]
    )  # fmt: skip
    return found


def page(client, item: PlanItem) -> str:
    return client.get(reverse("item", args=[item.pk])).content.decode()


def test_a_heading_says_how_its_items_stand(sign_in, planned):
    text = page(sign_in("party_office"), planned.loose)
    assert "下面各项的四灯" in text and 'aria-label="四灯"' not in text
    assert "还没有切入点" not in text and "四灯都正常" not in text, "what a heading has not is not missing"
    assert (
        "好了 20，共 40 项" in text
        and "还差 20 项" in text
        and text.count("下面第") == 40
        and "其余 10 项" in text
    )


def test_with_work_of_its_own_it_has_its_own_lamps_too(cast: Cast, sign_in, planned):
    task_issued(cast, item=planned.loose)
    text = page(sign_in("party_office"), planned.loose)
    assert "下面各项的四灯" in text and 'aria-label="四灯"' in text


def test_a_leaf_has_its_lamps_only(sign_in, planned):
    text = page(sign_in("party_office"), planned.mu)
    assert "下面" not in text and 'aria-label="四灯"' in text


@pytest.mark.parametrize("who", ["party_office", "head8", "first"])
def test_it_costs_a_bounded_number_of_queries(cast: Cast, sign_in, planned, who):
    PlanItem.objects.filter(pk=planned.loose.pk).update(is_task=False)  # as a paper has its headings
    client = sign_in(who)
    with CaptureQueriesContext(connection) as seen:
        page(client, planned.loose)
    assert len(seen) <= MOST, "\n".join(q["sql"][:140] for q in seen.captured_queries)
