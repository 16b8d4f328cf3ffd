"""Directives, plans, items, entry points, amendments, and the paper that a plan was read from."""

from gangmu.plan.models.amendment import Amendment, AmendmentLine
from gangmu.plan.models.directive import Directive, DirectivePoint, PointAnswer
from gangmu.plan.models.entry_point import EntryPoint, UnboundReason
from gangmu.plan.models.hint import ReadingHint
from gangmu.plan.models.item import ItemDepartment, PlanItem
from gangmu.plan.models.plan import Plan, SourceParagraph
from gangmu.plan.models.skins import SkinCheck, SkinReason

__all__ = [
    "Amendment",
    "AmendmentLine",
    "Directive",
    "DirectivePoint",
    "EntryPoint",
    "ItemDepartment",
    "Plan",
    "PlanItem",
    "PointAnswer",
    "ReadingHint",
    "SkinCheck",
    "SkinReason",
    "SourceParagraph",
    "UnboundReason",
]
