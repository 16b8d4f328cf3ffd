"""下达联合督查: both kinds of people go."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.inspection.actions import inspections
from gangmu.inspection.models import Inspection, Line, TeamMember
from gangmu.plan.actions import entry_points
from tests.cast import DAY, Cast, Planned, inspection_ordered, plan_with_items, recorded, refused


@pytest.fixture
def planned(cast: Cast) -> Planned:
    return plan_with_items(cast)


def order(cast: Cast, *, party=("party_office",), business=("head6",), items=(), by=None) -> Inspection:
    return inspections.order(
        unit=cast.unit, title="年中联合督查", visit_on=DAY, party_people=[cast.people[p] for p in party],
        business_people=[cast.people[p] for p in business], items=items, by=by or cast.party_office,
    )  # fmt: skip


def test_each_item_brings_its_knots_and_a_loose_one_a_line_of_its_own(cast: Cast, planned):
    entry_points.tie(gang=planned.gang, mu=planned.mu, kind="educate", expected="联学", by=cast.party_office)
    untied = entry_points.tie(
        gang=planned.gang, mu=planned.loose, kind="push", expected="包案", by=cast.party_office
    )
    entry_points.untie(entry_point=untied, reason="结错了", by=cast.party_office)
    rows = order(cast, items=[planned.mu, planned.loose]).lines.values_list(
        "item__title", "entry_point__kind"
    )
    assert sorted(rows, key=str) == [
        ("公益诉讼专项", "educate"),
        ("公益诉讼专项", "push"),
        ("民事执行监督", None),
    ]


def test_the_team_says_who_goes_for_which_side(cast: Cast, planned):
    team = order(cast, party=("party_office", "committee"), items=[planned.mu]).team
    assert {(t.person.name, t.side) for t in team.all()} == {
        ("沈若水", "party"), ("方既白", "party"), ("傅云深", "business"),
    }  # fmt: skip


@pytest.mark.parametrize("party", [(), ("branch",), ("leader", "staff")])
def test_without_full_time_party_staff_it_is_refused(cast: Cast, planned, party):
    with refused(Invalid, says="缺专职党务人员", field="party_people"):
        order(cast, party=party, items=[planned.mu])
    assert not TeamMember.objects.exists()


@pytest.mark.parametrize("business", [(), ("staff",), ("office", "leader")])
def test_without_a_head_of_business_it_is_refused(cast: Cast, planned, business):
    with refused(Invalid, says="缺业务部门正职", field="business_people"):
        order(cast, business=business, items=[planned.mu])


def test_one_person_does_not_count_for_both(cast: Cast, planned):
    with refused(Invalid, says="不能两头都算"):
        order(cast, business=("head6", "party_office"), items=[planned.mu])


def test_there_is_something_to_look_at(cast: Cast):
    with refused(Invalid, field="items"):
        order(cast)
    assert not Inspection.objects.exists()


def test_an_item_named_twice_is_looked_at_once(cast: Cast, planned):
    order(cast, items=[planned.mu, planned.mu, planned.loose, planned.loose])
    assert Line.objects.count() == 2


@pytest.mark.parametrize(
    "who", ["first", "leader", "office", "head8", "outsider", "county_office", "audit_admin"]
)
def test_only_the_party_office_orders(cast: Cast, planned, who):
    with refused(NotAllowed, says="党办、机关党委"):
        order(cast, items=[planned.mu], by=cast.acting(who))


def test_it_is_recorded_on_every_item(cast: Cast, planned):
    with recorded("inspection.order") as event:
        inspection = inspection_ordered(cast, planned)
    assert event.object_id == inspection.pk
    assert event.about == [["plan.planitem", planned.mu.pk], ["plan.planitem", planned.loose.pk]]
    assert event.after == {"visit_on": "2026-06-10", "team": ["沈若水", "傅云深"]}
