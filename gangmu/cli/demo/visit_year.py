"""Beside the joint inspections: a walk, research, what came home, the programme to come, and a 巡察整改."""

from datetime import timedelta

from gangmu.cli.demo.calendar import Story
from gangmu.cli.demo.people import Cast
from gangmu.common import clock
from gangmu.flow import steps
from gangmu.inspection.actions import campaigns, findings, inspections, proposals
from gangmu.inspection.models import Campaign, Inspection, Measure
from gangmu.plan.models import PlanItem
from gangmu.tasks.actions import tasks

# problem, [(measure, leader, department, days after the feedback, long-term)]
PROBLEMS = [
    ("部分办案组党建责任没有明确到人", [
        ("办案组逐个列出党员责任区，贴在办案组台账首页", "deputy1", "第八检察部", 40, False),
        ("支部书记每季度到办案组讲一次责任", "committee_secretary", "机关党委", 85, False),
    ]),
    ("党组会研究党建议题偏少", [("每季度至少安排一次党建专题，列入议题计划", "first", "机关党委", 60, False)]),
    ("快办案件文书送达超期问题反复出现", [
        ("送达环节设专人，逐案登记", "deputy2", "第一检察部", 75, False),
        ("每月抽查送达记录，长期坚持", "deputy2", "案件管理部", 300, True),
    ]),
]  # fmt: skip


def live(cast: Cast, story: Story, found: dict[str, PlanItem]) -> None:
    _walk(cast, story)
    _research(cast, story, found)
    _repeat(cast, story)
    _programme(cast, story)
    _campaign(cast, story)


def _walk(cast: Cast, story: Story) -> None:
    """A leader at the contact point: no items, a few sentences."""
    day, office = story.workday(6, 12), cast.act("机关党委")
    with clock.at(day - timedelta(days=5)):
        visit = inspections.order(
            unit=cast.unit, title="到第八党支部联系点走访", visit_on=day, kind=Inspection.Kind.CONTACT_POINT,
            leader=cast.people["deputy1"], branch=cast.branches[7], by=office,
        )  # fmt: skip
    with clock.at(day):
        visit = inspections.write_up(
            inspection=visit, gist="听了支部三个办案组的分工，看了先锋岗夜查记录。支部希望取样培训放在农闲之前，带回党办研究。",
            by=cast.act("deputy1"),
        )  # fmt: skip
        steps.close_inspection(inspection=visit, by=cast.act("deputy1"))


def _research(cast: Cast, story: Story, found: dict[str, PlanItem]) -> None:
    """Research that brought three ways in home: one taken in, one declined, one that waits."""
    day, office = story.workday(9, 10), cast.act("机关党委")
    with clock.at(day - timedelta(days=5)):
        visit = inspections.order(
            unit=cast.unit, title="支部建在专案组上的调研", topic="专案组临时党支部怎样管用", visit_on=day,
            kind=Inspection.Kind.RESEARCH, party_people=[cast.people["机关党委1"]],
            business_people=[cast.people["第四检察部"]], leader=cast.people["committee_secretary"],
            items=[found["耕地保护专项"], found["司法救助"]], by=office,
        )  # fmt: skip
    with clock.at(day):
        for line in visit.lines.select_related("item", "entry_point", "inspection"):
            inspections.look(
                line=line, business_effect=f"{line.item.title}的台账和现场对得上", party_effect="临时党支部每周碰一次头",
                grade="effective", by=office,
            )  # fmt: skip
        gang = found["重大案件临时党支部办法"]
        rows = [
            proposals.propose(inspection=visit, gang=gang, mu=found[mu], kind=kind, expected=text, by=office)
            for mu, kind, text in (
                ("耕地保护专项", "guarantee", "跨县取证由临时党支部统一排班，当天到现场"),
                ("司法救助", "organise", "党员一对一回访救助对象，材料一次备齐"),
                ("耕地保护专项", "educate", "现场会上讲清保护责任"),
            )
        ]
        visit = Inspection.objects.get(pk=visit.pk)
        steps.close_inspection(inspection=visit, by=office)
    with clock.at(day + timedelta(days=3)):
        steps.accept_proposal(proposal=rows[0], by=office)
        proposals.decline(proposal=rows[2], reason="与法治副校长的讲课重了，合到那一项里", by=office)


