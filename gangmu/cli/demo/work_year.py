"""Tasks in all states, and two joint inspections."""

from datetime import date, timedelta
from decimal import Decimal

from gangmu.cli.demo import content
from gangmu.cli.demo.calendar import Story
from gangmu.cli.demo.people import Cast
from gangmu.common import clock
from gangmu.common.workdays import add_workdays
from gangmu.flow import steps
from gangmu.inspection.actions import findings, inspections
from gangmu.inspection.models import Inspection
from gangmu.meetings.models import Decision
from gangmu.plan.models import Plan, PlanItem
from gangmu.tasks.actions import tasks
from gangmu.tasks.actions.tasks import NewResource
from gangmu.tasks.models import Task

# Titles whose tasks stand out: never deployed, never signed for, left to run late.
NOT_DEPLOYED = {"土地执法监督", "发展党员与骨干培养"}
NOT_SIGNED = {"虚假诉讼监督", "县区院党建联系点"}
LATE = {"涉企挂案清理", "联学联建"}


def deploy(cast: Cast, story: Story, found: dict[str, PlanItem]) -> list[Task]:
    """统一部署: nearly every item becomes a task in the weeks after adoption."""
    office, made = cast.act("机关党委"), []
    for number, (title, item) in enumerate(found.items()):
        if title in NOT_DEPLOYED or item.lead_department is None:
            continue
        with clock.at(story.workday(1 + number % 2, 18 + number % 5)):
            made.append(
                steps.deploy_item(
                    item=item,
                    department=item.lead_department,
                    due_on=_due(story, item),
                    by=office,
                    co_departments=[c.department for c in item.co_departments.select_related("department")],
                    resources=_resources(title),
                    requirement="按节奏一句话报进展，不用附件",
                )  # fmt: skip
            )
    return made


def _due(story: Story, item: PlanItem) -> date:
    return item.due_on or story.day(12, 28)


def _resources(title: str) -> list[NewResource]:
    if title == "清澜河流域公益诉讼":
        return [NewResource("people", "办案组 11 人"), NewResource("money", "取样鉴定经费（元）", Decimal(86000)),
                NewResource("things", "取样车 2 辆、便携检测箱 3 套")]  # fmt: skip
    if title == "党员先锋岗进办案一线":
        return [NewResource("people", "先锋岗 24 人"), NewResource("money", "夜查补助（元）", Decimal(12000))]
    return []


def cancel_one(cast: Cast, story: Story, item: PlanItem) -> None:
    """A task that was asked for twice and taken back."""
    office = cast.act("机关党委")
    with clock.at(story.workday(3, 5)):
        task = steps.deploy_item(
            item=item,
            department=cast.departments["第四检察部"],
            due_on=story.day(8, 30),
            title="挂案专项通报",
            by=office,
        )
    with clock.at(story.workday(3, 9)):
        tasks.cancel(task=task, reason="与挂案清理是同一件事，并入那一项办理", by=office)


def carry_out(cast: Cast, story: Story, made: list[Task]) -> None:
    """Sign for, report by the month, hand in what is due, verify and close most of it."""
    for number, task in enumerate(made):
        title = task.item.title if task.item else ""
        if title in NOT_SIGNED:
            continue
        owner = cast.act(task.department.name)
        with clock.at(add_workdays(task.issued_on, 2 + number % 3)):
            tasks.sign(task=task, by=owner)
        _report_monthly(story, task, number, owner)
        if story.past(task.due_on) and title not in LATE:
            _finish(cast, story, task, number, owner)


def _report_monthly(story: Story, task: Task, number: int, owner) -> None:  # type: ignore[no-untyped-def]
    """Every second month for most; the last one is missing for a few."""
    for index in range(3, 12):
        day = story.workday(index, 20 - number % 5)
        if (
            (index + number) % 2
            or day > min(task.due_on, story.today)
            or day <= task.issued_on + timedelta(days=8)
        ):
            continue
        status = "slow" if (index + number) % 11 == 0 else "on_track"
        # One report in nine was written down days after the deed: both days are kept.
        late = (
            timedelta(days=6) if number % 9 == 0 and day + timedelta(days=6) <= story.today else timedelta(0)
        )
        with clock.at(day + late):
            text = content.PROGRESS[(index + number) % len(content.PROGRESS)]
            tasks.report(task=task, text=text, status=status, happened_on=day, by=owner)


def _finish(cast: Cast, story: Story, task: Task, number: int, owner) -> None:  # type: ignore[no-untyped-def]
    verifier = cast.act("办公室" if task.department.name in ("机关党委", "政治部") else "机关党委")
    day = max(
        task.due_on - timedelta(days=2 + number % 4), task.signed_on or task.issued_on + timedelta(days=6)
    )
    with clock.at(day):
        tasks.submit(task=task, text="已按要求办结，结果已报分管领导", by=owner)
    if number % 12 == 5:
        return
    if number % 8 == 3 and story.past(day + timedelta(days=1)):
        with clock.at(day + timedelta(days=1)):
            tasks.send_back(task=task, reason="缺一项结果说明", by=verifier)
            tasks.submit(task=task, text="已补结果说明", by=owner)
    if story.past(day + timedelta(days=2)):
        with clock.at(day + timedelta(days=2)):
            tasks.verify(task=task, by=verifier)
            if number % 7:
                tasks.close(task=task, by=verifier)


