"""《中国共产党支部工作条例（试行）》: the life of a branch (三会一课、主题党日)."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from gangmu.meetings.models import Meeting, MeetingTag, Vote
from gangmu.org.models import PartyOrg
from gangmu.regulations.columns import FOUNDING, facts, subjects
from gangmu.rules.engine import Frequency, Quorum
from gangmu.rules.registry import GENERAL, HARD, LOCAL, Citation, Rule, register

IN_FORCE = date(2018, 10, 28)
TEXT = _("《中国共产党支部工作条例（试行）》")
VERBS = FOUNDING | {
    "meetings.convene",
    "meetings.finalise",
    "meetings.call_off",
    "meetings.record_attendance",
}
THEME = _("组织生活")
WHY = {
    "called_off": _("这次会没有开"),
    "draft": _("还没有定稿"),
    "other": _("没有标明同时算这一种"),
}
WAYS = (
    _("真开了、还没有定稿的：把那次会定稿，按发生日期算，会标明是补记。"),
    _("没开、有正当理由的：写明理由，由机关党委书记核准，灯转灰，理由留档。"),
    _("没开、也没有理由的：这一期绿不了，不能补开充数；下一期照开。"),
)


def _bodies(kind: str) -> QuerySet:
    rows = PartyOrg.objects.filter(kind=kind)
    return subjects(rows, since="founded_on", until="closed_on")


def _branches() -> QuerySet:
    return _bodies(PartyOrg.Kind.BRANCH)


def _groups() -> QuerySet:
    return _bodies(PartyOrg.Kind.GROUP)


def _meetings_as(kind: str) -> QuerySet:
    """All meetings of party organisations; those count that are final and tagged with ``kind``."""
    tagged = Exists(MeetingTag.objects.filter(meeting=OuterRef("pk"), kind=kind))
    why = {
        "called_off": Q(state=Meeting.State.CALLED_OFF),
        "other": ~Q(tagged),
        "draft": ~Q(state=Meeting.State.FINAL),
    }
    rows = Meeting.objects.filter(party_org__isnull=False)
    return facts(rows, subject="party_org_id", day="held_on", why=why)


def _frequency(
    rule_id: str, title: Any, kind: str, period: str, article: Any, text: Any, *, strength: str = GENERAL,
    bodies: Callable[[], QuerySet] = _branches, binds: Any = _("党支部"), sure: str = "seen",
) -> Rule:  # fmt: skip
    return register(
        Rule(
            id=rule_id,
            title=title,
            theme=THEME,
            binds=binds,
            citation=Citation(TEXT, 2018, article, sure, text),
            strength=strength,
            shape=Frequency(1),
            period=period,
            subject=PartyOrg,
            subjects=bodies,
            facts=lambda: _meetings_as(kind),
            record=Meeting,
            verbs=VERBS,
            measure=_("次"),
            in_force=IN_FORCE,
            why=WHY,
            ways=WAYS,
        )  # fmt: skip
    )


assembly = _frequency(
    "BRANCH-ASSEMBLY-QUARTERLY", _("支部党员大会每季度一次"), "assembly", "quarter", _("第十一条"),
    _("支部党员大会由全体党员参加，一般每季度召开一次。"),
)  # fmt: skip
committee = _frequency(
    "BRANCH-COMMITTEE-MONTHLY", _("支委会每月一次"), "committee", "month", _("第十二条"),
    _("支部委员会会议一般每月召开一次，根据需要可以随时召开。"),
)  # fmt: skip
group = _frequency(
    "BRANCH-GROUP-MONTHLY", _("党小组会每月一次"), "group", "month", _("第十三条"),
    _("设党小组的，党小组会一般每月召开一次；没有党小组的不适用。"), bodies=_groups, binds=_("党小组"),
)  # fmt: skip
theme_day = _frequency(
    "BRANCH-THEME-DAY", _("主题党日每月一次"), "theme_day", "month", _("第十六条"),
    _("党支部每月相对固定一天开展主题党日。一次活动可以同时算党员大会、党课。"), strength=HARD,
)  # fmt: skip
lecture = _frequency(
    "BRANCH-LECTURE-QUARTERLY", _("支部党课每季度一次"), "lecture", "quarter", _("第十六条"),
    _("条例要求定期上党课，没有给支部定次数；每季度一次是各地通行做法，可以按本院规定调整。"), strength=LOCAL,
)  # fmt: skip


def _votes() -> QuerySet:
    """Assemblies in which something was voted on: members with a vote who came, of those due."""
    votes = Q(attendances__role="member", attendances__votes=True)
    rows = Meeting.objects.filter(kind__in=["assembly", "theme_day"], party_org__kind="branch").annotate(
        voted=Exists(Vote.objects.filter(agenda_item__meeting=OuterRef("pk")))
    )
    return facts(
        rows.annotate(
            due=Count("attendances", filter=votes), came=Count("attendances", filter=votes & Q(attendances__present=True))
        ),
        subject="party_org_id",
        day="held_on",
        why={"called_off": Q(state=Meeting.State.CALLED_OFF), "draft": ~Q(state=Meeting.State.FINAL),
             "no_vote": Q(voted=False)},
        a=F("came"),
        b=F("due"),
    )  # fmt: skip


assembly_quorum = register(
    Rule(
        id="BRANCH-ASSEMBLY-QUORUM",
        title=_("党员大会表决时到会过线"),
        theme=THEME,
        binds=_("党支部"),
        citation=Citation(
            TEXT, 2018, _("第十一条"), "seen", _("党员大会进行表决，有表决权的到会党员要达到应到的半数以上。")
        ),
        strength=HARD,
        shape=Quorum(">=1/2"),
        period="quarter",
        subject=PartyOrg,
        subjects=_branches,
        facts=_votes,
        record=Meeting,
        verbs=VERBS | {"meetings.vote"},
        measure=_("次"),
        in_force=IN_FORCE,
        why=WHY | {"no_vote": _("没有表决，不查到会线")},
        ways=(_("到会不够的那次表决不作数：按规定重新召开、重新表决。"),),
    )  # fmt: skip
)
