"""Each paper as plain blocks, from records only."""

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _

from gangmu.events import timeline
from gangmu.flow.lamps import Four
from gangmu.inspection.models import Inspection, TeamMember
from gangmu.meetings import queries as meetings
from gangmu.meetings.models import Attendance, Meeting
from gangmu.papers.model import Due, Item, Outline
from gangmu.papers.official import Block, Paper, Table
from gangmu.plan import queries as plans
from gangmu.plan.models import EntryPoint, Plan, PlanItem
from gangmu.tasks import queries as tasks
from gangmu.web.wording import STEPS, fact


def day(value: date | None) -> str:
    return _("%(y)s年%(m)s月%(d)s日") % {"y": value.year, "m": value.month, "d": value.day} if value else ""


def _names(people: Iterable[object]) -> str:
    return _("、").join(str(p) for p in people)


def _h1(number: int, text: str) -> Block:
    """一、… by a number from 0; beyond the tenth the heading stands without one."""
    numerals = _("一二三四五六七八九十")
    return Block("h1", _("%(n)s、%(text)s") % {"n": numerals[number], "text": text} if number < 10 else text)


def thread(item: PlanItem, four: Four, knots: list[EntryPoint], today: date) -> Paper:
    """The whole way of an item: demands, lamps, knots, tasks, and what happened in order."""
    body: list[Block | Table] = [
        Block("label", _("牵头部门：%(who)s") % {"who": item.lead_department or _("未定")}),
        Block("label", _("完成期限：%(day)s") % {"day": day(item.due_on) or item.due_raw or _("没有写")}),
    ]
    points = list(plans.points_answered_by(item.pk))
    if points:
        body.append(_h1(0, _("答复的上级要求")))
        body += [Block("p", f"{p.directive.issuer}{p.directive.doc_no}：{p.text}") for p in points]
    body.append(_h1(len(body) > 2, _("四灯")))
    body.append(
        Table((_("环节"), _("情形"), _("日期")), tuple((x.name, x.word, day(x.on)) for x in four), (2, 3, 4))
    )
    number = 2 if points else 1
    if knots:
        body.append(_h1(number, _("切入点")))
        body += [Block("p", _knot(k)) for k in knots]
        number += 1
    body.append(_h1(number, _("任务")))
    rows = tuple(
        (t.title, str(t.department), day(t.due_on), str(t.get_state_display()))
        for t in tasks.of_item(item.pk)
    )
    body.append(
        Table((_("任务"), _("牵头"), _("期限"), _("状态")), rows, (3.6, 2, 3, 1.4))
        if rows
        else Block("p", _("还没有交办。"))
    )
    body.append(_h1(number + 1, _("经过")))
    body.append(
        Table(
            (_("发生"), _("步骤"), _("事"), _("经手")),
            tuple(_step(s) for s in timeline.of(item)),
            (3, 1.2, 4.6, 1.4),
        )
    )
    return Paper(title=_("“%(title)s”全线记录") % {"title": item.title}, body=body,
                 signed_by=item.plan.unit.name, signed_on=today)  # fmt: skip


def _knot(knot: EntryPoint) -> str:
    words = {
        "gang": knot.gang.title,
        "kind": knot.get_kind_display(),
        "mu": knot.mu.title,
        "expected": knot.expected,
    }
    text = _("%(gang)s（%(kind)s）%(mu)s。期望：%(expected)s。") % words
    return text + (
        _("实际：%(effect)s（%(day)s）。") % {"effect": knot.effect, "day": day(knot.effect_on)}
        if knot.effect
        else ""
    )


def _step(step: timeline.Step) -> tuple[str, str, str, str]:
    event = step.event
    when = day(event.happened_on)
    if step.late_days:
        when += _("（补记%(n)s天）") % {"n": step.late_days}
    return when, str(STEPS.get(event.verb, (event.verb, ""))[0]), fact(step), event.actor_name


def minutes(meeting: Meeting) -> Paper:
    """纪要: who was there, what was decided, in the order of the agenda."""
    rows = list(meeting.attendances.select_related("person"))
    body: list[Block | Table] = [
        Block("label", _("时间：%(day)s") % {"day": day(meeting.held_on)}),
        Block("label", _("地点：%(place)s") % {"place": meeting.place or _("未记")}),
    ]
    if meeting.chair:
        body.append(Block("label", _("主持：%(who)s") % {"who": meeting.chair}))
    for label, people in _who(rows):
        if people:
            body.append(Block("label", f"{label}：{people}"))
    quorum = meetings.quorum(meeting)
    body.append(
        Block("p", _("应到%(due)s人，实到%(present)s人。") % {"due": quorum.due, "present": quorum.present})
    )
    for number, topic in enumerate(
        meeting.agenda.select_related("vote").prefetch_related("decisions__department")
    ):
        body.append(_h1(number, topic.title))
        if topic.party_way:
            body.append(Block("p", _("党建切入方式：%(way)s。") % {"way": topic.party_way}))
        if hasattr(topic, "vote"):
            words = {"a": topic.vote.favour, "b": topic.vote.against, "c": topic.vote.abstain}
            result = _("通过") if topic.vote.passed else _("未通过")
            body.append(
                Block(
                    "p", _("表决：同意%(a)s票，不同意%(b)s票，弃权或缓议%(c)s票，") % words + result + _("。")
                )
            )
        body += [Block("p", _decision(d)) for d in topic.decisions.all()]
    if meeting.gist:
        body.append(Block("p", meeting.gist))
    return Paper(title=_("%(meeting)s纪要") % {"meeting": meeting}, body=body, signed_by=meeting.unit.name,
                 signed_on=meeting.final_on or meeting.held_on)  # fmt: skip


