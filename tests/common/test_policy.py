"""One expression says who may: ``filter`` and ``allows`` agree for everybody and everything."""

import pytest
from django.db.models import Q

from gangmu.common.errors import NotAllowed
from gangmu.common.policy import NOBODY, Policy, matches
from gangmu.inspection import policies as inspection
from gangmu.inspection.actions import proposals
from gangmu.inspection.models import Finding, Sheet
from gangmu.meetings import policies as meetings
from gangmu.meetings.models import Meeting, MinutesPaper
from gangmu.org.models import Department, DepartmentAlias, Person
from gangmu.plan import policies as plan
from gangmu.plan.actions import amendments, directives, entry_points, items, plans, skins
from gangmu.plan.models import ReadingHint, SourceParagraph
from gangmu.rules import policies as rules
from gangmu.rules import store
from gangmu.tasks import policies as tasks
from gangmu.tasks.actions import tasks as acts
from gangmu.tasks.models import Task
from tests.cast import (
    DAY,
    Cast,
    Planned,
    campaign_deployed,
    campaign_listed,
    decided,
    directive_received,
    finding_raised,
    inspection_ordered,
    inspection_visited,
    measure_listed,
    meeting_convened,
    meeting_final,
    plan_with_items,
    proposed,
    task_issued,
    task_submitted,
    visit_planned,
    walk_ordered,
)
from tests.web.tasks_world import TasksWorld

ROOMS = {"plan": plan, "meetings": meetings, "tasks": tasks, "inspection": inspection, "rules": rules}
POLICIES = {
    f"{room}.{name}": policy
    for room, module in ROOMS.items()
    for name, policy in vars(module).items()
    if isinstance(policy, Policy)
}


def populate(cast: Cast) -> None:
    """Something of every model in the city, its county and the other city, with and without the empty relations."""
    planned = plan_with_items(cast)
    draft = plan_with_items(cast, adopted=False, year=2027).plan
    for of, subject in ((planned.plan, "system"), (draft, "activity")):
        skins.explain(plan=of, code="facet", subject=subject, reason="下半年补", by=cast.party_office)
    for reason in ("上级有新部署", "机构调整"):
        amendments.drop(
            amendment=amendments.begin(plan=planned.plan, reason=reason, by=cast.party_office),
            by=cast.party_office,
        )
    for no, unit in enumerate((cast.unit, cast.county), start=1):
        SourceParagraph.objects.create(plan=planned.plan, no=no, text="一段", fate="note")
        ReadingHint.objects.create(unit=unit, label="responsible", means="co_units", noted_on=DAY)
    for department, name in ((cast.d8, "八部"), (cast.departments["第一检察部"], "一部")):
        DepartmentAlias.objects.create(department=department, name=name)
    entry_points.give_reason(item=planned.loose, reason="保密", by=cast.party_office)
    directive_received(cast)
    decided(cast)
    decided(cast, final=False)
    meeting_convened(cast, "chiefs", recorder=cast.people["staff"])
    meeting_final(cast, "theme_day", party_org=cast.branch1)
    meeting_final(cast, "theme_day", party_org=cast.branch2)
    meeting_convened(cast, "group", party_org=cast.cell)
    Meeting.objects.create(unit=cast.unit, kind_id="chiefs", held_on=DAY)  # nobody due, no recorder
    task_issued(cast, to="机关党委")
    task_issued(cast, to="第六检察部", co_departments=[cast.d8])
    task_issued(cast, person=cast.people["staff"])
    task_issued(cast, to="办公室", person=cast.people["leader"])
    task_submitted(cast, item=planned.mu)
    finding_raised(cast, inspection_visited(cast, planned), planned)
    bare = inspection_ordered(cast, planned)
    bare.team.all().delete()
    finding = finding_raised(cast, inspection_visited(cast, planned), planned)
    Finding.objects.filter(pk=finding.pk).update(department=cast.d6)
    for unit, who in ((cast.unit, "party_office"), (cast.unit, "staff"), (cast.county, "county_office")):
        MinutesPaper.objects.create(unit=unit, name="纪要", digest=who, brought_by=cast.people[who])
    for _twice in range(2):
        TasksWorld(cast, planned)
    bring_home(cast, planned)
    for unit, by, department in (
        (cast.county, cast.county_office, "第一检察部"), (cast.other, cast.outsider, "机关党委（他市）"),
    ):  # fmt: skip
        made = plans.draft(unit=unit, year=2026, title="要点", by=by)
        gang = items.add(plan=made, title="党建", track="gang", by=by)
        mu = items.add(
            plan=made, title="业务", track="mu", lead_department=cast.departments[department], by=by
        )
        entry_points.tie(gang=gang, mu=mu, kind="push", expected="见效", by=by)
        directives.register(unit=unit, issuer="省院", title="意见", issued_on=DAY, points=["一"], by=by)
        acts.issue(unit=unit, title="办", source="plan", department=cast.departments[department], by=by)
    meeting_final(cast, "theme_day", party_org=cast.orgs["临川县院党支部"], by=cast.county_office)
    store.recheck()


