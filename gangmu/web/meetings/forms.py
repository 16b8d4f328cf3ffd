"""Forms of the meetings room."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gangmu.common import clock
from gangmu.meetings.actions.meetings import BRANCH_DUE
from gangmu.meetings.models import AgendaItem, Attendance, Decision, MeetingKind, Vote
from gangmu.org import queries as org
from gangmu.org.actor import Actor
from gangmu.org.permissions import Role
from gangmu.plan import queries as plans
from gangmu.plan.models import Plan, PlanItem
from gangmu.web.choosing import ItemField
from gangmu.web.forms import DateField, Form, departments, people
from gangmu.web.meetings.words import REASONS

PENDING = "?"  # absent, reason not known yet
OFFICES = (Role.PARTY_OFFICE, Role.COMMITTEE, Role.OFFICE)


class NewForm(Form):
    """Only kinds and branches for which the person may convene."""

    kind = forms.ModelChoiceField(
        MeetingKind.objects.all(), label=_("什么会"), empty_label=None,
        error_messages={"required": _("选一种会议。"), "invalid_choice": _("这种会议不由您召集。")},
    )  # fmt: skip
    party_org: forms.ModelChoiceField = forms.ModelChoiceField(
        None, label=_("哪个支部"), required=False, empty_label=_("全院的会不选"),
        error_messages={"required": _("选本支部。"), "invalid_choice": _("这个党组织不在您召集的范围里。")},
    )  # fmt: skip
    held_on = DateField(label=_("哪天开"), error_messages={"required": _("写上开会的日期。")})
    place = forms.CharField(label=_("地点"), max_length=60, required=False)
    title = forms.CharField(label=_("主题"), max_length=120, required=False)
    also = forms.ModelMultipleChoiceField(
        MeetingKind.objects.filter(due__in=BRANCH_DUE), label=_("同时算作"), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("一次会可以顶几样用，不用分开再记一遍。"),
    )  # fmt: skip

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        orgs = org.party_orgs(by.unit_id).filter(kind__in=["general_branch", "branch", "group"])
        kinds = MeetingKind.objects.all()
        if not by.has(*OFFICES):
            orgs, kinds = orgs.filter(pk__in=by.branches), kinds.filter(due__in=BRANCH_DUE - {"group"})
            self.fields["party_org"].required = True
            self.fields["party_org"].empty_label = None  # type: ignore[attr-defined]
        self.fields["kind"].queryset = kinds  # type: ignore[attr-defined]
        self.fields["party_org"].queryset = orgs  # type: ignore[attr-defined]
        self.fields["chair"] = people(by.unit_id, label=_("主持人"), empty_label=_("先不定"))
        self.fields["recorder"] = people(by.unit_id, label=_("记录人"), empty_label=_("先不定"))

    def clean_also(self) -> Any:
        also, kind = self.cleaned_data["also"], self.cleaned_data.get("kind")
        if also and kind and kind.due not in BRANCH_DUE:
            raise forms.ValidationError(_("只有支部的会才能同时算作别的会，请去掉这里的勾。"))
        return also


class TopicForm(Form):
    title = forms.CharField(
        label=_("议题"), max_length=120, error_messages={"required": _("写上议题，一句话。")}
    )
    topic = forms.ChoiceField(label=_("类别"), choices=AgendaItem.Topic.choices, initial="business")
    party_way = forms.CharField(
        label=_("党建从哪里切入"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("研究业务难点时，同时议党建切入方式。"),
    )  # fmt: skip

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = plans.newest_plan(unit_id)
        rows = plans.action_items(plan.pk) if plan else PlanItem.objects.none()
        self.fields["item"] = ItemField(
            rows, required=False, label=_("对应的计划事项"), empty_label=_("不对应")
        )
        self.order_fields(["title", "topic", "item", "party_way"])


class RecordForm(Form):
    """One choice a person, "there" by default; the recorder touches only those who were not."""

    gist = forms.CharField(label=_("要点"), required=False, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, rows: Iterable[Attendance], recorded: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people: dict[str, int] = {}
        common = [("", _("到会")), *((str(r), r) for r in REASONS), (PENDING, _("事由待补"))]
        known = {str(r) for r in REASONS}
        for row in rows:
            absent = recorded and not row.present
            own = [(row.reason, row.reason)] if absent and row.reason and row.reason not in known else []
            name = f"who_{row.person_id}"
            self.people[name] = row.person_id
            self.fields[name] = forms.ChoiceField(
                label=row.person.name, choices=[*common, *own], required=False,
                initial=(row.reason or PENDING) if absent else "",
            )  # fmt: skip

    @property
    def absent(self) -> dict[int, str]:
        given = {pk: self.cleaned_data[name] for name, pk in self.people.items()}
        return {pk: "" if reason == PENDING else reason for pk, reason in given.items() if reason}


class VoteForm(Form):
    favour = forms.IntegerField(
        label=_("同意"), min_value=0, error_messages={"required": _("写上同意的票数，没有就写0。")}
    )
    against = forms.IntegerField(
        label=_("不同意"), min_value=0, initial=0, error_messages={"required": _("没有就写0。")}
    )
    abstain = forms.IntegerField(
        label=_("弃权或缓议"), min_value=0, initial=0, error_messages={"required": _("没有就写0。")}
    )
    method = forms.ChoiceField(label=_("方式"), choices=Vote.Method.choices, initial=Vote.Method.HANDS)


class DecideForm(Form):
    text = forms.CharField(
        label=_("议定了什么，一句一件"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("写上议定的事，一句话。")},
    )  # fmt: skip
    due_on = DateField(label=_("期限"), required=False)
    needs_action = forms.BooleanField(label=_("要有人去落实"), required=False, initial=True)

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"] = departments(unit_id, required=False, empty_label=_("还没定"))
        self.order_fields(["text", "department", "due_on", "needs_action"])


class DeployForm(Form):
    """A department is asked for only when the decision names none."""

    due_on = DateField(label=_("期限"), required=False, help_text=_("空着按一周算。"))

    def __init__(self, *args: Any, decision: Decision, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if decision.due_on and decision.due_on >= clock.today():
            self.fields["due_on"].initial = decision.due_on
        if decision.department_id is None:
            self.fields["department"] = departments(
                unit_id,
                empty_label=_("选一个部门"),
                error_messages={"required": _("选一个牵头部门，才有人接。")},
            )
            self.order_fields(["department", "due_on"])


class AbsenceReasonForm(Form):
    reason = forms.CharField(
        label=_("事由"), max_length=60, widget=forms.TextInput(attrs={"list": "gm-reasons"}),
        error_messages={"required": _("选一项或写一句请假事由。")},
    )  # fmt: skip


class CallOffForm(Form):
    reason = forms.CharField(
        label=_("为什么没开"), max_length=200, error_messages={"required": _("写一句为什么没开。")}
    )


class PutPlanForm(Form):
    waiver = forms.CharField(
        label=_("先通过的理由"), max_length=200, required=False, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("两头都结好了就不用写。"),
    )  # fmt: skip

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        drafts = Plan.objects.filter(unit_id=unit_id, state=Plan.State.DRAFT)
        self.fields["plan"] = forms.ModelChoiceField(
            drafts, label=_("哪一份计划"), empty_label=None,
            error_messages={"required": _("选一份计划草稿。"), "invalid_choice": _("这份计划不是草稿，不用再提。")},
        )  # fmt: skip
        self.order_fields(["plan", "waiver"])
