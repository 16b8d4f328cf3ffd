"""确认给多少: the department says what it gives, while the order is in force."""

from decimal import Decimal

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.tasks.actions import mobilisations
from gangmu.tasks.models import Contribution
from tests.cast import DAY, Cast, order_in, recorded, refused


@pytest.fixture
def line(cast: Cast, draft) -> Contribution:
    return order_in(cast, draft, "in_force").contributions.get()


def give(line: Contribution, by, given: int = 3) -> Contribution:
    return mobilisations.give(line=line, given=Decimal(given), by=by)


def test_the_head_says_it_and_may_say_it_again(cast: Cast, line):
    give(line, cast.head8)
    row = give(line, cast.head8, 5)
    assert (row.given, row.given_on) == (5, DAY)


@pytest.mark.parametrize("state", ["draft", "settled", "called_off"])
def test_only_while_it_is_in_force(cast: Cast, draft, state):
    line = order_in(cast, draft, state).contributions.get()
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
