"""``?format=xlsx`` or ``?format=pdf`` on a list page: the same rows, the same filters, as a ledger."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gangmu.common import clock
from gangmu.papers.ledger import Column, write_ledger
from gangmu.web.export.sending import as_file, pdf, refused

MOST = 20_000  # rows; a longer list is narrowed first
MOST_PDF = 2_000  # rows that become pages within a request


def wanted(request: HttpRequest) -> bool:
    return request.GET.get("format") in ("xlsx", "pdf")


def link(request: HttpRequest) -> str:
    """The address of the ledger of what is on the page now; with ``format=pdf`` instead it is the same as pages."""
    kept = {k: v for k, v in request.GET.items() if k not in ("page", "format") and v}
    return "?" + urlencode({**kept, "format": "xlsx"})


def words(choices: Iterable[tuple[Any, Any]]) -> tuple[str, ...]:
    """The labels of a field's choices: what a column may say."""
    return tuple(str(label) for value, label in choices if value)


@dataclass(frozen=True)
class Sheet:
    """A ledger: ``heads`` are (word, width[, fixed words]) a column."""

    title: str
    heads: list[tuple[Any, ...]]
    rows: Iterable[Iterable[Any]]


def book(sheet: Sheet) -> bytes:
    """The workbook; the day it was made stands under the title."""
    made = _("%(day)s导出") % {"day": clock.today().isoformat()}
    columns = [Column(str(head), *more) for head, *more in sheet.heads]
    return write_ledger(sheet.title, columns, sheet.rows, facts=made)


def ledger(request: HttpRequest, sheet: Sheet) -> HttpResponse:
    """The download, as Excel or as PDF."""
    if request.GET.get("format") != "pdf":
        return as_file(sheet.title, "xlsx", book(sheet))
    rows, back = list(sheet.rows), request.path + link(request).replace("format=xlsx", "").rstrip("?&")
    if len(rows) > MOST_PDF:
        words = {"n": len(rows), "most": MOST_PDF}
        said = _("有%(n)s行，做成 PDF 太长（最多%(most)s行）。请先筛选，或下载 Excel。") % words
        return refused(request, said, back)
    return pdf(request, sheet.title, book(replace(sheet, rows=rows)), ".xlsx", back=back)
