"""The log, for the audit administrator: read only, and whether the chain holds."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from gangmu.events.models import Event, Head
from gangmu.org.permissions import Permission
from gangmu.web.export import ledgers, lists
from gangmu.web.fetch import actor
from gangmu.web.wording import SOURCES, STEPS

PER_PAGE = 50


def audit(request: HttpRequest) -> HttpResponse:
    """Events of the own unit's chain, newest first, fifty a page."""
    me = actor(request)
    if not me.can(Permission.AUDIT_READ):
        raise PermissionDenied(_("审计记录只给审计管理员看。"))
    rows = Event.objects.filter(unit_id=me.unit_id).order_by("-seq")
    if ledgers.wanted(request):
        return ledgers.ledger(request, lists.events(rows[: ledgers.MOST]))
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    lines = [
        (e, str(STEPS.get(e.verb, (e.verb, ""))[0]), str(SOURCES.get(e.source, e.source)))
        for e in page.object_list
    ]
    head = Head.objects.filter(unit_id=me.unit_id).first()
    return render(
        request,
        "home/audit.html",
        {"page": page, "lines": lines, "head": head, "ledger": ledgers.link(request)},
    )
