"""What the method itself asks: every business item bound, every decision carried out in time, minutes on file."""

from datetime import date

from django.db.models import Case, Exists, IntegerField, Min, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from gangmu.meetings.models import Decision
from gangmu.org.models import Department
from gangmu.plan.models import EntryPoint, PlanItem
from gangmu.regulations.columns import FOUNDING, facts, subjects
from gangmu.rules.engine import Coverage, Deadline
from gangmu.rules.registry import LOCAL, Citation, Rule, register
from gangmu.tasks.models import Task
from gangmu.tasks.states import DONE

THEME = _("两线融合")
METHOD = _("党建与业务融合工作办法（源自一个市级院公开的做法）")
START = date(2019, 1, 1)


def _departments(line: str | None = None) -> QuerySet:
    rows = Department.objects.all()
    rows = rows.filter(line=line) if line else rows
    return subjects(rows.annotate(begin=Min("unit__party_orgs__founded_on")), since="begin", until="valid_to")


def _bound() -> QuerySet:
    """Business items of plans in force; bound by a knot, or let off with an accepted reason."""
    knot = EntryPoint.objects.filter(mu=OuterRef("pk")).exclude(state=EntryPoint.State.UNTIED)
    rows = PlanItem.objects.filter(track="mu", is_task=True, plan__state="adopted").annotate(
        knot=Exists(knot)
    )
    return facts(
        rows, subject="lead_department_id", day="plan__adopted_on",
        why={"excused": Q(knot=False, unbound_reason__accepted_on__isnull=False)},
        a=Case(When(knot=True, then=Value(1)), default=Value(0), output_field=IntegerField()),
    )  # fmt: skip


bound = register(
    Rule(
        id="FUSION-BOUND",
        title=_("每项业务都有党建切入点"),
        theme=THEME,
        binds=_("业务部门"),
        citation=Citation(
            METHOD, 2019, "", "local", _("研究业务工作的同时，研究党建工作的切入方式和推动、保证作用的发挥。")
        ),
        strength=LOCAL,
        shape=Coverage(),
        period="year",
        subject=Department,
        subjects=lambda: _departments("business"),
        facts=_bound,
        record=PlanItem,
        verbs=FOUNDING
        | frozenset(
            {"plan.tie", "plan.untie", "plan.adopt", "plan.accept_reason", "plan.give_reason", "plan.close"}
        ),
        measure=_("项"),
        in_force=START,
        why={"excused": _("已准予不绑，理由留档")},
        ways=(_("在纲目图上给这一项找切入点。"), _("确实没有的：写明理由，由党组书记或机关党委书记核准。")),
    )  # fmt: skip
)


def _decided() -> QuerySet:
    """Final decisions that need action, by the day they were due; done when their task was accepted."""
    tasks = Task.objects.filter(decision=OuterRef("pk"))
    undone = Exists(tasks.exclude(state__in=[*DONE, Task.State.CANCELLED]))
    done = tasks.filter(state__in=DONE).order_by("-verified_on").values("verified_on")[:1]
    rows = Decision.objects.filter(adopts__isnull=True, department__isnull=False).annotate(
        day=Coalesce("due_on", "agenda_item__meeting__held_on"), undone=undone
    )
    return facts(
        rows, subject="department_id", day="day",
        why={"draft": ~Q(agenda_item__meeting__state="final"), "no_action": Q(needs_action=False),
             "no_date": Q(due_on__isnull=True)},
        done_on=Case(When(undone=True, then=None), default=Subquery(done)),
    )  # fmt: skip


decisions = register(
    Rule(
        id="DB-DECISION-DUE",
        title=_("会议决定按期落实"),
        theme=THEME,
        binds=_("承办部门"),
        citation=Citation(
            _("议定事项督办办法（地方做法）"),
            2018,
            "",
            "local",
            _("会议决定的事项要立项督办，按议定的期限办结；没有写期限的，按一周办结。"),
        ),
        strength=LOCAL,
        shape=Deadline(),
        period="quarter",
        subject=Department,
        subjects=_departments,
        facts=_decided,
        record=Decision,
        measure=_("项"),
        in_force=START,
        verbs=FOUNDING
        | frozenset({"meetings.finalise", "tasks.issue", "tasks.verify", "tasks.send_back", "tasks.cancel"}),
        why={"draft": _("会议记录还没有定稿"), "no_action": _("不需要落实"), "no_date": _("没有议定期限")},
        ways=(_("办完了的：承办部门报结，党办核查，按核查日期算。"), _("办不完的：请作决定的会议改期限。")),
    )  # fmt: skip
)
