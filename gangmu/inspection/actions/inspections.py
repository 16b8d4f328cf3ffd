"""Visits: put on the programme, ordered, merged, called off, carried out, closed."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from gangmu.common import clock
from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import advance, lock, save
from gangmu.events.log import record
from gangmu.inspection import policies, states
from gangmu.inspection.models import Inspection, Line, TeamMember
from gangmu.org import queries as org
from gangmu.org.actor import Actor
from gangmu.org.models import Department, PartyOrg, Person, Post, Unit
from gangmu.plan.models import EntryPoint, PlanItem

FULL_TIME = (
    Post.Kind.COMMITTEE_SECRETARY, Post.Kind.FULL_TIME_SECRETARY, Post.Kind.FULL_TIME_DEPUTY,
    Post.Kind.PARTY_OFFICE_HEAD, Post.Kind.PARTY_OFFICER,
)  # fmt: skip
# What a kind of visit cannot do without: the field, and the sentence when it is empty.
WANTED = {
    Inspection.Kind.CONTACT_POINT: ("branch", _l("联系点走访要选去哪个支部。")),
    Inspection.Kind.RESEARCH: ("topic", _l("写上调研题目，一句话。")),
}


@transaction.atomic
def plan_visit(
    *,
    unit: Unit,
    title: str,
    visit_on: date,
    kind: str = Inspection.Kind.INSPECTION,
    departments: Iterable[Department] = (),
    branch: PartyOrg | None = None,
    topic: str = "",
    by: Actor,
) -> Inspection:
    """Put a visit on the year's programme. Who goes and what is looked at is said when it is ordered."""
    row = Inspection(unit=unit, title=title, visit_on=visit_on, kind=kind, branch=branch, topic=topic.strip())  # fmt: skip
    policies.order_inspection.require(by, row)
    if visit_on < clock.today():
        raise Invalid(_("计划日期已经过去。请写今天或以后的日期。"), field="visit_on")
    departments = list(departments)
    _require_own_kind(row)
    _require_own_unit(unit, departments, branch)
    save(row)
    row.departments.set(departments)
    record("inspection.plan_visit", row, by=by, unit_id=unit.pk,
           after={"kind": kind, "visit_on": visit_on, "departments": departments, "branch": branch})  # fmt: skip
    return row


@transaction.atomic
def order(
    *,
    unit: Unit,
    title: str,
    visit_on: date,
    party_people: Iterable[Person] = (),
    business_people: Iterable[Person] = (),
    items: Iterable[PlanItem] = (),
    place: str = "",
    kind: str = Inspection.Kind.INSPECTION,
    leader: Person | None = None,
    branch: PartyOrg | None = None,
    topic: str = "",
    planned: Inspection | None = None,
    by: Actor,
) -> Inspection:
    """A visit is ordered; ``planned`` is the one of the programme that it carries out.

    For an inspection full-time party staff and a department head must both go, and each item brings its knots. A
    contact-point visit wants a branch, research a topic, and both somebody who goes.
    """
    row = lock(planned) if planned else Inspection(unit=unit)
    policies.order_inspection.require(by, row)
    advance(row, states.INSPECTION, "order")
    row.title, row.visit_on, row.place, row.kind = title, visit_on, place, kind
    row.leader, row.branch, row.topic = leader, branch, topic.strip()
    party, business, items = list(party_people), list(business_people), list(dict.fromkeys(items))
    _require_own_kind(row)
    _require_own_unit(row.unit, [], branch, leader)
    _require_who_goes(row, party, business, items)
    save(row)
    for side, people in ((TeamMember.Side.PARTY, party), (TeamMember.Side.BUSINESS, business)):
        for person in people:
            save(TeamMember(inspection=row, person=person, side=side))
    Line.objects.bulk_create(_lines(row, items))
    record("inspection.order", row, by=by, unit_id=row.unit_id, about=items,
           after={"visit_on": visit_on, "team": [p.name for p in (*party, *business)]}
           | ({"kind": kind} if kind != Inspection.Kind.INSPECTION else {}))  # fmt: skip
    return row


def _require_own_kind(row: Inspection) -> None:
    if not 2000 <= row.visit_on.year <= 2100:
        raise Invalid(_("年份不对。请写成 2027-06-30 这样的日期。"), field="visit_on")
    if row.kind not in Inspection.Kind.values:
        raise Invalid(_("选一种：联合督查、联系点走访、调研。"), field="kind")
    field, sentence = WANTED.get(Inspection.Kind(row.kind), ("", ""))
    if field and not getattr(row, field):
        raise Invalid(sentence, field=field)


