"""From an honour back to the demand: its task, the item, the other side of the knots, the decision, the points answered."""

from collections.abc import Sequence
from dataclasses import dataclass

from gangmu.meetings import queries as meetings
from gangmu.plan.models import EntryPoint, PlanItem, PointAnswer
from gangmu.review.models import HonourBasis
from gangmu.review.queries import knots

MOST = 12  # bases walked back on one page


@dataclass(frozen=True)
class Walk:
    """One way. ``answers``: points that the item or the other side of a knot answers; ``knots`` of the item."""

    basis: HonourBasis
    item: PlanItem | None
    answers: list[PointAnswer]
    studied: meetings.Studied | None
    knots: list[EntryPoint]

    def other(self, knot: EntryPoint) -> PlanItem:
        return knot.gang if self.item and knot.mu_id == self.item.pk else knot.mu


def walks(bases: Sequence[HonourBasis]) -> list[Walk]:
    """Of each basis; four queries for all of them, none when no item stands behind any."""
    ids = sorted({b.item_id for b in bases if b.item_id})
    if not ids:
        return [Walk(b, None, [], None, []) for b in bases]
    tied = knots(ids)
    ends = {i for k in tied for i in (k.gang_id, k.mu_id)} | set(ids)
    answers = list(
        PointAnswer.objects.filter(item_id__in=ends)
        .select_related("point__directive")
        .order_by("point__directive__issued_on", "point__no")
    )
    studies = meetings.studied(ids)
    adopted = meetings.adoptions({b.item.plan_id for b in bases if b.item})
    return [_walk(b, tied, answers, studies, adopted) for b in bases]


def _walk(
    basis: HonourBasis, tied: list[EntryPoint], answers: list[PointAnswer],
    studies: dict[int, meetings.Studied], adopted: dict[int, meetings.Studied],
) -> Walk:  # fmt: skip
    item = basis.item
    if item is None:
        return Walk(basis, None, [], None, [])
    own = [k for k in tied if item.pk in (k.gang_id, k.mu_id)]
    ends = {item.pk, *(i for k in own for i in (k.gang_id, k.mu_id))}
    answered = {a.point_id: a for a in answers if a.item_id in ends}  # a point that both ends answer, once
    studied = studies.get(item.pk) or adopted.get(item.plan_id)
    return Walk(basis, item, list(answered.values()), studied, own)
