"""The double-duty ledger of a post holder, from records only."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from gangmu.common import clock
from gangmu.flow import lamps
from gangmu.flow.lamps import Four
from gangmu.org.models import Person
from gangmu.org.permissions import Permission
from gangmu.plan import queries as plans
from gangmu.plan.models import EntryPoint
from gangmu.review import policies, queries
from gangmu.web.fetch import actor, fetch

KNOT = {
    "effective": ("ok", _("已见效")),
    "open": ("na", _("在推进")),
    "half": ("warn", _("半边闭合")),
    "overdue": ("bad", _("到期未见效")),
}


def review(request: HttpRequest) -> HttpResponse:
    """One's own ledger; those who read for the unit choose anyone with such a post: ``?who=``."""
    me, today = actor(request), clock.today()
    asked = request.GET.get("who", "")
    who = int(asked) if asked.isdecimal() else me.person_id
    if who != me.person_id:
        fetch(policies.see_duty, request, who or 0, Person.objects.all())
    holders = queries.holders(me.unit_id, today)
    choose = me.can(Permission.RULE_READ_ALL)
    holder = holders.get(who or 0)
    if holder is None and choose and not asked:
        holder = next(iter(holders.values()), None)
    context = {
        "holder": holder, "holders": list(holders.values()) if choose else [], "today": today,
        "mine": bool(holder and holder.person.pk == me.person_id),
    }  # fmt: skip
    if holder:
        context |= _ledger(me.unit_id, holder)
    return render(request, "review/ledger.html", context)


def _ledger(unit_id: int, holder: queries.Holder) -> dict[str, Any]:
    """The ledger with the lamps of every item in it and the state of every knot."""
    plan = plans.newest_plan(unit_id)
    ledger = queries.ledger(holder, plan.pk if plan else None, clock.today())
    fours = lamps.of_items(ledger.items, plan) if plan and ledger.items else {}
    return {
        "plan": plan, "ledger": ledger, "fours": fours, "gang": ledger.sides["gang"], "mu": ledger.sides["mu"],
        "knots": [_knot(entry, fours) for entry in ledger.knots],
    }  # fmt: skip


def _knot(entry: EntryPoint, fours: dict[int, Four]) -> dict[str, Any]:
    state = plans.state_of(
        entry,
        today=clock.today(),
        gang_done=fours[entry.gang_id].facts.done,
        mu_done=fours[entry.mu_id].facts.done,
    )
    level, word = KNOT[state]
    return {
        "party": {"title": entry.gang.title, "href": reverse("item", args=[entry.gang_id])},
        "business": {"title": entry.mu.title, "href": reverse("item", args=[entry.mu_id])},
        "kind": entry.get_kind_display(), "state": state, "level": level, "word": word,
    }  # fmt: skip
