"""两张皮检查: what was found, the reasons for what may stand, and the counts of the last nights."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gangmu.flow import skins as check
from gangmu.org.permissions import Permission
from gangmu.plan import policies, states
from gangmu.plan.actions import plans, skins
from gangmu.plan.models import Plan, SkinReason
from gangmu.web.act import perform
from gangmu.web.fetch import actor, fetch
from gangmu.web.plan.forms import LimitForm, SkinReasonForm


def words() -> dict[str, str]:
    """What each kind of finding is called."""
    return {
        "unbound_mu": _("业务没有切入点"), "unbound_gang": _("党建没有绑到业务"), "early": _("党建做完、业务没结果"),
        "half": _("只闭合一边"), "facet": _("抓手没有覆盖"), "one_track": _("部门只有一条线"), "overload": _("牵头太多"),
    }  # fmt: skip


def plan_skins(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk)


def _page(
    request: HttpRequest, pk: int, form: SkinReasonForm | None = None, limit_form: LimitForm | None = None
) -> HttpResponse:
    me, found = actor(request), fetch(policies.see_plan, request, pk, Plan.objects.select_related("unit"))
    findings = check.check(found)
    groups = [(code, word, [f for f in findings if f.code == code]) for code, word in words().items()]
    may_edit = policies.edit_plan.allows(me, found) and found.state in states.BINDABLE_PLAN
    context = {
        "limit_form": limit_form or (LimitForm(initial={"most_led": found.most_led}) if may_edit else None),
        "plan": found, "groups": [g for g in groups if g[2]], "open": [f for f in findings if not f.settled],
        "settled": [f for f in findings if f.settled], "days": check.by_day(found), "names": words(), "form": form,
        "may_edit": may_edit,
        "may_accept": me.can(Permission.RULE_EXCUSE) and found.unit_id == me.unit_id, "me": me.person_id,
    }  # fmt: skip
    return render(request, "plan/skins.html", context)


@require_POST
def skin_explain(request: HttpRequest, pk: int) -> HttpResponse:
    found, form = fetch(policies.see_plan, request, pk), SkinReasonForm(request.POST)
    return perform(
        request, lambda: skins.explain(plan=found, by=actor(request), **form.cleaned_data),
        to=reverse("plan_skins", args=[pk]), said=_("理由写下了，等核准。"), form=form, again=lambda f: _page(request, pk, f),
    )  # fmt: skip


@require_POST
def plan_limit(request: HttpRequest, pk: int) -> HttpResponse:
    """From how many items on an owner is said to have too much."""
    found, form = fetch(policies.see_plan, request, pk), LimitForm(request.POST)
    return perform(
        request, lambda: plans.limit(plan=found, by=actor(request), **form.cleaned_data),
        to=reverse("plan_skins", args=[pk]), said=_("改好了，照新的上限查。"), form=form,
        again=lambda f: _page(request, pk, limit_form=f),
    )  # fmt: skip


@require_POST
def skin_accept(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(policies.see_skin, request, pk, SkinReason.objects.select_related("plan"))
    return perform(
        request, lambda: skins.accept(reason=found, by=actor(request)),
        to=reverse("plan_skins", args=[found.plan_id]), said=_("准予了，理由留档。"),
    )  # fmt: skip
