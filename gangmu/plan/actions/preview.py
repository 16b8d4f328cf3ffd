"""The preview of a read paper, put right by a person: items split and merged, paragraphs taken in, begun elsewhere."""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.db.models import F, ProtectedError
from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid
from gangmu.common.models import lock, save
from gangmu.events.log import record
from gangmu.org.actor import Actor
from gangmu.plan import queries
from gangmu.plan.actions.plans import NewItem
from gangmu.plan.editing import join_departments, mine, open_plan
from gangmu.plan.models import ItemDepartment, Plan, PlanItem, SourceParagraph

COPIED = (
    "plan_id", "parent_id", "level", "is_task", "track", "facet", "leader_id", "lead_department_id", "units_raw",
    "due_kind", "due_on", "due_raw", "rhythm", "milestones", "selectors", "guesses", "paragraph_nos",
)  # fmt: skip


@transaction.atomic
def split(*, item: PlanItem, at: Iterable[int], by: Actor) -> list[PlanItem]:
    """Cut an item in two or more. ``at``: indexes into ``queries.pieces(item)`` that begin a further item.

    What was read for the whole (units, deadline, guesses) is said of every part; children stay with the last.
    """
    item = mine(item, by)
    pieces, cuts = queries.pieces(item), sorted(set(at))
    if not cuts:
        raise Invalid(_("先选从哪一句起另成一项。"), field="at")
    if cuts[0] < 1 or cuts[-1] >= len(pieces):
        raise Invalid(_("没有这一句。请刷新页面，再选从哪一句拆。"), field="at")
    bounds = [*cuts, len(pieces)]
    parts = [pieces[start:stop] for start, stop in zip(bounds, bounds[1:], strict=False)]
    _make_room(item, len(parts))
    co = [c.department_id for c in item.co_departments.all()]
    before, sources = item.title, _sources(item)
    made = [_part(item, part, n, co, sources) for n, part in enumerate(parts, start=1)]
    item.children.update(parent=made[-1])
    item.title, item.text = _worded(pieces[: cuts[0]])
    item.paragraph_nos = _standing(pieces[: cuts[0]], sources) or item.paragraph_nos
    save(item, "title", "text", "paragraph_nos")
    record("plan.split_item", item, by=by, unit_id=item.plan.unit_id, about=[item.plan, *made],
           before={"title": before}, after={"titles": [item.title, *(m.title for m in made)]})  # fmt: skip
    return [item, *made]


def _make_room(item: PlanItem, places: int) -> None:
    PlanItem.objects.filter(plan_id=item.plan_id, position__gt=item.position).update(
        position=F("position") + places
    )


def _part(item: PlanItem, part: Sequence[str], n: int, co: list[int], sources: dict[int, str]) -> PlanItem:
    values = {name: getattr(item, name) for name in COPIED}
    values["paragraph_nos"] = _standing(part, sources) or item.paragraph_nos
    title, text = _worded(part)
    made = save(PlanItem(position=item.position + n, title=title, text=text, **values))
    ItemDepartment.objects.bulk_create(ItemDepartment(item=made, department_id=pk) for pk in co)
    return made


def _worded(part: Sequence[str]) -> tuple[str, str]:
    """(title, text) of a run of sentences: the first is the title, a very long one stands in the text whole."""
    first = part[0].strip().rstrip("。；;")  # data
    rest = "".join(part[1:]).strip()
    return first[:200], (part[0] + rest if len(first) > 200 else rest)


def _sources(item: PlanItem) -> dict[int, str]:
    rows = SourceParagraph.objects.filter(plan_id=item.plan_id, no__in=item.paragraph_nos)
    return dict(rows.values_list("no", "text"))


def _standing(part: Sequence[str], sources: dict[int, str]) -> list[int]:
    """The paragraphs in which these sentences stand."""
    words = [p.strip()[:40] for p in part if p.strip()]
    return [no for no, text in sorted(sources.items()) if any(w in text for w in words)]


