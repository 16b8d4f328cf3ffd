"""What happens to tasks beside the routine: instructions, parts, milestones, requests, calls, difficult issues, mobilisation."""

from datetime import timedelta
from decimal import Decimal

from gangmu.cli.demo.calendar import Story
from gangmu.cli.demo.people import Cast
from gangmu.common import clock
from gangmu.flow import steps
from gangmu.org.models import Department
from gangmu.plan.models import EntryPoint, PlanItem
from gangmu.tasks.actions import changes, issues, milestones, mobilisations, tasks, urges
from gangmu.tasks.actions.tasks import NewResource, Part, Terms
from gangmu.tasks.models import Task

RIVER = "清澜河流域公益诉讼"


def live(cast: Cast, story: Story, found: dict[str, PlanItem]) -> None:
    _instruct(cast, story)
    _parts(cast, story)
    _steps(cast, story, found)
    _issues(cast, story, found)
    _mobilise(cast, story, found)


def _instruct(cast: Cast, story: Story) -> None:
    """The first person's words of last week: no date was given, so the department is asked to confirm a week."""
    day = story.workday(11, 19)
    with clock.at(day):
        steps.deploy_instruction(
            unit=cast.unit, leader=cast.people["first"], given_on=day, words="排口整改进展请第八检察部理一份，下周碰一次。",
            title="理出排口整改进展", department=cast.departments["第八检察部"], by=cast.act("办公室"),
        )  # fmt: skip


def _parts(cast: Cast, story: Story) -> None:
    """38 outlets checked again by three departments: one part is done, one runs, one waits to be signed for."""
    lead, office = cast.departments["第八检察部"], cast.act("机关党委")
    joined: list[Department] = [cast.departments["第五检察部"], cast.departments["案件管理部"]]
    start = story.workday(10, 12)
    with clock.at(start):
        task = tasks.issue(
            unit=cast.unit, title="排口整改回头看", source=Task.Source.DIRECTIVE, department=lead, co_departments=joined,
            due_on=story.today + timedelta(days=25), terms=Terms(target=Decimal(38), target_unit="处"),
            resources=[NewResource("money", "复查取样经费", Decimal(24000))], by=office,
        )  # fmt: skip
    head = cast.act("第八检察部")
    with clock.at(start + timedelta(days=1)):
        task = tasks.sign(task=task, by=head)
        made = tasks.break_down(
            task=task, by=head,
            parts=[Part("白石段回头看", lead, target=Decimal(16), money=Decimal(9000)),
                   Part("临川段回头看", joined[0], target=Decimal(14), money=Decimal(8000)),
                   Part("台账核对", joined[1], target=Decimal(8))],
        )  # fmt: skip
        milestones.add(task=task, title="白石段查完", due_on=story.workday(11, 10), by=head)
        milestones.add(task=task, title="两段都查完", due_on=story.today + timedelta(days=6), by=head)
    with clock.at(start + timedelta(days=2)):
        for part in made[:2]:
            tasks.sign(task=part, by=cast.act(part.department.name))
    done = max(start + timedelta(days=3), story.workday(11, 9))
    with clock.at(done):
        tasks.submit(task=made[0], text="16 处都看过，14 处已整改到位", by=head)
        milestones.reach(milestone=task.milestones.get(title="白石段查完"), by=head)
        tasks.verify(task=made[0], by=office)


def _steps(cast: Cast, story: Story, found: dict[str, PlanItem]) -> None:
    """A request that waits, one that was refused, and two calls of today."""
    office = cast.act("机关党委")
    running = list(
        Task.objects.filter(unit=cast.unit, state="under_way", parent=None, long_term=False).order_by(
            "due_on", "pk"
        )
    )
    late = [t for t in running if t.due_on < story.today and t.department.name != "机关党委"]
    ahead = [
        t for t in running if t.due_on > story.today and t.department.name not in ("机关党委", "第八检察部")
    ]
    with clock.at(story.today):
        for task in late[:2]:
            urges.urge(task=task, text="已经过了期限，请报办到哪一步了；需要延期就提出来。", by=office)
        for number, task in enumerate(ahead[:2]):
            owner = cast.act(task.department.name) if task.department.name in cast.users else office
            change = changes.ask(
                task=task,
                kind="extend",
                reason="有关单位的数据月底才出",
                due_on=task.due_on + timedelta(days=10),
                by=owner,
            )
            if number and change.state == "asked":
                changes.refuse(change=change, answer="年底要汇总，请按原期限办", by=office)


