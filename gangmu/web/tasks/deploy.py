"""交办: one task from an instruction or a point of a directive; many at once from a plan, with one confirmation."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from gangmu.common import clock
from gangmu.common.errors import NotAllowed, Refused
from gangmu.flow import steps
from gangmu.flow.steps import Deployment
from gangmu.org.models import Unit
from gangmu.plan import policies as plan_policies
from gangmu.plan.models import Plan, PlanItem
from gangmu.tasks import policies, queries
from gangmu.tasks.models import Task
from gangmu.web.act import perform
from gangmu.web.fetch import actor, fetch
from gangmu.web.plural import numbers
from gangmu.web.tasks.forms import Choices, DeployRowForm, InstructionTaskForm, PointTaskForm
from gangmu.web.tasks.views import at

FORMS = {"leader": InstructionTaskForm, "directive": PointTaskForm}
PER_PAGE = 120  # items on one page of a bulk deployment


@require_http_methods(["GET", "POST"])
def task_new(request: HttpRequest) -> HttpResponse:
    """From 领导批示 or 上级要求; items and decisions are deployed where they stand."""
    me = actor(request)
    if not policies.issue_task.allows(me, Task(unit_id=me.unit_id)):
        raise PermissionDenied(str(policies.issue_task.reason))
    source = request.GET.get("source", "leader")
    kind = FORMS.get(source, InstructionTaskForm)

    def show(form: Any) -> HttpResponse:
        plans = Plan.objects.filter(unit_id=me.unit_id, state=Plan.State.ADOPTED).order_by("-year", "-id")[:3]
        shown = source if source in FORMS else "leader"
        return render(request, "tasks/new.html", {"form": form, "source": shown, "plans": plans})

    if request.method != "POST":
        initial = {"given_on": clock.today(), "point": request.GET.get("point", "")}
        return show(kind(unit_id=me.unit_id, initial=initial))
    form = kind(request.POST, unit_id=me.unit_id)
    return perform(
        request, lambda: _issue(form, me.unit_id, me), to=lambda task: at(task.pk),
        said=_("交办了，等承办部门签收。"), form=form, again=show,
    )  # fmt: skip


def _issue(form: Any, unit_id: int, me: Any) -> Task:
    data, common = form.cleaned_data, form.common()
    if isinstance(form, PointTaskForm):
        return steps.deploy_point(point=data["point"], by=me, **common)
    said = {n: data[n] for n in ("leader", "given_on", "words")}
    return steps.deploy_instruction(unit=Unit.objects.get(pk=unit_id), by=me, **said, **common)


@require_http_methods(["GET", "POST"])
def task_deploy_plan(request: HttpRequest, pk: int) -> HttpResponse:
    """Items of the plan that no task came from yet, ticked, with owner and date from the plan; a long plan in pages."""
    me = actor(request)
    plan = fetch(plan_policies.see_plan, request, pk, Plan.objects.select_related("unit"))
    if not policies.issue_task.allows(me, Task(unit_id=plan.unit_id)):
        raise PermissionDenied(str(policies.issue_task.reason))
    waiting, choices = queries.undeployed_items(plan.pk), Choices(plan.unit_id)
    page = Paginator(waiting, PER_PAGE).get_page(request.GET.get("page"))
    if request.method != "POST":
        return _rows(request, plan, page, choices)
    asked = set(numbers(request.POST.getlist("item")))
    known = {i.pk: i for i in waiting.filter(pk__in=asked)}
    rows = [
        (known[n], DeployRowForm(request.POST, prefix=f"i{n}", choices=choices)) for n in asked & set(known)
    ]
    if asked - set(known):
        messages.warning(
            request, _("有 %(n)s 项刚刚已经交办过，不在下面了。") % {"n": len(asked - set(known))}
        )
    valid = [form.is_valid() for _item, form in rows]  # each of them, so that each shows what is wrong
    if not rows or not all(valid):
        if not rows:
            messages.warning(request, _("先勾上要交办的事项。"))
        return _rows(request, plan, page, choices, dict(_forms(rows)), status=422)
    try:
        made = steps.deploy_plan(plan=plan, rows=[_row(i, f) for i, f in rows], by=me)
    except NotAllowed as no:
        raise PermissionDenied(str(no)) from None
    except Refused as no:
        messages.error(request, str(no))
        return _rows(request, plan, page, choices, dict(_forms(rows)), status=422)
    messages.success(request, _("交办 %(n)s 件，等承办部门签收。") % {"n": len(made)})
    left = page.paginator.count - len(made)
    if not left or not page.has_other_pages():
        return redirect("task_board")
    messages.warning(request, _("这份计划还有 %(n)s 项没有交办，接着往下看。") % {"n": left})
    return redirect(f"{reverse('task_deploy_plan', args=[plan.pk])}?page={page.number}")


def _forms(rows: list[tuple[PlanItem, DeployRowForm]]) -> Any:
    return ((item.pk, form) for item, form in rows)


def _row(item: PlanItem, form: DeployRowForm) -> Deployment:
    data = form.cleaned_data
    return Deployment(item, data["department"], data["due_on"])


def _rows(
    request: HttpRequest, plan: Plan, page: Page, choices: Choices,
    typed: dict[int, DeployRowForm] | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The rows; what was typed stands again, and only what was ticked is ticked."""
    today, rows = clock.today(), []
    for item in page:
        form = (typed or {}).get(item.pk) or DeployRowForm(
            prefix=f"i{item.pk}", choices=choices, initial=_from_plan(item, today)
        )
        ready = item.lead_department_id is not None and plan.state == Plan.State.ADOPTED
        rows.append({"item": item, "form": form, "on": item.pk in typed if typed is not None else ready})
    return render(request, "tasks/deploy.html", {"plan": plan, "rows": rows, "page": page}, status=status)


def _from_plan(item: PlanItem, today: date) -> dict[str, Any]:
    """A date of the plan that has passed gives way to the usual week."""
    due = item.due_on if item.due_on and item.due_on >= today else None
    return {"department": item.lead_department_id, "due_on": due}
