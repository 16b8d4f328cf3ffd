"""Proposed entry points: each comes with its reasons, and nothing unlike is proposed."""

from gangmu.plan import proposals
from gangmu.plan.actions import entry_points, items, plans
from gangmu.plan.models import PlanItem
from tests.cast import Cast, plan_with_items


def made(cast: Cast, **more) -> PlanItem:
    planned = plan_with_items(cast)
    return PlanItem(plan=planned.plan, position=99, is_task=True, **more)


def codes(proposal) -> list[str]:
    return [r.code for r in proposal.reasons]


def test_the_same_department_comes_first_and_says_so(cast: Cast):
    item = made(cast, track="mu", title="耕地保护", lead_department=cast.d8)
    same = PlanItem(pk=1, position=2, track="gang", title="先锋岗", lead_department=cast.d8)
    alike = PlanItem(pk=2, position=1, track="gang", title="耕地宣讲、保护宣讲", lead_department=cast.party)
    found = proposals.rank(item, [alike, same])
    assert [(p.item.pk, codes(p)) for p in found] == [(1, ["department"]), (2, ["words"])]


def test_shared_words_are_named_whole(cast: Cast):
    item = made(cast, track="mu", title="虚假诉讼监督", lead_department=cast.d6)
    other = PlanItem(pk=1, position=1, track="gang", title="虚假诉讼专题联学", lead_department=cast.party)
    (proposal,) = proposals.rank(item, [other])
    assert proposal.reasons == (proposals.Reason("words", "虚假诉讼"),)


def test_what_has_nothing_in_common_is_not_proposed(cast: Cast):
    item = made(cast, track="mu", title="司法救助", lead_department=cast.d6)
    other = PlanItem(pk=1, position=1, track="gang", title="换届选举", lead_department=cast.party)
    assert proposals.rank(item, [other]) == []


def test_words_that_everybody_uses_say_nothing(cast: Cast):
    item = made(cast, track="mu", title="开展执行监督", lead_department=cast.d6)
    others = [
        PlanItem(pk=n, position=n, track="gang", title=f"开展{word}", lead_department=cast.party)
        for n, word in enumerate(("换届", "学习", "党日", "评议", "共建"), start=1)
    ]
    assert proposals.rank(item, others) == []


def test_a_co_operating_department_is_a_reason(cast: Cast):
    planned = plan_with_items(cast, adopted=False)
    gang = items.add(plan=planned.plan, title="联学", track="gang", facet="thought", lead_department=cast.party,
                     co_departments=[cast.d6], by=cast.party_office)  # fmt: skip
    (first, *_rest) = proposals.for_item(planned.loose)
    assert (first.item, codes(first)) == (gang, ["joined"])


def test_last_years_knot_comes_back_with_its_words(cast: Cast):
    old = plan_with_items(cast, year=2025)
    new = plans.draft(unit=cast.unit, year=2026, title="新计划", by=cast.party_office)
    plans.fill(plan=new, like=old.plan, by=cast.party_office)
    mu = new.items.get(title=old.mu.title)
    (first, *_rest) = proposals.for_item(mu)
    assert first.item.title == old.gang.title
    assert first.reasons[0] == proposals.Reason("last_year", "2025")
    assert (first.kind, first.expected) == ("push", "先锋岗设到办案组")


def test_what_is_tied_already_is_not_proposed_again(cast: Cast):
    planned = plan_with_items(cast, adopted=False)
    entry_points.tie(gang=planned.gang, mu=planned.loose, kind="push", expected="包案", by=cast.party_office)
    assert planned.gang not in [p.item for p in proposals.for_item(planned.loose)]


def test_the_way_follows_the_words_then_the_facet(cast: Cast):
    assert proposals.kind_of(PlanItem(title="廉政警示月", facet="activity")) == "supervise"
    assert proposals.kind_of(PlanItem(title="某项", facet="system")) == "guarantee"


def test_the_size_of_the_plan_costs_no_query(cast: Cast, django_assert_num_queries):
    planned = plan_with_items(cast, adopted=False)
    for n in range(12):
        items.add(plan=planned.plan, title=f"岗{n}", track="gang", facet="work", lead_department=cast.d6,
                  by=cast.party_office)  # fmt: skip
    item = PlanItem.objects.select_related("plan", "leader").get(pk=planned.loose.pk)
    with django_assert_num_queries(3):
        assert len(proposals.for_item(item)) == 3
