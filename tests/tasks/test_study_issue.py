"""研究: the solution and the party way in were studied as one question."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.tasks.actions import issues
from gangmu.tasks.models import Issue
from tests.cast import DAY, Cast, plan_with_items, recorded, refused


@pytest.fixture
def raised(cast: Cast) -> Issue:
    return issues.raise_issue(
        unit=cast.unit, title="排口取证难", department=cast.d8, solution="联合勘验", party_way="党员突击队进现场",
        person=cast.people["staff"], item=plan_with_items(cast).mu, by=cast.head8,
    )  # fmt: skip


@pytest.mark.parametrize("who", ["head8", "staff", "office", "party_office"])
def test_the_owner_the_person_answerable_and_the_offices_say_it(cast: Cast, raised, who):
    row = issues.study(issue=raised, by=cast.acting(who))
    assert (row.state, row.studied_on) == ("studied", DAY)


@pytest.mark.parametrize("who", ["first", "leader", "head6", "branch", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, raised, who):
    with refused(NotAllowed, raised):
        issues.study(issue=raised, by=cast.acting(who))


def test_not_with_one_side(cast: Cast, raised):
    issues.write_up(issue=raised, solution="联合勘验", party_way="", by=cast.head8)
    with refused(Invalid, raised, field="party_way"):
        issues.study(issue=raised, by=cast.head8)


def test_not_what_was_dropped_or_studied(cast: Cast, raised):
    issues.study(issue=raised, by=cast.head8)
    with refused(WrongState, raised, says="已研究"):
        issues.study(issue=raised, by=cast.office)
    issues.drop(issue=raised, reason="并入专项", by=cast.head8)
    with refused(WrongState, raised, says="不再列入"):
        issues.study(issue=raised, by=cast.head8)


def test_it_is_recorded_with_both_sides_on_the_item(cast: Cast, raised):
    with recorded("tasks.study_issue") as event:
        issues.study(issue=raised, by=cast.head8)
    assert (event.object_id, event.after) == (raised.pk, {"text": "办法：联合勘验；切入：党员突击队进现场"})
    assert ["plan.planitem", raised.item_id] in event.about
