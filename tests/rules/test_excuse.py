"""准予免除: the lamp turns grey, the reason stays."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.events import readers
from gangmu.rules import store
from gangmu.rules.actions import excuse
from gangmu.rules.models import Excuse, Verdict
from tests.cast import DAY, Cast, meeting_final, recorded, refused


def lamp(cast: Cast, period: str = "2026-05", rule: str = "BRANCH-THEME-DAY") -> Verdict:
    return Verdict.objects.get(rule=rule, subject_id=cast.branch1.pk, period=period)


@pytest.fixture
def red(cast: Cast) -> Verdict:
    store.recheck()
    return lamp(cast)


def test_the_lamp_turns_grey_and_stays_so(cast: Cast, red):
    assert red.lamp == "bad"
    row = excuse(verdict=red, reason=" 疫情防控 ", by=cast.committee)
    assert (row.reason, row.accepted_by, row.accepted_on) == ("疫情防控", "方既白", DAY)
    readers.wake()
    assert (lamp(cast).lamp, lamp(cast).excused) == ("na", 1)
    store.recheck()
    assert lamp(cast).lamp == "na"


def test_only_this_lamp(cast: Cast, red):
    excuse(verdict=red, reason="疫情防控", by=cast.first)
    readers.wake()
    assert lamp(cast, "2026-04").lamp == "bad"
    assert Verdict.objects.filter(excused=1).count() == 1


def test_an_excuse_is_a_reason(cast: Cast, red):
    with refused(Invalid, red, field="reason"):
        excuse(verdict=red, reason="  ", by=cast.first)


def test_a_green_lamp_needs_none(cast: Cast):
    meeting_final(cast, "theme_day", party_org=cast.branch1)
    store.recheck()
    green = lamp(cast, "2026-06")
    with refused(Invalid, green, says="绿的"):
        excuse(verdict=green, reason="疫情防控", by=cast.first)


def test_a_second_click_excuses_once(cast: Cast, red):
    excuse(verdict=red, reason="疫情防控", by=cast.first)
    with refused(Invalid, red, says="已经准予免除"):
        excuse(verdict=red, reason="疫情防控", by=cast.first)
    assert Excuse.objects.count() == 1


@pytest.mark.parametrize(
    "who", ["party_office", "leader", "branch", "head8", "outsider", "superior", "stranger", "audit_admin"]
)
def test_only_first_secretary_and_committee_excuse(cast: Cast, red, who):
    with refused(NotAllowed, red, says="党组书记或机关党委书记"):
        excuse(verdict=red, reason="疫情防控", by=cast.acting(who))
    assert not Excuse.objects.exists()


def test_it_is_recorded_on_who_is_judged(cast: Cast, red):
    with recorded("rules.excuse") as event:
        excuse(verdict=red, reason="疫情防控", by=cast.first)
    assert event.about == [["org.partyorg", cast.branch1.pk]]
    assert event.after == {
        "rule": "BRANCH-THEME-DAY", "subject": cast.branch1.pk, "period": "2026-05", "reason": "疫情防控",
    }  # fmt: skip
