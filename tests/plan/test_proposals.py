"""Proposed entry points: each comes with its reason, and nothing unlike is proposed."""

from gangmu.plan import queries
from gangmu.plan.models import PlanItem
from tests.cast import Cast, plan_with_items


def made(cast: Cast, **more) -> PlanItem:
    planned = plan_with_items(cast)
    return PlanItem(plan=planned.plan, position=99, is_task=True, **more)


def test_the_same_department_comes_first_and_says_so(cast: Cast):
    item = made(cast, track="mu", title="耕地保护", lead_department=cast.d8)
    same = PlanItem(pk=1, position=2, track="gang", title="先锋岗", lead_department=cast.d8)
    alike = PlanItem(pk=2, position=1, track="gang", title="耕地宣讲、保护宣讲", lead_department=cast.party)
    found = queries.proposals(item, [alike, same])
    assert [(p.item.pk, p.why) for p in found] == [(1, "department"), (2, "words")]


def test_shared_words_are_named(cast: Cast):
    item = made(cast, track="mu", title="虚假诉讼监督", lead_department=cast.d6)
    other = PlanItem(pk=1, position=1, track="gang", title="虚假诉讼专题联学", lead_department=cast.party)
    (proposal,) = queries.proposals(item, [other])
    assert proposal.why == "words" and "虚假" in proposal.shared


def test_what_has_nothing_in_common_is_not_proposed(cast: Cast):
    item = made(cast, track="mu", title="司法救助", lead_department=cast.d6)
    other = PlanItem(pk=1, position=1, track="gang", title="换届选举", lead_department=cast.party)
    assert queries.proposals(item, [other]) == []
