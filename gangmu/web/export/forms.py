"""Forms of what is given away."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gangmu.flow.bundle import SCOPES
from gangmu.papers.template import SIZE
from gangmu.web.forms import DateField, Form


class PackForm(Form):
    """The visible days; ``scope`` and ``key`` come from the page on which the button stands."""

    scope = forms.CharField(widget=forms.HiddenInput, required=False)
    key = forms.CharField(widget=forms.HiddenInput, required=False, max_length=60)
    start = DateField(label=_("从"), error_messages={"required": _("写从哪天起。")})
    end = DateField(label=_("到"), error_messages={"required": _("写到哪天止。")})

    def clean(self) -> dict[str, Any]:
        """The scope is on no field that is shown: what is wrong with it stands on top."""
        data = super().clean() or {}
        data["scope"] = data.get("scope") or "period"
        if data["scope"] not in SCOPES:
            raise forms.ValidationError(_("不知道要做哪一种迎检包，请回到原来的页面再点一次。"))
        return data


class TemplateForm(Form):
    file = forms.FileField(
        label=_("模板文件（.docx）"), error_messages={"required": _("选一个 .docx 文件。"), "empty": _("文件是空的。")},
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )  # fmt: skip

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > SIZE:
            raise forms.ValidationError(_("模板太大。请去掉图片，存成 4 MB 以内的 .docx。"))
        return file
