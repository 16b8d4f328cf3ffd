"""Forms of the tasks room: at most three fields for a routine record."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gangmu.common import clock
from gangmu.tasks.models import Progress
from gangmu.web.forms import DateField, Form, people


class ReportForm(Form):
    """One sentence, one day, one of two words."""

    text = forms.CharField(
        label=_("办到哪一步了，一句话"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    happened_on = DateField(label=_("发生在"))
    status = forms.ChoiceField(label=_("情形"), choices=Progress.Status.choices[:2], widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"happened_on": clock.today(), "status": Progress.Status.ON_TRACK})
        super().__init__(*args, **kwargs)


class SubmitForm(Form):
    text = forms.CharField(
        label=_("办结结果，一句话"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )


class SignForm(Form):
    """Signing for a task; the person answerable may be named at once."""

    def __init__(self, *args: Any, unit_id: int, department_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"] = people(unit_id)
        rows = self.fields["person"].queryset  # type: ignore[attr-defined]
        self.fields["person"].queryset = rows.filter(department_id=department_id)  # type: ignore[attr-defined]


class ReasonForm(Form):
    reason = forms.CharField(label=_("还差什么"), max_length=200)


class CancelForm(Form):
    reason = forms.CharField(label=_("为什么撤销"), max_length=200)
