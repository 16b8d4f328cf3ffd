"""Writes a 迎检包: one .zip on disk with an index, a paper for each record, ledgers, and the lamps with their articles."""

import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from django.db.models import Prefetch
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.common.errors import Invalid
from gangmu.flow import bundle, lamps
from gangmu.flow.bundle import Bundle, each
from gangmu.inspection import queries as inspections
from gangmu.inspection.models import Finding, Inspection
from gangmu.jobs.registry import Made, Run, register
from gangmu.meetings import queries as meetings
from gangmu.meetings.models import MeetingTag
from gangmu.papers.names import Names
from gangmu.papers.official import Block, Paper, Table, day_text, write
from gangmu.plan import queries as plans
from gangmu.plan.models import PlanItem
from gangmu.review.queries import honours
from gangmu.rules.registry import Rule, every
from gangmu.tasks import queries as tasks
from gangmu.web.export import lists, papers
from gangmu.web.export.ledgers import MOST, Sheet, book
from gangmu.web.export.papers.words import cell_day, label, sections
from gangmu.web.rules.words import STRENGTH, SURE, named, period_word

OF_MEETING = ("unit", "kind", "party_org", "chair", "recorder")
OF_TASK = (
    "unit", "department", "person", "verified_by", "item__plan", "finding", "measure__problem__campaign",
    "decision__agenda_item__meeting__kind",
    "decision__agenda_item__meeting__party_org",
)  # fmt: skip
AT_LEAST = 4  # steps beside the records: ledgers, lamps, index


@register("papers.pack")
def pack(run: Run, *, scope: str, key: str, start: str, end: str) -> Made:
    """Gathered anew by who asked, with the rights of the moment it runs."""
    found = bundle.gather(
        scope=scope, key=key, start=date.fromisoformat(start), end=date.fromisoformat(end), by=run.actor
    )
    if not any(rows.exists() for rows in found.sets):
        raise Invalid(_("这个范围里没有您能看的记录，没有做迎检包。换个时段，或请党办做。"))
    path = run.file()
    count = write_pack(found, path, run)
    name = Names().path("", _("迎检包 %(what)s") % {"what": found.title}, "zip")
    return Made(path=path, name=name, message=_("共%(n)s份材料，目录在最前面。") % {"n": count})


@dataclass
class Pack:
    """The archive under way. ``index``: (what, date, article, file) of everything that is in it."""

    archive: zipfile.ZipFile
    article: str = ""
    names: Names = field(default_factory=Names)
    index: list[tuple[str, date | None, str, str]] = field(default_factory=list)

    def put(self, folder: str, name: str, suffix: str, data: bytes, *, on: date | None = None) -> None:
        path = self.names.path(folder, f"{on.isoformat()} {name}" if on else name, suffix)
        self.archive.writestr(path, data)
        self.index.append((name, on, self.article, path))


def write_pack(found: Bundle, path: Path, run: Run) -> int:
    """Streams to ``path``, a record at a time; returns the number of files, the index not counted."""
    run.expect(sum(rows.count() for rows in found.sets[:4]) + AT_LEAST, _("正在写材料"))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        made = Pack(archive, _article(found))
        for folder, name, on, paper in _records(found):
            made.put(folder, name, "docx", write(paper), on=on)
            run.step(note=name)
        for sheet in _sheets(found, run.actor.unit_id):
            made.put(_("5台账"), sheet.title, "xlsx", book(sheet))
        if found.verdicts.exists():
            made.put(
                _("6体检"),
                _("体检结论"),
                "docx",
                write(verdicts(named(found.verdicts).order_by("rule", "subject_id", "start"), found.title)),
            )
        run.step(AT_LEAST, note=_("正在写目录"))
        archive.writestr(made.names.path("", _("0目录"), "docx"), write(_index(found, made)))
    return len(made.index)


def _article(found: Bundle) -> str:
    """The article that everything here proves, when it is about one rule."""
    ids = list(found.verdicts.order_by().values_list("rule", flat=True).distinct()[:2])
    rules = {rule.id: rule for rule in every()}
    return cited(rules[ids[0]]) if len(ids) == 1 and ids[0] in rules else ""


def cited(rule: Rule) -> str:
    return f"{rule.citation.regulation}{rule.citation.article}"


