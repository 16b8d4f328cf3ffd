"""What events, states and dates are called on a page: one place, so that every room says the same."""

from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from gangmu.common import clock
from gangmu.events.timeline import Step
from gangmu.tasks.arithmetic import NEAR
from gangmu.tasks.models import Task
from gangmu.web.format import cn_date, relative_due

# verb → (the word before the fact, which strand did it: party, business, both, or owner: that of the work it is about)
STEPS: dict[str, tuple[Any, str]] = {
    "plan.read_paper": (_l("导入"), "both"),
    "plan.draft": (_l("起草"), "both"),
    "plan.confirm": (_l("核对"), "both"),
    "plan.adopt": (_l("通过"), "both"),
    "plan.close": (_l("结束"), "both"),
    "plan.drop": (_l("作废"), "both"),
    "plan.add_item": (_l("列入"), "both"),
    "plan.edit_item": (_l("改动"), "both"),
    "plan.accept_guesses": (_l("认可"), "both"),
    "plan.set_aside": (_l("搁置"), "both"),
    "plan.split_item": (_l("拆开"), "both"),
    "plan.merge_items": (_l("合并"), "both"),
    "plan.mark_item": (_l("改类"), "both"),
    "plan.take_in": (_l("列入"), "both"),
    "plan.join_paragraph": (_l("并段"), "both"),
    "plan.start_at": (_l("定起点"), "both"),
    "plan.read_responsible": (_l("定算法"), "both"),
    "plan.name_unit": (_l("对名称"), "both"),
    "plan.move_item": (_l("移位"), "both"),
    "plan.take_over": (_l("并入修订"), "both"),
    "plan.remember_hint": (_l("记更正"), "both"),
    "plan.forget_hint": (_l("忘更正"), "both"),
    "org.remember_alias": (_l("记别名"), "both"),
    "org.forget_alias": (_l("忘别名"), "both"),
    "plan.tie": (_l("结点"), "both"),
    "plan.untie": (_l("解点"), "both"),
    "plan.take_effect": (_l("见效"), "both"),
    "plan.reopen_entry_point": (_l("重开"), "both"),
    "plan.give_reason": (_l("写理由"), "both"),
    "plan.accept_reason": (_l("准予"), "party"),
    "plan.register_directive": (_l("要求"), "both"),
    "plan.send_down": (_l("下发"), "both"),
    "plan.receive_directive": (_l("收到"), "both"),
    "plan.answer_point": (_l("答复"), "both"),
    "plan.withdraw_answer": (_l("撤答"), "both"),
    "plan.leave_unanswered": (_l("不列"), "both"),
    "plan.limit": (_l("定上限"), "both"),
    "plan.fill": (_l("套用"), "both"),
    "plan.add_items": (_l("列入"), "both"),
    "plan.indent_item": (_l("升降级"), "both"),
    "plan.bulk_set": (_l("统设"), "both"),
    "plan.carry_over": (_l("结转"), "both"),
    "plan.check_skins": (_l("检查"), "both"),
    "plan.explain_skin": (_l("写理由"), "both"),
    "plan.accept_skin": (_l("准予"), "party"),
    "plan.begin_amendment": (_l("拟调整"), "both"),
    "plan.add_amendment_line": (_l("拟改"), "both"),
    "plan.remove_amendment_line": (_l("撤改"), "both"),
    "plan.propose_amendment": (_l("提请"), "both"),
    "plan.drop_amendment": (_l("放弃"), "both"),
    "plan.adopt_amendment": (_l("调整"), "both"),
    "plan.amend_item": (_l("调整"), "both"),
    "meetings.convene": (_l("召集"), "party"),
    "meetings.add_topic": (_l("列议题"), "both"),
    "meetings.record_attendance": (_l("记到会"), "party"),
    "meetings.vote": (_l("表决"), "both"),
    "meetings.decide": (_l("研究"), "both"),
    "meetings.finalise": (_l("定稿"), "party"),
    "meetings.call_off": (_l("未开"), "party"),
    "meetings.give_absence_reason": (_l("补事由"), "party"),
    "meetings.bring_minutes": (_l("导入纪要"), "party"),
    "meetings.take_minutes": (_l("记入会议"), "party"),
    "meetings.drop_minutes": (_l("作废纪要"), "party"),
    "tasks.issue": (_l("部署"), "both"),
    "tasks.sign": (_l("签收"), "owner"),
    "tasks.report": (_l("落实"), "owner"),
    "tasks.submit": (_l("报结"), "owner"),
    "tasks.verify": (_l("核查"), "both"),
    "tasks.send_back": (_l("退回"), "both"),
    "tasks.close": (_l("销号"), "both"),
    "tasks.cancel": (_l("撤销"), "both"),
    "tasks.break_down": (_l("分解"), "both"),
    "tasks.confirm_due": (_l("认期限"), "owner"),
    "tasks.review": (_l("复核"), "both"),
    "tasks.instruct": (_l("批示"), "both"),
    "tasks.add_milestone": (_l("定节点"), "both"),
    "tasks.reach_milestone": (_l("到节点"), "owner"),
    "tasks.urge": (_l("催办"), "both"),
    "tasks.ask": (_l("请求"), "owner"),
    "tasks.approve": (_l("同意"), "both"),
    "tasks.refuse": (_l("不同意"), "both"),
    "tasks.withdraw": (_l("收回"), "owner"),
    "tasks.raise_issue": (_l("难点"), "business"),
    "tasks.write_up_issue": (_l("想办法"), "both"),
    "tasks.put_forward_issue": (_l("提请"), "both"),
    "tasks.study_issue": (_l("研究"), "both"),
    "tasks.resolve_issue": (_l("破解"), "both"),
    "tasks.drop_issue": (_l("不列"), "both"),
    "tasks.draft_order": (_l("草拟"), "both"),
    "tasks.ask_for": (_l("列入"), "both"),
    "tasks.leave_out": (_l("去掉"), "both"),
    "tasks.order": (_l("动员"), "both"),
    "tasks.give": (_l("确认"), "owner"),
    "tasks.settle_order": (_l("结算"), "both"),
    "tasks.call_off_order": (_l("取消"), "both"),
    "jobs.start": (_l("交后台"), "both"),
    "jobs.begin": (_l("后台开始"), "both"),
    "jobs.finish": (_l("后台办完"), "both"),
    "jobs.fail": (_l("后台未成"), "both"),
    "inspection.order": (_l("下令"), "both"),
    "inspection.look": (_l("督查"), "both"),
    "inspection.close": (_l("办结"), "both"),
    "inspection.raise_finding": (_l("发现"), "both"),
    "inspection.assign": (_l("整改"), "both"),
    "inspection.recheck": (_l("复查"), "both"),
    "org.upload_template": (_l("传模板"), "both"),
    "org.retire_template": (_l("停模板"), "both"),
    "inspection.plan_visit": (_l("列计划"), "both"),
    "inspection.add_item": (_l("加查"), "both"),
    "inspection.merge": (_l("合并"), "both"),
    "inspection.call_off": (_l("不去"), "both"),
    "inspection.write_up": (_l("走访"), "both"),
    "inspection.propose": (_l("建议"), "both"),
    "inspection.accept_proposal": (_l("采纳"), "both"),
    "inspection.decline_proposal": (_l("不采纳"), "both"),
    "inspection.read_sheet": (_l("读表"), "both"),
    "inspection.adopt_sheet": (_l("写入"), "both"),
    "inspection.drop_sheet": (_l("弃表"), "both"),
    "inspection.register_campaign": (_l("反馈"), "party"),
    "inspection.add_problem": (_l("列问题"), "party"),
    "inspection.add_measure": (_l("列措施"), "party"),
    "inspection.sign_plan": (_l("签方案"), "party"),
    "inspection.assign_measure": (_l("整改"), "both"),
    "inspection.check_off": (_l("对账"), "both"),
    "inspection.sign_report": (_l("签报告"), "party"),
    "inspection.receive_grade": (_l("评定"), "party"),
    "rules.excuse": (_l("免除"), "party"),
    "flow.waive": (_l("说明"), "party"),
    "org.take_roster": (_l("导入人员"), "both"),
    "org.take_departments": (_l("导入部门"), "both"),
    "org.take_posts": (_l("导入任职"), "both"),
    "org.take_members": (_l("导入党员"), "party"),
    "party_life.take_dues": (_l("导入党费"), "party"),
    "org.remember_columns": (_l("记下表头"), "both"),
    "org.leave": (_l("离开"), "both"),
    "org.transfer_out": (_l("转出"), "party"),
    "inspection.split": (_l("拆开"), "both"),
    "review.register_honour": (_l("登记荣誉"), "both"),
    "review.edit_honour": (_l("改荣誉"), "both"),
    "review.link_honour": (_l("加依据"), "both"),
    "review.unlink_honour": (_l("去依据"), "both"),
    "review.withdraw_honour": (_l("撤销荣誉"), "both"),
}
SOURCES = {
    "page": _l("页面"), "import": _l("导入"), "command": _l("命令"), "demo": _l("演示"), "api": _l("接口"),
}  # fmt: skip


