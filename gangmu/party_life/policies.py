"""Who sees a branch's life: its own members; the party office and the leaders all branches of the unit."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gangmu.common.policy import NOBODY, Policy
from gangmu.org.actor import Actor
from gangmu.org.models import PartyOrg
from gangmu.org.permissions import Permission


def _sees(actor: Actor) -> Q:
    if actor.is_admin:
        return NOBODY
    unit = Q(unit_id=actor.unit_id)
    return unit if actor.can(Permission.RULE_READ_ALL) else unit & Q(pk__in=actor.orgs | actor.branches)


see_branch: Policy[PartyOrg] = Policy(PartyOrg, _sees, _("支部的情况给本支部党员、党办和院领导看。"))
