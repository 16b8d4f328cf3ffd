"""The branches of the unit, and one branch."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gangmu.common import clock
from gangmu.meetings.models import MeetingKind
from gangmu.org.models import PartyOrg
from gangmu.org.permissions import Permission
from gangmu.party_life import dues, policies, queries
from gangmu.party_life.models import Dues
from gangmu.web.export import ledgers, lists
from gangmu.web.fetch import actor, fetch

BODIES = (PartyOrg.Kind.BRANCH, PartyOrg.Kind.GENERAL_BRANCH)
COLUMNS = ("assembly", "committee", "theme_day", "lecture")
LEDGER = ("committee", "assembly", "theme_day", "lecture", "group")


def party_life(request: HttpRequest) -> HttpResponse:
    """One row a branch; a member sees the own branch."""
    me, today = actor(request), clock.today()
    branches = PartyOrg.objects.filter(kind__in=BODIES, closed_on__isnull=True)
    rows = queries.overview(policies.see_branch.filter(me, branches), today)
    if ledgers.wanted(request):
        return ledgers.ledger(request, lists.branches(rows))
    levels = [v.lamp for r in rows for v in r.lamps.values()]
    context = {
        "ledger": ledgers.link(request),
        "rows": rows, "today": today, "columns": COLUMNS, "all": me.can(Permission.RULE_READ_ALL),
        "bad": levels.count("bad"), "warn": levels.count("warn"),
        "voting": sum(r.voting for r in rows), "probationary": sum(r.probationary for r in rows),
    }  # fmt: skip
    return render(request, "party_life/list.html", context)


def branch(request: HttpRequest, pk: int) -> HttpResponse:
    """Members, committee, and the year's three-meetings-one-lesson by month."""
    today = clock.today()
    rows = PartyOrg.objects.select_related("unit").prefetch_related("departments", "children")
    found = fetch(policies.see_branch, request, pk, rows)
    years = queries.years(found, today)
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else today.year
    kinds = {k.code: k for k in MeetingKind.objects.all()}
    groups = [g for g in found.children.all() if g.closed_on is None]
    context = {
        "branch": found, "today": today, "year": year, "years": years, "groups": groups,
        "members": queries.members(pk, today), "committee": queries.committee(pk, today),
        "ledger": queries.ledger(found, year), "last_month": 12 if year < today.year else today.month,
        "columns": [kinds[c] for c in LEDGER if c in kinds and (c != "group" or groups)],
        "may_convene": pk in actor(request).branches, "keeps": actor(request).can(Permission.MEMBER_EDIT),
        "dues": dues.ledger(found, year, policies.see_dues.filter(actor(request), Dues.objects.all())),
        "totals": dues.totals, "owing": dues.owing, "probation_ends": queries.probation_ends,
    }  # fmt: skip
    return render(request, "party_life/branch.html", context)
