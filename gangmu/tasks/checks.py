"""What several actions of the room ask before they write, and on whose timelines their events belong."""

from datetime import date
from decimal import Decimal

from django.db.models import Model
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid
from gangmu.org.models import Person
from gangmu.tasks.models import Task


def about(task: Task) -> list[Model]:
    """On whose timelines a task's events belong."""
    meeting = task.decision and task.decision.agenda_item.meeting
    directive = task.point and task.point.directive
    return [o for o in (task.item, task.decision, meeting, directive, task.parent) if o]


def require_ahead(due_on: date) -> None:
    """A date of today or later."""
    today = clock.today()
    if due_on < today:
        raise Invalid(
            _("期限 %(due)s 已经过去，今天是 %(today)s。请填今天或以后的日期。")
            % {"due": due_on.isoformat(), "today": today.isoformat()},
            field="due_on",
        )


def require_own(task: Task, person: Person | None) -> None:
    """Nobody of another unit answers for a task."""
    if person and person.unit_id != task.unit_id:
        raise Invalid(_("责任人要选本院的人。"), field="person")


def plain(number: Decimal) -> str:
    """12.00 as 12, 0.50 as 0.5."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
