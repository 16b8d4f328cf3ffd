"""改一项: fields corrected before the plan is adopted."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.plan.actions import items
from gangmu.plan.models import PlanItem
from tests.cast import DAY, Cast, plan_with_items, recorded, refused


@pytest.fixture
def item(cast: Cast) -> PlanItem:
    return plan_with_items(cast, adopted=False).mu


def test_what_is_given_changes_and_the_rest_stays(cast: Cast, item):
    edited = items.edit(item=item, title="公益诉讼守护水", facet="work", by=cast.party_office)
    assert (edited.title, edited.facet, edited.lead_department) == ("公益诉讼守护水", "work", cast.d8)


def test_a_date_given_and_taken_away(cast: Cast, item):
    assert items.edit(item=item, due_on=DAY, by=cast.party_office).due_kind == "date"
    assert items.edit(item=item, due_on=None, by=cast.party_office).due_kind == ""


def test_a_corrected_field_is_no_guess_any_more(cast: Cast, item):
    item.guesses = [{"field": f, "why": "", "text": ""} for f in ("track", "due", "lead", "units")]
    item.save()
    edited = items.edit(item=item, lead_department=cast.d6, due_on=DAY, by=cast.party_office)
    assert [g["field"] for g in edited.guesses] == ["track"]


def test_a_value_confirmed_as_it_was_settles_its_guess_too(cast: Cast, item):
    item.guesses = [{"field": "track", "why": "words", "text": "诉讼"}]
    item.save()
    assert items.edit(item=item, track="mu", by=cast.party_office).guesses == []


def test_joining_departments_are_replaced(cast: Cast, item):
    items.edit(item=item, co_departments=[cast.d6], by=cast.party_office)
    items.edit(item=item, co_departments=[cast.party], by=cast.party_office)
    assert [c.department for c in item.co_departments.all()] == [cast.party]


def test_wrong_words_change_nothing(cast: Cast, item):
    with refused(Invalid, item, field="title"):
        items.edit(item=item, title="", due_on=DAY, by=cast.party_office)


def test_a_department_of_another_unit_is_refused(cast: Cast, item):
    with refused(Invalid, item, field="lead_department"):
        items.edit(item=item, lead_department=cast.departments["第一检察部"], by=cast.party_office)


def test_an_adopted_plan_is_not_edited(cast: Cast):
    item = plan_with_items(cast).mu
    with refused(WrongState, item):
        items.edit(item=item, title="换个说法", by=cast.party_office)


@pytest.mark.parametrize("who", ["first", "office", "head8", "outsider", "county_office", "stranger"])
def test_only_the_party_office_edits(cast: Cast, item, who):
    with refused(NotAllowed, item, says="告诉党办"):
        items.edit(item=item, title="换个说法", by=cast.acting(who))


def test_it_is_recorded_with_before_and_after(cast: Cast, item):
    with recorded("plan.edit_item") as event:
        items.edit(
            item=item, title="公益诉讼守护水", track="mu", lead_department=cast.d6, by=cast.party_office
        )
    assert event.before == {"title": "公益诉讼专项", "lead_department": "第八检察部"}
    assert event.after == {"title": "公益诉讼守护水", "lead_department": "第六检察部"}
