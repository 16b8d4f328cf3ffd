"""Shapes of rules, and the one statement each compiles to. Pure: SQL text in, SQL text out.

A rule gives two SELECTs. ``subjects`` has the columns ``SUBJECT``, ``facts`` the columns ``FACT``; a fact that
does not count says why. The statement groups the facts of every subject in every period and says the lamp:

* ``value``/``expected`` are what the lamp page prints ("应开 1 次，记到 0 次");
* ``breaches`` counts the facts that break the rule.

SQLite and PostgreSQL run the same text; only the placeholder of a date differs (``Dialect``).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from typing import ClassVar

SUBJECT = ("subject_id", "unit_id", "since", "until", "applies")
FACT = ("subject_id", "record_id", "on_day", "counts", "why", "a", "b", "done_on")
NEAR_DAYS = 7


@dataclass(frozen=True)
class Select:
    """A SELECT with its parameters, as the database adapter takes them."""

    sql: str
    params: tuple = ()


@dataclass(frozen=True)
class Dialect:
    """``date``: the placeholder of a date parameter: ``%s`` on SQLite, ``%s::date`` on PostgreSQL."""

    date: str


SQLITE, POSTGRESQL = Dialect("%s"), Dialect("%s::date")


@dataclass(frozen=True)
class Shape:
    """What is counted and when a lamp is which colour. ``breach``: the level of a broken rule (bad or warn)."""

    kind: ClassVar[str] = ""

    def broken(self, d: Dialect) -> tuple[str, tuple]:
        """SQL condition on a counting fact ``f`` (may use the day ``t.today``) that it breaks the rule."""
        return "1=0", ()

    def near(self) -> str:
        """SQL condition that a fact will break the rule soon."""
        return "1=0"

    def expected(self) -> str:
        """SQL of the number that should be reached."""
        return "counted"

    def value(self) -> str:
        return "counted - breaches"

    def lamp(self, breach: str) -> tuple[str, tuple]:
        """SQL CASE over counted, breaches, near, value and expected."""
        return (
            "CASE WHEN counted = 0 THEN 'na' WHEN breaches > 0 THEN %s WHEN near > 0 THEN 'warn' ELSE 'ok' END",
            (breach,),
        )


@dataclass(frozen=True)
class Frequency(Shape):
    """At least ``minimum`` counting records in each period. Amber in the last third of an open period.

    A body that was bound for a part of the period only (founded or closed in it) is not judged by it.
    """

    kind = "frequency"
    minimum: int = 1

    def expected(self) -> str:
        return str(int(self.minimum))

    def value(self) -> str:
        return "counted"

    def lamp(self, breach: str) -> tuple[str, tuple]:
        return (
            f"CASE WHEN counted >= {int(self.minimum)} THEN 'ok' WHEN partly = 1 THEN 'na' WHEN today > p_end THEN %s"
            " WHEN today >= p_warn THEN 'warn' ELSE 'na' END",
            (breach,),
        )


@dataclass(frozen=True)
class Quorum(Shape):
    """In every record ``a`` of ``b`` must reach ``line`` (``>=1/2``, ``>1/2``, ``>=2/3``)."""

    kind = "quorum"
    line: str = ">=1/2"

    def broken(self, d: Dialect) -> tuple[str, tuple]:
        comparator = ">=" if self.line.startswith(">=") else ">"
        share = Fraction(self.line.lstrip(">="))
        return f"NOT (f.a * {share.denominator} {comparator} f.b * {share.numerator})", ()


@dataclass(frozen=True)
class Deadline(Shape):
    """Every record is done (``done_on``) by its day (``on_day``). Amber in the last week."""

    kind = "deadline"

    def broken(self, d: Dialect) -> tuple[str, tuple]:
        return "(f.done_on > f.on_day OR (f.done_on IS NULL AND f.on_day < t.today))", ()

    def near(self) -> str:
        return "f.done_on IS NULL AND f.on_day BETWEEN t.today AND t.soon"


@dataclass(frozen=True)
class Presence(Shape):
    """Of the records on which somebody was due (``counts``), ``a`` = 1 where they came; at least ``share``."""

    kind = "presence"
    share: str = "2/3"

    def broken(self, d: Dialect) -> tuple[str, tuple]:
        return "f.a = 0", ()

    def lamp(self, breach: str) -> tuple[str, tuple]:
        share = Fraction(self.share)
        return (
            f"CASE WHEN counted = 0 THEN 'na' WHEN (counted - breaches) * {share.denominator} >="
            f" counted * {share.numerator} THEN 'ok' ELSE %s END",
            (breach,),
        )


@dataclass(frozen=True)
class Coverage(Shape):
    """Every record is covered (``a`` = 1)."""

    kind = "coverage"

    def broken(self, d: Dialect) -> tuple[str, tuple]:
        return "f.a = 0", ()


@dataclass(frozen=True)
class Span:
    """A period as the statement sees it; ``warn`` is the day from which an open period is amber."""

    key: str
    start: date
    end: date

    @property
    def warn(self) -> date:
        days = (self.end - self.start).days + 1
        return self.end - timedelta(days=max(days // 3, 1) - 1)


def verdicts(
    shape: Shape,
    *,
    subjects: Select,
    facts: Select,
    spans: Sequence[Span],
    today: date,
    breach: str,
    dialect: Dialect,
    excuses: Select,
) -> Select:
    """One SELECT: subject_id, unit_id, period, p_start, p_end, lamp, value, expected, breaches, excused.

    ``excuses`` gives (subject_id, period). ``spans`` must not be empty. Raises nothing.
    """
    broken, broken_params = shape.broken(dialect)
    lamp, lamp_params = shape.lamp(breach)
    rows, row_params = _values(spans, dialect)
    sql = f"""
