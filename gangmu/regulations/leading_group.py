"""《中国共产党党组工作条例》 and what sits on it: how the party group meets, votes and is attended."""

from datetime import date
from typing import Any

from django.db.models import Case, Count, Exists, F, IntegerField, Min, OuterRef, Q, QuerySet, Value, When
from django.utils.translation import gettext_lazy as _

from gangmu.meetings.models import AgendaItem, Attendance, Meeting, Vote
from gangmu.org.models import PartyOrg, Unit
from gangmu.regulations.columns import FOUNDING, facts, subjects
from gangmu.rules.engine import Frequency, Presence, Quorum
from gangmu.rules.registry import GENERAL, HARD, LOCAL, Citation, Rule, register

IN_FORCE = date(2019, 4, 6)
TEXT = _("《中国共产党党组工作条例》")
THEME = _("党组议事")
VERBS = FOUNDING | {
    "meetings.convene",
    "meetings.finalise",
    "meetings.call_off",
    "meetings.record_attendance",
    "meetings.vote",
}
WHY = {"called_off": _("这次会没有开"), "draft": _("还没有定稿"), "topic": _("没有这类议题")}


def _groups() -> QuerySet:
    rows = PartyOrg.objects.filter(kind=PartyOrg.Kind.LEADING_GROUP)
    return subjects(rows, since="founded_on", until="closed_on")


def _of_group(rows: QuerySet, unit: str) -> QuerySet:
    """The party group of the meeting's unit as the subject."""
    return rows.filter(**{f"{unit}__party_orgs__kind": PartyOrg.Kind.LEADING_GROUP})


def _meetings(**why: Q) -> QuerySet:
    rows = _of_group(Meeting.objects.filter(kind="leading_group"), "unit")
    conditions = {
        "called_off": Q(state=Meeting.State.CALLED_OFF),
        "draft": ~Q(state=Meeting.State.FINAL),
        **why,
    }
    return facts(rows, subject="unit__party_orgs__pk", day="held_on", why=conditions)


def _strict() -> QuerySet:
    topic = Exists(AgendaItem.objects.filter(meeting=OuterRef("pk"), topic=AgendaItem.Topic.STRICT))
    return _meetings(topic=~Q(topic))


def _attended() -> QuerySet:
    due = Q(attendances__role="member", attendances__votes=True)
    rows = _of_group(Meeting.objects.filter(kind="leading_group"), "unit").annotate(
        due=Count("attendances", filter=due, distinct=True),
        came=Count("attendances", filter=due & Q(attendances__present=True), distinct=True),
    )
    return facts(
        rows, subject="unit__party_orgs__pk", day="held_on",
        why={"called_off": Q(state=Meeting.State.CALLED_OFF), "draft": ~Q(state=Meeting.State.FINAL)},
        a=F("came"), b=F("due"),
    )  # fmt: skip


def _passed() -> QuerySet:
    rows = _of_group(
        Vote.objects.filter(agenda_item__meeting__kind="leading_group"), "agenda_item__meeting__unit"
    )
    return facts(
        rows, subject="agenda_item__meeting__unit__party_orgs__pk", day="agenda_item__meeting__held_on",
        why={"not_passed": Q(passed=False), "draft": ~Q(agenda_item__meeting__state=Meeting.State.FINAL)},
        a=F("favour"), b=F("due"),
    )  # fmt: skip


def _rule(rule_id: str, title: Any, article: Any, text: Any, **values: Any) -> Rule:
    sure = values.pop("sure", "seen")
    common: dict[str, Any] = {
        "theme": THEME, "binds": _("党组"), "citation": Citation(TEXT, 2019, article, sure, text), "subject": PartyOrg,
        "subjects": _groups, "record": Meeting, "verbs": VERBS, "in_force": IN_FORCE, "why": WHY, "measure": _("次"),
    }  # fmt: skip
    return register(Rule(id=rule_id, title=title, **(common | values)))


