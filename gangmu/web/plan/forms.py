"""Forms of the plan room."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gangmu.common import clock
from gangmu.org import queries as org
from gangmu.org.models import Department
from gangmu.plan import queries
from gangmu.plan.models import EntryPoint, Plan, PlanItem, ReadingHint
from gangmu.web.forms import DateField, Form, departments, people


class ImportForm(Form):
    """A paper and its year."""

    file = forms.FileField(
        label=_("计划、要点或任务分解的文件"),
        help_text=_(
            "Word（.docx、.doc、.wps）、Excel（.xlsx、.xls、.et）、网页（.html）、文本（.txt）都行。标密文件一律拒收。"
        ),
        allow_empty_file=True,
        error_messages={"required": _("先选一个文件。"), "missing": _("先选一个文件。")},
    )
    year = forms.IntegerField(
        label=_("哪一年度"), min_value=2000, max_value=2100,
        error_messages={"required": _("写上年度，例如2027。"), "min_value": _("年度要写成四位数。"),
                        "max_value": _("年度要写成四位数。"), "invalid": _("年度要写成四位数。")},
    )  # fmt: skip

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        today = clock.today()
        kwargs.setdefault("initial", {"year": today.year + (today.month >= 11)})
        super().__init__(*args, **kwargs)
        plans = Plan.objects.filter(unit_id=unit_id, state__in=["preview", "draft", "adopted"])
        self.fields["revises"] = forms.ModelChoiceField(
            plans.order_by("-year", "-pk"), required=False, label=_("这是哪一份的修订稿"),
            empty_label=_("不是修订稿"), help_text=_("选了就只看改了什么，勾上的才进原计划。"),
        )  # fmt: skip


class DraftForm(Form):
    title = forms.CharField(label=_("标题"), max_length=120, error_messages={"required": _("写上标题。")})
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"year": clock.today().year})
        super().__init__(*args, **kwargs)


class ItemForm(Form):
    """One line of a plan in preview or draft."""

    title = forms.CharField(label=_("事项"), max_length=200, error_messages={"required": _("写上事项。")})
    track = forms.ChoiceField(label=_("纲还是目"), choices=PlanItem.Track.choices, widget=forms.RadioSelect)
    facet = forms.ChoiceField(
        label=_("抓手"), choices=[("", _("业务不填")), *PlanItem.Facet.choices], required=False
    )
    due_on = DateField(label=_("完成期限"), required=False)

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["lead_department"] = departments(unit_id)
        self.fields["leader"] = people(unit_id, label=_("牵头领导"))

    @classmethod
    def of(cls, item: PlanItem, unit_id: int) -> "ItemForm":
        names = ("title", "track", "facet", "due_on", "lead_department", "leader")
        return cls(unit_id=unit_id, initial={n: getattr(item, n) for n in names})


def _offer(form: Form, among: Iterable[Department] | None, *names: str) -> None:
    """Offer departments that were fetched already, so that a page with several choices asks once."""
    if among is None:
        return
    rows = [(d.pk, d.name) for d in among]
    for name in names:
        field = form.fields[name]
        many = isinstance(field, forms.ModelMultipleChoiceField)
        field.choices = rows if many else [("", _("未写")), *rows]  # type: ignore[attr-defined]


class PreviewItemForm(ItemForm):
    """The same line while a paper is looked over: who joins in, nobody leading yet, and what it looked like before."""

    seen = forms.CharField(required=False, widget=forms.HiddenInput, max_length=100)

    def __init__(
        self, *args: Any, unit_id: int, among: Iterable[Department] | None = None, **kwargs: Any
    ) -> None:
        super().__init__(*args, unit_id=unit_id, **kwargs)
        self.fields["lead_department"].required = False
        self.fields["co_departments"] = forms.ModelMultipleChoiceField(
            self.fields["lead_department"].queryset,  # type: ignore[attr-defined]
            required=False, label=_("配合部门"), widget=forms.SelectMultiple(attrs={"size": 4}),
        )  # fmt: skip
        _offer(self, among, "lead_department", "co_departments")

    @classmethod
    def of(cls, item: PlanItem, unit_id: int, among: Iterable[Department] | None = None) -> "PreviewItemForm":
        names = ("title", "track", "facet", "due_on", "lead_department", "leader")
        values: dict[str, Any] = {n: getattr(item, n) for n in names}
        proposed = next((g["value"] for g in item.guesses if g["field"] == "lead" and g.get("value")), None)
        values["lead_department"] = item.lead_department_id or proposed
        values["co_departments"] = [c.department_id for c in item.co_departments.all()]
        return cls(unit_id=unit_id, among=among, initial=values)


class ManyForm(Form):
    """What several ticked items get at once; what is left empty stays."""

    due_on = DateField(label=_("期限改成"), required=False)

    def __init__(
        self, *args: Any, unit_id: int, among: Iterable[Department] | None = None, **kwargs: Any
    ) -> None:
        kwargs.setdefault("auto_id", "many_%s")  # an item's own form may stand beside it
        super().__init__(*args, **kwargs)
        lead = departments(unit_id, required=False, label=_("牵头改成"))
        self.fields = {"lead_department": lead, **self.fields}
        _offer(self, among, "lead_department")


class ResponsibleForm(Form):
    """How 责任单位 is meant."""

    means = forms.ChoiceField(
        choices=ReadingHint.Means.choices,
        error_messages={"required": _("选一种算法。"), "invalid_choice": _("选一种算法。")},
    )
    remember = forms.BooleanField(required=False)


class NameForm(Form):
    """What a name of the paper means."""

    name = forms.CharField(
        max_length=40, error_messages={"max_length": _("这个名称太长，记不下来；请在事项里逐项改。")}
    )
    remember = forms.BooleanField(required=False)

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"] = departments(
            unit_id,
            error_messages={
                "required": _("选它是本院的哪个部门。"),
                "invalid_choice": _("选它是本院的哪个部门。"),
            },
        )


class TieForm(Form):
    """A knot from the item's page: the other end, the way, the effect looked for."""

    kind = forms.ChoiceField(label=_("方式"), choices=EntryPoint.Kind.choices, widget=forms.RadioSelect)
    expected = forms.CharField(
        label=_("期望看到什么成效"), max_length=200, help_text=_("督查时要对着它看，写得看得见、数得清。"),
        error_messages={"required": _("写一句期望看到的成效，督查时要对着它看。")},
    )  # fmt: skip

    def __init__(self, *args: Any, item: PlanItem, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"kind": EntryPoint.Kind.PUSH})
        super().__init__(*args, **kwargs)
        label = _("结到哪一目") if item.track == "gang" else _("结到哪一纲")
        partner = forms.ModelChoiceField(
            queries.other_side(item), label=label, error_messages={"required": _("选另一头的事项。")}
        )
        # The list of a large plan would be longer than the page: the nearest are offered, any may be chosen.
        near = queries.near(item)
        self.proposals = queries.proposals(item, near)
        partner.choices = [
            ("", _("请选择")),
            *((i.pk, f"{i.title}({i.lead_department or ''})") for i in near),
        ]
        self.fields = {"partner": partner, **self.fields}


