"""移位、并入修订: an item goes under another heading, and a revised paper is put away."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.plan.actions import plans, revisions
from gangmu.plan.models import Plan
from tests.cast import Cast, recorded, refused
from tests.plan.papers import OTHERS, in_force, item_of, read_paper, titles


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return read_paper(cast)


def test_an_item_goes_to_the_end_of_another_heading(cast: Cast, plan):
    shelf = item_of(plan, "党建工作")
    moved = revisions.move(item=item_of(plan, "办好公益诉讼案件"), under=shelf, by=cast.party_office)
    assert moved.parent == shelf and titles(plan)[-1] == "办好公益诉讼案件"


def test_what_stands_below_goes_along(cast: Cast, plan):
    revisions.move(item=item_of(plan, "检察业务工作"), under=item_of(plan, "党建工作"), by=cast.party_office)
    assert titles(plan) == ["党建工作", "建强先锋岗", "检察业务工作", "办好公益诉讼案件", "做实执行监督"]
    assert [item_of(plan, t).level for t in titles(plan)] == [1, 2, 2, 3, 3]


def test_to_the_top_level(cast: Cast, plan):
    moved = revisions.move(item=item_of(plan, "办好公益诉讼案件"), under=None, by=cast.party_office)
    assert moved.parent is None and moved.level == 1 and titles(plan)[-1] == moved.title


def test_nothing_goes_under_itself(cast: Cast, plan):
    heading = item_of(plan, "检察业务工作")
    for under in (heading, item_of(plan, "办好公益诉讼案件")):
        with refused(Invalid, heading, says="自己下面"):
            revisions.move(item=heading, under=under, by=cast.party_office)


def test_the_same_file_is_not_read_again_once_taken_over(cast: Cast, plan):
    revised = read_paper(cast, source_digest="b", title="定稿")
    revisions.take_over(plan=revised, into=plan, changes=2, by=cast.party_office)
    revised.refresh_from_db()
    assert (revised.state, revised.revises) == ("dropped", plan)
    with refused(Invalid, says="已经对照进"):
        read_paper(cast, source_digest="b")
    plans.drop(plan=plan, by=cast.party_office)
    assert read_paper(cast, source_digest="b").state == "preview"


def test_a_paper_is_not_its_own_revision(cast: Cast, plan):
    with refused(Invalid, plan):
        revisions.take_over(plan=plan, into=plan, changes=0, by=cast.party_office)


def test_a_plan_in_force_is_left_alone(cast: Cast, plan):
    other = read_paper(cast, source_digest="b")
    in_force(plan)
    with refused(WrongState, plan):
        revisions.move(item=plan.items.first(), under=None, by=cast.party_office)
    with refused(WrongState, plan):
        revisions.take_over(plan=plan, into=other, changes=0, by=cast.party_office)


@pytest.mark.parametrize("who", OTHERS)
def test_only_the_party_office_does_it(cast: Cast, plan, who):
    other = read_paper(cast, source_digest="b")
    with refused(NotAllowed, plan):
        revisions.move(item=plan.items.first(), under=None, by=cast.acting(who))
    with refused(NotAllowed, plan):
        revisions.take_over(plan=plan, into=other, changes=0, by=cast.acting(who))


def test_it_is_recorded(cast: Cast, plan):
    other = read_paper(cast, source_digest="b")
    with recorded("plan.move_item", "plan.take_over") as event:
        revisions.move(item=item_of(plan, "做实执行监督"), under=None, by=cast.party_office)
        revisions.take_over(plan=other, into=plan, changes=3, by=cast.party_office)
    assert event.after == {"into": plan.title, "changes": 3}