monthly = _rule(
    "PG-MEETING-MONTHLY", _("党组会每月一次"), _("第二十五条（条次待核）"),
    _("党组会议一般每月召开一次，遇有重要情况可以随时召开。"), sure="memory", strength=GENERAL, shape=Frequency(1),
    period="month", facts=_meetings,
    ways=(_("开过、还没有定稿的：把记录定稿。"), _("有正当理由没有开的：写明理由核准，灯转灰。")),
)  # fmt: skip
quorum = _rule(
    "PG-QUORUM-HALF", _("党组会半数以上成员到会方可召开"), _("第二十六条（条次待核）"),
    _("党组会议应当有半数以上成员到会方可召开；讨论干部任免、处分党员要有三分之二以上成员到会。"), sure="memory",
    strength=HARD, shape=Quorum(">=1/2"), period="quarter", facts=_attended,
    ways=(_("到会不够的会议所作的决定不作数：按规定重新召开。"),),
)  # fmt: skip
passing = _rule(
    "PG-VOTE-PASS", _("党组表决过应到会成员半数方可通过"), _("第二十七条"),
    _("赞成票超过应到会成员半数为通过；未到会成员的书面意见不计票。"), strength=HARD, shape=Quorum(">1/2"),
    period="quarter", facts=_passed, record=Vote, measure=_("项"),
    why=WHY | {"not_passed": _("记为未通过，不查通过线")}, ways=(_("票数不够的不能记为通过：重新提请审议。"),),
)  # fmt: skip
half_year = _rule(
    "PG-RESP-HALFYEAR", _("党组每半年专题研究全面从严治党"), _("第十四条（条次待核）"),
    _("党组每半年至少召开一次会议专题研究全面从严治党工作。"), sure="memory", strength=HARD, shape=Frequency(1),
    period="half", facts=_strict,
    ways=(_("研究过的：把那个议题的类别选为“全面从严治党”。"), _("还没有研究：在期末以前列入党组会议题。")),
)  # fmt: skip


def _units() -> QuerySet:
    """Units that have a rule of standing attendance."""
    rows = Unit.objects.annotate(begin=Min("standing_attendances__since")).filter(begin__isnull=False)
    return subjects(rows, since="begin", unit="pk")


def _sat_in() -> QuerySet:
    rows = Attendance.objects.filter(standing=True)
    return facts(
        rows, subject="meeting__unit_id", day="meeting__held_on",
        why={"called_off": Q(meeting__state=Meeting.State.CALLED_OFF), "draft": ~Q(meeting__state=Meeting.State.FINAL),
             "excused": Q(present=False) & ~Q(reason="")},
        a=Case(When(present=True, then=Value(1)), default=Value(0), output_field=IntegerField()),
    )  # fmt: skip


standing = register(
    Rule(
        id="ORG-MC-ATTEND",
        title=_("专职书记、副书记、党办主任列席两会"),
        theme=THEME,
        binds=_("机关党委"),
        citation=Citation(
            _("本院融合工作办法（地方做法）"),
            2026,
            "",
            "local",
            _(
                "机关专职党委书记、专职副书记、党办主任分别参加党组会和检察长办公会，保证两条线信息互通。"
                "党内法规没有统一规定列席比例，三分之二是本系统的缺省值，可以调整。"
            ),
        ),
        strength=LOCAL,
        shape=Presence("2/3"),
        period="quarter",
        subject=Unit,
        subjects=_units,
        facts=_sat_in,
        record=Attendance,
        verbs=VERBS | {"meetings.give_absence_reason"},
        measure=_("人次"),
        in_force=date(2019, 1, 1),
        why=WHY | {"excused": _("缺席，已写明事由")},
        ways=(_("缺席有事由的：从名单里选一项事由，这一次就不计。"), _("下一次会议按固定列席通知到人。")),
    )  # fmt: skip
)
