"""Who sees a lamp: whoever it binds, their leaders and the organ committee. Nobody sees a league table."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gangmu.common.policy import NOBODY, Policy
from gangmu.org.actor import Actor
from gangmu.org.permissions import Permission
from gangmu.rules.models import Verdict


def _sees(actor: Actor) -> Q:
    if actor.is_admin or actor.person_id is None:
        return NOBODY
    unit = Q(unit_id=actor.unit_id)
    if actor.can(Permission.RULE_READ_ALL):
        return unit
    orgs = Q(subject_kind="org.partyorg", subject_id__in=actor.orgs | actor.branches)
    departments = Q(subject_kind="org.department", subject_id__in=actor.departments)
    return unit & (orgs | departments)


see_verdict: Policy[Verdict] = Policy(Verdict, _sees, _("这盏灯只给本人、分管领导和机关党委看。"))
excuse_verdict: Policy[Verdict] = Policy(
    Verdict,
    lambda a: Q(unit_id=a.unit_id) if a.can(Permission.RULE_EXCUSE) else NOBODY,
    _("免除要由党组书记或机关党委书记、专职副书记核准。"),
)