@transaction.atomic
def merge(*, item: PlanItem, by: Actor) -> PlanItem:
    """Into the task before it, which keeps its own fields and gains what it lacked; returns that one.

    Two different deadlines or leads are not silently reduced to one: the later one becomes a guess to look at.
    """
    item = mine(item, by)
    before = item.plan.items.filter(position__lt=item.position, is_task=True).order_by("-position").first()
    if before is None:
        raise Invalid(_("上面没有可以并入的事项。"))
    _require_loose(item)
    co = [c.department_id for c in item.co_departments.all()]
    _absorb(before, item)
    save(before)
    join_departments(before, [*co, item.lead_department_id])
    item.children.update(parent=before)
    record("plan.merge_items", before, by=by, unit_id=item.plan.unit_id, about=[item.plan],
           before={"title": item.title}, after={"text": before.text})  # fmt: skip
    _delete(item)
    return before


def _require_loose(item: PlanItem) -> None:
    if item.entry_points.exists() or item.entered_by.exists():
        raise Invalid(_("这一项上结着切入点，先解开再并。"))


def _delete(item: PlanItem) -> None:
    try:
        item.delete()
    except ProtectedError:
        raise Invalid(_("这一项已经列入会议议题或立了任务，不能并掉。")) from None


def _absorb(into: PlanItem, item: PlanItem) -> None:
    into.text = "\n".join(t for t in (into.text, f"{item.title}。{item.text}".rstrip("。")) if t)  # data
    names = dict.fromkeys([*queries.unit_names(into), *queries.unit_names(item)])
    into.units_raw = "、".join(names)[:400]  # data
    for name in ("paragraph_nos", "selectors", "milestones", "history"):
        setattr(into, name, list(dict.fromkeys([*getattr(into, name), *getattr(item, name)])))
    into.paragraph_nos.sort()
    if item.due_raw and item.due_raw != into.due_raw:
        if into.due_raw:
            text = _("并进来的一项期限是“%(raw)s”，现在按“%(kept)s”。") % {
                "raw": item.due_raw,
                "kept": into.due_raw,
            }
            into.guesses = [*into.guesses, {"field": "due", "why": "merged", "text": text}]
        else:
            into.due_raw, into.due_on, into.due_kind = item.due_raw, item.due_on, item.due_kind
            into.rhythm = item.rhythm
    if item.lead_department_id and into.lead_department_id not in (None, item.lead_department_id):
        text = _("并进来的一项由%(name)s牵头，现在列为配合。") % {"name": item.lead_department}
        into.guesses = [*into.guesses, {"field": "lead", "why": "merged", "text": text}]
    into.lead_department_id = into.lead_department_id or item.lead_department_id
    into.guesses = [
        *into.guesses,
        *(g for g in item.guesses if g["why"] == "unknown" and g not in into.guesses),
    ]


@transaction.atomic
def mark(*, item: PlanItem, as_task: bool, by: Actor) -> PlanItem:
    """A heading becomes a task, or a task a heading under which the following stand."""
    item = mine(item, by)
    if item.is_task == as_task:
        return item
    if not as_task:
        _require_loose(item)
    item.is_task = as_task
    item.guesses = [g for g in item.guesses if as_task and g["field"] != "task"]
    save(item, "is_task", "guesses")
    record("plan.mark_item", item, by=by, unit_id=item.plan.unit_id, about=[item.plan],
           after={"is_task": as_task})  # fmt: skip
    return item


@transaction.atomic
def take_in(*, paragraph: SourceParagraph, new: NewItem, by: Actor) -> PlanItem:
    """A paragraph that was a note or left aside becomes an item, where it stands in the paper."""
    plan = open_plan(paragraph.plan, by)
    paragraph = lock(paragraph)
    if paragraph.fate == SourceParagraph.Fate.ITEM:
        raise Invalid(_("这一段已经在事项里了。"))
    above = _above(plan, paragraph.no)
    position = above.position + 1 if above else 1
    plan.items.filter(position__gte=position).update(position=F("position") + 1)
    item = PlanItem(
        plan=plan, position=position, parent=_shelf(above), level=above.level if above and above.is_task else
        above.level + 1 if above else 1, title=new.title[:200], label=new.label[:20], text=new.text,
        track=new.track, facet=new.facet, leader_id=new.leader_id, lead_department_id=new.lead_department_id,
        units_raw=new.units_raw[:400], due_kind=new.due_kind, due_on=new.due_on, due_raw=new.due_raw[:100],
        rhythm=new.rhythm[:30], selectors=new.selectors, guesses=new.guesses, paragraph_nos=[paragraph.no],
    )  # fmt: skip
    save(item)
    join_departments(item, new.co_department_ids)
    _settle(paragraph)
    record("plan.take_in", item, by=by, unit_id=plan.unit_id, about=[plan], after={"title": item.title})
    return item


