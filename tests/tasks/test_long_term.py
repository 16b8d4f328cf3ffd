"""长期坚持: never overdue, reviewed by somebody else; a date by default is confirmed; milestones; calls."""

from datetime import timedelta

import pytest

from gangmu.common import clock
from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.flow import steps
from gangmu.tasks import queries
from gangmu.tasks.actions import instructions, milestones, tasks, urges
from gangmu.tasks.actions.tasks import Terms
from gangmu.tasks.models import Instruction, Milestone, Task, Urge
from tests.cast import (
    DAY,
    Cast,
    directive_received,
    plan_with_items,
    recorded,
    refused,
    task_issued,
    task_signed,
    task_submitted,
)

OTHERS = ["head6", "staff", "outsider", "stranger", "audit_admin"]


def long_term(cast: Cast) -> Task:
    task = tasks.issue(
        unit=cast.unit, title="常抓不懈", source="plan", department=cast.d8, terms=Terms(long_term=True),
        by=cast.office,
    )  # fmt: skip
    return tasks.sign(task=task, by=cast.head8)


# ---- review ----


def test_without_a_date_it_is_reviewed_in_half_a_year_and_nobody_has_to_confirm(cast: Cast):
    task = long_term(cast)
    assert (task.due_on.isoformat(), task.due_by_default) == ("2026-12-10", False)


def test_a_review_by_somebody_else_sets_the_next(cast: Cast):
    task = long_term(cast)
    with clock.at(task.due_on + timedelta(days=5)), recorded("tasks.review") as event:
        task = tasks.review(task=task, text="一直在做", by=cast.leader)
    assert (task.state, task.due_on.isoformat()) == ("under_way", "2027-06-15")
    assert event.after["text"] == "一直在做"


@pytest.mark.parametrize("who", ["head8", "branch", *OTHERS])
def test_the_owner_does_not_review(cast: Cast, who):
    task = long_term(cast)
    with refused(NotAllowed, task):
        tasks.review(task=task, text="很好", by=cast.acting(who))


def test_what_has_a_date_or_is_not_signed_is_not_reviewed(cast: Cast):
    for task in (task_signed(cast), task_issued(cast, terms=Terms(long_term=True))):
        with refused(WrongState, task):
            tasks.review(task=task, text="看过", by=cast.office)


def test_a_review_says_something_and_looks_ahead(cast: Cast):
    task = long_term(cast)
    with refused(Invalid, task, field="text"):
        tasks.review(task=task, text=" ", by=cast.office)
    with refused(Invalid, task, field="due_on"):
        tasks.review(task=task, text="看过", next_on=DAY - timedelta(days=1), by=cast.office)


# ---- confirm ----


def by_default(cast: Cast) -> Task:
    return tasks.issue(unit=cast.unit, title="没写期限", source="plan", department=cast.d8, by=cast.office)


def test_the_owner_confirms_a_date_by_default_once(cast: Cast):
    task = by_default(cast)
    with recorded("tasks.confirm_due"):
        task = tasks.confirm_due(task=task, by=cast.head8)
    assert not task.due_by_default
    with refused(WrongState, task, says="已经确认过"):
        tasks.confirm_due(task=task, by=cast.head8)


@pytest.mark.parametrize("who", ["office", "leader", *OTHERS])
def test_nobody_else_confirms_it(cast: Cast, who):
    task = by_default(cast)
    with refused(NotAllowed, task):
        tasks.confirm_due(task=task, by=cast.acting(who))


# ---- milestones ----


def milestone(cast: Cast, task: Task, days: int = 5, **more) -> Milestone:
    values = {"title": "摸排完", "due_on": DAY + timedelta(days=days), "by": cast.head8} | more
    return milestones.add(task=task, **values)


def test_the_nearest_milestone_ahead_stands_in_the_list(cast: Cast):
    task = task_signed(cast, due_in=30)
    first = milestone(cast, task)
    milestone(cast, task, 9, title="取样完")
    row = queries.with_progress(Task.objects.all()).get()
    assert (row.milestone_on, row.milestone_title) == (first.due_on, "摸排完")
    milestones.reach(milestone=first, by=cast.head8)
    row = queries.with_progress(Task.objects.all()).get()
    assert (row.milestone_title, row.milestone_reached) == ("取样完", True)


@pytest.mark.parametrize("days", [-1, 31])
def test_a_milestone_lies_inside_the_task(cast: Cast, days):
    task = task_signed(cast, due_in=30)
    with refused(Invalid, task, field="due_on"):
        milestone(cast, task, days)


def test_a_milestone_has_a_name_of_its_own(cast: Cast):
    task = task_signed(cast)
    milestone(cast, task)
    with refused(Invalid, says="同名"):
        milestone(cast, task, 6)


def test_a_milestone_is_reached_once_and_not_tomorrow(cast: Cast):
    step = milestone(cast, task_signed(cast))
    with refused(Invalid, step):
        milestones.reach(milestone=step, on=DAY + timedelta(days=1), by=cast.head8)
    with recorded("tasks.reach_milestone") as event:
        milestones.reach(milestone=step, by=cast.head8)
    assert event.after == {"text": "摸排完"}
    with refused(WrongState, step, says="已经记过"):
        milestones.reach(milestone=step, by=cast.head8)


def test_a_task_handed_in_gets_no_more_milestones(cast: Cast):
    task = task_submitted(cast)
    with refused(WrongState, task):
        milestone(cast, task)


@pytest.mark.parametrize("who", ["first", "leader", *OTHERS])
def test_only_the_owner_and_the_offices_set_milestones(cast: Cast, who):
    task = task_signed(cast)
    with refused(NotAllowed, task):
        milestone(cast, task, by=cast.acting(who))


