"""作废: a preview or draft that is not wanted."""

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.plan.actions import plans
from tests.cast import Cast, plan_with_items, recorded, refused


def test_a_draft_is_dropped_and_stays_on_record(cast: Cast):
    plan = plans.drop(plan=plan_with_items(cast, adopted=False).plan, by=cast.party_office)
    assert (plan.state, plan.items.count()) == ("dropped", 3)


def test_what_was_adopted_cannot_be_dropped(cast: Cast):
    plan = plan_with_items(cast).plan
    with refused(WrongState, plan):
        plans.drop(plan=plan, by=cast.party_office)


def test_a_second_click_is_refused(cast: Cast):
    plan = plans.drop(plan=plan_with_items(cast, adopted=False).plan, by=cast.party_office)
    with refused(WrongState, plan, says="已作废"):
        plans.drop(plan=plan, by=cast.party_office)


@pytest.mark.parametrize("who", ["first", "office", "head8", "outsider", "security_admin"])
def test_only_the_party_office_drops(cast: Cast, who):
    plan = plan_with_items(cast, adopted=False).plan
    with refused(NotAllowed, plan):
        plans.drop(plan=plan, by=cast.acting(who))


def test_it_is_recorded(cast: Cast):
    plan = plan_with_items(cast, adopted=False).plan
    with recorded("plan.drop") as event:
        plans.drop(plan=plan, by=cast.party_office)
    assert event.object_id == plan.pk
