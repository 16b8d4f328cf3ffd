"""记更正、忘更正: how the unit's labels are meant, kept for the next paper."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.plan.actions import hints
from gangmu.plan.models import ReadingHint
from tests.cast import Cast, recorded, refused
from tests.plan.papers import OTHERS


def remember(cast: Cast, means: str = "first_leads", by=None) -> ReadingHint:
    return hints.remember(
        unit=cast.unit, label="responsible", means=means, source="2027年要点", by=by or cast.party_office
    )


def test_the_newest_correction_holds(cast: Cast):
    remember(cast)
    assert remember(cast, "co_units") == ReadingHint.objects.get()
    assert ReadingHint.objects.get().means == "co_units"


def test_the_same_twice_is_said_once(cast: Cast):
    with recorded("plan.remember_hint") as event:
        remember(cast)
        remember(cast)
    assert event.after == {"label": "responsible", "means": "first_leads"}


def test_it_can_be_forgotten(cast: Cast):
    hint = remember(cast)
    with recorded("plan.forget_hint"):
        hints.forget(hint=hint, by=cast.party_office)
    assert not ReadingHint.objects.exists()


def test_only_known_meanings(cast: Cast):
    with refused(Invalid):
        remember(cast, "whatever")


@pytest.mark.parametrize("who", OTHERS)
def test_only_the_party_office_says_how_papers_are_read(cast: Cast, who):
    hint = remember(cast)
    with refused(NotAllowed, hint):
        remember(cast, "co_units", by=cast.acting(who))
    with refused(NotAllowed, hint):
        hints.forget(hint=hint, by=cast.acting(who))
