"""取消动员令: nobody is needed any more."""

from datetime import timedelta
from decimal import Decimal

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
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


def call_off(order: Mobilisation, by, reason: str = "案件移送") -> Mobilisation:
    return mobilisations.call_off(order=order, reason=reason, by=by)


@pytest.mark.parametrize("state", ["draft", "in_force"])
@pytest.mark.parametrize("who", ["office", "party_office", "leader"])
def test_the_offices_and_the_coordinator_call_it_off(cast: Cast, draft, who, state):
    assert call_off(in_state(cast, draft, state), cast.acting(who)).state == "called_off"


@pytest.mark.parametrize("state", ["settled", "called_off"])
def test_not_what_is_over(cast: Cast, draft, state):
    row = in_state(cast, draft, state)
    with refused(WrongState, row):
        call_off(row, cast.office)


@pytest.mark.parametrize("who", ["first", "head8", "head6", "staff", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, draft, who):
    with refused(NotAllowed, draft):
        call_off(draft, cast.acting(who))


def test_why_is_said(cast: Cast, draft):
    with refused(Invalid, draft, field="reason"):
        call_off(draft, cast.office, " ")


def test_it_is_recorded_with_the_reason(cast: Cast, draft):
    with recorded("tasks.call_off_order") as event:
        call_off(draft, cast.office)
    assert (event.object_id, event.after) == (draft.pk, {"reason": "案件移送"})
