"""What an owner asks to be changed (延期、中止、恢复、移交). Nothing changes until somebody else approves."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.org.models import Department, Person
from gangmu.tasks.models.task import Task


class Change(models.Model):
    """``due_on`` is the new date of an extension or of taking up again; department and person of a hand-over."""

    class Kind(models.TextChoices):
        EXTEND = "extend", _("延期")
        SUSPEND = "suspend", _("中止")
        RESUME = "resume", _("恢复")
        HAND_OVER = "hand_over", _("移交")

    class State(models.TextChoices):
        ASKED = "asked", _("待审批")
        APPROVED = "approved", _("已同意")
        REFUSED = "refused", _("未同意")
        WITHDRAWN = "withdrawn", _("已收回")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="changes")
    kind = models.CharField(_("请求"), max_length=10, choices=Kind.choices)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.ASKED)
    reason = models.CharField(_("理由"), max_length=200)
    due_on = models.DateField(_("新期限"), null=True, blank=True)
    department = models.ForeignKey(
        Department,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="changes",
        verbose_name=_("接办部门"),
    )
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="changes",
        verbose_name=_("接办人"),
    )
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="asked_changes")
    asked_on = models.DateField(_("提出日期"))
    answered_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="answered_changes"
    )
    answered_on = models.DateField(_("审批日期"), null=True, blank=True)
    answer = models.CharField(_("审批意见"), max_length=200, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("变更请求")
        constraints = [
            models.UniqueConstraint(
                fields=["task"],
                condition=models.Q(state="asked"),
                name="change_one_at_a_time",
                violation_error_message=_("这项任务已经有一个请求在等审批。先等答复，或者收回再提。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}：{self.task}"
