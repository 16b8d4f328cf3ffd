"""搁置一项: taken out of a draft; its children move up."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.plan.actions import items
from gangmu.plan.models import PlanItem, SourceParagraph
from tests.cast import Cast, meeting_convened, plan_with_items, recorded, refused, topic_on


@pytest.fixture
def planned(cast: Cast):
    return plan_with_items(cast, adopted=False)


def test_it_is_no_longer_in_the_plan(cast: Cast, planned):
    items.set_aside(item=planned.loose, by=cast.party_office)
    assert [i.title for i in planned.plan.items.all()] == ["党员先锋岗", "公益诉讼专项"]


def test_children_and_their_children_move_up(cast: Cast, planned):
    child = items.add(plan=planned.plan, title="子", track="mu", parent=planned.loose, by=cast.party_office)
    items.add(plan=planned.plan, title="孙", track="mu", parent=child, by=cast.party_office)
    items.set_aside(item=planned.loose, by=cast.party_office)
    rows = planned.plan.items.filter(title__in=["子", "孙"]).select_related("parent")
    assert [(r.title, r.level, r.parent and r.parent.title) for r in rows] == [
        ("子", 1, None),
        ("孙", 2, "子"),
    ]


def test_its_paragraphs_are_set_aside_with_it(cast: Cast, planned):
    SourceParagraph.objects.create(plan=planned.plan, no=7, text="民事执行监督", fate="item")
    PlanItem.objects.filter(pk=planned.loose.pk).update(paragraph_nos=[7])
    items.set_aside(item=planned.loose, by=cast.party_office)
    assert planned.plan.paragraphs.get().fate == "aside"


def test_a_knot_has_to_be_loosened_first(cast: Cast, planned):
    with refused(Invalid, planned.mu, planned.knot, says="先解开"):
        items.set_aside(item=planned.mu, by=cast.party_office)


def test_what_stands_on_an_agenda_stays(cast: Cast, planned):
    topic_on(cast, meeting_convened(cast), item=planned.loose)
    with refused(Invalid, planned.loose, says="议题"):
        items.set_aside(item=planned.loose, by=cast.party_office)


def test_an_adopted_plan_keeps_its_items(cast: Cast):
    item = plan_with_items(cast).loose
    with refused(WrongState, item):
        items.set_aside(item=item, by=cast.party_office)


@pytest.mark.parametrize("who", ["first", "office", "head6", "outsider", "audit_admin"])
def test_only_the_party_office_sets_aside(cast: Cast, planned, who):
    with refused(NotAllowed, planned.loose):
        items.set_aside(item=planned.loose, by=cast.acting(who))


def test_it_is_recorded_on_the_plan(cast: Cast, planned):
    with recorded("plan.set_aside") as event:
        items.set_aside(item=planned.loose, by=cast.party_office)
    assert (event.kind, event.object_id, event.before) == (
        "plan.plan",
        planned.plan.pk,
        {"title": "民事执行监督"},
    )
