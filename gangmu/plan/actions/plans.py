"""Plans: read from a paper, confirmed by a person, adopted by a decision, closed at the end."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid
from gangmu.common.models import advance, lock, save
from gangmu.events.log import record
from gangmu.org.actor import Actor
from gangmu.org.models import Unit
from gangmu.plan import policies, states
from gangmu.plan.models import ItemDepartment, Plan, PlanItem, SourceParagraph


@dataclass
class NewItem:
    """An item to be made. ``parent`` is the index of another NewItem in the same list, earlier in it."""

    title: str
    track: str
    level: int = 1
    parent: int | None = None
    label: str = ""
    text: str = ""
    is_task: bool = True
    facet: str = ""
    leader_id: int | None = None
    lead_department_id: int | None = None
    co_department_ids: tuple[int, ...] = ()
    units_raw: str = ""
    due_kind: str = ""
    due_on: date | None = None
    due_raw: str = ""
    rhythm: str = ""
    milestones: list[str] = field(default_factory=list)
    selectors: list[str] = field(default_factory=list)
    history: list[str] = field(default_factory=list)
    guesses: list[dict[str, Any]] = field(default_factory=list)
    paragraph_nos: list[int] = field(default_factory=list)


@dataclass(frozen=True)
class NewParagraph:
    """A paragraph of the paper and where it went (``fate``: item, note, aside)."""

    no: int
    text: str
    fate: str
    why: str = ""


@transaction.atomic
def draft(*, unit: Unit, year: int, title: str, by: Actor) -> Plan:
    """An empty draft, to be filled by hand."""
    plan = Plan(unit=unit, year=year, title=title, state=Plan.State.DRAFT)
    policies.edit_plan.require(by, plan)
    save(plan)
    record("plan.draft", plan, by=by, unit_id=unit.pk, after={"year": year, "title": title})
    return plan


@transaction.atomic
def read_paper(
    *,
    unit: Unit,
    year: int,
    title: str,
    items: list[NewItem],
    paragraphs: Iterable[NewParagraph],
    source_name: str,
    source_digest: str,
    doc_no: str = "",
    warnings: Iterable[str] = (),
    by: Actor,
) -> Plan:
    """A plan in preview, from what was read of a paper. Raises ``Invalid`` when the paper is already in."""
    plan = Plan(
        unit=unit, year=year, title=title[:120], doc_no=doc_no, source_name=source_name[:200],
        source_digest=source_digest, warnings=list(warnings),
    )  # fmt: skip
    policies.edit_plan.require(by, plan)
    if not any(item.is_task for item in items):
        raise Invalid(
            _("没有在文件里读出可以入计划的事项，没有存下任何内容。请核对是不是计划、要点或任务分解。")
        )
    _refuse_second(plan)
    save(plan)
    SourceParagraph.objects.bulk_create(
        SourceParagraph(plan=plan, no=p.no, text=p.text, fate=p.fate, why=p.why[:200]) for p in paragraphs
    )
    _create_items(plan, items)
    record("plan.read_paper", plan, by=by, unit_id=unit.pk,
           after={"year": year, "file": source_name, "items": len(items)})  # fmt: skip
    return plan


def _refuse_second(plan: Plan) -> None:
    """The same file twice gets a sentence that names the first; the constraint guards against a race."""
    first = (
        Plan.objects.filter(unit=plan.unit, year=plan.year, source_digest=plan.source_digest)
        .exclude(state=Plan.State.DROPPED)
        .first()
    )
    taken = Plan.objects.filter(
        unit=plan.unit, year=plan.year, source_digest=plan.source_digest, revises__isnull=False
    ).first()
    if taken and taken.revises and taken.revises.state != Plan.State.DROPPED:
        says = _("这份修订稿已经对照进《%(title)s》了，没有再存一份，什么也没有变。")
        raise Invalid(says % {"title": taken.revises.title}, field="file")
    if first:
        words = {"title": first.title, "state": first.get_state_display()}
        raise Invalid(
            _("这份文件已经导入过：《%(title)s》（%(state)s）。没有再存一份；要重来，先把那一份作废。")
            % words,
            field="file",
        )


def _create_items(plan: Plan, items: list[NewItem]) -> list[PlanItem]:
    """Insert a tree of items level by level, with their departments; order is kept."""
    rows = [_row(plan, position, new) for position, new in enumerate(items, start=1)]
    for level in sorted({new.level for new in items}):
        batch = [(new, row) for new, row in zip(items, rows, strict=True) if new.level == level]
        for new, row in batch:
            row.parent = rows[new.parent] if new.parent is not None else None
        PlanItem.objects.bulk_create(row for _new, row in batch)
    ItemDepartment.objects.bulk_create(
        ItemDepartment(item=row, department_id=pk)
        for new, row in zip(items, rows, strict=True)
        for pk in dict.fromkeys(new.co_department_ids)
        if pk != new.lead_department_id
    )
    return rows


def _row(plan: Plan, position: int, new: NewItem) -> PlanItem:
    copied = {
        name: getattr(new, name)
        for name in ("track", "level", "text", "is_task", "facet", "leader_id", "lead_department_id",
                     "due_kind", "due_on", "milestones", "selectors", "history", "guesses", "paragraph_nos")
    }  # fmt: skip
    return PlanItem(
        plan=plan, position=position, title=new.title[:200], label=new.label[:20],
        units_raw=new.units_raw[:400], due_raw=new.due_raw[:100], rhythm=new.rhythm[:30], **copied,
    )  # fmt: skip


@transaction.atomic
def confirm(*, plan: Plan, by: Actor) -> Plan:
    """A person has looked the preview over: it becomes a draft. Open guesses stop it."""
    plan = lock(plan)
    policies.edit_plan.require(by, plan)
    advance(plan, states.PLAN, "confirm")
    waiting = plan.items.exclude(guesses=[]).count()
    if waiting:
        raise Invalid(_("还有 %(n)d 项有推定没有看过。看过并认可或改好，才能成为草稿。") % {"n": waiting})
    save(plan, "state")
    record("plan.confirm", plan, by=by, unit_id=plan.unit_id)
    return plan


@transaction.atomic
def adopt(*, plan: Plan, on: date, by: Actor) -> Plan:
    """The plan is in force from the day of the decision. Called by ``flow`` when the decision is recorded."""
    plan = lock(plan)
    policies.adopt_plan.require(by, plan)
    advance(plan, states.PLAN, "adopt")
    plan.adopted_on = on
    save(plan, "state", "adopted_on")
    record("plan.adopt", plan, by=by, unit_id=plan.unit_id, happened_on=on)
    return plan


@transaction.atomic
def drop(*, plan: Plan, by: Actor) -> Plan:
    """A preview or draft that is not wanted; the paper can be imported again afterwards."""
    plan = lock(plan)
    policies.edit_plan.require(by, plan)
    advance(plan, states.PLAN, "drop")
    save(plan, "state")
    record("plan.drop", plan, by=by, unit_id=plan.unit_id)
    return plan


@transaction.atomic
def close(*, plan: Plan, by: Actor) -> Plan:
    """At the year's end."""
    plan = lock(plan)
    policies.edit_plan.require(by, plan)
    advance(plan, states.PLAN, "close")
    save(plan, "state")
    record("plan.close", plan, by=by, unit_id=plan.unit_id)
    return plan
