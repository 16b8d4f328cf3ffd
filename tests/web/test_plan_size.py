"""Pages of a plan of 400 items: a bounded number of queries each, whatever hangs on it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.inspection.models import Inspection
from gangmu.plan.actions import amendments, directives
from gangmu.plan.models import EntryPoint, Plan, PlanItem
from gangmu.tasks.models import Progress, Task
from tests.cast import DAY, Cast, directive_received, inspection_visited, meeting_convened, plan_with_items

MOST = 12
SIZE = 400


def large(cast: Cast, *, adopted: bool, year: int = DAY.year) -> Plan:
    """A plan of 400 items more, half of them bound; in force each has a task with progress."""
    planned = plan_with_items(cast, adopted=adopted, year=year)
    plan, heads = planned.plan, [cast.d8, cast.d6]
    PlanItem.objects.bulk_create(
        PlanItem(
            plan=plan, position=10 + n, title=f"事项{n}专题办理", track="gang" if n % 4 == 0 else "mu",
            facet=("thought", "system", "activity", "work")[n // 4 % 4] if n % 4 == 0 else "",
            lead_department=heads[n % 2], leader=cast.people["leader"], due_on=DAY + timedelta(days=n % 90 - 20),
        )
        for n in range(SIZE)
    )  # fmt: skip
    rows = list(plan.items.order_by("position"))
    gang, mu = ([i for i in rows if i.track == t] for t in ("gang", "mu"))
    EntryPoint.objects.bulk_create(
        EntryPoint(gang=gang[n % len(gang)], mu=m, kind="guarantee", expected="见效")
        for n, m in enumerate(mu[: len(mu) // 2])
    )
    if adopted:
        tasks = Task.objects.bulk_create(
            Task(unit=cast.unit, title=i.title, source="plan", item=i, department=cast.d8, issued_on=DAY,
                 due_on=DAY + timedelta(days=9), state="under_way", signed_on=DAY)
            for i in rows
        )  # fmt: skip
        Progress.objects.bulk_create(
            Progress(task=t, text="在办", happened_on=DAY, author=cast.people["head8"]) for t in tasks
        )
    return plan


def queries(client, name: str, *args: int, **query: object) -> list[str]:
    with CaptureQueriesContext(connection) as seen:
        answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200
    return [f"{q['sql'][:60]} … {' '.join(q['sql'].split('FROM')[1:])[:90]}" for q in seen.captured_queries]


@pytest.fixture
def in_force(cast: Cast) -> Plan:
    return large(cast, adopted=True)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("plan", {}), ("plan", {"view": "holes"}), ("plan", {"view": "all", "page": 3}), ("plan_skins", {}), ("entry_queue", {}),
        ("plan_versions", {}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("who", ["party_office", "first"])
def test_pages_of_a_plan_in_force(cast: Cast, sign_in, in_force, who, name, query):
    found = queries(sign_in(who), name, in_force.pk, **query)
    assert len(found) <= MOST, "\n".join(found)


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("plan", {}),
        ("plan", {"view": "all"}),
        ("plan_skins", {}),
        ("entry_queue", {}),
        ("plan_carry_over", {}),
    ],
)
def test_pages_of_a_draft(cast: Cast, sign_in, in_force, name, query):
    draft = large(cast, adopted=False, year=DAY.year + 1)
    found = queries(sign_in("party_office"), name, draft.pk, **query)
    assert len(found) <= MOST, "\n".join(found)


@pytest.mark.parametrize("who", ["party_office", "head8", "first"])
def test_the_list_of_plans(cast: Cast, sign_in, in_force, who):
    assert len(found := queries(sign_in(who), "plan_list")) <= MOST, "\n".join(found)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"fold": "none"},
        {"view": "matrix"},
        {"view": "list"},
        {"fold": "leader"},
        {"view": "print"},
        {"q": "事项3"},
    ],
)
@pytest.mark.parametrize("who", ["party_office", "first"])
def test_the_net_map(cast: Cast, sign_in, in_force, who, query):
    assert len(found := queries(sign_in(who), "netmap", **query)) <= MOST, "\n".join(found)


@pytest.mark.parametrize("who", ["party_office", "head8", "first"])
def test_the_page_of_an_item_that_everything_hangs_on(cast: Cast, sign_in, who):
    planned = plan_with_items(cast)
    plan_item = planned.mu
    directives.answer(point=directive_received(cast).points.first(), item=plan_item, by=cast.party_office)
    inspection_visited(cast, planned)
    assert Inspection.objects.exists()
    more = PlanItem.objects.bulk_create(
        PlanItem(plan=planned.plan, position=10 + n, title=f"先锋{n}", track="gang", facet="work")
        for n in range(20)
    )
    EntryPoint.objects.bulk_create(
        EntryPoint(gang=g, mu=plan_item, kind="push", expected="见效") for g in more
    )
    Task.objects.bulk_create(
        Task(unit=cast.unit, title=f"任务{n}", source="plan", item=plan_item, department=cast.d8, issued_on=DAY,
             due_on=DAY + timedelta(days=9))
        for n in range(12)
    )  # fmt: skip
    found = queries(sign_in(who), "item", plan_item.pk)
    assert len(found) <= MOST, "\n".join(found)


def test_the_page_of_an_amendment(cast: Cast, sign_in, in_force):
    amendment = amendments.begin(plan=in_force, reason="上级有新部署", by=cast.party_office)
    for item in in_force.items.all()[:8]:
        amendments.add_line(amendment=amendment, kind="drop", item=item, by=cast.party_office)
    meeting_convened(cast)
    found = queries(sign_in("party_office"), "amendment", amendment.pk)
    assert len(found) <= MOST, "\n".join(found)
