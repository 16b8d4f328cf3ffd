"""添一项: a new item at the end of its parent's children."""

from datetime import timedelta

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.plan.actions import items, plans
from gangmu.plan.models import Plan
from tests.cast import DAY, Cast, plan_with_items, recorded, refused


@pytest.fixture
def plan(cast: Cast) -> Plan:
    return plans.draft(unit=cast.unit, year=2026, title="工作要点", by=cast.party_office)


def add(cast: Cast, plan: Plan, title: str = "公益诉讼", *, track: str = "mu", by=None, **more):
    return items.add(plan=plan, title=title, track=track, by=by or cast.party_office, **more)


def outline(plan: Plan) -> list[tuple[int, int, str]]:
    return [(i.position, i.level, i.title) for i in plan.items.all()]


def test_children_stand_under_their_parent_in_order(cast: Cast, plan):
    one, two = add(cast, plan, "一"), add(cast, plan, "二")
    child = add(cast, plan, "一之一", parent=one)
    add(cast, plan, "一之一之一", parent=child)
    add(cast, plan, "一之二", parent=one)
    add(cast, plan, "二之一", parent=type(two).objects.get(pk=two.pk))
    assert outline(plan) == [
        (1, 1, "一"), (2, 2, "一之一"), (3, 3, "一之一之一"), (4, 2, "一之二"), (5, 1, "二"), (6, 2, "二之一"),
    ]  # fmt: skip


def test_a_date_makes_it_due_by_date(cast: Cast, plan):
    assert add(cast, plan, due_on=DAY).due_kind == "date"
    assert add(cast, plan).due_kind == ""


def test_departments_are_kept(cast: Cast, plan):
    item = add(
        cast, plan, lead_department=cast.d8, co_departments=[cast.d6, cast.d8], leader=cast.people["leader"]
    )
    assert (item.lead_department, item.leader) == (cast.d8, cast.people["leader"])
    assert [c.department for c in item.co_departments.all()] == [cast.d6]


def test_a_department_of_another_unit_is_refused(cast: Cast, plan):
    with refused(Invalid, plan, field="lead_department"):
        add(cast, plan, lead_department=cast.departments["第一检察部"])


@pytest.mark.parametrize(("values", "field"), [({"title": ""}, "title"), ({"track": "both"}, "track")])
def test_wrong_words_are_refused(cast: Cast, plan, values, field):
    with refused(Invalid, plan, field=field):
        add(cast, plan, **values)
    assert not plan.items.exists()


def test_an_adopted_plan_takes_no_item(cast: Cast):
    plan = plan_with_items(cast).plan
    with refused(WrongState, plan, says="变更"):
        add(cast, plan)


@pytest.mark.parametrize("who", ["first", "office", "head8", "outsider", "county_office", "audit_admin"])
def test_only_the_party_office_adds(cast: Cast, plan, who):
    with refused(NotAllowed, plan):
        add(cast, plan, by=cast.acting(who))


def test_it_is_recorded_on_the_plan(cast: Cast, plan):
    with recorded("plan.add_item") as event:
        item = add(cast, plan, lead_department=cast.d8, due_on=DAY + timedelta(days=20))
    assert (event.object_id, event.about) == (item.pk, [["plan.plan", plan.pk]])
    assert event.after == {
        "title": "公益诉讼", "track": "mu", "lead_department": "第八检察部", "due_on": "2026-06-30",
    }  # fmt: skip
