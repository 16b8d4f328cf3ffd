"""整改交办: a measure of a signed plan is a task."""

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.inspection.actions import campaigns
from gangmu.inspection.models import Measure
from tests.cast import (
    Cast,
    campaign_checked,
    campaign_deployed,
    campaign_listed,
    campaign_signed,
    recorded,
    refused,
    task_issued,
)


def assign(cast: Cast, who: str = "party_office") -> Measure:
    return campaigns.assign_measure(
        measure=Measure.objects.get(), task=task_issued(cast), by=cast.acting(who)
    )


@pytest.mark.parametrize("who", ["party_office", "committee"])
def test_the_party_office_and_the_committee_hand_it_out(cast: Cast, who):
    campaign_signed(cast)
    row = assign(cast, who)
    assert row.state == "assigned" and row.task is not None


@pytest.mark.parametrize("make", [campaign_listed, campaign_deployed, campaign_checked])
def test_not_before_the_signature_and_not_twice(cast: Cast, make):
    make(cast)
    task, measure = task_issued(cast), Measure.objects.get()
    with refused(WrongState, measure):
        campaigns.assign_measure(measure=measure, task=task, by=cast.party_office)


@pytest.mark.parametrize("who", ["first", "leader", "office", "head8", "head6", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, who):
    campaign_signed(cast)
    task, measure = task_issued(cast), Measure.objects.get()
    with refused(NotAllowed, measure):
        campaigns.assign_measure(measure=measure, task=task, by=cast.acting(who))


def test_it_is_recorded_on_the_campaign(cast: Cast):
    row = campaign_signed(cast)
    task = task_issued(cast)
    with recorded("inspection.assign_measure") as event:
        campaigns.assign_measure(measure=Measure.objects.get(), task=task, by=cast.party_office)
    assert (event.about, event.after) == ([["inspection.campaign", row.pk]], {"task": task.title})
