"""结算: what came of an order on both sides, and what was used."""

from datetime import timedelta
from decimal import Decimal

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.tasks.actions import mobilisations
from gangmu.tasks.models import Mobilisation
from tests.cast import DAY, Cast, plan_with_items, recorded, refused


@pytest.fixture
def draft(cast: Cast) -> Mobilisation:
    """韩知远 (leader) coordinates; 第八检察部 gives five people."""
    row = mobilisations.draft(
        unit=cast.unit, title="排口专案", kind="case", purpose="查清全部排口", coordinator=cast.people["leader"],
        item=plan_with_items(cast).mu, starts_on=DAY, ends_on=DAY + timedelta(days=9), by=cast.office,
    )  # fmt: skip
    mobilisations.ask_for(
        order=row, kind="people", department=cast.d8, text="办案人员", asked=Decimal(5), by=cast.office
    )
    return row


def in_state(cast: Cast, draft: Mobilisation, state: str) -> Mobilisation:
    if state == "draft":
        return draft
    if state == "called_off":
        return mobilisations.call_off(order=draft, reason="不办了", by=cast.office)
    row = mobilisations.order(order=draft, by=cast.office)
    if state == "settled":
        row = mobilisations.settle(order=row, result="查清", party_result="冲在前", used={}, by=cast.office)
    return row


def settle(order: Mobilisation, by) -> Mobilisation:
    return mobilisations.settle(order=order, result="查清 38 处", party_result="突击队冲在前", used={}, by=by)


@pytest.mark.parametrize("who", ["office", "party_office", "leader"])
def test_the_offices_and_the_coordinator_settle(cast: Cast, draft, who):
    row = settle(in_state(cast, draft, "in_force"), cast.acting(who))
    assert (row.state, row.settled_on, row.party_result) == ("settled", DAY, "突击队冲在前")


@pytest.mark.parametrize("state", ["draft", "settled", "called_off"])
def test_only_what_is_in_force_and_only_once(cast: Cast, draft, state):
    row = in_state(cast, draft, state)
    with refused(WrongState, row):
        settle(row, cast.office)


@pytest.mark.parametrize("who", ["first", "head8", "head6", "staff", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, draft, who):
    row = in_state(cast, draft, "in_force")
    with refused(NotAllowed, row):
        settle(row, cast.acting(who))


def test_it_is_recorded_with_both_results(cast: Cast, draft):
    row = in_state(cast, draft, "in_force")
    with recorded("tasks.settle_order") as event:
        settle(row, cast.leader)
    assert event.object_id == row.pk
    assert event.after == {"text": "业务：查清 38 处；党建：突击队冲在前", "used": "0"}
