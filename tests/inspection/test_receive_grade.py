"""评定: what those above said of a 巡察整改; 一般 and 差 mean once more."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.inspection.actions import campaigns
from tests.cast import (
    Cast,
    campaign_checked,
    campaign_listed,
    campaign_reported,
    campaign_signed,
    recorded,
    refused,
)


@pytest.mark.parametrize("who", ["party_office", "committee"])
def test_the_party_office_and_the_committee_write_it_down(cast: Cast, who):
    row = campaigns.receive_grade(campaign=campaign_reported(cast), grade="good", by=cast.acting(who))
    assert (row.state, row.grade) == ("closed", "good")


@pytest.mark.parametrize("make", [campaign_listed, campaign_signed, campaign_checked])
def test_not_before_the_report(cast: Cast, make):
    row = make(cast)
    with refused(WrongState, row):
        campaigns.receive_grade(campaign=row, grade="good", by=cast.party_office)


def test_not_twice(cast: Cast):
    row = campaigns.receive_grade(campaign=campaign_reported(cast), grade="good", by=cast.party_office)
    with refused(WrongState, row, says="已评定"):
        campaigns.receive_grade(campaign=row, grade="poor", by=cast.party_office)


def test_a_grade_that_does_not_exist_is_refused(cast: Cast):
    row = campaign_reported(cast)
    with refused(Invalid, row, field="grade"):
        campaigns.receive_grade(campaign=row, grade="", by=cast.party_office)


@pytest.mark.parametrize("who", ["first", "leader", "office", "head8", "head6", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, who):
    row = campaign_reported(cast)
    with refused(NotAllowed, row):
        campaigns.receive_grade(campaign=row, grade="good", by=cast.acting(who))


def test_it_is_recorded(cast: Cast):
    row = campaign_reported(cast)
    with recorded("inspection.receive_grade") as event:
        campaigns.receive_grade(campaign=row, grade="poor", by=cast.party_office)
    assert (event.object_id, event.after) == (row.pk, {"grade": "差"})