def carry_out_decisions(cast: Cast, story: Story) -> None:
    """Decisions of the year become tasks; the newest three still wait to be taken up, two ran late."""
    open_ones = Decision.objects.filter(
        agenda_item__meeting__unit=cast.unit, needs_action=True, adopts__isnull=True
    )
    rows = list(
        open_ones.select_related("department", "agenda_item__meeting", "agenda_item__item").order_by("pk")
    )
    for number, decision in enumerate(rows[:-3]):
        held = decision.agenda_item.meeting.held_on
        owner = cast.act(str(decision.department))
        with clock.at(add_workdays(held, 1)):
            task = steps.deploy_decision(decision=decision, by=cast.act("机关党委"))
        with clock.at(add_workdays(held, 2)):
            tasks.sign(task=task, by=owner)
        task.refresh_from_db()
        if number in (4, 19) or not story.past(task.due_on):
            continue
        _finish(cast, story, task, 1 + number % 2, owner)


def inspect(cast: Cast, story: Story, plan: Plan, found: dict[str, PlanItem]) -> None:
    """Two joint inspections: one closed in month 8 with findings, one this month still open; a third is ordered."""
    first = _visit(cast, story.workday(8, 20), "年中联合督查：公益诉讼与扫黑除恶", "第二检察部",
                   ["清澜河流域公益诉讼", "扫黑除恶常态化", "重大命案提前介入", "安全生产领域监督", "监检衔接", "食药安全专项",
                    "轻微刑事案件快办", "受贿行贿一起查", "司法救助", "支持农民工起诉", "社区矫正巡回检察"], found)  # fmt: skip
    _look(cast, first, story.workday(8, 20), close=True)
    _findings(cast, first, story)
    second = _visit(cast, story.workday(11, 12), "四季度联合督查：涉企与民生", "第八检察部",
                    ["涉企挂案清理", "民事执行监督", "法治副校长履职", "文物和英烈保护"], found)  # fmt: skip
    _look(cast, second, story.workday(11, 12), close=False)
    _visit(cast, story.day(11, 40), "年终督查：排口整改回头看", "第四检察部",
           ["清澜河流域公益诉讼", "耕地保护专项"], found, ordered=story.workday(11, 20))  # fmt: skip


def _visit(
    cast: Cast, on: date, title: str, business: str, titles: list[str], found: dict[str, PlanItem],
    ordered: date | None = None,
) -> Inspection:  # fmt: skip
    with clock.at(ordered or on - timedelta(days=6)):
        return inspections.order(
            unit=cast.unit, title=title, visit_on=on, place="相关部门和办案现场",
            party_people=[cast.people["机关党委"], cast.people["机关党委1"]],
            business_people=[cast.people[business], cast.people["案件管理部"]],
            items=[found[t] for t in titles], by=cast.act("机关党委"),
        )  # fmt: skip


def _look(cast: Cast, inspection: Inspection, on: date, *, close: bool) -> None:
    office = cast.act("机关党委")
    with clock.at(on):
        for number, line in enumerate(
            inspection.lines.select_related("item", "entry_point", "inspection").order_by("pk")
        ):
            if not close and number % 3 == 2:
                continue
            expected = line.entry_point.expected if line.entry_point else "没有切入点"
            inspections.look(
                line=line, business_effect=f"{line.item.title}按计划推进，抽查记录与进展相符",
                party_effect=f"比照期望“{expected}”，现场看到" + ("已经做到" if number % 4 else "做到一部分"),
                grade="effective" if number % 4 else "partly", by=office,
            )  # fmt: skip
        if close:
            steps.close_inspection(inspection=inspection, by=office)


def _findings(cast: Cast, inspection: Inspection, story: Story) -> None:
    """Three findings: one put right and rechecked, one under way, one late."""
    office = cast.act("机关党委")
    rows = [
        ("第八检察部", "business", "白石段两处排口取样记录不全", 30),
        ("机关党委", "party", "临时党支部活动记录没有写明办案组党员分工", 20),
        ("第一检察部", "business", "快办案件文书送达有三件超期", 45),
    ]
    lines = list(inspection.lines.select_related("inspection", "item").order_by("pk"))
    visit = inspection.visit_on
    for number, (department, side, text, days) in enumerate(rows):
        with clock.at(visit + timedelta(days=1)):
            finding = findings.raise_finding(
                line=lines[number * 2], side=side, text=text, department=cast.departments[department],
                due_on=visit + timedelta(days=days), cause="衔接环节没有明确到人", by=office,
            )  # fmt: skip
            task = steps.rectify(finding=finding, by=office)
        owner = cast.act(department)
        with clock.at(visit + timedelta(days=3)):
            tasks.sign(task=task, by=owner)
        if number == 2:
            continue
        with clock.at(visit + timedelta(days=15)):
            tasks.submit(task=task, text="已补齐并举一反三自查", by=owner)
        verifier = cast.act("办公室")
        with clock.at(visit + timedelta(days=17)):
            tasks.verify(task=task, by=verifier)
        if number == 0:
            with clock.at(visit + timedelta(days=18)):
                findings.recheck(finding=finding, passed=True, by=office)
