"""A draft of which period, from a skeleton or an earlier plan; what is carried over with what was learnt."""

from datetime import date

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.plan import queries
from gangmu.plan.actions import plans
from gangmu.plan.models import PlanItem
from gangmu.plan.order import nodes_of
from gangmu.plan.skeletons import SKELETONS
from gangmu.plan.tree import parents, well_formed
from tests.cast import Cast, plan_with_items, recorded, refused


def draft(cast: Cast, year: int = 2027, **more):
    return plans.draft(
        unit=cast.unit, year=year, title=f"{year}年计划", by=more.pop("by", cast.party_office), **more
    )


# ---- periods ----


@pytest.mark.parametrize(
    ("period", "start", "stop", "span", "says"),
    [
        ("year", None, None, ("2027-01-01", "2027-12-31"), "2027年度"),
        ("half", date(2027, 8, 3), None, ("2027-07-01", "2027-12-31"), "2027年下半年"),
        ("quarter", date(2027, 4, 1), None, ("2027-04-01", "2027-06-30"), "2027年第二季度"),
        ("special", date(2027, 3, 5), date(2028, 1, 10), ("2027-03-05", "2028-01-10"), "2027年专项"),
    ],
)
def test_a_plan_knows_its_days(cast: Cast, period, start, stop, span, says):
    plan = draft(cast, period=period, starts_on=start, ends_on=stop)
    assert tuple(d.isoformat() for d in plan.span) == span and plan.when == says


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"period": "half"}, "starts_on"), ({"period": "quarter", "starts_on": date(2026, 1, 1)}, "starts_on"),
        ({"period": "special", "starts_on": date(2027, 1, 1)}, "ends_on"), ({"period": "special"}, "starts_on"),
        ({"period": "special", "starts_on": date(2027, 5, 1), "ends_on": date(2027, 4, 1)}, None),
    ],
)  # fmt: skip
def test_days_that_make_no_period_are_refused(cast: Cast, values, field):
    with refused(Invalid, field=field):
        draft(cast, **values)


def test_a_second_click_makes_no_second_draft(cast: Cast):
    draft(cast)
    with refused(Invalid, says="同名的计划已经有一份"):
        draft(cast)
    assert draft(cast, period="quarter", starts_on=date(2027, 1, 1))


def test_the_plan_of_the_year_is_worked_by_before_a_campaign(cast: Cast):
    year = plan_with_items(cast).plan
    draft(cast, year=2027, period="special", starts_on=date(2027, 1, 1), ends_on=date(2027, 2, 1))
    assert queries.newest_plan(cast.unit.pk) == year


# ---- fill ----


@pytest.mark.parametrize("code", SKELETONS)
def test_a_skeleton_has_both_tracks_and_is_a_tree(cast: Cast, code):
    with recorded("plan.draft", "plan.fill"):
        plan = draft(cast, seeds=SKELETONS[code][1])
    assert well_formed(nodes_of(plan)) and {i.track for i in plan.items.all()} == {"gang", "mu"}
    assert dict(plan.items.values_list("pk", "parent_id")) == parents(nodes_of(plan))
    if code != "campaign":
        facets = plan.items.filter(track="gang", is_task=True).values_list("facet", flat=True)
        assert set(facets) == {"thought", "system", "activity", "work"}


def test_last_years_plan_comes_with_owners_and_dates_a_year_on(cast: Cast):
    old = plan_with_items(cast, year=2024)
    PlanItem.objects.filter(pk=old.mu.pk).update(due_on=date(2024, 2, 29), due_kind="date")
    PlanItem.objects.filter(pk=old.loose.pk).update(dropped_on=date(2024, 7, 1))
    plan = draft(cast, year=2025, like=old.plan)
    rows = {i.title: i for i in plan.items.all()}
    assert set(rows) == {"党员先锋岗", "公益诉讼专项"}
    assert (
        rows["公益诉讼专项"].due_on == date(2025, 2, 28) and rows["公益诉讼专项"].lead_department == cast.d8
    )


def test_only_an_empty_draft_is_filled(cast: Cast):
    planned, in_force = plan_with_items(cast, adopted=False), plan_with_items(cast, year=2028)
    for plan, says in ((planned.plan, "已经有事项"), (in_force.plan, "年中调整")):
        with refused(WrongState, says=says):
            plans.fill(plan=plan, seeds=SKELETONS["city"][1], by=cast.party_office)


@pytest.mark.parametrize("who", ["head8", "first", "outsider", "audit_admin"])
def test_others_fill_and_carry_nothing(cast: Cast, who):
    old, plan = plan_with_items(cast), draft(cast)
    with refused(NotAllowed):
        plans.fill(plan=plan, like=old.plan, by=cast.acting(who))
    with refused(NotAllowed):
        plans.carry_over(plan=plan, items=[(old.loose, "")], by=cast.acting(who))


# ---- carry over ----


def test_an_open_item_goes_on_with_what_was_learnt(cast: Cast):
    old, plan = plan_with_items(cast), draft(cast)
    assert old.loose in queries.to_carry_over(plan)
    with recorded("plan.carry_over") as event:
        (new,) = plans.carry_over(plan=plan, items=[(old.loose, " 早一点找法院会签 ")], by=cast.party_office)
    assert (new.carried_from, new.learnt, new.lead_department) == (old.loose, "早一点找法院会签", cast.d6)
    assert ["plan.planitem", old.loose.pk] in event.about
    assert old.loose not in queries.to_carry_over(plan)
    assert [h.note for h in queries.hanging_on(old.loose.pk) if h.what == "carried"] == ["早一点找法院会签"]


def test_it_is_carried_once_and_only_from_another_plan_of_the_unit(cast: Cast):
    old, plan = plan_with_items(cast), draft(cast)
    plans.carry_over(plan=plan, items=[(old.loose, "")], by=cast.party_office)
    with refused(Invalid, says="已经结转过来了"):
        plans.carry_over(plan=plan, items=[(old.loose, "")], by=cast.party_office)
    with refused(Invalid, says="另一份计划"):
        plans.carry_over(plan=plan, items=[(plan.items.get(), "")], by=cast.party_office)
    with refused(Invalid, says="勾选"):
        plans.carry_over(plan=plan, items=[], by=cast.party_office)


def test_nothing_is_carried_into_a_plan_in_force(cast: Cast):
    old, now = plan_with_items(cast, year=2025), plan_with_items(cast)
    with refused(WrongState):
        plans.carry_over(plan=now.plan, items=[(old.loose, "")], by=cast.party_office)
