"""A difficult or hot business question (难点热点), its solution and the party way in."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.meetings.models import AgendaItem
from gangmu.org.models import Department, Person, Unit
from gangmu.plan.models import PlanItem
from gangmu.tasks.models.task import Task


class Issue(models.Model):
    """Both ``solution`` and ``party_way`` stand before it is studied; both results before it is resolved.

    ``agenda_item`` is where it was put before a body; ``item`` and ``task`` what it belongs to.
    """

    class State(models.TextChoices):
        RAISED = "raised", _("待破题")
        STUDIED = "studied", _("已研究")
        RESOLVED = "resolved", _("已破解")
        DROPPED = "dropped", _("不再列入")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="issues")
    title = models.CharField(_("难点热点"), max_length=120)
    text = models.CharField(_("难在哪里"), max_length=300, blank=True)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="issues", verbose_name=_("牵头部门")
    )
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="issues",
        verbose_name=_("责任人"),
    )
    item = models.ForeignKey(
        PlanItem,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="issues",
        verbose_name=_("计划事项"),
    )
    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.PROTECT, related_name="issues", verbose_name=_("任务")
    )
    agenda_item = models.ForeignKey(
        AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="issues"
    )
    solution = models.CharField(_("解决办法"), max_length=300, blank=True)
    party_way = models.CharField(_("党建切入方式"), max_length=200, blank=True)
    business_result = models.CharField(_("办法做成了什么"), max_length=300, blank=True)
    party_result = models.CharField(_("切入起了什么作用"), max_length=300, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.RAISED)
    raised_on = models.DateField(_("提出日期"))
    studied_on = models.DateField(_("研究日期"), null=True, blank=True)
    resolved_on = models.DateField(_("破解日期"), null=True, blank=True)

    class Meta:
        ordering = ["-raised_on", "-id"]
        verbose_name = _("难点热点")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["studied", "resolved"])
                | ~(models.Q(solution="") | models.Q(party_way="")),
                name="issue_both_before_study",
                violation_error_message=_("解决办法和党建切入方式都写上，才能一起研究。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="resolved")
                | ~(models.Q(business_result="") | models.Q(party_result="")),
                name="issue_both_before_resolved",
                violation_error_message=_("办法做成了什么、切入起了什么作用，两头都写上才算破解。"),
            ),
        ]
        indexes = [models.Index(fields=["unit", "state"], name="issue_unit_state")]

    def __str__(self) -> str:
        return self.title
