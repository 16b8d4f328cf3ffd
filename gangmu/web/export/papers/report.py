"""述职 draft of a post holder: sentences from records, each with the number of the record it rests on."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from gangmu.inspection.models import Inspection
from gangmu.papers.official import Block, Body, Paper, Table
from gangmu.review.queries import Holder, Ledger, Side
from gangmu.web.export.papers.thread import knot_sentence
from gangmu.web.export.papers.words import day, label, names, sections

HAPPENED = (Inspection.State.VISITED, Inspection.State.CLOSED)


class Sources:
    """The records that the sentences rest on, numbered in the order in which they are named."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str]] = []
        self.sentences: list[dict[str, str]] = []
        self._known: dict[tuple[str, int], int] = {}

    def cite(self, kind: str, record: Any, title: str, on: date | None) -> str:
        """〔3〕: the number of the record, a new one when it was not named before."""
        key = (record._meta.label, record.pk)
        if key not in self._known:
            self.rows.append((kind, title, day(on)))
            self._known[key] = len(self.rows)
        return f"〔{self._known[key]}〕"

    def say(self, part: str, text: str, *marks: str) -> Block:
        """A sentence with its marks before the full stop."""
        whole = text.rstrip("。") + "".join(dict.fromkeys(marks)) + _("。")
        self.sentences.append({"方面": part, "文字": whole})
        return Block("p", whole)


def report(holder: Holder, ledger: Ledger, today: date) -> Paper:
    """Nothing but what is recorded; what only the person can say is left for the person."""
    sources = Sources()
    gang, mu = ledger.sides["gang"], ledger.sides["mu"]
    pen: Body = [Block("p", _("（由本人填写）"))]
    parts: list[tuple[str, Body]] = [
        (_("抓党建的情况"), _side(gang, _("抓党建"), sources)), (_("抓业务的情况"), _side(mu, _("抓业务"), sources)),
        (_("党建和业务结合的情况"), _knots(ledger, sources)), (_("存在的问题"), _gaps(ledger, sources, today)),
        (_("原因和下一步打算"), pen),
    ]  # fmt: skip
    rows = [(str(n), *row) for n, row in enumerate(sources.rows, start=1)]
    heads = (_("序号"), _("记录"), _("名称"), _("日期"))
    grounds: Body = (
        [Table(heads, rows, (0.9, 1.3, 5.4, 2.4))] if rows else [Block("p", _("没有可以引用的记录。"))]
    )
    facts = {
        "姓名": str(holder.person), "职务": holder.title, "年度": str(today.year), "句子": sources.sentences,
        "依据": [dict(zip(("序号", "记录", "名称", "日期"), row, strict=True)) for row in rows],
    }  # fmt: skip
    return Paper(
        title=_("%(year)s年度述职报告") % {"year": today.year},
        note=_("草稿，〔〕内是所据记录的序号"),
        body=[label(_("述职人"), holder.person), label(_("职务"), holder.title),
              *sections([*parts, (_("所据的记录"), grounds)])], facts=facts,
    )  # fmt: skip


def _side(side: Side, part: str, sources: Sources) -> Body:
    """Items, tasks, meetings and inspections of one track; what there is none of is left unsaid but for the items."""
    body: Body = []
    led = [(i, sources.cite(_("计划事项"), i, i.title, i.due_on)) for i in side.items]
    if led:
        words = {"n": len(led), "what": names(i.title + mark for i, mark in led)}
        body.append(sources.say(part, _("本年度计划中牵头%(n)s项：%(what)s。") % words))
    else:
        body.append(sources.say(part, _("本年度计划中没有牵头的事项。")))
    if joined := [(i, sources.cite(_("计划事项"), i, i.title, i.due_on)) for i in side.joined]:
        words = {"n": len(joined), "what": names(i.title + mark for i, mark in joined)}
        body.append(sources.say(part, _("配合%(n)s项：%(what)s。") % words))
    return body + _tasks(side, part, sources) + _meetings(side, part, sources) + _visits(side, part, sources)


def _tasks(side: Side, part: str, sources: Sources) -> Body:
    body: Body = []
    for task in side.tasks.finished:
        mark = sources.cite(_("任务"), task, task.title, task.verified_on)
        said = (
            _("，办理情况：%(text)s") % {"text": task.progress_text.rstrip("。")}
            if task.progress_text
            else ""
        )
        words = {"title": task.title, "day": day(task.verified_on)}
        body.append(sources.say(part, _("“%(title)s”%(day)s核查通过") % words + said, mark))
    if running := [(t, sources.cite(_("任务"), t, t.title, t.due_on)) for t in side.tasks.running]:
        words = {"n": str(len(running)), "what": names(t.title + mark for t, mark in running)}
        body.append(sources.say(part, _("在办%(n)s件：%(what)s。") % words))
    return body


def _meetings(side: Side, part: str, sources: Sources) -> Body:
    came = side.meetings.came
    if not came:
        return []
    marks = [sources.cite(_("会议"), a.meeting, str(a.meeting), a.meeting.held_on) for a in came]
    return [sources.say(part, _("到会%(n)s次") % {"n": len(came)}, *marks)]


def _visits(side: Side, part: str, sources: Sources) -> Body:
    seen = [t.inspection for t in side.inspections if t.inspection.state in HAPPENED]
    marks = [sources.cite(_("督查"), i, i.title, i.visit_on) for i in seen]
    return [sources.say(part, _("参加联合督查%(n)s次") % {"n": len(marks)}, *marks)] if marks else []


def _knots(ledger: Ledger, sources: Sources) -> Body:
    """Those with an effect recorded, each in a sentence; the others by name."""
    part = _("结合")
    if not ledger.knots:
        return [sources.say(part, _("牵头的事项没有结上切入点。"))]
    marked = [(k, sources.cite(_("切入点"), k, str(k), k.effect_on)) for k in ledger.knots]
    body: Body = [sources.say(part, knot_sentence(k), mark) for k, mark in marked if k.effect]
    if waiting := [f"{k}{mark}" for k, mark in marked if not k.effect]:
        words = {"n": len(waiting), "what": _("；").join(waiting)}
        body.append(sources.say(part, _("另有%(n)s处切入点的实效未记：%(what)s。") % words))
    return body


def _gaps(ledger: Ledger, sources: Sources, today: date) -> Body:
    """Tasks past their date, findings not closed, absences; that there are none is said only when so."""
    part = _("问题")
    body: Body = []
    for side in ledger.sides.values():
        for task in (t for t in side.tasks.running if t.due_on < today):
            mark = sources.cite(_("任务"), task, task.title, task.due_on)
            words = {"title": task.title, "day": day(task.due_on)}
            body.append(sources.say(part, _("“%(title)s”期限%(day)s，逾期没有办结") % words, mark))
        for finding in (f for f in side.findings if f.state != "closed"):
            mark = sources.cite(_("督查发现"), finding, finding.text, finding.due_on)
            words = {"text": finding.text.rstrip("。"), "day": day(finding.due_on)}
            body.append(sources.say(part, _("督查发现“%(text)s”，整改期限%(day)s，还没有销号") % words, mark))
        for row in side.meetings.absent:
            mark = sources.cite(_("会议"), row.meeting, str(row.meeting), row.meeting.held_on)
            words = {"meeting": str(row.meeting), "why": row.reason or _("事由未记")}
            body.append(sources.say(part, _("%(meeting)s缺席（%(why)s）") % words, mark))
    return body or [sources.say(part, _("记录中没有逾期的任务、没有销号的问题和缺席的会议。"))]
