"""巡察整改: three lists in one, signed by the first person, checked off by another, graded from above."""

from datetime import date, timedelta
from importlib import import_module

import pytest
from django.apps import apps

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.flow import steps
from gangmu.inspection import states
from gangmu.inspection.actions import campaigns
from gangmu.inspection.models import Campaign, Measure, Problem
from gangmu.inspection.queries import campaigns as queries
from gangmu.org.models import Post
from gangmu.tasks.actions import tasks
from gangmu.tasks.actions.tasks import Part
from gangmu.tasks.models import Task
from tests.cast import (
    DAY,
    Cast,
    campaign_checked,
    campaign_deployed,
    campaign_listed,
    campaign_reported,
    campaign_signed,
    finding_raised,
    inspection_visited,
    measure_listed,
    moved,
    plan_with_items,
    recorded,
    refused,
    task_issued,
)


def register(cast: Cast, *, by=None, **more) -> Campaign:
    values = {"title": "市委第三轮巡察", "issuer": "市委巡察组", "reported_on": DAY} | more
    return campaigns.register_campaign(unit=cast.unit, by=by or cast.party_office, **values)


# ---- registering ----


@pytest.mark.parametrize(
    ("reported", "plan_due", "ends"),
    [
        (date(2026, 3, 1), date(2026, 4, 1), date(2026, 6, 1)),
        (date(2026, 1, 31), date(2026, 2, 28), date(2026, 4, 30)),
        (date(2025, 11, 30), date(2025, 12, 30), date(2026, 2, 28)),
    ],
)
def test_both_periods_count_from_the_feedback(cast: Cast, reported, plan_due, ends):
    row = register(cast, reported_on=reported)
    assert (row.plan_due, row.ends_on) == (plan_due, ends)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"reported_on": DAY + timedelta(days=1)}, "reported_on"), ({"reported_on": date(1, 1, 1)}, "reported_on"),
        ({"title": ""}, "title"), ({"issuer": ""}, "issuer"), ({"months": 0}, ""), ({"months": 99}, ""),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused(cast: Cast, values, field):
    with refused(Invalid, field=field or None):
        register(cast, **values)
    assert not Campaign.objects.exists()


@pytest.mark.parametrize("who", ["first", "leader", "office", "head8", "outsider", "audit_admin"])
def test_only_the_party_office_registers(cast: Cast, who):
    with refused(NotAllowed):
        register(cast, by=cast.acting(who))


def test_registering_is_recorded_on_the_day_of_the_feedback(cast: Cast):
    with recorded("inspection.register_campaign") as event:
        register(cast, reported_on=DAY - timedelta(days=3))
    assert (event.happened_on, event.after) == (
        DAY - timedelta(days=3),
        {"issuer": "市委巡察组", "months": 3},
    )


# ---- the lists ----


def test_problems_are_numbered_in_order(cast: Cast):
    row = register(cast)
    for text in ("一", "二"):
        campaigns.add_problem(campaign=row, text=text, by=cast.party_office)
    assert list(row.problems.values_list("no", "text")) == [(1, "一"), (2, "二")]
    with refused(Invalid, row, field="text"):
        campaigns.add_problem(campaign=row, text=" ", by=cast.party_office)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"text": " "}, "text"), ({"due_on": DAY - timedelta(days=11)}, "due_on"),
        ({"due_on": DAY + timedelta(days=200)}, "due_on"),
    ],
)  # fmt: skip
def test_a_measure_that_cannot_be_is_refused(cast: Cast, values, field):
    problem = campaign_listed(cast).problems.get()
    with refused(Invalid, problem, field=field):
        measure_listed(cast, problem, **values)


def test_what_is_kept_up_may_go_beyond_the_period_and_is_never_late(cast: Cast):
    problem = campaign_listed(cast).problems.get()
    row = measure_listed(cast, problem, due_on=DAY + timedelta(days=200), long_term=True)
    assert queries.tally([row], DAY + timedelta(days=300)).late == 0


def test_people_and_departments_are_of_the_unit(cast: Cast):
    problem = campaign_listed(cast).problems.get()
    wrong = (
        ("leader", cast.people["superior"]),
        ("department", cast.departments["第一检察部"]),
        ("person", cast.people["outsider"]),
    )
    for field, value in wrong:
        with refused(Invalid, problem, field=field):
            measure_listed(cast, problem, **{field: value})