def _issues(cast: Cast, story: Story, found: dict[str, PlanItem]) -> None:
    """Two broken, one studied, one with one side still empty."""
    river, head, lead = found[RIVER], cast.act("第八检察部"), cast.departments["第八检察部"]
    rows = [
        (7, "排口夜间排放取证难", "白天去看不到，夜里去进不了厂区。", "和环保执法队联合夜查，第一时间取样封存",
         "党员先锋岗轮值夜查，党员带头下现场", ("取到夜间水样 6 份，立案 4 件", "先锋岗 11 名党员轮值 9 夜，没有一夜空岗")),
        (9, "排口取样鉴定时间长", "鉴定要排队，等意见就过了磋商期。", "和鉴定机构约定绿色通道，简易鉴定先行",
         "与鉴定机构党支部联学联建，签共建清单", None),
        (11, "跨县排口责任分不清", "两县交界处谁管说不清。", "请市里明确责任段", "", None),
    ]  # fmt: skip
    for month, title, text, solution, way, result in rows:
        day = story.workday(month, 10)
        with clock.at(day):
            issue = issues.raise_issue(unit=cast.unit, title=title, text=text, department=lead, item=river,
                                       solution=solution, party_way=way, by=head)  # fmt: skip
            if way:
                issue = issues.study(issue=issue, by=head)
        if result:
            with clock.at(day + timedelta(days=30)):
                issues.resolve(issue=issue, business_result=result[0], party_result=result[1], by=head)


def _mobilise(cast: Cast, story: Story, found: dict[str, PlanItem]) -> None:
    """One campaign settled, one in force that is short of a car, one drafted that wants the same people."""
    river, leader = found[RIVER], cast.people["deputy1"]
    knot = EntryPoint.objects.filter(mu=river).exclude(state="untied").first()
    office, head = cast.act("机关党委"), cast.act("第八检察部")
    for number, (title, month, length) in enumerate(
        [("清澜河排口集中取样", 7, 12), ("年终排口回头看", 11, 20), ("法治宣传月集中活动", 11, 25)]
    ):
        start = story.workday(month, 14 + number)
        with clock.at(start - timedelta(days=3)):
            order = mobilisations.draft(
                unit=cast.unit, title=title, kind="activity" if number == 2 else "case", coordinator=leader, item=river,
                purpose="把法治宣传办进沿河十二个村" if number == 2 else "把沿线排口查清、取样、立案，一次办成", entry_point=knot, starts_on=start,
                ends_on=start + timedelta(days=length), by=office,
            )  # fmt: skip
            _lines(cast, order, office)
            if number == 2:
                continue
            order = mobilisations.order(order=order, by=office)
            for line in order.contributions.select_related("department"):
                ours = line.department.name == "第八检察部"
                short = line.kind == "vehicle" and number == 1
                if ours or number == 0:  # the office has not answered the second order yet
                    mobilisations.give(line=line, given=line.asked - 1 if short else line.asked,
                                       by=head if ours else cast.act("办公室"))  # fmt: skip
        if number == 0:
            with clock.at(start + timedelta(days=length + 2)):
                used = {x.pk: Decimal(7350) for x in order.contributions.filter(kind="money")}
                mobilisations.settle(order=order, result="38 处排口全部取样，立案 9 件", used=used,
                                     party_result="临时党支部进办案组，党员 24 人分段包干", by=office)  # fmt: skip


def _lines(cast: Cast, order, office) -> None:  # type: ignore[no-untyped-def]
    lead, other = cast.departments["第八检察部"], cast.departments["办公室"]
    for kind, department, text, asked, person in [
        ("people", lead, "办案人员", 6, None), ("people", lead, "现场负责", 1, cast.people["第八检察部1"]),
        ("money", other, "专项办案经费", 8000, None), ("vehicle", lead, "取样车", 2, None), ("room", other, "三楼会商室", 1, None),
        ("things", lead, "便携检测箱", 3, None),
    ]:  # fmt: skip
        mobilisations.ask_for(order=order, kind=kind, department=department, text=text, asked=Decimal(asked),
                              person=person, by=office)  # fmt: skip
