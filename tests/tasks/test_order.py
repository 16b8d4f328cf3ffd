"""下令: from now on the departments are called upon."""

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


@pytest.mark.parametrize("who", ["office", "party_office", "leader"])
def test_the_offices_and_the_coordinator_order(cast: Cast, draft, who):
    row = mobilisations.order(order=draft, by=cast.acting(who))
    assert (row.state, row.ordered_on) == ("in_force", DAY)


@pytest.mark.parametrize("state", ["in_force", "settled", "called_off"])
def test_a_draft_only(cast: Cast, draft, state):
    row = in_state(cast, draft, state)
    with refused(WrongState, row):
        mobilisations.order(order=row, by=cast.office)


@pytest.mark.parametrize("who", ["first", "head8", "head6", "staff", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, draft, who):
    with refused(NotAllowed, draft):
        mobilisations.order(order=draft, by=cast.acting(who))


def test_it_is_recorded_on_the_item(cast: Cast, draft):
    with recorded("tasks.order") as event:
        mobilisations.order(order=draft, by=cast.leader)
    assert (event.object_id, event.after) == (draft.pk, {"text": "查清全部排口"})
    assert ["plan.planitem", draft.item_id] in event.about
