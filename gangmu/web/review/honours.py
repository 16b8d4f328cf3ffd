"""Honours: the list by date, one honour with its way back to the demand, registering, and a view a verb."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from gangmu.common import clock
from gangmu.events import timeline
from gangmu.org import queries as org
from gangmu.org.actor import Actor
from gangmu.org.models import Unit
from gangmu.org.permissions import Permission
from gangmu.plan.models import PlanItem
from gangmu.review import conferring, policies
from gangmu.review.actions import honours
from gangmu.review.models import Honour, HonourBasis, HonourRecipient
from gangmu.review.queries import honours as queries
from gangmu.review.queries.walks import MOST, walks
from gangmu.tasks import policies as task_policies
from gangmu.tasks.models import Task
from gangmu.web.act import perform
from gangmu.web.export import ledgers, lists
from gangmu.web.fetch import actor, fetch
from gangmu.web.review.honour_forms import (
    BasisForm,
    HonourForm,
    RegisterForm,
    WithdrawForm,
    basis_of,
    choices,
    item_named,
    task_named,
)
from gangmu.web.review.way_back import way_back

PER_PAGE = 50


def honour_list(request: HttpRequest) -> HttpResponse:
    """By date, narrowed by ``?year= level= department=``; ``?of=below`` those of the units below, for those who read there."""
    me = actor(request)
    reads_below = me.can(Permission.RULE_READ_ALL)
    below = reads_below and request.GET.get("of") == "below"
    seen = policies.see_honour.filter(me)
    seen = seen.exclude(unit_id=me.unit_id) if below else seen.filter(unit_id=me.unit_id)
    selects = _selects(me, seen, below)
    chosen = {
        name: value
        for name, _word, options in selects
        if (value := request.GET.get(name, "")) in {code for code, _label in options}
    }
    rows = queries.listed(_narrowed(seen, chosen))
    if ledgers.wanted(request):
        return ledgers.ledger(request, lists.honours(rows[: ledgers.MOST], clock.today()))
    kept = "".join(f"&{name}={code}" for name, code in chosen.items())
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")), "today": clock.today(), "selects": selects,
        "chosen": chosen, "below": below, "reads_below": reads_below, "kept": ("of=below" if below else "of=own") + kept,
        "keeps": policies.keep_honour.allows(me, Honour(unit_id=me.unit_id)), "ledger": ledgers.link(request),
        "stands": queries.in_force_words,
    }  # fmt: skip
    return render(request, "review/honours.html", context)


def _selects(me: Actor, seen: QuerySet[Honour], below: bool) -> list[tuple[str, Any, list[tuple[str, Any]]]]:
    """(name, word, options) of each filter; departments only where they are the own ones."""
    found: list[tuple[str, Any, list[tuple[str, Any]]]] = [
        ("year", _("年度"), [(str(y), _("%(year)s年") % {"year": y}) for y in queries.years(seen)]),
        ("level", _("级别"), list(Honour.Level.choices)),
    ]
    if not below and me.person_id is not None and not me.is_admin:
        found.append(("department", _("部门"), [(str(d.pk), d.name) for d in org.departments(me.unit_id)]))
    return found


def _narrowed(rows: QuerySet[Honour], chosen: dict[str, str]) -> QuerySet[Honour]:
    if "year" in chosen:
        rows = rows.filter(given_on__year=int(chosen["year"]))
    if "level" in chosen:
        rows = rows.filter(level=chosen["level"])
    return queries.of_department(rows, int(chosen["department"])) if "department" in chosen else rows


def honour(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


def _page(request: HttpRequest, pk: int, **forms: Any) -> HttpResponse:
    """One honour with its ways back; twelve queries whatever stands behind it."""
    me, today = actor(request), clock.today()
    found = fetch(policies.see_honour, request, pk, Honour.objects.select_related("unit", "withdrawn_by"))
    to = list(found.recipients.select_related("department", "party_org", "person__department"))
    bases = list(queries.bases_of(pk)[: MOST + 1])
    shown, seen = walks(bases[:MOST]), _tasks_seen(me, found, bases)
    keeps = found.state == Honour.State.GIVEN and policies.keep_honour.allows(me, found)
    words = request.GET.get("q", "")[:60]
    context = {
        "own": found.unit_id == me.unit_id, "honour": found, "to": to, "today": today, "keeps": keeps, "stands": queries.in_force_words(found, today),
        "ways": [way_back(w, seen, today) for w in shown], "more": len(bases) > MOST,
        "doubt": conferring.doubt(found.award, found.level, found.unit.level), "steps": timeline.of(found),
        "basis_form": BasisForm(unit_id=found.unit_id, words=words) if keeps and "basis_form" not in forms else None,
        "withdraw_form": WithdrawForm(),
    }  # fmt: skip
    return render(request, "review/honour.html", context | forms)


def _tasks_seen(me: Actor, found: Honour, bases: list[HonourBasis]) -> set[int]:
    """Which tasks behind it this person may open; the others are not named. No query for those who drive the unit's."""
    ids = {b.task_id for b in bases if b.task_id}
    if not ids or (found.unit_id == me.unit_id and me.can(Permission.TASK_ISSUE)):
        return ids
    return set(
        task_policies.see_task.filter(me, Task.objects.filter(pk__in=ids)).values_list("pk", flat=True)
    )


def _at(pk: int) -> str:
    return reverse("honour", args=[pk])


