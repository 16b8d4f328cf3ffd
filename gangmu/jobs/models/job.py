"""A job: what somebody asked for, how far it is, and what came of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.org.models import Unit, User


class Job(models.Model):
    """``params`` go to the runner of its ``kind`` (see ``registry``); ``upload`` names a file that waits in the uploads.

    ``file`` is the name below the exports, ``file_name`` what the browser is told. ``link`` is the page that a job
    without a file led to, as ``[view name, argument, …]``. ``beat`` is the last sign of life.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("排队中")
        RUNNING = "running", _("办理中")
        DONE = "done", _("已办完")
        FAILED = "failed", _("没有办成")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="jobs")
    owner = models.ForeignKey(User, on_delete=models.PROTECT, related_name="jobs", verbose_name=_("谁要的"))
    kind = models.CharField(max_length=40)
    title = models.CharField(_("事项"), max_length=200)
    params = models.JSONField(default=dict, blank=True)
    upload = models.CharField(max_length=80, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(_("已办"), default=0)
    total = models.PositiveIntegerField(_("共"), default=0)
    note = models.CharField(_("正在办"), max_length=200, blank=True)
    message = models.CharField(_("说明"), max_length=500, blank=True)
    file = models.CharField(max_length=80, blank=True)
    file_name = models.CharField(_("文件"), max_length=200, blank=True)
    link = models.JSONField(default=list, blank=True)
    asked_at = models.DateTimeField(_("提出时间"))
    beat = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(_("办完时间"), null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("后台事项")
        indexes = [
            models.Index(fields=["owner", "-id"], name="job_owner"),
            models.Index(fields=["state", "beat"], name="job_state"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def percent(self) -> int | None:
        """0..100, or None while nobody knows how much there is."""
        return min(100, self.done * 100 // self.total) if self.total else None
