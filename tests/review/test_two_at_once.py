"""Two people at once: one wins, the other is told, and nothing comes out half done."""

import pytest

from gangmu.common.errors import Invalid, WrongState
from gangmu.review.actions import honours
from gangmu.review.models import Honour, HonourRecipient
from tests.cast import Cast, assemble, honour_registered
from tests.tasks.test_two_at_once import outcomes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(day) -> Cast:
    return assemble()


def test_of_two_who_register_the_same_one_is_told(cast: Cast):
    party_office, office = cast.party_office, cast.office
    assert outcomes(
        lambda: honour_registered(cast, by=party_office), lambda: honour_registered(cast, by=office)
    ) == ["Honour", Invalid.__name__]
    assert Honour.objects.count() == HonourRecipient.objects.count() == 1


def test_of_one_who_corrects_and_one_who_withdraws_the_order_decides(cast: Cast):
    row, committee, office = honour_registered(cast), cast.committee, cast.office
    found = outcomes(
        lambda: honours.edit(honour=row, title="另一项", by=committee),
        lambda: honours.withdraw(honour=row, reason="登重了", by=office),
    )
    assert found in (["Honour", "Honour"], ["Honour", WrongState.__name__])
    row.refresh_from_db()
    assert row.state == "withdrawn" and row.title == ("另一项" if found[1] == "Honour" else "全市先进集体")
