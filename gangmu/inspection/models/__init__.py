"""Joint orders, their teams, dual findings and rectification."""

from gangmu.inspection.models.inspection import Finding, Inspection, Line, TeamMember

__all__ = ["Finding", "Inspection", "Line", "TeamMember"]
