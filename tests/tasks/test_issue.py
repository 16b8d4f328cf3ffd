"""立项交办: a task is issued to a department."""

from datetime import timedelta
from decimal import Decimal

import pytest

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.tasks.actions import tasks
from gangmu.tasks.actions.tasks import NewResource
from gangmu.tasks.models import Resource, Task
from tests.cast import Cast, decided, plan_with_items, recorded, refused


def issue(cast: Cast, *, by=None, **more) -> Task:
    values = {"unit": cast.unit, "title": "整理排口清单", "source": "plan", "department": cast.d8}
    return tasks.issue(**(values | more), by=by or cast.office)


def test_a_task_waits_for_its_department_to_sign(cast: Cast, day):
    task = issue(cast, due_on=day + timedelta(days=3))
    assert (task.state, task.issued_on, task.due_by_default) == ("issued", day, False)


def test_without_a_date_it_is_due_in_a_week_and_says_so(cast: Cast, day):
    task = issue(cast)
    assert (task.due_on, task.due_by_default) == (day + timedelta(days=7), True)


def test_it_may_be_due_today(cast: Cast, day):
    assert issue(cast, due_on=day).due_on == day


def test_a_date_that_has_passed_is_refused(cast: Cast, day):
    with refused(Invalid, says="已经过去", field="due_on"):
        issue(cast, due_on=day - timedelta(days=1))
    assert not Task.objects.exists()


def test_joining_departments_are_kept_without_the_lead(cast: Cast):
    task = issue(cast, co_departments=[cast.d6, cast.d8, cast.party])
    assert set(task.co_departments.values_list("department_id", flat=True)) == {cast.d6.pk, cast.party.pk}


def test_people_money_and_things_go_with_it(cast: Cast):
    task = issue(
        cast,
        resources=[NewResource("people", "办案组 6 人"), NewResource("money", "鉴定费", Decimal("86000"))],
    )
    assert [(r.kind, r.amount) for r in task.resources.all()] == [
        ("money", Decimal("86000.00")),
        ("people", None),
    ]


def test_a_negative_amount_leaves_nothing_behind(cast: Cast):
    with refused(Invalid, says="负数"):
        issue(cast, resources=[NewResource("people", "六人"), NewResource("money", "鉴定费", Decimal(-1))])
    assert not Task.objects.exists() and not Resource.objects.exists()


@pytest.mark.parametrize(
    "who", ["first", "leader", "head8", "branch", "staff", "outsider", "superior", "county_office"]
)
def test_only_the_offices_of_the_unit_issue(cast: Cast, who):
    with refused(NotAllowed, says="党办、办公室"):
        issue(cast, by=cast.acting(who))


def test_admins_issue_nothing(cast: Cast):
    for admin in cast.admins:
        with refused(NotAllowed):
            issue(cast, by=admin)


def test_a_department_of_another_unit_is_refused(cast: Cast):
    with refused(Invalid, field="department"):
        issue(cast, department=cast.departments["第一检察部"])


def test_a_person_of_another_unit_is_refused(cast: Cast):
    with refused(Invalid, field="person"):
        issue(cast, person=cast.people["outsider"])


def test_it_stands_on_the_timelines_of_where_it_comes_from(cast: Cast, day):
    item, decision = plan_with_items(cast).mu, decided(cast)
    with recorded("tasks.issue") as event:
        task = issue(cast, item=item, decision=decision, due_on=day)
    assert event.object_id == task.pk and event.unit_id == cast.unit.pk
    assert event.after == {"department": "第八检察部", "due_on": "2026-06-10", "person": None}
    meeting = decision.agenda_item.meeting
    assert event.about == sorted(
        [["plan.planitem", item.pk], ["meetings.decision", decision.pk], ["meetings.meeting", meeting.pk]]
    )
