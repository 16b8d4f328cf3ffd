"""What the 两张皮 check found, day by day, and the reasons for which a finding may stand."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.org.models import Person
from gangmu.plan.models.plan import Plan


class SkinCheck(models.Model):
    """The count of each finding of a plan on one day: ``{code: number}``; what has an accepted reason is left out."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="skin_checks")
    on = models.DateField(_("检查日"))
    counts = models.JSONField(default=dict)

    class Meta:
        ordering = ["-on"]
        verbose_name = _("两张皮检查")
        constraints = [models.UniqueConstraint(fields=["plan", "on"], name="skin_check_daily")]

    @property
    def total(self) -> int:
        return sum(self.counts.values())


class SkinReason(models.Model):
    """Why a finding may stand. ``code`` and ``subject`` say which: a facet, a department, a person, a knot.

    An item without a knot has its reason in ``UnboundReason``.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="skin_reasons")
    code = models.CharField(max_length=12)
    subject = models.CharField(max_length=40)
    reason = models.CharField(_("理由"), max_length=200)
    given_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="given_skin_reasons")
    given_on = models.DateField()
    accepted_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="accepted_skin_reasons"
    )
    accepted_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("两张皮的理由")
        constraints = [models.UniqueConstraint(fields=["plan", "code", "subject"], name="skin_reason_once")]

    def __str__(self) -> str:
        return self.reason
