"""解开: a knot that was wrong; the record stays."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.plan import queries
from gangmu.plan.actions import entry_points
from tests.cast import DAY, Cast, plan_with_items, recorded, refused


@pytest.fixture
def planned(cast: Cast):
    return plan_with_items(cast)


def untie(cast: Cast, knot, *, reason: str = "结错了", by=None):
    return entry_points.untie(entry_point=knot, reason=reason, by=by or cast.party_office)


def test_both_ends_are_loose_again(cast: Cast, planned):
    assert untie(cast, planned.knot).state == "untied"
    assert len(queries.unbound(planned.plan.pk)) == 3


def test_it_needs_a_reason(cast: Cast, planned):
    with refused(Invalid, planned.knot, field="reason"):
        untie(cast, planned.knot, reason=" ")


def test_an_effective_knot_stays(cast: Cast, planned):
    entry_points.take_effect(entry_point=planned.knot, effect="到位", on=DAY, by=cast.party_office)
    with refused(WrongState, planned.knot, says="已见效"):
        untie(cast, planned.knot)


def test_a_second_click_is_refused(cast: Cast, planned):
    untie(cast, planned.knot)
    with refused(WrongState, planned.knot, says="已解开"):
        untie(cast, planned.knot)


@pytest.mark.parametrize("who", ["head8", "first", "office", "outsider", "county_office", "audit_admin"])
def test_only_the_party_office_unties(cast: Cast, planned, who):
    with refused(NotAllowed, planned.knot):
        untie(cast, planned.knot, by=cast.acting(who))


def test_it_is_recorded_with_the_reason(cast: Cast, planned):
    with recorded("plan.untie") as event:
        untie(cast, planned.knot)
    assert (event.object_id, event.after) == (planned.knot.pk, {"reason": "结错了"})
    assert len(event.about) == 2
