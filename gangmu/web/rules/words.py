"""Names and words around a verdict."""

from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When
from django.utils.translation import gettext_lazy as _

from gangmu.rules.models import Verdict
from gangmu.rules.registry import every

SURE = {
    "seen": ("ok", _("原文已核")),
    "memory": ("warn", _("条次待核")),
    "local": ("na", _("地方做法，非全国规定")),
}
STRENGTH = {
    "hard": _("属硬性规定（应当）"),
    "general": _("属一般要求，不亮红灯"),
    "local": _("属本院做法，不亮红灯"),
}


def named(verdicts: QuerySet[Verdict]) -> QuerySet[Verdict]:
    """Annotates ``subject_name``, in the same query: what each verdict is about."""
    models = {rule.subject_kind: rule.subject for rule in every()}
    name = [
        When(
            subject_kind=kind,
            then=Subquery(model._default_manager.filter(pk=OuterRef("subject_id")).values("name")),
        )
        for kind, model in models.items()
    ]
    return verdicts.annotate(subject_name=Case(*name, default=Value("")))


def period_word(key: str) -> str:
    """2026-10 → 10月, 2026-Q3 → 三季度, 2026-H1 → 上半年, 2026 → 全年."""
    if "Q" in key:
        return str((_("一季度"), _("二季度"), _("三季度"), _("四季度"))[int(key[-1]) - 1])
    if "H" in key:
        return str(_("上半年") if key.endswith("1") else _("下半年"))
    return str(_("%(n)s月") % {"n": int(key[5:])} if "-" in key else _("全年"))
