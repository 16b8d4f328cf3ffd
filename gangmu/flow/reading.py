"""From a paper to a plan in preview: what was read is matched with the unit's own names."""

import hashlib
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import source
from gangmu.common.errors import Invalid
from gangmu.jobs.registry import Made, Run, register
from gangmu.org import queries as org
from gangmu.org.actions import aliases
from gangmu.org.actor import Actor
from gangmu.org.models import Department, Unit
from gangmu.papers import office
from gangmu.papers.errors import Unreadable
from gangmu.papers.fields import Setting, extract
from gangmu.papers.model import Item, Outline, Source
from gangmu.papers.numbering import marker
from gangmu.papers.outline import outline as read_outline
from gangmu.papers.read import read, sniff
from gangmu.papers.track import propose_track
from gangmu.papers.units import selector
from gangmu.plan.actions import hints, plans, preview, whole_paper
from gangmu.plan.actions.plans import NewItem, NewParagraph
from gangmu.plan.editing import unknown_text
from gangmu.plan.models import Plan, PlanItem, ReadingHint, SourceParagraph

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
    """The unit's names, the track of each department, and how the unit's papers are to be read."""

    names: org.Names
    lines: dict[int, str]
    hints: dict[str, str] = field(default_factory=dict)


def lookup_of(unit_id: int) -> Lookup:
    """Five queries."""
    lines = dict(Department.objects.filter(unit_id=unit_id).values_list("pk", "line"))
    hints = dict(ReadingHint.objects.filter(unit_id=unit_id).values_list("label", "means"))
    return Lookup(org.names(unit_id), lines, hints)


def slow(data: bytes, name: str) -> bool:
    """Is this an old Word file, which takes LibreOffice and up to a minute? Raises ``Invalid`` where that is missing."""
    try:
        form = sniff(data, name)
    except Unreadable as problem:
        raise Invalid(_(problem.message), field="file") from problem
    if form == "doc" and not office.available():
        raise Invalid(_(Unreadable("needs_office").message), field="file")
    return form == "doc"


@register("papers.import")
def import_job(run: Run, *, name: str, unit: int, year: int, of: int = 0) -> Made:
    """An old Word file, converted and read behind the page; leads on to the preview, or beside the plan it revises."""
    run.expect(2, _("转换旧格式文件"))
    data = run.upload()
    run.step(note=_("读文件"))
    with source.through("import"):
        plan = import_plan(data=data, name=name, unit=Unit.objects.get(pk=unit), year=year, by=run.actor)
    run.step()
    return Made(link=["paper_compare", plan.pk, of] if of else ["paper", plan.pk])


def import_plan(*, data: bytes, name: str, unit: Unit, year: int, by: Actor) -> Plan:
    """Read a paper and store it as a plan in preview. Raises ``Invalid`` with the reason; nothing is kept then."""
    lookup = lookup_of(unit.pk)
    try:
        found = read(data, name)
        paper = read_outline(found, year=year, units=list(lookup.names.departments))
    except Unreadable as problem:
        raise Invalid(_(problem.message), field="file") from problem
    if not paper.leaves():
        says = "".join(_(text) for text in paper.warnings)
        raise Invalid(_("没有在文件里读出可以入计划的事项，没有存下任何内容。") + says, field="file")
    items: list[NewItem] = []
    for item in paper.items:
        _add(item, None, [], lookup, items)
    return plans.read_paper(
        unit=unit, year=year, title=paper.title or name, doc_no=paper.doc_no, items=items,
        paragraphs=fates(found, paper), source_name=name, source_digest=hashlib.sha256(data).hexdigest(),
        warnings=[*dict.fromkeys(_(text) for text in (*found.warnings, *paper.warnings)), *_history(paper)], by=by,
    )  # fmt: skip


def take_in(*, paragraph: SourceParagraph, by: Actor) -> PlanItem:
    """A note or what was left aside becomes an item: its units and deadline are read as anywhere in the paper."""
    plan = paragraph.plan
    lookup = lookup_of(plan.unit_id)
    setting = Setting(plan.year, list(lookup.names.departments))
    clean, said = extract(paragraph.text, setting)
    number = marker(clean)
    words = (number.rest if number else clean) or paragraph.text
    title, _stop, rest = words.partition("。")
    item = Item(
        label=number.label if number else "", level=1, title=title[:200], text=rest if len(title) <= 200 else words,
        task=True, lead=said.lead, units=said.units, leader=[*said.leader, *said.person], due=said.due,
        paragraphs=[paragraph.no],
    )  # fmt: skip
    return preview.take_in(paragraph=paragraph, new=_new_item(item, None, [], lookup, level=1), by=by)


