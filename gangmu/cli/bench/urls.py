"""The product's addresses, and beside each measured page a bare view: same reads, same rows, no layout.

``titles`` is barer still: only the rows' own query, as a floor. ``clock`` reads nothing.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template import engines
from django.urls import include, path

from gangmu.events import timeline
from gangmu.flow import lamps
from gangmu.plan import queries
from gangmu.plan.models import Plan, PlanItem
from gangmu.tasks import queries as tasks
from gangmu.web.fetch import actor
from gangmu.web.home import needs

ROWS = engines["jinja2"].from_string(
    "<!doctype html><title>bare</title><ul>{% for row in rows %}<li>{% for cell in row %}<span>{{ cell }}</span> "
    "{% endfor %}</li>{% endfor %}</ul>"
)


def _answer(request: HttpRequest, rows: list[list[object]]) -> HttpResponse:
    return HttpResponse(ROWS.render({"rows": rows}, request))


def bare_list(request: HttpRequest, pk: int) -> HttpResponse:
    actor(request).unit_id  # noqa: B018 - the same person is worked out
    plan = get_object_or_404(Plan, pk=pk)
    found = list(queries.action_items(pk)[:50])
    fours = lamps.of_items(found, plan)
    return _answer(
        request, [[i.title, i.lead_department, i.due_on, *(x.word for x in fours[i.pk])] for i in found]
    )


def bare_titles(request: HttpRequest, pk: int) -> HttpResponse:
    actor(request).unit_id  # noqa: B018
    return _answer(request, [[i.title, i.lead_department, i.due_on] for i in queries.action_items(pk)[:50]])


def bare_item(request: HttpRequest, pk: int) -> HttpResponse:
    actor(request).unit_id  # noqa: B018
    item = get_object_or_404(PlanItem.objects.select_related("plan", "lead_department"), pk=pk)
    knots = queries.knots_of(item)
    fours = lamps.of_items([item, *(k.gang for k in knots), *(k.mu for k in knots)], item.plan)
    rows: list[list[object]] = [[item.title, *(x.word for x in fours[pk])]]
    rows += [[k.gang.title, k.mu.title, k.expected] for k in knots]
    rows += [[t.title, t.due_on] for t in tasks.of_item(pk)]
    rows += [[s.event.label, s.event.happened_on] for s in timeline.of(item)]
    return _answer(request, rows)


def bare_home(request: HttpRequest) -> HttpResponse:
    me = actor(request)
    seen = needs.meetings_now(me)
    rows: list[list[object]] = [[n.word, n.title, n.why] for g in needs.groups(me, seen) for n in g.rows]
    rows += [[d["title"]] for d in needs.decisions_waiting(me)]
    rows += [[h["title"]] for h in needs.holes(me)[0]]
    rows += [[m, m.held_on] for m in needs.week(seen)]
    return _answer(request, rows)


def bare_clock(request: HttpRequest) -> HttpResponse:
    """The same work whatever the data: what the machine is worth at this moment."""
    return _answer(request, [[n * k for k in range(8)] for n in range(400)])


urlpatterns = [
    path("bare/clock/", bare_clock),
    path("bare/plans/<int:pk>/", bare_list),
    path("bare/titles/<int:pk>/", bare_titles),
    path("bare/items/<int:pk>/", bare_item),
    path("bare/home/", bare_home),
    path("", include("gangmu.urls")),
]
handler500 = "gangmu.web.errors.server_error"
