"""Honours: registered from the paper that conferred them, tied to the work behind them, corrected, withdrawn."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid
from gangmu.common.models import advance, changed, lock, save
from gangmu.events.log import kind_of, record
from gangmu.events.models import Event
from gangmu.org.actor import Actor
from gangmu.org.models import Department, PartyOrg, Person, Unit
from gangmu.plan.models import PlanItem
from gangmu.review import policies, states
from gangmu.review.models import Honour, HonourBasis, HonourRecipient
from gangmu.review.queries import honours as queries
from gangmu.tasks.models import Task

EARLIEST = 1949


@dataclass(frozen=True)
class Recipients:
    """To whom: people only, or the unit, departments and party organisations."""

    unit: bool = False
    departments: Iterable[Department] = field(default_factory=tuple)
    party_orgs: Iterable[PartyOrg] = field(default_factory=tuple)
    people: Iterable[Person] = field(default_factory=tuple)

    def rows(self) -> list[HonourRecipient]:
        """Each once, in the order given."""
        found = [HonourRecipient()] if self.unit else []
        found += [HonourRecipient(department=d) for d in dict.fromkeys(self.departments)]
        found += [HonourRecipient(party_org=o) for o in dict.fromkeys(self.party_orgs)]
        return found + [HonourRecipient(person=p) for p in dict.fromkeys(self.people)]


@transaction.atomic
def register(
    *,
    unit: Unit,
    title: str,
    issuer: str,
    level: str,
    award: str,
    given_on: date,
    recipients: Recipients,
    doc_no: str = "",
    until: date | None = None,
    note: str = "",
    item: PlanItem | None = None,
    task: Task | None = None,
    reason: str = "",
    by: Actor,
) -> Honour:
    """An honour as its paper says; ``item`` or ``task``: what stands behind it, more of them by ``link``."""
    row = Honour(
        unit=unit, title=title.strip(), issuer=issuer.strip(), level=level, award=award, given_on=given_on,
        doc_no=doc_no.strip(), until=until, note=note.strip(),
    )  # fmt: skip
    policies.keep_honour.require(by, row)
    lock(unit)  # of two who register the same at once, the second sees the first
    _require_day(given_on, until)
    to = _checked(row, recipients)
    save(row)
    _store(row, to)
    after = {
        "issuer": issuer,
        "level": level,
        "award": award,
        "doc_no": doc_no,
        "recipients": [str(r) for r in to],
    }
    record("review.register_honour", row, by=by, unit_id=unit.pk, happened_on=given_on, after=after)
    if item is not None or task is not None:
        link(honour=row, item=item, task=task, reason=reason, by=by)
    return row


@transaction.atomic
def edit(
    *, honour: Honour, recipients: Recipients | None = None, seen: str = "", by: Actor, **values: object
) -> Honour:
    """Correct what the paper says. ``values``: fields of the honour. ``seen``: the honour's ``queries.stamp`` when the
    person began; what somebody else changed since is told, and nothing is stored."""
    row = lock(honour)
    policies.keep_honour.require(by, row)
    advance(row, states.HONOUR, "edit")
    _refuse_stale(row, seen)
    before, after = changed(row, **{k: v.strip() if isinstance(v, str) else v for k, v in values.items()})
    _require_day(row.given_on, row.until)
    if recipients is not None:
        was, to = [str(r) for r in row.recipients.all()], _checked(row, recipients)
        if was != (now := [str(r) for r in to]):
            before["recipients"], after["recipients"] = was, now
    save(row)
    if "recipients" in after:
        row.recipients.all().delete()
        _store(row, to)
    if after:
        record("review.edit_honour", row, by=by, unit_id=row.unit_id, before=before, after=after)
    return row


@transaction.atomic
def link(
    *, honour: Honour, item: PlanItem | None = None, task: Task | None = None, reason: str = "", by: Actor
) -> HonourBasis:
    """This task, or this item where there was no task of its own, stands behind the honour."""
    row = lock(honour)
    policies.keep_honour.require(by, row)
    advance(row, states.HONOUR, "link")
    if (item is None) == (task is None):
        raise Invalid(_("选一项任务或一项计划事项。"), field="basis")
    if task and not queries.linkable_tasks(row.unit_id).filter(pk=task.pk).exists():
        raise Invalid(_("这项任务不是本院的，或者已经撤销，不能作依据。"), field="basis")
    if item and not queries.linkable_items(row.unit_id).filter(pk=item.pk).exists():
        raise Invalid(_("这一项不在本院已经通过的计划里，不能作依据。"), field="basis")
    basis = HonourBasis(honour=row, task=task, item=task.item if task else item, reason=reason.strip())
    save(basis)
    record(
        "review.link_honour", row, by=by, unit_id=row.unit_id, after={"basis": basis, "reason": basis.reason}
    )
    return basis


@transaction.atomic
def unlink(*, basis: HonourBasis, by: Actor) -> Honour:
    """It does not stand behind the honour after all."""
    row = lock(basis.honour)
    policies.keep_honour.require(by, row)
    advance(row, states.HONOUR, "unlink")
    gone, _rows = HonourBasis.objects.filter(pk=basis.pk).delete()
    if not gone:
        raise Invalid(_("这条依据已经有人去掉了。"))
    record("review.unlink_honour", row, by=by, unit_id=row.unit_id, before={"basis": basis})
    return row


@transaction.atomic
def withdraw(*, honour: Honour, reason: str, by: Actor) -> Honour:
    """Taken back by who gave it, or registered wrongly: it stays, marked, with who said so and why."""
    row = lock(honour)
    policies.keep_honour.require(by, row)
    advance(row, states.HONOUR, "withdraw")
    if not reason.strip():
        raise Invalid(_("写一句为什么撤销，比如登重了、颁授机关收回。"), field="reason")
    row.withdrawn_on, row.withdrawn_by_id, row.withdrawn_reason = clock.today(), by.person_id, reason.strip()
    save(row, "state", "withdrawn_on", "withdrawn_by", "withdrawn_reason")
    record("review.withdraw_honour", row, by=by, unit_id=row.unit_id, after={"reason": row.withdrawn_reason})
    return row


def _require_day(given_on: date, until: date | None) -> None:
    if given_on > clock.today():
        raise Invalid(_("颁授日期还没有到。收到正式文件再登记。"), field="given_on")
    if given_on.year < EARLIEST:
        raise Invalid(_("年份不对。请写成 2027-06-30 这样的日期。"), field="given_on")
    if until and until < given_on:
        raise Invalid(_("有效期早于颁授日期。请改成颁授以后的日期，长期有效就空着。"), field="until")


def _checked(row: Honour, recipients: Recipients) -> list[HonourRecipient]:
    """The recipients, all of the unit and of one sort; sets ``row.holder`` by them."""
    to = recipients.rows()
    if not to:
        raise Invalid(_("写上授给谁：本院、部门、党组织，或者个人的姓名。"), field="recipients")
    people = [r for r in to if r.person_id]
    if people and len(people) < len(to):
        raise Invalid(_("同一份文件里的集体和个人分开登记，各登一条。"), field="recipients")
    for r in to:
        found = r.department or r.party_org or r.person
        if found and found.unit_id != row.unit_id:
            raise Invalid(_("受表彰的部门、党组织和人要选本院的。"), field="recipients")
    row.holder = Honour.Holder.PERSON if people else Honour.Holder.COLLECTIVE
    return to


def _store(row: Honour, to: list[HonourRecipient]) -> None:
    for recipient in to:
        recipient.honour = row
    HonourRecipient.objects.bulk_create(to)


def _refuse_stale(honour: Honour, seen: str) -> None:
    """Raises ``Invalid`` with who changed it since and what each changed field says now."""
    fresh = queries.changed_since(honour, seen)
    if not fresh:
        return
    rows = Event.objects.filter(kind=kind_of(honour), object_id=honour.pk, verb="review.edit_honour")
    who = rows.order_by("-pk").values_list("actor_name", flat=True).first() or _("别人")
    says = _("您打开以后，%(who)s刚改过这一条。您写的都还在，没有存下；对照着看一遍，再按一次“改好了”。") % {
        "who": who
    }
    errors = {name: _("现在是“%(value)s”。") % {"value": value or _("空")} for name, value in fresh.items()}
    raise Invalid(says, errors={"": says, **errors})
