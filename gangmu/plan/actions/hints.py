"""How the unit's papers are to be read: a correction is kept for the next paper, and can be forgotten."""

from django.db import transaction

from gangmu.common import clock
from gangmu.common.models import save
from gangmu.events.log import record
from gangmu.org.actor import Actor
from gangmu.org.models import Unit
from gangmu.plan import policies
from gangmu.plan.models import ReadingHint


@transaction.atomic
def remember(*, unit: Unit, label: str, means: str, source: str, by: Actor) -> ReadingHint:
    """The newest correction of a label holds; ``source`` is the paper it was made in."""
    hint = ReadingHint.objects.filter(unit=unit, label=label).first() or ReadingHint(unit=unit, label=label)
    policies.edit_hint.require(by, hint)
    if hint.pk and hint.means == means:
        return hint
    before = hint.means
    hint.means, hint.source, hint.noted_on = means, source[:200], clock.today()
    save(hint)
    record("plan.remember_hint", hint, by=by, unit_id=unit.pk, before={"means": before} if before else None,
           after={"label": label, "means": means})  # fmt: skip
    return hint


@transaction.atomic
def forget(*, hint: ReadingHint, by: Actor) -> Unit:
    """The next paper is read as it stands."""
    policies.edit_hint.require(by, hint)
    record("plan.forget_hint", hint, by=by, unit_id=hint.unit_id,
           before={"label": hint.label, "means": hint.means})  # fmt: skip
    unit = hint.unit
    hint.delete()
    return unit
