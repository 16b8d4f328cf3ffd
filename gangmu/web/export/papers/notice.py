"""督办单: one task as a form, with room for what is written by hand."""

from django.utils.translation import gettext as _

from gangmu.papers.official import Form, Paper
from gangmu.tasks.models import Task
from gangmu.web.export.papers.words import day, names, or_unrecorded


def notice(task: Task) -> Paper:
    """What is recorded is filled in; signature, instruction and opinion are left for the pen."""
    progress = [
        {"日期": day(p.happened_on), "进展": p.text, "报送人": str(p.author)}
        for p in task.progress.select_related("author").order_by("happened_on", "pk")
    ]
    co = names(c.department for c in task.co_departments.select_related("department"))
    facts = {
        "任务": task.title, "来源": source(task), "牵头部门": str(task.department), "配合部门": co,
        "责任人": str(task.person or ""), "交办日期": day(task.issued_on), "期限": day(task.due_on),
        "要求": task.requirement, "状态": str(task.get_state_display()), "签收日期": day(task.signed_on),
        "核查日期": day(task.verified_on), "核查人": str(task.verified_by or ""), "销号日期": day(task.closed_on),
        "进展": progress,
    }  # fmt: skip
    said = "\n".join(f"{p['日期']}：{p['进展']}（{p['报送人']}）" for p in progress)
    checked = _("%(day)s核查，%(who)s。") % {"day": facts["核查日期"], "who": or_unrecorded(task.verified_by)}
    form = Form(
        (
            (_("督办事项"), task.title),
            (_("来　　源"), source(task)),
            (_("牵头部门"), str(task.department), _("责任人"), or_unrecorded(task.person)),
            (_("配合部门"), co or _("没有")),
            (_("交办日期"), day(task.issued_on), _("办结期限"), day(task.due_on)),
            (_("办理要求"), task.requirement or _("没有另外要求")),
            (_("签　　收"), day(task.signed_on) or _("还没有签收"), _("现在状态"), str(task.get_state_display())),
            (_("办理进展"), said or _("还没有进展的记录")),
            (_("核查销号"), (checked if task.verified_on else _("还没有核查"))
             + (_("%(day)s销号。") % {"day": day(task.closed_on)} if task.closed_on else "")),
            (_("领导批示"), ""),
            (_("备　　注"), ""),
        ),
        lines=((_("办理进展"), 3), (_("领导批示"), 3), (_("备　　注"), 2)),
    )  # fmt: skip
    return Paper(title=_("督办单"), note=_("编号：〔　　　　〕　　号"), body=[form], signed_by=task.unit.name,
                 signed_on=task.issued_on, facts=facts)  # fmt: skip


def source(task: Task) -> str:
    """Where it comes from, in words."""
    if task.decision:
        meeting = task.decision.agenda_item.meeting
        return _("%(day)s%(meeting)s的决定") % {"day": day(meeting.held_on), "meeting": meeting}
    if task.source == Task.Source.FINDING:
        finding = getattr(task, "finding", None)
        if finding:
            return _("督查发现：%(text)s") % {"text": finding.text}
    if task.source == Task.Source.CAMPAIGN and hasattr(task, "measure"):
        words = {"title": task.measure.problem.campaign.title, "text": task.measure.problem.text}
        return _("%(title)s反馈：%(text)s") % words
    if task.item:
        return _("《%(plan)s》：%(item)s") % {"plan": task.item.plan.title, "item": task.item.title}
    return str(task.get_source_display())
