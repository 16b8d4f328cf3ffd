"""走访和调研: the same object, with what its kind cannot do without."""

from gangmu.common.errors import Invalid
from gangmu.inspection.actions import inspections
from gangmu.inspection.models import Inspection
from gangmu.inspection.queries import with_joint
from tests.cast import DAY, Cast, inspection_ordered, plan_with_items, refused, walk_ordered


def research(cast: Cast, **more) -> Inspection:
    values = {"topic": "支部建在办案组上", "leader": cast.people["leader"]} | more
    return inspections.order(
        unit=cast.unit, title="办案组党建调研", visit_on=DAY, kind="research", by=cast.party_office, **values
    )


def test_a_walk_needs_no_items_and_no_team_but_somebody(cast: Cast):
    assert walk_ordered(cast).state == "ordered"
    with refused(Invalid, field="leader", says="谁去"):
        walk_ordered(cast, leader=None)


def test_a_walk_goes_to_a_branch(cast: Cast):
    with refused(Invalid, field="branch"):
        walk_ordered(cast, branch=None)


def test_research_has_a_topic(cast: Cast):
    assert research(cast).topic == "支部建在办案组上"
    with refused(Invalid, field="topic"):
        research(cast, topic="  ")


def test_a_side_that_is_named_still_needs_its_kind_of_people(cast: Cast):
    with refused(Invalid, field="party_people"):
        research(cast, party_people=[cast.people["staff"]])
    with refused(Invalid, field="business_people"):
        research(cast, business_people=[cast.people["office"]])


def test_it_may_look_at_items_too(cast: Cast):
    planned = plan_with_items(cast)
    assert research(cast, items=[planned.mu]).lines.count() == 1


def test_truly_joint_is_told_from_the_team(cast: Cast):
    planned = plan_with_items(cast)
    inspection_ordered(cast, planned)
    walk_ordered(cast)
    research(cast, party_people=[cast.people["party_office"]], business_people=[cast.people["head6"]])
    rows = with_joint(Inspection.objects.order_by("pk")).values_list("kind", "joint")
    assert list(rows) == [("inspection", True), ("contact_point", False), ("research", True)]


def test_a_leader_of_another_unit_is_refused(cast: Cast):
    with refused(Invalid, field="leader"):
        walk_ordered(cast, leader=cast.people["superior"])
