"""撤销荣誉: it stays, marked, with who and why; wrong state, not allowed, recorded."""

import pytest
from django.db import IntegrityError, transaction

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.review import states
from gangmu.review.actions import honours
from gangmu.review.models import Honour
from tests.cast import DAY, Cast, honour_registered, recorded, refused


def test_it_stays_with_who_and_why(cast: Cast):
    row = honour_registered(cast)
    with recorded("review.withdraw_honour") as event:
        row = honours.withdraw(honour=row, reason=" 登重了 ", by=cast.office)
    assert (row.state, row.withdrawn_on, row.withdrawn_by, row.withdrawn_reason) == (
        "withdrawn", DAY, cast.people["office"], "登重了",
    )  # fmt: skip
    assert event.after == {"reason": "登重了"} and Honour.objects.count() == 1


def test_after_it_the_same_may_be_registered_rightly(cast: Cast):
    honours.withdraw(honour=honour_registered(cast), reason="日期写错", by=cast.office)
    assert honour_registered(cast).state == "given"


def test_once_is_enough(cast: Cast):
    row = honours.withdraw(honour=honour_registered(cast), reason="登重了", by=cast.office)
    with refused(WrongState, row):
        honours.withdraw(honour=row, reason="再撤", by=cast.office)


def test_there_is_no_way_back_in_the_table():
    assert states.HONOUR.verbs("withdrawn") == [] and states.HONOUR.states() == set(Honour.State.values)


@pytest.mark.parametrize("reason", ["", "  ", "长" * 201])
def test_a_reason_is_asked_for(cast: Cast, reason):
    row = honour_registered(cast)
    with refused(Invalid, row):
        honours.withdraw(honour=row, reason=reason, by=cast.office)


@pytest.mark.parametrize(
    "who", ["first", "head8", "staff", "superior", "outsider", "stranger", "audit_admin"]
)
def test_others_do_not_withdraw(cast: Cast, who):
    row = honour_registered(cast)
    with refused(NotAllowed, row):
        honours.withdraw(honour=row, reason="登重了", by=cast.acting(who))


def test_the_database_wants_the_reason_too(cast: Cast):
    honour_registered(cast)
    with pytest.raises(IntegrityError), transaction.atomic():
        Honour.objects.update(state="withdrawn", withdrawn_on=DAY)
