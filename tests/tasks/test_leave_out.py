"""去掉: a line that is not needed after all, while the order is a draft."""

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


@pytest.mark.parametrize("who", ["office", "party_office", "leader"])
def test_the_offices_and_the_coordinator_leave_it_out(cast: Cast, draft, who):
    mobilisations.leave_out(line=draft.contributions.get(), by=cast.acting(who))
    assert not draft.contributions.exists()


@pytest.mark.parametrize("state", ["in_force", "settled", "called_off"])
def test_not_once_it_is_no_draft(cast: Cast, draft, state):
    line = in_state(cast, draft, state).contributions.get()
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