def test_after_the_plan_is_signed_the_lists_stand(cast: Cast):
    row = campaign_signed(cast)
    with refused(WrongState, row):
        campaigns.add_problem(campaign=row, text="又一个", by=cast.party_office)
    with refused(WrongState, row):
        measure_listed(cast, row.problems.get())


def test_listing_is_recorded_and_not_for_everybody(cast: Cast):
    row = campaign_listed(cast)
    with refused(NotAllowed, row):
        campaigns.add_problem(campaign=row, text="一个", by=cast.head8)
    with recorded("inspection.add_problem", "inspection.add_measure") as event:
        measure_listed(cast, campaigns.add_problem(campaign=row, text="一个", by=cast.committee))
    assert event.after == {"leader": "韩知远", "department": "第八检察部", "due_on": "2026-07-10"}


# ---- the plan is signed ----


def test_the_first_person_signs_with_name_and_day(cast: Cast):
    row = campaign_signed(cast)
    assert (row.state, row.plan_signed_by, row.plan_signed_on) == ("under_way", cast.people["first"], DAY)


def test_a_plan_with_a_hole_is_not_signed(cast: Cast):
    empty = register(cast)
    with refused(Invalid, empty, says="还空着"):
        campaigns.sign_plan(campaign=empty, by=cast.first)
    row = campaign_listed(cast)
    campaigns.add_problem(campaign=row, text="又一个", by=cast.party_office)
    with refused(Invalid, row, says="第2个问题还没有措施"):
        campaigns.sign_plan(campaign=row, by=cast.first)


@pytest.mark.parametrize("who", ["leader", "party_office", "committee", "office", "head8", "outsider"])
def test_nobody_signs_for_the_first_person(cast: Cast, who):
    row = campaign_listed(cast)
    with refused(NotAllowed, row, says="党组书记"):
        campaigns.sign_plan(campaign=row, by=cast.acting(who))


def test_signing_is_recorded_and_done_once(cast: Cast):
    row = campaign_listed(cast)
    with recorded("inspection.sign_plan") as event:
        campaigns.sign_plan(campaign=row, by=cast.first)
    assert event.actor_name == "秦望舒"
    with refused(WrongState, row):
        campaigns.sign_plan(campaign=row, by=cast.first)


# ---- deployed ----


def test_every_measure_becomes_a_task_of_its_department(cast: Cast):
    row = campaign_deployed(cast, verified=False)
    task, measure = Task.objects.get(), Measure.objects.get()
    assert (task.department, task.due_on, task.title) == (cast.d8, measure.due_on, "巡察整改：列出党员责任区")
    assert (measure.state, measure.task) == ("assigned", task)
    with refused(WrongState, row, says="不用再交办"):
        steps.deploy_measures(campaign=row, by=cast.party_office)


def test_before_the_signature_nothing_is_handed_out(cast: Cast):
    row = campaign_listed(cast)
    with refused(WrongState, row, says="还没有签字"):
        steps.deploy_measures(campaign=row, by=cast.party_office)
    task = task_issued(cast)
    with refused(WrongState, row):
        campaigns.assign_measure(measure=Measure.objects.get(), task=task, by=cast.party_office)


def test_handing_out_is_recorded_and_not_for_everybody(cast: Cast):
    row = campaign_signed(cast)
    with refused(NotAllowed, row):
        steps.deploy_measures(campaign=row, by=cast.first)
    with recorded("tasks.issue", "inspection.assign_measure"):
        steps.deploy_measures(campaign=row, by=cast.party_office)


# ---- checked off ----


def check_off(cast: Cast, result="done", note="", by=None) -> Measure:
    return campaigns.check_off(
        measure=Measure.objects.get(), result=result, note=note, by=by or cast.party_office
    )


def test_done_is_said_after_the_task_was_verified(cast: Cast):
    campaign_deployed(cast, verified=False)
    with refused(WrongState, Measure.objects.get(), says="还没有报结和核查"):
        check_off(cast)


def test_it_is_checked_off_with_who_and_when(cast: Cast):
    campaign_deployed(cast)
    row = check_off(cast)
    assert (row.state, row.result, row.checked_on, row.checked_by) == (
        "checked", "done", DAY, cast.people["party_office"],
    )  # fmt: skip
    with refused(WrongState, row):
        check_off(cast)


@pytest.mark.parametrize("result", ["mostly", "ongoing"])
def test_what_is_not_done_says_how_it_goes_on(cast: Cast, result):
    campaign_deployed(cast, verified=False)
    with refused(Invalid, Measure.objects.get(), field="note"):
        check_off(cast, result)
    assert check_off(cast, result, "每季度看一次").result == result


