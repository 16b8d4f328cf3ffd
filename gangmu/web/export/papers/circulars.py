"""督查通报: of one joint inspection, and of how the tasks stand. By date and state; no order of merit, no names set apart."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from gangmu.inspection.models import Finding, Inspection, Line
from gangmu.org.models import Unit
from gangmu.papers.official import Block, Paper, Table
from gangmu.tasks.models import Task
from gangmu.web.export.papers.orders import team
from gangmu.web.export.papers.words import cell_day, day, or_unrecorded, sections

ISSUE = "第　　期"  # a circular's issue is given by hand: the place stays marked
NEAR = timedelta(days=7)


def inspection_circular(inspection: Inspection) -> Paper:
    """What was seen on both sides of each item, and what has to be put right by when."""
    lines = list(inspection.lines.select_related("item__lead_department").order_by("item__position", "pk"))
    findings = list(
        Finding.objects.filter(line__inspection=inspection).select_related("department").order_by("due_on", "pk")
    )  # fmt: skip
    party, business = team(inspection)
    words = {
        "day": day(inspection.visit_on), "place": inspection.place or _("有关部门"), "title": inspection.title,
        "party": or_unrecorded(party), "business": or_unrecorded(business), "n": len({x.item_id for x in lines}),
    }  # fmt: skip
    intro = _("%(day)s，督查组到%(place)s开展“%(title)s”，党务%(party)s、业务%(business)s参加，检查业务事项%(n)s项，"
              "业务实效和党建实效一并检查。现将情况通报如下：") % words  # fmt: skip
    body: list[Any] = [
        Block("p", intro),
        *sections([(_("检查情况"), _lines(lines)), (_("发现的问题和整改"), findings_blocks(findings))]),
    ]
    facts = {
        "督查": inspection.title, "日期": day(inspection.visit_on), "地点": inspection.place, "党务": party, "业务": business,
        "条目": [
            {"事项": x.item.title, "牵头部门": str(x.item.lead_department or ""), "业务实效": or_unrecorded(x.business_effect),
             "党建实效": or_unrecorded(x.party_effect), "比照期望": str(x.get_grade_display() or _("未记"))} for x in lines
        ],
        "问题": finding_facts(findings),
    }  # fmt: skip
    return _bulletin(
        inspection.unit, _("关于“%(title)s”情况的通报") % {"title": inspection.title}, body, facts
    )


def _lines(lines: list[Line]) -> list[Any]:
    heads = (_("业务事项"), _("牵头部门"), _("业务实效"), _("党建实效"), _("比照期望"))
    rows = [
        (x.item.title, str(x.item.lead_department or ""), or_unrecorded(x.business_effect),
         or_unrecorded(x.party_effect), str(x.get_grade_display() or _("未记")))
        for x in lines
    ]  # fmt: skip
    return (
        [Table(heads, rows, (2.1, 1.7, 2.7, 2.7, 1.3))] if rows else [Block("p", _("没有列入督查的事项。"))]
    )


def findings_blocks(findings: list[Finding]) -> list[Any]:
    heads = (_("问题"), _("哪一头"), _("整改部门"), _("期限"), _("情形"))
    rows = [
        (f.text, str(f.get_side_display()), str(f.department), cell_day(f.due_on), str(f.get_state_display()))
        for f in findings
    ]
    return (
        [Table(heads, rows, (3.6, 1.2, 1.7, 1.8, 1.4))] if rows else [Block("p", _("没有发现问题的记录。"))]
    )


def finding_facts(findings: list[Finding]) -> list[dict[str, str]]:
    return [
        {"问题": f.text, "哪一头": str(f.get_side_display()), "整改部门": str(f.department), "期限": day(f.due_on),
         "状态": str(f.get_state_display())}
        for f in findings
    ]  # fmt: skip


def progress_circular(
    unit: Unit, tasks: Iterable[Task], findings: Iterable[Finding], closed: int, today: date
) -> Paper:
    """``tasks``: the open ones with their newest progress; ``closed``: verified or closed this year."""
    running = sorted(tasks, key=lambda t: (t.due_on, t.pk))
    late = [t for t in running if t.due_on < today]
    near = [t for t in running if today <= t.due_on <= today + NEAR]
    later = [t for t in running if t.due_on > today + NEAR]
    waiting = list(findings)
    words = {"day": day(today), "n": len(running), "late": len(late), "near": len(near), "closed": closed}
    intro = _("截至%(day)s，在办任务%(n)s件，其中逾期%(late)s件、一周内到期%(near)s件；今年已核查或销号%(closed)s件。"
              "按期限先后列出，不分名次。") % words  # fmt: skip
    body: list[Any] = [
        Block("p", intro),
        *sections([
            (_("逾期未办结的"), _tasks(late)), (_("一周内到期的"), _tasks(near)), (_("其他在办的"), _tasks(later)),
            (_("还在整改的问题"), findings_blocks(waiting) if waiting else []),
        ]),
    ]  # fmt: skip
    facts = {
        "统计日": day(today), "在办": str(len(running)), "逾期": str(len(late)), "一周内到期": str(len(near)),
        "办结": str(closed), "任务": [_fact(t) for t in running], "问题": finding_facts(waiting),
    }  # fmt: skip
    return _bulletin(unit, _("关于任务落实情况的通报"), body, facts)


def _tasks(rows: list[Task]) -> list[Any]:
    heads = (_("任务"), _("牵头部门"), _("期限"), _("状态"), _("最近进展"))
    cells = [
        (t.title, str(t.department), cell_day(t.due_on), str(t.get_state_display()), _progress(t))
        for t in rows
    ]
    return [Table(heads, cells, (2.7, 1.7, 1.8, 1.2, 2.9))] if cells else []


def _progress(task: Any) -> str:
    if not task.progress_text:
        return _("还没有进展的记录")
    return _("%(day)s：%(text)s") % {"day": day(task.progress_on), "text": task.progress_text}


def _fact(task: Task) -> dict[str, str]:
    return {
        "任务": task.title, "牵头部门": str(task.department), "责任人": str(task.person or ""), "期限": day(task.due_on),
        "状态": str(task.get_state_display()), "进展": _progress(task),
    }  # fmt: skip


def _bulletin(unit: Unit, title: str, body: list[Any], facts: dict[str, Any]) -> Paper:
    return Paper(title=title, body=body, head=_("督查通报"), issue=ISSUE, issued_by=unit.name, facts=facts)
