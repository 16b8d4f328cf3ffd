"""Forms of the inspection room."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gangmu.common import clock
from gangmu.inspection.actions.inspections import FULL_TIME
from gangmu.inspection.models import Inspection, Line, TeamMember
from gangmu.inspection.queries import programme
from gangmu.org import queries as org
from gangmu.org.models import Person, Post
from gangmu.plan import proposals
from gangmu.plan import queries as plans
from gangmu.plan.models import EntryPoint, PlanItem
from gangmu.web.choosing import ItemField, ItemsField
from gangmu.web.forms import DateField, Form, departments


def _choice(label: Any) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        None, label=label, widget=forms.CheckboxSelectMultiple, required=False
    )


def _kind(**kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("哪一种"), choices=Inspection.Kind.choices, widget=forms.RadioSelect, **kwargs,
        error_messages={"required": _("选一种：联合督查、联系点走访、调研。")},
    )  # fmt: skip


def _title() -> forms.CharField:
    return forms.CharField(
        label=_("督查事由"), max_length=120, error_messages={"required": _("写上督查什么，一句话。")}
    )


def _topic() -> forms.CharField:
    return forms.CharField(label=_("调研题目"), max_length=120, required=False, help_text=_("调研才写"))


class BranchChoice(forms.ModelChoiceField):
    """Branches, each with how often its departments were asked for something this month."""

    asked: dict[int, programme.Asked] = {}

    def label_from_instance(self, obj: Any) -> str:
        n = sum(self.asked[d.pk].total for d in obj.departments.all() if d.pk in self.asked)
        return _("%(name)s（本月已要过%(n)d次）") % {"name": obj.name, "n": n} if n else obj.name


def _branch(unit_id: int, asked: dict[int, programme.Asked] | None = None) -> BranchChoice:
    rows = (
        org.party_orgs(unit_id).filter(kind__in=["branch", "general_branch"]).prefetch_related("departments")
    )
    field = BranchChoice(rows, label=_("联系点支部"), empty_label=_("不是走访联系点"), required=False)
    field.asked = asked or {}
    return field


class PlanVisitForm(Form):
    """A visit on the year's programme: what, when, where. Who goes is said when it is ordered."""

    title = _title()
    kind = _kind(initial=Inspection.Kind.INSPECTION)
    visit_on = DateField(label=_("打算哪天去"), error_messages={"required": _("写上打算去的日期。")})
    topic = _topic()

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["departments"] = forms.ModelMultipleChoiceField(
            org.departments(unit_id),
            label=_("去哪些部门"),
            widget=forms.CheckboxSelectMultiple,
            required=False,
        )
        self.fields["branch"] = _branch(unit_id)
        self.order_fields(["title", "kind", "visit_on", "departments", "branch", "topic"])


class OrderForm(Form):
    """Both kinds of people, and business items of the plan in force, by department or looked for by words."""

    kind = _kind(initial=Inspection.Kind.INSPECTION)
    title = _title()
    visit_on = DateField(label=_("哪天去"), error_messages={"required": _("写上去的日期。")})
    place = forms.CharField(label=_("去哪里"), max_length=100, required=False)
    topic = _topic()
    party_people = _choice(_("党务这一头"))
    business_people = _choice(_("业务这一头"))

    def __init__(
        self, *args: Any, unit_id: int, planned: Any, asked: dict[int, programme.Asked], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        plan = plans.newest_plan(unit_id)
        adopted = plan if plan and plan.adopted_on else None
        rows = plans.action_items(adopted.pk).filter(track="mu") if adopted else PlanItem.objects.none()
        self.asked = asked
        self.fields["items"] = ItemsField(rows, label=_("查哪些业务事项"), required=False)
        self.fields["planned"] = forms.ModelChoiceField(planned, required=False, widget=forms.HiddenInput)
        self.fields["leader"] = forms.ModelChoiceField(None, label=_("带队院领导"), required=False)
        self.fields["branch"] = _branch(unit_id, asked)
        self._people(unit_id)

    def _people(self, unit_id: int) -> None:
        """Who may go for which side, by the posts of today: one query for the three choices."""
        heads, today = [Post.Kind.DEPARTMENT_HEAD], clock.today()
        posts = Post.objects.filter(
            org.in_force(today), unit_id=unit_id, kind__in=[*FULL_TIME, *heads, *LEADERS]
        )
        held = list(posts.select_related("person__department").order_by("person_id"))
        for name, kinds in (("party_people", FULL_TIME), ("business_people", heads), ("leader", LEADERS)):
            field, people = self.fields[name], {p.person_id: p.person for p in held if p.kind in kinds}
            field.queryset = org.holders(unit_id, kinds, today)  # type: ignore[attr-defined]
            word = _with_department if name == "business_people" else str
            choices = [(pk, word(person)) for pk, person in people.items()]
            field.choices = [("", _("没有")), *choices] if name == "leader" else choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """All that a joint inspection lacks is said at once; the action says it again, one by one."""
        data = super().clean() or {}
        if data.get("kind") == Inspection.Kind.INSPECTION:
            for name, sentence in WANTED_BY_ALL.items():
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, sentence)
        return data


LEADERS = (Post.Kind.GROUP_SECRETARY, Post.Kind.GROUP_MEMBER, Post.Kind.CHIEF, Post.Kind.DEPUTY_CHIEF)
WANTED_BY_ALL = {
    "party_people": _("至少选一位专职党务人员。"),
    "business_people": _("至少选一位业务部门正职。"),
    "items": _("至少选一项要查的业务事项。"),
}


