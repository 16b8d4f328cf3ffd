"""写理由、核准理由: why an item has no knot, and who agrees."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.plan import queries
from gangmu.plan.actions import entry_points
from tests.cast import DAY, Cast, plan_with_items, recorded, refused


@pytest.fixture
def item(cast: Cast):
    return plan_with_items(cast).loose


def give(cast: Cast, item, *, reason: str = "保密事项", by=None):
    return entry_points.give_reason(item=item, reason=reason, by=by or cast.head6)


def test_a_reason_waits_for_acceptance(cast: Cast, item):
    row = give(cast, item)
    assert (row.reason, row.accepted_on) == ("保密事项", None)
    assert list(queries.unbound(item.plan_id)) == [item]


@pytest.mark.parametrize("who", ["first", "committee"])
def test_who_may_accepts_it_and_the_item_is_no_hole(cast: Cast, item, who):
    give(cast, item)
    row = entry_points.accept_reason(item=item, by=cast.acting(who))
    assert (row.accepted_by, row.accepted_on) == (cast.people[who], DAY)
    assert not queries.unbound(item.plan_id).exists()


def test_a_new_reason_has_to_be_accepted_anew(cast: Cast, item):
    give(cast, item)
    entry_points.accept_reason(item=item, by=cast.first)
    row = give(cast, item, reason="另有安排")
    assert (row.reason, row.accepted_by, row.accepted_on) == ("另有安排", None, None)


def test_an_empty_reason_is_none(cast: Cast, item):
    with refused(Invalid, item, field="reason"):
        give(cast, item, reason=" ")


def test_without_a_reason_there_is_nothing_to_accept(cast: Cast, item):
    with refused(Invalid, item, says="还没有写理由"):
        entry_points.accept_reason(item=item, by=cast.first)


def test_a_second_acceptance_is_refused(cast: Cast, item):
    row = give(cast, item)
    entry_points.accept_reason(item=item, by=cast.first)
    with refused(WrongState, row):
        entry_points.accept_reason(item=item, by=cast.committee)


@pytest.mark.parametrize("who", ["head8", "office", "leader", "staff", "outsider", "audit_admin"])
def test_only_the_department_or_the_party_office_gives_one(cast: Cast, item, who):
    with refused(NotAllowed, item):
        give(cast, item, by=cast.acting(who))


@pytest.mark.parametrize(
    "who", ["party_office", "leader", "head6", "office", "outsider", "superior", "system_admin"]
)
def test_who_gives_a_reason_does_not_accept_it(cast: Cast, item, who):
    row = give(cast, item)
    with refused(NotAllowed, row, says="党组书记或机关党委书记"):
        entry_points.accept_reason(item=item, by=cast.acting(who))


def test_both_are_recorded_on_the_item(cast: Cast, item):
    with recorded("plan.give_reason", "plan.accept_reason") as event:
        give(cast, item)
        entry_points.accept_reason(item=item, by=cast.first)
    assert (event.kind, event.object_id, event.after) == ("plan.planitem", item.pk, {"reason": "保密事项"})
    assert event.actor_name == "秦望舒"
