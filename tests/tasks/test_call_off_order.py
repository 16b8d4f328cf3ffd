"""取消动员令: nobody is needed any more."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.tasks.actions import mobilisations
from gangmu.tasks.models import Mobilisation
from tests.cast import Cast, order_in, recorded, refused


def call_off(order: Mobilisation, by, reason: str = "案件移送") -> Mobilisation:
    return mobilisations.call_off(order=order, reason=reason, by=by)


@pytest.mark.parametrize("state", ["draft", "in_force"])
@pytest.mark.parametrize("who", ["office", "party_office", "leader"])
def test_the_offices_and_the_coordinator_call_it_off(cast: Cast, draft, who, state):
    assert call_off(order_in(cast, draft, state), cast.acting(who)).state == "called_off"


@pytest.mark.parametrize("state", ["settled", "called_off"])
def test_not_what_is_over(cast: Cast, draft, state):
    row = order_in(cast, draft, state)
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
