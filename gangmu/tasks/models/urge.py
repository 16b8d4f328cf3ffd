"""One call to an owner (催办), recorded; it stands until the next word of progress."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.org.models import Person
from gangmu.tasks.models.task import Task


class Urge(models.Model):
    """At most one a day and task: who calls twice has not read the first answer."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="urges")
    text = models.CharField(_("催办内容"), max_length=200)
    urged_on = models.DateField(_("催办日期"))
    answered_on = models.DateField(_("有回音的日期"), null=True, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="urges")

    class Meta:
        ordering = ["-urged_on", "-id"]
        verbose_name = _("催办")
        constraints = [
            models.UniqueConstraint(
                fields=["task", "urged_on"],
                name="urge_once_a_day",
                violation_error_message=_("这项任务今天已经催过，承办部门看得到，不用再催。"),
            )
        ]

    def __str__(self) -> str:
        return self.text
