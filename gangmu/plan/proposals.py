"""Which items are worth binding together, and why: the same department or leader, words in common, last year's knots."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from gangmu.common.text import bigrams, fold
from gangmu.plan import queries
from gangmu.plan.models import EntryPoint, Plan, PlanItem

LIKE = 0.6  # two titles as like as this are taken for the same matter in another year
ALIKE = 0.15  # from here on two titles have enough in common to say so
COMMON = 0.3  # words that so many of the candidates share say nothing
Kind = EntryPoint.Kind
# What the words of a party item say of the way it works on the business; then what its facet says.
WORDS = (
    (Kind.SUPERVISE, ("监督", "督查", "廉政", "三个规定", "警示", "巡察")),  # data
    (Kind.EDUCATE, ("学习", "教育", "轮训", "议题", "理论", "宣讲", "党课")),  # data
    (Kind.ORGANISE, ("支部", "党小组", "临时党", "联系点", "共建", "联学")),  # data
    (Kind.GUARANTEE, ("制度", "规则", "清单", "责任制", "办法", "机制", "保障")),  # data
    (Kind.PUSH, ("先锋", "攻坚", "示范", "岗", "一线")),  # data
)
OF_FACET = {"thought": Kind.EDUCATE, "system": Kind.GUARANTEE, "activity": Kind.PUSH, "work": Kind.ORGANISE}


@dataclass(frozen=True)
class Reason:
    """``code``: last_year, department, joined, leader, words. ``what``: the words, the name, the year."""

    code: str
    what: str


@dataclass(frozen=True)
class Proposal:
    """The other end, the reasons from the strongest, and what the knot would say."""

    item: PlanItem
    reasons: tuple[Reason, ...]
    kind: str
    expected: str
    score: float


def for_item(item: PlanItem, limit: int = 3) -> list[Proposal]:
    """The likeliest ends for one item: three queries, however large the plan is."""
    return _ranked(item, limit)[0]


def near(item: PlanItem) -> list[PlanItem]:
    """All items of the other side for a choice: those worth proposing first, then the others in the order of the plan."""
    found, others = _ranked(item, None)
    first = [p.item for p in found]
    known = {i.pk for i in first}
    return [*first, *(i for i in others if i.pk not in known)]


def _ranked(item: PlanItem, limit: int | None) -> tuple[list[Proposal], list[PlanItem]]:
    """The proposals, and all that could be tied whether proposed or not."""
    tied = EntryPoint.objects.exclude(state=EntryPoint.State.UNTIED).filter(
        Q(gang=item, mu=OuterRef("pk")) | Q(mu=item, gang=OuterRef("pk"))
    )
    rows = queries.other_side(item).annotate(tied_here=Exists(tied)).prefetch_related("co_departments")
    others: list[Any] = list(rows)
    return rank(item, [c for c in others if not c.tied_here], earlier_knots(item.plan), limit), others


def earlier_knots(plan: Plan, limit: int = 400) -> list[EntryPoint]:
    """Knots of the unit's other plans that were in force, the newest first. One query."""
    rows = EntryPoint.objects.filter(
        mu__plan__unit_id=plan.unit_id, mu__plan__state__in=["adopted", "closed"]
    )
    rows = rows.exclude(state=EntryPoint.State.UNTIED).exclude(mu__plan_id=plan.pk)
    return list(rows.select_related("gang", "mu__plan").order_by("-mu__plan__year", "-id")[:limit])


def rank(
    item: PlanItem, candidates: Sequence[PlanItem], earlier: Iterable[EntryPoint] = (), limit: int | None = 3
) -> list[Proposal]:
    """Pure over what is in hand. No reason, no proposal."""
    pairs = {c.pk: bigrams(c.title) for c in candidates}
    seen = Counter(pair for found in pairs.values() for pair in found)
    dull = {p for p, n in seen.items() if n > max(2, COMMON * len(candidates))}
    own = bigrams(item.title)
    known = [k for k in earlier if _same(item, k.gang if item.track == "gang" else k.mu, own)]
    found = []
    for other in candidates:
        reasons, score, knot = [], 0.0, _known(other, known, pairs[other.pk], item.track)
        if knot:
            reasons.append(Reason("last_year", str(knot.mu.plan.year)))
            score += 5
        for reason, weight in (_owners(item, other), _words(item, other, own, pairs[other.pk], dull)):
            if reason:
                reasons.append(reason)
                score += weight
        if reasons:
            found.append(_proposal(item, other, tuple(reasons), score, knot))
    return sorted(found, key=lambda p: (-p.score, p.item.position))[:limit]