def _who(rows: list[Attendance]) -> list[tuple[str, str]]:
    member, sits_in = Attendance.Role.MEMBER, Attendance.Role.SITS_IN
    absent = [f"{r.person}（{r.reason}）" if r.reason else str(r.person) for r in rows if not r.present]
    return [
        (_("出席"), _names(r.person for r in rows if r.present and r.role == member)),
        (_("列席"), _names(r.person for r in rows if r.present and r.role == sits_in)),
        (_("请假"), _names(absent)),
    ]


def _decision(decision) -> str:  # type: ignore[no-untyped-def]
    text = _("会议决定：%(text)s") % {"text": decision.text.rstrip("。")}
    who = _("，由%(who)s牵头") % {"who": decision.department} if decision.department else ""
    due = _("，%(day)s前办结") % {"day": day(decision.due_on)} if decision.due_on else ""
    return text + who + due + _("。")


def order(inspection: Inspection) -> Paper:
    """联合督查通知: who goes, what is looked at, and what each entry point promised."""
    team = list(inspection.team.select_related("person"))
    lines = inspection.lines.select_related("item__lead_department", "entry_point__gang").order_by("pk")
    rows = tuple(
        (str(n), line.item.title, str(line.item.lead_department or ""),
         line.entry_point.gang.title if line.entry_point else _("没有切入点"),
         line.entry_point.expected if line.entry_point else "")
        for n, line in enumerate(lines, start=1)
    )  # fmt: skip
    where = inspection.place or (inspection.branch.name if inspection.branch else _("有关部门"))
    words = {
        "day": day(inspection.visit_on),
        "place": where,
        "kind": inspection.get_kind_display(),
        "topic": inspection.topic,
    }
    joint = inspection.kind == Inspection.Kind.INSPECTION
    says = (
        _("定于%(day)s到%(place)s开展联合督查，业务实效和党建实效一并检查。") if joint
        else _("定于%(day)s到%(place)s开展%(kind)s，题目是“%(topic)s”。") if inspection.topic
        else _("定于%(day)s到%(place)s开展%(kind)s。")
    )  # fmt: skip
    party = _names(t.person for t in team if t.side == TeamMember.Side.PARTY)
    business = _names(t.person for t in team if t.side == TeamMember.Side.BUSINESS)
    who = ((_("带队"), str(inspection.leader or "")), (_("党务"), party), (_("业务"), business))
    body: list[Block | Table] = [Block("p", says % words), _h1(0, _("督查组") if joint else _("参加人员"))]
    body += [Block("label", f"{label}：{names}") for label, names in who if names]
    if rows:
        heads = (_("序号"), _("业务事项"), _("牵头部门"), _("绑着的党建事项"), _("期望的成效"))
        body += [
            _h1(1, _("督查事项") if joint else _("要看的事项")),
            Table(heads, rows, (0.8, 2.2, 1.8, 2.2, 3)),
        ]
    body += [
        _h1(2 if rows else 1, _("有关要求")),
        Block("p", _("不需要另外准备材料，督查组看系统里已有的记录和现场情况。") if joint
              else _("不需要另外准备材料，看系统里已有的记录和现场情况。")),
    ]  # fmt: skip
    return Paper(title=_("关于开展“%(title)s”的通知") % {"title": inspection.title}, body=body,
                 signed_by=inspection.unit.name, signed_on=inspection.visit_on)  # fmt: skip


def outline(plan: Plan) -> Outline:
    """The plan as an outline again: what ``papers.write`` sets as the office types it."""
    rows = list(plans.items(plan.pk).prefetch_related("co_departments__department"))
    made: dict[int, Item] = {}
    top: list[Item] = []
    for row in rows:
        item = Item(
            label=row.label, level=row.level, title=row.title, text="" if row.text == row.title else row.text,
            task=row.is_task, lead=[row.lead_department.name] if row.lead_department else [],
            units=[c.department.name for c in row.co_departments.all()], due=_due(row),
        )  # fmt: skip
        made[row.pk] = item
        (made[row.parent_id].children if row.parent_id in made else top).append(item)
    return Outline(title=plan.title, doc_no=plan.doc_no, year=plan.year, items=top, kind="plan")


def _due(row: PlanItem) -> Due | None:
    if row.due_on:
        return Due("date", row.due_raw or _("%(day)s前") % {"day": day(row.due_on)}, row.due_on)
    return Due("ongoing", row.due_raw) if row.due_raw else None
