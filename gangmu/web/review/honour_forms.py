"""Forms of honours."""

import re
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gangmu.common.errors import Invalid, Refused
from gangmu.org import queries as org
from gangmu.org.models import Department, PartyOrg, Person
from gangmu.papers import secrecy
from gangmu.plan.models import PlanItem
from gangmu.review.actions.honours import Recipients
from gangmu.review.models import Honour
from gangmu.review.queries import honours as queries
from gangmu.tasks.models import Task
from gangmu.web.fetch import LARGEST_KEY
from gangmu.web.forms import DateField, Form

MOST_NAMES = 60
_NUMBERED = re.compile(r"^(.+?)[（(]\s*(\S+?)\s*[)）]$")  # data


def task_named(task: Task) -> str:
    return str(_("任务：%(title)s（%(who)s）")) % {"title": task.title, "who": task.department}


def item_named(item: PlanItem) -> str:
    who = item.lead_department or _("未定部门")
    return str(_("事项：%(title)s（%(year)s年，%(who)s）")) % {
        "title": item.title,
        "year": item.plan.year,
        "who": who,
    }


def choices(unit_id: int, words: str) -> list[tuple[str, str]]:
    """Tasks and items that hold the words, as a field offers them: t12 a task, i34 an item."""
    tasks, items = queries.search(unit_id, words)
    return [*((f"t{t.pk}", task_named(t)) for t in tasks), *((f"i{i.pk}", item_named(i)) for i in items)]


def basis_of(unit_id: int, code: str) -> tuple[PlanItem | None, Task | None]:
    """The item or the task that a code names, if it may stand behind an honour of the unit."""
    kind, number = code[:1], code[1:]
    if not (number.isascii() and number.isdecimal() and int(number) <= LARGEST_KEY):
        return None, None
    if kind == "t":
        return None, queries.linkable_tasks(unit_id).select_related("person").filter(pk=int(number)).first()
    return (queries.linkable_items(unit_id).filter(pk=int(number)).first() if kind == "i" else None), None


