"""通过: the plan is in force from the day of the decision."""

from datetime import timedelta

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.plan.actions import items, plans
from tests.cast import DAY, Cast, plan_with_items, recorded, refused

DECIDED = DAY - timedelta(days=2)


def test_it_is_in_force_from_the_day_of_the_decision(cast: Cast):
    plan = plans.adopt(plan=plan_with_items(cast, adopted=False).plan, on=DECIDED, by=cast.party_office)
    assert (plan.state, plan.adopted_on) == ("adopted", DECIDED)


def test_its_items_are_fixed_from_then_on(cast: Cast):
    planned = plan_with_items(cast)
    with refused(WrongState, planned.plan, planned.mu, says="变更"):
        items.edit(item=planned.mu, title="换个说法", by=cast.party_office)


def test_a_second_click_is_refused(cast: Cast):
    plan = plan_with_items(cast).plan
    with refused(WrongState, plan, says="已通过"):
        plans.adopt(plan=plan, on=DAY, by=cast.party_office)


def test_a_dropped_plan_is_not_adopted(cast: Cast):
    plan = plans.drop(plan=plan_with_items(cast, adopted=False).plan, by=cast.party_office)
    with refused(WrongState, plan):
        plans.adopt(plan=plan, on=DAY, by=cast.party_office)


@pytest.mark.parametrize("who", ["leader", "office", "head8", "staff", "outsider", "superior", "audit_admin"])
def test_only_who_may_adopts(cast: Cast, who):
    plan = plan_with_items(cast, adopted=False).plan
    with refused(NotAllowed, plan, says="党组会"):
        plans.adopt(plan=plan, on=DAY, by=cast.acting(who))


def test_it_is_recorded_on_the_day_of_the_decision(cast: Cast):
    plan = plan_with_items(cast, adopted=False).plan
    with recorded("plan.adopt") as event:
        plans.adopt(plan=plan, on=DECIDED, by=cast.first)
    assert (event.happened_on, event.recorded_at.date()) == (DECIDED, DAY)
