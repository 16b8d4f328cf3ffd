"""Forms of the tasks room: at most three fields for a routine record."""

from collections import Counter
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gangmu.common import clock
from gangmu.org import queries as org
from gangmu.org.models import Post
from gangmu.plan.models import DirectivePoint
from gangmu.tasks.actions.tasks import Terms
from gangmu.tasks.models import Change, Progress, Task
from gangmu.web.forms import DateField, Form, departments, people

LEADERS = (Post.Kind.GROUP_SECRETARY, Post.Kind.GROUP_MEMBER, Post.Kind.CHIEF, Post.Kind.DEPUTY_CHIEF)
S = Progress.Status
OPEN_STATUSES = [
    (s.value, s.label) for s in (S.ON_TRACK, S.SLOW, S.NOT_STARTED)
]  # done is handed in, by its own form


class ReportForm(Form):
    """One sentence, one day, one of three words; ``status`` is the one that the dates propose."""

    text = forms.CharField(
        label=_("办到哪一步了，一句话"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )
    happened_on = DateField(label=_("发生在"))
    status = forms.ChoiceField(label=_("情形"), choices=OPEN_STATUSES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, status: str = "", **kwargs: Any) -> None:
        proposed = status if status in dict(OPEN_STATUSES) else S.ON_TRACK
        kwargs.setdefault("initial", {"happened_on": clock.today(), "status": proposed})
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


class AskForm(Form):
    """延期、中止、恢复、移交: which, why, and what should be instead. Only what the state allows is a choice."""

    kind = forms.ChoiceField(label=_("要怎样变"), choices=Change.Kind.choices, widget=forms.RadioSelect)
    reason = forms.CharField(label=_("为什么"), max_length=200)
    due_on = DateField(label=_("新期限（延期、恢复时填）"), required=False)

    def __init__(self, *args: Any, task: Task, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        suspended = task.state == Task.State.SUSPENDED
        kinds = {Change.Kind.RESUME} if suspended else set(Change.Kind) - {Change.Kind.RESUME}
        if task.long_term:
            kinds -= {Change.Kind.EXTEND}
        self.fields["kind"].choices = [(k.value, k.label) for k in Change.Kind if k in kinds]  # type: ignore[attr-defined]
        if not suspended:
            self.fields["department"] = departments(
                task.unit_id, required=False, label=_("接办部门（移交时选）")
            )
            self.fields["person"] = people(task.unit_id, label=_("接办人（移交时可选）"))


class AnswerForm(Form):
    answer = forms.CharField(label=_("意见"), max_length=200, required=False)


class UrgeForm(Form):
    text = forms.CharField(
        label=_("催什么"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("按记录写好了，可以改。承办部门在今日看到，报一句就算有回音。"),
    )  # fmt: skip


class MilestoneForm(Form):
    title = forms.CharField(label=_("节点"), max_length=60)
    due_on = DateField(label=_("哪天"))


class ReviewForm(Form):
    text = forms.CharField(label=_("看到了什么，一句话"), max_length=300)
    next_on = DateField(label=_("下次复核"), required=False, help_text=_("不填就是半年以后。"))


class PartForm(Form):
    """One line of a breakdown; an empty line is passed over."""

    title = forms.CharField(label=_("分解任务"), max_length=120)
    due_on = DateField(label=_("期限"), required=False)
    target = forms.DecimalField(
        label=_("目标数"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    money = forms.DecimalField(
        label=_("经费（元）"), required=False, min_value=0, max_digits=12, decimal_places=2
    )

    def __init__(self, *args: Any, choices: "Choices", **kwargs: Any) -> None:
        kwargs |= {"empty_permitted": True, "use_required_attribute": False}
        super().__init__(*args, **kwargs)
        self.fields["department"] = choices.department()
        self.fields["person"] = choices.person_by_name()


class Choices:
    """Departments and people of a unit, asked once however many lines choose from them."""

    def __init__(self, unit_id: int, rows: Any = None) -> None:
        self.unit_id = unit_id
        self.departments = list(rows if rows is not None else org.departments(unit_id))
        self.people = list(people(unit_id).queryset or ())

    def department(self) -> forms.TypedChoiceField:
        return _listed(self.departments, _("牵头部门"), required=True)

    def person_by_name(self) -> "NamedField":
        return NamedField(self.by_name, label=_("责任人"), required=False)

    @cached_property
    def by_name(self) -> dict[str, Any]:
        """Two of one name are told apart by their department."""
        count = Counter(p.name for p in self.people)
        return {
            p.name
            if count[p.name] == 1
            else f"{p.name}（{p.department.name if p.department else _('未分部门')}）": p
            for p in self.people
        }


class NamedField(forms.CharField):
    """A person typed or picked by name: many lines share one list of names."""

    def __init__(self, by_name: dict[str, Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.by_name = by_name

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        if name and name not in self.by_name:
            raise forms.ValidationError(
                _("本院没有叫“%(name)s”的人，或者不止一位。从名单里选。") % {"name": name[:20]}
            )
        return self.by_name.get(name)


def _listed(rows: list[Any], label: Any, *, required: bool) -> forms.TypedChoiceField:
    """A choice among rows already in hand; the value is the row itself."""
    by_key = {str(r.pk): r for r in rows}
    return forms.TypedChoiceField(
        choices=[("", _("请选择") if required else _("不指定")), *((k, str(r)) for k, r in by_key.items())],
        coerce=by_key.get, empty_value=None, label=label, required=required,
    )  # fmt: skip


class NewTaskForm(Form):
    """A task from a leader's instruction or straight from a point of a directive."""

    title = forms.CharField(label=_("任务"), max_length=120, required=False,
                            help_text=_("不填就用批示或要求的原话。"))  # fmt: skip
    due_on = DateField(label=_("期限"), required=False, help_text=_("不填就是一周，请承办部门确认。"))
    long_term = forms.BooleanField(label=_("长期坚持，没有期限，每半年复核一次"), required=False)
    rhythm = forms.ChoiceField(label=_("反馈节奏"), choices=Task.Rhythm.choices, initial=Task.Rhythm.MONTHLY)
    report_day = forms.IntegerField(
        label=_("每月几日前"), min_value=1, max_value=31, initial=25, required=False
    )
    target = forms.DecimalField(
        label=_("目标数"), required=False, min_value=0, max_digits=12, decimal_places=2
    )
    target_unit = forms.CharField(label=_("目标单位"), max_length=10, required=False)
    requirement = forms.CharField(label=_("要求"), max_length=300, required=False)

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"] = departments(unit_id)
        self.fields["person"] = people(unit_id)
        self.fields["co_departments"] = forms.ModelMultipleChoiceField(
            org.departments(unit_id), required=False, label=_("配合部门"), widget=forms.CheckboxSelectMultiple
        )

    def terms(self) -> Terms:
        data = self.cleaned_data
        return Terms(
            data["rhythm"], data["report_day"] or 25, data["long_term"], data["target"], data["target_unit"]
        )

    def common(self) -> dict[str, Any]:
        """What both kinds of task take."""
        names = ("title", "due_on", "requirement", "department", "person", "co_departments")
        return {n: self.cleaned_data[n] for n in names} | {"terms": self.terms()}


class InstructionTaskForm(NewTaskForm):
    words = forms.CharField(label=_("批示原话"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    given_on = DateField(label=_("批示日期"))

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, unit_id=unit_id, **kwargs)
        leaders = org.holders(unit_id, LEADERS, clock.today())
        self.fields["leader"] = forms.ModelChoiceField(leaders, label=_("批示领导"))
        self.order_fields(["leader", "given_on", "words", "title", "department", "person", "due_on"])


class PointTaskForm(NewTaskForm):
    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, unit_id=unit_id, **kwargs)
        since = clock.today().replace(year=clock.today().year - 1, month=1, day=1)
        points = DirectivePoint.objects.filter(directive__unit_id=unit_id, directive__issued_on__gte=since)
        self.fields["point"] = PointField(
            points.select_related("directive").order_by("-directive__issued_on", "no"),
            label=_("上级要求的哪一条"),
        )
        self.order_fields(["point", "title", "department", "person", "due_on"])


class PointField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.directive.title} {obj.no}. {obj.text}"[:80]


class DeployRowForm(Form):
    """One item of a bulk deployment: owner and date, prefilled from the plan; the person is named on signing."""

    due_on = DateField(label=_("期限"), required=False)

    def __init__(self, *args: Any, choices: Choices, **kwargs: Any) -> None:
        kwargs["use_required_attribute"] = False
        super().__init__(*args, **kwargs)
        self.fields["department"] = choices.department()