WITH subjects({", ".join(SUBJECT)}) AS ({subjects.sql}),
facts({", ".join(FACT)}) AS ({facts.sql}),
excuses(subject_id, period) AS ({excuses.sql}),
periods(p_key, p_start, p_end, p_warn) AS ({rows}),
t(today, soon) AS (SELECT {dialect.date}, {dialect.date}),
grouped AS (
  SELECT s.subject_id, s.unit_id, s.applies, p_key, p_start, p_end, p_warn, t.today,
    CASE WHEN s.since > p_start OR s.until < p_end THEN 1 ELSE 0 END AS partly,
    COALESCE(SUM(CASE WHEN f.counts = 1 THEN 1 ELSE 0 END), 0) AS counted,
    COALESCE(SUM(CASE WHEN f.counts = 1 AND {broken} THEN 1 ELSE 0 END), 0) AS breaches,
    COALESCE(SUM(CASE WHEN f.counts = 1 AND {shape.near()} THEN 1 ELSE 0 END), 0) AS near
  FROM subjects s CROSS JOIN periods CROSS JOIN t
  LEFT JOIN facts f ON f.subject_id = s.subject_id AND f.on_day BETWEEN p_start AND p_end
  WHERE s.since <= p_end AND (s.until IS NULL OR s.until >= p_start)
  GROUP BY s.subject_id, s.unit_id, s.applies, s.since, s.until, p_key, p_start, p_end, p_warn, t.today
)
SELECT g.subject_id, unit_id, p_key, p_start, p_end,
  CASE WHEN applies = 0 OR e.period IS NOT NULL THEN 'na' ELSE {lamp} END,
  {shape.value()}, {shape.expected()}, breaches, CASE WHEN e.period IS NOT NULL THEN 1 ELSE 0 END
FROM grouped g LEFT JOIN excuses e ON e.subject_id = g.subject_id AND e.period = p_key"""
    params = (
        *subjects.params, *facts.params, *excuses.params, *row_params, today, today + timedelta(days=NEAR_DAYS),
        *broken_params, *lamp_params,
    )  # fmt: skip
    return Select(sql, params)


def _values(spans: Sequence[Span], dialect: Dialect) -> tuple[str, tuple]:
    row = f"SELECT %s, {dialect.date}, {dialect.date}, {dialect.date}"
    params: tuple = ()
    for span in spans:
        params += (span.key, span.start, span.end, span.warn)
    return " UNION ALL ".join([row] * len(spans)), params


def explanation(*, facts: Select, subject_id: int, span: Span, dialect: Dialect) -> Select:
    """The facts of one subject in one period: the same SELECT that the verdict was counted from."""
    sql = f"""
WITH facts({", ".join(FACT)}) AS ({facts.sql})
SELECT record_id, on_day, counts, why, a, b, done_on FROM facts
WHERE subject_id = %s AND on_day BETWEEN {dialect.date} AND {dialect.date}
ORDER BY on_day, record_id"""
    return Select(sql, (*facts.params, subject_id, span.start, span.end))
