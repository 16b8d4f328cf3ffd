"""The net map's data: items of a plan with their lamps, and the knots between them. Five queries, six by leader, whatever the size."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.flow import lamps
from gangmu.flow.lamps import Four
from gangmu.org import queries as org
from gangmu.plan import queries
from gangmu.plan.models import EntryPoint, Plan, PlanItem, UnboundReason
from gangmu.web.netmap import Group, Item, NetData, Thread

KINDS = [code for code, _label in EntryPoint.Kind.choices]


def data(plan: Plan, url: Callable[[PlanItem], str], *, by: str = "department") -> NetData:
    """Both columns and the threads of one plan; the mesh grouped ``by`` department or leader in charge."""
    items = list(queries.action_items(plan.pk).select_related("lead_department", "unbound_reason"))
    fours = lamps.of_items(items, plan)
    knots = list(queries.knots(plan.pk).select_related("mu"))
    tied = {k.gang_id for k in knots} | {k.mu_id for k in knots}
    rows = {i.pk: _row(i, fours[i.pk], i.pk in tied, getattr(i, "unbound_reason", None), url) for i in items}
    return NetData(
        rope=tuple(_facets(items, rows)),
        mesh=tuple(_leaders(items, rows, plan) if by == "leader" else _departments(items, rows)),
        threads=tuple(_thread(k, fours) for k in knots if k.gang_id in rows and k.mu_id in rows),
    )


def _row(
    item: PlanItem, four: Four, tied: bool, reason: UnboundReason | None, url: Callable[[PlanItem], str]
) -> Item:
    why = ""
    if not tied:
        why = _("未绑到业务") if item.track == "gang" else _("无切入点")
        if reason:
            why = _("已准予不绑") if reason.accepted_on else _("填“无”，理由待核")
    return Item(
        id=str(item.pk), title=item.title, url=url(item), lamps=tuple(four.cells),
        unbound=not tied, why=why, settled=bool(reason and reason.accepted_on),
        note=item.lead_department.name if item.lead_department else "",
    )  # fmt: skip


def _facets(items: list[PlanItem], rows: dict[int, Item]) -> list[Group]:
    gang = [i for i in items if i.track == "gang"]
    groups = []
    for code, label in [*PlanItem.Facet.choices, ("", _("未分"))]:
        found = tuple(rows[i.pk] for i in gang if i.facet == code)
        if found:
            groups.append(Group(str(label), found, key=f"f{code or 'none'}"))
    return groups


def _departments(items: list[PlanItem], rows: dict[int, Item]) -> list[Group]:
    """Business items by lead department, in the order of the plan."""
    found: dict[int, list[PlanItem]] = {}
    for item in items:
        if item.track == "mu":
            found.setdefault(item.lead_department_id or 0, []).append(item)
    return [
        Group(
            members[0].lead_department.name if members[0].lead_department else _("未定部门"),
            tuple(rows[i.pk] for i in members),
            members[0].lead_department.note if members[0].lead_department else "",
            key=f"d{department}",
        )
        for department, members in found.items()
    ]


def _leaders(items: list[PlanItem], rows: dict[int, Item], plan: Plan) -> list[Group]:
    """Business items by the leader in charge (分管领导) of their department."""
    leaders = org.leaders_of_departments(plan.unit_id, clock.today())
    found: dict[int, list[PlanItem]] = {}
    for item in items:
        if item.track == "mu":
            leader = leaders.get(item.lead_department_id or 0)
            found.setdefault(leader.pk if leader else 0, []).append(item)
    names = {p.pk: p.name for p in leaders.values()}
    return [
        Group(names.get(pk, _("未定分管领导")), tuple(rows[i.pk] for i in members), key=f"p{pk}")
        for pk, members in found.items()
    ]


def _thread(entry: EntryPoint, fours: dict[int, Four]) -> Thread:
    state = queries.state_of(
        entry,
        today=clock.today(),
        gang_done=fours[entry.gang_id].facts.done,
        mu_done=fours[entry.mu_id].facts.done,
    )
    return Thread(str(entry.gang_id), str(entry.mu_id), KINDS.index(entry.kind), state, entry.expected)
