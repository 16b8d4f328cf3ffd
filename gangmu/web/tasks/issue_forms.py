"""Forms of 难点热点."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gangmu.common import clock
from gangmu.org import queries as org
from gangmu.org.actor import Actor
from gangmu.org.permissions import Permission
from gangmu.plan.models import PlanItem
from gangmu.tasks import policies
from gangmu.tasks.models import Task
from gangmu.web.choosing import ItemField
from gangmu.web.format import cn_date
from gangmu.web.forms import Form, people


def _text(label: Any, longest: int, *, required: bool = False, hint: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label, max_length=longest, required=required, help_text=hint,
        widget=forms.Textarea(attrs={"rows": 2}),
    )  # fmt: skip


class WriteUpForm(Form):
    solution = _text(_("解决办法"), 300)
    party_way = _text(_("党建切入方式"), 200, hint=_("党建从哪里进去推动、保证：组织、教育、监督都行。"))


class RaiseForm(Form):
    title = forms.CharField(label=_("难点热点"), max_length=120)
    text = _text(_("难在哪里"), 300)
    of_task: Task | None = None  # the one it belongs to, where it is not chosen from a list

    def __init__(self, *args: Any, me: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = org.departments(me.unit_id)
        if not me.can(Permission.TASK_ISSUE):
            rows = rows.filter(pk__in=me.departments)
        first = rows.first() if len(me.departments) == 1 else None
        self.fields["department"] = forms.ModelChoiceField(rows, label=_("牵头部门"), initial=first)
        self.fields["person"] = people(me.unit_id)
        items = PlanItem.objects.filter(
            plan__unit_id=me.unit_id, plan__state="adopted", is_task=True, track="mu", dropped_on__isnull=True
        )
        self.fields["item"] = ItemField(
            items.select_related("lead_department").order_by("-plan__year", "position"), required=False,
            label=_("属于哪一目"),
        )  # fmt: skip
        seen = policies.see_task.filter(
            me, Task.objects.filter(state__in=["issued", "under_way", "suspended"])
        )
        self.fields["task"] = forms.ModelChoiceField(seen, required=False, label=_("属于哪项任务"))
        if me.can(Permission.TASK_ISSUE):  # who sees every task comes from the page of one
            self.fields["task"].widget = forms.HiddenInput()
            chosen = str((self.data if self.is_bound else self.initial).get("task") or "")
            known = chosen.isascii() and chosen.isdecimal() and len(chosen) < 18
            self.of_task = seen.filter(pk=int(chosen)).first() if known else None


class ForwardForm(Form):
    def __init__(self, *args: Any, meetings: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = {str(m.pk): m for m in meetings}
        self.fields["meeting"] = forms.TypedChoiceField(
            choices=[("", _("选一次会")), *((k, f"{m} {cn_date(m.held_on, clock.today())}") for k, m in choices.items())], coerce=choices.get,
            empty_value=None, label=_("提请哪次会研究"),
        )  # fmt: skip


class ResolveForm(Form):
    business_result = _text(_("办法做成了什么"), 300, required=True)
    party_result = _text(_("党建切入起了什么作用"), 300, required=True)


class DropForm(Form):
    reason = forms.CharField(label=_("为什么不再列入"), max_length=200)
