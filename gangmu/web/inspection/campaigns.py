"""巡察整改: the list, one campaign with its three lists, and a view a verb."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gangmu.common import clock
from gangmu.flow import steps
from gangmu.inspection import policies
from gangmu.inspection.actions import campaigns
from gangmu.inspection.models import Campaign, Measure, Problem
from gangmu.inspection.queries import campaigns as queries
from gangmu.org.actor import Actor
from gangmu.org.models import Unit
from gangmu.org.permissions import Permission
from gangmu.tasks.states import DONE
from gangmu.web.act import perform
from gangmu.web.export import ledgers
from gangmu.web.fetch import actor, fetch, fetch_by
from gangmu.web.inspection.campaign_forms import (
    CampaignForm,
    CheckOffForm,
    GradeForm,
    MeasureForm,
    ProblemForm,
)


def rectification_list(request: HttpRequest) -> HttpResponse:
    return _list(request)


def _list(request: HttpRequest, form: CampaignForm | None = None) -> HttpResponse:
    me, today = actor(request), clock.today()
    seen = policies.see_campaign.filter(me).values("pk")
    runs = me.can(Permission.INSPECTION_ORDER)
    context = {
        "rows": queries.campaigns(me.unit_id, today).filter(pk__in=seen), "today": today,
        "form": (form or CampaignForm()) if runs else None,
    }  # fmt: skip
    return render(request, "inspection/campaigns.html", context)


def rectification(request: HttpRequest, pk: int) -> HttpResponse:
    """The three lists in one table; ``?format=xlsx`` gives them as a ledger."""
    if ledgers.wanted(request):
        return _ledger(request, fetch(policies.see_campaign, request, pk, queries.WHOLE))
    asked = request.GET.get("problem", "")
    return _show(request, pk, problem=int(asked) if asked.isdecimal() else 0)


def _show(request: HttpRequest, pk: int, *, problem: int = 0, **forms: Any) -> HttpResponse:
    me, today = actor(request), clock.today()
    found = fetch(policies.see_campaign, request, pk, queries.WHOLE)
    problems = list(found.problems.all())
    measures = [m for p in problems for m in p.measures.all()]
    can = _allowed(me, found, problems, measures)
    context: dict[str, Any] = {
        "campaign": found, "problems": problems, "today": today, "tally": queries.tally(measures, today), "can": can,
        "ledger": ledgers.link(request), "problem_form": ProblemForm() if "list" in can else None,
        "measure_form": MeasureForm(unit_id=found.unit_id) if "list" in can and problem else None,
        "problem_in_hand": problem, "grade_form": GradeForm(), "checks": _checkable(me, found, measures),
        "results": Measure.Result.choices, "check_form": None, "check_of": None,
    }  # fmt: skip
    return render(request, "inspection/campaign.html", context | forms)


def _allowed(me: Actor, found: Campaign, problems: list[Problem], measures: list[Measure]) -> set[str]:
    can: set[str] = set()
    listing, state = found.state in campaigns.LISTING, found.state
    if policies.run_campaign.allows(me, found):
        can |= {"list"} if listing else set()
        can |= {"deploy"} if state == "under_way" and any(m.state == "open" for m in measures) else set()
        can |= {"grade"} if state == "reported" else set()
    if policies.sign_campaign.allows(me, found):
        ready = problems and all(p.measures.all() for p in problems)
        can |= {"sign_plan"} if listing and ready else set()
        can |= (
            {"sign_report"} if state == "under_way" and all(m.state == "checked" for m in measures) else set()
        )
    return can


def _checkable(me: Actor, found: Campaign, measures: list[Measure]) -> dict[int, bool]:
    """Measures that may be checked off by this person: id → whether 已完成 can be said yet."""
    if found.state != "under_way":
        return {}
    return {
        m.pk: bool(m.task and m.task.state in DONE)
        for m in measures
        if m.state == "assigned" and policies.check_measure.allows(me, m)
    }


def _ledger(request: HttpRequest, found: Campaign) -> HttpResponse:
    """问题、任务、责任 in one sheet, in the order of the problems."""
    heads = [(_("序号"), 6), (_("反馈的问题"), 40), (_("整改措施"), 40), (_("责任领导"), 10), (_("责任部门"), 14), (_("责任人"), 10),
             (_("整改时限"), 12), (_("任务"), 10), (_("整改情况"), 10), (_("说明"), 30), (_("对账日期"), 12), (_("对账人"), 10)]  # fmt: skip
    rows: list[list[Any]] = []
    for problem in found.problems.all():
        measures = list(problem.measures.all())
        rows += [[problem.no, problem.text, m.text, m.leader, m.department, m.person, m.due_on,
                  m.task.get_state_display() if m.task else m.get_state_display(), m.get_result_display(), m.note,
                  m.checked_on, m.checked_by] for m in measures]  # fmt: skip
        if not measures:
            rows.append([problem.no, problem.text, *[""] * 10])
    title = _("%(title)s整改台账（问题、任务、责任清单）") % {"title": found.title}
    return ledgers.ledger(request, ledgers.Sheet(title, heads, rows))


def _at(pk: int) -> str:
    return reverse("rectification", args=[pk])


@require_POST
def rectification_register(request: HttpRequest) -> HttpResponse:
    me = actor(request)
    if not me.can(Permission.INSPECTION_ORDER):
        raise PermissionDenied(policies.run_campaign.reason)
    form = CampaignForm(request.POST)
    return perform(
        request, lambda: campaigns.register_campaign(unit=Unit.objects.get(pk=me.unit_id), by=me, **form.cleaned_data),
        to=lambda row: _at(row.pk), said=_("登记了。照反馈意见列问题、措施和责任。"), form=form,
        again=lambda f: _list(request, f),
    )  # fmt: skip


@require_POST
def rectification_add_problem(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = fetch(policies.see_campaign, request, pk), ProblemForm(request.POST)
    return perform(
        request, lambda: campaigns.add_problem(campaign=found, by=actor(request), **form.cleaned_data), to=_at(pk),
        said=_("问题列上了。"), form=form, again=lambda f: _show(request, pk, problem_form=f),
    )  # fmt: skip


@require_POST
def rectification_add_measure(request: HttpRequest, pk: int) -> HttpResponse:
    """``pk`` is the problem's."""
    campaign = fetch_by(policies.see_campaign, request, problems=pk)
    problem = get_object_or_404(Problem.objects.select_related("campaign"), pk=pk, campaign=campaign)
    form = MeasureForm(request.POST, unit_id=campaign.unit_id)
    return perform(
        request, lambda: campaigns.add_measure(problem=problem, by=actor(request), **form.cleaned_data),
        to=_at(campaign.pk), said=_("措施列上了。"), form=form,
        again=lambda f: _show(request, campaign.pk, problem=pk, measure_form=f),
    )  # fmt: skip


