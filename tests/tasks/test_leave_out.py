"""去掉: a line that is not needed after all, while the order is a draft."""

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.tasks.actions import mobilisations
from gangmu.tasks.models import Contribution
from tests.cast import Cast, order_in, recorded, refused


@pytest.mark.parametrize("who", ["office", "party_office", "leader"])
def test_the_offices_and_the_coordinator_leave_it_out(cast: Cast, draft, who):
    mobilisations.leave_out(line=draft.contributions.get(), by=cast.acting(who))
    assert not draft.contributions.exists()


@pytest.mark.parametrize("state", ["in_force", "settled", "called_off"])
def test_not_once_it_is_no_draft(cast: Cast, draft, state):
    line = order_in(cast, draft, state).contributions.get()
    with refused(WrongState, line):
        mobilisations.leave_out(line=line, by=cast.office)


def test_two_who_leave_the_same_line_out_do_it_once(cast: Cast, draft):
    line = draft.contributions.get()
    mobilisations.leave_out(line=Contribution.objects.get(pk=line.pk), by=cast.office)
    with refused(WrongState, draft, says="已经去掉"):
        mobilisations.leave_out(line=line, by=cast.leader)


@pytest.mark.parametrize("who", ["first", "head8", "head6", "staff", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, draft, who):
    line = draft.contributions.get()
    with refused(NotAllowed, line):
        mobilisations.leave_out(line=line, by=cast.acting(who))


def test_it_is_recorded_on_the_order(cast: Cast, draft):
    with recorded("tasks.leave_out") as event:
        mobilisations.leave_out(line=draft.contributions.get(), by=cast.office)
    assert (event.object_id, event.after) == (draft.pk, {"text": "第八检察部：办案人员"})
