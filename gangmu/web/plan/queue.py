"""切入点建议: the next item that holds nothing, what it could be tied to and why; one key ties it."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from gangmu.plan import policies, proposals, queries, states
from gangmu.plan.models import Plan, PlanItem
from gangmu.web.fetch import actor, fetch
from gangmu.web.plan.forms import OfferForm, ReasonForm, TieForm


@dataclass(frozen=True)
class Offer:
    """A proposal with its form filled in; ``key`` is the key that ties it."""

    proposal: proposals.Proposal
    form: OfferForm
    key: str


def entry_queue(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_plan, request, pk, Plan.objects.select_related("unit"))
    return page(request, found)


def page(
    request: HttpRequest, plan: Plan, item: PlanItem | None = None, tie_form: TieForm | None = None,
    reason_form: ReasonForm | None = None,
) -> HttpResponse:  # fmt: skip
    """``?at=`` one item, ``?skip=`` those set aside for now. A refused form comes back with what was typed."""
    me = actor(request)
    skip = {int(x) for x in request.GET.get("skip", "").split(",") if x.isdecimal()}
    holes = [
        i
        for i in queries.unbound(plan.pk).select_related("leader", "plan")
        if policies.bind_item.allows(me, i)
    ]
    item = item or _asked(request, plan) or next((i for i in holes if i.pk not in skip), None)
    open_plan = plan.state in states.BINDABLE_PLAN
    may = bool(item and open_plan and policies.bind_item.allows(me, item))
    context = {
        "plan": plan, "item": item, "holes": holes, "may": may, "tie_form": tie_form,
        "offers": _offers(item) if item and may else [], "reason_form": reason_form or ReasonForm(),
        "pick_form_": tie_form or (TieForm(item=item) if item and may else None),
        "then": "item" if "item" in (request.GET.get("then"), request.POST.get("then")) else "queue",
        "reason": getattr(item, "unbound_reason", None) if item else None, "why": why,
        "skip": ",".join(map(str, sorted(skip | ({item.pk} if item else set())))),
    }  # fmt: skip
    return render(request, "plan/queue.html", context)


def _asked(request: HttpRequest, plan: Plan) -> PlanItem | None:
    asked = request.GET.get("at", "")
    if not asked.isdecimal():
        return None
    rows = queries.action_items(plan.pk).select_related("plan", "lead_department", "leader", "unbound_reason")
    return get_object_or_404(rows, pk=min(int(asked), 2**63 - 1))


def _offers(item: PlanItem) -> list[Offer]:
    found = []
    for number, p in enumerate(proposals.for_item(item), start=1):
        initial = {"partner": p.item.pk, "kind": p.kind, "expected": p.expected}
        form = OfferForm(initial=initial, auto_id=f"p{number}_%s")
        found.append(Offer(p, form, str(number)))
    return found


def why(reason: proposals.Reason) -> str:
    """The reason in words."""
    words: dict[str, Any] = {
        "last_year": _("%(what)s年结过"), "department": _("都由%(what)s牵头"), "joined": _("%(what)s参加"),
        "leader": _("都由%(what)s分管"), "words": _("都提到“%(what)s”"),
    }  # fmt: skip
    return str(words[reason.code]) % {"what": reason.what}
