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

from gangmu.events.timeline import Step
from gangmu.tasks.models import Task
from gangmu.web.format import cn_date, relative_due

# verb → (the word before the fact, which strand did it: party, business or both)
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
    "plan.fill": (_l("套用"), "both"),
    "plan.add_items": (_l("列入"), "both"),
    "plan.move_item": (_l("移动"), "both"),
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
    "tasks.issue": (_l("部署"), "both"),
    "tasks.sign": (_l("签收"), "business"),
    "tasks.report": (_l("落实"), "business"),
    "tasks.submit": (_l("报结"), "business"),
    "tasks.verify": (_l("核查"), "both"),
    "tasks.send_back": (_l("退回"), "both"),
    "tasks.close": (_l("销号"), "both"),
    "tasks.cancel": (_l("撤销"), "both"),
    "inspection.order": (_l("下令"), "both"),
    "inspection.look": (_l("督查"), "both"),
    "inspection.close": (_l("办结"), "both"),
    "inspection.raise_finding": (_l("发现"), "both"),
    "inspection.assign": (_l("整改"), "both"),
    "inspection.recheck": (_l("复查"), "both"),
    "rules.excuse": (_l("免除"), "party"),
    "flow.waive": (_l("说明"), "party"),
}
SOURCES = {
    "page": _l("页面"), "import": _l("导入"), "command": _l("命令"), "demo": _l("演示"), "api": _l("接口"),
}  # fmt: skip


GUESSES = {
    "track": _l("纲目"), "lead": _l("牵头"), "leader": _l("领导"), "units": _l("配合"), "due": _l("期限"),
    "title": _l("标题"), "task": _l("任务"),
}  # fmt: skip


def guess_word(field: str) -> str:
    """What a guessed field is called."""
    return str(GUESSES.get(field, field))


def task_due(task: Task, today: date) -> tuple[str, str]:
    """(level, word) of a task's date: 还剩3天, 逾期5天, 已销号 …"""
    if task.state == Task.State.CANCELLED:
        return "na", str(task.get_state_display())
    if task.state in (Task.State.CLOSED, Task.State.VERIFIED):
        return "ok", str(task.get_state_display())
    if task.due_on < today:
        return "bad", relative_due(task.due_on, today)
    near = (task.due_on - today).days <= 7
    return ("warn" if near else "na"), relative_due(task.due_on, today)


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
QUIET = frozenset({"tasks.submit", "inspection.assign"})
FOLD_FROM = 3  # so many reports in a row fold into one line


def timeline_rows(steps: Iterable[Step], today: date) -> list[dict[str, Any]]:
    """Rows for the timeline macro, oldest first; a run of routine progress folds into one line."""
    shown = [s for s in steps if s.event.verb not in QUIET]
    rows = []
    for routine, run in groupby(shown, key=lambda s: s.event.verb == "tasks.report"):
        group = list(run)
        if routine and len(group) >= FOLD_FROM:
            rows.append(_folded(group[:-1], today))
            group = group[-1:]
        rows += [_row(s, today) for s in group]
    return rows


def _row(step: Step, today: date) -> dict[str, Any]:
    event = step.event
    word, side = STEPS.get(event.verb, (event.verb, "both"))
    late = _("补记 %(n)s 天") % {"n": step.late_days} if step.late_days else ""
    return {
        "date": cn_date(event.happened_on, today), "side": side, "step": str(word), "title": fact(step), "href": "",
        "note": event.actor_name, "record": cn_date(localdate(event.recorded_at), today), "late": late,
    }  # fmt: skip


def _folded(run: list[Step], today: date) -> dict[str, Any]:
    first, last = run[0].event.happened_on, run[-1].event.happened_on
    span = cn_date(first, today) if first == last else f"{cn_date(first, today)}—{cn_date(last, today)}"
    title = _("另 %(n)s 条进展，已收起") % {"n": len(run)}
    return {
        "date": span,
        "side": "business",
        "step": str(_("落实")),
        "title": title,
        "href": "",
        "note": "",
        "record": "",
        "late": "",
    }


def task_source(task: Task) -> Any:
    """Where a task comes from, as a link."""
    if task.item:
        return format_html(
            '<a class="gm-link" href="{}">{}</a>', reverse("item", args=[task.item_id]), task.item.title
        )
    if task.decision:
        meeting = task.decision.agenda_item.meeting
        return format_html(
            '<a class="gm-link" href="{}">{}</a>', reverse("meeting", args=[meeting.pk]), meeting
        )
    return task.get_source_display()
