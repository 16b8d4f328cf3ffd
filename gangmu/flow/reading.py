"""From a paper to a plan in preview: what was read is matched with the unit's own names."""

import hashlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid
from gangmu.org import queries as org
from gangmu.org.actor import Actor
from gangmu.org.models import Department, Unit
from gangmu.papers.errors import Unreadable
from gangmu.papers.model import Item, Outline, Source
from gangmu.papers.outline import outline as read_outline
from gangmu.papers.read import read
from gangmu.papers.track import propose_track
from gangmu.plan.actions import plans
from gangmu.plan.actions.plans import NewItem, NewParagraph
from gangmu.plan.models import Plan, PlanItem

DUE_KIND = {
    "date": PlanItem.Due.DATE, "range": PlanItem.Due.DATE, "milestones": PlanItem.Due.DATE,
    "immediate": PlanItem.Due.UNRESOLVED, "recurring": PlanItem.Due.RECURRING, "ongoing": PlanItem.Due.ONGOING,
    "relative": PlanItem.Due.UNRESOLVED, "unresolved": PlanItem.Due.UNRESOLVED, "invalid": PlanItem.Due.INVALID,
}  # fmt: skip
FACET_WORDS = {
    "thought": ("思想", "理论", "学习", "第一议题", "中心组", "意识形态", "教育", "轮训", "政治"),
    "system": ("制度", "规则", "办法", "清单", "机制", "责任制", "规定"),
    "activity": ("活动", "党日", "联学", "共建", "宣讲", "先锋", "警示", "开放日", "双报到"),
}


@dataclass(frozen=True)
class Lookup:
    """The unit's names and the track of each department."""

    names: org.Names
    lines: dict[int, str]


def import_plan(*, data: bytes, name: str, unit: Unit, year: int, by: Actor) -> Plan:
    """Read a paper and store it as a plan in preview. Raises ``Invalid`` with the reason; nothing is kept then."""
    names = org.names(unit.pk)
    try:
        source = read(data, name)
        paper = read_outline(source, year=year, units=list(names.departments))
    except Unreadable as problem:
        raise Invalid(_(problem.message), field="file") from problem
    if not paper.leaves():
        says = "".join(_(text) for text in paper.warnings)
        raise Invalid(_("没有在文件里读出可以入计划的事项，没有存下任何内容。") + says, field="file")
    lookup = Lookup(names, dict(Department.objects.filter(unit=unit).values_list("pk", "line")))
    items: list[NewItem] = []
    for item in paper.items:
        _add(item, None, [], lookup, items)
    return plans.read_paper(
        unit=unit, year=year, title=paper.title or name, doc_no=paper.doc_no, items=items,
        paragraphs=fates(source, paper), source_name=name, source_digest=hashlib.sha256(data).hexdigest(),
        warnings=[*(_(text) for text in dict.fromkeys((*source.warnings, *paper.warnings))), *_history(paper)], by=by,
    )  # fmt: skip


def _history(paper: Outline) -> list[str]:
    told = sum(bool(item.history) for item in paper.walk())
    return (
        [_("有%(n)s项写了进展情况，原样留在事项说明里，只作历史，没有记成状态。") % {"n": told}]
        if told
        else []
    )


def fates(source: Source, paper: Outline) -> list[NewParagraph]:
    """Where every paragraph of the paper went; what nobody claims is a note, so that nothing is lost."""
    of_items = {n for item in paper.walk() for n in item.paragraphs}
    aside = {a.paragraph: a.why for a in paper.aside}
    out = []
    for p in source.paragraphs:
        fate = "item" if p.no in of_items else "aside" if p.no in aside else "note"
        out.append(NewParagraph(p.no, p.text, fate, aside.get(p.no, "")))
    return out


def _add(item: Item, parent: int | None, above: list[str], lookup: Lookup, out: list[NewItem]) -> None:
    """Append the item and everything under it, parents before children."""
    new = _new_item(item, parent, above, lookup, level=len(above) + 1)
    out.append(new)
    index = len(out) - 1
    for child in item.children:
        _add(child, index, [*above, item.title], lookup, out)


def _new_item(item: Item, parent: int | None, above: list[str], lookup: Lookup, level: int) -> NewItem:
    found, unknown = _departments(item, lookup.names)
    lead = found[0] if item.lead and found else None
    guesses = [{"field": g.field, "why": g.why, "text": g.text} for g in item.guesses] if item.task else []
    track, why = _track(item, above, lead, lookup)
    if item.task and why:
        guesses.append({"field": "track", "why": "words", "text": why})
    if item.task and unknown:
        guesses.append(
            {"field": "lead", "why": "unknown", "text": _("本院没有这个部门：") + "、".join(unknown)}
        )
    leader = next((pk for name in item.leader if (pk := lookup.names.person(name))), None)
    due = item.due
    return NewItem(
        title=item.title or item.text[:60], track=track, level=level, parent=parent, label=item.label, text=_text(item),
        is_task=item.task, facet=_facet(item, above) if track == "gang" else "", leader_id=leader,
        lead_department_id=lead, co_department_ids=tuple(found[1:] if lead else found),
        units_raw="、".join([*item.lead, *item.units]), due_kind=DUE_KIND[due.kind] if due else "",
        due_on=due.date if due and not due.invalid else None, due_raw=due.raw if due else "", rhythm=(due.rhythm or "") if due else "", guesses=guesses,
        paragraph_nos=list(item.paragraphs),
    )  # fmt: skip


def _text(item: Item) -> str:
    """What the paper says was done is kept as words of the past: nobody knows of which day, and it sets no state."""
    if not item.history:
        return item.text
    past = _("原表所记进展（日期不明，只作历史）：%(said)s") % {"said": "；".join(item.history)}
    return f"{item.text}\n{past}".strip()


def _departments(item: Item, names: org.Names) -> tuple[list[int], list[str]]:
    """Ids of the departments written, lead first, and the names that the unit does not have."""
    found, unknown = [], []
    for text in [*item.lead, *item.units]:
        pk = names.department(text)
        if pk is not None:
            found.append(pk)
        elif text in item.lead:
            unknown.append(text)
    return list(dict.fromkeys(found)), unknown


def _track(item: Item, above: list[str], lead: int | None, lookup: Lookup) -> tuple[str, str]:
    """The track and, where it was guessed, why. The paper's own headings 党建 / 业务 are no guess."""
    for heading in reversed(above):
        if "党建" in heading and "业务" not in heading:
            return "gang", ""
        if ("检察业务" in heading or "业务工作" in heading) and "党建" not in heading:
            return "mu", ""
    line = lookup.lines.get(lead or 0)
    if line in ("business", "party"):
        track = "mu" if line == "business" else "gang"
        return track, ""
    track, reason = propose_track(item.title + item.text, above)
    return track, reason


def _facet(item: Item, above: list[str]) -> str:
    for text in (*reversed(above), item.title):
        for facet, words in FACET_WORDS.items():
            if any(w in text for w in words):
                return facet
    return "work"