def _with_department(person: Person) -> str:
    return f"{person.name} {person.department.name}" if person.department else person.name


class LookForm(Form):
    business_effect = forms.CharField(
        label=_("业务实效"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("业务实效还没写。查业务也要查党建，两头都写才算查过。")},
    )  # fmt: skip
    party_effect = forms.CharField(
        label=_("党建实效"), max_length=300, widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("党建实效还没写。查业务也要查党建，两头都写才算查过。")},
    )  # fmt: skip
    grade = forms.ChoiceField(
        label=_("比照期望"), choices=Line.Grade.choices, widget=forms.RadioSelect,
        error_messages={"required": _("比照期望选一项：已见效、部分见效还是未见效。")},
    )  # fmt: skip
    seen = forms.CharField(
        required=False, max_length=6, widget=forms.HiddenInput
    )  # the stamp of what was shown

    @classmethod
    def of(cls, line: Line) -> "LookForm":
        names = ("business_effect", "party_effect", "grade")
        return cls(initial={n: getattr(line, n) for n in names}, prefix=f"l{line.pk}")


class RaiseForm(Form):
    text = forms.CharField(
        label=_("发现的问题，一句话"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("写上发现了什么问题，一句话。")},
    )  # fmt: skip
    side = forms.ChoiceField(
        label=_("哪一头的"), choices=TeamMember.Side.choices, widget=forms.RadioSelect,
        error_messages={"required": _("选一头：党务还是业务。")},
    )  # fmt: skip
    due_on = DateField(label=_("整改期限"), error_messages={"required": _("写上整改到哪天。")})
    cause = forms.CharField(label=_("原因"), max_length=200, required=False)

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["department"] = departments(
            unit_id,
            label=_("整改部门"),
            empty_label=_("选一个部门"),
            error_messages={"required": _("选整改的部门。")},
        )
        self.order_fields(["text", "side", "department", "due_on", "cause"])


class RecheckForm(Form):
    """Which button was pressed says whether it passed."""

    passed = forms.BooleanField(required=False)
    note = forms.CharField(label=_("还差什么"), max_length=200, required=False)


class WriteUpForm(Form):
    gist = forms.CharField(
        label=_("走访所见"), max_length=600, widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": _("写几句走访看到了什么、要带回去什么。")},
    )  # fmt: skip


class ReasonForm(Form):
    """Why a visit is called off, or a proposal declined."""

    reason = forms.CharField(
        label=_("理由，一句话"), max_length=200, error_messages={"required": _("写一句理由。")}
    )


class MergeForm(Form):
    other: forms.ModelChoiceField = forms.ModelChoiceField(
        None,
        error_messages={"required": _("选要并进来的那一次。"), "invalid_choice": _("选要并进来的那一次。")},
    )

    def __init__(self, *args: Any, rows: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["other"].queryset = rows  # type: ignore[attr-defined]


class AddItemForm(Form):
    """One more business item of the plan in force."""

    item: forms.ModelChoiceField = forms.ModelChoiceField(
        None,
        error_messages={"required": _("选要加的一项。"), "invalid_choice": _("选已通过计划里的一项业务。")},
    )

    def __init__(self, *args: Any, unit_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        plan = plans.newest_plan(unit_id)
        rows = (
            plans.action_items(plan.pk).filter(track="mu")
            if plan and plan.adopted_on
            else PlanItem.objects.none()
        )
        self.fields["item"].queryset = self.rows = rows  # type: ignore[attr-defined]

    def found(self, words: str, present: set[int]) -> list[PlanItem]:
        """Up to ten whose title has the words, without those that are looked at already."""
        q = words.strip()[:50].replace("\0", "")
        return list(self.rows.filter(title__icontains=q).exclude(pk__in=present)[:10]) if q else []


class ProposeForm(Form):
    """A way in seen on the visit: the party item that worked on this business item."""

    kind = forms.ChoiceField(
        label=_("怎么起作用"), choices=EntryPoint.Kind.choices, widget=forms.RadioSelect,
        error_messages={"required": _("选一种方式：推动、保证、监督、教育、组织。")},
    )  # fmt: skip
    expected = forms.CharField(
        label=_("期望看到什么成效"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("写一句期望看到的成效，下次督查要对着它看。")},
    )  # fmt: skip

    def __init__(self, *args: Any, item: PlanItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gang"] = ItemField(
            plans.other_side(item), lambda: proposals.near(item), label=_("哪一项党建"),
            empty_label=_("选一项"),
            error_messages={"required": _("选一项党建事项。"), "invalid_choice": _("选一项党建事项。")},
        )  # fmt: skip
        self.order_fields(["gang", "kind", "expected"])


class SheetForm(Form):
    file = forms.FileField(
        label=_("填好的记录表"), help_text=_("这次督查下载的 .xlsx 或 .docx。读完先给您看，不直接写入。"), allow_empty_file=True,
        error_messages={"required": _("先选一个文件。"), "missing": _("先选一个文件。")},
    )  # fmt: skip


class AdoptSheetForm(Form):
    """Lines to be written over although somebody wrote them meanwhile."""

    over = forms.TypedMultipleChoiceField(coerce=int, required=False)

    def __init__(self, *args: Any, lines: list[int], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["over"].choices = [(pk, pk) for pk in lines]  # type: ignore[attr-defined]
