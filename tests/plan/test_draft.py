"""起草: an empty plan, to be filled by hand."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.plan.actions import plans
from gangmu.plan.models import Plan
from tests.cast import Cast, recorded, refused


def draft(cast: Cast, *, by=None, year: int = 2026, title: str = "工作要点") -> Plan:
    return plans.draft(unit=cast.unit, year=year, title=title, by=by or cast.party_office)


def test_it_starts_as_a_draft(cast: Cast):
    plan = draft(cast)
    assert (plan.state, plan.adopted_on, plan.items.count()) == ("draft", None, 0)


@pytest.mark.parametrize(("year", "title", "field"), [(26, "工作要点", None), (2026, "", "title")])
def test_wrong_words_are_refused(cast: Cast, year, title, field):
    with refused(Invalid, field=field):
        draft(cast, year=year, title=title)
    assert not Plan.objects.exists()


@pytest.mark.parametrize(
    "who", ["first", "leader", "office", "head8", "staff", "outsider", "county_office", "audit_admin"]
)
def test_only_the_party_office_drafts(cast: Cast, who):
    with refused(NotAllowed, says="党办"):
        draft(cast, by=cast.acting(who))


def test_it_is_recorded(cast: Cast):
    with recorded("plan.draft") as event:
        plan = draft(cast)
    assert (event.object_id, event.after) == (plan.pk, {"year": 2026, "title": "工作要点"})