def _require_own_unit(
    unit: Unit, departments: list[Department], branch: PartyOrg | None, leader: Person | None = None
) -> None:
    if any(d.unit_id != unit.pk for d in departments):
        raise Invalid(_("要选本院的部门。"), field="departments")
    if branch and branch.unit_id != unit.pk:
        raise Invalid(_("要选本院的支部。"), field="branch")
    if leader and leader.unit_id != unit.pk:
        raise Invalid(_("带队的要选本院的人。"), field="leader")


def _require_who_goes(
    row: Inspection, party: list[Person], business: list[Person], items: list[PlanItem]
) -> None:
    """M6: full-time party staff *and* a business head, by the posts they hold that day.

    On other visits a side may stay empty; a side that is named still needs somebody of its kind, so that
    "truly joint" can be told from the team.
    """
    joint = row.kind == Inspection.Kind.INSPECTION
    if not joint and not (party or business or row.leader):
        raise Invalid(_("写上谁去：带队院领导，或者党务、业务的人。"), field="leader")
    full_time = set(org.holders(row.unit_id, FULL_TIME, row.visit_on).values_list("pk", flat=True))
    heads = set(
        org.holders(row.unit_id, [Post.Kind.DEPARTMENT_HEAD], row.visit_on).values_list("pk", flat=True)
    )
    if (joint or party) and not full_time & {p.pk for p in party}:
        raise Invalid(_("督查组里还缺专职党务人员。联合督查要两头的人一起去。"), field="party_people")
    if (joint or business) and not heads & {p.pk for p in business}:
        raise Invalid(_("督查组里还缺业务部门正职。联合督查要两头的人一起去。"), field="business_people")
    if {p.pk for p in party} & {p.pk for p in business}:
        raise Invalid(_("同一个人不能两头都算。"), field="business_people")
    if joint and not items:
        raise Invalid(_("至少选一项要查的业务事项。"), field="items")


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
def add_item(*, inspection: Inspection, item: PlanItem, by: Actor) -> Inspection:
    """One more business item is looked at, with its knots: what nobody thought of before one was there."""
    row = lock(inspection)
    policies.work_inspection.require(by, row)
    if row.state not in states.RUNNING:
        raise WrongState(_("这次督查现在是“%(state)s”，不能再加。") % {"state": row.get_state_display()})
    if item.track != PlanItem.Track.MU or item.plan.unit_id != row.unit_id:
        raise Invalid(_("要选本院计划里的业务事项。"), field="item")
    if row.lines.filter(item=item).exists():
        raise Invalid(_("这一项已经在这次督查里了。"), field="item")
    Line.objects.bulk_create(_lines(row, [item]))
    record("inspection.add_item", row, by=by, unit_id=row.unit_id, about=[item], after={"text": item.title})
    return row


@transaction.atomic
def merge(*, inspection: Inspection, other: Inspection, by: Actor) -> Inspection:
    """``other`` goes into ``inspection``: one visit with the items, the people and the places of both.

    What was written of ``other`` stays as it was ordered; it only says where it went.
    """
    locked = {
        row.pk: lock(row) for row in sorted((inspection, other), key=lambda r: r.pk)
    }  # always in one order
    into, gone = locked[inspection.pk], locked[other.pk]
    for row in (into, gone):
        policies.order_inspection.require(by, row)
    was = gone.state
    _require_mergeable(into, gone)
    gone.before_merge = gone.before_merge | {"state": was}
    gone.merged_into = into
    save(gone, "state", "merged_into", "before_merge")
    if "departments" not in into.before_merge:
        into.before_merge = into.before_merge | _own(into)
    _take_over(into, gone)
    save(into, "branch", "topic", "leader", "before_merge")
    record("inspection.merge", into, by=by, unit_id=into.unit_id, about=[gone],
           after={"text": _("并入“%(title)s”（%(day)s）") % {"title": gone.title, "day": gone.visit_on.isoformat()}})  # fmt: skip
    return into


