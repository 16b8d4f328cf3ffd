"""Forms for minutes that come in as a paper: which meeting it is, and what of it is taken."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gangmu.flow import minutes_in
from gangmu.flow.minutes_in import Facts, NewDecision, NewTopic, Reading
from gangmu.meetings.models import AgendaItem, Attendance, Meeting
from gangmu.org import queries as org
from gangmu.org.actor import Actor
from gangmu.org.models import Department
from gangmu.papers.minutes import Decision, about
from gangmu.web.forms import DateField, Form, people
from gangmu.web.meetings.forms import NewForm, RecordForm

MOST = 80  # decisions offered to be taken; what is beyond stays beside the original
NEW, FILL = "new", "fill"


class BringForm(Form):
    file = forms.FileField(
        label=_("会议纪要或会议记录"),
        help_text=_("Word（.docx、.doc、.wps）、网页、文本都行。标密文件一律拒收。"),
        allow_empty_file=True,
        error_messages={"required": _("先选一个文件。"), "missing": _("先选一个文件。")},
    )


class FactsForm(NewForm):
    """Kind, body and day: only those a person may convene."""

    def __init__(self, *args: Any, by: Actor, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        for name in ("place", "title", "also", "chair", "recorder"):
            del self.fields[name]
        self.fields["held_on"].label = _("哪天开的")

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        kind, body = data.get("kind"), data.get("party_org")
        if kind and (kind.due in minutes_in.BRANCH_DUE) != (body is not None):
            self.add_error("party_org", _("支部的会选支部；党组会、检察长办公会不选。"))
        return data

    @property
    def facts(self) -> Facts:
        data = self.cleaned_data
        return Facts(data["kind"], data["held_on"], data["party_org"])


class TakeForm(RecordForm):
    """Attendance, and a row for each topic and each sentence that may be a decision.

    Field names: ``t0`` take the topic, ``t0-title``, ``t0-topic``, ``t0-way``; ``t0d1`` take the decision, ``t0d1-text``,
    ``t0d1-department``, ``t0d1-due_on``.
    """

    number = forms.IntegerField(label=_("第几次"), min_value=1, max_value=999, required=False)
    place = forms.CharField(label=_("地点"), max_length=60, required=False)

    def __init__(
        self,
        *args: Any,
        reading: Reading,
        found: Meeting | None,
        unit_id: int,
        rows: Iterable[Attendance],
        **kwargs: Any,
    ) -> None:
        head = reading.minutes.head
        kwargs["initial"] = {
            "number": head.number,
            "place": head.place[:60],
            "chair": reading.chair,
            "recorder": reading.recorder,
        } | (kwargs.get("initial") or {})
        super().__init__(*args, rows=rows, recorded=True, **kwargs)
        self.reading, self.found = reading, found
        if found is None:
            self.fields["chair"] = people(unit_id, label=_("主持人"), empty_label=_("没有写"))
            self.fields["recorder"] = people(unit_id, label=_("记录人"), empty_label=_("没有写"))
        else:
            words = [(FILL, _("记进已有的“%(m)s”") % {"m": found}), (NEW, _("另建一次会"))]
            self.fields["into"] = forms.ChoiceField(
                label=_("这一天已经有这个会"), choices=words, initial=FILL, widget=forms.RadioSelect
            )
            for name in ("number", "place"):
                del self.fields[name]
        self.departments: dict[int, Department] = {d.pk: d for d in org.departments(unit_id)}
        self.offered = 0
        for i, topic in enumerate(reading.minutes.topics):
            self._topic(i, topic)

    def _topic(self, i: int, topic: Any) -> None:
        self.fields[f"t{i}"] = forms.BooleanField(
            label=_("记这个议题"), required=False, initial=not topic.sensitive
        )
        self.fields[f"t{i}-title"] = forms.CharField(
            label=_("议题"), max_length=120, required=False, initial=topic.title[:120]
        )
        self.fields[f"t{i}-topic"] = forms.ChoiceField(
            label=_("类别"),
            choices=AgendaItem.Topic.choices,
            required=False,
            initial=about(topic.title),
        )
        if topic.party_way:
            self.fields[f"t{i}-way"] = forms.CharField(
                label=_("党建切入方式"), max_length=200, required=False, initial=topic.party_way[:200]
            )
        for j, decision in enumerate(topic.decisions):
            if self.offered < MOST:
                self.offered += 1
                self._decision(f"t{i}d{j}", decision)

    def _decision(self, key: str, decision: Decision) -> None:
        department = self.reading.department(decision.lead)
        whole = department is None and bool(decision.lead)
        text = (decision.raw if whole else decision.text).rstrip("。；;")
        due = decision.due
        self.fields[key] = forms.BooleanField(label=_("记为决定"), required=False, initial=decision.firm)
        self.fields[f"{key}-text"] = forms.CharField(
            label=_("决定"),
            max_length=300,
            required=False,
            initial=text[:300],
            widget=forms.Textarea(attrs={"rows": 2}),
        )
        names = [("", _("还没定")), *((str(pk), d.name) for pk, d in self.departments.items())]
        self.fields[f"{key}-department"] = forms.ChoiceField(
            label=_("牵头部门"), choices=names, required=False, initial=str(department or "")
        )
        self.fields[f"{key}-due_on"] = DateField(
            label=_("期限"), required=False, initial=due.date if due and not due.invalid else None
        )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for name, value in list(data.items()):
            wanted = f"{name}-text" if "d" in name else f"{name}-title"
            if value is True and wanted in self.fields and not str(data.get(wanted, "")).strip():
                self.add_error(wanted, _("勾上了就要写一句；不记就去掉勾。"))
        return data

    @property
    def topics(self) -> list[NewTopic]:
        data = self.cleaned_data
        out = []
        for i, topic in enumerate(self.reading.minutes.topics):
            if not data.get(f"t{i}"):
                continue
            new = NewTopic(
                data[f"t{i}-title"].strip(),
                data[f"t{i}-topic"] or AgendaItem.Topic.OTHER,
                data.get(f"t{i}-way", ""),
                topic.vote,
                index=i,
            )
            new.decisions = [
                self._taken(f"t{i}d{j}") for j in range(len(topic.decisions)) if data.get(f"t{i}d{j}")
            ]
            out.append(new)
        return out

    def _taken(self, key: str) -> NewDecision:
        data = self.cleaned_data
        department = data[f"{key}-department"]
        return NewDecision(
            data[f"{key}-text"].strip(),
            self.departments[int(department)] if department else None,
            data[f"{key}-due_on"],
            key,
        )

    @property
    def fills(self) -> Meeting | None:
        return self.found if self.cleaned_data.get("into") == FILL else None
