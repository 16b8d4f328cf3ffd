"""Who sees a branch's life: its own members; the party office and the leaders all branches of the unit."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gangmu.common.policy import NOBODY, Policy
from gangmu.org.actor import Actor
from gangmu.org.models import PartyOrg
from gangmu.org.permissions import Permission
from gangmu.party_life.models import Dues


def _sees(actor: Actor) -> Q:
    if actor.is_admin:
        return NOBODY
    unit = Q(unit_id=actor.unit_id)
    return unit if actor.can(Permission.RULE_READ_ALL) else unit & Q(pk__in=actor.orgs | actor.branches)


see_branch: Policy[PartyOrg] = Policy(PartyOrg, _sees, _("支部的情况给本支部党员、党办和院领导看。"))


def _sees_dues(actor: Actor) -> Q:
    """One's own; the branch's for who runs it; all for the party office. Leaders see none but their own."""
    if actor.person_id is None:
        return NOBODY
    seen = Q(person_id=actor.person_id) | Q(party_org_id__in=actor.branches)
    return seen | Q(party_org__unit_id=actor.unit_id) if actor.can(Permission.MEMBER_EDIT) else seen


see_dues: Policy[Dues] = Policy(Dues, _sees_dues, _("党费给本人、本支部书记和组织委员、党办看。"))
