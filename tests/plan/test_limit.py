"""How much one owner may have: a number of the plan, changed by whoever drafts it."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.plan.actions import plans
from tests.cast import Cast, Planned, event_ids, plan_with_items, recorded, refused


@pytest.fixture
def planned(cast: Cast) -> Planned:
    return plan_with_items(cast)


def test_it_is_changed_and_recorded(cast: Cast, planned):
    with recorded("plan.limit") as event:
        plans.limit(plan=planned.plan, most_led=40, by=cast.party_office)
    planned.plan.refresh_from_db()
    assert planned.plan.most_led == 40
    assert (event.before, event.after) == ({"most_led": 25}, {"most_led": 40})


def test_the_same_number_again_is_no_event(cast: Cast, planned):
    before = event_ids()
    plans.limit(plan=planned.plan, most_led=25, by=cast.party_office)
    assert event_ids() == before


def test_a_plan_drafted_after_another_has_its_limit(cast: Cast, planned):
    plans.limit(plan=planned.plan, most_led=40, by=cast.party_office)
    planned.plan.refresh_from_db()
    new = plans.draft(unit=cast.unit, year=2027, title="明年", like=planned.plan, by=cast.party_office)
    assert new.most_led == 40


@pytest.mark.parametrize("most", [0, 1000])
def test_an_absurd_number_is_refused(cast: Cast, planned, most):
    with refused(Invalid, planned.plan, says="1到999"):
        plans.limit(plan=planned.plan, most_led=most, by=cast.party_office)


def test_a_closed_plan_keeps_its_limit(cast: Cast, planned):
    plans.close(plan=planned.plan, by=cast.party_office)
    with refused(WrongState, planned.plan):
        plans.limit(plan=planned.plan, most_led=40, by=cast.party_office)


@pytest.mark.parametrize("who", ["head8", "first", "office", "outsider", "county_office"])
def test_others_do_not(cast: Cast, planned, who):
    with refused(NotAllowed, planned.plan):
        plans.limit(plan=planned.plan, most_led=40, by=cast.acting(who))
