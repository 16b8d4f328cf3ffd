"""What superiors ask: the list, one directive with its points, registering and answering."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gangmu.org.models import Unit
from gangmu.org.permissions import Permission
from gangmu.papers.errors import Unreadable
from gangmu.papers.letters import read_letter
from gangmu.papers.read import read
from gangmu.plan import policies, queries
from gangmu.plan.actions import directives
from gangmu.plan.models import Directive, DirectivePoint, PointAnswer
from gangmu.review.queries import honours
from gangmu.web.act import perform
from gangmu.web.directives.forms import AnswerForm, DirectiveForm, LeaveForm, LetterForm, SendForm
from gangmu.web.export import ledgers, lists
from gangmu.web.fetch import actor, fetch, fetch_by

PER_PAGE = 50
HONOURS = 20  # shown on one page, the latest


def directive_list(request: HttpRequest) -> HttpResponse:
    """The unit's directives with points answered of all; ``?view=open`` only those with a point left."""
    me = actor(request)
    rows = queries.directives(me.unit_id).filter(
        pk__in=policies.see_directive.filter(me, Directive.objects.all()).values("pk")
    )
    points = DirectivePoint.objects.filter(directive__unit_id=me.unit_id)
    open_points = queries.open_points(points)
    view = "open" if request.GET.get("view") == "open" else "all"
    if view == "open":
        rows = rows.filter(pk__in=open_points.values("directive_id"))
    if ledgers.wanted(request):
        return ledgers.ledger(request, lists.directives(rows.order_by("-issued_on", "-id")[: ledgers.MOST]))
    page = Paginator(rows.order_by("-issued_on", "-id"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "ledger": ledgers.link(request),
        "page": page,
        "view": view,
        "open": open_points.count(),
        "may_edit": me.can(Permission.PLAN_EDIT),
    }
    return render(request, "directives/list.html", context)


def directive(request: HttpRequest, pk: int) -> HttpResponse:
    point = request.GET.get("point", "")
    return _page(request, pk, point=int(point) if point.isdecimal() else None)


def _page(
    request: HttpRequest, pk: int, *, point: int | None = None, form: AnswerForm | None = None,
    leave_form: LeaveForm | None = None, send_form: SendForm | None = None,
) -> HttpResponse:  # fmt: skip
    """``point``: the one being answered; its forms are shown only to those who may answer."""
    answers = PointAnswer.objects.select_related("item__lead_department", "item__plan").order_by("id")
    rows = Directive.objects.select_related("unit").prefetch_related(
        Prefetch("points", DirectivePoint.objects.select_related("unanswered_by")),
        Prefetch("points__answers", answers),
    )
    found = fetch(policies.see_directive, request, pk, rows)
    points = list(found.points.all())
    may_edit = policies.edit_directive.allows(actor(request), found)
    chosen = next((p for p in points if p.pk == point), None) if may_edit else None
    if chosen and form is None:
        form = AnswerForm(point=chosen)
    lower = _lower(found) if may_edit else []
    won = honours.once(honours.of_items({a.item_id for p in points for a in p.answers.all()}))
    context = {
        "sent": list(queries.sent_down(pk)), "send_form": send_form or (SendForm(units=lower) if lower else None),
        "directive": found, "may_edit": may_edit, "chosen": chosen, "form": form, "total": len(points),
        "leave_form": leave_form or LeaveForm(), "groups": _groups(points), "honours": won[-HONOURS:],
    }  # fmt: skip
    return render(request, "directives/detail.html", context)


def _groups(points: list[DirectivePoint]) -> dict[str, list[DirectivePoint]]:
    """Points by how they are covered: open, partly, reasoned (no item, and why), whole."""
    found: dict[str, list[DirectivePoint]] = {"open": [], "partly": [], "reasoned": [], "whole": []}
    for p in points:
        answers = list(p.answers.all())
        if answers:
            found["partly" if all(a.partly for a in answers) else "whole"].append(p)
        else:
            found["reasoned" if p.unanswered_reason else "open"].append(p)
    return found


def _lower(found: Directive) -> list[Unit]:
    """Units right below that do not have it yet."""
    rows = Unit.objects.filter(parent_id=found.unit_id).exclude(directives__sent_from=found)
    return list(rows.order_by("path"))


@require_POST
def directive_send_down(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_directive, request, pk, Directive.objects.select_related("unit"))
    form = SendForm(request.POST, units=_lower(found))
    return perform(
        request, lambda: directives.send_down(directive=found, by=actor(request), **form.cleaned_data),
        to=reverse("directive", args=[pk]), said=_("下发了。各院怎样落实，这一页看得到。"), form=form,
        again=lambda f: _page(request, pk, send_form=f),
    )  # fmt: skip


@require_http_methods(["GET", "POST"])
def directive_new(request: HttpRequest) -> HttpResponse:
    me = actor(request)
    if not me.can(Permission.PLAN_EDIT):
        raise PermissionDenied(policies.edit_directive.reason)
    if request.method == "GET":
        return _new(request, DirectiveForm())
    form = DirectiveForm(request.POST)
    return perform(
        request, lambda: directives.register(unit=Unit.objects.get(pk=me.unit_id), by=me, **form.cleaned_data),
        to=lambda row: reverse("directive", args=[row.pk]), said=_("登记好了。逐条找对应的计划事项就行。"),
        form=form, again=lambda f: _new(request, f),
    )  # fmt: skip


def _new(request: HttpRequest, form: Any, **more: Any) -> HttpResponse:
    context = {"form": form, "letter_form": LetterForm(), "letter": None, "paragraphs": []}
    return render(request, "directives/new.html", context | more)


@require_POST
def directive_read(request: HttpRequest) -> HttpResponse:
    """A letter fills the form; nothing is kept until somebody registers it."""
    if not actor(request).can(Permission.PLAN_EDIT):  # before anything of the file is read
        raise PermissionDenied(policies.edit_directive.reason)
    letter_form = LetterForm(request.POST, request.FILES)
    if letter_form.is_valid():
        upload = letter_form.cleaned_data["file"]
        try:
            paper = read(upload.read(), upload.name)
        except Unreadable as problem:
            letter_form.add_error("file", _(problem.message))
        else:
            letter = read_letter(paper)
            start = {n: getattr(letter, n) for n in ("title", "doc_no", "issuer", "issued_on")}
            form = DirectiveForm(initial=start | {"points": "\n".join(p.text for p in letter.points)})
            return _new(
                request, form, letter=letter, paragraphs=[p for p in paper.paragraphs if p.text.strip()]
            )
    response = _new(request, DirectiveForm(), letter_form=letter_form)
    response.status_code = 422
    return response


@require_POST
def directive_answer(request: HttpRequest, pk: int) -> HttpResponse:
    """This item answers that point."""
    parent = fetch_by(policies.see_directive, request, points=pk)
    point = get_object_or_404(DirectivePoint.objects.select_related("directive"), pk=pk, directive=parent)
    form = AnswerForm(request.POST, point=point)
    return perform(
        request, lambda: directives.answer(point=point, by=actor(request), **form.cleaned_data),
        to=reverse("directive", args=[parent.pk]), said=_("对上了。"), form=form,
        again=lambda f: _page(request, parent.pk, point=pk, form=f),
    )  # fmt: skip


@require_POST
def directive_leave(request: HttpRequest, pk: int) -> HttpResponse:
    """No item answers that point, for a reason."""
    parent = fetch_by(policies.see_directive, request, points=pk)
    point = get_object_or_404(DirectivePoint.objects.select_related("directive"), pk=pk, directive=parent)
    form = LeaveForm(request.POST)
    return perform(
        request, lambda: directives.leave_unanswered(point=point, by=actor(request), **form.cleaned_data),
        to=reverse("directive", args=[parent.pk]), said=_("理由写下了，上级看得到。"), form=form,
        again=lambda f: _page(request, parent.pk, point=pk, leave_form=f),
    )  # fmt: skip


@require_POST
def directive_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The item does not answer the point after all."""
    parent = fetch_by(policies.see_directive, request, points__answers=pk)
    found = get_object_or_404(PointAnswer.objects.select_related("point__directive", "item"), pk=pk)
    return perform(
        request, lambda: directives.withdraw_answer(answer=found, by=actor(request)),
        to=reverse("directive", args=[parent.pk]), said=_("撤掉了。"),
    )  # fmt: skip
