"""The plan, and its table of tasks."""

from django.utils.translation import gettext as _

from gangmu.meetings import queries as meetings
from gangmu.papers.model import Due, Item, Outline
from gangmu.papers.official import Paper, Table
from gangmu.papers.write import plan_paper
from gangmu.plan import queries as plans
from gangmu.plan.models import Plan, PlanItem
from gangmu.web.export.papers.words import cell_day, day


def plan(found: Plan) -> Paper:
    """A plan in force has its red head and says which body adopted it when; any other says what it is."""
    paper = plan_paper(outline(found))
    paper.note = ""
    if found.adopted_on:
        decision = meetings.plan_decision(found.pk)
        words = {"day": day(found.adopted_on), "meeting": decision.meeting if decision else ""}
        paper.note = _("%(day)s%(meeting)s通过") % words
        paper.head, paper.doc_no = found.unit.name, found.doc_no
        paper.signed_by, paper.signed_on = found.unit.name, found.adopted_on
    else:
        paper.note = _("%(state)s，还没有通过") % {"state": found.get_state_display()}
    paper.facts = {"年度": str(found.year), "通过日期": day(found.adopted_on), "事项": _facts(rows_of(found))}
    return paper


def rows_of(found: Plan) -> list[PlanItem]:
    return list(plans.action_items(found.pk).prefetch_related("co_departments__department"))


def task_list(found: Plan) -> Paper:
    """任务分解表: every item that carries an action, on a turned page."""
    rows = rows_of(found)
    heads = (
        _("序号"),
        _("纲目"),
        _("事项"),
        _("主要内容"),
        _("牵头部门"),
        _("配合部门"),
        _("牵头领导"),
        _("完成时限"),
    )
    cells = [
        (str(n), str(r.get_track_display()), r.title, "" if r.text == r.title else r.text, str(r.lead_department or _("未定")),
         _co(r), str(r.leader or ""), cell_day(r.due_on) or r.due_raw or _("未写"))
        for n, r in enumerate(rows, start=1)
    ]  # fmt: skip
    return Paper(
        title=_("%(title)s任务分解表") % {"title": found.title}, landscape=True,
        body=[Table(heads, cells, (0.8, 0.8, 2.5, 3.9, 1.7, 1.9, 1.4, 1.8))],
        note="" if found.adopted_on else _("%(state)s，还没有通过") % {"state": found.get_state_display()},
        facts={"年度": str(found.year), "通过日期": day(found.adopted_on), "事项": _facts(rows)},
    )  # fmt: skip


def _co(row: PlanItem) -> str:
    return _("、").join(c.department.name for c in row.co_departments.all())


def _facts(rows: list[PlanItem]) -> list[dict[str, str]]:
    return [
        {"序号": str(n), "纲目": str(r.get_track_display()), "事项": r.title, "内容": r.text,
         "牵头部门": str(r.lead_department or ""), "配合部门": _co(r), "牵头领导": str(r.leader or ""),
         "期限": day(r.due_on) or r.due_raw}
        for n, r in enumerate(rows, start=1)
    ]  # fmt: skip


def outline(found: Plan) -> Outline:
    """The plan as an outline again: what ``papers.write`` sets as the office types it."""
    rows = plans.items(found.pk).prefetch_related("co_departments__department")
    made: dict[int, Item] = {}
    top: list[Item] = []
    for row in rows:
        item = Item(
            label=row.label, level=row.level, title=row.title, text="" if row.text == row.title else row.text,
            task=row.is_task, leader=[row.leader.name] if row.leader else [],
            lead=[row.lead_department.name] if row.lead_department else [],
            units=[c.department.name for c in row.co_departments.all()], due=_due(row),
        )  # fmt: skip
        made[row.pk] = item
        (made[row.parent_id].children if row.parent_id in made else top).append(item)
    return Outline(title=found.title, doc_no=found.doc_no, year=found.year, items=top, kind="plan")


def _due(row: PlanItem) -> Due | None:
    if row.due_on:
        return Due("date", row.due_raw or _("%(day)s前") % {"day": day(row.due_on)}, row.due_on)
    return Due("ongoing", row.due_raw) if row.due_raw else None
