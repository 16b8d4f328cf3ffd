"""Visits and their teams, dual findings and rectification, what is brought home, sheets, 巡察整改."""

from gangmu.inspection.models.campaign import Campaign, Measure, Problem
from gangmu.inspection.models.inspection import Finding, Inspection, Line, TeamMember
from gangmu.inspection.models.proposal import ProposedEntryPoint
from gangmu.inspection.models.sheet import Sheet, SheetLine

__all__ = [
    "Campaign",
    "Finding",
    "Inspection",
    "Line",
    "Measure",
    "Problem",
    "ProposedEntryPoint",
    "Sheet",
    "SheetLine",
    "TeamMember",
]
