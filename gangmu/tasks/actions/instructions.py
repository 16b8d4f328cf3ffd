"""Leaders' instructions (领导批示): written down once; tasks come from them."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid
from gangmu.common.models import save
from gangmu.events.log import record
from gangmu.org.actor import Actor
from gangmu.org.models import Person, Unit
from gangmu.tasks import policies
from gangmu.tasks.models import Instruction, Task


@transaction.atomic
def register(*, unit: Unit, leader: Person, given_on: date, words: str, by: Actor) -> Instruction:
    """Who, when, in which words. Not of another unit, not of a day to come."""
    policies.issue_task.require(by, Task(unit=unit))
    if leader.unit_id != unit.pk:
        raise Invalid(_("批示领导要选本院的人。上级领导的批示按上级要求登记。"), field="leader")
    if given_on > clock.today():
        raise Invalid(_("批示日期还没有到。请核对。"), field="given_on")
    if not words.strip():
        raise Invalid(_("写上批示的原话。"), field="words")
    row = save(Instruction(unit=unit, leader=leader, given_on=given_on, words=words.strip()))
    record("tasks.instruct", row, by=by, unit_id=unit.pk, happened_on=given_on,
           after={"text": row.words, "leader": leader})  # fmt: skip
    return row
