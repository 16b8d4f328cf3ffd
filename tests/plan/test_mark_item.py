"""标题、任务: a heading becomes a task, or the reverse."""

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.plan.actions import entry_points, preview
from gangmu.plan.models import PlanItem
from tests.cast import Cast, recorded, refused
from tests.plan.papers import OTHERS, in_force, item_of, read_paper, titles


@pytest.fixture
def item(cast: Cast) -> PlanItem:
    return item_of(read_paper(cast), "做实执行监督")


def test_there_and_back(cast: Cast, item):
    preview.mark(item=item, as_task=False, by=cast.party_office)
    assert "做实执行监督" not in titles(item.plan, is_task=True)
    preview.mark(item=item, as_task=True, by=cast.party_office)
    assert "做实执行监督" in titles(item.plan, is_task=True)


def test_a_heading_has_no_open_questions(cast: Cast, item):
    assert preview.mark(item=item, as_task=False, by=cast.party_office).guesses == []


def test_what_is_so_already_is_not_done_again(cast: Cast, item):
    with recorded("plan.mark_item"):
        preview.mark(item=item, as_task=False, by=cast.party_office)
        preview.mark(item=item, as_task=False, by=cast.party_office)


def test_a_bound_task_stays_a_task(cast: Cast, item):
    entry_points.tie(
        gang=item_of(item.plan, "建强先锋岗"), mu=item, kind="push", expected="见效", by=cast.party_office
    )
    with refused(Invalid, item, says="先解开"):
        preview.mark(item=item, as_task=False, by=cast.party_office)


def test_a_plan_in_force_is_left_alone(cast: Cast, item):
    in_force(item.plan)
    with refused(WrongState, item):
        preview.mark(item=PlanItem.objects.get(pk=item.pk), as_task=False, by=cast.party_office)


@pytest.mark.parametrize("who", OTHERS)
def test_only_the_party_office_marks(cast: Cast, item, who):
    with refused(NotAllowed, item):
        preview.mark(item=item, as_task=False, by=cast.acting(who))
