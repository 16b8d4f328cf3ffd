"""Forms of a mobilisation order."""

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from gangmu.common import clock
from gangmu.org import queries as org
from gangmu.plan.models import EntryPoint, PlanItem
from gangmu.tasks.models import Contribution, Mobilisation
from gangmu.web.choosing import ItemField
from gangmu.web.forms import DateField, Form, departments, people
from gangmu.web.tasks.forms import LEADERS


class EntryField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.gang.title} — {obj.get_kind_display()} — {obj.mu.title}"[:90]


class DraftForm(Form):
    title = forms.CharField(label=_("名称"), max_length=80)
    kind = forms.ChoiceField(label=_("类别"), choices=Mobilisation.Kind.choices, widget=forms.RadioSelect)
    purpose = forms.CharField(label=_("要办成什么"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    starts_on = DateField(label=_("从哪天"))
    ends_on = DateField(label=_("到哪天"))

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        leaders = org.holders(unit_id, LEADERS, clock.today())
        self.fields["coordinator"] = forms.ModelChoiceField(leaders, label=_("专门协调的领导"))
        items = PlanItem.objects.filter(
            plan__unit_id=unit_id, plan__state="adopted", is_task=True, dropped_on__isnull=True
        )
        self.fields["item"] = ItemField(
            items.select_related("lead_department").order_by("-plan__year", "position"), label=_("为计划里的哪一项"),
            empty_label=_("选一项"),
        )  # fmt: skip
        chosen = str((self.data if self.is_bound else self.initial).get("item") or "")
        known = int(chosen) if chosen.isascii() and chosen.isdecimal() and len(chosen) < 18 else None
        knots = EntryPoint.objects.filter(gang__plan__unit_id=unit_id, gang__plan__state="adopted")
        knots = knots.filter(Q(gang_id=known) | Q(mu_id=known)).exclude(state="untied")
        self.fields["entry_point"] = EntryField(
            knots.select_related("gang", "mu"), required=False, label=_("从哪个切入点"),
            empty_label=_("不从切入点") if known else _("先选事项"), help_text=_("选上，党建起了什么作用就看得见。"),
            error_messages={"invalid_choice": _("这个切入点不在选的事项上，请重选。")},
        )  # fmt: skip


class AskForForm(Form):
    """One line: who gives what, how much, when. The days are the order's unless written."""

    kind = forms.ChoiceField(label=_("要什么"), choices=Contribution.Kind.choices, widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("内容"), max_length=100, help_text=_("人员写岗位，经费写来源，场地、车辆写哪一间、哪一辆。")
    )
    asked = forms.DecimalField(
        label=_("要多少（人、元、件）"), max_digits=12, decimal_places=2, initial=1, required=False
    )
    from_on = DateField(label=_("从"), required=False)
    to_on = DateField(label=_("到"), required=False)

    def __init__(self, *args: Any, order: Mobilisation, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"kind": Contribution.Kind.PEOPLE, "asked": 1})
        super().__init__(*args, **kwargs)
        self.fields["department"] = departments(order.unit_id, label=_("哪个部门出"))
        self.fields["person"] = people(order.unit_id, label=_("指名的人（只对人员）"))

    def clean_asked(self) -> Any:
        asked = self.cleaned_data.get("asked")
        return 1 if asked is None else asked


class GiveForm(Form):
    given = forms.DecimalField(label=_("给多少"), max_digits=12, decimal_places=2)


class SettleForm(Form):
    """What came of it on both sides, and what was used of each line of money."""

    result = forms.CharField(label=_("办成了什么"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    party_result = forms.CharField(
        label=_("党建起了什么作用"), max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, order: Mobilisation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.money = [x for x in order.contributions.all() if x.kind == Contribution.Kind.MONEY]
        for line in self.money:
            self.fields[f"used_{line.pk}"] = forms.DecimalField(
                label=gettext("%(text)s：用了多少元") % {"text": line.text}, max_digits=12, decimal_places=2
            )

    def settled(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "result": data["result"], "party_result": data["party_result"],
            "used": {line.pk: data[f"used_{line.pk}"] for line in self.money},
        }  # fmt: skip
