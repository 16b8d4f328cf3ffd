"""Downloads. Fetching the object is the permission check, as everywhere."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.flow import lamps
from gangmu.inspection import policies as inspection_policies
from gangmu.inspection import queries as inspections
from gangmu.inspection.models import Inspection
from gangmu.meetings import policies as meeting_policies
from gangmu.meetings.models import Meeting
from gangmu.org.models import Person, Unit
from gangmu.org.permissions import Permission
from gangmu.plan import policies as plan_policies
from gangmu.plan import queries as plans
from gangmu.plan.models import Plan, PlanItem
from gangmu.review import policies as review_policies
from gangmu.review import queries as review
from gangmu.tasks import policies as task_policies
from gangmu.tasks import queries as tasks
from gangmu.tasks import states as task_states
from gangmu.tasks.models import Task
from gangmu.web.export import papers
from gangmu.web.export.sending import refused, send
from gangmu.web.fetch import actor, fetch

HAPPENED = (Inspection.State.VISITED, Inspection.State.CLOSED)


def item_thread(request: HttpRequest, pk: int) -> HttpResponse:
    """导出全线."""
    rows = PlanItem.objects.select_related("plan__unit", "lead_department")
    item = fetch(plan_policies.see_item, request, pk, rows)
    found = list(tasks.of_item(pk))
    four = lamps.of_items([item], item.plan, tasks.carried_from(found))[pk]
    paper = papers.thread(item, four, plans.knots_of(item), found, clock.today())
    return send(request, "thread", paper, item.plan.unit_id, back=reverse("item", args=[pk]))


def meeting_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """会议纪要."""
    rows = Meeting.objects.select_related("unit", "kind", "party_org", "chair", "recorder")
    meeting = fetch(meeting_policies.see_meeting, request, pk, rows)
    back = reverse("meeting", args=[pk])
    if meeting.state in (Meeting.State.PLANNED, Meeting.State.CALLED_OFF):
        return refused(request, _("会还没有开，没有纪要。开过、记了到会以后再下载。"), back)
    return send(request, "minutes", papers.minutes(meeting), meeting.unit_id, back=back)


def _inspection(request: HttpRequest, pk: int) -> Inspection:
    return fetch(
        inspection_policies.see_inspection,
        request,
        pk,
        Inspection.objects.select_related("unit", "branch", "leader"),
    )


def inspection_order(request: HttpRequest, pk: int) -> HttpResponse:
    """联合督查通知."""
    found, back = _inspection(request, pk), reverse("inspection", args=[pk])
    if found.state not in (Inspection.State.ORDERED, *HAPPENED):
        return refused(request, _("这次督查还没有下达，或者不去了，没有通知。"), back)
    return send(request, "order", papers.order(found), found.unit_id, back=back)


def inspection_circular(request: HttpRequest, pk: int) -> HttpResponse:
    """督查通报 of one inspection."""
    found, back = _inspection(request, pk), reverse("inspection", args=[pk])
    if found.state not in HAPPENED:
        return refused(request, _("督查还没有记下实效，没有可以通报的情况。"), back)
    return send(request, "circular", papers.inspection_circular(found), found.unit_id, back=back)


def task_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """督办单."""
    rows = Task.objects.select_related(
        "unit", "department", "person", "verified_by", "item__plan", "finding", "measure__problem__campaign",
        "decision__agenda_item__meeting__kind",
        "decision__agenda_item__meeting__party_org",
    )  # fmt: skip
    found = fetch(task_policies.see_task, request, pk, rows)
    return send(request, "notice", papers.notice(found), found.unit_id, back=reverse("task", args=[pk]))


def task_circular(request: HttpRequest) -> HttpResponse:
    """任务落实情况通报 of the whole unit: for those who drive it."""
    me, today = actor(request), clock.today()
    if not me.can(Permission.TASK_ISSUE):
        raise PermissionDenied(_("落实情况通报由党办、办公室起草。"))
    seen = task_policies.see_task.filter(me, Task.objects.filter(unit_id=me.unit_id))
    running = tasks.with_progress(seen.filter(state__in=task_states.OPEN - task_states.DONE))
    closed = seen.filter(state__in=task_states.DONE, verified_on__year=today.year).count()
    visible = inspection_policies.see_inspection.filter(me, Inspection.objects.all()).values("pk")
    findings = inspections.open_findings(me.unit_id).filter(line__inspection__in=visible)
    unit = Unit.objects.get(pk=me.unit_id)
    paper = papers.progress_circular(unit, running, findings, closed, today)
    return send(request, "progress", paper, me.unit_id, back=reverse("task_list"))


def _plan(request: HttpRequest, pk: int) -> Plan:
    return fetch(plan_policies.see_plan, request, pk, Plan.objects.select_related("unit"))


def plan_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as a Word file that can be read back in."""
    found = _plan(request, pk)
    return send(request, "plan", papers.plan(found), found.unit_id, back=reverse("plan", args=[pk]))


def plan_tasks(request: HttpRequest, pk: int) -> HttpResponse:
    """任务分解表."""
    found = _plan(request, pk)
    return send(request, "task_list", papers.task_list(found), found.unit_id, back=reverse("plan", args=[pk]))


def _duty(request: HttpRequest, pk: int) -> tuple[review.Holder, review.Ledger, Plan | None]:
    person = fetch(review_policies.see_duty, request, pk, Person.objects.all())
    holder = review.holders(person.unit_id, clock.today()).get(pk)
    if holder is None:
        raise Http404(_("此人没有双责的职务，没有一岗双责台账。"))
    plan = plans.newest_plan(person.unit_id)
    return holder, review.ledger(holder, plan.pk if plan else None, clock.today()), plan


def duty_ledger(request: HttpRequest, pk: int) -> HttpResponse:
    """一岗双责台账."""
    holder, ledger, plan = _duty(request, pk)
    fours = lamps.of_items(ledger.items, plan) if plan and ledger.items else {}
    unit = holder.posts[0].unit
    paper = papers.duty(holder, ledger, fours, unit.name, clock.today())
    return send(request, "duty", paper, unit.pk, back=reverse("review") + f"?who={pk}")


def duty_report(request: HttpRequest, pk: int) -> HttpResponse:
    """述职报告 draft."""
    holder, ledger, _plan = _duty(request, pk)
    paper = papers.report(holder, ledger, clock.today())
    return send(request, "report", paper, holder.person.unit_id, back=reverse("review") + f"?who={pk}")
