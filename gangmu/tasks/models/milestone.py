"""A dated step on the way of one task."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.tasks.models.task import Task


class Milestone(models.Model):
    """``reached_on`` is the day of the deed; empty while it lies ahead."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="milestones")
    title = models.CharField(_("节点"), max_length=60)
    due_on = models.DateField(_("节点日期"))
    reached_on = models.DateField(_("到达日期"), null=True, blank=True)

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = _("节点")
        constraints = [
            models.UniqueConstraint(
                fields=["task", "title"],
                name="milestone_once",
                violation_error_message=_("这项任务已经有同名的节点。"),
            )
        ]
        indexes = [models.Index(fields=["task", "reached_on", "due_on"], name="milestone_next")]

    def __str__(self) -> str:
        return self.title
