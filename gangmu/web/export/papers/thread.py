"""全线记录: the whole way of an item."""

from datetime import date

from django.utils.translation import gettext as _

from gangmu.events import timeline
from gangmu.flow.lamps import Four
from gangmu.papers.official import Block, Body, Paper, Table
from gangmu.plan import queries as plans
from gangmu.plan.models import EntryPoint, PlanItem
from gangmu.review.models import Honour, HonourBasis
from gangmu.review.queries import honours
from gangmu.tasks.models import Task
from gangmu.web.export.papers.words import cell_day, day, label, sections
from gangmu.web.wording import STEPS, fact


def thread(item: PlanItem, four: Four, knots: list[EntryPoint], found: list[Task], today: date) -> Paper:
    """Demands, lamps, knots, tasks, what happened in order, and what was won by it. ``found``: the item's tasks."""
    due = day(item.due_on) or item.due_raw
    rows = [(t.title, str(t.department), cell_day(t.due_on), str(t.get_state_display())) for t in found]
    steps = [_step(s) for s in timeline.of(item)]
    points = plans.points_answered_by(item.pk)
    won = [
        _won(b, item)
        for b in _each_once(
            honours.of_items({item.pk, *(i for k in knots for i in (k.gang_id, k.mu_id))}), item
        )
    ]
    head: Body = [
        label(_("出处"), item.plan.title), label(_("牵头部门"), item.lead_department), label(_("完成期限"), due),
    ]  # fmt: skip
    body = head + sections([
        (_("答复的上级要求"), [Block("p", f"{p.directive.issuer}{p.directive.doc_no}：{p.text}") for p in points]),
        (_("四灯"), [Table((_("环节"), _("情形"), _("日期")), [(x.name, x.word, day(x.on)) for x in four], (2, 3, 4))]),
        (_("切入点"), [Block("p", knot_sentence(k)) for k in knots] or [Block("p", _("没有结切入点。"))]),
        (_("任务"), [Table((_("任务"), _("牵头"), _("期限"), _("状态")), rows, (4, 2, 1.9, 1.4))] if rows
         else [Block("p", _("还没有交办。"))]),
        (_("经过"), [Table((_("发生"), _("步骤"), _("事"), _("经手")), steps, (1.9, 1.2, 5, 1.4))] if steps
         else [Block("p", _("没有记录。"))]),
        (_("荣誉"), [Table((_("颁授日期"), _("荣誉"), _("颁授机关和文号"), _("凭什么")), won, (1.9, 3, 2.8, 2.8))] if won
         else [Block("p", _("还没有登记荣誉。"))]),
    ])  # fmt: skip
    facts = {
        "事项": item.title, "计划": item.plan.title, "牵头部门": str(item.lead_department or ""), "期限": due,
        "任务": [{"任务": t.title, "牵头部门": str(t.department), "期限": day(t.due_on), "状态": str(t.get_state_display())}
               for t in found],
        "经过": [{"日期": s[0].replace("\n", ""), "步骤": s[1], "事": s[2], "经手": s[3]} for s in steps],
        "荣誉": [{"日期": w[0].replace("\n", ""), "荣誉": w[1], "颁授": w[2], "凭什么": w[3]} for w in won],
    }  # fmt: skip
    return Paper(title=_("“%(title)s”全线记录") % {"title": item.title}, body=body, signed_by=item.plan.unit.name,
                 signed_on=today, facts=facts)  # fmt: skip


def _each_once(bases: list[HonourBasis], item: PlanItem) -> list[HonourBasis]:
    """Of each honour one basis, one of the item itself before one of the other side of a knot."""
    last = {b.honour_id: b for b in sorted(bases, key=lambda b: (b.item_id == item.pk, -b.pk))}
    return sorted(last.values(), key=lambda b: (b.honour.given_on, b.honour_id))


def _won(basis: HonourBasis, item: PlanItem) -> tuple[str, str, str, str]:
    """When, what, by whom, and what stands behind it; that of the other side of a knot is named as such."""
    honour, why = basis.honour, basis.reason or str(basis.task or basis.item)
    title = honour.title
    if honour.state == Honour.State.WITHDRAWN:
        title += _("（已撤销：%(why)s）") % {"why": honour.withdrawn_reason}
    if basis.item_id != item.pk:
        why += _("（切入点另一头：%(title)s）") % {"title": basis.item}
    return cell_day(honour.given_on), title, f"{honour.issuer}\n{honour.doc_no}".strip(), why


def knot_sentence(knot: EntryPoint) -> str:
    """Which party item works how on which business item, what was looked for, what was found."""
    words = {
        "gang": knot.gang.title, "kind": knot.get_kind_display(), "mu": knot.mu.title,
        "expected": knot.expected.rstrip("。"),
    }  # fmt: skip
    text = _("“%(gang)s”%(kind)s“%(mu)s”，期望：%(expected)s。") % words
    if not knot.effect:
        return text + _("实效未记。")
    return text + _("实效：%(effect)s（%(day)s）。") % {
        "effect": knot.effect.rstrip("。"), "day": day(knot.effect_on),
    }  # fmt: skip


def _step(step: timeline.Step) -> tuple[str, str, str, str]:
    event = step.event
    when = cell_day(event.happened_on)
    if step.late_days:
        when += "\n" + _("（补记%(n)s天）") % {"n": step.late_days}
    return when, str(STEPS.get(event.verb, (event.label, ""))[0]), fact(step), event.actor_name
