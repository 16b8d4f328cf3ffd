"""Mobilisation orders (动员令): drafted, people and things asked for, ordered, given by departments, settled."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid, WrongState
from gangmu.common.models import advance, lock, save
from gangmu.events.log import record
from gangmu.org.actor import Actor
from gangmu.org.models import Department, Person, Unit
from gangmu.plan.models import EntryPoint, PlanItem
from gangmu.tasks import policies, states
from gangmu.tasks.models import Contribution, Mobilisation


def _about(order: Mobilisation) -> list:
    """On the item's own timeline, and on both ends of the entry point."""
    entry = order.entry_point
    return [order.item, *([entry.gang, entry.mu] if entry else [])]


@transaction.atomic
def draft(
    *, unit: Unit, title: str, kind: str, purpose: str, coordinator: Person, item: PlanItem,
    entry_point: EntryPoint | None = None, starts_on: date, ends_on: date, by: Actor,
) -> Mobilisation:  # fmt: skip
    """An order that calls upon nobody yet. One leader coordinates; an item of the plan says what it is for."""
    order = Mobilisation(
        unit=unit, title=title.strip(), kind=kind, purpose=purpose.strip(), coordinator=coordinator, item=item,
        entry_point=entry_point, starts_on=starts_on, ends_on=ends_on,
    )  # fmt: skip
    # Judged without the coordinator: naming oneself must not give the right.
    policies.drive_order.require(by, Mobilisation(unit=unit))
    if coordinator.unit_id != unit.pk:
        raise Invalid(_("专门协调的领导要选本院的人。"), field="coordinator")
    if item.plan.unit_id != unit.pk:
        raise Invalid(_("要选本院计划里的事项。"), field="item")
    if entry_point and item.pk not in (entry_point.gang_id, entry_point.mu_id):
        raise Invalid(_("这个切入点不在所选的事项上。"), field="entry_point")
    save(order)
    record(
        "tasks.draft_order", order, by=by, unit_id=unit.pk, about=_about(order), after={"text": order.purpose}
    )
    return order


@transaction.atomic
def ask_for(
    *, order: Mobilisation, kind: str, department: Department, text: str, asked: Decimal = Decimal(1),
    person: Person | None = None, from_on: date | None = None, to_on: date | None = None, by: Actor,
) -> Contribution:  # fmt: skip
    """One line: who gives what. A named person counts as one; the days are the order's unless given."""
    order = lock(order)
    policies.drive_order.require(by, order)
    advance(order, states.MOBILISATION, "ask_for")
    line = Contribution(
        order=order, kind=kind, department=department, person=person, text=text.strip(), asked=asked,
        from_on=from_on or order.starts_on, to_on=to_on or order.ends_on,
    )  # fmt: skip
    _require_line(order, line)
    save(line)
    record("tasks.ask_for", order, by=by, unit_id=order.unit_id, about=_about(order),
           after={"text": f"{department}：{line.text}", "asked": line.asked})  # fmt: skip
    return line


def _require_line(order: Mobilisation, line: Contribution) -> None:
    if line.department.unit_id != order.unit_id:
        raise Invalid(_("出力部门要选本院的部门。"), field="department")
    if line.from_on < order.starts_on or line.to_on > order.ends_on:
        words = {"from": order.starts_on.isoformat(), "to": order.ends_on.isoformat()}
        raise Invalid(_("日期要在 %(from)s 和 %(to)s 之间。") % words, field="from_on")
    if line.person:
        if line.person.unit_id != order.unit_id:
            raise Invalid(_("要选本院的人。"), field="person")
        if line.kind != Contribution.Kind.PEOPLE:
            raise Invalid(_("指名的人只能列在“人员”下面。"), field="person")
        line.asked = Decimal(1)


@transaction.atomic
def leave_out(*, line: Contribution, by: Actor) -> Mobilisation:
    """A line that is not needed after all, while the order is a draft."""
    order = lock(line.order)
    policies.drive_order.require(by, order)
    advance(order, states.MOBILISATION, "leave_out")
    if not Contribution.objects.filter(pk=line.pk).exists():
        raise WrongState(_("这一条别人已经去掉了。请刷新页面看最新情况。"))
    text = f"{line.department}：{line.text}"  # data
    line.delete()
    record("tasks.leave_out", order, by=by, unit_id=order.unit_id, about=_about(order), after={"text": text})
    return order


@transaction.atomic
def order(*, order: Mobilisation, by: Actor) -> Mobilisation:
    """From now on the departments are called upon. An order without a line calls upon nobody and is refused."""
    order = lock(order)
    policies.drive_order.require(by, order)
    if not order.contributions.exists():
        raise Invalid(_("还没有列要谁出人出钱出物。先列上，再下令。"))
    advance(order, states.MOBILISATION, "order")
    order.ordered_on = clock.today()
    save(order, "state", "ordered_on")
    record(
        "tasks.order", order, by=by, unit_id=order.unit_id, about=_about(order), after={"text": order.purpose}
    )
    return order


@transaction.atomic
def give(*, line: Contribution, given: Decimal, by: Actor) -> Contribution:
    """The department says what it gives; it may say it again while the order is in force."""
    order = lock(line.order)
    line = lock(line)
    policies.give_to_order.require(by, line)
    advance(order, states.MOBILISATION, "give")
    before, line.given, line.given_on = line.given, given, clock.today()
    save(line, "given", "given_on")
    record("tasks.give", order, by=by, unit_id=order.unit_id, about=_about(order), before={"given": before},
           after={"text": f"{line.department}：{line.text}", "given": given})  # fmt: skip
    return line


@transaction.atomic
def settle(
    *, order: Mobilisation, result: str, party_result: str, used: Mapping[int, Decimal], by: Actor
) -> Mobilisation:
    """结算: what came of it on both sides, and what was used of each line of money (line id → 元)."""
    order = lock(order)
    policies.drive_order.require(by, order)
    advance(order, states.MOBILISATION, "settle")
    missing = {
        name: _("两头都写上才能结算。")
        for name, text in (("result", result), ("party_result", party_result)) if not text.strip()
    }  # fmt: skip
    money = {x.pk: x for x in order.contributions.filter(kind=Contribution.Kind.MONEY)}
    missing |= {f"used_{pk}": _("写上用了多少，没用就填0。") for pk in money if pk not in used}
    if missing:
        raise Invalid(errors=missing)
    for pk, line in money.items():
        line.used = used[pk]
        save(line, "used")
    order.result, order.party_result, order.settled_on = result.strip(), party_result.strip(), clock.today()
    save(order, "state", "result", "party_result", "settled_on")
    record("tasks.settle_order", order, by=by, unit_id=order.unit_id, about=_about(order),
           after={"text": _("业务：%(b)s；党建：%(p)s") % {"b": order.result, "p": order.party_result},
                  "used": sum(used.values(), Decimal(0))})  # fmt: skip
    return order


@transaction.atomic
def call_off(*, order: Mobilisation, reason: str, by: Actor) -> Mobilisation:
    """Nobody is needed any more; the reason is kept."""
    order = lock(order)
    policies.drive_order.require(by, order)
    if not reason.strip():
        raise Invalid(_("写一句为什么取消。"), field="reason")
    advance(order, states.MOBILISATION, "call_off")
    save(order, "state")
    record(
        "tasks.call_off_order",
        order,
        by=by,
        unit_id=order.unit_id,
        about=_about(order),
        after={"reason": reason},
    )
    return order
