"""核对完: a preview becomes a draft."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.plan.actions import items, plans
from gangmu.plan.actions.plans import NewItem
from gangmu.plan.models import Plan
from tests.cast import Cast, plan_with_items, recorded, refused

GUESS = [{"field": "track", "why": "words", "text": "党员"}]


def preview(cast: Cast, *, guesses=()) -> Plan:
    return plans.read_paper(
        unit=cast.unit, year=2026, title="工作要点", source_name="要点.docx", source_digest="a" * 64, paragraphs=[],
        items=[NewItem("先锋岗", "gang", guesses=list(guesses)), NewItem("公益诉讼", "mu")], by=cast.party_office,
    )  # fmt: skip


def test_a_preview_becomes_a_draft(cast: Cast):
    assert plans.confirm(plan=preview(cast), by=cast.committee).state == "draft"


def test_an_open_guess_stops_it(cast: Cast):
    plan = preview(cast, guesses=GUESS)
    with refused(Invalid, plan, says="还有 1 项"):
        plans.confirm(plan=plan, by=cast.party_office)
    items.accept_guesses(item=plan.items.first(), by=cast.party_office)
    assert plans.confirm(plan=plan, by=cast.party_office).state == "draft"


def test_a_second_click_is_refused(cast: Cast):
    plan = plans.confirm(plan=preview(cast), by=cast.party_office)
    with refused(WrongState, plan, says="草稿"):
        plans.confirm(plan=plan, by=cast.party_office)


def test_an_adopted_plan_is_not_confirmed(cast: Cast):
    plan = plan_with_items(cast).plan
    with refused(WrongState, plan, says="已通过"):
        plans.confirm(plan=plan, by=cast.party_office)


@pytest.mark.parametrize("who", ["first", "office", "head8", "outsider", "county_office", "stranger"])
def test_only_the_party_office_confirms(cast: Cast, who):
    plan = preview(cast)
    with refused(NotAllowed, plan):
        plans.confirm(plan=plan, by=cast.acting(who))


def test_it_is_recorded(cast: Cast):
    plan = preview(cast)
    with recorded("plan.confirm") as event:
        plans.confirm(plan=plan, by=cast.party_office)
    assert (event.object_id, event.label) == (plan.pk, "工作要点")
