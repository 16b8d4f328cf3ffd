"""去依据: the honour stays; wrong state, not allowed, recorded."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.review.actions import honours
from gangmu.review.models import Honour, HonourBasis
from tests.cast import Cast, honour_registered, recorded, refused, task_issued


def linked(cast: Cast) -> HonourBasis:
    return honour_registered(cast, task=task_issued(cast)).bases.get()


def test_the_basis_goes_and_the_honour_stays(cast: Cast):
    basis = linked(cast)
    with recorded("review.unlink_honour") as event:
        row = honours.unlink(basis=basis, by=cast.office)
    assert (
        event.before == {"basis": "整理排口清单"} and not row.bases.exists() and Honour.objects.get() == row
    )


def test_twice_is_said(cast: Cast):
    basis = linked(cast)
    honours.unlink(basis=HonourBasis.objects.get(), by=cast.office)
    with refused(Invalid, says="已经有人去掉"):
        honours.unlink(basis=basis, by=cast.office)


def test_what_was_withdrawn_keeps_its_basis(cast: Cast):
    basis = linked(cast)
    honours.withdraw(honour=basis.honour, reason="收回", by=cast.office)
    with refused(WrongState, basis):
        honours.unlink(basis=basis, by=cast.office)


@pytest.mark.parametrize(
    "who", ["first", "head8", "staff", "superior", "outsider", "stranger", "audit_admin"]
)
def test_others_do_not_unlink(cast: Cast, who):
    basis = linked(cast)
    with refused(NotAllowed, basis):
        honours.unlink(basis=basis, by=cast.acting(who))
