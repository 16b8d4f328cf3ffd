"""切入点建议: seen on a visit, decided by the plan office, a knot of the plan only then."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.flow import steps
from gangmu.inspection.actions import proposals
from gangmu.inspection.models import ProposedEntryPoint
from gangmu.plan.actions import entry_points
from gangmu.plan.models import EntryPoint
from tests.cast import (
    Cast,
    Planned,
    inspection_ordered,
    inspection_visited,
    plan_with_items,
    proposed,
    recorded,
    refused,
)


@pytest.fixture
def planned(cast: Cast) -> Planned:
    return plan_with_items(cast)


@pytest.fixture
def visited(cast: Cast, planned):
    return inspection_visited(cast, planned)


@pytest.fixture
def proposal(cast: Cast, planned, visited) -> ProposedEntryPoint:
    return proposed(cast, visited, planned)


def test_it_waits_and_the_plan_is_as_before(cast: Cast, planned, proposal):
    assert proposal.state == "waiting"
    assert list(EntryPoint.objects.all()) == [planned.knot]


def test_before_the_visit_nothing_was_seen(cast: Cast, planned):
    visit = inspection_ordered(cast, planned)
    with refused(WrongState, visit):
        proposed(cast, visit, planned)


def test_it_binds_one_of_each_track_of_one_plan(cast: Cast, planned, visited):
    with refused(Invalid, field="gang"):
        proposed(cast, visited, planned, gang=planned.mu)
    elsewhere = plan_with_items(cast, year=2027, adopted=False).gang
    with refused(Invalid, field="gang"):
        proposed(cast, visited, planned, gang=elsewhere)


@pytest.mark.parametrize(("values", "field"), [({"expected": " "}, "expected"), ({"kind": "rope"}, "kind")])
def test_wrong_words_are_refused(cast: Cast, planned, visited, values, field):
    with refused(Invalid, field=field):
        proposed(cast, visited, planned, **values)


def test_what_is_tied_or_proposed_already_is_not_proposed_again(cast: Cast, planned, visited, proposal):
    with refused(Invalid, says="已有同一方式"):
        proposed(cast, visited, planned, mu=planned.mu, kind="push")
    with refused(Invalid, says="已经有人建议过"):
        proposed(cast, visited, planned)


@pytest.mark.parametrize("who", ["head8", "first", "office", "outsider"])
def test_who_does_not_go_proposes_nothing(cast: Cast, planned, visited, who):
    with refused(NotAllowed):
        proposals.propose(
            inspection=visited, gang=planned.gang, mu=planned.loose, kind="push", expected="见效",
            by=cast.acting(who),
        )  # fmt: skip


def test_proposing_is_recorded_on_both_items(cast: Cast, planned, visited):
    with recorded("inspection.propose") as event:
        proposed(cast, visited, planned)
    assert event.about == [
        ["inspection.inspection", visited.pk], ["plan.planitem", planned.gang.pk], ["plan.planitem", planned.loose.pk],
    ]  # fmt: skip


# ---- accepted ----


def test_accepted_it_is_a_knot_with_the_effect_looked_for(cast: Cast, planned, proposal):
    entry = steps.accept_proposal(proposal=proposal, by=cast.committee)
    assert (entry.gang, entry.mu, entry.kind, entry.expected) == (
        planned.gang, planned.loose, "guarantee", "党员带头包案",
    )  # fmt: skip
    proposal.refresh_from_db()
    assert (proposal.state, proposal.entry_point, proposal.decided_by) == (
        "accepted", entry, cast.people["committee"],
    )  # fmt: skip


def test_it_is_decided_once(cast: Cast, proposal):
    steps.accept_proposal(proposal=proposal, by=cast.party_office)
    with refused(WrongState, proposal):
        steps.accept_proposal(proposal=proposal, by=cast.party_office)
    with refused(WrongState, proposal):
        proposals.decline(proposal=proposal, reason="不要", by=cast.party_office)
    assert EntryPoint.objects.count() == 2


def test_tied_by_hand_meanwhile_nothing_is_half_done(cast: Cast, planned, proposal):
    entry_points.tie(
        gang=planned.gang, mu=planned.loose, kind="guarantee", expected="x", by=cast.party_office
    )
    with refused(Invalid, proposal):
        steps.accept_proposal(proposal=proposal, by=cast.party_office)


@pytest.mark.parametrize("who", ["head6", "first", "office", "outsider", "superior"])
def test_only_the_plan_office_decides(cast: Cast, proposal, who):
    with refused(NotAllowed, proposal):
        steps.accept_proposal(proposal=proposal, by=cast.acting(who))
    with refused(NotAllowed, proposal):
        proposals.decline(proposal=proposal, reason="不要", by=cast.acting(who))


def test_accepting_is_recorded(cast: Cast, proposal):
    with recorded("plan.tie", "inspection.accept_proposal") as event:
        steps.accept_proposal(proposal=proposal, by=cast.party_office)
    assert event.object_id == proposal.pk


# ---- declined ----


def test_declined_with_a_reason_another_may_be_proposed(cast: Cast, planned, visited, proposal):
    with refused(Invalid, proposal, field="reason"):
        proposals.decline(proposal=proposal, reason=" ", by=cast.party_office)
    with recorded("inspection.decline_proposal") as event:
        row = proposals.decline(proposal=proposal, reason="已有别的抓手", by=cast.party_office)
    assert (row.state, row.reason, event.after) == ("declined", "已有别的抓手", {"reason": "已有别的抓手"})
    assert proposed(cast, visited, planned).state == "waiting"
