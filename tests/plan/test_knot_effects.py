"""见效、未见效: what an inspection found is carried to the knot. Nobody sets it by hand."""

import pytest

from gangmu.common.errors import WrongState
from gangmu.plan.actions import entry_points
from gangmu.plan.models import EntryPoint
from tests.cast import DAY, Cast, plan_with_items, recorded, refused


@pytest.fixture
def knot(cast: Cast) -> EntryPoint:
    return plan_with_items(cast).knot


def take_effect(cast: Cast, knot: EntryPoint) -> EntryPoint:
    return entry_points.take_effect(entry_point=knot, effect="先锋岗到位", on=DAY, by=cast.party_office)


def test_it_takes_effect_on_the_day_of_the_visit(cast: Cast, knot):
    with recorded("plan.take_effect") as event:
        entry = take_effect(cast, knot)
    assert (entry.state, entry.effect, entry.effect_on) == ("effective", "先锋岗到位", DAY)
    assert (event.happened_on, event.after) == (DAY, {"effect": "先锋岗到位"})
    assert event.about == [["plan.planitem", knot.gang_id], ["plan.planitem", knot.mu_id]]


def test_it_takes_effect_once(cast: Cast, knot):
    take_effect(cast, knot)
    with refused(WrongState, knot, says="已见效"):
        take_effect(cast, knot)


def test_it_is_opened_again_when_the_effect_is_gone(cast: Cast, knot):
    with recorded("plan.take_effect", "plan.reopen_entry_point") as event:
        entry = entry_points.reopen(
            entry_point=take_effect(cast, knot), reason="流于形式", by=cast.party_office
        )
    assert (entry.state, event.after) == ("open", {"reason": "流于形式"})


def test_what_was_never_effective_is_not_opened_again(cast: Cast, knot):
    with refused(WrongState, knot):
        entry_points.reopen(entry_point=knot, reason="流于形式", by=cast.party_office)
