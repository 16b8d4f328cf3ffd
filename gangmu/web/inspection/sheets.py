"""The sheet that goes along on a visit without network: out as Excel or Word, back in with a look before it is adopted."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gangmu.common import source
from gangmu.inspection import policies
from gangmu.inspection.actions import sheets
from gangmu.inspection.codes import code_of
from gangmu.inspection.models import Inspection, Line, Sheet
from gangmu.inspection.queries.sheets import outcomes
from gangmu.org import queries as org
from gangmu.papers import visit_sheet
from gangmu.web.act import perform
from gangmu.web.export.papers.words import day
from gangmu.web.export.sending import as_file
from gangmu.web.fetch import actor, fetch
from gangmu.web.inspection import page
from gangmu.web.inspection.forms import AdoptSheetForm, SheetForm
from gangmu.web.inspection.verbs import at


def _blank(inspection: Inspection) -> visit_sheet.Blank:
    """The lines with what was promised and what is written already."""
    rows = inspection.lines.select_related("item__lead_department", "entry_point__gang").order_by(
        "item__position", "id"
    )
    where = inspection.place or inspection.branch or _("有关部门")
    return visit_sheet.Blank(
        title=_("%(title)s 记录表") % {"title": inspection.title},
        facts=_("%(day)s　%(where)s") % {"day": day(inspection.visit_on), "where": where},
        lines=tuple(_line(row) for row in rows), grades=tuple(sheets.GRADES), sides=tuple(sheets.SIDES),
        owners=tuple(org.departments(inspection.unit_id).values_list("name", flat=True)),
    )  # fmt: skip


def _line(row: Line) -> visit_sheet.Line:
    entry = row.entry_point
    return visit_sheet.Line(
        code=code_of(row), item=row.item.title, department=str(row.item.lead_department or ""),
        way=f"{entry.gang.title}（{entry.get_kind_display()}）" if entry else _("没有切入点"),
        expected=entry.expected if entry else "", business_effect=row.business_effect,
        party_effect=row.party_effect, grade=row.get_grade_display() if row.grade else "",
    )  # fmt: skip


def inspection_sheet_xlsx(request: HttpRequest, pk: int) -> HttpResponse:
    blank = _blank(fetch(policies.work_inspection, request, pk, Inspection.objects.select_related("branch")))
    return as_file(blank.title, "xlsx", visit_sheet.to_xlsx(blank))


def inspection_sheet_docx(request: HttpRequest, pk: int) -> HttpResponse:
    blank = _blank(fetch(policies.work_inspection, request, pk, Inspection.objects.select_related("branch")))
    return as_file(blank.title, "docx", visit_sheet.to_docx(blank))


@require_POST
def inspection_read_sheet(request: HttpRequest, pk: int) -> HttpResponse:
    """A filled sheet comes back: read, not yet written."""
    found, form = fetch(policies.see_inspection, request, pk), SheetForm(request.POST, request.FILES)

    def do() -> Sheet:
        policies.work_inspection.require(actor(request), found)  # before anything of the file is read
        upload = form.cleaned_data["file"]
        with source.through("import"):
            return sheets.read_sheet(
                inspection=found, name=upload.name, data=upload.read(), by=actor(request)
            )

    return perform(
        request, do, to=lambda row: reverse("visit_sheet", args=[row.pk]) if row else at(pk),
        said=_("读好了。看一遍，再一起写入。"), form=form, again=lambda f: page.show(request, pk, sheet_form=f),
    )  # fmt: skip


def _sheet(request: HttpRequest, pk: int) -> Sheet:
    return fetch(policies.see_sheet, request, pk, Sheet.objects.select_related("inspection", "read_by"))


def visit_sheet_page(request: HttpRequest, pk: int) -> HttpResponse:
    return _preview(request, _sheet(request, pk))


def _preview(request: HttpRequest, sheet: Sheet, form: Any = None) -> HttpResponse:
    """What would be written, line by line."""
    found = outcomes(sheet)
    context = {
        "sheet": sheet, "outcomes": found, "form": form, "open": sheet.state == Sheet.State.READ,
        "writes": sum(o.effects == "write" for o in found), "raises": sum(o.finding for o in found),
        "conflicts": sum(o.effects == "conflict" for o in found), "bad": sum(o.effects == "bad" for o in found),
    }  # fmt: skip
    return render(request, "inspection/sheet.html", context)


@require_POST
def visit_sheet_adopt(request: HttpRequest, pk: int) -> HttpResponse:
    """All of it is written down as one."""
    sheet = _sheet(request, pk)
    form = AdoptSheetForm(request.POST, lines=list(sheet.inspection.lines.values_list("pk", flat=True)))
    return perform(
        request, lambda: sheets.adopt_sheet(sheet=sheet, by=actor(request), **form.cleaned_data),
        to=at(sheet.inspection_id), said=_("表里的都写入了。"), form=form,
        again=lambda f: _preview(request, sheet, f),
    )  # fmt: skip


@require_POST
def visit_sheet_drop(request: HttpRequest, pk: int) -> HttpResponse:
    sheet = _sheet(request, pk)
    return perform(
        request, lambda: sheets.drop_sheet(sheet=sheet, by=actor(request)), to=at(sheet.inspection_id),
        said=_("这张表不用了，什么都没有写入。"),
    )  # fmt: skip
