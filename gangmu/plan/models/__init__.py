"""Directives, plans, items, entry points, and the paper that a plan was read from."""

from gangmu.plan.models.directive import Directive, DirectivePoint, PointAnswer
from gangmu.plan.models.entry_point import EntryPoint, UnboundReason
from gangmu.plan.models.hint import ReadingHint
from gangmu.plan.models.item import ItemDepartment, PlanItem
from gangmu.plan.models.plan import Plan, SourceParagraph

__all__ = [
    "Directive",
    "DirectivePoint",
    "EntryPoint",
    "ItemDepartment",
    "Plan",
    "PlanItem",
    "PointAnswer",
    "ReadingHint",
    "SourceParagraph",
    "UnboundReason",
]