def _require_mergeable(into: Inspection, gone: Inspection) -> None:
    if into.pk == gone.pk or into.unit_id != gone.unit_id:
        raise Invalid(_("要合并的是本院的另一次。"), field="other")
    advance(gone, states.INSPECTION, "merge")
    if into.state not in states.COMING:
        raise WrongState(_("“%(title)s”已经去过或者不去了，不能再并进来。") % {"title": into.title})
    joint, walk = Inspection.Kind.INSPECTION, into.kind != Inspection.Kind.INSPECTION
    if into.state == Inspection.State.PLANNED and gone.team.exists():
        if gone.kind != joint and not walk:
            raise Invalid(_order_first(into), field="other")
        raise Invalid(_("请反过来：并到已经下达的那一次里。"), field="other")
    if gone.kind == joint and walk:
        if into.team.exists() and not gone.team.exists():
            raise Invalid(_order_first(gone), field="other")
        raise Invalid(_("请反过来：走访、调研并到联合督查里。"), field="other")


def _order_first(joint: Inspection) -> str:
    """A visit with its people goes into a joint inspection only when that has its people, too."""
    return _("请先下达“%(title)s”，把人定下来，再把走访、调研并到它那里。") % {"title": joint.title}


def _take_over(into: Inspection, gone: Inspection) -> None:
    have = set(into.team.values_list("person_id", flat=True))
    TeamMember.objects.bulk_create(
        TeamMember(inspection=into, person_id=m.person_id, side=m.side)
        for m in gone.team.all() if m.person_id not in have
    )  # fmt: skip
    seen = set(into.lines.values_list("item_id", "entry_point_id"))
    Line.objects.bulk_create(
        Line(inspection=into, item_id=x.item_id, entry_point_id=x.entry_point_id)
        for x in gone.lines.all() if (x.item_id, x.entry_point_id) not in seen
    )  # fmt: skip
    into.branch, into.topic = into.branch or gone.branch, into.topic or gone.topic
    into.leader = into.leader or gone.leader
    into.departments.add(*gone.departments.all())
    if gone.branch and into.branch and gone.branch_id != into.branch_id:
        into.departments.add(*gone.branch.departments.all())


def _own(row: Inspection) -> dict[str, object]:
    """What a merge may add to: kept so that a split gives it back."""
    departments = sorted(row.departments.values_list("pk", flat=True))
    return {"departments": departments, "branch": row.branch_id, "topic": row.topic, "leader": row.leader_id}


@transaction.atomic
def split(*, inspection: Inspection, by: Actor) -> Inspection:
    """拆开: two visits of the programme that were merged are two again, until one is ordered.

    The one that stayed is what it was before, with what others that are still merged into it bring.
    """
    pair = sorted((r for r in (inspection, inspection.merged_into) if r), key=lambda r: r.pk)
    locked = {row.pk: lock(row) for row in pair}  # always in one order
    gone = locked[inspection.pk]
    policies.order_inspection.require(by, gone)
    advance(gone, states.INSPECTION, "split")
    into = locked.get(gone.merged_into_id or 0)
    if into is None or into.state != Inspection.State.PLANNED or gone.before_merge.get("state") != "planned":
        raise WrongState(_("并成的那一次已经下达、不去了，或者又并到别处，不能再拆开。"))
    gone.merged_into = None
    gone.before_merge = {k: v for k, v in gone.before_merge.items() if k != "state"}
    save(gone, "state", "merged_into", "before_merge")
    _give_back(into)
    record("inspection.split", gone, by=by, unit_id=gone.unit_id, about=[into],
           after={"text": _("从“%(title)s”（%(day)s）拆开") % {"title": into.title, "day": into.visit_on.isoformat()}})  # fmt: skip
    return gone


def _give_back(into: Inspection) -> None:
    """As it was before the first merge, and then what is still merged into it once more, in the order of the merges."""
    own = into.before_merge
    into.departments.set(own["departments"])
    into.branch_id, into.topic, into.leader_id = own["branch"], own["topic"], own["leader"]
    left = list(into.merged_from.select_related("branch", "leader").order_by("pk"))
    for other in left:
        _take_over(into, other)
    if not left:
        into.before_merge = {}
    save(into, "branch", "topic", "leader", "before_merge")


@transaction.atomic
def call_off(*, inspection: Inspection, reason: str, by: Actor) -> Inspection:
    """The visit does not take place."""
    row = lock(inspection)
    policies.order_inspection.require(by, row)
    if not reason.strip():
        raise Invalid(_("写一句为什么不去了。"), field="reason")
    advance(row, states.INSPECTION, "call_off")
    save(row, "state")
    record("inspection.call_off", row, by=by, unit_id=row.unit_id, after={"reason": reason.strip()})
    return row


