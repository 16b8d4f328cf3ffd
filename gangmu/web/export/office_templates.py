"""The office's own Word templates: what there is, taking one in, retiring one, and the names that a template may use."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from gangmu.org.actions import templates
from gangmu.org.models import PaperTemplate, Unit
from gangmu.org.policies import keep_template
from gangmu.papers.kinds import COMMON, KINDS, Kind
from gangmu.papers.template import sample
from gangmu.web.act import perform
from gangmu.web.export.forms import TemplateForm
from gangmu.web.export.sending import as_file
from gangmu.web.fetch import actor, fetch


def template_list(request: HttpRequest) -> HttpResponse:
    return _page(request)


def _page(request: HttpRequest, kind: str = "", form: TemplateForm | None = None) -> HttpResponse:
    """Every kind of paper with its versions; ``?kind=`` the one in hand, with its names."""
    _require(request)
    chosen = _kind(kind or request.GET.get("kind", "") or "minutes")
    rows = list(
        keep_template.filter(
            actor(request), PaperTemplate.objects.defer("data").select_related("uploaded_by")
        )
    )
    in_use: dict[str, PaperTemplate] = {}
    for row in rows:
        if row.retired_on is None:
            in_use.setdefault(row.kind, row)
    context = {
        "kinds": [(k, _(k.name), in_use.get(k.code)) for k in KINDS.values()], "chosen": chosen, "name": _(chosen.name),
        "versions": [r for r in rows if r.kind == chosen.code], "in_use": in_use.get(chosen.code),
        "facts": _facts(chosen), "condition": _("{%% if 文号 %%}…{%% endif %%}") % {}, "form": form or TemplateForm(),
    }  # fmt: skip
    return render(request, "export/templates.html", context)


def _facts(kind: Kind) -> list[tuple[str, str, list[tuple[str, str]]]]:
    """(mark, example, marks inside a row with theirs) of everything the kind gives; its own before the common."""
    own = [n for n in kind.facts if n not in COMMON]
    out: list[tuple[str, str, list[tuple[str, str]]]] = []
    for name in [*own, *COMMON]:
        value: Any = kind.facts[name]
        if isinstance(value, list):
            rows = [(_("{{ 行.%(key)s }}") % {"key": key}, example) for key, example in value[0].items()]
            out.append((_("{%%p for 行 in %(name)s %%}") % {"name": name}, "", rows))
        else:
            out.append((f"{{{{ {name} }}}}", value, []))
    return out


def _require(request: HttpRequest) -> None:
    if not keep_template.allows(actor(request), PaperTemplate(unit_id=actor(request).unit_id)):
        raise PermissionDenied(keep_template.reason)


def _kind(code: str) -> Kind:
    if code not in KINDS:
        raise Http404(_("没有这种公文。"))
    return KINDS[code]


@require_POST
def template_upload(request: HttpRequest, kind: str) -> HttpResponse:
    _require(request)
    me, form, code = actor(request), TemplateForm(request.POST, request.FILES), _kind(kind).code

    def do() -> PaperTemplate:
        file = form.cleaned_data["file"]
        unit = Unit.objects.get(pk=me.unit_id)
        return templates.upload(unit=unit, kind=code, name=file.name, data=file.read(), by=me)

    return perform(
        request, do, to=_at(code), said=_("模板收下了，从现在起按它出文。"), form=form,
        again=lambda f: _page(request, code, f),
    )  # fmt: skip


@require_POST
def template_retire(request: HttpRequest, pk: int) -> HttpResponse:
    found = fetch(keep_template, request, pk)
    return perform(
        request, lambda: templates.retire(template=found, by=actor(request)), to=_at(found.kind),
        said=_("停用了。没有别的版本时，按国家标准的格式出文。"),
    )  # fmt: skip


def template_sample(request: HttpRequest, kind: str) -> HttpResponse:
    """A template to begin with."""
    _require(request)
    found = _kind(kind)
    return as_file(_("%(kind)s模板样例") % {"kind": _(found.name)}, "docx", sample(kind))


def template_file(request: HttpRequest, pk: int) -> HttpResponse:
    """One version as it came in."""
    found = fetch(keep_template, request, pk)
    return as_file(str(found), "docx", bytes(found.data))


def _at(kind: str) -> str:
    return reverse("template_list") + f"?kind={kind}"
