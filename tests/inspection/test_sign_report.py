"""签报告: the first person signs, once every measure is checked off."""

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.inspection.actions import campaigns
from tests.cast import DAY, Cast, campaign_checked, campaign_reported, recorded, refused


def test_the_first_person_signs_with_name_and_day(cast: Cast):
    row = campaigns.sign_report(campaign=campaign_checked(cast), by=cast.first)
    assert (row.state, row.report_signed_by, row.report_signed_on) == ("reported", cast.people["first"], DAY)


def test_not_twice_and_not_after_the_grade(cast: Cast):
    row = campaign_reported(cast)
    with refused(WrongState, row, says="已报告"):
        campaigns.sign_report(campaign=row, by=cast.first)
    campaigns.receive_grade(campaign=row, grade="good", by=cast.party_office)
    with refused(WrongState, row, says="已评定"):
        campaigns.sign_report(campaign=row, by=cast.first)


@pytest.mark.parametrize("who", ["leader", "party_office", "committee", "office", "head8", "outsider"])
def test_nobody_signs_for_the_first_person(cast: Cast, who):
    row = campaign_checked(cast)
    with refused(NotAllowed, row, says="党组书记"):
        campaigns.sign_report(campaign=row, by=cast.acting(who))


def test_it_is_recorded(cast: Cast):
    row = campaign_checked(cast)
    with recorded("inspection.sign_report") as event:
        campaigns.sign_report(campaign=row, by=cast.first)
    assert (event.object_id, event.actor_name) == (row.pk, "秦望舒")