@require_POST
def rectification_sign_plan(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_campaign, request, pk)
    return perform(
        request, lambda: campaigns.sign_plan(campaign=found, by=actor(request)), to=_at(pk),
        said=_("整改方案签了，可以交办。"),
    )  # fmt: skip


@require_POST
def rectification_deploy(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_campaign, request, pk)
    return perform(
        request, lambda: steps.deploy_measures(campaign=found, by=actor(request)), to=_at(pk),
        said=_("措施都交办了，等责任部门签收。"),
    )  # fmt: skip


@require_POST
def rectification_check_off(request: HttpRequest, pk: int) -> HttpResponse:
    """``pk`` is the measure's."""
    campaign = fetch_by(policies.see_campaign, request, problems__measures=pk)
    measure = get_object_or_404(Measure.objects.select_related("task"), pk=pk, problem__campaign=campaign)
    form = CheckOffForm(request.POST)
    return perform(
        request, lambda: campaigns.check_off(measure=measure, by=actor(request), **form.cleaned_data),
        to=_at(campaign.pk), said=_("对过账了。"), form=form,
        again=lambda f: _show(request, campaign.pk, check_form=f, check_of=pk),
    )  # fmt: skip


@require_POST
def rectification_sign_report(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_campaign, request, pk)
    return perform(
        request,
        lambda: campaigns.sign_report(campaign=found, by=actor(request)),
        to=_at(pk),
        said=_("整改报告签了。"),
    )


@require_POST
def rectification_grade(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = fetch(policies.see_campaign, request, pk), GradeForm(request.POST)
    return perform(
        request, lambda: campaigns.receive_grade(campaign=found, by=actor(request), **form.cleaned_data), to=_at(pk),
        said=_("评定记下了。"), form=form, again=lambda f: _show(request, pk, grade_form=f),
    )  # fmt: skip