def _records(found: Bundle) -> Iterator[tuple[str, str, date | None, Paper]]:
    """(folder, what, day, paper) of every record, by kind and then in the order of days."""
    for meeting in each(found.meetings.order_by("held_on", "pk"), *OF_MEETING):
        yield _("1会议"), str(meeting), meeting.held_on, papers.minutes(meeting)
    for item in each(found.items.order_by("plan_id", "position"), "plan__unit", "lead_department"):
        yield _("2事项"), item.title, None, _thread(item)
    for task in each(found.tasks.order_by("issued_on", "pk"), *OF_TASK):
        yield _("3任务"), task.title, task.issued_on, papers.notice(task)
    for visit in each(found.inspections.order_by("visit_on", "pk"), "unit"):
        seen = visit.state in (Inspection.State.VISITED, Inspection.State.CLOSED)
        yield (
            _("4督查"),
            visit.title,
            visit.visit_on,
            (papers.inspection_circular if seen else papers.order)(visit),
        )


def _thread(item: PlanItem) -> Paper:
    found = list(tasks.of_item(item.pk))
    four = lamps.of_items([item], item.plan, tasks.carried_from(found))[item.pk]
    return papers.thread(item, four, plans.knots_of(item), found, clock.today())


def _sheets(found: Bundle, unit_id: int) -> Iterator[Sheet]:
    """A ledger for each kind of record that there is any of."""
    if found.meetings.exists():
        tags = Prefetch("tags", MeetingTag.objects.select_related("kind"))
        rows = meetings.meetings(unit_id).filter(pk__in=found.meetings.values("pk")).prefetch_related(tags)
        yield lists.meetings(rows[:MOST])
    if found.tasks.exists():
        yield lists.tasks(tasks.with_progress(found.tasks.order_by("due_on", "pk"))[:MOST])
    if found.inspections.exists():
        yield lists.inspections(
            inspections.inspections(unit_id).filter(pk__in=found.inspections.values("pk"))[:MOST]
        )
        raised = Finding.objects.filter(line__inspection__in=found.inspections.values("pk")).order_by(
            "due_on", "pk"
        )
        related = ("line__inspection", "line__item", "department", "rechecked_by")
        rows_of = list(raised.select_related(*related)[:MOST])
        yield lists.findings(rows_of, inspections.earlier_alike(rows_of))
    if found.directives.exists():
        counted = plans.directives(unit_id).filter(pk__in=found.directives.values("pk"))
        yield lists.directives(counted.order_by("issued_on", "pk")[:MOST])
    if found.knots.exists():
        knots = found.knots.select_related("gang__lead_department", "mu__lead_department")
        yield lists.entry_points(_("切入点台账"), knots.order_by("mu__position", "pk")[:MOST])
    if found.honours.exists():
        yield lists.honours(honours.listed(found.honours)[:MOST], clock.today())
    if found.verdicts.exists():
        yield lists.lamps(named(found.verdicts).order_by("rule", "subject_id", "start")[:MOST])


def verdicts(rows: Iterable[Any], title: str) -> Paper:
    """体检结论: each lamp with its article, the figure, and how sure the article is."""
    rules = {rule.id: rule for rule in every()}
    heads = (_("约束谁"), _("规定"), _("时段"), _("结论"), _("实际／应有"), _("依据"), _("把握"))
    found = [(v, rules[v.rule]) for v in rows if v.rule in rules]
    cells = [
        (v.subject_name, str(r.title), f"{v.period[:4]}\n{period_word(v.period)}",
         _("已免") if v.excused else str(v.get_lamp_display()), f"{v.value}／{v.expected}",
         f"{cited(r)}：{r.citation.text}\n{STRENGTH[r.strength]}", str(SURE[r.citation.sure][1]))
        for v, r in found
    ]  # fmt: skip
    return Paper(
        title=_("%(what)s体检结论") % {"what": title}, landscape=True,
        note=_("条文为转述；没有核到原文的，照实标明"), body=[Table(heads, cells, (2, 2.6, 1.2, 1.6, 1.4, 5, 1.6))],
    )  # fmt: skip


def _index(found: Bundle, made: Pack) -> Paper:
    """目录: number, what, date, article, file."""
    heads = (_("序号"), _("材料"), _("日期"), _("依据条文"), _("文件"))
    rows = [
        (str(n), what, cell_day(on), article, path) for n, (what, on, article, path) in enumerate(made.index, start=1)
    ]  # fmt: skip
    body: list[Any] = [
        label(_("范围"), found.title), label(_("制作日期"), day_text(clock.today())),
        Block("p", _("以下材料由系统记录生成，只含制作人有权看到的部分。没有的记录没有补写。")),
        *sections([(_("材料目录"), [Table(heads, rows, (0.8, 3.4, 1.7, 2.4, 4.2))])]),
    ]  # fmt: skip
    return Paper(title=_("迎检材料目录"), body=body)
