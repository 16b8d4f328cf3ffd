"""Entry points (切入点): tied, found effective by an inspection, reopened, untied; or a reason for none."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.common.models import advance, lock, save
from gangmu.events.log import record
from gangmu.org.actor import Actor
from gangmu.plan import policies, queries, states
from gangmu.plan.editing import require_bindable
from gangmu.plan.models import EntryPoint, PlanItem, UnboundReason


@transaction.atomic
def tie(*, gang: PlanItem, mu: PlanItem, kind: str, expected: str, by: Actor) -> EntryPoint:
    """Bind a party item to a business item of the same plan, with the effect looked for."""
    if not (policies.bind_item.allows(by, gang) or policies.bind_item.allows(by, mu)):
        raise NotAllowed(policies.bind_item.reason)
    if gang.track != PlanItem.Track.GANG or mu.track != PlanItem.Track.MU:
        raise Invalid(_("切入点的一头是纲（党建），一头是目（业务）。请换一项。"), field="partner")
    if gang.plan_id != mu.plan_id:
        raise Invalid(_("两项不在同一份计划里。"), field="partner")
    require_bindable(gang)
    require_bindable(mu)
    if not expected.strip():
        raise Invalid(_("写一句期望看到的成效，督查时要对着它看。"), field="expected")
    entry = save(EntryPoint(gang=gang, mu=mu, kind=kind, expected=expected.strip()))
    UnboundReason.objects.filter(item__in=[gang, mu]).delete()
    record("plan.tie", entry, by=by, unit_id=mu.plan.unit_id, about=[gang, mu],
           after={"kind": kind, "expected": expected})  # fmt: skip
    return entry


@transaction.atomic
def take_effect(*, entry_point: EntryPoint, effect: str, on: date, by: Actor) -> EntryPoint:
    """An inspection found the effect. Called by ``flow``; nobody sets it by hand."""
    entry = lock(entry_point)
    advance(entry, states.ENTRY_POINT, "take_effect")
    entry.effect, entry.effect_on = effect[:200], on
    save(entry, "state", "effect", "effect_on")
    record("plan.take_effect", entry, by=by, unit_id=entry.mu.plan.unit_id, happened_on=on,
           about=[entry.gang, entry.mu], after={"effect": effect})  # fmt: skip
    return entry


@transaction.atomic
def reopen(*, entry_point: EntryPoint, reason: str, by: Actor) -> EntryPoint:
    """A later inspection found the effect gone."""
    entry = lock(entry_point)
    advance(entry, states.ENTRY_POINT, "reopen")
    save(entry, "state")
    record("plan.reopen_entry_point", entry, by=by, unit_id=entry.mu.plan.unit_id,
           about=[entry.gang, entry.mu], after={"reason": reason})  # fmt: skip
    return entry


@transaction.atomic
def untie(*, entry_point: EntryPoint, reason: str, by: Actor) -> EntryPoint:
    """Loosen a knot that was wrong; the record stays."""
    entry = lock(entry_point)
    policies.edit_entry_point.require(by, entry)
    require_bindable(entry.mu)
    if not reason.strip():
        raise Invalid(_("写一句为什么解开。"), field="reason")
    advance(entry, states.ENTRY_POINT, "untie")
    save(entry, "state")
    record("plan.untie", entry, by=by, unit_id=entry.mu.plan.unit_id, about=[entry.gang, entry.mu],
           after={"reason": reason})  # fmt: skip
    return entry


@transaction.atomic
def give_reason(*, item: PlanItem, reason: str, by: Actor) -> UnboundReason:
    """Why an item has no entry point. It waits for acceptance."""
    item = lock(item)
    policies.bind_item.require(by, item)
    require_bindable(item)
    if not reason.strip():
        raise Invalid(_("写一句理由，核准的人要看。"), field="reason")
    if queries.knots_of(item):
        raise WrongState(_("这一项已经结上切入点，不用再写理由。"))
    given = {"given_by_id": by.person_id, "given_on": clock.today(), "accepted_by": None, "accepted_on": None}
    row, _created = UnboundReason.objects.update_or_create(
        item=item, defaults={"reason": reason.strip()[:200], **given}
    )
    record("plan.give_reason", item, by=by, unit_id=item.plan.unit_id, after={"reason": reason})
    return row


@transaction.atomic
def accept_reason(*, item: PlanItem, by: Actor) -> UnboundReason:
    """Somebody who may agrees that the item needs no entry point."""
    item = lock(item)
    policies.accept_reason.require(by, item)
    row = UnboundReason.objects.filter(item=item).first()
    if row is None:
        raise Invalid(_("这一项还没有写理由。"))
    if row.accepted_on:
        raise WrongState(_("这条理由已经核准过了。"))
    if row.given_by_id and row.given_by_id == by.person_id:
        raise Invalid(_("理由是您写的，要由别人核准。"))
    row.accepted_by_id, row.accepted_on = by.person_id, clock.today()
    save(row, "accepted_by", "accepted_on")
    record("plan.accept_reason", item, by=by, unit_id=item.plan.unit_id, after={"reason": row.reason})
    return row
