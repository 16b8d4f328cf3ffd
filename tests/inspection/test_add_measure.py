"""列措施: what is done about a problem, under whom, by whom, by when."""

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.inspection.actions import campaigns
from gangmu.inspection.models import Measure
from tests.cast import (
    Cast,
    campaign_listed,
    campaign_reported,
    campaign_signed,
    measure_listed,
    recorded,
    refused,
)


@pytest.mark.parametrize("who", ["party_office", "committee"])
def test_the_party_office_and_the_committee_list_it(cast: Cast, who):
    row = add(cast, campaign_listed(cast).problems.get(), who)
    assert (row.state, row.leader, row.department) == ("open", cast.people["leader"], cast.d8)


def add(cast: Cast, problem, who: str) -> Measure:
    return campaigns.add_measure(
        problem=problem, text="逐案登记", leader=cast.people["leader"], department=cast.d8,
        due_on=problem.campaign.ends_on, by=cast.acting(who),
    )  # fmt: skip


@pytest.mark.parametrize("make", [campaign_signed, campaign_reported])
def test_not_once_the_plan_is_signed(cast: Cast, make):
    problem = make(cast).problems.get()
    with refused(WrongState, problem, says="已经签字"):
        measure_listed(cast, problem)
    assert problem.measures.count() == 1


@pytest.mark.parametrize("who", ["first", "leader", "office", "head8", "head6", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, who):
    problem = campaign_listed(cast).problems.get()
    with refused(NotAllowed, problem):
        add(cast, problem, who)
    assert problem.measures.count() == 1


def test_it_is_recorded_on_the_campaign(cast: Cast):
    problem = campaign_listed(cast).problems.get()
    with recorded("inspection.add_measure") as event:
        row = measure_listed(cast, problem)
    assert (event.object_id, event.about) == (row.pk, [["inspection.campaign", problem.campaign_id]])
    assert event.after == {"leader": "韩知远", "department": "第八检察部", "due_on": "2026-07-10"}
