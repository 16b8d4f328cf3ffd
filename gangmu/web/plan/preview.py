"""What the two panes of a preview show: rows, paragraphs with their marks, pages, kinds of guesses, names to settle."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

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
    lead_guessed: bool
    unknown: list[str]
    sources: list[tuple[int, str]]
    open_fields: set[str]
    pieces: list[str] = field(default_factory=list)
    stamp: str = ""
    offer: str = ""

    @property
    def co(self) -> list[str]:
        return [c.department.name for c in self.item.co_departments.all()]

    @property
    def lines(self) -> list[dict[str, Any]]:
        return list(self.item.guesses)


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
    """Six queries and those for the unit's names. ``busy``: the item in edit, ``cut``: the one being split."""
    index = list(
        plan.items.values_list("pk", "is_task", "guesses", "paragraph_nos", "lead_department", "units_raw")
    )
    fates = list(plan.paragraphs.values_list("no", "fate"))
    asked = _asked(index, only, why)
    cuts = windows([(pk, nos) for pk, _t, _g, nos, _l, _u in asked], [no for no, _fate in fates])
    number = min(max(number, 1), len(cuts))
    window = cuts[number - 1]
    ids = [row[0] for row in asked[window.first : window.last]]
    items = list(rows_of(plan).filter(pk__in=ids) if len(ids) < len(index) else rows_of(plan))
    paragraphs = list(plan.paragraphs.all()[window.low : window.high])
    known = org.names(plan.unit_id)
    texts = {p.no: p.text for p in paragraphs}
    missing = {no for item in items for no in item.paragraph_nos} - texts.keys()
    if missing:
        texts |= dict(plan.paragraphs.filter(no__in=missing).values_list("no", "text"))
    rows = [
        row(item, known, texts, cut=item.pk == cut, offer=item.pk == offer, stamped=item.pk == busy)
        for item in items
    ]
    names = _names(rows)
    tasks = [entry for entry in index if entry[1]]
    return Page(
        rows=rows, paragraphs=shown(paragraphs, items), counts=dict(Counter(fate for _no, fate in fates)),
        total=len(fates), kinds=_kinds(index), waiting=sum(bool(e[2]) for e in tasks), tasks=len(tasks),
        names=names[:NAMES], more_names=max(0, len(names) - NAMES), number=number, pages=len(cuts),
        loose=sum(lead is None and bool(units) for _pk, _t, _g, _n, lead, units in tasks),
    )  # fmt: skip


def _asked(index: list[tuple], only: bool, why: str) -> list[tuple]:
    """What the filter leaves: everything, what has an open guess, or what has one of this kind."""
    if why:
        return [e for e in index if any(f"{g['field']}.{g['why']}" == why for g in e[2])]
    return [e for e in index if e[2]] if only else index


def rows_of(plan: Plan) -> QuerySet[PlanItem]:
    return plan.items.select_related("lead_department", "leader").prefetch_related(
        "co_departments__department"
    )


def row(
    item: PlanItem, known: org.Names, texts: dict[int, str], *, cut: bool = False, offer: bool = False,
    stamped: bool = False,
) -> Row:  # fmt: skip
    """One row; no query of its own where relations were fetched along."""
    proposed = next((g["value"] for g in item.guesses if g["field"] == "lead" and g.get("value")), None)
    unknown = [n for n in queries.unit_names(item) if _nobody(n, known)]
    lead = item.lead_department.name if item.lead_department else ""
    by_pk = {pk: name for name, pk in reversed(known.departments.items())}
    open_fields = {g["field"] for g in item.guesses}
    return Row(
        item=item, lead=lead or by_pk.get(proposed or 0, ""), lead_guessed="lead" in open_fields, unknown=unknown,
        sources=[(no, texts[no]) for no in item.paragraph_nos if no in texts], open_fields=open_fields,
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


def _kinds(index: list[tuple]) -> list[tuple[str, str, int]]:
    found = Counter((g["field"], g["why"]) for e in index if e[1] for g in e[2])
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
