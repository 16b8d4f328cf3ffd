"""Directives (上级要求): registered with their points, each point traced to the items that answer it."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import lock, save
from gangmu.events.log import record
from gangmu.org import queries as org
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
def send_down(*, directive: Directive, units: Iterable[Unit], by: Actor) -> list[Directive]:
    """The directive arrives at units below as theirs, with the same points; what they answer is seen from here.

    Raises ``Invalid`` for a unit that is not below, or that has it already.
    """
    policies.edit_directive.require(by, directive)
    chosen = sorted(units, key=lambda u: u.pk)
    if not chosen:
        raise Invalid(_("至少选一个下级院。"), field="units")
    below = set(org.units_below(directive.unit_id).values_list("pk", flat=True)) - {directive.unit_id}
    for unit in chosen:
        if unit.pk not in below:
            raise Invalid(_("“%(unit)s”不是本院的下级院。") % {"unit": unit.name}, field="units")
        if directive.sent_down.filter(unit=unit).exists():
            raise Invalid(_("已经下发给“%(unit)s”，不用再发。") % {"unit": unit.name}, field="units")
    record(
        "plan.send_down",
        directive,
        by=by,
        unit_id=directive.unit_id,
        after={"units": [u.name for u in chosen]},
    )
    return [_arrive(directive, unit, by) for unit in chosen]


def _arrive(directive: Directive, unit: Unit, by: Actor) -> Directive:
    """The lower unit's own directive, issued by the unit that sends it."""
    copy = save(
        Directive(
            unit=unit,
            issuer=directive.unit.name,
            title=directive.title,
            doc_no=directive.doc_no,
            issued_on=clock.today(),
            sent_from=directive,
        )  # fmt: skip
    )
    for point in directive.points.all():
        save(DirectivePoint(directive=copy, no=point.no, text=point.text))
    record("plan.receive_directive", copy, by=by, unit_id=unit.pk, about=[directive],
           after={"issuer": copy.issuer, "points": copy.points.count()})  # fmt: skip
    return copy


@transaction.atomic
def answer(
    *, point: DirectivePoint, item: PlanItem, partly: bool = False, note: str = "", by: Actor
) -> PointAnswer:
    """This item answers that point, or a part of it: then ``note`` says what is left. A reason for none is gone."""
    point = lock(point)
    policies.edit_directive.require(by, point.directive)
    if item.plan.unit_id != point.directive.unit_id:
        raise Invalid(_("这一项不是本院计划里的。"), field="item")
    if partly and not note.strip():
        raise Invalid(_("只落实一部分的，写一句还差什么。"), field="note")
    row = save(PointAnswer(point=point, item=item, partly=partly, note=note.strip() if partly else ""))
    if point.unanswered_reason:
        _set_reason(point, "", None)
    left = {"partly": True, "note": row.note} if partly else {}
    record("plan.answer_point", point.directive, by=by, unit_id=point.directive.unit_id, about=[item],
           after={"point": point.no, "item": item.title, **left})  # fmt: skip
    return row


@transaction.atomic
def withdraw_answer(*, answer: PointAnswer, by: Actor) -> DirectivePoint:
    """The item does not answer the point after all."""
    point = answer.point
    policies.edit_directive.require(by, point.directive)
    record("plan.withdraw_answer", point.directive, by=by, unit_id=point.directive.unit_id, about=[answer.item],
           before={"point": point.no, "item": answer.item.title})  # fmt: skip
    answer.delete()
    return point


@transaction.atomic
def leave_unanswered(*, point: DirectivePoint, reason: str, by: Actor) -> DirectivePoint:
    """No item answers the point, for a reason that the sender can read."""
    point = lock(point)
    policies.edit_directive.require(by, point.directive)
    if not reason.strip():
        raise Invalid(_("写一句为什么不列入计划。"), field="reason")
    if point.answers.exists():
        raise WrongState(_("这一条已经有事项落实，不用写理由。"))
    _set_reason(point, reason.strip(), by)
    record("plan.leave_unanswered", point.directive, by=by, unit_id=point.directive.unit_id,
           after={"point": point.no, "reason": point.unanswered_reason})  # fmt: skip
    return point


def _set_reason(point: DirectivePoint, reason: str, by: Actor | None) -> None:
    point.unanswered_reason = reason
    point.unanswered_by_id = by.person_id if by else None
    point.unanswered_on = clock.today() if by else None
    save(point, "unanswered_reason", "unanswered_by", "unanswered_on")
