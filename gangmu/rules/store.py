"""Verdicts in the database: counted set-wise, refreshed where an event touched them, explained by the same SQL."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection, transaction
from django.db.models import QuerySet

from gangmu.common import clock, periods
from gangmu.rules import engine
from gangmu.rules.engine import Select, Span
from gangmu.rules.models import Dirty, Excuse, Recheck, Verdict
from gangmu.rules.registry import Rule, every, get

BACK = timedelta(days=365)
_COLUMNS = 'subject_id, unit_id, period, start, "end", lamp, value, expected, breaches, excused'


def _dialect() -> engine.Dialect:
    return engine.SQLITE if connection.vendor == "sqlite" else engine.POSTGRESQL


def _select(rows: QuerySet, columns: Iterable[str]) -> Select:
    """The SQL of a QuerySet with exactly these columns, in this order."""
    sql, params = rows.order_by().values_list(*columns).query.sql_with_params()
    return Select(sql, tuple(params))


def spans(rule: Rule, today: date) -> list[Span]:
    """The periods of the last twelve months in which the rule was in force, the open one included."""
    first = max(today - BACK, rule.in_force)
    last = min(today, rule.until or today)
    if first > last:
        return []
    return [Span(p.key, p.start, p.end) for p in periods.between(first, last, rule.period)]


def count(rule: Rule, *, units: Iterable[int] | None = None, today: date | None = None) -> int:
    """Count a rule again, for some units or for all, and store the verdicts; returns the number of rows.

    One statement, whatever the number of subjects.
    """
    day = today or clock.today()
    over = spans(rule, day)
    if not over:
        return 0
    subjects = rule.subjects()
    facts = rule.facts().filter(on_day__range=(over[0].start, over[-1].end))
    old = Verdict.objects.filter(rule=rule.id)
    if units is not None:  # a write in one unit must not read the records of the whole country
        units = list(units)
        subjects = subjects.filter(unit_id__in=units)
        facts = facts.filter(subject_id__in=subjects.values("subject_id"))
        old = old.filter(unit_id__in=units)
    excuses = Excuse.objects.filter(rule=rule.id)
    found = engine.verdicts(
        rule.shape, subjects=_select(subjects, engine.SUBJECT), facts=_select(facts, engine.FACT), spans=over,
        today=day, breach=rule.breach, dialect=_dialect(), excuses=_select(excuses, ("subject_id", "period")),
    )  # fmt: skip
    with transaction.atomic():
        old.delete()
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO rules_verdict (rule, subject_kind, {_COLUMNS}) "  # noqa: S608 - column names only
                f"SELECT %s, %s, v.* FROM ({found.sql}) AS v",
                (rule.id, rule.subject_kind, *found.params),
            )
            return cursor.rowcount


def _one_at_a_time() -> Recheck:
    """Lock the day's row: two counts of the same rule would both write the same verdicts."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO rules_recheck (id, day) VALUES (1, %s) ON CONFLICT (id) DO NOTHING",
            [date(2000, 1, 1)],
        )
    return Recheck.objects.select_for_update().get(id=1)


@transaction.atomic
def recheck(today: date | None = None) -> int:
    """Count every rule again for everybody."""
    row = _one_at_a_time()
    row.day = today or clock.today()
    rows = sum(count(rule, today=row.day) for rule in every())
    Dirty.objects.all().delete()
    row.save()
    return rows


def keep_up() -> None:
    """Once a day time turns lamps: count everything again when the last count is from an earlier day."""
    if not Recheck.objects.filter(id=1, day__gte=clock.today()).exists():
        recheck()


def mark(rule_id: str, unit_ids: Iterable[int]) -> None:
    Dirty.objects.bulk_create((Dirty(rule=rule_id, unit_id=u) for u in unit_ids), ignore_conflicts=True)


@transaction.atomic
def refresh() -> int:
    """Count again what is marked. Returns the number of verdicts written."""
    if not Dirty.objects.exists():
        return 0
    _one_at_a_time()
    marks: dict[str, set[int]] = {}
    for row in Dirty.objects.all():
        marks.setdefault(row.rule, set()).add(row.unit_id)
    rows = 0
    for rule_id, units in marks.items():
        rows += count(get(rule_id), units=units)
        Dirty.objects.filter(rule=rule_id, unit_id__in=units).delete()
    return rows


@dataclass(frozen=True)
class Fact:
    """One record behind a verdict: counted, or not counted with a code that the rule has words for."""

    record_id: int
    on_day: date
    counts: bool
    why: str
    a: int | None
    b: int | None
    done_on: date | None


def explain(rule: Rule, subject_id: int, span: Span) -> list[Fact]:
    """The records that were and were not counted, from the SELECT that the verdict was counted from."""
    facts = rule.facts().filter(subject_id=subject_id, on_day__range=(span.start, span.end))
    found = engine.explanation(
        facts=_select(facts, engine.FACT), subject_id=subject_id, span=span, dialect=_dialect()
    )
    with connection.cursor() as cursor:
        cursor.execute(found.sql, found.params)
        return [
            Fact(r[0], _day(r[1]), bool(r[2]), r[3] or "", r[4], r[5], _day(r[6]) if r[6] else None)
            for r in cursor.fetchall()
        ]


def _day(value: date | str) -> date:
    """SQLite hands dates of raw SQL back as text."""
    return value if isinstance(value, date) else date.fromisoformat(value)


def history(rule_id: str, subject_id: int) -> list[Verdict]:
    """The verdicts of one subject over the last periods, oldest first."""
    return list(Verdict.objects.filter(rule=rule_id, subject_id=subject_id).order_by("start"))
