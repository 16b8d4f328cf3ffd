"""Forms of lists: the upload, how a sheet is read, who leaves."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from gangmu.common import clock
from gangmu.flow.rosters import Choice
from gangmu.papers import roster_words as words
from gangmu.papers.roster import Layout
from gangmu.web.forms import DateField, Form


class UploadForm(Form):
    file = forms.FileField(
        label=_l("名册文件"),
        help_text=_l(
            "Excel（.xlsx、.xls）或 WPS 表格（.et）。就用平时那一份，不用改成别的样子。标密文件一律拒收。"
        ),
        allow_empty_file=True,
        error_messages={"required": _l("先选一个文件。"), "missing": _l("先选一个文件。")},
    )

    def __init__(self, *args: Any, kinds: Iterable[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen = [("", _("看表头自己认")), *((k, _(words.KIND_HEADS[k])) for k in kinds)]
        self.fields["kind"] = forms.ChoiceField(label=_l("是哪一种"), required=False, choices=chosen)


class ReadForm(Form):
    """How a sheet is read: ``sheet``, ``kind``, ``since``, ``year`` and ``c0``, ``c1`` … for its columns."""

    sheet = forms.IntegerField(required=False, min_value=0, max_value=10_000)
    kind = forms.ChoiceField(required=False, choices=[("", ""), *((k, k) for k in words.KINDS)])
    since = DateField(required=False)
    year = forms.IntegerField(
        required=False, min_value=2000, max_value=2100,
        error_messages={"invalid": _l("年份写成四位数。"), "min_value": _l("年份写成四位数。"), "max_value": _l("年份写成四位数。")},
    )  # fmt: skip

    def clean_since(self) -> Any:
        since = self.cleaned_data["since"]
        if since and since > clock.today():
            raise forms.ValidationError(_("这一天还没有到。"))
        return since

    def choice(self, kind: str) -> Choice:
        """What was said, as far as it can be understood; ``kind`` as at the upload unless said otherwise."""
        self.full_clean()
        said = self.cleaned_data
        columns = {
            int(name[1:]): str(value)
            for name, value in self.data.items()
            if name[:1] == "c" and name[1:].isascii() and name[1:].isdecimal() and len(name) < 6
        }
        return Choice(said.get("kind") or kind, columns, said.get("since"), said.get("year"))

    @property
    def index(self) -> int | None:
        """The number of the sheet asked for."""
        self.full_clean()
        return self.cleaned_data.get("sheet")


def options(layout: Layout) -> list[tuple[str, str]]:
    """What a column can be read as: the fields of the kind, and the months that stand in this file."""
    found = [(f.code, _(f.head)) for f in words.FIELDS[layout.kind]]
    return found + [(c.field, month_word(c.field)) for c in layout.months()]


def month_word(code: str) -> str:
    """paid@2026-03 → 2026年3月实缴."""
    what, _at, when = code.partition("@")
    year = _("%(y)s年") % {"y": when[:4]} if len(when) > 2 else ""
    head = _("应缴") if what == "due" else _("实缴")
    return year + _("%(m)s月") % {"m": int(when[-2:])} + head


class LeaveForm(Form):
    on = DateField(label=_l("最后一天"), error_messages={"required": _l("写上是哪一天。")})
