"""列入: what a department is to give, while the order is a draft."""

from datetime import timedelta
from decimal import Decimal

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.tasks.actions import mobilisations
from gangmu.tasks.models import Contribution, Mobilisation
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


def ask(order: Mobilisation, cast: Cast, by) -> Contribution:
    return mobilisations.ask_for(
        order=order, kind="money", department=cast.d8, text="专项经费", asked=Decimal(8000), by=by
    )


@pytest.mark.parametrize("who", ["office", "party_office", "leader"])
def test_the_offices_and_the_coordinator_ask_for_the_days_of_the_order(cast: Cast, draft, who):
    line = ask(draft, cast, cast.acting(who))
    assert (line.asked, line.given, line.from_on, line.to_on) == (8000, None, draft.starts_on, draft.ends_on)


@pytest.mark.parametrize("state", ["in_force", "settled", "called_off"])
def test_nothing_is_added_once_it_is_no_draft(cast: Cast, draft, state):
    row = in_state(cast, draft, state)
    with refused(WrongState, row):
        ask(row, cast, cast.office)
    assert row.contributions.count() == 1


@pytest.mark.parametrize("who", ["first", "head8", "head6", "staff", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, draft, who):
    with refused(NotAllowed, draft):
        ask(draft, cast, cast.acting(who))


def test_it_is_recorded_on_the_order(cast: Cast, draft):
    with recorded("tasks.ask_for") as event:
        ask(draft, cast, cast.leader)
    assert (event.object_id, event.after) == (draft.pk, {"text": "第八检察部：专项经费", "asked": "8000"})
