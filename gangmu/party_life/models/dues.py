"""党费: what a member owes and paid for a month. What is owed is recorded from the office's list, never computed."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gangmu.org.models import PartyOrg, Person


class Dues(models.Model):
    """``month`` is its first day; ``due`` and ``paid`` in yuan. ``paid`` empty: nothing was recorded as paid."""

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="dues")
    party_org = models.ForeignKey(PartyOrg, on_delete=models.PROTECT, related_name="dues")
    month = models.DateField(_("月份"))
    due = models.DecimalField(_("应缴"), max_digits=8, decimal_places=2, null=True, blank=True)
    paid = models.DecimalField(_("实缴"), max_digits=8, decimal_places=2, null=True, blank=True)
    paid_on = models.DateField(_("缴费日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("党费")
        constraints = [
            models.UniqueConstraint(
                fields=["person", "month"],
                name="dues_once",
                violation_error_message=_("此人这个月的党费已有记录。"),
            ),
            models.CheckConstraint(
                condition=(Q(due__isnull=True) | Q(due__gte=0)) & (Q(paid__isnull=True) | Q(paid__gte=0)),
                name="dues_not_negative",
                violation_error_message=_("党费金额不能是负数。"),
            ),
        ]
        indexes = [models.Index(fields=["party_org", "month"], name="dues_org_month")]

    def __str__(self) -> str:
        return f"{self.person} {self.month:%Y-%m}"
