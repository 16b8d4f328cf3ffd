"""Entry points that a visit suggests: proposed on the spot, taken into the plan or declined by the plan office."""

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import advance, lock, save
from gangmu.events.log import record
from gangmu.inspection import policies, states
from gangmu.inspection.models import Inspection, ProposedEntryPoint
from gangmu.org.actor import Actor
from gangmu.plan.models import EntryPoint, PlanItem


@transaction.atomic
def propose(
    *, inspection: Inspection, gang: PlanItem, mu: PlanItem, kind: str, expected: str, by: Actor
) -> ProposedEntryPoint:
    """A way in that was seen on the visit. Nothing of the plan changes until the plan office agrees."""
    visit = lock(inspection)
    policies.work_inspection.require(by, visit)
    if visit.state in (*states.COMING, *states.GONE):
        raise WrongState(_("先写下这次查到的，再提切入点建议。"))
    if gang.track != PlanItem.Track.GANG or mu.track != PlanItem.Track.MU:
        raise Invalid(_("切入点的一头是纲（党建），一头是目（业务）。请换一项。"), field="gang")
    if gang.plan_id != mu.plan_id or mu.plan.unit_id != visit.unit_id:
        raise Invalid(_("两项要在本院同一份计划里。"), field="gang")
    if not expected.strip():
        raise Invalid(_("写一句期望看到的成效，下次督查要对着它看。"), field="expected")
    tied = EntryPoint.objects.filter(gang=gang, mu=mu, kind=kind).exclude(state=EntryPoint.State.UNTIED)
    if tied.exists():
        raise Invalid(_("这两项之间已有同一方式的切入点。"), field="kind")
    row = save(ProposedEntryPoint(inspection=visit, gang=gang, mu=mu, kind=kind, expected=expected.strip()))
    record("inspection.propose", row, by=by, unit_id=visit.unit_id, about=[visit, gang, mu],
           after={"kind": kind, "text": row.expected})  # fmt: skip
    return row


@transaction.atomic
def accept(*, proposal: ProposedEntryPoint, entry_point: EntryPoint, by: Actor) -> ProposedEntryPoint:
    """It is in the plan now. Called by ``flow``, which ties the knot."""
    row = _decided(proposal, "accept", by)
    row.entry_point = entry_point
    save(row, "state", "decided_on", "decided_by", "entry_point")
    record("inspection.accept_proposal", row, by=by, unit_id=row.inspection.unit_id,
           about=[row.inspection, row.gang, row.mu, entry_point], after={"text": row.expected})  # fmt: skip
    return row


@transaction.atomic
def decline(*, proposal: ProposedEntryPoint, reason: str, by: Actor) -> ProposedEntryPoint:
    """Not taken in, and why: who suggested it reads the reason."""
    if not reason.strip():
        raise Invalid(_("写一句为什么不采纳，提建议的人要看。"), field="reason")
    row = _decided(proposal, "decline", by)
    row.reason = reason.strip()
    save(row, "state", "decided_on", "decided_by", "reason")
    record("inspection.decline_proposal", row, by=by, unit_id=row.inspection.unit_id,
           about=[row.inspection, row.gang, row.mu], after={"reason": row.reason})  # fmt: skip
    return row


def _decided(proposal: ProposedEntryPoint, verb: str, by: Actor) -> ProposedEntryPoint:
    row = lock(proposal)
    policies.decide_proposal.require(by, row)
    advance(row, states.PROPOSAL, verb)
    row.decided_on, row.decided_by_id = clock.today(), by.person_id
    return row
