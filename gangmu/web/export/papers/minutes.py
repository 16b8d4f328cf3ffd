"""会议纪要: who was there, what was decided, in the order of the agenda."""

from typing import Any

from django.utils.translation import gettext as _

from gangmu.meetings import queries as meetings
from gangmu.meetings.models import AgendaItem, Attendance, Decision, Meeting
from gangmu.papers.official import Block, Body, Paper
from gangmu.web.export.papers.words import day, label, names, or_unrecorded, sections, sentence


def minutes(meeting: Meeting) -> Paper:
    """A body of the whole unit has its red head; a branch keeps a plain record. 出席 stands after the text."""
    rows = list(meeting.attendances.select_related("person"))
    topics = list(meeting.agenda.select_related("vote").prefetch_related("decisions__department"))
    quorum = meetings.quorum_of(meeting, rows)
    who = _who(rows)
    body: Body = [
        label(_("时间"), day(meeting.held_on)), label(_("地点"), meeting.place), label(_("主持"), meeting.chair),
    ]  # fmt: skip
    if rows:
        words = {"due": quorum.due, "present": quorum.present}
        body.append(Block("p", _("应到%(due)s人，实到%(present)s人。") % words))
    body += sections(
        (topic.title, topic_blocks(topic) or [Block("p", _("没有议定事项的记录。"))]) for topic in topics
    )
    body += [Block("p", line) for line in meeting.gist.splitlines() if line.strip()]
    after: Body = [label(name, people) for name, people in who if people or name == _("出席")]
    after.append(label(_("记录"), meeting.recorder))
    ours = meeting.party_org_id is None
    final = meeting.state == Meeting.State.FINAL
    return Paper(
        title=_("%(meeting)s会议纪要") % {"meeting": meeting}, body=body, after=after,
        head=_("%(unit)s%(kind)s纪要") % {"unit": meeting.unit, "kind": meeting.kind} if ours else "",
        issue=_("第%(n)s次") % {"n": meeting.number} if ours else "", issued_by=meeting.unit.name if ours else "",
        note="" if final else _("草稿，还没有定稿"), signed_on=meeting.final_on if final else None,
        facts=_facts(meeting, topics, who, quorum),
    )  # fmt: skip


def topic_blocks(topic: AgendaItem) -> list[Any]:
    """The way in, the vote and the decisions of one topic, as far as recorded."""
    blocks: list[Any] = []
    if topic.party_way:
        blocks.append(
            Block("p", sentence(_("党建切入方式：%(way)s") % {"way": topic.party_way.rstrip("。")}))
        )
    if said := vote_sentence(topic):
        blocks.append(Block("p", said))
    return blocks + [Block("p", decision_sentence(d)) for d in topic.decisions.all()]


def vote_sentence(topic: AgendaItem) -> str:
    """'' when no vote is recorded."""
    if not hasattr(topic, "vote"):
        return ""
    words = {"a": topic.vote.favour, "b": topic.vote.against, "c": topic.vote.abstain}
    result = _("通过") if topic.vote.passed else _("未通过")
    return _("表决：同意%(a)s票，不同意%(b)s票，弃权或缓议%(c)s票，") % words + result + _("。")


def decision_sentence(decision: Decision) -> str:
    text = _("会议决定：%(text)s") % {"text": decision.text.rstrip("。")}
    who = _("，由%(who)s牵头") % {"who": decision.department} if decision.department else ""
    due = _("，%(day)s前办结") % {"day": day(decision.due_on)} if decision.due_on else ""
    return text + who + due + _("。")


def _who(rows: list[Attendance]) -> list[tuple[str, str]]:
    member, sits_in = Attendance.Role.MEMBER, Attendance.Role.SITS_IN
    absent = [f"{r.person}（{r.reason or _('事由未记')}）" for r in rows if not r.present]
    return [
        (_("出席"), names(r.person for r in rows if r.present and r.role == member)),
        (_("列席"), names(r.person for r in rows if r.present and r.role == sits_in)),
        (_("请假"), names(absent)),
    ]


def _facts(
    meeting: Meeting, topics: list[AgendaItem], who: list[tuple[str, str]], quorum: meetings.Quorum
) -> dict[str, Any]:
    came, sat_in, absent = (people for _name, people in who)
    return {
        "会议": str(meeting), "时间": day(meeting.held_on), "地点": or_unrecorded(meeting.place),
        "主持": or_unrecorded(meeting.chair), "记录": or_unrecorded(meeting.recorder), "出席": came, "列席": sat_in,
        "请假": absent, "应到": str(quorum.due), "实到": str(quorum.present),
        "议题": [
            {"序号": str(n), "议题": t.title, "党建切入": t.party_way, "表决": vote_sentence(t),
             "决定": "\n".join(decision_sentence(d) for d in t.decisions.all())}
            for n, t in enumerate(topics, start=1)
        ],
    }  # fmt: skip
