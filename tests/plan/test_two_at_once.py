"""Two people at one plan at once: one wins, the other is told, nothing comes out half done."""

from collections.abc import Callable

import pytest

from gangmu.common.errors import Invalid, WrongState
from gangmu.events.models import Event
from gangmu.plan import queries
from gangmu.plan.actions import entry_points, items, plans
from gangmu.plan.models import EntryPoint, Plan, PlanItem
from tests.cast import DAY, Cast, assemble, plan_with_items
from tests.events.test_two_at_once import Other

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(day) -> Cast:
    return assemble()


def outcomes(*work: Callable[[], object]) -> list[str]:
    others = [Other(w) for w in work]
    return sorted(type(o.wait()).__name__ for o in others)


def test_of_two_who_edit_the_same_item_the_second_is_told(cast: Cast):
    item, one, two = plan_with_items(cast, adopted=False).mu, cast.party_office, cast.committee
    seen = queries.stamp(item)
    work = [
        lambda: items.edit(item=PlanItem.objects.get(pk=item.pk), title="甲的说法", seen=seen, by=one),
        lambda: items.edit(item=PlanItem.objects.get(pk=item.pk), title="乙的说法", seen=seen, by=two),
    ]
    assert outcomes(*work) == sorted([Invalid.__name__, PlanItem.__name__])
    item.refresh_from_db()
    assert item.title in ("甲的说法", "乙的说法")
    assert Event.objects.filter(verb="plan.edit_item").count() == 1


def test_of_two_who_adopt_the_same_plan_one_is_told(cast: Cast):
    plan, one, two = plan_with_items(cast, adopted=False).plan, cast.party_office, cast.committee
    work = [
        lambda: plans.adopt(plan=Plan.objects.get(pk=plan.pk), on=DAY, by=one),
        lambda: plans.adopt(plan=Plan.objects.get(pk=plan.pk), on=DAY, by=two),
    ]
    assert outcomes(*work) == sorted([Plan.__name__, WrongState.__name__])
    assert Event.objects.filter(verb="plan.adopt").count() == 1


def test_of_two_who_tie_the_same_ends_one_is_told(cast: Cast):
    planned, by = plan_with_items(cast, adopted=False), cast.party_office
    work = [
        lambda: entry_points.tie(
            gang=planned.gang, mu=planned.loose, kind="push", expected="见效", by=by
        )
    ] * 2  # fmt: skip
    found = set(outcomes(*work)) - {EntryPoint.__name__}
    assert len(found) == 1 and found < {Invalid.__name__, WrongState.__name__}
    assert EntryPoint.objects.filter(mu=planned.loose).count() == 1
    assert (
        Event.objects.filter(verb="plan.tie").count()
        == 1 + EntryPoint.objects.exclude(mu=planned.loose).count()
    )