def _above(plan: Plan, no: int) -> PlanItem | None:
    """The last item of the plan that begins at or before a paragraph."""
    rows = plan.items.order_by("position").only(
        "id", "position", "paragraph_nos", "is_task", "level", "parent"
    )
    found = [r for r in rows if r.paragraph_nos and min(r.paragraph_nos) < no]
    return max(found, key=lambda r: r.position, default=None)


def _shelf(above: PlanItem | None) -> PlanItem | None:
    """What a new item hangs under: beside a task, below a heading."""
    if above is None:
        return None
    return above.parent if above.is_task else above


def _settle(paragraph: SourceParagraph) -> None:
    paragraph.fate, paragraph.why = SourceParagraph.Fate.ITEM, ""
    save(paragraph, "fate", "why")


@transaction.atomic
def join(*, paragraph: SourceParagraph, by: Actor) -> PlanItem:
    """A paragraph that was a note or left aside becomes text of the item before it."""
    plan = open_plan(paragraph.plan, by)
    paragraph = lock(paragraph)
    if paragraph.fate == SourceParagraph.Fate.ITEM:
        raise Invalid(_("这一段已经在事项里了。"))
    above = _above(plan, paragraph.no)
    if above is None:
        raise Invalid(_("这一段前面还没有事项，请让它自成一项。"))
    item = lock(above)
    item.text = "\n".join(t for t in (item.text, paragraph.text) if t)
    item.paragraph_nos = sorted({*item.paragraph_nos, paragraph.no})
    save(item, "text", "paragraph_nos")
    _settle(paragraph)
    record("plan.join_paragraph", item, by=by, unit_id=plan.unit_id, about=[plan],
           after={"text": paragraph.text[:200]})  # fmt: skip
    return item


@transaction.atomic
def start_at(*, paragraph: SourceParagraph, by: Actor) -> Plan:
    """The items begin with this paragraph: whatever was read before it becomes notes.

    A heading before it goes too; what hangs under it is lifted to the next heading that stays.
    """
    plan = open_plan(paragraph.plan, by)
    rows = list(plan.items.order_by("position"))
    before = {r.pk for r in rows if r.paragraph_nos and min(r.paragraph_nos) < paragraph.no}
    if not before:
        raise Invalid(_("这一段前面没有读成事项的内容，不用再定起点。"))
    if all(r.pk in before or not r.is_task for r in rows):
        raise Invalid(_("从这一段起没有读出事项，请另选一段。"))
    gone = [r for r in rows if r.pk in before]
    _lift(rows, before)
    PlanItem.objects.bulk_update([r for r in rows if r.pk not in before], ["parent", "level"], batch_size=200)
    try:
        plan.items.filter(pk__in=before).delete()
    except ProtectedError:
        raise Invalid(_("前面有事项已经列入会议议题或立了任务，起点不能再改。")) from None
    kept = {no for r in rows if r.pk not in before for no in r.paragraph_nos}
    lost = {no for r in gone for no in r.paragraph_nos} - kept
    plan.paragraphs.filter(no__in=lost).update(fate="note", why=_("在起点以前"))
    record("plan.start_at", plan, by=by, unit_id=plan.unit_id,
           after={"paragraph": paragraph.no, "items": len(gone)})  # fmt: skip
    return plan


def _lift(rows: list[PlanItem], gone: set[int]) -> None:
    """Parent and level of what stays, when the ``gone`` are taken out of the tree; parents come first in ``rows``."""
    place: dict[int | None, tuple[int | None, int]] = {None: (None, 0)}
    for row in rows:
        parent, level = place.get(row.parent_id, (None, 0))
        if row.pk in gone:
            place[row.pk] = (parent, level)
            continue
        row.parent_id, row.level = parent, level + 1
        place[row.pk] = (row.pk, row.level)