class ReasonForm(Form):
    reason = forms.CharField(
        label=_("没有切入点的理由"),
        max_length=200,
        error_messages={"required": _("写一句理由，核准的人要看。")},
    )


class UntieForm(Form):
    reason = forms.CharField(
        label=_("为什么解开"), max_length=200, error_messages={"required": _("写一句为什么解开。")}
    )


class DeployForm(Form):
    """An item becomes a task: who, by when, with what."""

    due_on = DateField(label=_("期限"), required=False, help_text=_("不填按一周算。"))
    requirement = forms.CharField(label=_("要求"), max_length=300, required=False)
    people_line = forms.CharField(label=_("人"), max_length=100, required=False)
    money_line = forms.DecimalField(
        label=_("财（元）"), min_value=0, max_digits=12, decimal_places=2, required=False,
        error_messages={"invalid": _("经费写数字，例如 86000。"), "min_value": _("经费不能是负数。")},
    )  # fmt: skip
    things_line = forms.CharField(label=_("物"), max_length=100, required=False)

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        co = forms.ModelMultipleChoiceField(
            org.departments(unit_id),
            required=False,
            label=_("配合部门"),
            widget=forms.SelectMultiple(attrs={"size": 4}),
        )
        self.fields = {"department": departments(unit_id), "co_departments": co, **self.fields}
