"""列入: what a department is to give, while the order is a draft."""

from decimal import Decimal

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.tasks.actions import mobilisations
from gangmu.tasks.models import Contribution, Mobilisation
from tests.cast import Cast, order_in, recorded, refused


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
    row = order_in(cast, draft, state)
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
