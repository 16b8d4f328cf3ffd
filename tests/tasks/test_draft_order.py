"""草拟动员令: an office says what for, who coordinates and which days; nobody is called upon yet."""

from datetime import timedelta

import pytest

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.org.actor import Actor
from gangmu.tasks.actions import mobilisations
from gangmu.tasks.models import Mobilisation
from tests.cast import DAY, Cast, plan_with_items, recorded, refused


def draft(cast: Cast, *, by: Actor, **more: object) -> Mobilisation:
    values = {
        "title": "排口专案", "kind": "case", "purpose": "查清全部排口", "coordinator": cast.people["leader"],
        "starts_on": DAY, "ends_on": DAY + timedelta(days=9),
    }  # fmt: skip
    if "item" not in more:
        more["item"] = plan_with_items(cast).mu
    return mobilisations.draft(unit=cast.unit, by=by, **(values | more))


@pytest.mark.parametrize("who", ["office", "party_office"])
def test_the_offices_draft(cast: Cast, who):
    row = draft(cast, by=cast.acting(who))
    assert (row.state, row.coordinator, row.ordered_on) == ("draft", cast.people["leader"], None)


@pytest.mark.parametrize("who", ["first", "leader", "head8", "staff", "outsider", "audit_admin"])
def test_others_do_not(cast: Cast, who):
    item = plan_with_items(cast).mu
    with refused(NotAllowed):
        draft(cast, item=item, by=cast.acting(who))


def test_the_coordinator_is_of_the_unit(cast: Cast):
    item = plan_with_items(cast).mu
    with refused(Invalid, field="coordinator"):
        draft(cast, item=item, coordinator=cast.people["outsider"], by=cast.office)
    assert not Mobilisation.objects.exists()


def test_it_is_recorded_on_the_item(cast: Cast):
    item = plan_with_items(cast).mu
    with recorded("tasks.draft_order") as event:
        row = draft(cast, item=item, by=cast.office)
    assert (event.kind, event.object_id) == ("tasks.mobilisation", row.pk)
    assert ["plan.planitem", item.pk] in event.about and event.after["text"] == "查清全部排口"
