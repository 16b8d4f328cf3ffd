"""A job is its owner's alone: what is in its file was chosen by what the owner may see."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gangmu.common.policy import Policy
from gangmu.jobs.models import Job

see_job: Policy[Job] = Policy(Job, lambda a: Q(owner_id=a.user_id), _("只有提出的人能看。"))