def _keeper(request: HttpRequest) -> Actor:
    """Whoever keeps honours; anybody else is told who does."""
    me = actor(request)
    if not policies.keep_honour.allows(me, Honour(unit_id=me.unit_id)):
        raise PermissionDenied(policies.keep_honour.reason)
    return me


@require_http_methods(["GET", "POST"])
def honour_register(request: HttpRequest) -> HttpResponse:
    """``?basis=t12`` or ``i34``: the work behind it is chosen, and who did it is proposed as recipients."""
    me = _keeper(request)
    source = request.POST if request.method == "POST" else request.GET
    item, task = basis_of(me.unit_id, source.get("basis", "")[:24])
    if request.method == "GET":
        return _form(request, RegisterForm(unit_id=me.unit_id, initial=_proposed(item, task)), item, task)
    form = RegisterForm(request.POST, unit_id=me.unit_id)
    return perform(
        request, lambda: honours.register(unit=Unit.objects.get(pk=me.unit_id), by=me, **form.cleaned_data),
        to=lambda row: _at(row.pk), said=_("荣誉登记好了，从计划事项和任务都走得到它。"), form=form,
        again=lambda f: _form(request, f, item, task),
    )  # fmt: skip


def _proposed(item: PlanItem | None, task: Task | None) -> dict[str, Any]:
    who = queries.behind(item=item, task=task)
    return {"departments": [d.pk for d in who.departments], "names": _("、").join(p.name for p in who.people)}


def _form(request: HttpRequest, form: Any, item: PlanItem | None, task: Task | None) -> HttpResponse:
    chosen = task_named(task) if task else item_named(item) if item else ""
    code = f"t{task.pk}" if task else f"i{item.pk}" if item else ""
    context = {
        "form": form, "honour": None, "chosen": chosen, "code": code,
        "basis_form": None if chosen else BasisForm(unit_id=form.unit_id, words=request.GET.get("q", "")[:60]),
    }  # fmt: skip
    return render(request, "review/honour_form.html", context)


@require_http_methods(["GET", "POST"])
def honour_edit(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_honour, request, pk)
    if not policies.keep_honour.allows(actor(request), found):
        raise PermissionDenied(policies.keep_honour.reason)
    if request.method == "GET":
        return _edit_form(
            request, found, HonourForm(unit_id=found.unit_id, honour=found, initial=_written(found))
        )
    form = HonourForm(request.POST, unit_id=found.unit_id, honour=found)
    return perform(
        request, lambda: honours.edit(honour=found, by=actor(request), **form.cleaned_data), to=_at(pk),
        said=_("改好了。"), form=form, again=lambda f: _edit_form(request, found, f),
    )  # fmt: skip


def _edit_form(request: HttpRequest, found: Honour, form: HonourForm) -> HttpResponse:
    """Whoever was told what stands there now may write over it; any other refusal leaves the stamp that was sent."""
    known = form.data.get("seen", "")[:80] if form.is_bound and not form.told else ""
    stamp = known or queries.stamp(Honour.objects.get(pk=found.pk))
    context = {"form": form, "honour": found, "chosen": "", "code": "", "basis_form": None, "stamp": stamp}
    return render(request, "review/honour_form.html", context)


def _written(found: Honour) -> dict[str, Any]:
    to = list(found.recipients.select_related("person"))
    names = [
        f"{r.person.name}（{r.person.number}）" if r.person.number else r.person.name for r in to if r.person
    ]  # data
    return {name: getattr(found, name) for name in (*queries.STAMPED, "holder")} | {
        "whole": any(_is_unit(r) for r in to), "departments": [r.department_id for r in to if r.department_id],
        "party_orgs": [r.party_org_id for r in to if r.party_org_id], "names": _("、").join(names),
    }  # fmt: skip


def _is_unit(to: HonourRecipient) -> bool:
    return not (to.department_id or to.party_org_id or to.person_id)


@require_POST
def honour_link(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_honour, request, pk)
    form = BasisForm(request.POST, unit_id=found.unit_id)

    def do() -> HonourBasis:
        item, task = form.cleaned_data["basis"]
        return honours.link(
            honour=found, item=item, task=task, reason=form.cleaned_data["reason"], by=actor(request)
        )

    return perform(
        request,
        do,
        to=_at(pk),
        said=_("依据加上了。"),
        form=form,
        again=lambda f: _page(request, pk, basis_form=f),
    )


@require_POST
def honour_unlink(request: HttpRequest, pk: int) -> HttpResponse:
    basis = fetch(
        policies.see_basis, request, pk, HonourBasis.objects.select_related("honour", "item", "task")
    )
    return perform(
        request, lambda: honours.unlink(basis=basis, by=actor(request)), to=_at(basis.honour_id),
        said=_("依据去掉了，荣誉还在。"),
    )  # fmt: skip


@require_POST
def honour_withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = fetch(policies.see_honour, request, pk), WithdrawForm(request.POST)
    return perform(
        request, lambda: honours.withdraw(honour=found, by=actor(request), **form.cleaned_data), to=_at(pk),
        said=_("已撤销，记录还在。"), form=form, again=lambda f: _page(request, pk, withdraw_form=f),
    )  # fmt: skip


def honour_options(request: HttpRequest) -> HttpResponse:
    """Choices for the field of the work behind an honour: tasks and items whose title holds the words of ``?q=``."""
    me, words = _keeper(request), request.GET.get("q", "")[:60].strip()
    return render(request, "review/_options.html", {"choices": choices(me.unit_id, words) if words else []})