class BasisForm(Form):
    """What stands behind an honour: searched for, then chosen; and why in one sentence."""

    reason = forms.CharField(label=_("凭什么得的，一句话"), max_length=200, required=False)

    def __init__(self, *args: Any, unit_id: int, words: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit_id, self.words = unit_id, words
        offered = choices(unit_id, words) if words else []
        empty = _("请选择") if offered else _("没有含这几个字的任务和事项") if words else _("先在上面找")
        basis = forms.CharField(
            label=_("任务或事项"), widget=forms.Select(choices=[("", empty), *offered]),
            error_messages={"required": _("找到任务或事项，选一项。")},
        )  # fmt: skip
        self.fields = {"basis": basis, **self.fields}

    def clean_basis(self) -> tuple[PlanItem | None, Task | None]:
        """What was chosen stays chosen when the page comes again."""
        code = self.cleaned_data["basis"]
        item, task = basis_of(self.unit_id, code)
        if item is None and task is None:
            raise forms.ValidationError(_("这一项不能作依据，请重新找。"))
        name = task_named(task) if task else item_named(item) if item else ""
        self.fields["basis"].widget.choices = [(code, name)]  # type: ignore[attr-defined]
        return item, task


class HonourForm(Form):
    """What the paper says and to whom. Of the two sides of the recipients only the one that ``holder`` names counts."""

    title = forms.CharField(
        label=_("荣誉名称"), max_length=120, error_messages={"required": _("写上荣誉叫什么，照文件或证书。")}
    )
    issuer = forms.CharField(
        label=_("颁授机关"), max_length=60, error_messages={"required": _("写上是哪个机关颁授的。")}
    )
    doc_no = forms.CharField(label=_("文号"), max_length=60, required=False)
    award = forms.ChoiceField(
        label=_("种类"), choices=Honour.Award.choices, error_messages={"required": _("选一种。")}
    )
    level = forms.ChoiceField(
        label=_("级别"), choices=Honour.Level.choices, error_messages={"required": _("选一级。")}
    )
    given_on = DateField(label=_("颁授日期"), error_messages={"required": _("写上文件或证书上的日期。")})
    until = DateField(label=_("有效期到"), required=False, help_text=_("没有期限就空着。"))
    holder = forms.ChoiceField(
        label=_("授给"), choices=Honour.Holder.choices, widget=forms.RadioSelect,
        help_text=_("选集体，看下面勾的；选个人，看下面写的姓名。"),
        error_messages={"required": _("选集体还是个人。")},
    )  # fmt: skip
    whole = forms.BooleanField(label=_("本院"), required=False)
    names = forms.CharField(
        label=_("个人：姓名，用顿号隔开"), max_length=1000, required=False, help_text=_("同名的在后面写上工号，如 张三（1032）。"),
    )  # fmt: skip
    note = forms.CharField(label=_("说明"), max_length=300, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    PLACES = {"recipients": "holder"}
    told = False  # that somebody else changed it since

    def __init__(self, *args: Any, unit_id: int, honour: Honour | None = None, **kwargs: Any) -> None:
        """``honour``: the one that is corrected; whoever received it stays a choice, also after leaving or closing."""
        kwargs["initial"] = {"award": Honour.Award.OTHER, "level": Honour.Level.CITY, "holder": Honour.Holder.COLLECTIVE} | (
            kwargs.get("initial") or {}
        )  # fmt: skip
        super().__init__(*args, **kwargs)
        self.unit_id, self.honour = unit_id, honour
        for name, model, open_, label in (
            ("departments", Department, org.departments(unit_id), _("部门")),
            ("party_orgs", PartyOrg, org.party_orgs(unit_id), _("党组织")),
        ):
            kept = Q(honours__honour=honour) if honour else Q(pk__in=())
            rows = model._default_manager.filter(Q(pk__in=open_.values("pk")) | kept).distinct()
            self.fields[name] = _many(rows, label)

    def clean_names(self) -> list[Person]:
        """The people, in the order written. A name that fits nobody or several is said."""
        if self.data.get("holder") != Honour.Holder.PERSON:
            return []
        parts = [p for p in re.split(r"[、,，;；\n\r]+", self.cleaned_data["names"]) if p.strip()]  # data
        tried = {_bare(w)[0] for p in parts for w in ("".join(p.split()), *p.split())}
        known = Person.objects.filter(unit_id=self.unit_id, name__in=tried).order_by("pk")
        people = list(known)
        names = {p.name for p in people}
        words = [w for p in parts for w in _words(p, names)]
        if len(words) > MOST_NAMES:
            raise forms.ValidationError(_("一条最多写%(n)s个人，再多请分开登记。") % {"n": MOST_NAMES})
        kept = set(self.honour.recipients.values_list("person_id", flat=True)) if self.honour else set()
        return [_one(word, people, kept) for word in words]

    def clean(self) -> dict[str, Any]:
        """Recipients of the side chosen; a mark of secrecy is refused here as at every entrance."""
        data = super().clean() or {}
        texts = [data.get(n) or "" for n in ("title", "issuer", "doc_no", "note")]
        if secrecy.marked([(text, "p") for text in texts]):
            raise forms.ValidationError(
                _("文字里有密级标志。本系统不处理国家秘密，没有存下；请按保密规定办理。")
            )
        whole, departments, orgs, people = (
            data.pop(n, None) for n in ("whole", "departments", "party_orgs", "names")
        )
        if data.pop("holder", "") == Honour.Holder.PERSON:
            data["recipients"] = Recipients(people=people or [])
        else:
            data["recipients"] = Recipients(
                unit=bool(whole), departments=departments or [], party_orgs=orgs or []
            )
        return data

    def refuse(self, no: Refused) -> None:
        errors = no.errors if isinstance(no, Invalid) else {}
        self.told = "" in errors
        placed = {self.PLACES.get(name, name): text for name, text in errors.items()}
        super().refuse(
            Invalid(no.message, field=self.PLACES.get(no.field or "", no.field), errors=placed or None)
        )


class RegisterForm(HonourForm):
    """Also what stands behind it, chosen before, and why."""

    basis = forms.CharField(widget=forms.HiddenInput, required=False, max_length=24)
    reason = forms.CharField(label=_("凭什么得的，一句话"), max_length=200, required=False)

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        data.pop("seen", None)
        code = data.pop("basis", "")
        data["item"], data["task"] = basis_of(self.unit_id, code)
        if code and data["item"] is None and data["task"] is None:
            raise forms.ValidationError(_("选的依据找不到了，请重新找一项，或者不要依据先登记。"))
        return data


def _words(part: str, names: set[str]) -> list[str]:
    """What stands between two commas: one name, spaced out perhaps (王　五), or several with spaces between."""
    whole = "".join(part.split())
    return [whole] if _bare(whole)[0] in names else part.split()


def _one(word: str, people: list[Person], kept: set[int]) -> Person:
    """Of the same name: who has the number, else who received it before, else the only one who is still here."""
    name, number = _bare(word)
    found = [p for p in people if p.name == name and (not number or p.number == number)]
    if not found:
        raise forms.ValidationError(_("本院名册里没有“%(name)s”。请对一下姓名。") % {"name": word})
    for chosen in ([p for p in found if p.pk in kept], [p for p in found if p.left_on is None], found):
        if len(chosen) == 1:
            return chosen[0]
    raise forms.ValidationError(
        _("叫“%(name)s”的有几位，请在后面写上工号，如 张三（1032）。") % {"name": name}
    )


def _bare(word: str) -> tuple[str, str]:
    """张三（1032） → 张三 and 1032; a bare name has no number."""
    found = _NUMBERED.match(word)
    return (found[1], found[2]) if found else (word, "")


def _many(rows: QuerySet, label: Any) -> forms.ModelMultipleChoiceField:
    return forms.ModelMultipleChoiceField(
        rows, label=label, required=False, widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("要选本院的。"), "invalid_pk_value": _("要选本院的。")},
    )  # fmt: skip


class WithdrawForm(Form):
    reason = forms.CharField(
        label=_("为什么撤销"), max_length=200, error_messages={"required": _("写一句为什么撤销，比如登重了、颁授机关收回。")}
    )  # fmt: skip
