"""The columns that every rule's QuerySets have, with what is usual filled in."""

from typing import Any

from django.db.models import Case, DateField, F, IntegerField, QuerySet, Value, When
from django.db.models.functions import Cast

# Events by which somebody new is judged.
FOUNDING = frozenset({"org.create_unit", "org.add_department", "org.take_departments", "org.found_party_org"})


def no_day() -> Cast:
    return Cast(Value(None), DateField())


def subjects(rows: QuerySet, *, since: str, unit: str = "unit_id", until: str | None = None) -> QuerySet:
    """Rows as subjects: bound from ``since`` to ``until``, always applying."""
    columns: dict[str, Any] = {
        "subject_id": F("pk"),
        "since": F(since),
        "until": F(until) if until else no_day(),
    }
    if unit != "unit_id":
        columns["unit_id"] = F(unit)
    return rows.annotate(**columns, applies=Value(1))


def facts(
    rows: QuerySet,
    *,
    subject: str,
    day: str,
    why: dict[str, Any],
    a: Any = None,
    b: Any = None,
    done_on: Any = None,
) -> QuerySet:
    """Rows as facts. ``why``: code → condition under which the row does *not* count, first match wins."""
    cases = [When(condition, then=Value(code)) for code, condition in why.items()]
    zero = Value(0, output_field=IntegerField())
    return rows.annotate(
        subject_id=F(subject),
        record_id=F("pk"),
        on_day=F(day),
        counts=Case(
            *[When(c, then=Value(0)) for c in why.values()], default=Value(1), output_field=IntegerField()
        ),
        why=Case(*cases, default=Value("")),
        a=zero if a is None else a,
        b=zero if b is None else b,
        done_on=no_day() if done_on is None else done_on,
    )