def _same(item: PlanItem, old: PlanItem, own: set[str]) -> bool:
    """The same matter in another plan: carried over from it, or with nearly the same title."""
    return item.carried_from_id == old.pk or _dice(own, bigrams(old.title)) >= LIKE


def _known(other: PlanItem, known: Iterable[EntryPoint], pairs: set[str], track: str) -> EntryPoint | None:
    return next((k for k in known if _same(other, k.mu if track == "gang" else k.gang, pairs)), None)


def _owners(item: PlanItem, other: PlanItem) -> tuple[Reason | None, float]:
    if item.lead_department_id and item.lead_department_id == other.lead_department_id:
        return Reason("department", other.lead_department.name if other.lead_department else ""), 3
    gang, mu = (item, other) if item.track == "gang" else (other, item)
    if mu.lead_department_id and mu.lead_department_id in {
        c.department_id for c in gang.co_departments.all()
    }:
        return Reason("joined", mu.lead_department.name if mu.lead_department else ""), 3
    if item.leader_id and item.leader_id == other.leader_id:
        return Reason("leader", item.leader.name if item.leader else ""), 1
    return None, 0


def _words(
    item: PlanItem, other: PlanItem, own: set[str], pairs: set[str], dull: set[str]
) -> tuple[Reason | None, float]:
    likeness, shared = _dice(own, pairs), own & pairs - dull
    if likeness < ALIKE or not shared:
        return None, 0
    return Reason("words", _("、").join(runs(item.title, other.title, shared))), 6 * likeness


def runs(one: str, other: str, shared: set[str]) -> list[str]:
    """The shared bigrams joined again to the words they were cut from, the longest first, three at most."""
    text, found, at = fold(one), [], 0
    other = fold(other)
    while at < len(text) - 1:
        stop = at
        while text[stop : stop + 2] in shared and text[at : stop + 2] in other and stop < len(text) - 1:
            stop += 1
        if stop > at:
            found.append(text[at : stop + 1])
            at = stop
        at += 1
    return sorted(dict.fromkeys(found), key=len, reverse=True)[:3]


def _dice(a: set[str], b: set[str]) -> float:
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def _proposal(
    item: PlanItem, other: PlanItem, reasons: tuple[Reason, ...], score: float, knot: EntryPoint | None
) -> Proposal:
    gang, mu = (item, other) if item.track == "gang" else (other, item)
    kind = knot.kind if knot else kind_of(gang)
    return Proposal(other, reasons, kind, knot.expected if knot else expected(kind, mu), score)


def kind_of(gang: PlanItem) -> str:
    """The way a party item is likeliest to work, by its words, else by its facet."""
    for kind, words in WORDS:
        if any(word in gang.title for word in words):
            return str(kind)
    return str(OF_FACET.get(gang.facet, Kind.PUSH))


def expected(kind: str, mu: PlanItem) -> str:
    """A first wording of the effect looked for, to be made countable by whoever ties."""
    name = {"mu": mu.title[:60]}
    words = {
        "push": _("“%(mu)s”按期办结，党员骨干承担主要任务"),
        "guarantee": _("“%(mu)s”按制度办，没有因制度缺位返工"),
        "supervise": _("“%(mu)s”中发现的问题有人督、有整改"),
        "educate": _("办理“%(mu)s”的党员都学到、用到，有案例"),
        "organise": _("“%(mu)s”有党小组或党员责任人盯到底"),
    }
    return words[kind] % name
