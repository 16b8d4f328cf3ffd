"""Amendments (年中调整): what a plan in force became after its adoption, with the reason and by which decision."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.plan.models.item import PlanItem
from gangmu.plan.models.plan import Plan


class Amendment(models.Model):
    """``no`` counts within the plan: version 0 is what was adopted, version n what the n-th amendment made of it."""

    class State(models.TextChoices):
        DRAFT = "draft", _("草拟")
        PROPOSED = "proposed", _("待审议")
        ADOPTED = "adopted", _("已通过")
        DROPPED = "dropped", _("已放弃")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="amendments")
    no = models.PositiveSmallIntegerField(_("第几次"))
    reason = models.CharField(_("为什么调整"), max_length=300)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT)
    decided_on = models.DateField(_("决定日期"), null=True, blank=True)

    class Meta:
        ordering = ["no"]
        verbose_name = _("计划调整")
        constraints = [
            models.UniqueConstraint(
                fields=["plan"],
                condition=models.Q(state__in=["draft", "proposed"]),
                name="amendment_one_open",
                violation_error_message=_("这份计划已有一次调整在办，接着那一次写就行。"),
            ),
            models.UniqueConstraint(fields=["plan", "no"], name="amendment_no"),
        ]

    def __str__(self) -> str:
        return str(_("第%(no)d次调整") % {"no": self.no})


class AmendmentLine(models.Model):
    """One change. ``before``/``after``: field → value as stored (ids, ISO days), only what differs.

    ``item`` of an added line is empty until the amendment is adopted. Where it does not come to the end, its ``after``
    also says the ``place`` (``Place``) and the ``anchor``, the id of the item that the place is told by; ``lost``
    once the anchor was gone on adoption and the item came to the end instead.
    """

    class Kind(models.TextChoices):
        ADD = "add", _("调入")
        CHANGE = "change", _("改动")
        DROP = "drop", _("调出")

    class Place(models.TextChoices):
        AFTER = "after", _("放在……之后")
        UNDER = "under", _("作为……的下级")

    amendment = models.ForeignKey(Amendment, on_delete=models.CASCADE, related_name="lines")
    kind = models.CharField(_("怎样调"), max_length=6, choices=Kind.choices)
    item = models.ForeignKey(
        PlanItem, null=True, blank=True, on_delete=models.PROTECT, related_name="amendment_lines"
    )
    before = models.JSONField(default=dict, blank=True)
    after = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["amendment", "item"],
                condition=models.Q(item__isnull=False),
                name="amendment_line_once",
                violation_error_message=_("这一项在这次调整里已经有一条，先撤掉那一条。"),
            )
        ]

    def __str__(self) -> str:
        return self.item.title if self.item else str(self.after.get("title", ""))