GUESSES = {
    "track": _l("纲目"), "lead": _l("牵头"), "leader": _l("领导"), "units": _l("配合"), "due": _l("期限"),
    "title": _l("标题"), "task": _l("任务"),
}  # fmt: skip


WHYS = {
    "label": _l("按惯例"), "legend": _l("文中规定"), "position": _l("次序"), "inherited": _l("承上条"), "alias": _l("简称"),
    "prose": _l("取自正文"), "year": _l("年份"), "words": _l("用词"), "unknown": _l("没认出"), "hint": _l("按上次的更正"),
    "merged": _l("合并"),
}  # fmt: skip


def why_word(why: str) -> str:
    """Why something was guessed, in a word."""
    return str(WHYS.get(why, _("推定")))


def guess_word(field: str) -> str:
    """What a guessed field is called."""
    return str(GUESSES.get(field, field))


def task_due(task: Task, today: date) -> tuple[str, str]:
    """(level, word) of a task's date: 还剩3天, 逾期5天, 已销号 … A row ``with_progress`` also says its next milestone.

    A suspended task stands still; a long-term one is never overdue, only its review is due.
    """
    if task.state in (Task.State.CANCELLED, Task.State.SUSPENDED):
        return "na", str(task.get_state_display())
    if task.state in (Task.State.CLOSED, Task.State.VERIFIED):
        return "ok", str(task.get_state_display())
    step = getattr(task, "milestone_on", None)
    if step is not None and step < task.due_on and step <= today + NEAR:
        word = _("节点%(word)s") % {"word": relative_due(step, today)}
        return ("bad" if step < today else "warn"), word
    if task.long_term:
        return ("warn", _("该复核")) if task.due_on < today else ("ok", _("在坚持"))
    if task.due_on < today:
        return "bad", relative_due(task.due_on, today)
    return ("warn" if task.due_on <= today + NEAR else "na"), relative_due(task.due_on, today)


