"""Excuse a lamp with a reason."""

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid
from gangmu.common.models import save
from gangmu.events.log import record
from gangmu.org.actor import Actor
from gangmu.rules import policies
from gangmu.rules.models import Excuse, Verdict
from gangmu.rules.registry import get


@transaction.atomic
def excuse(*, verdict: Verdict, reason: str, by: Actor) -> Excuse:
    """The lamp turns grey; the reason and who accepted it stay."""
    policies.excuse_verdict.require(by, verdict)
    if not reason.strip():
        raise Invalid(_("写一句免除的理由，会留档。"), field="reason")
    if verdict.lamp == Verdict.Lamp.OK:
        raise Invalid(_("这盏灯是绿的，不用免除。"), field="reason")
    row = save(
        Excuse(
            rule=verdict.rule,
            subject_id=verdict.subject_id,
            unit_id=verdict.unit_id,
            period=verdict.period,
            reason=reason.strip(),
            accepted_by=by.name,
            accepted_on=clock.today(),
        )  # fmt: skip
    )
    about = get(verdict.rule).subject._default_manager.filter(pk=verdict.subject_id)
    record("rules.excuse", row, by=by, unit_id=verdict.unit_id, about=list(about),
           after={"rule": verdict.rule, "subject": verdict.subject_id, "period": verdict.period,
                  "reason": reason})  # fmt: skip
    return row
