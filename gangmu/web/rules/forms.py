"""The one form of the room."""

from django import forms
from django.utils.translation import gettext_lazy as _

from gangmu.web.forms import Form


class ExcuseForm(Form):
    reason = forms.CharField(
        label=_("免除的理由"), max_length=200, error_messages={"required": _("写一句免除的理由，会留档。")}
    )
