"""Reads of dues: what a list would change, and the ledger of a branch for a year."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from gangmu.org.models import Membership, PartyOrg, Person, Unit
from gangmu.org.rosters import Change
from gangmu.papers.roster_party import DuesRow
from gangmu.party_life.models import Dues

ZERO = Decimal(0)


def change(unit: Unit, rows: Iterable[DuesRow]) -> Change:
    """One query: the unit's records of the months on the list."""
    out, rows = Change(), list(rows)
    months = {r.month for r in rows}
    known = Dues.objects.filter(party_org__unit=unit, month__in=months).select_related("person")
    now = {(d.person_id, d.month): d for d in known}
    for row in rows:
        found = now.get((row.person, row.month))
        if found is None:
            out.added.append(row)
            continue
        wanted: dict[str, Any] = {
            "party_org_id": row.org,
            "due": row.due,
            "paid": row.paid,
            "paid_on": row.paid_on,
        }
        new = {k: v for k, v in wanted.items() if v is not None and getattr(found, k) != v}
        if new:
            out.changed.append((found, new, row))
        else:
            out.same += 1
    return out


@dataclass
class Line:
    """One member in the ledger. ``months``: number of the month → record."""

    person: Person
    months: dict[int, Dues] = field(default_factory=dict)

    @property
    def due(self) -> Decimal:
        return sum((d.due or ZERO for d in self.months.values()), ZERO)

    @property
    def paid(self) -> Decimal:
        return sum((d.paid or ZERO for d in self.months.values()), ZERO)


def owing(record: Dues) -> bool:
    """Owed by the list and not recorded as paid in full."""
    return bool(record.due) and (record.paid or ZERO) < (record.due or ZERO)


def ledger(branch: PartyOrg, year: int, visible: QuerySet[Dues]) -> list[Line]:
    """The branch's year, as far as ``visible`` goes, in the order of the branch's roster, never of amounts. Two queries."""
    order = {pk: n for n, pk in enumerate(
        Membership.objects.filter(party_org=branch).order_by("status", "id").values_list("person_id", flat=True)
    )}  # fmt: skip
    rows: dict[int, Line] = {}
    for record in visible.filter(party_org=branch, month__year=year).select_related("person"):
        rows.setdefault(record.person_id, Line(record.person)).months[record.month.month] = record
    return sorted(rows.values(), key=lambda line: (order.get(line.person.pk, len(order)), line.person.pk))


def totals(lines: Iterable[Line]) -> dict[int, tuple[Decimal, Decimal]]:
    """Month → (due, paid) of the branch as a whole."""
    out: dict[int, tuple[Decimal, Decimal]] = defaultdict(lambda: (ZERO, ZERO))
    for line in lines:
        for number, record in line.months.items():
            due, paid = out[number]
            out[number] = (due + (record.due or ZERO), paid + (record.paid or ZERO))
    return dict(out)
