"""How a paper leaves: by the office's own template if it has one, else by the standard; as Word, or as PDF."""

from urllib.parse import quote

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from gangmu.org import queries as org
from gangmu.papers import office
from gangmu.papers.errors import Unreadable
from gangmu.papers.kinds import facts_of
from gangmu.papers.official import Paper, write
from gangmu.papers.template import Unfit, fill

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TYPES = {"docx": DOCX, "xlsx": XLSX, "pdf": "application/pdf"}


def as_file(name: str, suffix: str, data: bytes) -> HttpResponse:
    """A download under its Chinese name, for old and new browsers alike."""
    response = HttpResponse(data, content_type=TYPES[suffix])
    response["Content-Disposition"] = (
        f"attachment; filename=\"paper.{suffix}\"; filename*=UTF-8''{quote(name)}.{suffix}"
    )
    return response


def wants_pdf(request: HttpRequest) -> bool:
    return request.GET.get("format") == "pdf"


def send(request: HttpRequest, kind: str, paper: Paper, unit_id: int, *, back: str) -> HttpResponse:
    """The paper; ``back`` is the page that says why when it cannot be made."""
    try:
        data = made(kind, paper, unit_id)
    except Unfit as no:
        return refused(request, _("本院的模板没有填成：%(why)s") % {"why": _(str(no))}, back)
    if not wants_pdf(request):
        return as_file(paper.title, "docx", data)
    return pdf(request, paper.title, data, ".docx", back=back)


def made(kind: str, paper: Paper, unit_id: int) -> bytes:
    """By the unit's template where it has one. Raises ``Unfit``."""
    own = org.template_in_use(unit_id, kind)
    return fill(bytes(own.data), facts_of(paper)) if own else write(paper)


def pdf(request: HttpRequest, name: str, data: bytes, suffix: str, *, back: str) -> HttpResponse:
    """The file as PDF, or back with the reason."""
    try:
        return as_file(name, "pdf", office.to_pdf(data, suffix))
    except Unreadable as no:
        return refused(request, _(no.message), back)


def refused(request: HttpRequest, why: str, back: str) -> HttpResponse:
    """Back to the page, with the reason on top."""
    messages.error(request, why)
    return redirect(back)
