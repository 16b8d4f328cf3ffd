"""An entry point that a visit suggests: a draft until the plan office takes it in or declines."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.inspection.models.inspection import Inspection
from gangmu.org.models import Person
from gangmu.plan.models import EntryPoint, PlanItem


class ProposedEntryPoint(models.Model):
    class State(models.TextChoices):
        WAITING = "waiting", _("待定")
        ACCEPTED = "accepted", _("已采纳")
        DECLINED = "declined", _("不采纳")

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="proposals")
    gang = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="proposed_as_gang")
    mu = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="proposed_as_mu")
    kind = models.CharField(_("方式"), max_length=12, choices=EntryPoint.Kind.choices)
    expected = models.CharField(_("期望成效"), max_length=200)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING)
    reason = models.CharField(_("不采纳的理由"), max_length=200, blank=True)
    decided_on = models.DateField(_("定下日期"), null=True, blank=True)
    decided_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="decided_proposals"
    )
    entry_point = models.OneToOneField(
        EntryPoint, null=True, blank=True, on_delete=models.PROTECT, related_name="proposal"
    )

    class Meta:
        ordering = ["id"]
        verbose_name = _("切入点建议")
        constraints = [
            models.UniqueConstraint(
                fields=["gang", "mu", "kind"],
                condition=models.Q(state="waiting"),
                name="proposal_once",
                violation_error_message=_("这两项之间同一方式的切入点已经有人建议过，等党办定。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.gang.title} → {self.mu.title}"
