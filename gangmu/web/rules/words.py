"""Names and words around a verdict."""

from collections import defaultdict
from collections.abc import Iterable

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


def subject_names(verdicts: Iterable[Verdict]) -> dict[tuple[str, int], str]:
    """(kind, id) → name; one query a kind of subject."""
    ids: dict[str, set[int]] = defaultdict(set)
    for v in verdicts:
        ids[v.subject_kind].add(v.subject_id)
    models = {rule.subject_kind: rule.subject for rule in every()}
    return {
        (kind, row.pk): str(row)
        for kind, wanted in ids.items()
        for row in models[kind]._default_manager.filter(pk__in=wanted)
    }


def period_word(key: str) -> str:
    """2026-10 → 10月, 2026-Q3 → 三季度, 2026-H1 → 上半年, 2026 → 全年."""
    if "Q" in key:
        return str((_("一季度"), _("二季度"), _("三季度"), _("四季度"))[int(key[-1]) - 1])
    if "H" in key:
        return str(_("上半年") if key.endswith("1") else _("下半年"))
    return str(_("%(n)s月") % {"n": int(key[5:])} if "-" in key else _("全年"))
