"""下令: from now on the departments are called upon."""

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.tasks.actions import mobilisations
from tests.cast import DAY, Cast, order_in, recorded, refused


@pytest.mark.parametrize("who", ["office", "party_office", "leader"])
def test_the_offices_and_the_coordinator_order(cast: Cast, draft, who):
    row = mobilisations.order(order=draft, by=cast.acting(who))
    assert (row.state, row.ordered_on) == ("in_force", DAY)


@pytest.mark.parametrize("state", ["in_force", "settled", "called_off"])
def test_a_draft_only(cast: Cast, draft, state):
    row = order_in(cast, draft, state)
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
