"""What superiors ask (上级要求), cut into numbered points, each answered by items."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.org.models import Person, Unit
from gangmu.plan.models.item import PlanItem


class Directive(models.Model):
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="directives")
    issuer = models.CharField(_("发文机关"), max_length=60)
    doc_no = models.CharField(_("文号"), max_length=60, blank=True)
    title = models.CharField(_("标题"), max_length=120)
    issued_on = models.DateField(_("成文日期"))
    sent_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="sent_down",
        verbose_name=_("下发自"),
    )

    class Meta:
        ordering = ["-issued_on", "-id"]
        verbose_name = _("上级要求")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "issuer", "doc_no"],
                condition=~models.Q(doc_no=""),
                name="directive_once",
                violation_error_message=_("这个文号的上级要求已经登记过了。"),
            )
        ]

    def __str__(self) -> str:
        return self.title


class DirectivePoint(models.Model):
    directive = models.ForeignKey(Directive, on_delete=models.CASCADE, related_name="points")
    no = models.PositiveSmallIntegerField(_("序号"))
    text = models.CharField(_("要求"), max_length=300)
    unanswered_reason = models.CharField(_("不列入计划的理由"), max_length=200, blank=True)
    unanswered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="unanswered_points"
    )
    unanswered_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["no"]
        verbose_name = _("要求条目")
        constraints = [models.UniqueConstraint(fields=["directive", "no"], name="point_once")]

    def __str__(self) -> str:
        return self.text


class PointAnswer(models.Model):
    """An item that answers a point; ``partly`` says it does not answer the whole, ``note`` what is left."""

    point = models.ForeignKey(DirectivePoint, on_delete=models.CASCADE, related_name="answers")
    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="answers")
    partly = models.BooleanField(_("只落实一部分"), default=False)
    note = models.CharField(_("还差什么"), max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["point", "item"],
                name="answer_once",
                violation_error_message=_("这一项已经答复了这条要求。"),
            )
        ]
