"""列问题: one problem of the feedback of a 巡察, in its own words."""

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.inspection.actions import campaigns
from tests.cast import Cast, campaign_listed, campaign_reported, campaign_signed, recorded, refused


def add(row, by):
    return campaigns.add_problem(campaign=row, text="送达超期反复出现", by=by)


@pytest.mark.parametrize("who", ["party_office", "committee"])
def test_the_party_office_and_the_committee_list_it(cast: Cast, who):
    assert add(campaign_listed(cast), cast.acting(who)).no == 2


@pytest.mark.parametrize("make", [campaign_signed, campaign_reported])
def test_not_once_the_plan_is_signed(cast: Cast, make):
    row = make(cast)
    with refused(WrongState, row, says="已经签字"):
        add(row, cast.party_office)
    assert row.problems.count() == 1


@pytest.mark.parametrize("who", ["first", "leader", "office", "head8", "head6", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, who):
    row = campaign_listed(cast)
    with refused(NotAllowed, row):
        add(row, cast.acting(who))


def test_it_is_recorded_on_the_campaign(cast: Cast):
    row = campaign_listed(cast)
    with recorded("inspection.add_problem") as event:
        problem = add(row, cast.party_office)
    assert (event.object_id, event.after) == (problem.pk, {"no": 2})
    assert event.about == [["inspection.campaign", row.pk]]
