"""``?format=xlsx`` on a list page: the same rows, the same filters, as an Excel ledger."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote, urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.papers.ledger import Column, write_ledger

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST = 20_000  # rows; a longer list is narrowed first


def wanted(request: HttpRequest) -> bool:
    return request.GET.get("format") == "xlsx"


def link(request: HttpRequest) -> str:
    """The address of the ledger of what is on the page now."""
    kept = {k: v for k, v in request.GET.items() if k not in ("page", "format") and v}
    return "?" + urlencode({**kept, "format": "xlsx"})


def ledger(title: str, columns: list[tuple[Any, int]], rows: Iterable[Iterable[Any]]) -> HttpResponse:
    """The download; the day it was made stands under the title."""
    made = _("%(day)s导出") % {"day": clock.today().isoformat()}
    data = write_ledger(title, [Column(str(head), width) for head, width in columns], rows, facts=made)
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = (
        f"attachment; filename=\"ledger.xlsx\"; filename*=UTF-8''{quote(title)}.xlsx"
    )
    return response
