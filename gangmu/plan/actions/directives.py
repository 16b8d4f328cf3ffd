"""Directives (上级要求): registered with their points, each point traced to the items that answer it."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid
from gangmu.common.models import save
from gangmu.events.log import record
from gangmu.org.actor import Actor
from gangmu.org.models import Unit
from gangmu.plan import policies
from gangmu.plan.models import Directive, DirectivePoint, PlanItem, PointAnswer


@transaction.atomic
def register(
    *,
    unit: Unit,
    issuer: str,
    title: str,
    issued_on: date,
    points: Sequence[str],
    doc_no: str = "",
    by: Actor,
) -> Directive:
    """A directive with its points in order; at least one point."""
    directive = Directive(unit=unit, issuer=issuer, title=title, issued_on=issued_on, doc_no=doc_no)
    policies.edit_directive.require(by, directive)
    texts = [p.strip() for p in points if p.strip()]
    if not texts:
        raise Invalid(_("至少写一条要求，一行一条。"), field="points")
    save(directive)
    for no, text in enumerate(texts, start=1):
        save(DirectivePoint(directive=directive, no=no, text=text))
    record("plan.register_directive", directive, by=by, unit_id=unit.pk, happened_on=issued_on,
           after={"issuer": issuer, "doc_no": doc_no, "points": len(texts)})  # fmt: skip
    return directive


@transaction.atomic
def answer(*, point: DirectivePoint, item: PlanItem, by: Actor) -> PointAnswer:
    """This item answers that point."""
    policies.edit_directive.require(by, point.directive)
    if item.plan.unit_id != point.directive.unit_id:
        raise Invalid(_("这一项不是本院计划里的。"), field="item")
    row = save(PointAnswer(point=point, item=item))
    record("plan.answer_point", point.directive, by=by, unit_id=point.directive.unit_id, about=[item],
           after={"point": point.no, "item": item.title})  # fmt: skip
    return row
