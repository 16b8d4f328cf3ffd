"""Downloads. Fetching the object is the permission check, as everywhere."""

from urllib.parse import quote

from django.http import HttpRequest, HttpResponse

from gangmu.common import clock
from gangmu.flow import lamps
from gangmu.inspection import policies as inspection_policies
from gangmu.inspection.models import Inspection
from gangmu.meetings import policies as meeting_policies
from gangmu.meetings.models import Meeting
from gangmu.papers.official import write
from gangmu.papers.write import write_plan
from gangmu.plan import policies as plan_policies
from gangmu.plan import queries as plans
from gangmu.plan.models import PlanItem
from gangmu.web.export import papers
from gangmu.web.fetch import fetch

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def _file(name: str, data: bytes) -> HttpResponse:
    """A download under its Chinese name, for old and new browsers alike."""
    response = HttpResponse(data, content_type=DOCX)
    response["Content-Disposition"] = (
        f"attachment; filename=\"paper.docx\"; filename*=UTF-8''{quote(name)}.docx"
    )
    return response


def item_thread(request: HttpRequest, pk: int) -> HttpResponse:
    """导出全线."""
    item = fetch(
        plan_policies.see_item, request, pk, PlanItem.objects.select_related("plan__unit", "lead_department")
    )
    four = lamps.of_items([item], item.plan)[pk]
    paper = papers.thread(item, four, plans.knots_of(item), clock.today())
    return _file(paper.title, write(paper))


def meeting_minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """会议纪要."""
    rows = Meeting.objects.select_related("unit", "kind", "party_org", "chair")
    paper = papers.minutes(fetch(meeting_policies.see_meeting, request, pk, rows))
    return _file(paper.title, write(paper))


def inspection_order(request: HttpRequest, pk: int) -> HttpResponse:
    """联合督查通知."""
    paper = papers.order(
        fetch(
            inspection_policies.see_inspection,
            request,
            pk,
            Inspection.objects.select_related("unit", "branch", "leader"),
        )
    )
    return _file(paper.title, write(paper))


def plan_paper(request: HttpRequest, pk: int) -> HttpResponse:
    """The plan as a Word file that can be read back in."""
    plan = fetch(plan_policies.see_plan, request, pk)
    return _file(plan.title, write_plan(papers.outline(plan)))
