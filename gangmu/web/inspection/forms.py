"""Forms of the inspection room."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gangmu.common import clock
from gangmu.inspection.actions.inspections import FULL_TIME
from gangmu.inspection.models import Line, TeamMember
from gangmu.org import queries as org
from gangmu.org.models import Person, Post
from gangmu.plan import queries as plans
from gangmu.plan.models import PlanItem
from gangmu.web.forms import DateField, Form, departments


def _choice(label: Any, required: Any) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        None, label=label, widget=forms.CheckboxSelectMultiple, error_messages={"required": required}
    )


class OrderForm(Form):
    """Both kinds of people, and business items of the plan in force, by department."""

    title = forms.CharField(
        label=_("督查事由"), max_length=120, error_messages={"required": _("写上督查什么，一句话。")}
    )
    visit_on = DateField(label=_("哪天去"), error_messages={"required": _("写上去的日期。")})
    place = forms.CharField(label=_("去哪里"), max_length=100, required=False)
    party_people = _choice(_("党务这一头"), _("至少选一位专职党务人员。"))
    business_people = _choice(_("业务这一头"), _("至少选一位业务部门正职。"))
    items = _choice(_("查哪些业务事项"), _("至少选一项要查的业务事项。"))

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today, plan = clock.today(), plans.newest_plan(unit_id)
        heads = org.holders(unit_id, [Post.Kind.DEPARTMENT_HEAD], today).select_related("department")
        adopted = plan if plan and plan.adopted_on else None
        rows = plans.action_items(adopted.pk).filter(track="mu") if adopted else PlanItem.objects.none()
        self.fields["party_people"].queryset = org.holders(unit_id, FULL_TIME, today)  # type: ignore[attr-defined]
        self.fields["business_people"].queryset = heads  # type: ignore[attr-defined]
        self.fields["business_people"].label_from_instance = _with_department  # type: ignore[attr-defined]
        self.fields["items"].queryset = rows  # type: ignore[attr-defined]
        self._items = list(rows)

    def by_department(self) -> list[tuple[str, list[PlanItem]]]:
        """The items in groups, departments in their order."""
        last = 9999
        rows = sorted(
            self._items, key=lambda i: (i.lead_department.position if i.lead_department else last, i.position)
        )
        return [
            (name, list(group))
            for name, group in groupby(
                rows, key=lambda i: i.lead_department.name if i.lead_department else ""
            )
        ]

    def picked(self, name: str) -> set[str]:
        """Keys that are ticked, as text; for boxes that the template draws itself."""
        return {str(v) for v in (self[name].value() or [])}


def _with_department(person: Person) -> str:
    return f"{person.name} {person.department.name}" if person.department else person.name


class LookForm(Form):
    business_effect = forms.CharField(
        label=_("业务实效"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("业务实效还没写。查业务也要查党建，两头都写才算查过。")},
    )  # fmt: skip
    party_effect = forms.CharField(
        label=_("党建实效"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("党建实效还没写。查业务也要查党建，两头都写才算查过。")},
    )  # fmt: skip
    grade = forms.ChoiceField(
        label=_("比照期望"), choices=Line.Grade.choices, widget=forms.RadioSelect,
        error_messages={"required": _("比照期望选一项：已见效、部分见效还是未见效。")},
    )  # fmt: skip

    @classmethod
    def of(cls, line: Line) -> "LookForm":
        names = ("business_effect", "party_effect", "grade")
        return cls(initial={n: getattr(line, n) for n in names}, prefix=f"l{line.pk}")


class RaiseForm(Form):
    text = forms.CharField(
        label=_("发现的问题，一句话"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("写上发现了什么问题，一句话。")},
    )  # fmt: skip
    side = forms.ChoiceField(
        label=_("哪一头的"), choices=TeamMember.Side.choices, widget=forms.RadioSelect,
        error_messages={"required": _("选一头：党务还是业务。")},
    )  # fmt: skip
    due_on = DateField(label=_("整改期限"), error_messages={"required": _("写上整改到哪天。")})
    cause = forms.CharField(label=_("原因"), max_length=200, required=False)

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"] = departments(
            unit_id,
            label=_("整改部门"),
            empty_label=_("选一个部门"),
            error_messages={"required": _("选整改的部门。")},
        )
        self.order_fields(["text", "side", "department", "due_on", "cause"])


class RecheckForm(Form):
    """Which button was pressed says whether it passed."""

    passed = forms.BooleanField(required=False)
    note = forms.CharField(label=_("还差什么"), max_length=200, required=False)
