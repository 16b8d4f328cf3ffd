"""What all forms share: dates as the browser gives them, choices limited to the unit, refusals at their field."""

from typing import Any, Self

from django import forms
from django.utils.translation import gettext_lazy as _

from gangmu.common.errors import Invalid, Refused
from gangmu.org import queries as org
from gangmu.org.models import Person


class Form(forms.Form):
    """A form that an action's refusal can be written on."""

    required_css_class = "is-required"

    def unjudged(self) -> Self:
        """The same form with all that was typed and ticked, and nothing said about it: it was not meant to be sent."""
        self.initial = {
            name: field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
            for name, field in self.fields.items()
        }
        self.is_bound = False
        return self

    def __getitem__(self, name: str) -> forms.BoundField:
        """A choice that was given no word for "nothing chosen" gets one instead of Django's dashes."""
        field = self.fields.get(name)
        if isinstance(field, forms.ModelChoiceField) and field.empty_label == "---------":
            field.empty_label = _("请选择") if field.required else _("不选")
        return super().__getitem__(name)

    def refuse(self, no: Refused) -> None:
        """Put the sentence at its field, or above the form when it belongs to none shown."""
        errors = no.errors if isinstance(no, Invalid) else {}
        for name, text in (errors or {no.field or "": no.message}).items():
            self.add_error(name if name in self.fields else None, str(text))


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **attrs: Any) -> None:
        super().__init__(attrs=attrs, format="%Y-%m-%d")


class DateField(forms.DateField):
    """A day. What cannot be one gets a sentence that says what can."""

    widget = DateInput
    default_error_messages = {
        "invalid": _("没有这一天。请写成 2027-06-30 这样的日期；6月只有30天，2月要看年份。"),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("input_formats", ["%Y-%m-%d", "%Y.%m.%d", "%Y/%m/%d", "%Y年%m月%d日"])  # data
        super().__init__(**kwargs)


def departments(
    unit_id: int, *, required: bool = True, label: Any = _("牵头部门"), **kwargs: Any
) -> forms.ModelChoiceField:
    """A choice of the unit's own departments."""
    return forms.ModelChoiceField(org.departments(unit_id), required=required, label=label, **kwargs)


def people(
    unit_id: int, *, required: bool = False, label: Any = _("责任人"), **kwargs: Any
) -> forms.ModelChoiceField:
    """A choice of the unit's own people."""
    rows = (
        Person.objects.filter(unit_id=unit_id, left_on__isnull=True)
        .select_related("department")
        .order_by("name")
    )
    return forms.ModelChoiceField(rows, required=required, label=label, **kwargs)
