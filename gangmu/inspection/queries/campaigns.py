"""Reads of 巡察整改: the list, and one with its problems, measures and how far they are."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet

from gangmu.inspection.models import Campaign, Measure, Problem

MEASURES = Measure.objects.select_related(
    "leader", "department", "person", "task", "checked_by", "problem__campaign"
)
WHOLE = Campaign.objects.select_related("unit", "plan_signed_by", "report_signed_by").prefetch_related(
    Prefetch("problems", Problem.objects.prefetch_related(Prefetch("measures", MEASURES)))
)


def campaigns(unit_id: int, today: date) -> QuerySet[Campaign]:
    """With ``problem_count``, ``measure_count``, ``checked``, ``late``; one query."""
    late = Q(problems__measures__due_on__lt=today, problems__measures__long_term=False)
    late &= ~Q(problems__measures__state="checked")
    return Campaign.objects.filter(unit_id=unit_id).annotate(
        problem_count=Count("problems", distinct=True),
        measure_count=Count("problems__measures", distinct=True),
        checked=Count("problems__measures", distinct=True, filter=Q(problems__measures__state="checked")),
        late=Count("problems__measures", distinct=True, filter=late),
    )


def to_sign(unit_id: int) -> QuerySet[Campaign]:
    """Those whose plan or report can be signed now; one query."""
    bare = Problem.objects.filter(campaign_id=OuterRef("pk"), measures__isnull=True)
    listed = Problem.objects.filter(campaign_id=OuterRef("pk"))
    measures = Measure.objects.filter(problem__campaign_id=OuterRef("pk"))
    plan = Q(state="drafting") & Exists(listed) & ~Exists(bare)
    again = Q(state="again") & Exists(measures.filter(state="open"))
    report = Q(state="under_way") & ~Exists(measures.exclude(state="checked"))
    return Campaign.objects.filter(plan | again | report, unit_id=unit_id).order_by("reported_on", "id")


@dataclass(frozen=True)
class Tally:
    """Measures of a campaign: all, by result, and what is late today."""

    total: int
    done: int
    mostly: int
    ongoing: int
    late: int

    @property
    def checked(self) -> int:
        return self.done + self.mostly + self.ongoing


def tally(measures: Iterable[Measure], today: date) -> Tally:
    """A measure kept up for good is never late."""
    rows = list(measures)
    count = {result: sum(m.result == result for m in rows) for result in Measure.Result.values}
    late = sum(m.state != "checked" and not m.long_term and m.due_on < today for m in rows)
    return Tally(len(rows), count["done"], count["mostly"], count["ongoing"], late)
