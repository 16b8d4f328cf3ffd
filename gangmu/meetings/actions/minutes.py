"""Minutes that come in as a paper: brought, taken into a meeting, or dropped."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid, NotAllowed
from gangmu.common.models import advance, lock, save
from gangmu.events.log import record
from gangmu.meetings import policies, states
from gangmu.meetings.models import Meeting, MinutesPaper
from gangmu.org.actor import Actor
from gangmu.org.models import Unit
from gangmu.org.permissions import Permission


@transaction.atomic
def bring(*, unit: Unit, name: str, digest: str, source: dict[str, Any], by: Actor) -> MinutesPaper:
    """Keep a paper that was read, until a person has looked it over. The same file twice is refused, by name."""
    if not by.can(Permission.MEETING_CONVENE) or by.unit_id != unit.pk:
        raise NotAllowed(_("会议由党办、办公室办理，支部的会由本支部书记、组织委员办理。"))
    first = (
        MinutesPaper.objects.filter(unit=unit, digest=digest)
        .exclude(state=MinutesPaper.State.DROPPED)
        .first()
    )
    if first:
        words = {"name": first.name, "state": first.get_state_display()}
        raise Invalid(_("这份纪要已经导入过：%(name)s（%(state)s）。没有再存一份。") % words, field="file")
    assert by.person_id is not None  # noqa: S101 - only people may convene
    paper = save(
        MinutesPaper(unit=unit, name=name[:200], digest=digest, source=source, brought_by_id=by.person_id)
    )
    record("meetings.bring_minutes", paper, by=by, unit_id=unit.pk, after={"file": paper.name})
    return paper


@transaction.atomic
def take(*, paper: MinutesPaper, meeting: Meeting, source: dict[str, Any], by: Actor) -> MinutesPaper:
    """The paper was looked over and stands in this meeting now; ``source`` is what may be kept of it."""
    paper = lock(paper)
    policies.work_minutes.require(by, paper)
    advance(paper, states.MINUTES, "take")
    paper.meeting, paper.source = meeting, source
    save(paper, "state", "meeting", "source")
    record("meetings.take_minutes", paper, by=by, unit_id=paper.unit_id, about=[meeting], happened_on=meeting.held_on,
           after={"file": paper.name})  # fmt: skip
    return paper


@transaction.atomic
def drop(*, paper: MinutesPaper, by: Actor) -> MinutesPaper:
    """Not wanted: the text is not kept, only that the paper was here."""
    paper = lock(paper)
    policies.work_minutes.require(by, paper)
    advance(paper, states.MINUTES, "drop")
    paper.source = {}
    save(paper, "state", "source")
    record("meetings.drop_minutes", paper, by=by, unit_id=paper.unit_id)
    return paper
