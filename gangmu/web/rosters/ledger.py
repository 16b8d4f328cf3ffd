"""组织与人员: who is here, in which department, with which duty; and that somebody leaves."""

from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gangmu.common import clock
from gangmu.org import policies, queries
from gangmu.org.actions import members
from gangmu.org.actions import people as staff
from gangmu.org.models import Membership
from gangmu.org.permissions import Permission
from gangmu.web.act import perform
from gangmu.web.export import ledgers
from gangmu.web.fetch import LARGEST_KEY, actor, fetch
from gangmu.web.rosters.forms import LeaveForm
from gangmu.web.rosters.tables import LEDGERS, Asked

PER_PAGE = 50


def people(request: HttpRequest) -> HttpResponse:
    """One of four ledgers, searched and filtered; the same rows as Excel."""
    return _page(request)


def _number(text: str) -> int | None:
    found = int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0
    return found if 0 < found <= LARGEST_KEY else None


def _page(request: HttpRequest, opened: int = 0, **forms: LeaveForm) -> HttpResponse:
    me, today, get = actor(request), clock.today(), request.GET
    view = get.get("view") if get.get("view") in LEDGERS else "people"
    ledger = LEDGERS[view or "people"]
    asked = Asked(
        get.get("q", "").replace("\0", "").strip()[:40],
        _number(get.get("department", "")),
        get.get("past") == "1",
    )
    rows = ledger.rows(me, asked, today)
    heads = _heads(view or "people", asked.past, me.can(Permission.RULE_READ_ALL))
    if ledgers.wanted(request):
        cells = (ledger.cells(row, me) for row in rows[: ledgers.MOST])
        flat = ([_flat(c) for c in r] for r in cells)
        return ledgers.ledger(request, ledgers.Sheet(_("%(what)s台账") % {"what": ledger.title}, heads, flat))
    page = Paginator(rows, PER_PAGE).get_page(get.get("page"))
    kept = {k: v for k, v in get.items() if k in ("view", "q", "department", "past") and v}
    context = {
        "view": view, "views": LEDGERS, "ledger": ledger, "asked": asked, "page": page, "heads": [h for h, _width in heads],
        "lines": [(row, ledger.cells(row, me)) for row in page.object_list], "excel": ledgers.link(request),
        "query": urlencode(kept), "departments": queries.departments(me.unit_id) if me.person_id else [],
        "opened": opened or _number(get.get("open", "")), "form": LeaveForm(initial={"on": today}),
        "out_form": LeaveForm(initial={"on": today}, auto_id="out_%s"),
        "may_import": me.can(Permission.ROSTER_EDIT) or me.can(Permission.MEMBER_EDIT),
        "may_leave": me.can(Permission.ROSTER_EDIT) and view == "people" and not asked.past, "me_person": me.person_id,
        "may_transfer": me.can(Permission.MEMBER_EDIT) and view == "people" and not asked.past,
    }  # fmt: skip
    return render(request, "rosters/people.html", context | forms)


def _heads(view: str, past: bool, branches: bool) -> list[tuple[str, int]]:
    """The people's ledger has a column of branches for who sees all of them, and the day of leaving for who has left."""
    heads = [(str(word), width) for word, width in LEDGERS[view].heads]
    if view != "people":
        return heads
    return heads[:4] + heads[4:5] * branches + heads[5:] * past


def _flat(cell: Any) -> Any:
    return cell if cell is None or isinstance(cell, (int, str)) or hasattr(cell, "isoformat") else str(cell)


def _back(request: HttpRequest) -> str:
    return (
        reverse("people")
        + "?"
        + urlencode({k: v for k, v in request.GET.items() if k in ("view", "q", "department", "page")})
    )


@require_POST
def person_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """登记离开."""
    found, form = fetch(policies.see_person, request, pk), LeaveForm(request.POST)
    return perform(
        request, lambda: staff.leave(person=found, on=form.cleaned_data["on"], by=actor(request)), to=_back(request),
        said=_("登记了%(name)s离开，任职到那天为止。组织关系另外转。") % {"name": found.name}, form=form,
        again=lambda f: _page(request, pk, form=f),
    )  # fmt: skip


@require_POST
def member_transfer_out(request: HttpRequest, pk: int) -> HttpResponse:
    """组织关系转出."""
    rows = Membership.objects.select_related("person", "party_org")
    found, form = fetch(policies.see_membership, request, pk, rows), LeaveForm(request.POST, auto_id="out_%s")
    return perform(
        request, lambda: members.transfer_out(membership=found, on=form.cleaned_data["on"], by=actor(request)), to=_back(request),
        said=_("%(name)s的组织关系转出了%(org)s。") % {"name": found.person.name, "org": found.party_org}, form=form,
        again=lambda f: _page(request, found.person_id, out_form=f),
    )  # fmt: skip
