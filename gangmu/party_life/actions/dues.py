"""Dues as a list that came in."""

from collections.abc import Iterable

from django.db import transaction

from gangmu.common.models import lock, save_changes
from gangmu.events.log import record
from gangmu.org import policies, rosters
from gangmu.org.models import PartyOrg, Unit
from gangmu.papers.roster_party import DuesRow
from gangmu.party_life import dues
from gangmu.party_life.models import Dues


@transaction.atomic
def take_list(*, unit: Unit, rows: Iterable[DuesRow], source_name: str = "", by) -> rosters.Change:
    """What was owed and paid by month; a record that is not listed stays. One event for the list."""
    unit = lock(unit)
    policies.keep_members.require(by, unit)
    change = dues.change(unit, rows)
    Dues.objects.bulk_create(
        [
            Dues(
                person_id=r.person,
                party_org_id=r.org,
                month=r.month,
                due=r.due,
                paid=r.paid,
                paid_on=r.paid_on,
            )
            for r in change.added
        ],
        batch_size=2000,
    )
    save_changes(change.changed, ["party_org", "due", "paid", "paid_on"])
    if not change.nothing:
        touched = {r.org for r in change.added} | {d.party_org_id for d, _new, _row in change.changed}
        record("party_life.take_dues", unit, by=by, unit_id=unit.pk, after=change.told(source_name),
               about=PartyOrg.objects.filter(pk__in=touched))  # fmt: skip
    return change
