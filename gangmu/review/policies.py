"""Who sees a double-duty ledger: the post holder; the party office and the leaders anyone of the unit. Who keeps honours."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gangmu.common.policy import NOBODY, Policy
from gangmu.org.actor import Actor
from gangmu.org.models import Person
from gangmu.org.permissions import Permission
from gangmu.review.models import Honour, HonourBasis


def _sees(actor: Actor) -> Q:
    if actor.is_admin or actor.person_id is None:
        return NOBODY
    unit = Q(unit_id=actor.unit_id)
    return unit if actor.can(Permission.RULE_READ_ALL) else unit & Q(pk=actor.person_id)


def _sees_honour(actor: Actor, path: str = "") -> Q:
    """Everybody of the unit; whoever reads for the unit's leadership also those of the units below."""
    if actor.is_admin or actor.person_id is None:
        return NOBODY
    own = Q(**{f"{path}unit_id": actor.unit_id})
    if actor.can(Permission.RULE_READ_ALL):
        return own | Q(**{f"{path}unit__above__ancestor_id": actor.unit_id})
    return own


see_duty: Policy[Person] = Policy(Person, _sees, _("一岗双责台账只给本人、党办和院领导看。"))
see_honour: Policy[Honour] = Policy(Honour, _sees_honour, _("这项荣誉不在您能看的范围内。"))
see_basis: Policy[HonourBasis] = Policy(HonourBasis, lambda a: _sees_honour(a, "honour__"), see_honour.reason)
keep_honour: Policy[Honour] = Policy(
    Honour,
    lambda a: Q(unit_id=a.unit_id) if a.can(Permission.TASK_ISSUE) and a.person_id is not None else NOBODY,
    _("荣誉由党办、机关党委和办公室登记。发现登错了，请告诉党办。"),
)
