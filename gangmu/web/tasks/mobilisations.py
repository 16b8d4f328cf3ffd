"""动员令: the list, one order with its lines, warnings and balance, and a view a verb."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gangmu.common import clock
from gangmu.events import timeline
from gangmu.org.models import Unit
from gangmu.tasks import policies, queries, states
from gangmu.tasks.actions import mobilisations
from gangmu.tasks.models import Contribution, Mobilisation, Task
from gangmu.web.act import perform
from gangmu.web.export import papers
from gangmu.web.export.sending import send
from gangmu.web.fetch import actor, fetch
from gangmu.web.tasks.issue_forms import DropForm
from gangmu.web.tasks.mobilisation_forms import AskForForm, DraftForm, GiveForm, SettleForm

PER_PAGE = 50


def _may_draft(request: HttpRequest) -> bool:
    me = actor(request)
    return policies.issue_task.allows(me, Task(unit_id=me.unit_id))


def mobilisation_list(request: HttpRequest) -> HttpResponse:
    """Orders one may see, the newest first."""
    me = actor(request)
    seen = policies.see_order.filter(me, Mobilisation.objects.all())
    page = Paginator(seen.select_related("coordinator", "item"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page, "in_force": seen.filter(state="in_force").count(), "may_draft": _may_draft(request),
    }  # fmt: skip
    return render(request, "tasks/mobilisations.html", context)


@require_http_methods(["GET", "POST"])
def mobilisation_draft(request: HttpRequest) -> HttpResponse:
    me = actor(request)
    if not _may_draft(request):
        raise PermissionDenied(str(policies.drive_order.reason))

    def show(form: Any) -> HttpResponse:
        return render(request, "tasks/mobilisation_draft.html", {"form": form})

    if request.method != "POST":
        initial = {"item": request.GET.get("item", ""), "starts_on": clock.today(), "kind": "case"}
        return show(DraftForm(unit_id=me.unit_id, initial=initial))
    form = DraftForm(request.POST, unit_id=me.unit_id)
    return perform(
        request, lambda: mobilisations.draft(unit=Unit.objects.get(pk=me.unit_id), by=me, **form.cleaned_data),
        to=lambda made: _at(made.pk), said=_("草拟好了。列上要谁出人出钱出物，再下令。"), form=form, again=show,
    )  # fmt: skip


def mobilisation(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


def _fetch(request: HttpRequest, pk: int) -> Mobilisation:
    rows = Mobilisation.objects.select_related(
        "unit", "coordinator", "item", "entry_point__gang", "entry_point__mu"
    ).prefetch_related("contributions__department", "contributions__person")
    return fetch(policies.see_order, request, pk, rows)


def _page(request: HttpRequest, pk: int, **forms: Any) -> HttpResponse:
    me, found = actor(request), _fetch(request, pk)
    order_of = list(Contribution.Kind.values).index  # people first, as everywhere
    lines = sorted(found.contributions.all(), key=lambda x: (order_of(x.kind), x.pk))
    for line in lines:
        line.order = found  # the policy asks for the unit; not once more for each line
    drives = policies.drive_order.allows(me, found)
    can = set(states.MOBILISATION.verbs(found.state)) - {"give"} if drives else set()
    gives = {x.pk for x in lines if found.state == "in_force" and policies.give_to_order.allows(me, x)}
    kinds = dict(Contribution.Kind.choices)
    context = {
        "order": found, "lines": lines, "can": can, "gives": gives, "steps": timeline.of(found),
        "balances": [(kinds[b.kind], b) for b in queries.balances(found)], "clashes": queries.clashes(found),
        "ask_form": AskForForm(order=found) if "ask_for" in can else None, "refused": None, "give_form": None,
        "settle_form": SettleForm(order=found), "call_off_form": DropForm(prefix="c"),
    }  # fmt: skip
    return render(request, "tasks/mobilisation.html", context | forms)


def _at(pk: int) -> str:
    return reverse("mobilisation", args=[pk])


@require_POST
def mobilisation_ask_for(request: HttpRequest, pk: int) -> HttpResponse:
    found = _fetch(request, pk)
    form = AskForForm(request.POST, order=found)
    return perform(
        request, lambda: mobilisations.ask_for(order=found, by=actor(request), **form.cleaned_data), to=_at(pk) + "#ask",
        said=_("列上了。"), form=form, again=lambda f: _page(request, pk, ask_form=f),
    )  # fmt: skip


@require_POST
def mobilisation_order(request: HttpRequest, pk: int) -> HttpResponse:
    found = _fetch(request, pk)
    return perform(
        request, lambda: mobilisations.order(order=found, by=actor(request)), to=_at(pk),
        said=_("下令了。各部门在今日看到，逐条确认给多少。"),
    )  # fmt: skip


@require_POST
def mobilisation_settle(request: HttpRequest, pk: int) -> HttpResponse:
    found = _fetch(request, pk)
    form = SettleForm(request.POST, order=found)
    return perform(
        request, lambda: mobilisations.settle(order=found, by=actor(request), **form.settled()), to=_at(pk),
        said=_("结算了。"), form=form, again=lambda f: _page(request, pk, settle_form=f),
    )  # fmt: skip


@require_POST
def mobilisation_call_off(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _fetch(request, pk), DropForm(request.POST, prefix="c")
    return perform(
        request, lambda: mobilisations.call_off(order=found, by=actor(request), **form.cleaned_data), to=_at(pk),
        said=_("取消了。"), form=form, again=lambda f: _page(request, pk, call_off_form=f),
    )  # fmt: skip


def _line(request: HttpRequest, pk: int) -> Contribution:
    rows = Contribution.objects.select_related("order", "department", "person")
    return fetch(policies.see_line, request, pk, rows)


@require_POST
def mobilisation_leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    found = _line(request, pk)
    return perform(
        request, lambda: mobilisations.leave_out(line=found, by=actor(request)), to=_at(found.order_id),
        said=_("去掉了。"),
    )  # fmt: skip


@require_POST
def mobilisation_give(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = _line(request, pk), GiveForm(request.POST)
    return perform(
        request, lambda: mobilisations.give(line=found, by=actor(request), **form.cleaned_data),
        to=_at(found.order_id), said=_("确认了。"), form=form,
        again=lambda f: _page(request, found.order_id, refused=pk, give_form=f),
    )  # fmt: skip


def mobilisation_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The order as an official paper."""
    found = _fetch(request, pk)
    made = papers.mobilisation(found)
    return send(request, "mobilisation", made, found.unit_id, back=reverse("mobilisation", args=[pk]))