def fact(step: Step) -> str:
    """One sentence of what happened, from the event's own words."""
    event, after = step.event, step.event.after
    said = after.get("text") or after.get("reason") or after.get("effect") or after.get("note")
    if event.verb == "meetings.vote":
        words = {"topic": after.get("topic", ""), "favour": after.get("favour"), "due": after.get("due")}
        result = _("通过") if after.get("passed") else _("未通过")
        return _("%(topic)s：应到 %(due)s，同意 %(favour)s，") % words + result
    if event.verb == "inspection.look":
        return _("业务：%(b)s；党建：%(p)s") % {
            "b": after.get("business_effect"),
            "p": after.get("party_effect"),
        }
    if event.verb == "tasks.issue":
        return _("%(title)s，%(department)s牵头") % {
            "title": event.label,
            "department": after.get("department"),
        }
    return str(said or event.label)


# Said already by the event beside it: the last report tells what was handed in, the issue what is put right.
QUIET = frozenset({"tasks.submit", "inspection.assign", "inspection.assign_measure"})
FOLD_FROM = 3  # so many of the same routine in a row fold into one line
ROUTINE = {
    "tasks.report": _l("另 %(n)s 条进展，已收起"),
    "tasks.ask_for": _l("另 %(n)s 条出人出钱出物，已收起"),
    "tasks.give": _l("另 %(n)s 条确认，已收起"),
}


def timeline_rows(steps: Iterable[Step], today: date, track: str = "") -> list[dict[str, Any]]:
    """Rows for the timeline macro, oldest first; a run of one routine folds into a line that leaves its last one to see.

    ``track``: gang or mu, on which what the owner did is drawn; without one it is business.
    """
    shown = [s for s in steps if s.event.verb not in QUIET]
    rows = []
    for verb, run in groupby(shown, key=lambda s: s.event.verb if s.event.verb in ROUTINE else ""):
        group = list(run)
        if verb and len(group) >= FOLD_FROM:
            rows.append(_folded(group[:-1], today, track))
            group = group[-1:]
        rows += [_row(s, today, track) for s in group]
    return rows


def _row(step: Step, today: date, track: str) -> dict[str, Any]:
    event = step.event
    word, side = STEPS.get(event.verb, (event.verb, "both"))
    late = _("补记 %(n)s 天") % {"n": step.late_days} if step.late_days else ""
    return {
        "date": cn_date(event.happened_on, today), "side": track or "business" if side == "owner" else side,
        "step": str(word), "title": fact(step), "href": "", "note": event.actor_name,
        "record": cn_date(localdate(event.recorded_at), today), "late": late,
    }  # fmt: skip


def _folded(run: list[Step], today: date, track: str) -> dict[str, Any]:
    first, last = run[0].event.happened_on, run[-1].event.happened_on
    span = cn_date(first, today) if first == last else f"{cn_date(first, today)}—{cn_date(last, today)}"
    row = _row(run[0], today, track)
    return row | {"date": span, "title": ROUTINE[run[0].event.verb] % {"n": len(run)}, "note": "", "record": "", "late": ""}  # fmt: skip


def task_source(task: Task) -> Any:
    """Where a task comes from, as a link."""
    if task.item:
        return format_html(
            '<a class="gm-link" href="{}">{}</a>', reverse("item", args=[task.item_id]), task.item.title
        )
    if task.source == Task.Source.CAMPAIGN and hasattr(task, "measure"):
        problem = task.measure.problem
        return format_html(
            '<a class="gm-link" href="{}">{}</a> {}', reverse("rectification", args=[problem.campaign_id]),
            problem.campaign.title, problem.text,
        )  # fmt: skip
    if task.instruction:
        words = {"who": task.instruction.leader, "day": cn_date(task.instruction.given_on, clock.today())}
        return _("%(who)s%(day)s批示：") % words + task.instruction.words
    if task.point:
        return format_html(
            '<a class="gm-link" href="{}">{}</a> {}', reverse("directive", args=[task.point.directive_id]),
            task.point.directive.title, task.point.text,
        )  # fmt: skip
    if task.decision:
        meeting = task.decision.agenda_item.meeting
        return format_html(
            '<a class="gm-link" href="{}">{}</a>', reverse("meeting", args=[meeting.pk]), meeting
        )
    return task.get_source_display()
