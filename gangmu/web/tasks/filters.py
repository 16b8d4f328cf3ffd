"""What narrows the list and the board: department, leader in charge, track, source, date, line awaited, state. All may be empty."""

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gangmu.common import periods
from gangmu.org import queries as org
from gangmu.org.actor import Actor
from gangmu.plan.models import PlanItem
from gangmu.tasks import queries
from gangmu.tasks.models import Task

Option = tuple[str, Any]


def _due(code: str, today: date) -> Q:
    week_end = today + timedelta(days=6 - today.weekday())
    return {
        "late": Q(due_on__lt=today, long_term=False),
        "week": Q(due_on__range=(today, week_end)),
        "month": Q(due_on__range=(today, periods.containing(today, "month").end)),
        "long": Q(long_term=True),
    }.get(code, Q())


class Filters:
    """Reads the address once; ``apply`` narrows, ``selects`` are drawn, ``query`` keeps them through pages.

    Two or three queries for the choices. A word that is no choice narrows nothing.
    """

    def __init__(self, request: HttpRequest, me: Actor, today: date, *, states: bool = True) -> None:
        self.today = today
        sees = me.person_id is not None and not me.is_admin
        departments = list(org.departments(me.unit_id)) if sees else []
        self.charge = org.leaders_of_departments(me.unit_id, today) if sees else {}
        leaders = {p.pk: p.name for p in self.charge.values()}
        self.selects: list[tuple[str, Any, list[Option]]] = [
            ("department", _("部门"), [(str(d.pk), d.name) for d in departments]),
            ("leader", _("分管"), [(str(pk), name) for pk, name in leaders.items()]),
            ("track", _("纲目"), list(PlanItem.Track.choices)),
            ("source", _("来源"), list(Task.Source.choices)),
            ("due", _("期限"), [("late", _("已逾期")), ("week", _("本周到期")), ("month", _("本月到期")), ("long", _("长期坚持"))]),
            ("line", _("反馈"), [("due", _("待反馈"))]),
        ]  # fmt: skip
        if states:
            self.selects.append(("state", _("状态"), list(Task.State.choices)))
        self.chosen = {
            name: value
            for name, _word, options in self.selects
            if (value := request.GET.get(name, "")) in {code for code, _label in options}
        }

    def apply(self, rows: QuerySet[Task]) -> QuerySet[Task]:
        chosen = self.chosen
        if "department" in chosen:
            mine = Q(department_id=chosen["department"])
            joined = Q(co_departments__department_id=chosen["department"])
            rows = rows.filter(pk__in=Task.objects.filter(mine | joined).values("pk"))
        if "leader" in chosen:
            led = [pk for pk, person in self.charge.items() if str(person.pk) == chosen["leader"]]
            rows = rows.filter(department_id__in=led)
        if "track" in chosen:
            rows = rows.filter(item__track=chosen["track"])
        for name in ("source", "state"):
            if name in chosen:
                rows = rows.filter(**{name: chosen[name]})
        rows = rows.filter(_due(chosen.get("due", ""), self.today))
        return queries.lines_due(rows, self.today) if "line" in chosen else rows

    def narrowed(self, **more: str) -> str:
        """What the address says when these are chosen besides."""
        return "?" + urlencode(self.chosen | more)
