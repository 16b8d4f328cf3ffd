"""破解: what the solution and what the way in did in the end."""

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


@pytest.fixture
def studied(cast: Cast, raised) -> Issue:
    return issues.study(issue=raised, by=cast.head8)


def resolve(issue: Issue, by, business: str = "取到证 6 份", party: str = "三天排完") -> Issue:
    return issues.resolve(issue=issue, business_result=business, party_result=party, by=by)


@pytest.mark.parametrize("who", ["head8", "staff", "office", "party_office"])
def test_the_owner_the_person_answerable_and_the_offices_resolve_it(cast: Cast, studied, who):
    row = resolve(studied, cast.acting(who))
    assert (row.state, row.resolved_on, row.party_result) == ("resolved", DAY, "三天排完")


@pytest.mark.parametrize("who", ["first", "leader", "head6", "branch", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, studied, who):
    with refused(NotAllowed, studied):
        resolve(studied, cast.acting(who))


def test_not_before_it_was_studied_and_not_twice(cast: Cast, raised):
    with refused(WrongState, raised, says="待破题"):
        resolve(raised, cast.head8)
    resolve(issues.study(issue=raised, by=cast.head8), cast.head8)
    with refused(WrongState, raised, says="已破解"):
        resolve(raised, cast.head8)


def test_not_with_one_result(cast: Cast, studied):
    for texts in (("", "三天排完"), ("取到证", " ")):
        with refused(Invalid, studied):
            resolve(studied, cast.head8, *texts)


def test_it_is_recorded_with_both_results_on_the_item(cast: Cast, studied):
    with recorded("tasks.resolve_issue") as event:
        resolve(studied, cast.head8)
    assert (event.object_id, event.after) == (studied.pk, {"text": "业务：取到证 6 份；党建：三天排完"})
    assert ["plan.planitem", studied.item_id] in event.about
