"""The ledger of each list: what its columns are and where each comes from."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _l

from gangmu.events.models import Event
from gangmu.inspection.models import Finding, Inspection, TeamMember
from gangmu.meetings.models import Meeting
from gangmu.plan.models import EntryPoint, Plan, PlanItem
from gangmu.review.models import Honour
from gangmu.review.queries.honours import in_force_words
from gangmu.rules.models import Verdict
from gangmu.rules.registry import every
from gangmu.tasks.models import Task
from gangmu.web.export.ledgers import Sheet, words
from gangmu.web.rules.words import STRENGTH, SURE, period_word
from gangmu.web.wording import SOURCES, STEPS


def plans(rows: Iterable[Plan]) -> Sheet:
    heads = [(_("单位"), 24), (_("年度"), 8), (_("计划"), 32), (_("文号"), 18), (_("状态"), 10, words(Plan.State.choices)),
             (_("通过日期"), 12)]  # fmt: skip
    cells = ([p.unit, p.year, p.title, p.doc_no, p.get_state_display(), p.adopted_on] for p in rows)
    return Sheet(_("计划台账"), heads, cells)


def items(plan: Plan, rows: list[PlanItem], fours: Any) -> Sheet:
    heads = [(_("序号"), 8), (_("纲目"), 6, words(PlanItem.Track.choices)), (_("抓手"), 8, words(PlanItem.Facet.choices)),
             (_("事项"), 32), (_("牵头部门"), 14), (_("期限"), 14), (_("研究"), 10), (_("部署"), 10), (_("落实"), 10),
             (_("督查"), 10)]  # fmt: skip
    cells = (
        [i.label, i.get_track_display(), i.get_facet_display(), i.title, i.lead_department, i.due_on or i.due_raw,
         *(x.word for x in fours[i.pk])]
        for i in rows
    )  # fmt: skip
    return Sheet(plan.title, heads, cells)


def entry_points(title: str, rows: Iterable[EntryPoint]) -> Sheet:
    heads = [(_("党建事项"), 30), (_("党建牵头"), 14), (_("方式"), 8, words(EntryPoint.Kind.choices)), (_("业务事项"), 30),
             (_("业务牵头"), 14), (_("期望成效"), 30), (_("状态"), 10, words(EntryPoint.State.choices)), (_("实际成效"), 30),
             (_("见效日期"), 12)]  # fmt: skip
    cells = (
        [k.gang.title, k.gang.lead_department, k.get_kind_display(), k.mu.title, k.mu.lead_department, k.expected,
         k.get_state_display(), k.effect, k.effect_on]
        for k in rows
    )  # fmt: skip
    return Sheet(title, heads, cells)


def directives(rows: Iterable[Any]) -> Sheet:
    """``rows`` with their points counted."""
    heads = [
        (_("成文日期"), 12),
        (_("发文机关"), 24),
        (_("文号"), 20),
        (_("标题"), 36),
        (_("要求条数"), 10),
        (_("已答复"), 10),
    ]
    cells = ([d.issued_on, d.issuer, d.doc_no, d.title, d.total, d.answered] for d in rows)
    return Sheet(_("上级要求台账"), heads, cells)


def meetings(rows: Iterable[Any]) -> Sheet:
    """``rows`` with those due and present counted, and their tags."""
    heads = [(_("日期"), 12), (_("会议"), 30), (_("主题"), 30), (_("主持人"), 10), (_("应到"), 8), (_("实到"), 8), (_("同时算作"), 20),
             (_("状态"), 10, words(Meeting.State.choices))]  # fmt: skip
    cells = (
        [m.held_on, m, m.title, m.chair, m.due, m.came,
         _("、").join(t.kind.name for t in m.tags.all() if t.kind_id != m.kind_id), m.get_state_display()]
        for m in rows
    )  # fmt: skip
    return Sheet(_("会议台账"), heads, cells)


def tasks(rows: Iterable[Any]) -> Sheet:
    """``rows`` with their newest progress."""
    heads = [(_("任务"), 30), (_("纲目"), 6), (_("牵头部门"), 14), (_("责任人"), 10), (_("交办日期"), 12), (_("期限"), 12),
             (_("状态"), 10, words(Task.State.choices)), (_("最近进展"), 32), (_("进展日期"), 12)]  # fmt: skip
    cells = (
        [t.title, t.item.get_track_display() if t.item else "", t.department, t.person, t.issued_on, t.due_on,
         t.get_state_display(), t.progress_text, t.progress_on]
        for t in rows
    )  # fmt: skip
    return Sheet(_("任务台账"), heads, cells)


def inspections(rows: Iterable[Any]) -> Sheet:
    """``rows`` with items and findings counted, and their team."""
    heads = [(_("日期"), 12), (_("督查"), 30), (_("去哪里"), 20), (_("谁去"), 24), (_("查几条"), 8), (_("发现问题"), 10),
             (_("还在整改"), 10), (_("状态"), 10, words(Inspection.State.choices))]  # fmt: skip
    cells = (
        [i.visit_on, i.title, i.place, _("、").join(m.person.name for m in i.team.all()), i.items, i.found, i.open,
         i.get_state_display()]
        for i in rows
    )  # fmt: skip
    return Sheet(_("联合督查台账"), heads, cells)


def findings(rows: Iterable[Finding], earlier: Mapping[int, Finding]) -> Sheet:
    """``earlier``: by finding, an earlier one that is like it (重复发生)."""
    heads = [(_("督查"), 30), (_("督查日期"), 12), (_("业务事项"), 26), (_("哪一头"), 8, words(TeamMember.Side.choices)),
             (_("发现的问题"), 32), (_("原因"), 24), (_("整改部门"), 14), (_("整改期限"), 12),
             (_("状态"), 10, words(Finding.State.choices)), (_("复查日期"), 12), (_("复查人"), 10), (_("重复发生"), 30)]  # fmt: skip
    cells = (
        [f.line.inspection.title, f.line.inspection.visit_on, f.line.item.title, f.get_side_display(), f.text, f.cause,
         f.department, f.due_on, f.get_state_display(), f.rechecked_on, f.rechecked_by, _repeat(earlier.get(f.pk))]
        for f in rows
    )  # fmt: skip
    return Sheet(_("督查整改台账"), heads, cells)


def _repeat(earlier: Finding | None) -> str:
    if earlier is None:
        return ""
    return _("%(day)s：%(text)s") % {"day": earlier.line.inspection.visit_on, "text": earlier.text}


STANDS = {"given": _l("有效"), "over": _l("有效期已过"), "withdrawn": _l("已撤销")}


def honours(rows: Iterable[Honour], today: date) -> Sheet:
    """``rows`` with unit and recipients, in the order of the list: by date, nothing counted."""
    heads = [(_("颁授日期"), 12), (_("单位"), 12), (_("荣誉"), 30), (_("颁授机关"), 20), (_("文号"), 18),
             (_("级别"), 8, words(Honour.Level.choices)), (_("种类"), 10, words(Honour.Award.choices)),
             (_("集体或个人"), 10, words(Honour.Holder.choices)), (_("授给"), 22), (_("有效期到"), 12),
             (_("现在"), 12, tuple(str(w) for w in STANDS.values())), (_("说明"), 22)]  # fmt: skip
    cells = (
        [h.given_on, h.unit.short, h.title, h.issuer, h.doc_no, h.get_level_display(), h.get_award_display(),
         h.get_holder_display(), _("、").join(str(r) for r in h.recipients.all()), h.until,
         str(STANDS[in_force_words(h, today)]), h.withdrawn_reason or h.note]
        for h in rows
    )  # fmt: skip
    return Sheet(_("荣誉台账"), heads, cells)


def branches(rows: Iterable[Any]) -> Sheet:
    """``rows``: of ``party_life.queries.overview``."""
    heads = [(_("党支部"), 20), (_("正式党员"), 10), (_("预备党员"), 10), (_("支部书记"), 12), (_("届满日期"), 12),
             (_("最近党员大会"), 14), (_("最近支委会"), 14), (_("最近主题党日"), 14), (_("最近党课"), 14)]  # fmt: skip
    kinds = ("assembly", "committee", "theme_day", "lecture")
    cells = (
        [r.branch, r.voting, r.probationary, r.secretary, r.term_ends, *(r.last.get(k) for k in kinds)] for r in rows
    )  # fmt: skip
    return Sheet(_("党支部台账"), heads, cells)


def lamps(verdicts: Iterable[Any]) -> Sheet:
    """``verdicts`` with the names of their subjects: each lamp, its article, and how sure that is."""
    found, rules = list(verdicts), {rule.id: rule for rule in every()}
    heads = [(_("约束谁"), 20), (_("规定"), 30), (_("时段"), 14), (_("灯"), 10, words(Verdict.Lamp.choices)), (_("实际"), 8),
             (_("应有"), 8), (_("依据"), 30), (_("强度"), 18), (_("把握"), 16)]  # fmt: skip
    cells = (
        [v.subject_name, r.title, f"{v.period[:4]} {period_word(v.period)}",
         _("已免") if v.excused else v.get_lamp_display(), v.value, v.expected,
         f"{r.citation.regulation}{r.citation.article}", STRENGTH[r.strength], SURE[r.citation.sure][1]]
        for v in found if (r := rules.get(v.rule))
    )  # fmt: skip
    return Sheet(_("体检台账"), heads, cells)


def events(rows: Iterable[Event]) -> Sheet:
    """The chain for the audit administrator."""
    heads = [(_("序号"), 8), (_("记录在"), 18), (_("发生在"), 12), (_("经手人"), 12), (_("动作"), 12), (_("对象"), 32), (_("来源"), 8),
             (_("链值"), 68)]  # fmt: skip
    cells = (
        [e.seq, localtime(e.recorded_at), e.happened_on, e.actor_name, str(STEPS.get(e.verb, (e.verb, ""))[0]), e.label,
         str(SOURCES.get(e.source, e.source)), e.hash]
        for e in rows
    )  # fmt: skip
    return Sheet(_("审计记录"), heads, cells)
