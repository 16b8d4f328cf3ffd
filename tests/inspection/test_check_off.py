"""对账: a measure is held against the list by somebody outside the department."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.inspection.actions import campaigns
from gangmu.inspection.models import Measure
from tests.cast import (
    DAY,
    Cast,
    campaign_checked,
    campaign_deployed,
    campaign_signed,
    recorded,
    refused,
)


def check(by, result: str = "mostly", note: str = "还差一处") -> Measure:
    return campaigns.check_off(measure=Measure.objects.get(), result=result, note=note, by=by)


@pytest.mark.parametrize("who", ["party_office", "committee"])
def test_the_party_office_and_the_committee_check(cast: Cast, who):
    campaign_deployed(cast, verified=False)
    row = check(cast.acting(who))
    assert (row.state, row.result, row.checked_on, row.checked_by) == (
        "checked",
        "mostly",
        DAY,
        cast.people[who],
    )


@pytest.mark.parametrize("make", [campaign_signed, campaign_checked])
def test_not_before_it_was_handed_out_and_not_twice(cast: Cast, make):
    make(cast)
    with refused(WrongState, Measure.objects.get()):
        check(cast.party_office)


def test_a_result_that_does_not_exist_is_refused(cast: Cast):
    campaign_deployed(cast)
    with refused(Invalid, Measure.objects.get(), field="result"):
        check(cast.party_office, "splendid")


@pytest.mark.parametrize("who", ["first", "leader", "office", "head8", "head6", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, who):
    campaign_deployed(cast)
    with refused(NotAllowed, Measure.objects.get()):
        check(cast.acting(who))


def test_it_is_recorded_on_the_campaign(cast: Cast):
    row = campaign_deployed(cast)
    with recorded("inspection.check_off") as event:
        check(cast.party_office)
    assert (event.about, event.after) == (
        [["inspection.campaign", row.pk]], {"result": "基本完成", "note": "还差一处"},
    )  # fmt: skip
