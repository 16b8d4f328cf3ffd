"""结束: at the year's end."""

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.plan.actions import plans
from tests.cast import Cast, plan_with_items, recorded, refused


def test_an_adopted_plan_ends(cast: Cast):
    assert plans.close(plan=plan_with_items(cast).plan, by=cast.party_office).state == "closed"


def test_a_draft_does_not_end(cast: Cast):
    plan = plan_with_items(cast, adopted=False).plan
    with refused(WrongState, plan, says="草稿"):
        plans.close(plan=plan, by=cast.party_office)


def test_a_second_click_is_refused(cast: Cast):
    plan = plans.close(plan=plan_with_items(cast).plan, by=cast.party_office)
    with refused(WrongState, plan, says="已结束"):
        plans.close(plan=plan, by=cast.party_office)


@pytest.mark.parametrize("who", ["first", "office", "head8", "outsider", "county_office", "system_admin"])
def test_only_the_party_office_ends_it(cast: Cast, who):
    plan = plan_with_items(cast).plan
    with refused(NotAllowed, plan):
        plans.close(plan=plan, by=cast.acting(who))


def test_it_is_recorded(cast: Cast):
    plan = plan_with_items(cast).plan
    with recorded("plan.close") as event:
        plans.close(plan=plan, by=cast.party_office)
    assert event.object_id == plan.pk
