"""Units, departments, party organisations, people, their posts, and users."""

from gangmu.org.models.column_hint import ColumnHint
from gangmu.org.models.department import Department, DepartmentAlias
from gangmu.org.models.paper_template import PaperTemplate
from gangmu.org.models.party_org import Membership, PartyOrg
from gangmu.org.models.person import Person
from gangmu.org.models.post import Post
from gangmu.org.models.unit import Unit, UnitClosure
from gangmu.org.models.user import AdminGrant, User

__all__ = [
    "AdminGrant",
    "ColumnHint",
    "Department",
    "DepartmentAlias",
    "Membership",
    "PaperTemplate",
    "PartyOrg",
    "Person",
    "Post",
    "Unit",
    "UnitClosure",
    "User",
]
