"""Who keeps rosters and templates, and who sees the people of a unit."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gangmu.common.policy import NOBODY, Policy
from gangmu.org.models import Membership, PaperTemplate, Person, Unit
from gangmu.org.permissions import Permission


def _keeps(permission: Permission, path: str) -> Any:
    return lambda actor: Q(**{path: actor.unit_id}) if actor.can(permission) else NOBODY


keep_template: Policy[PaperTemplate] = Policy(
    PaperTemplate, _keeps(Permission.TASK_ISSUE, "unit_id"), _("公文模板由党办、机关党委和办公室维护。")
)
keep_roster: Policy[Unit] = Policy(
    Unit, _keeps(Permission.ROSTER_EDIT, "pk"), _("人员、部门和任职的名册由办公室、党办维护。")
)
keep_members: Policy[Unit] = Policy(
    Unit, _keeps(Permission.MEMBER_EDIT, "pk"), _("党员名册和党费由党办、机关党委维护。")
)
edit_person: Policy[Person] = Policy(
    Person, _keeps(Permission.ROSTER_EDIT, "unit_id"), _("人员名册由办公室、党办维护。")
)
edit_membership: Policy[Membership] = Policy(
    Membership, _keeps(Permission.MEMBER_EDIT, "party_org__unit_id"), _("党员名册由党办、机关党委维护。")
)
# Everybody of the staff sees who works where; an account that is nobody's, and the administrators, see nobody.
see_person: Policy[Person] = Policy(
    Person,
    lambda actor: Q(unit_id=actor.unit_id) if actor.person_id is not None else NOBODY,
    _("人员名册给本院人员看。"),
)

# Who belongs to which branch: the branch's own people and whoever sees all branches.
see_membership: Policy[Membership] = Policy(
    Membership,
    lambda actor: (
        NOBODY
        if actor.person_id is None
        else Q(party_org__unit_id=actor.unit_id)
        if actor.can(Permission.RULE_READ_ALL)
        else Q(party_org_id__in=actor.orgs | actor.branches)
    ),
    _("党员名册给本支部党员、党办和院领导看。"),
)
