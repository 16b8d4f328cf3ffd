"""确认给多少: the department says what it gives, while the order is in force."""

from datetime import timedelta
from decimal import Decimal

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
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


@pytest.fixture
def line(cast: Cast, draft) -> Contribution:
    return in_state(cast, draft, "in_force").contributions.get()


def give(line: Contribution, by, given: int = 3) -> Contribution:
    return mobilisations.give(line=line, given=Decimal(given), by=by)


def test_the_head_says_it_and_may_say_it_again(cast: Cast, line):
    give(line, cast.head8)
    row = give(line, cast.head8, 5)
    assert (row.given, row.given_on) == (5, DAY)


@pytest.mark.parametrize("state", ["draft", "settled", "called_off"])
def test_only_while_it_is_in_force(cast: Cast, draft, state):
    line = in_state(cast, draft, state).contributions.get()
    with refused(WrongState, line):
        give(line, cast.head8)


@pytest.mark.parametrize("who", ["head6", "office", "leader", "first", "staff", "outsider", "audit_admin"])
def test_nobody_else_gives_for_a_department(cast: Cast, line, who):
    with refused(NotAllowed, line):
        give(line, cast.acting(who))


def test_less_than_nothing_is_refused(cast: Cast, line):
    with refused(Invalid, line, says="不能是负数"):
        give(line, cast.head8, -1)


def test_it_is_recorded_with_what_was_said_before(cast: Cast, line):
    give(line, cast.head8)
    with recorded("tasks.give") as event:
        give(line, cast.head8, 5)
    assert event.object_id == line.order_id and event.after["text"] == "第八检察部：办案人员"
    assert (Decimal(event.before["given"]), Decimal(event.after["given"])) == (3, 5)
