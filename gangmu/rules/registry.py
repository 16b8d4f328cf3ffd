"""What a rule is, and the list of all rules."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet

from gangmu.rules.engine import Shape

HARD, GENERAL, LOCAL = "hard", "general", "local"


@dataclass(frozen=True)
class Citation:
    """Where it is written. ``sure``: seen (text was seen), memory (content known, article not checked)."""

    regulation: Any
    year: int
    article: Any
    sure: str
    text: Any


@dataclass(frozen=True)
class Rule:
    """A declaration: what is asked of whom, by which text, and what record proves it.

    ``subjects``/``facts`` give QuerySets of dictionaries with the columns of ``engine.SUBJECT``/``FACT``.
    ``verbs``: events after which the rule is counted again in their unit. ``record``: the model behind
    ``record_id``, for links. ``why``: words for the codes in a fact's ``why``. ``ways``: how the lamp turns green.
    """

    id: str
    title: Any
    theme: Any
    binds: Any
    citation: Citation
    strength: str
    shape: Shape
    period: str
    subject: type[Model]
    subjects: Callable[[], QuerySet]
    facts: Callable[[], QuerySet]
    record: type[Model]
    verbs: frozenset[str]
    measure: Any
    in_force: date
    until: date | None = None
    why: dict[str, Any] = field(default_factory=dict)
    ways: tuple[Any, ...] = ()

    @property
    def breach(self) -> str:
        """A hard rule may be red; a general or local one is at most amber."""
        return "bad" if self.strength == HARD else "warn"

    @property
    def subject_kind(self) -> str:
        return self.subject._meta.label_lower


_rules: dict[str, Rule] = {}


def register(rule: Rule) -> Rule:
    """Add a rule. Raises ``ValueError`` for an id that is taken."""
    if rule.id in _rules:
        raise ValueError(rule.id)
    _rules[rule.id] = rule
    return rule


def get(rule_id: str) -> Rule:
    """Raises ``KeyError`` for an unknown id."""
    return _rules[rule_id]


def every() -> list[Rule]:
    return list(_rules.values())
