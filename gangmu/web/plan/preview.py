"""What the two panes of a preview show: rows, paragraphs with their marks, pages, kinds of guesses, names to settle."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet, prefetch_related_objects

from gangmu.org import queries as org
from gangmu.papers.units import selector
from gangmu.plan import queries
from gangmu.plan.models import Plan, PlanItem, SourceParagraph

ITEMS, PARAGRAPHS = 400, 3000  # of one page: a plan of 350 rows is shown whole
NAMES = 30


@dataclass(frozen=True)
class Name:
    """A unit as the paper writes it, that is no department of the office; ``led``: it was named as lead."""

    text: str
    times: int
    led: bool


@dataclass(frozen=True)
class Row:
    """One item at the right, ready to be shown. ``sources``: its paragraphs as (number, text)."""

    item: PlanItem
    lead: str
    co: list[str]
    unknown: list[str]
    led: list[str]  # named as lead by the paper, and no department of the office
    sources: list[tuple[int, str]]
    open_fields: set[str]
    pieces: list[str] = field(default_factory=list)
    stamp: str = ""
    offer: str = ""

    @property
    def lead_guessed(self) -> bool:
        return "lead" in self.open_fields


@dataclass(frozen=True)
class Shown:
    """A paragraph at the left: its text in pieces of (words, mark), mark being "", read or guess; and its item."""

    paragraph: SourceParagraph
    pieces: list[tuple[str, str]]
    item_id: int | None
    guessed: bool


@dataclass(frozen=True)
class Window:
    """One page of a preview: items from ``first`` on, paragraphs from ``low`` up to but not including ``high``."""

    first: int
    last: int
    low: int
    high: int


def windows(items: list[tuple[int, list[int]]], paragraphs: list[int]) -> list[Window]:
    """Cut a preview into pages that hold at most ITEMS items and PARAGRAPHS paragraphs each.

    ``items``: (id, numbers of its paragraphs) in order; ``paragraphs``: all numbers in order. Every item and every
    paragraph stands on exactly one page.
    """
    found: list[Window] = []
    first, low = 0, 0
    starts = [min(nos, default=0) for _pk, nos in items]
    index = {no: i for i, no in enumerate(paragraphs)}
    for n in range(len(items) + 1):
        place = index.get(starts[n], low) if n < len(items) else len(paragraphs)
        full = n - first >= ITEMS or (place - low > PARAGRAPHS and n > first)
        if full and n < len(items):
            found.append(Window(first, n, low, max(place, low)))
            first, low = n, max(place, low)
    while len(paragraphs) - low > PARAGRAPHS:
        found.append(Window(first, len(items), low, low + PARAGRAPHS))
        first, low = len(items), low + PARAGRAPHS
    return [*found, Window(first, len(items), low, len(paragraphs))]


@dataclass(frozen=True)
class Page:
    """Everything the preview page shows of a plan."""

    rows: list[Row]
    paragraphs: list[Shown]
    counts: dict[str, int]
    total: int
    kinds: list[tuple[str, str, int]]  # (field, why, how many items)
    waiting: int
    tasks: int
    names: list[Name]
    more_names: int
    number: int
    pages: int
    loose: int  # tasks for which the paper lists units and nobody leads


@dataclass(frozen=True)
class Entry:
    """What is known of every item of the plan, shown on this page or not."""

    pk: int
    is_task: bool
    guesses: list[dict[str, Any]]
    paragraph_nos: list[int]
    lead_department_id: int | None
    units_raw: str


ENTRY = ("pk", "is_task", "guesses", "paragraph_nos", "lead_department_id", "units_raw")


def page_of(
    plan: Plan,
    *,
    only: bool = False,
    why: str = "",
    number: int = 1,
    busy: int = 0,
    cut: int = 0,
    offer: int = 0,
) -> Page:
    """Six queries, eight for a paper that needs pages. ``busy``: the item in edit, ``cut``: the one being split."""
    all_items = list(rows_of(plan).prefetch_related(None)[: ITEMS + 1])
    if whole := len(all_items) <= ITEMS:
        prefetch_related_objects(all_items, "co_departments")
        index = [Entry(*(getattr(i, name) for name in ENTRY)) for i in all_items]
    else:
        index = [Entry(*values) for values in plan.items.values_list(*ENTRY)]
    asked = _asked(index, only, why)
    paragraphs = list(plan.paragraphs.all()[: PARAGRAPHS + 1])
    if whole and len(paragraphs) <= PARAGRAPHS:
        fates = [(p.no, p.fate) for p in paragraphs]
    else:
        fates = list(plan.paragraphs.values_list("no", "fate"))
    cuts = windows([(e.pk, e.paragraph_nos) for e in asked], [no for no, _fate in fates])
    number = min(max(number, 1), len(cuts))
    window = cuts[number - 1]
    ids = {e.pk for e in asked[window.first : window.last]}
    items = [i for i in all_items if i.pk in ids] if whole else list(rows_of(plan).filter(pk__in=ids))
    if len(fates) != len(paragraphs) or len(cuts) > 1:
        paragraphs = list(plan.paragraphs.all()[window.low : window.high])
    known = org.names(plan.unit_id)
    texts = _texts(plan, items, paragraphs)
    names_of = called(known)
    rows = [
        row(i, known, names_of, texts, cut=i.pk == cut, offer=i.pk == offer, stamped=i.pk == busy)
        for i in items
    ]
    names = _names(rows)
    tasks = [entry for entry in index if entry.is_task]
    return Page(
        rows=rows, paragraphs=shown(paragraphs, items), counts=dict(Counter(fate for _no, fate in fates)),
        total=len(fates), kinds=_kinds(tasks), waiting=sum(bool(e.guesses) for e in tasks), tasks=len(tasks),
        names=names[:NAMES], more_names=max(0, len(names) - NAMES), number=number, pages=len(cuts),
        loose=sum(e.lead_department_id is None and bool(e.units_raw) for e in tasks),
    )  # fmt: skip


def _texts(plan: Plan, items: list[PlanItem], paragraphs: list[SourceParagraph]) -> dict[int, str]:
    """The source of the items by number; what stands on another page is asked for."""
    texts = {p.no: p.text for p in paragraphs}
    missing = {no for item in items for no in item.paragraph_nos} - texts.keys()
    if missing:
        texts |= dict(plan.paragraphs.filter(no__in=missing).values_list("no", "text"))
    return texts


def called(known: org.Names) -> dict[int, str]:
    """Id of a department → its own name, which stands before its aliases."""
    return {pk: name for name, pk in reversed(known.departments.items())}


def _asked(index: list[Entry], only: bool, why: str) -> list[Entry]:
    """What the filter leaves: everything, what has an open guess, or what has one of this kind."""
    if why:
        return [e for e in index if any(f"{g['field']}.{g['why']}" == why for g in e.guesses)]
    return [e for e in index if e.guesses] if only else index


def rows_of(plan: Plan) -> QuerySet[PlanItem]:
    return plan.items.select_related("lead_department", "leader").prefetch_related("co_departments")


def row(
    item: PlanItem, known: org.Names, names_of: dict[int, str], texts: dict[int, str], *, cut: bool = False,
    offer: bool = False, stamped: bool = False,
) -> Row:  # fmt: skip
    """One row; no query of its own where relations were fetched along."""
    proposed = next((g["value"] for g in item.guesses if g["field"] == "lead" and g.get("value")), None)
    unknown = [n for n in queries.unit_names(item) if _nobody(n, known)]
    led = [n for g in item.guesses for n in g.get("names", ())] if item.lead_department_id is None else []
    open_fields = {g["field"] for g in item.guesses}
    co = [c.department_id for c in item.co_departments.all()]
    return Row(
        item=item, lead=names_of.get(item.lead_department_id or proposed or 0, "、".join(led)), unknown=unknown, led=led,  # data
        co=[names_of.get(pk, "") for pk in co if pk != proposed], open_fields=open_fields,
        sources=[(no, texts[no]) for no in item.paragraph_nos if no in texts],
        pieces=queries.pieces(item) if cut else [], stamp=queries.stamp(item) if stamped else "",
        offer=unknown[0] if offer and unknown and item.lead_department else "",
    )  # fmt: skip


def _nobody(name: str, known: org.Names) -> bool:
    return known.department(name) is None and known.person(name) is None and not selector(name)


def _names(rows: list[Row]) -> list[Name]:
    """Names that are no department, those named as lead first, then by how often they stand there."""
    times: Counter[str] = Counter()
    led: set[str] = set()
    for each in rows:
        if each.item.is_task:
            times.update(each.unknown)
            led |= {n for g in each.item.guesses for n in g.get("names", ())}
    found = [Name(text, n, text in led) for text, n in times.items()]
    return sorted(found, key=lambda n: (not n.led, -n.times, n.text))


def _kinds(tasks: list[Entry]) -> list[tuple[str, str, int]]:
    found = Counter((g["field"], g["why"]) for e in tasks for g in e.guesses)
    return [(name, why, n) for (name, why), n in found.most_common()]


def shown(paragraphs: Iterable[SourceParagraph], items: list[PlanItem]) -> list[Shown]:
    """Paragraphs with what was read of them underlined, solid or dashed."""
    phrases: dict[int, dict[str, str]] = defaultdict(dict)
    owner: dict[int, int] = {}
    for item in items:
        found = _phrases(item)
        for no in item.paragraph_nos:
            owner.setdefault(no, item.pk)
            phrases[no] |= found
    waiting = {no for item in items if item.guesses for no in item.paragraph_nos}
    return [
        Shown(p, marked(p.text, phrases.get(p.no, {})), owner.get(p.no), p.no in waiting)
        for p in paragraphs
        if p.text.strip()
    ]


def _phrases(item: PlanItem) -> dict[str, str]:
    """Words of the paper → read or guess."""
    if not item.is_task:
        return {}
    fields = {g["field"] for g in item.guesses}
    units = "guess" if fields & {"lead", "units"} else "read"
    found = {name: units for name in queries.unit_names(item) if len(name) > 1}
    if len(item.due_raw) > 1:
        found[item.due_raw] = "guess" if "due" in fields or item.due_kind == "invalid" else "read"
    return found


def marked(text: str, phrases: dict[str, str]) -> list[tuple[str, str]]:
    """Cut a text at the first place of each phrase, longer phrases first; the pieces make the text again."""
    spans: list[tuple[int, int, str]] = []
    for words in sorted(phrases, key=len, reverse=True):
        at = text.find(words)
        while at >= 0 and any(at < stop and at + len(words) > start for start, stop, _k in spans):
            at = text.find(words, at + 1)
        if at >= 0:
            spans.append((at, at + len(words), phrases[words]))
    pieces, place = [], 0
    for start, stop, kind in sorted(spans):
        pieces += [(text[place:start], ""), (text[start:stop], kind)]
        place = stop
    return [piece for piece in [*pieces, (text[place:], "")] if piece[0]]