def test_the_department_does_not_check_itself(cast: Cast):
    campaign_deployed(cast)
    for who in ("head8", "first", "office", "outsider"):
        with refused(NotAllowed, Measure.objects.get()):
            check_off(cast, by=cast.acting(who))
    Measure.objects.update(department=cast.party)
    with refused(NotAllowed, Measure.objects.get()):
        check_off(cast, by=cast.party_office)


def test_who_put_it_right_does_not_check_it_off_from_another_post(cast: Cast):
    campaign_deployed(cast)
    measure = Measure.objects.get()
    moved(cast, "head8", Post.Kind.PARTY_OFFICE_HEAD, cast.party)
    with refused(NotAllowed, measure, says="换了岗位也不能对账"):
        check_off(cast, by=cast.head8)
    assert check_off(cast).state == "checked"


def test_a_task_of_a_measure_says_that_it_is_of_a_campaign(cast: Cast):
    campaign_deployed(cast, verified=False)
    task = tasks.sign(task=Task.objects.get(), by=cast.head8)
    assert task.source == Task.Source.CAMPAIGN
    [part] = tasks.break_down(task=task, parts=[Part("一份", cast.d8)], by=cast.head8)
    planned = plan_with_items(cast)
    finding = finding_raised(cast, inspection_visited(cast, planned), planned)
    other = steps.rectify(finding=finding, by=cast.party_office)
    Task.objects.update(source="finding")  # as it stood before
    import_module("gangmu.inspection.migrations.0003_campaign_tasks").tell(apps, None)
    sources = dict(Task.objects.values_list("pk", "source"))
    assert sources == {task.pk: "campaign", part.pk: "campaign", other.pk: "finding"}


def test_checking_off_is_recorded(cast: Cast):
    campaign_deployed(cast)
    with recorded("inspection.check_off") as event:
        check_off(cast)
    assert event.after == {"result": "已完成", "note": ""}


# ---- the report, and the grade ----


def test_the_report_is_signed_when_all_is_checked_off(cast: Cast):
    row = campaign_deployed(cast)
    with refused(Invalid, row, says="还有 1 条"):
        campaigns.sign_report(campaign=row, by=cast.first)
    check_off(cast)
    with refused(NotAllowed, row):
        campaigns.sign_report(campaign=row, by=cast.party_office)
    with recorded("inspection.sign_report"):
        row = campaigns.sign_report(campaign=row, by=cast.first)
    assert (row.state, row.report_signed_by) == ("reported", cast.people["first"])


@pytest.mark.parametrize(
    ("grade", "state"), [("good", "closed"), ("fair", "closed"), ("plain", "again"), ("poor", "again")]
)
def test_a_bad_grade_means_once_more(cast: Cast, grade, state):
    row = campaign_reported(cast)
    with recorded("inspection.receive_grade"):
        row = campaigns.receive_grade(campaign=row, grade=grade, by=cast.party_office)
    assert (row.state, row.grade) == (state, grade)


def test_once_more_has_new_measures_and_a_new_signature(cast: Cast):
    row = campaigns.receive_grade(campaign=campaign_reported(cast), grade="poor", by=cast.party_office)
    with refused(Invalid, row, says="新的措施"):
        campaigns.sign_plan(campaign=row, by=cast.first)
    measure_listed(cast, Problem.objects.get(), text="再到人", due_on=DAY + timedelta(days=200))
    row = campaigns.sign_plan(campaign=row, by=cast.first)
    assert len(steps.deploy_measures(campaign=row, by=cast.party_office)) == 1


def test_a_grade_is_received_once_and_by_the_party_office(cast: Cast):
    row = campaign_checked(cast)
    with refused(WrongState, row):
        campaigns.receive_grade(campaign=row, grade="good", by=cast.party_office)
    row = campaigns.sign_report(campaign=row, by=cast.first)
    with refused(Invalid, row, field="grade"):
        campaigns.receive_grade(campaign=row, grade="splendid", by=cast.party_office)
    with refused(NotAllowed, row):
        campaigns.receive_grade(campaign=row, grade="good", by=cast.first)


def test_no_state_is_a_dead_end_but_the_last(cast: Cast):
    assert states.CAMPAIGN.reachable("drafting") == set(Campaign.State.values)
    assert [s for s in Campaign.State.values if not states.CAMPAIGN.verbs(s)] == ["closed"]
    assert states.INSPECTION.reachable("planned") == {
        "planned",
        "ordered",
        "visited",
        "closed",
        "merged",
        "called_off",
    }
