"""结算: what came of an order on both sides, and what was used."""

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.tasks.actions import mobilisations
from gangmu.tasks.models import Mobilisation
from tests.cast import DAY, Cast, order_in, recorded, refused


def settle(order: Mobilisation, by) -> Mobilisation:
    return mobilisations.settle(order=order, result="查清 38 处", party_result="突击队冲在前", used={}, by=by)


@pytest.mark.parametrize("who", ["office", "party_office", "leader"])
def test_the_offices_and_the_coordinator_settle(cast: Cast, draft, who):
    row = settle(order_in(cast, draft, "in_force"), cast.acting(who))
    assert (row.state, row.settled_on, row.party_result) == ("settled", DAY, "突击队冲在前")


@pytest.mark.parametrize("state", ["draft", "settled", "called_off"])
def test_only_what_is_in_force_and_only_once(cast: Cast, draft, state):
    row = order_in(cast, draft, state)
    with refused(WrongState, row):
        settle(row, cast.office)


@pytest.mark.parametrize("who", ["first", "head8", "head6", "staff", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, draft, who):
    row = order_in(cast, draft, "in_force")
    with refused(NotAllowed, row):
        settle(row, cast.acting(who))


def test_it_is_recorded_with_both_results(cast: Cast, draft):
    row = order_in(cast, draft, "in_force")
    with recorded("tasks.settle_order") as event:
        settle(row, cast.leader)
    assert event.object_id == row.pk
    assert event.after == {"text": "业务：查清 38 处；党建：突击队冲在前", "used": "0"}