def bring_home(cast: Cast, planned: Planned) -> None:
    """Walks, planned visits, proposals, sheets and 巡察整改, some without the relations that others have."""
    visit = inspection_visited(cast, planned)
    row = proposed(cast, visit, planned)
    proposals.decline(proposal=row, reason="不要", by=cast.party_office)
    proposed(cast, inspection_visited(cast, planned), planned)
    walk = walk_ordered(cast)
    for of in (visit, walk):
        Sheet.objects.create(inspection=of, name="表", read_on=DAY, read_by=cast.people["head6"])
    visit_planned(cast)
    visit_planned(cast, departments=[])
    campaign_deployed(cast)
    problem = campaign_listed(cast).problems.get()
    measure_listed(cast, problem, department=cast.party)
    bare = campaign_listed(cast)
    bare.problems.all().delete()


def test_list_and_judgement_agree(cast: Cast):
    """Everybody × every policy × every object, in one populated database."""
    populate(cast)
    everybody, wrong = cast.everybody(), []
    assert len(POLICIES) > 17
    for name, policy in POLICIES.items():
        everything = list(policy.model._default_manager.all())
        assert len(everything) >= 2, name
        may = 0
        for who, actor in everybody.items():
            listed = list(policy.filter(actor).values_list("pk", flat=True))
            judged = [obj.pk for obj in everything if policy.allows(actor, obj)]
            may += len(judged)
            if sorted(listed) != sorted(judged):
                wrong.append((name, who, set(listed) ^ set(judged) or "a row twice"))
        assert may, f"{name}: nobody may"
    assert wrong == []


def test_admins_and_accounts_of_nobody_see_no_business(cast: Cast):
    populate(cast)
    seen = [
        (name, actor.name, obj)
        for name, policy in POLICIES.items()
        for actor in (*cast.admins, cast.stranger)
        for obj in policy.model._default_manager.all()
        if policy.allows(actor, obj)
    ]
    assert seen == []


def test_nobody_reaches_into_another_unit(cast: Cast):
    """Only who reads for a unit's leadership sees the units below; nobody sees sideways or upwards."""
    populate(cast)
    below = {cast.unit.pk: {cast.county.pk}, cast.province.pk: {cast.unit.pk, cast.other.pk, cast.county.pk}}
    for name, policy in POLICIES.items():
        for who, actor in cast.everybody().items():
            allowed = {actor.unit_id} | (below.get(actor.unit_id, set()) if "see" in name else set())
            for obj in policy.filter(actor):
                assert unit_of(obj) in allowed, (name, who, obj)


def unit_of(obj) -> int:
    for path in (
        "unit_id", "plan.unit_id", "mu.plan.unit_id", "agenda_item.meeting.unit_id", "line.inspection.unit_id", "department.unit_id",
        "inspection.unit_id", "problem.campaign.unit_id", "task.unit_id", "order.unit_id",
    ):  # fmt: skip
        found = obj
        try:
            for name in path.split("."):
                found = getattr(found, name)
        except AttributeError:
            continue
        return found
    raise AssertionError(obj)


def test_a_refusal_has_a_sentence(cast: Cast):
    for name, policy in POLICIES.items():
        assert str(policy.reason).endswith(("。", "）。")), name
    task = task_issued(cast)
    with pytest.raises(NotAllowed, match="承办部门以外"):
        tasks.verify_task.require(cast.head8, task)


QS = [
    NOBODY, ~NOBODY, Q(), ~Q(), Q(pk__in=[1, 2]), Q(department=None), Q(department__isnull=False), ~Q(department__isnull=True),
    Q(department__line="business"), ~Q(department__line="business"), Q(department__line="business") | Q(name="秦望舒"),
    Q(department__name__in=["办公室"]) & ~Q(name="裴思齐"), ~(Q(department=None) | Q(name="江照野")),
    Q(memberships__status="probationary"), Q(memberships__party_org__name="第一党支部"),
    Q(posts__since__lte=DAY), Q(posts__since__gte=DAY), Q(posts__isnull=True), Q(left_on__lte=DAY),
]  # fmt: skip


@pytest.mark.parametrize("condition", QS, ids=str)
def test_in_memory_is_as_in_the_database(cast: Cast, condition):
    listed = set(Person.objects.filter(condition).values_list("pk", flat=True))
    assert {p.pk for p in Person.objects.all() if matches(p, condition)} == listed


def test_a_policy_may_be_asked_with_an_object_or_its_id(cast: Cast):
    person = cast.people["head8"]
    assert matches(person, Q(department=cast.d8)) and matches(person, Q(department__in=[cast.d8, cast.d6]))
    assert isinstance(person.department, Department)


def test_xor_is_not_guessed(cast: Cast):
    with pytest.raises(NotImplementedError):
        matches(cast.people["head8"], Q(name="x") ^ Q(name="y"))


def test_judging_one_task_asks_the_database_little(cast: Cast, django_assert_max_num_queries):
    task, actor = Task.objects.get(pk=task_issued(cast).pk), cast.head6
    with django_assert_max_num_queries(1):
        assert not tasks.see_task.allows(actor, task)
