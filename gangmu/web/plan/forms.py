"""Forms of the plan room."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gangmu.common import clock
from gangmu.common.errors import Invalid
from gangmu.meetings.models import Meeting
from gangmu.org import queries as org
from gangmu.org.models import Department
from gangmu.plan import queries
from gangmu.plan.models import AmendmentLine, EntryPoint, Plan, PlanItem, ReadingHint
from gangmu.plan.skeletons import SKELETONS
from gangmu.web.choosing import ItemField
from gangmu.web.format import cn_date
from gangmu.web.forms import DateField, Form, departments, people
from gangmu.web.plan import lines


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
    """A new draft: of which period, and what it starts from."""

    title = forms.CharField(label=_("标题"), max_length=120, error_messages={"required": _("写上标题。")})
    year = forms.IntegerField(label=_("年度"), min_value=2000, max_value=2100)
    period = forms.ChoiceField(label=_("时段"), choices=Plan.Period.choices, required=False)
    starts_on = DateField(
        label=_("哪天开始"), required=False, help_text=_("半年、季度写里面任一天；年度不用写。")
    )
    ends_on = DateField(label=_("哪天结束"), required=False, help_text=_("只有专项要写。"))
    template = forms.ChoiceField(label=_("从什么写起"), required=False)

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"year": clock.today().year})
        super().__init__(*args, **kwargs)
        self.like = {str(p.pk): p for p in queries.templates(unit_id)}
        built_in = [(f"skeleton-{code}", name) for code, (name, _seeds) in SKELETONS.items()]
        earlier = [(pk, _("照《%(title)s》") % {"title": p.title}) for pk, p in self.like.items()]
        self.fields["template"].choices = [("", _("空白")), *earlier, *built_in]  # type: ignore[attr-defined]

    def clean_period(self) -> str:
        return self.cleaned_data["period"] or Plan.Period.YEAR

    def clean(self) -> dict[str, Any]:
        """The template as what the action takes: ``seeds`` or ``like``."""
        data = self.cleaned_data
        chosen = data.pop("template", "")
        data["like"] = self.like.get(chosen)
        data["seeds"] = (
            SKELETONS[chosen.removeprefix("skeleton-")][1] if chosen.startswith("skeleton-") else ()
        )
        return data


class LinesForm(Form):
    """Lines of one track, typed or pasted; ``after``: right below this item."""

    lines = forms.CharField(
        label=_("一行一项；列用 Tab 隔开：事项、牵头部门、期限。可以从 Word、Excel 直接粘贴"),
        max_length=60_000, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("还没有写事项，一行一项。"), "max_length": _("一次贴的太多，请分几次。")},
    )  # fmt: skip
    track = forms.ChoiceField(choices=PlanItem.Track.choices, widget=forms.HiddenInput)
    after = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)
    level = forms.IntegerField(required=False, min_value=1, max_value=20, widget=forms.HiddenInput)


class RowForm(Form):
    """One line of the drafting page. Department and date are words, as in a spreadsheet."""

    title = forms.CharField(max_length=200, error_messages={"required": _("事项不能空着；不要这一项就勾选搁置。"),
                            "max_length": _("事项最多 200 个字；长的写进内容里。")})  # fmt: skip
    lead = forms.CharField(max_length=400, required=False)
    due = forms.CharField(max_length=100, required=False)
    facet = forms.ChoiceField(choices=[("", ""), *PlanItem.Facet.choices], required=False)
    seen = forms.CharField(max_length=100, required=False)

    def __init__(self, *args: Any, item: PlanItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.item = item

    def clean(self) -> dict[str, Any]:
        """What the action takes. A field left as it stood is not touched."""
        data, item = self.cleaned_data, self.item
        lead, due = data.pop("lead", "").strip(), data.pop("due", "").strip()
        if "facet" not in self.data or item.track != PlanItem.Track.GANG:
            data.pop("facet", None)
        if "lead" in self.data and lead != lines.lead_text(item):
            data |= self._lead(lead)
        if "due" in self.data and due != lines.due_text(item, item.plan.year):
            try:
                data |= vars(lines.when(due, item.plan.year))
            except Invalid as no:
                self.add_error("due", str(no))
        return data

    def _lead(self, text: str) -> dict[str, Any]:
        pk = org.names(self.item.plan.unit_id).department(text) if text else None
        if text and pk is None:
            self.add_error("lead", str(_("本院没有“%(name)s”这个部门。") % {"name": text[:20]}))
        found = org.departments(self.item.plan.unit_id).filter(pk=pk).first() if pk else None
        return {"lead_department": found, "units_raw": ""}


class BulkForm(Form):
    """What all ticked lines are set to; empty fields are left as they are."""

    due_on = DateField(label=_("期限"), required=False)
    facet = forms.ChoiceField(
        label=_("抓手"), choices=[("", _("抓手不改")), *PlanItem.Facet.choices], required=False
    )

    def __init__(
        self, *args: Any, unit_id: int, known: Iterable[Department] | None = None, **kwargs: Any
    ) -> None:
        """``known``: the departments, where a page has read them already."""
        super().__init__(*args, **kwargs)
        lead = departments(unit_id, required=False, empty_label=_("牵头不改"))
        if known is not None:
            lead.choices = [("", _("牵头不改")), *((d.pk, d.name) for d in known)]
        leader = people(unit_id, label=_("分管领导"), empty_label=_("领导不改"))
        self.fields = {"lead_department": lead, "leader": leader, **self.fields}


class TickedForm(Form):
    """The ticked lines of a plan."""

    way = forms.ChoiceField(choices=[(w, w) for w in ("", "up", "down", "in", "out")], required=False)

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        words = {
            "required": _("先勾选事项。"),
            "invalid_choice": _("勾选的事项已经不在这份计划里，请刷新页面。"),
        }
        words["invalid_pk_value"] = words["invalid_choice"]
        rows = PlanItem.objects.filter(plan=plan)
        self.fields["items"] = forms.ModelMultipleChoiceField(rows, error_messages=words)


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
        partner = ItemField(
            queries.other_side(item), label=label,
            error_messages={"required": _("选另一头的事项。"), "invalid_choice": _("这一项不在这份计划的另一边，请重选。")},
        )  # fmt: skip
        self.fields = {"partner": partner, **self.fields}


class OfferForm(Form):
    """A proposal: the other end is fixed, way and effect may be changed."""

    partner = forms.IntegerField(widget=forms.HiddenInput)
    kind = forms.ChoiceField(label=_("方式"), choices=EntryPoint.Kind.choices, widget=forms.RadioSelect)
    expected = forms.CharField(label=_("期望看到什么成效"), max_length=200)


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
        lead = departments(unit_id)
        known = [(d.pk, d.name) for d in org.departments(unit_id)]  # read once for both
        lead.choices, co.choices = [("", "---------"), *known], known
        self.fields = {"department": lead, "co_departments": co, **self.fields}


class BeginForm(Form):
    """An amendment is begun with its reason."""

    reason = forms.CharField(
        label=_("为什么要调整"),
        max_length=300,
        error_messages={"required": _("写一句为什么要调整，审议时要看。")},
    )


class AmendForm(Form):
    """One line of an amendment. Of a change only the fields that are filled are changed."""

    kind = forms.ChoiceField(
        label=_("怎样调"), choices=AmendmentLine.Kind.choices, widget=forms.RadioSelect, initial="change",
        error_messages={"required": _("选怎样调。")},
    )  # fmt: skip
    title = forms.CharField(label=_("事项改成"), max_length=200, required=False)
    track = forms.ChoiceField(
        label=_("纲还是目"),
        choices=[("", _("不改")), *PlanItem.Track.choices],
        required=False,
        help_text=_("调入时选。"),
    )
    facet = forms.ChoiceField(
        label=_("抓手"), choices=[("", _("不改")), *PlanItem.Facet.choices], required=False
    )
    due_on = DateField(label=_("期限改成"), required=False)
    place = forms.ChoiceField(
        label=_("调入的放在哪里"), choices=AmendmentLine.Place.choices, widget=forms.RadioSelect, required=False,
        initial=AmendmentLine.Place.AFTER,
    )  # fmt: skip

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        item = ItemField(
            queries.action_items(plan.pk), label=_("哪一项"), required=False, help_text=_("调入新的一项时不选。"),
            empty_label=_("请选择"), error_messages={"invalid_choice": _("这一项不在这份计划里，请重选。")},
        )  # fmt: skip
        anchor = ItemField(
            queries.items(plan.pk), label=_("以哪一项为准"), required=False, empty_label=_("不选，放在最后"),
            error_messages={"invalid_choice": _("这一项不在这份计划里，请重选。")},
        )  # fmt: skip
        lead = departments(plan.unit_id, required=False, label=_("牵头部门改成"), empty_label=_("不改"))
        leader = people(plan.unit_id, label=_("分管领导改成"), empty_label=_("不改"))
        kind, title, track, facet, due, place = (
            self.fields[n] for n in ("kind", "title", "track", "facet", "due_on", "place")
        )
        self.fields = {"kind": kind, "item": item, "title": title, "track": track, "facet": facet,
                       "lead_department": lead, "leader": leader, "due_on": due, "place": place,
                       "anchor": anchor}  # fmt: skip

    def values(self) -> dict[str, Any]:
        """What is given: for the action, without what was left empty. Only what comes in has a place."""
        left = {"kind", "item"}
        if self.cleaned_data["kind"] != AmendmentLine.Kind.ADD:
            left |= {"place", "anchor"}
        return {k: v for k, v in self.cleaned_data.items() if k not in left and v not in (None, "")}


class ProposeForm(Form):
    """Which meeting deals with it: one that has not been held."""

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Meeting.objects.filter(unit_id=unit_id, state="planned", party_org__isnull=True)
        rows = rows.select_related("kind").order_by("held_on")
        meeting = self.fields["meeting"] = forms.ModelChoiceField(
            rows, label=_("提到哪次会"), empty_label=None,
            error_messages={"required": _("选一次还没开的会；没有就先召集。"), "invalid_choice": _("这次会已经开过，请另选。")},
        )  # fmt: skip
        if not self.is_bound:
            meeting.choices = [(m.pk, f"{m} {cn_date(m.held_on, clock.today())}") for m in rows]


class LimitForm(Form):
    """How much one owner may have."""

    most_led = forms.IntegerField(
        label=_("一个部门、一个人最多几项"), min_value=1, max_value=999,
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value"), _("最多几项写1到999之间的数。")
        ),
    )  # fmt: skip


class CarryForm(Form):
    """Ticked items, each with a sentence of its own (``learnt-<id>``)."""

    def __init__(self, *args: Any, rows: QuerySet[PlanItem], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        gone = _("勾选的有已经办完或者结转过的，请再看一遍。")
        words = {"required": _("勾选要结转的事项。"), "invalid_choice": gone, "invalid_pk_value": gone}
        rows = rows.prefetch_related("co_departments")
        self.fields["items"] = forms.ModelMultipleChoiceField(rows, error_messages=words)
        self.ticked = set(self.data.getlist("items"))  # type: ignore[attr-defined]

    def chosen(self) -> list[tuple[PlanItem, str]]:
        said = {i: self.data.get(f"learnt-{i.pk}", "").replace("\0", "") for i in self.cleaned_data["items"]}
        return list(said.items())


class SkinReasonForm(Form):
    code = forms.CharField(max_length=12, widget=forms.HiddenInput)
    subject = forms.CharField(max_length=40, widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("可以这样的理由"),
        max_length=200,
        error_messages={"required": _("写一句理由，核准的人要看。")},
    )
