"""Forms for directives."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gangmu.common.text import similarity
from gangmu.org.models import Unit
from gangmu.papers import secrecy
from gangmu.plan import queries as plans
from gangmu.plan.models import DirectivePoint, PlanItem
from gangmu.web.choosing import ItemField
from gangmu.web.forms import DateField, Form


class DirectiveForm(Form):
    issuer = forms.CharField(
        label=_("发文机关"), max_length=60, error_messages={"required": _("写上是哪个机关发的。")}
    )
    doc_no = forms.CharField(label=_("文号"), max_length=60, required=False)
    title = forms.CharField(label=_("标题"), max_length=120, error_messages={"required": _("写上文件标题。")})
    issued_on = DateField(label=_("成文日期"), error_messages={"required": _("写上成文日期。")})
    points = forms.CharField(
        label=_("要求，一行一条"), widget=forms.Textarea(attrs={"rows": 8}),
        error_messages={"required": _("至少写一条要求，一行一条。")},
    )  # fmt: skip

    def clean_points(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["points"].splitlines() if line.strip()]
        for no, line in enumerate(lines, start=1):
            if len(line) > 300:
                words = {"no": no, "n": len(line)}
                raise forms.ValidationError(
                    _("第%(no)d条有 %(n)d 个字，一条最多 300 个字，请拆成两条。") % words
                )
        return lines

    def clean(self) -> dict[str, Any]:
        """A marked paper is refused here as at every entrance."""
        data = self.cleaned_data
        texts = [data.get("title", ""), data.get("doc_no", ""), *data.get("points", [])]
        if secrecy.marked([(text, "p") for text in texts]):
            raise forms.ValidationError(
                _("文字里有密级标志。本系统不处理国家秘密，没有存下；请按保密规定办理。")
            )
        return data


class LetterForm(Form):
    """A letter from above as a file: read to fill the form, not kept."""

    file = forms.FileField(
        label=_("上级来文"), help_text=_("读出文号、机关、日期和要求，填进表里让您看；文件不保留。标密文件一律拒收。"), allow_empty_file=True,
        error_messages={"required": _("先选一个文件。"), "missing": _("先选一个文件。")},
    )  # fmt: skip


class AnswerForm(Form):
    """An item of the plan that the unit works by, which answers the point or a part of it; the likest are shown first."""

    partly = forms.BooleanField(label=_("只落实一部分"), required=False)
    note = forms.CharField(
        label=_("还差什么"), max_length=200, required=False, help_text=_("只落实一部分的写。")
    )

    def __init__(self, *args: Any, point: DirectivePoint, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = plans.newest_plan(point.directive.unit_id)
        rows = plans.action_items(plan.pk) if plan else PlanItem.objects.none()
        item = ItemField(
            rows, lambda: sorted(rows, key=lambda i: -similarity(i.title, point.text)), label=_("由哪一项落实"),
            empty_label=_("选一项"),
            error_messages={"required": _("选一项计划事项。"), "invalid_choice": _("这一项不在本院现行计划里。")},
        )  # fmt: skip
        self.fields = {"item": item, **self.fields}


class LeaveForm(Form):
    """Why no item answers the point."""

    reason = forms.CharField(
        label=_("不列入计划的理由"),
        max_length=200,
        error_messages={"required": _("写一句为什么不列入计划。")},
    )


class SendForm(Form):
    """Which units below get it."""

    def __init__(self, *args: Any, units: list[Unit], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = self.fields["units"] = forms.ModelMultipleChoiceField(
            Unit.objects.filter(pk__in=[u.pk for u in units]), label=_("下发到哪些院"), widget=forms.CheckboxSelectMultiple,
            error_messages={"required": _("至少选一个下级院。"), "invalid_choice": _("只能下发给还没有收到的下级院。")},
        )  # fmt: skip
        chosen.choices = [(u.pk, str(u)) for u in units]  # read already
