"""What people say about the columns of their lists, kept for the next file."""

from collections.abc import Mapping

from django.db import transaction

from gangmu.common.errors import NotAllowed
from gangmu.common.models import lock
from gangmu.events.log import record
from gangmu.org import policies
from gangmu.org.models import ColumnHint, Unit


@transaction.atomic
def remember(*, unit: Unit, kind: str, heads: Mapping[str, str], by) -> int:
    """Keep header → field for this kind of list; returns how many are new. A later word replaces an earlier one."""
    unit = lock(unit)
    if not (policies.keep_roster.allows(by, unit) or policies.keep_members.allows(by, unit)):
        raise NotAllowed(policies.keep_roster.reason)
    known = dict(ColumnHint.objects.filter(unit=unit, kind=kind).values_list("head", "field"))
    new = {head: code for head, code in heads.items() if head and known.get(head) != code and len(head) <= 60}
    ColumnHint.objects.filter(unit=unit, kind=kind, head__in=new).delete()
    ColumnHint.objects.bulk_create(
        ColumnHint(unit=unit, kind=kind, head=head, field=code) for head, code in new.items()
    )
    if new:
        record("org.remember_columns", unit, by=by, unit_id=unit.pk, after={"kind": kind, "columns": new})
    return len(new)
