"""Who may keep what belongs to the unit itself."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gangmu.common.policy import NOBODY, Policy
from gangmu.org.models import PaperTemplate
from gangmu.org.permissions import Permission

keep_template: Policy[PaperTemplate] = Policy(
    PaperTemplate,
    lambda a: Q(unit_id=a.unit_id) if a.can(Permission.TASK_ISSUE) else NOBODY,
    _("公文模板由党办、机关党委和办公室维护。"),
)
