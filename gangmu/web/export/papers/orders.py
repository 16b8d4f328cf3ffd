"""联合督查通知: who goes, what is looked at, and what each entry point promised."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from gangmu.events import timeline
from gangmu.inspection.models import Inspection, TeamMember
from gangmu.papers.official import Block, Paper, Table
from gangmu.web.export.papers.words import day, label, names, sections


def team(inspection: Inspection) -> tuple[str, str]:
    """Names of the party side and of the business side."""
    rows = list(inspection.team.select_related("person"))
    party, business = TeamMember.Side.PARTY, TeamMember.Side.BUSINESS
    return names(t.person for t in rows if t.side == party), names(
        t.person for t in rows if t.side == business
    )


def _purpose(inspection: Inspection) -> str:
    """Why somebody comes, by the kind of visit."""
    says = {
        Inspection.Kind.INSPECTION: _("定于%(day)s到%(place)s开展联合督查，业务实效和党建实效一并检查。现将有关事项通知如下："),
    }  # fmt: skip
    other = (
        _("定于%(day)s到%(place)s开展%(kind)s，题目是“%(topic)s”。现将有关事项通知如下：") if inspection.topic
        else _("定于%(day)s到%(place)s开展%(kind)s。现将有关事项通知如下：")
    )  # fmt: skip
    where = inspection.place or (inspection.branch.name if inspection.branch else _("有关部门"))
    return says.get(Inspection.Kind(inspection.kind), other) % {
        "day": day(inspection.visit_on), "place": where, "kind": inspection.get_kind_display(), "topic": inspection.topic,
    }  # fmt: skip


def _parts(
    inspection: Inspection, party: str, business: str, rows: Sequence[tuple[str, ...]]
) -> list[tuple[str, list[Any]]]:
    joint = inspection.kind == Inspection.Kind.INSPECTION
    who = [(_("带队"), str(inspection.leader or "")), (_("党务"), party), (_("业务"), business)]
    heads = (_("序号"), _("业务事项"), _("牵头部门"), _("绑着的党建事项"), _("期望的成效"))
    wish = (
        _("不需要另外准备材料，督查组看系统里已有的记录和现场情况。") if joint
        else _("不需要另外准备材料，看系统里已有的记录和现场情况。")
    )  # fmt: skip
    parts: list[tuple[str, list[Any]]] = [
        (_("督查组") if joint else _("参加人员"), [label(word, names) for word, names in who if names])
    ]
    if rows:
        table = Table(heads, rows, (0.8, 2.2, 1.8, 2.2, 2.9))
        parts.append((_("督查事项") if joint else _("要看的事项"), [table]))
    return [*parts, (_("有关要求"), [Block("p", wish)])]


def order(inspection: Inspection) -> Paper:
    """The date is the day on which it was ordered, as recorded."""
    lines = list(
        inspection.lines.select_related("item__lead_department", "entry_point__gang").order_by("item__position", "pk")
    )  # fmt: skip
    rows = [
        (str(n), line.item.title, str(line.item.lead_department or ""),
         line.entry_point.gang.title if line.entry_point else _("没有切入点"),
         line.entry_point.expected if line.entry_point else "")
        for n, line in enumerate(lines, start=1)
    ]  # fmt: skip
    party, business = team(inspection)
    body = [Block("p", _purpose(inspection)), *sections(_parts(inspection, party, business, rows))]
    facts = {
        "督查": inspection.title, "日期": day(inspection.visit_on), "地点": inspection.place, "党务": party, "业务": business,
        "事项": [dict(zip(("序号", "事项", "牵头部门", "党建事项", "期望"), row, strict=True)) for row in rows],
    }  # fmt: skip
    departments = dict.fromkeys(str(x.item.lead_department) for x in lines if x.item.lead_department)
    ordered = next((s.event for s in timeline.of(inspection) if s.event.verb == "inspection.order"), None)
    return Paper(
        title=_("关于开展“%(title)s”的通知") % {"title": inspection.title}, body=body, head=inspection.unit.name,
        addressee=names(departments), signed_by=inspection.unit.name,
        signed_on=ordered.happened_on if ordered else None, facts=facts,
    )  # fmt: skip
