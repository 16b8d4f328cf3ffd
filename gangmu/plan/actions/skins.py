"""The 两张皮 check kept day by day, and reasons for which a finding may stand."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import lock, save
from gangmu.events.log import Doer, record
from gangmu.org.actor import Actor
from gangmu.plan import policies, states
from gangmu.plan.models import Plan, SkinCheck, SkinReason

CODES = ("facet", "one_track", "half", "early", "overload")


@transaction.atomic
def keep(*, plan: Plan, counts: Mapping[str, int], on: date, by: Doer) -> SkinCheck:
    """The counts of one day; the second run of a day replaces the first. An event only where something changed."""
    lock(plan)
    last = SkinCheck.objects.filter(plan=plan, on__lt=on).order_by("-on").first()
    row, _made = SkinCheck.objects.update_or_create(plan=plan, on=on, defaults={"counts": dict(counts)})
    if last is None or last.counts != row.counts:
        record("plan.check_skins", plan, by=by, unit_id=plan.unit_id, happened_on=on,
               before=dict(last.counts) if last else {}, after=dict(row.counts))  # fmt: skip
    return row


@transaction.atomic
def explain(*, plan: Plan, code: str, subject: str, reason: str, by: Actor) -> SkinReason:
    """Why a finding may stand. It waits for acceptance by another."""
    plan = lock(plan)
    policies.edit_plan.require(by, plan)
    if code not in CODES:
        raise Invalid(_("没有这一类检查。"))
    if not reason.strip():
        raise Invalid(_("写一句理由，核准的人要看。"), field="reason")
    if plan.state not in states.BINDABLE_PLAN:
        raise WrongState(_("计划已经结束，不再写理由。"))
    row = SkinReason.objects.filter(plan=plan, code=code, subject=subject).first()
    row = row or SkinReason(plan=plan, code=code, subject=subject)
    row.reason, row.given_by_id, row.given_on = reason.strip(), by.person_id, clock.today()  # type: ignore[assignment]
    row.accepted_by, row.accepted_on = None, None
    save(row)
    record("plan.explain_skin", plan, by=by, unit_id=plan.unit_id,
           after={"code": code, "subject": subject, "reason": row.reason})  # fmt: skip
    return row


@transaction.atomic
def accept(*, reason: SkinReason, by: Actor) -> SkinReason:
    """Somebody who may, and who did not write it, agrees that the finding stands."""
    row = lock(reason)
    policies.accept_skin.require(by, row)
    if row.accepted_on:
        raise WrongState(_("这条理由已经核准过了。"))
    if row.given_by_id == by.person_id:
        raise Invalid(_("理由是您写的，要由别人核准。"))
    row.accepted_by_id, row.accepted_on = by.person_id, clock.today()
    save(row, "accepted_by", "accepted_on")
    record("plan.accept_skin", row.plan, by=by, unit_id=row.plan.unit_id, after={"reason": row.reason})
    return row
