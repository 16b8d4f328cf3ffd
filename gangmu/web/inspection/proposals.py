"""Entry points brought home from visits: suggested there, decided by the plan office."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gangmu.flow import steps
from gangmu.inspection import policies, queries
from gangmu.inspection.actions import proposals
from gangmu.inspection.models import ProposedEntryPoint
from gangmu.web.act import perform
from gangmu.web.fetch import actor, fetch
from gangmu.web.inspection import page
from gangmu.web.inspection.forms import ProposeForm, ReasonForm
from gangmu.web.inspection.verbs import at, line_of

PER_PAGE = 50


def proposal_list(request: HttpRequest) -> HttpResponse:
    return _list(request)


def _list(request: HttpRequest, form: ReasonForm | None = None, declining: int = 0) -> HttpResponse:
    """Those that wait first; each says from which visit it came."""
    me = actor(request)
    seen = policies.see_proposal.filter(me).values("pk")
    rows = queries.proposals(me.unit_id).filter(pk__in=seen)
    shown = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    decides = {p.pk for p in shown if p.state == "waiting" and policies.decide_proposal.allows(me, p)}
    waiting = rows.filter(state=ProposedEntryPoint.State.WAITING).count()
    context = {"page": shown, "decides": decides, "waiting": waiting, "form": form, "declining": declining}
    return render(request, "inspection/proposals.html", context)


def _proposal(request: HttpRequest, pk: int) -> ProposedEntryPoint:
    rows = ProposedEntryPoint.objects.select_related("inspection", "gang__plan", "mu__plan")
    return fetch(policies.see_proposal, request, pk, rows)


@require_POST
def visit_propose(request: HttpRequest, pk: int) -> HttpResponse:
    """A way in seen on the visit, for the item of this line."""
    line = line_of(request, pk)
    form = ProposeForm(request.POST, item=line.item)
    return perform(
        request,
        lambda: proposals.propose(inspection=line.inspection, mu=line.item, by=actor(request), **form.cleaned_data),
        to=at(line.inspection_id, pk), said=_("建议记下了，等党办定。"), form=form,
        again=lambda f: page.show(request, line.inspection_id, line=pk, panel="propose", propose_form=f),
    )  # fmt: skip


@require_POST
def proposal_accept(request: HttpRequest, pk: int) -> HttpResponse:
    found = _proposal(request, pk)
    return perform(
        request, lambda: steps.accept_proposal(proposal=found, by=actor(request)), to=reverse("proposal_list"),
        said=_("采纳了，切入点已经结到计划里。"),
    )  # fmt: skip


@require_POST
def proposal_decline(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _proposal(request, pk), ReasonForm(request.POST)
    return perform(
        request, lambda: proposals.decline(proposal=found, by=actor(request), **form.cleaned_data),
        to=reverse("proposal_list"), said=_("不采纳，理由记下了。"), form=form,
        again=lambda f: _list(request, f, pk),
    )  # fmt: skip