def test_a_milestone_is_recorded_on_the_task(cast: Cast):
    task = task_signed(cast)
    with recorded("tasks.add_milestone") as event:
        milestone(cast, task, by=cast.office)
    assert event.object_id == task.pk


# ---- calls ----


def test_a_call_stands_until_the_owner_says_a_word(cast: Cast):
    task = task_signed(cast)
    with recorded("tasks.urge") as event:
        urges.urge(task=task, text="请报一句", by=cast.leader)
    assert event.after == {"text": "请报一句"}
    assert queries.with_urge(Task.objects.all()).get().urge_text == "请报一句"
    tasks.report(task=task, text="在办", by=cast.head8)
    assert queries.with_urge(Task.objects.all()).get().urge_text is None
    assert Urge.objects.get().answered_on == DAY


def test_signing_answers_a_call_too(cast: Cast):
    task = task_issued(cast)
    urges.urge(task=task, text="请签收", by=cast.office)
    tasks.sign(task=task, by=cast.head8)
    assert queries.with_urge(Task.objects.all()).get().urge_text is None


def test_nobody_is_called_twice_a_day(cast: Cast):
    task = task_signed(cast)
    urges.urge(task=task, text="请报", by=cast.office)
    with refused(Invalid, task, says="今天已经催过"):
        urges.urge(task=task, text="再请报", by=cast.leader)
    with clock.at(DAY + timedelta(days=1)):
        urges.urge(task=task, text="再请报", by=cast.leader)


@pytest.mark.parametrize("who", ["head8", "branch", *OTHERS])
def test_the_owner_and_others_do_not_call(cast: Cast, who):
    task = task_signed(cast)
    with refused(NotAllowed, task):
        urges.urge(task=task, text="请报", by=cast.acting(who))


def test_what_is_not_in_the_owners_hands_is_not_called_for(cast: Cast):
    task = task_submitted(cast)
    with refused(WrongState, task, says="不用催"):
        urges.urge(task=task, text="请报", by=cast.office)
    issued = task_issued(cast)
    with refused(Invalid, issued, field="text"):
        urges.urge(task=issued, text=" ", by=cast.office)


# ---- instructions, points, plans ----


def instruct(cast: Cast, **more) -> Task:
    values = {
        "leader": cast.people["leader"],
        "given_on": DAY,
        "words": "请第八检察部抓紧办",
        "department": cast.d8,
    }
    return steps.deploy_instruction(unit=cast.unit, **({"by": cast.office} | values | more))


def test_an_instruction_keeps_who_when_and_the_words_and_becomes_a_task(cast: Cast):
    with recorded("tasks.instruct", "tasks.issue"):
        task = instruct(cast)
    kept = Instruction.objects.get()
    assert (task.source, task.title, task.instruction) == ("leader", "请第八检察部抓紧办", kept)
    assert (kept.leader, kept.given_on) == (cast.people["leader"], DAY)


@pytest.mark.parametrize(
    ("more", "field"), [({"given_on": DAY + timedelta(days=1)}, "given_on"), ({"words": " "}, "words")]
)
def test_an_instruction_of_tomorrow_or_without_words_is_refused(cast: Cast, more, field):
    with refused(Invalid, field=field):
        instruct(cast, **more)
    with refused(Invalid, field="leader"):
        instruct(cast, leader=cast.people["superior"])
    assert not Task.objects.exists() and not Instruction.objects.exists()


@pytest.mark.parametrize("who", ["leader", "first", "head8", "outsider"])
def test_only_the_offices_write_an_instruction_down(cast: Cast, who):
    with refused(NotAllowed):
        instructions.register(
            unit=cast.unit, leader=cast.people["leader"], given_on=DAY, words="抓紧", by=cast.acting(who)
        )


def test_a_point_becomes_a_task_on_the_timeline_of_its_directive(cast: Cast):
    point = directive_received(cast).points.first()
    with recorded("tasks.issue") as event:
        task = steps.deploy_point(point=point, department=cast.d8, by=cast.party_office)
    assert (task.source, task.title, task.point) == ("directive", point.text, point)
    assert ["plan.directive", point.directive_id] in event.about


def test_a_plan_is_deployed_all_or_nothing(cast: Cast):
    planned = plan_with_items(cast)
    rows = [steps.Deployment(i, i.lead_department) for i in (planned.gang, planned.mu, planned.loose)]
    assert list(queries.undeployed_items(planned.plan.pk)) == [planned.gang, planned.mu, planned.loose]
    made = steps.deploy_plan(plan=planned.plan, rows=rows[:2], by=cast.party_office)
    assert [t.item for t in made] == [planned.gang, planned.mu]
    with refused(WrongState, says="已经交办过"):
        steps.deploy_plan(plan=planned.plan, rows=[rows[2], rows[0]], by=cast.party_office)
    assert list(queries.undeployed_items(planned.plan.pk)) == [planned.loose]
    other = plan_with_items(cast, year=2027)
    with refused(Invalid, says="不是这份计划里"):
        steps.deploy_plan(plan=other.plan, rows=rows[2:], by=cast.party_office)


def test_a_task_takes_its_rhythm_from_the_plan(cast: Cast):
    item = plan_with_items(cast).mu
    type(item).objects.filter(pk=item.pk).update(rhythm="quarterly", due_kind="ongoing")
    item.refresh_from_db()
    task = steps.deploy_item(item=item, department=cast.d8, due_on=None, by=cast.office)
    assert (task.rhythm, task.long_term, task.due_by_default) == ("quarterly", True, False)
