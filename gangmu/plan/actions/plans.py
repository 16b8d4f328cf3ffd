"""Plans: read from a paper, confirmed by a person, adopted by a decision, closed at the end."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import advance, changed, lock, save
from gangmu.common.periods import add_months, containing
from gangmu.events.log import record
from gangmu.org.actor import Actor
from gangmu.org.models import Unit
from gangmu.plan import policies, states
from gangmu.plan.editing import require_editable
from gangmu.plan.models import ItemDepartment, Plan, PlanItem, SourceParagraph
from gangmu.plan.skeletons import Seed


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
def draft(
    *,
    unit: Unit,
    year: int,
    title: str,
    period: str = Plan.Period.YEAR,
    starts_on: date | None = None,
    ends_on: date | None = None,
    seeds: Sequence[Seed] = (),
    like: Plan | None = None,
    by: Actor,
) -> Plan:
    """A draft, empty or filled (see ``fill``). Half-years and quarters begin on their first day; a campaign says its days."""
    start, stop = _span(period, year, starts_on, ends_on)
    plan = Plan(
        unit=unit,
        year=year,
        title=title,
        state=Plan.State.DRAFT,
        period=period,
        starts_on=start,
        ends_on=stop,
        **({"most_led": like.most_led} if like else {}),
    )
    policies.edit_plan.require(by, plan)
    save(plan)
    part = {} if period == Plan.Period.YEAR else {"period": period, "starts_on": start, "ends_on": stop}
    record("plan.draft", plan, by=by, unit_id=unit.pk, after={"year": year, "title": title, **part})
    return fill(plan=plan, seeds=seeds, like=like, by=by) if seeds or like else plan


def _span(period: str, year: int, start: date | None, stop: date | None) -> tuple[date | None, date | None]:
    """The first and last day of the period in which ``start`` lies; a campaign has days of its own."""
    if not 2000 <= year <= 2100:
        return None, None  # the constraint of the year says it
    if period == Plan.Period.SPECIAL:
        if not (start and stop):
            raise Invalid(_("专项写上哪天开始、哪天结束。"), field="starts_on" if not start else "ends_on")
        if start.year != year:
            raise Invalid(_("专项从哪一年开始，就写哪一年度。"), field="starts_on")
        return start, stop
    if period in (Plan.Period.HALF, Plan.Period.QUARTER) and start is None:
        raise Invalid(_("写上这个时段里的任一天，好知道是哪个半年、哪个季度。"), field="starts_on")
    if start and start.year != year:
        raise Invalid(_("日期和年度对不上。"), field="starts_on")
    found = containing(start or date(year, 1, 1), period)
    return found.start, found.end


@transaction.atomic
def fill(*, plan: Plan, seeds: Sequence[Seed] = (), like: Plan | None = None, by: Actor) -> Plan:
    """Fill an empty draft from a built-in skeleton, or with the items of an earlier plan, owners and dates a year on."""
    plan = lock(plan)
    policies.edit_plan.require(by, plan)
    require_editable(plan)
    if plan.items.exists():
        raise WrongState(_("这份草稿已经有事项，不再套用骨架或上一期。"))
    new = _copies(like, plan) if like else _sown(seeds)
    if not new:
        raise Invalid(_("选的那一份里没有可用的事项。"), field="template")
    _create_items(plan, new)
    record(
        "plan.fill",
        plan,
        by=by,
        unit_id=plan.unit_id,
        about=[like] if like else [],
        after={"items": len(new)},
    )
    return plan


def _sown(seeds: Sequence[Seed]) -> list[NewItem]:
    made: list[NewItem] = []
    heading = None
    for seed in seeds:
        parent = heading if seed.deeper else None
        made.append(NewItem(seed.title, seed.track, level=1 + (parent is not None), parent=parent,
                            is_task=seed.is_task, facet=seed.facet))  # fmt: skip
        if not seed.deeper:
            heading = len(made) - 1
    return made


def _copies(like: Plan, plan: Plan) -> list[NewItem]:
    """Everything of a plan but its knots and history; a department that has been closed since is left open."""
    rows = list(
        PlanItem.objects.filter(plan=like, dropped_on__isnull=True)
        .select_related("lead_department")
        .prefetch_related("co_departments")
        .order_by("position")
    )
    index = {row.pk: n for n, row in enumerate(rows)}
    years = plan.year - like.year
    return [
        NewItem(
            title=row.title, track=row.track, level=row.level, parent=index.get(row.parent_id or 0), label=row.label,
            text=row.text, is_task=row.is_task, facet=row.facet, leader_id=row.leader_id,
            lead_department_id=_still(row), units_raw=row.units_raw, rhythm=row.rhythm,
            co_department_ids=tuple(c.department_id for c in row.co_departments.all()),
            due_kind=row.due_kind, due_on=add_months(row.due_on, 12 * years) if row.due_on else None,
        )
        for row in rows
    ]  # fmt: skip


def _still(row: PlanItem) -> int | None:
    lead = row.lead_department
    return lead.pk if lead and lead.valid_to is None else None


@transaction.atomic
def carry_over(*, plan: Plan, items: Iterable[tuple[PlanItem, str]], by: Actor) -> list[PlanItem]:
    """结转: open items of an earlier plan go on in this draft, each with what was learnt; once each."""
    plan = lock(plan)
    policies.edit_plan.require(by, plan)
    require_editable(plan)
    chosen = list(items)
    if not chosen:
        raise Invalid(_("勾选要结转的事项。"), field="items")
    there = set(plan.items.filter(carried_from__isnull=False).values_list("carried_from_id", flat=True))
    for old, learnt in chosen:
        _require_carriable(plan, old, learnt, there)
        there.add(old.pk)
    last = plan.items.aggregate(last=Max("position"))["last"] or 0
    made = [_carried(plan, old, learnt, last + n) for n, (old, learnt) in enumerate(chosen, start=1)]
    PlanItem.objects.bulk_create(made)
    ItemDepartment.objects.bulk_create(
        ItemDepartment(item=item, department_id=c.department_id)
        for item, (old, _learnt) in zip(made, chosen, strict=True)
        for c in old.co_departments.all()
    )
    record("plan.carry_over", plan, by=by, unit_id=plan.unit_id, about=[*made, *(old for old, _l in chosen)],
           after={"items": len(made)})  # fmt: skip
    return made


def _require_carriable(plan: Plan, old: PlanItem, learnt: str, there: set[Any]) -> None:
    if old.plan.unit_id != plan.unit_id or old.plan_id == plan.pk:
        raise Invalid(_("只能结转本院另一份计划的事项。"), field="items")
    if old.pk in there:
        raise Invalid(_("“%(title)s”已经结转过来了。") % {"title": old.title}, field="items")
    if len(learnt.strip()) > 300:
        raise Invalid(_("“%(title)s”的体会超过 300 字，写短些。") % {"title": old.title}, field="items")


def _carried(plan: Plan, old: PlanItem, learnt: str, position: int) -> PlanItem:
    due = add_months(old.due_on, 12 * max(plan.year - old.plan.year, 0)) if old.due_on else None
    return PlanItem(
        plan=plan, position=position, level=1, title=old.title, text=old.text, track=old.track, facet=old.facet,
        lead_department_id=_still(old), leader_id=old.leader_id, due_on=due, due_kind=old.due_kind, rhythm=old.rhythm,
        carried_from=old, learnt=learnt.strip(),
    )  # fmt: skip


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


@transaction.atomic
def limit(*, plan: Plan, most_led: int, by: Actor) -> Plan:
    """How many items one department may lead, or one person answer for, before the 两张皮 check says that it is too much."""
    plan = lock(plan)
    policies.edit_plan.require(by, plan)
    if plan.state not in states.BINDABLE_PLAN:
        raise WrongState(_("计划已经结束，不再改。"))
    before, after = changed(plan, most_led=most_led)
    if after:
        save(plan, "most_led")
        record("plan.limit", plan, by=by, unit_id=plan.unit_id, before=before, after=after)
    return plan
