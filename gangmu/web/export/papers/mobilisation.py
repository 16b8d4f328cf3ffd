"""动员令 as an official paper: what for, who coordinates, who gives what and when; settled, also what came of it."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from gangmu.papers.official import Block, Paper, Table
from gangmu.tasks.models import Contribution, Mobilisation
from gangmu.web.export.papers.words import day, names, sections
from gangmu.web.format import num

K = Contribution.Kind


def mobilisation(order: Mobilisation) -> Paper:
    """From records only. An order not in force yet says so in its title."""
    lines = list(order.contributions.all())
    people = [x for x in lines if x.kind == K.PEOPLE]
    money = [x for x in lines if x.kind == K.MONEY]
    things = [x for x in lines if x.kind not in (K.PEOPLE, K.MONEY)]
    tables = [
        (people, _("人员"), (_("部门"), _("岗位或人员"), _("人数"), _("时间")), (2, 3, 1, 3)),
        (money, _("经费"), (_("部门"), _("来源"), _("预算（元）"), _("时间")), (2, 3, 1.6, 3)),
        (things, _("场地、车辆、物资"), (_("部门"), _("内容"), _("数量"), _("时间")), (2, 3, 1, 3)),
    ]
    span = {"from": day(order.starts_on), "to": day(order.ends_on)}
    parts: list[tuple[str, Sequence[Any]]] = [
        (_("组织协调"), [
            Block("p", _("由%(who)s专门协调。各部门收到后逐条确认，给不了的说明缺多少。") % {"who": order.coordinator}),
            Block("p", _bound(order)),
        ]),
        *((title, [Table(heads, [_row(x) for x in rows], widths)]) for rows, title, heads, widths in tables if rows),
        (_("结算"), [Block("p", text) for text in _settled(order, money)] if order.settled_on else []),
    ]  # fmt: skip
    why = _("为%(purpose)s，定于%(from)s至%(to)s统一调配人员、经费和物资，现通知如下：") % {
        "purpose": order.purpose.rstrip("。"), **span}  # fmt: skip
    draft = _("（草拟）") if order.state == Mobilisation.State.DRAFT else ""
    names_ = ("部门", "内容", "数量", "时间")
    facts = {
        "事由": order.purpose, "协调人": str(order.coordinator), "起": span["from"], "止": span["to"],
        "调配": [dict(zip(names_, _row(x), strict=True)) for x in lines],
    }  # fmt: skip
    return Paper(
        title=_("关于“%(title)s”的动员令") % {"title": order.title} + draft, body=[Block("p", why), *sections(parts)],
        head=order.unit.name, addressee=names(dict.fromkeys(str(x.department) for x in lines)),
        signed_by=order.unit.name, signed_on=order.ordered_on, facts=facts,
    )  # fmt: skip


def _bound(order: Mobilisation) -> str:
    entry = order.entry_point
    if entry is None:
        return _("此项调配服务于计划事项“%(item)s”。") % {"item": order.item}
    words = {"gang": entry.gang, "kind": entry.get_kind_display(), "mu": entry.mu, "expected": entry.expected}
    return _("党建从“%(gang)s”切入，%(kind)s“%(mu)s”，期望%(expected)s。") % words


def _row(line: Contribution) -> tuple[str, ...]:
    what = f"{line.text}（{line.person}）" if line.person else line.text  # data
    days = day(line.from_on) if line.from_on == line.to_on else _("%(a)s至%(b)s") % {
        "a": day(line.from_on), "b": day(line.to_on)}  # fmt: skip
    return str(line.department), what, num(line.asked), days


def _settled(order: Mobilisation, money: list[Contribution]) -> list[str]:
    asked, used = (sum((getattr(x, n) or Decimal(0) for x in money), Decimal(0)) for n in ("asked", "used"))
    said = [_("业务：%(text)s") % {"text": order.result}, _("党建：%(text)s") % {"text": order.party_result}]
    if money:
        said.append(_("经费预算%(asked)s元，实际使用%(used)s元。") % {"asked": num(asked), "used": num(used)})
    return said
