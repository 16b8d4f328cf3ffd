"""一岗双责台账: what the records say of a post holder on both tracks."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gangmu.flow.lamps import Four
from gangmu.papers.official import Block, Body, Paper, Table
from gangmu.plan.models import PlanItem
from gangmu.review.queries import Holder, Ledger, Side
from gangmu.web.export.papers.thread import knot_sentence
from gangmu.web.export.papers.words import day, label, names, sections


def duty(holder: Holder, ledger: Ledger, fours: dict[int, Four], unit: str, today: date) -> Paper:
    """Both columns of the page, one under the other; no figure is a mark."""
    head: Body = [label(_("姓名"), holder.person), label(_("职务"), holder.title)]
    records: list[dict[str, str]] = []
    parts = []
    for track, word in (("gang", _("抓党建")), ("mu", _("抓业务"))):
        rows = _rows(ledger.sides[track], fours)
        records += [{"哪一头": word, "类别": kind, "内容": what, "情形": how} for kind, what, how in rows]
        table = Table((_("类别"), _("内容"), _("情形")), rows, (1.5, 5.5, 3))
        parts.append((word, [table] if rows else [Block("p", _("今年没有记录。"))]))
    knots = [Block("p", knot_sentence(k)) for k in ledger.knots]
    parts.append((_("党建和业务结上的切入点"), knots or [Block("p", _("牵头的事项还没有结上切入点。"))]))
    won = [
        (h.title, _("%(day)s，%(who)s") % {"day": day(h.given_on), "who": h.issuer}) for h in ledger.honours
    ]
    records += [{"哪一头": _("两头"), "类别": _("荣誉"), "内容": what, "情形": how} for what, how in won]
    parts.append(
        (_("凭所在部门的任务和事项得的荣誉"), [Block("p", f"{what}（{how}）。") for what, how in won])
    )  # data
    facts = {"姓名": str(holder.person), "职务": holder.title, "年度": str(today.year), "记录": records}
    return Paper(
        title=_("%(year)s年一岗双责台账") % {"year": today.year}, body=head + sections(parts), signed_by=unit, signed_on=today,
        note=_("由计划、会议、任务、督查的记录摘出，不打分，不排名"), facts=facts,
    )  # fmt: skip


def _rows(side: Side, fours: dict[int, Four]) -> list[tuple[str, str, str]]:
    """(kind, what, how it stands) of everything on one track."""
    rows = [(_("牵头事项"), i.title, _lamps(i, fours)) for i in side.items]
    rows += [(_("配合事项"), i.title, _lamps(i, fours)) for i in side.joined]
    rows += [(_("任务"), t.title, str(t.get_state_display())) for t in side.tasks.finished]
    rows += [(_("任务"), t.title, _due(t)) for t in side.tasks.running]
    rows += [
        (_("会议"), f"{a.meeting}", _("%(day)s到会") % {"day": day(a.meeting.held_on)})
        for a in side.meetings.came
    ]
    rows += [(_("会议"), f"{a.meeting}", _("%(day)s缺席：%(why)s") % {"day": day(a.meeting.held_on), "why": a.reason or _("事由未记")})
             for a in side.meetings.absent]  # fmt: skip
    rows += [(_("督查"), t.inspection.title, _("%(day)s，%(state)s") % {"day": day(t.inspection.visit_on), "state": t.inspection.get_state_display()})
             for t in side.inspections]  # fmt: skip
    return rows + [
        (_("整改"), f.text, _("%(day)s前，%(state)s") % {"day": day(f.due_on), "state": f.get_state_display()})
        for f in side.findings
    ]  # fmt: skip


def _lamps(item: PlanItem, fours: dict[int, Four]) -> str:
    four = fours.get(item.pk)
    return names(f"{x.name}{x.word}" if not x.word.endswith(x.name) else x.word for x in four) if four else ""


def _due(task: Any) -> str:
    return _("%(state)s，期限%(day)s") % {"state": task.get_state_display(), "day": day(task.due_on)}
