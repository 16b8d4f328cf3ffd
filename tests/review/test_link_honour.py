"""加依据: a task or an item stands behind it; wrong state, not allowed, recorded."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.plan.actions import plans
from gangmu.review.actions import honours
from gangmu.review.queries import honours as queries
from tests.cast import Cast, honour_registered, plan_with_items, recorded, refused, task_issued, task_signed


def test_an_item_and_a_task_stand_behind_it(cast: Cast):
    planned, row = plan_with_items(cast), honour_registered(cast)
    task = task_signed(cast, item=planned.mu)
    with recorded("review.link_honour") as event:
        honours.link(honour=row, item=planned.gang, reason="先锋岗带班", by=cast.office)
    assert event.after == {"basis": planned.gang.title, "reason": "先锋岗带班"}
    honours.link(honour=row, task=task, by=cast.office)
    assert [(b.item, b.task) for b in row.bases.all()] == [(planned.gang, None), (planned.mu, task)]


def test_a_task_from_no_item_stands_for_itself(cast: Cast):
    basis = honours.link(honour=honour_registered(cast), task=task_issued(cast), by=cast.office)
    assert basis.item is None


def test_items_of_a_closed_plan_still_count(cast: Cast):
    planned = plan_with_items(cast)
    plans.close(plan=planned.plan, by=cast.party_office)
    assert honours.link(honour=honour_registered(cast), item=planned.mu, by=cast.office).item == planned.mu


@pytest.mark.parametrize("what", ["task", "item"])
def test_the_same_stands_once(cast: Cast, what):
    planned, row = plan_with_items(cast), honour_registered(cast)
    basis = {"task": task_issued(cast, item=planned.mu)} if what == "task" else {"item": planned.mu}
    honours.link(honour=row, by=cast.office, **basis)
    with refused(Invalid, says="已经是它的依据"):
        honours.link(honour=row, by=cast.office, **basis)


def test_a_task_and_its_item_may_both_stand(cast: Cast):
    planned, row = plan_with_items(cast), honour_registered(cast)
    honours.link(honour=row, task=task_issued(cast, item=planned.mu), by=cast.office)
    honours.link(honour=row, item=planned.mu, by=cast.office)
    assert queries.once(queries.of_items([planned.mu.pk])) == [row]


def test_neither_or_both_is_no_basis(cast: Cast):
    planned, row = plan_with_items(cast), honour_registered(cast)
    for basis in ({}, {"item": planned.mu, "task": task_issued(cast)}):
        with refused(Invalid, row, field="basis"):
            honours.link(honour=row, by=cast.office, **basis)


def test_a_reason_is_one_sentence(cast: Cast):
    row, task = honour_registered(cast), task_issued(cast)
    with refused(Invalid, row, field="reason"):
        honours.link(honour=row, task=task, reason="长" * 201, by=cast.office)


def test_what_was_withdrawn_gets_no_more(cast: Cast):
    row, task = honour_registered(cast), task_issued(cast)
    row = honours.withdraw(honour=row, reason="登重了", by=cast.office)
    with refused(WrongState, row):
        honours.link(honour=row, task=task, by=cast.office)


@pytest.mark.parametrize(
    "who", ["first", "head8", "staff", "superior", "outsider", "stranger", "audit_admin"]
)
def test_others_do_not_link(cast: Cast, who):
    row, task = honour_registered(cast), task_issued(cast)
    with refused(NotAllowed, row):
        honours.link(honour=row, task=task, by=cast.acting(who))


def test_a_search_offers_only_what_may_stand_behind_it(cast: Cast):
    planned, _draft = plan_with_items(cast), plan_with_items(cast, adopted=False, year=2027)
    task = task_issued(cast, item=planned.mu)
    tasks, items = queries.search(cast.unit.pk, "排口")
    assert (tasks, items) == ([task], [])
    assert {i.plan_id for i in queries.search(cast.unit.pk, "")[1]} == {planned.plan.pk}
    assert queries.search(cast.unit.pk, "\0 % _ ' 排口" * 9) == ([], [])
    assert queries.search(cast.county.pk, "排口") == ([], [])


def test_who_did_the_work_is_proposed(cast: Cast):
    planned = plan_with_items(cast)
    task = task_issued(cast, item=planned.mu, co_departments=[cast.d6], person=cast.people["staff"])
    for basis in ({"task": task}, {"item": planned.mu}):
        who = queries.behind(**basis)
        assert who.departments[0] == cast.d8 and who.people == [cast.people["staff"]]
    assert queries.behind(task=task).departments == [cast.d8, cast.d6]
    assert queries.behind() == queries.Behind([], [])
