"""One expression says who may: the same ``Q`` filters a list and judges one object.

``matches`` evaluates a ``Q`` on an object in memory, so a page asks the database once for the object and
not again for the permission. It knows the lookups that policies use: exact, in, isnull, gte, lte.
"""

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from django.db.models import Exists, Manager, Model, OuterRef, Q, QuerySet

from gangmu.common.errors import NotAllowed

M = TypeVar("M", bound=Model)

NOBODY = Q(pk__in=())


def matches(obj: Any, condition: Q) -> bool:
    """Whether ``obj`` would be in ``type(obj).objects.filter(condition)``."""
    if not condition.children:  # as in a query, an empty condition says nothing, negated or not
        return True
    children: list[Any] = list(condition.children)
    results = (matches(obj, c) if isinstance(c, Q) else _lookup(obj, *c) for c in children)
    if condition.connector == Q.OR:
        found = any(results)
    elif condition.connector == Q.AND:
        found = all(results)
    else:
        raise NotImplementedError(condition.connector)
    return not found if condition.negated else found


def _lookup(obj: Any, path: str, wanted: Any) -> bool:
    names = path.split("__")
    operator = names.pop() if names[-1] in _OPERATORS else "exact"
    return any(_OPERATORS[operator](value, wanted) for value in _values(obj, names))


def _values(obj: Any, names: list[str]) -> Iterable[Any]:
    """All values at the end of a path; a to-many relation fans out, a missing one gives None."""
    if not names:
        return [obj.pk if isinstance(obj, Model) else obj]
    if obj is None:
        return [None]
    value = getattr(obj, names[0])
    if isinstance(value, Manager):
        return [v for each in value.all() for v in _values(each, names[1:])] or [None]
    return _values(value, names[1:])


def _key(wanted: Any) -> Any:
    return wanted.pk if isinstance(wanted, Model) else wanted


_OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "exact": lambda value, wanted: value == _key(wanted),
    "in": lambda value, wanted: value in {_key(w) for w in wanted},
    "isnull": lambda value, wanted: (value is None) == wanted,
    "gte": lambda value, wanted: value is not None and value >= wanted,
    "lte": lambda value, wanted: value is not None and value <= wanted,
}


class Policy(Generic[M]):
    """Who may do one thing with one kind of object.

    ``condition(actor)`` gives a ``Q``; ``reason`` is the sentence a refused person reads.
    """

    def __init__(self, model: type[M], condition: Callable[[Any], Q], reason: Any) -> None:
        self.model = model
        self.condition = condition
        self.reason = reason

    def filter(self, actor: Any, queryset: QuerySet[M] | None = None) -> QuerySet[M]:
        """The objects with which ``actor`` may do it. Distinct, whatever the condition joins."""
        base = self.model._default_manager.all() if queryset is None else queryset
        condition = self.condition(actor)
        if not _joins_many(self.model, condition):
            return base.filter(condition)
        # Correlated: a database that looks for one object must not gather all that are allowed.
        same = self.model._default_manager.filter(condition, pk=OuterRef("pk"))
        return base.filter(Exists(same))

    def allows(self, actor: Any, obj: M) -> bool:
        return matches(obj, self.condition(actor))

    def require(self, actor: Any, obj: M) -> None:
        """Raises ``NotAllowed`` with the reason."""
        if not self.allows(actor, obj):
            raise NotAllowed(self.reason)


def _joins_many(model: type[Model], condition: Q) -> bool:
    children: list[Any] = list(condition.children)
    return any(
        _joins_many(model, c) if isinstance(c, Q) else _crosses_many(model, c[0].split("__"))
        for c in children
    )


def _crosses_many(model: type[Model], names: list[str]) -> bool:
    meta = model._meta
    for name in names:
        if name in _OPERATORS or name == "pk":
            return False
        field = meta.get_field(name)
        if field.one_to_many or field.many_to_many:
            return True
        if not field.is_relation or field.related_model is None:
            return False
        meta = field.related_model._meta  # type: ignore[union-attr]
    return False
