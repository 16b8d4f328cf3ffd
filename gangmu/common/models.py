"""Saving a row the one way all actions do it."""

from collections.abc import Iterable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError
from django.db.models import Model, UniqueConstraint
from django.utils.translation import gettext as _

from gangmu.common.errors import Invalid, WrongState
from gangmu.common.moves import IllegalMove, Moves

M = TypeVar("M", bound=Model)


def save(obj: M, *fields: str) -> M:
    """Check fields and constraints, then save; ``fields`` limits both to what changed.

    Raises ``Invalid`` with one sentence per field, so that nothing reaches the database half right.
    """
    skip = {f.name for f in obj._meta.concrete_fields} - set(fields) if fields else None
    try:
        obj.full_clean(exclude=skip)
    except ValidationError as problem:
        errors = {name: " ".join(messages) for name, messages in problem.message_dict.items()}
        general = errors.pop(NON_FIELD_ERRORS, "")
        raise Invalid(general, errors=errors) from None
    try:
        obj.save(update_fields=list(fields) or None)
    except IntegrityError as problem:  # somebody stored the same between the check and the saving
        raise WrongState(_told(obj, problem)) from problem
    return obj


def _told(obj: Model, problem: IntegrityError) -> str:
    """What the second of two is told: the sentence of the constraint that was hit, if it has one.

    Raises ``problem`` again when it is no unique constraint: then the code is wrong.
    """
    named = (c for c in obj._meta.constraints if isinstance(c, UniqueConstraint) and c.name in str(problem))
    hit = next(named, None)
    if hit is None:
        raise problem
    own = hit.violation_error_message != hit.default_violation_error_message
    why = hit.get_violation_error_message() if own else _("和您写的是同一样，这一次没有存。")
    return _("别人刚刚先存下了：%(why)s请刷新页面看最新情况。") % {"why": why}


def changed(obj: Model, **values: object) -> tuple[dict[str, object], dict[str, object]]:
    """Set ``values`` on ``obj``; returns (before, after) of those that differ."""
    before, after = {}, {}
    for name, value in values.items():
        old = getattr(obj, name)
        if old != value:
            before[name], after[name] = old, value
            setattr(obj, name, value)
    return before, after


def save_changes(rows: Iterable[tuple[Any, Mapping[str, Any], Any]], fields: Iterable[str]) -> None:
    """Many rows of one model at once: (object, {field: new value}, anything). For lists whose values were checked before."""
    found = list(rows)
    for obj, new, _row in found:
        for name, value in new.items():
            setattr(obj, name, value)
    if found:
        model = type(found[0][0])
        names = [model._meta.get_field(name).name for name in fields]
        model._default_manager.bulk_update([obj for obj, _new, _row in found], names, batch_size=500)


def lock(obj: M) -> M:
    """The same row, fresh and locked until the transaction ends; a second person waits here."""
    return type(obj)._default_manager.select_for_update(of=("self",)).get(pk=obj.pk)


def advance(obj: Any, table: Moves, verb: str) -> tuple[str, str]:
    """Move ``obj.state`` by the table; returns (before, after). Raises ``WrongState`` in words."""
    before = obj.state
    try:
        obj.state = table.target(verb, before)
    except IllegalMove:
        words = {"thing": str(obj), "state": obj.get_state_display()}
        raise WrongState(
            _("“%(thing)s”现在是“%(state)s”，这一步已经办过或还不能办。请刷新页面看最新情况。") % words
        ) from None
    return before, obj.state
