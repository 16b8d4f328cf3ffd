"""A member goes to an organisation elsewhere."""

from datetime import timedelta

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.org import queries
from gangmu.org.actions import members
from gangmu.org.models import Membership, Post
from tests.cast import DAY, Cast, recorded, refused


def stay_of(cast: Cast, key: str) -> Membership:
    return Membership.objects.get(person=cast.people[key], party_org=cast.branch1)


def test_a_member_is_transferred_out_with_the_posts_there(cast: Cast):
    with recorded("org.transfer_out") as event:
        members.transfer_out(membership=stay_of(cast, "organiser"), on=DAY, by=cast.party_office)
    assert cast.people["organiser"] not in queries.members(cast.branch1.pk, DAY + timedelta(days=1))
    assert Post.objects.get(person=cast.people["organiser"], kind="branch_organiser").until == DAY
    assert event.label == "贺清秋" and ["org.partyorg", cast.branch1.pk] in event.about


def test_a_member_is_transferred_out_once_and_not_before_joining(cast: Cast):
    row = stay_of(cast, "organiser")
    with refused(Invalid, row, field="on"):
        members.transfer_out(membership=row, on=row.since - timedelta(days=1), by=cast.party_office)
    with refused(Invalid, row, field="on"):
        members.transfer_out(membership=row, on=DAY + timedelta(days=1), by=cast.party_office)
    members.transfer_out(membership=row, on=DAY, by=cast.party_office)
    with refused(WrongState, row):
        members.transfer_out(membership=row, on=DAY, by=cast.party_office)


@pytest.mark.parametrize("who", ["office", "first", "branch", "outsider", "county_office", "system_admin"])
def test_only_the_party_office_transfers(cast: Cast, who):
    row = stay_of(cast, "organiser")
    with refused(NotAllowed, row):
        members.transfer_out(membership=row, on=DAY, by=cast.acting(who))