@transaction.atomic
def look(
    *, line: Line, business_effect: str, party_effect: str, grade: str, seen: str = "", by: Actor
) -> Line:
    """Write down both effects of one line, held against what the entry point promised.

    ``seen``: the line's stamp when the writer last saw it. Written by somebody else since, it is refused once, with
    what stands there; a writer who has seen that may write over it.
    """
    inspection = lock(line.inspection)
    line = lock(line)
    policies.work_inspection.require(by, inspection)
    _require_open(inspection)
    business_effect, party_effect = business_effect.strip(), party_effect.strip()
    if not business_effect:
        raise Invalid(_("业务实效还没写。查业务也要查党建，两头都写才算查过。"), field="business_effect")
    if not party_effect:
        raise Invalid(_("党建实效还没写。查业务也要查党建，两头都写才算查过。"), field="party_effect")
    if grade not in Line.Grade.values:
        raise Invalid(_("比照当初的期望，选一项：已见效、部分见效、未见效。"), field="grade")
    stood = line.stamp
    written = (line.business_effect, line.party_effect, line.grade)
    line.business_effect, line.party_effect, line.grade = business_effect, party_effect, grade
    if seen and seen != stood and line.stamp != stood:
        raise Invalid(_was_written(*written))
    save(line, "business_effect", "party_effect", "grade")
    _arrive(inspection)
    about = [line.item, *([line.entry_point.gang, line.entry_point] if line.entry_point else [])]
    record("inspection.look", inspection, by=by, unit_id=inspection.unit_id, happened_on=inspection.visit_on,
           about=about, after={"item": line.item.title, "business_effect": line.business_effect,
                               "party_effect": line.party_effect, "grade": grade})  # fmt: skip
    return line


def _require_open(inspection: Inspection) -> None:
    if inspection.state not in states.RUNNING:
        words = {"state": inspection.get_state_display()}
        raise WrongState(_("这次督查现在是“%(state)s”，不能再记。") % words if inspection.state != "closed"
                         else _("这次督查已经办结，不能再改。"))  # fmt: skip
    if inspection.visit_on > clock.today():
        raise WrongState(_("还没有到督查那天，先不能记。"))


def _was_written(business: str, party: str, grade: str) -> str:
    words = {
        "b": business or _("空着"),
        "p": party or _("空着"),
        "g": dict(Line.Grade.choices).get(grade, _("没有选")),
    }
    return (
        _(
            "这一条刚才已经有人写了。业务：%(b)s；党建：%(p)s；比照期望：%(g)s。您写的还在下面，再按一次就以您的为准。"
        )
        % words
    )


def _arrive(inspection: Inspection) -> None:
    """The first thing written down is the visit."""
    if inspection.state == Inspection.State.ORDERED:
        advance(inspection, states.INSPECTION, "visit")
        save(inspection, "state")


@transaction.atomic
def write_up(*, inspection: Inspection, gist: str, by: Actor) -> Inspection:
    """What was seen on the whole: all that a walk or research without items has to say."""
    row = lock(inspection)
    policies.work_inspection.require(by, row)
    _require_open(row)
    if not gist.strip():
        raise Invalid(_("写几句走访看到了什么、要带回去什么。"), field="gist")
    row.gist = gist.strip()
    save(row, "gist")
    _arrive(row)
    record(
        "inspection.write_up",
        row,
        by=by,
        unit_id=row.unit_id,
        happened_on=row.visit_on,
        after={"text": row.gist},
    )
    return row


@transaction.atomic
def close(*, inspection: Inspection, by: Actor) -> Inspection:
    """All lines have both sides: the inspection is closed. Called by ``flow``, which carries effects on."""
    inspection = lock(inspection)
    policies.work_inspection.require(by, inspection)
    lines = list(inspection.lines.select_related("item"))
    empty = [line for line in lines if not line.complete]
    if empty:
        names = "、".join(line.item.title for line in empty[:3])
        raise Invalid(
            _("还有 %(n)d 条没有两头都写：%(names)s。写齐了才能办结。") % {"n": len(empty), "names": names}
        )
    if not lines and not inspection.gist:
        raise Invalid(_("还没有写走访所见。写几句再办结。"))
    advance(inspection, states.INSPECTION, "close")
    save(inspection, "state")
    record("inspection.close", inspection, by=by, unit_id=inspection.unit_id)
    return inspection
