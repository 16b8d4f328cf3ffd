"""Forms of 巡察整改."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gangmu.common import clock
from gangmu.inspection.models import Campaign, Measure
from gangmu.inspection.models.campaign import PERIOD_MONTHS
from gangmu.org import queries as org
from gangmu.web.forms import DateField, Form, departments, people
from gangmu.web.inspection.forms import LEADERS


class CampaignForm(Form):
    title = forms.CharField(
        label=_("哪一轮巡察"), max_length=120, error_messages={"required": _("写上是哪一轮巡察。")}
    )
    issuer = forms.CharField(
        label=_("巡察机关"), max_length=60, error_messages={"required": _("写上谁来巡察的。")}
    )
    reported_on = DateField(
        label=_("反馈日期"), error_messages={"required": _("写上反馈的日期，期限从那天算。")}
    )
    months = forms.IntegerField(
        label=_("集中整改几个月"), initial=PERIOD_MONTHS, min_value=1, max_value=24, help_text=_("一般3个月，以反馈意见为准。"),
        error_messages={"min_value": _("写1到24个月。"), "max_value": _("写1到24个月。"), "invalid": _("写1到24个月。")},
    )  # fmt: skip


class ProblemForm(Form):
    text = forms.CharField(
        label=_("反馈的问题，照原文"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("写上反馈的问题。")},
    )  # fmt: skip


class MeasureForm(Form):
    text = forms.CharField(
        label=_("整改措施"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("写上整改措施。")},
    )  # fmt: skip
    due_on = DateField(label=_("整改时限"), error_messages={"required": _("写上整改到哪天。")})
    long_term = forms.BooleanField(label=_("长期坚持，不算逾期"), required=False)

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["leader"] = forms.ModelChoiceField(
            org.holders(unit_id, LEADERS, clock.today()), label=_("责任领导"), empty_label=_("选一位"),
            error_messages={"required": _("选责任领导。")},
        )  # fmt: skip
        self.fields["department"] = departments(
            unit_id,
            label=_("责任部门"),
            empty_label=_("选一个部门"),
            error_messages={"required": _("选责任部门。")},
        )
        self.fields["person"] = people(unit_id)
        self.order_fields(["text", "leader", "department", "person", "due_on", "long_term"])


class CheckOffForm(Form):
    result = forms.ChoiceField(
        label=_("整改情况"), choices=Measure.Result.choices,
        error_messages={"required": _("选一项：已完成、基本完成、长期坚持。")},
    )  # fmt: skip
    note = forms.CharField(label=_("说明"), max_length=200, required=False)


class GradeForm(Form):
    grade = forms.ChoiceField(
        label=_("上级评定"),
        choices=Campaign.Grade.choices,
        error_messages={"required": _("选一项：好、较好、一般、差。")},
    )
