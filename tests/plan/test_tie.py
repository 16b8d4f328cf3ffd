"""结切入点: a party item is bound to a business item."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.plan import queries
from gangmu.plan.actions import entry_points
from gangmu.plan.models import EntryPoint, UnboundReason
from tests.cast import Cast, Planned, plan_with_items, recorded, refused


@pytest.fixture
def planned(cast: Cast) -> Planned:
    return plan_with_items(cast)


def tie(cast: Cast, gang, mu, *, by=None, kind: str = "guarantee", expected: str = "支部包案"):
    return entry_points.tie(gang=gang, mu=mu, kind=kind, expected=expected, by=by or cast.party_office)


def test_both_ends_are_bound(cast: Cast, planned):
    assert list(queries.unbound(planned.plan.pk)) == [planned.loose]
    entry = tie(cast, planned.gang, planned.loose, expected=" 支部包案 ")
    assert (entry.state, entry.expected) == ("open", "支部包案")
    assert not queries.unbound(planned.plan.pk).exists()


def test_a_reason_for_having_none_is_gone(cast: Cast, planned):
    entry_points.give_reason(item=planned.loose, reason="保密事项", by=cast.party_office)
    tie(cast, planned.gang, planned.loose)
    assert not UnboundReason.objects.exists()


@pytest.mark.parametrize("ends", [("mu", "gang"), ("gang", "gang"), ("mu", "loose")])
def test_one_end_is_party_the_other_business(cast: Cast, planned, ends):
    gang, mu = (getattr(planned, end) for end in ends)
    with refused(Invalid, says="一头是纲", field="partner"):
        tie(cast, gang, mu)


def test_both_ends_are_in_one_plan(cast: Cast, planned):
    other = plan_with_items(cast, year=2027)
    with refused(Invalid, says="不在同一份计划", field="partner"):
        tie(cast, planned.gang, other.mu)


def test_it_says_what_effect_is_looked_for(cast: Cast, planned):
    with refused(Invalid, field="expected"):
        tie(cast, planned.gang, planned.loose, expected=" ")


def test_a_second_click_ties_no_second_knot(cast: Cast, planned):
    tie(cast, planned.gang, planned.loose)
    with refused(Invalid, says="已有同一方式"):
        tie(cast, planned.gang, planned.loose)
    assert EntryPoint.objects.count() == 2


def test_after_untying_the_same_knot_may_be_tied(cast: Cast, planned):
    entry_points.untie(entry_point=planned.knot, reason="结错了", by=cast.party_office)
    assert tie(cast, planned.gang, planned.mu, kind="push").pk != planned.knot.pk


def test_the_head_of_either_end_may_tie(cast: Cast, planned):
    assert tie(cast, planned.gang, planned.loose, by=cast.head6).pk


@pytest.mark.parametrize("who", ["head8", "office", "first", "leader", "staff", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, planned, who):
    with refused(NotAllowed, says="牵头部门正职"):
        tie(cast, planned.gang, planned.loose, by=cast.acting(who))


def test_it_is_recorded_on_both_items(cast: Cast, planned):
    with recorded("plan.tie") as event:
        entry = tie(cast, planned.gang, planned.loose)
    assert (event.kind, event.object_id) == ("plan.entrypoint", entry.pk)
    assert event.about == [["plan.planitem", planned.gang.pk], ["plan.planitem", planned.loose.pk]]
    assert event.after == {"kind": "guarantee", "expected": "支部包案"}
