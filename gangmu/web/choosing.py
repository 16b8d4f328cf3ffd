"""Choosing items of a plan in a form, with a search of its own, so that a plan of 400 items is never listed whole.

The search is a part of the form: its button (``act.FIND``) sends the form back to its own address, and the page comes
again with everything as it was typed and ticked. With script the same request is made while one types and only the
choices are replaced. What is chosen stays among the choices whatever is looked for.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django import forms
from django.db.models import Case, Q, QuerySet, When

from gangmu.org.models import Department
from gangmu.plan import queries
from gangmu.plan.models import PlanItem

MOST_TICKED = 500


@dataclass(frozen=True)
class Found:
    """What a field offers. ``whole``: that is all there is, nothing has to be looked for."""

    rows: list[PlanItem]
    chosen: set[int]
    words: str = ""
    department: str = ""
    whole: bool = True
    more: bool = False

    @staticmethod
    def named(item: PlanItem) -> str:
        """An item as a choice says it."""
        lead = item.lead_department
        return f"{item.title}（{lead}）" if lead else item.title  # data

    def by_department(self) -> list[tuple[Department | None, list[PlanItem]]]:
        """The departments in their own order, items without one at the end."""
        rows = sorted(
            self.rows, key=lambda i: (i.lead_department.position if i.lead_department else 9999, i.position)
        )
        runs = [list(group) for _key, group in groupby(rows, key=lambda i: i.lead_department_id)]
        return [(run[0].lead_department, run) for run in runs]


class _Items:
    """Both fields: ``queryset`` is what may be chosen, ``near`` gives what is shown before anything is looked for."""

    queryset: QuerySet[PlanItem]
    near: Callable[[], Iterable[PlanItem]] | None
    most = 30

    def found(self, form: forms.Form, name: str) -> Found:
        """What the field offers now, the chosen first. One query, or what ``near`` asks."""
        html, chosen = form.add_prefix(name), _keys(form[name].value())
        words = form.data.get(f"{html}-q", "")[:60].replace("\0", "").strip()
        department = form.data.get(f"{html}-d", "")
        if self.near and not words:
            rows = sorted(self.near(), key=lambda i: i.pk not in chosen)
        else:
            rows = self._looked_for(words, department, chosen)
        shown = rows[: self.most + len(chosen)]
        whole = not words and not department and len(rows) <= self.most
        return Found(shown, chosen, words, department, whole, len(rows) > len(shown))

    def _looked_for(self, words: str, department: str, chosen: set[int]) -> list[PlanItem]:
        """The chosen, then those with the words; one more than is shown, if there are."""
        found = queries.search(self.queryset, words)
        if department.isdecimal() and len(department) < 18:
            found = found.filter(lead_department_id=int(department))
        if chosen:
            picked = Q(pk__in=chosen)
            found = self.queryset.filter(picked | Q(pk__in=found.order_by().values("pk")))
            found = found.order_by(Case(When(picked, then=0), default=1), "position")
        return list(found[: self.most + len(chosen) + 1])


def _keys(value: Any) -> set[int]:
    """Keys that are chosen, as the form has them: text, numbers or objects; nonsense is left out."""
    values = value if isinstance(value, list | tuple | set | QuerySet) else [value]
    texts = [str(getattr(v, "pk", v)) for v in list(values)[:MOST_TICKED]]
    return {int(t) for t in texts if t.isascii() and t.isdecimal() and len(t) < 18}


class ItemField(_Items, forms.ModelChoiceField):  # type: ignore[misc]  # the field makes it a property
    """One item. Drawn by ``pick``."""

    def __init__(
        self, rows: QuerySet[PlanItem], near: Callable[[], Iterable[PlanItem]] | None = None, **kwargs: Any
    ) -> None:
        self.near = near
        super().__init__(rows, **kwargs)


class ItemsField(_Items, forms.ModelMultipleChoiceField):  # type: ignore[misc]
    """Several items. Drawn by ``pick_many``."""

    near = None
    most = 40
