"""Who sees a double-duty ledger: the post holder; the party office and the leaders anyone of the unit."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gangmu.common.policy import NOBODY, Policy
from gangmu.org.actor import Actor
from gangmu.org.models import Person
from gangmu.org.permissions import Permission


def _sees(actor: Actor) -> Q:
    if actor.is_admin or actor.person_id is None:
        return NOBODY
    unit = Q(unit_id=actor.unit_id)
    return unit if actor.can(Permission.RULE_READ_ALL) else unit & Q(pk=actor.person_id)


see_duty: Policy[Person] = Policy(Person, _sees, _("一岗双责台账只给本人、党办和院领导看。"))
