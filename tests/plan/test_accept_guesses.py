"""认可推定: a person has looked, what was guessed is right."""

import pytest

from gangmu.common.errors import NotAllowed, WrongState
from gangmu.plan.actions import items
from tests.cast import Cast, Planned, plan_with_items, recorded, refused

GUESS = {"field": "track", "why": "words", "text": "党员"}


@pytest.fixture
def planned(cast: Cast) -> Planned:
    planned = plan_with_items(cast, adopted=False)
    for item in (planned.gang, planned.mu):
        item.guesses = [GUESS]
        item.save()
    return planned


def test_one_item_is_settled(cast: Cast, planned):
    assert items.accept_guesses(item=planned.mu, by=cast.party_office).guesses == []
    assert planned.plan.items.exclude(guesses=[]).get() == planned.gang


def test_all_at_once(cast: Cast, planned):
    assert items.accept_all_guesses(plan=planned.plan, by=cast.party_office) == 2
    assert not planned.plan.items.exclude(guesses=[]).exists()


def test_a_second_click_does_and_records_nothing(cast: Cast, planned):
    with recorded("plan.accept_guesses", "plan.accept_guesses"):
        items.accept_guesses(item=planned.mu, by=cast.party_office)
        items.accept_guesses(item=planned.mu, by=cast.party_office)
        items.accept_all_guesses(plan=planned.plan, by=cast.party_office)
        assert items.accept_all_guesses(plan=planned.plan, by=cast.party_office) == 0


def test_an_adopted_plan_is_left_alone(cast: Cast):
    planned = plan_with_items(cast)
    with refused(WrongState, planned.mu):
        items.accept_guesses(item=planned.mu, by=cast.party_office)
    with refused(WrongState, planned.plan):
        items.accept_all_guesses(plan=planned.plan, by=cast.party_office)


@pytest.mark.parametrize("who", ["first", "office", "head8", "outsider", "audit_admin"])
def test_only_the_party_office_accepts(cast: Cast, planned, who):
    with refused(NotAllowed, planned.mu):
        items.accept_guesses(item=planned.mu, by=cast.acting(who))
    with refused(NotAllowed, planned.mu, planned.gang):
        items.accept_all_guesses(plan=planned.plan, by=cast.acting(who))


def test_it_is_recorded_with_what_was_agreed(cast: Cast, planned):
    with recorded("plan.accept_guesses") as event:
        items.accept_guesses(item=planned.mu, by=cast.party_office)
    assert (event.object_id, event.after) == (planned.mu.pk, {"fields": ["track"]})
    with recorded("plan.accept_guesses") as event:
        items.accept_all_guesses(plan=planned.plan, by=cast.party_office)
    assert (event.object_id, event.after) == (planned.plan.pk, {"items": 1})
