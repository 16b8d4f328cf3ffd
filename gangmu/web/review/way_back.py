"""How a way from demand to honour is drawn: rows of the timeline, each a link to where it was written down."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.plan.models import PlanItem
from gangmu.review.models import Honour, HonourBasis
from gangmu.review.queries.walks import Walk
from gangmu.tasks.models import Task
from gangmu.web.format import cn_date

Row = dict[str, Any]
KNOTS, POINTS = 6, 6  # of one way; the item's own page has them all


def way_back(walk: Walk, tasks_seen: set[int], today: date) -> dict[str, Any]:
    """``rows`` from the demand down to the task; ``pk`` the basis, ``title`` its words, ``reason`` why it counts."""
    task, rows = walk.basis.task, _demands(walk, today)
    rows += _study(walk, today) + _item(walk)
    title = walk.item.title if walk.item else ""
    if task and task.pk in tasks_seen:
        rows += [*(_where_from(task, today) if not walk.item else []), _task(task, walk.item, today)]
        title = task.title
    elif task:
        rows.append(_row("", "business", _("任务"), _("承办部门的一项任务"), ""))
    return {
        "pk": walk.basis.pk,
        "title": title or _("承办部门的一项任务"),
        "reason": walk.basis.reason,
        "rows": rows,
    }


def _row(day: str, side: str, step: str, title: str, href: str, note: str = "") -> Row:
    return {"date": day, "side": side, "step": step, "title": title, "href": href, "note": note, "record": ""}


def _demands(walk: Walk, today: date) -> list[Row]:
    rows = []
    for answer in walk.answers[:POINTS]:
        point = answer.point
        of = point.directive
        words = _("%(of)s第%(no)s条：%(text)s") % {
            "of": of.issuer + of.doc_no,
            "no": point.no,
            "text": point.text,
        }
        rows.append(
            _row(cn_date(of.issued_on, today), "both", _("要求"), words, reverse("directive", args=[of.pk]))
        )
    return rows


def _study(walk: Walk, today: date) -> list[Row]:
    found = walk.studied
    if found is None:
        return []
    return [
        _row(
            cn_date(found.on, today),
            "both",
            _("研究"),
            found.meeting,
            reverse("meeting", args=[found.meeting_id]),
        )
    ]


def _item(walk: Walk) -> list[Row]:
    """The item, and the other side of each of its knots."""
    if walk.item is None:
        return []
    side = _side(walk.item)
    year = _("%(year)s年") % {"year": walk.item.plan.year}
    lead = str(walk.item.lead_department or "")
    rows = [_row(year, side, _("事项"), walk.item.title, reverse("item", args=[walk.item.pk]), lead)]
    for knot in walk.knots[:KNOTS]:
        other = walk.other(knot)
        word = _("切入点，%(kind)s") % {"kind": knot.get_kind_display()}
        note = knot.effect or _("期望：%(text)s") % {"text": knot.expected}
        rows.append(_row("", "both", word, other.title, reverse("item", args=[other.pk]), note))
    return rows


def _side(item: PlanItem) -> str:
    return "party" if item.track == PlanItem.Track.GANG else "business"


def _where_from(task: Task, today: date) -> list[Row]:
    """Of a task that no item stands behind: the decision, the demand or the instruction it came from."""
    if task.decision:
        held = task.decision.agenda_item.meeting  # its words are for those who may open the meeting
        return [
            _row(
                cn_date(held.held_on, today), "both", _("研究"), str(held), reverse("meeting", args=[held.pk])
            )
        ]
    if task.point:
        of = task.point.directive
        return [
            _row(
                cn_date(of.issued_on, today),
                "both",
                _("要求"),
                task.point.text,
                reverse("directive", args=[of.pk]),
            )
        ]
    if task.instruction:
        given = task.instruction
        return [_row(cn_date(given.given_on, today), "both", _("批示"), given.words, "", str(given.leader))]
    return []


def _task(task: Task, item: PlanItem | None, today: date) -> Row:
    side = _side(item) if item else "business"
    note = f"{task.department} · {task.get_state_display()}"
    return _row(
        cn_date(task.issued_on, today), side, _("任务"), task.title, reverse("task", args=[task.pk]), note
    )


def honour_row(basis: HonourBasis, today: date, *, here: int | None = None) -> Row:
    """The last knot of an item's or a task's thread. ``here``: the item of the page; another one is named."""
    honour = basis.honour
    said = [honour.issuer, honour.doc_no, basis.reason]
    if here and basis.item_id != here and basis.item:
        said.append(_("切入点另一头：%(title)s") % {"title": basis.item.title})
    if honour.state == Honour.State.WITHDRAWN:
        said.append(_("已撤销：%(why)s") % {"why": honour.withdrawn_reason})
    row = _row(cn_date(honour.given_on, today), "both", _("荣誉"), honour.title, reverse("honour", args=[honour.pk]),
               " · ".join(s for s in said if s))  # fmt: skip
    return row | {"honour": True}


def honour_rows(bases: list[HonourBasis], today: date, *, here: int | None = None) -> list[tuple[date, Row]]:
    """Each honour once, with its day."""
    first = {b.honour_id: b for b in reversed(bases)}
    own = {b.honour_id: b for b in reversed(bases) if b.item_id == here}
    chosen = first | own
    return [(b.honour.given_on, honour_row(b, today, here=here)) for b in sorted(
        chosen.values(), key=lambda b: (b.honour.given_on, b.honour_id))]  # fmt: skip