@transaction.atomic
def say_unit(*, plan: Plan, name: str, department: Department, remember: bool, by: Actor) -> int:
    """What a name in the paper means, for this paper and, if wanted, for every later one of the unit."""
    done = whole_paper.name_unit(plan=plan, name=name, department=department, by=by)
    if remember:
        aliases.remember(department=department, name=name, source=plan.title, by=by)
    return done


@transaction.atomic
def say_responsible(*, plan: Plan, means: str, remember: bool, by: Actor) -> int:
    """How 责任单位 is meant, for this paper and, if wanted, for every later one of the unit."""
    done = whole_paper.read_responsible(plan=plan, means=means, by=by)
    if remember:
        hints.remember(
            unit=plan.unit, label=ReadingHint.Label.RESPONSIBLE, means=means, source=plan.title, by=by
        )
    return done


def _history(paper: Outline) -> list[str]:
    told = sum(bool(item.history) for item in paper.walk())
    return (
        [_("有%(n)s项写了进展情况，原样留在事项下，日期不明，只作历史，没有记成状态。") % {"n": told}]
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
    units = _departments(item, lookup.names)
    lead, guesses = _lead(item, units, lookup)
    track, why = _track(item, above, lead, lookup)
    if item.task and why:
        guesses.append({"field": "track", "why": "words", "text": why})
    if item.task and units.unknown_leads:
        guesses.append({"field": "lead", "why": "unknown", "names": units.unknown_leads,
                        "text": unknown_text(units.unknown_leads)})  # fmt: skip
    leader = next((pk for name in item.leader if (pk := lookup.names.person(name))), None)
    due = item.due
    return NewItem(
        title=item.title or item.text[:60], track=track, level=level, parent=parent, label=item.label, text=item.text,
        is_task=item.task, facet=_facet(item, above) if track == "gang" else "", leader_id=leader,
        lead_department_id=lead, co_department_ids=tuple(pk for pk in units.found if pk != lead),
        units_raw="、".join([*item.lead, *item.units]), due_kind=DUE_KIND[due.kind] if due else "",
        due_on=due.date if due and not due.invalid else None, due_raw=due.raw if due else "", rhythm=(due.rhythm or "") if due else "",
        milestones=[day.isoformat() for day in due.dates] if due else [], selectors=units.selectors,
        history=list(getattr(item, "history", ())), guesses=guesses if item.task else [],
        paragraph_nos=list(item.paragraphs),
    )  # fmt: skip


@dataclass(frozen=True)
class Units:
    """What the names of an item are: departments in the order of the paper, vague units, leads nobody knows."""

    found: list[int]
    selectors: list[str]
    unknown_leads: list[str]
    first: int | None  # the unit named first, when it is a department of the office


def _departments(item: Item, names: org.Names) -> Units:
    written = [*item.lead, *item.units]
    known = {text: names.department(text) for text in written}
    vague = [text for text in written if known[text] is None and selector(text)]
    return Units(
        found=list(dict.fromkeys(pk for pk in known.values() if pk is not None)),
        selectors=list(dict.fromkeys(vague)),
        unknown_leads=[text for text in item.lead if known[text] is None and text not in vague],
        first=known[written[0]] if written else None,
    )


def _lead(item: Item, units: Units, lookup: Lookup) -> tuple[int | None, list[dict[str, Any]]]:
    """The lead and what is guessed. Where the paper names none, what the unit said of 责任单位 before is used."""
    guesses: list[dict[str, Any]] = [
        {"field": g.field, "why": g.why, "text": _(g.text)} for g in item.guesses
    ]
    if item.lead:
        known = [pk for text in item.lead if (pk := lookup.names.department(text)) is not None]
        return (known[0] if known else None), guesses
    open_question = next((g for g in guesses if g["field"] == "lead" and g["why"] == "position"), None)
    hint = lookup.hints.get("responsible")
    if item.units and hint == "first_leads" and units.first:
        guesses = [g for g in guesses if g is not open_question]
        text = _("按上次的更正：只列责任单位时，首位为牵头。")
        return units.first, [*guesses, {"field": "lead", "why": "hint", "text": text}]
    if open_question and hint == "co_units":
        open_question |= {"why": "hint", "text": _("按上次的更正：责任单位都算配合，牵头要另定。")}
    elif open_question and units.first:
        open_question["value"] = units.first
    return None, guesses


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
