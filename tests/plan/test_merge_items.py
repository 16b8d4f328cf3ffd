"""并到上条: two items become one, and what differs between them is shown, not dropped."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.plan.actions import entry_points, preview
from gangmu.plan.models import PlanItem
from tests.cast import DAY, Cast, recorded, refused
from tests.plan.papers import OTHERS, in_force, item_of, read_paper, titles


@pytest.fixture
def item(cast: Cast) -> PlanItem:
    return item_of(read_paper(cast), "做实执行监督")


def test_words_units_and_paragraphs_come_along(cast: Cast, item):
    into = preview.merge(item=item, by=cast.party_office)
    assert into.title == "办好公益诉讼案件" and into.text.endswith("做实执行监督")
    assert into.units_raw == "第八检察部、第六检察部、检委办" and into.paragraph_nos == [3, 4]
    assert "做实执行监督" not in titles(item.plan)
    assert [g["why"] for g in into.guesses] == ["position", "unknown"]


def test_another_deadline_becomes_a_question(cast: Cast, item):
    PlanItem.objects.filter(plan=item.plan).update(due_raw="6月底前", due_on=DAY, due_kind="date")
    PlanItem.objects.filter(pk=item.pk).update(due_raw="年底前")
    into = preview.merge(item=item, by=cast.party_office)
    assert into.due_raw == "6月底前" and "年底前" in into.guesses[-2]["text"]


def test_a_deadline_is_taken_over_where_there_was_none(cast: Cast, item):
    PlanItem.objects.filter(pk=item.pk).update(due_raw="年底前", due_on=DAY, due_kind="date")
    into = preview.merge(item=item, by=cast.party_office)
    assert (into.due_raw, into.due_on, into.due_kind) == ("年底前", DAY, "date")


def test_another_lead_joins_in_and_is_asked_about(cast: Cast, item):
    PlanItem.objects.filter(pk=item.pk).update(lead_department=cast.support)
    PlanItem.objects.filter(plan=item.plan, title="办好公益诉讼案件").update(lead_department=cast.d8)
    into = preview.merge(item=item, by=cast.party_office)
    assert into.lead_department == cast.d8
    assert cast.support in [c.department for c in into.co_departments.all()]
    assert any("办公室" in g["text"] for g in into.guesses)


def test_the_first_one_has_nothing_above(cast: Cast, item):
    first = item_of(item.plan, "办好公益诉讼案件")
    with refused(Invalid, first, says="上面没有"):
        preview.merge(item=first, by=cast.party_office)


def test_a_knot_has_to_be_untied_first(cast: Cast, item):
    gang = item_of(item.plan, "建强先锋岗")
    entry_points.tie(gang=gang, mu=item, kind="push", expected="见效", by=cast.party_office)
    with refused(Invalid, item, says="先解开"):
        preview.merge(item=item, by=cast.party_office)


def test_a_plan_in_force_is_left_alone(cast: Cast, item):
    in_force(item.plan)
    with refused(WrongState, item):
        preview.merge(item=PlanItem.objects.get(pk=item.pk), by=cast.party_office)


@pytest.mark.parametrize("who", OTHERS)
def test_only_the_party_office_merges(cast: Cast, item, who):
    with refused(NotAllowed, item):
        preview.merge(item=item, by=cast.acting(who))


def test_it_is_recorded(cast: Cast, item):
    with recorded("plan.merge_items") as event:
        preview.merge(item=item, by=cast.party_office)
    assert event.before == {"title": "做实执行监督"}