def _repeat(cast: Cast, story: Story) -> None:
    """What was found in summer is found again."""
    visit = Inspection.objects.filter(unit=cast.unit, state=Inspection.State.VISITED).latest("visit_on")
    line = visit.lines.select_related("inspection", "item").exclude(business_effect="").order_by("pk").first()
    assert line is not None  # noqa: S101 - the year before this wrote most of its lines
    with clock.at(visit.visit_on + timedelta(days=1)):
        findings.raise_finding(
            line=line, side="business", text="白石段排口取样记录不全", department=cast.departments["第八检察部"],
            cause="交接时没有核对", due_on=story.today + timedelta(days=20), by=cast.act("机关党委"),
        )  # fmt: skip


def _programme(cast: Cast, story: Story) -> None:
    """To come: one of them too close to a visit that is ordered already."""
    office, today = cast.act("机关党委"), story.today
    with clock.at(today):
        inspections.plan_visit(
            unit=cast.unit, title="第八党支部联系点走访", visit_on=today + timedelta(days=30),
            kind=Inspection.Kind.CONTACT_POINT, branch=cast.branches[7], by=office,
        )  # fmt: skip
        for days, title, names in (
            (70, "一季度联合督查：重大犯罪与未成年人", ("第二检察部", "第九检察部")),
            (130, "半年前督查：民事行政", ("第六检察部", "第七检察部")),
        ):
            inspections.plan_visit(
                unit=cast.unit, title=title, visit_on=today + timedelta(days=days),
                departments=[cast.departments[n] for n in names], by=office,
            )  # fmt: skip


def _campaign(cast: Cast, story: Story) -> None:
    """Signed, handed out, two measures checked off, the rest under way."""
    day, office, first = story.workday(9, 18), cast.act("机关党委"), cast.act("first")
    with clock.at(day):
        row = campaigns.register_campaign(
            unit=cast.unit, title="市委第四轮巡察", issuer="市委第二巡察组", reported_on=day, by=office
        )
    with clock.at(day + timedelta(days=8)):
        for text, measures in PROBLEMS:
            problem = campaigns.add_problem(campaign=row, text=text, by=office)
            for words, leader, department, days, long_term in measures:
                campaigns.add_measure(
                    problem=problem, text=words, leader=cast.people[leader], department=cast.departments[department],
                    due_on=day + timedelta(days=days), long_term=long_term, by=office,
                )  # fmt: skip
        row = campaigns.sign_plan(campaign=row, by=first)
        steps.deploy_measures(campaign=row, by=office)
    _check_off(cast, story, row)


def _check_off(cast: Cast, story: Story, row: Campaign) -> None:
    start = row.reported_on + timedelta(days=10)
    for number, measure in enumerate(Measure.objects.filter(problem__campaign=row).order_by("pk")):
        owner, task = cast.act(measure.department.name), measure.task
        assert task is not None  # noqa: S101 - deployed above
        if number == 3:  # not signed for yet
            continue
        with clock.at(start):
            tasks.sign(task=task, by=owner)
        if number == 0:
            with clock.at(start + timedelta(days=5)):
                task = tasks.submit(task=task, text="三个办案组都列了，已贴台账首页", by=owner)
            with clock.at(start + timedelta(days=6)):
                tasks.verify(task=task, by=cast.act("办公室"))
                campaigns.check_off(measure=measure, result="done", by=cast.act("机关党委"))
        if number == 4:
            with clock.at(start + timedelta(days=6)):
                campaigns.check_off(
                    measure=measure, result="ongoing", note="每月抽查一次，报党组", by=cast.act("机关党委")
                )
