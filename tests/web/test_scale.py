"""A unit of 400 items, 3,000 tasks and 20,000 lines of progress: the pages of every day stay at twelve queries."""

from collections.abc import Iterator

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from gangmu.cli.bench import data
from gangmu.tasks.models import Progress, Task

pytestmark = pytest.mark.django_db
MOST = 12


@pytest.fixture(scope="module")
def unit(django_db_setup, django_db_blocker) -> Iterator[tuple]:
    with django_db_blocker.unblock(), transaction.atomic():
        user, plan, item = data.build(400)
        data.fill(plan, tasks=3_000, lines=20_000)
        yield user, plan, item
        transaction.set_rollback(True)


def test_there_is_as_much_as_is_said(unit):
    _user, plan, _item = unit
    assert plan.items.count() == 400 and Task.objects.count() == 3_000 and Progress.objects.count() == 20_000


@pytest.mark.parametrize(
    "name", ["home", "plan", "task_list", "task_board", "netmap", "item", "item_thread", "task", "task_deploy_plan", "honour_list", "honour_register"]
)  # fmt: skip
def test_the_page_costs_twelve_queries_at_most(unit, name):
    user, plan, item = unit
    about = {
        "plan": plan.pk, "item": item.pk, "item_thread": item.pk, "task_deploy_plan": plan.pk,
        "task": item.tasks.first().pk,
    }  # fmt: skip
    client = Client()
    client.force_login(user, backend="gangmu.org.backend.Backend")
    address = reverse(name, args=[about[name]] if name in about else [])
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    assert len(seen) <= MOST, [q["sql"][:120] for q in seen]
