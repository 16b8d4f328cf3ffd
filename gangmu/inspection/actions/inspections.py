"""Joint inspections: ordered, carried out, closed."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import advance, lock, save
from gangmu.events.log import record
from gangmu.inspection import policies, states
from gangmu.inspection.models import Inspection, Line, TeamMember
from gangmu.org import queries as org
from gangmu.org.actor import Actor
from gangmu.org.models import Person, Post, Unit
from gangmu.plan.models import EntryPoint, PlanItem

FULL_TIME = (
    Post.Kind.COMMITTEE_SECRETARY, Post.Kind.FULL_TIME_SECRETARY, Post.Kind.FULL_TIME_DEPUTY,
    Post.Kind.PARTY_OFFICE_HEAD, Post.Kind.PARTY_OFFICER,
)  # fmt: skip


@transaction.atomic
def order(
    *,
    unit: Unit,
    title: str,
    visit_on: date,
    party_people: Iterable[Person],
    business_people: Iterable[Person],
    items: Iterable[PlanItem],
    place: str = "",
    by: Actor,
) -> Inspection:
    """A joint order. Full-time party staff and a department head must both go; each item brings its knots."""
    inspection = Inspection(unit=unit, title=title, visit_on=visit_on, place=place)
    policies.order_inspection.require(by, inspection)
    party, business, items = list(party_people), list(business_people), list(dict.fromkeys(items))
    _require_both_kinds(unit, party, business, visit_on)
    if not items:
        raise Invalid(_("至少选一项要查的业务事项。"), field="items")
    save(inspection)
    for side, people in ((TeamMember.Side.PARTY, party), (TeamMember.Side.BUSINESS, business)):
        for person in people:
            save(TeamMember(inspection=inspection, person=person, side=side))
    Line.objects.bulk_create(_lines(inspection, items))
    record("inspection.order", inspection, by=by, unit_id=unit.pk, about=items,
           after={"visit_on": visit_on, "team": [p.name for p in (*party, *business)]})  # fmt: skip
    return inspection


def _require_both_kinds(unit: Unit, party: list[Person], business: list[Person], day: date) -> None:
    """M6: full-time party staff *and* a business head, by the posts they hold that day."""
    full_time = set(org.holders(unit.pk, FULL_TIME, day).values_list("pk", flat=True))
    heads = set(org.holders(unit.pk, [Post.Kind.DEPARTMENT_HEAD], day).values_list("pk", flat=True))
    if not full_time & {p.pk for p in party}:
        raise Invalid(_("督查组里还缺专职党务人员。联合督查要两头的人一起去。"), field="party_people")
    if not heads & {p.pk for p in business}:
        raise Invalid(_("督查组里还缺业务部门正职。联合督查要两头的人一起去。"), field="business_people")
    if {p.pk for p in party} & {p.pk for p in business}:
        raise Invalid(_("同一个人不能两头都算。"), field="business_people")


def _lines(inspection: Inspection, items: list[PlanItem]) -> list[Line]:
    """One line a knot of each item; an item without a knot gets one line all the same."""
    knots: dict[int, list[EntryPoint]] = {}
    for entry in EntryPoint.objects.filter(mu__in=items).exclude(state="untied"):
        knots.setdefault(entry.mu_id, []).append(entry)
    lines = []
    for item in items:
        tied: list[EntryPoint | None] = [*knots.get(item.pk, [])]
        lines += [Line(inspection=inspection, item=item, entry_point=entry) for entry in tied or [None]]
    return lines


@transaction.atomic
def look(*, line: Line, business_effect: str, party_effect: str, grade: str, by: Actor) -> Line:
    """Write down both effects of one line, held against what the entry point promised."""
    line = lock(line)
    inspection = lock(line.inspection)
    policies.work_inspection.require(by, inspection)
    if inspection.state == Inspection.State.CLOSED:
        raise WrongState(_("这次督查已经办结，不能再改。"))
    if inspection.visit_on > clock.today():
        raise WrongState(_("还没有到督查那天，先不能记。"))
    if not business_effect.strip():
        raise Invalid(_("业务实效还没写。查业务也要查党建，两头都写才算查过。"), field="business_effect")
    if not party_effect.strip():
        raise Invalid(_("党建实效还没写。查业务也要查党建，两头都写才算查过。"), field="party_effect")
    if grade not in Line.Grade.values:
        raise Invalid(_("比照当初的期望，选一项：已见效、部分见效、未见效。"), field="grade")
    line.business_effect, line.party_effect, line.grade = business_effect.strip(), party_effect.strip(), grade
    save(line, "business_effect", "party_effect", "grade")
    if inspection.state == Inspection.State.ORDERED:
        advance(inspection, states.INSPECTION, "visit")
        save(inspection, "state")
    about = [line.item, *([line.entry_point.gang, line.entry_point] if line.entry_point else [])]
    record("inspection.look", inspection, by=by, unit_id=inspection.unit_id, happened_on=inspection.visit_on,
           about=about, after={"item": line.item.title, "business_effect": line.business_effect,
                               "party_effect": line.party_effect, "grade": grade})  # fmt: skip
    return line


@transaction.atomic
def close(*, inspection: Inspection, by: Actor) -> Inspection:
    """All lines have both sides: the inspection is closed. Called by ``flow``, which carries effects on."""
    inspection = lock(inspection)
    policies.work_inspection.require(by, inspection)
    empty = [line for line in inspection.lines.select_related("item") if not line.complete]
    if empty:
        names = "、".join(line.item.title for line in empty[:3])
        raise Invalid(
            _("还有 %(n)d 条没有两头都写：%(names)s。写齐了才能办结。") % {"n": len(empty), "names": names}
        )
    advance(inspection, states.INSPECTION, "close")
    save(inspection, "state")
    record("inspection.close", inspection, by=by, unit_id=inspection.unit_id)
    return inspection
