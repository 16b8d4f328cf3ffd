"""The knots (切入点) that bind a party item to a business item, and accepted reasons for having none."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.org.models import Person
from gangmu.plan.models.item import PlanItem


class EntryPoint(models.Model):
    """How a party item works on a business item, and the effect looked for.

    ``effect`` is what an inspection found; the state follows from it (see ``states.ENTRY_POINT``).
    """

    class Kind(models.TextChoices):
        PUSH = "push", _("推动")
        GUARANTEE = "guarantee", _("保证")
        SUPERVISE = "supervise", _("监督")
        EDUCATE = "educate", _("教育")
        ORGANISE = "organise", _("组织")

    class State(models.TextChoices):
        OPEN = "open", _("在推进")
        EFFECTIVE = "effective", _("已见效")
        UNTIED = "untied", _("已解开")

    gang = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="entry_points")
    mu = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="entered_by")
    kind = models.CharField(_("方式"), max_length=12, choices=Kind.choices)
    expected = models.CharField(_("期望成效"), max_length=200)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.OPEN)
    effect = models.CharField(_("实际成效"), max_length=200, blank=True)
    effect_on = models.DateField(_("见效日期"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("切入点")
        constraints = [
            models.UniqueConstraint(
                fields=["gang", "mu", "kind"],
                condition=~models.Q(state="untied"),
                name="entry_point_once",
                violation_error_message=_("这两项之间已有同一方式的切入点。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(gang=models.F("mu")),
                name="entry_point_two",
                violation_error_message=_("一项不能和自己结切入点。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.gang.title} → {self.mu.title}"


class UnboundReason(models.Model):
    """Why an item has no entry point, and who accepted that."""

    item = models.OneToOneField(PlanItem, on_delete=models.CASCADE, related_name="unbound_reason")
    reason = models.CharField(_("理由"), max_length=200)
    given_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="given_reasons"
    )
    given_on = models.DateField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="accepted_reasons"
    )
    accepted_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.reason
