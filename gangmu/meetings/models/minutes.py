"""Minutes that came in as a paper: kept beside the meeting that was made of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gangmu.meetings.models.meeting import Meeting
from gangmu.org.models import Person, Unit


class MinutesPaper(models.Model):
    """``source``: the paper's paragraphs as ``papers.model.Source`` gives them; what must not be kept is not in it."""

    class State(models.TextChoices):
        PREVIEW = "preview", _("待核对")
        TAKEN = "taken", _("已记入会议")
        DROPPED = "dropped", _("已作废")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="minutes_papers")
    name = models.CharField(_("文件"), max_length=200)
    digest = models.CharField(max_length=64)
    source = models.JSONField(default=dict, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PREVIEW)
    brought_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="minutes_papers")
    meeting = models.ForeignKey(
        Meeting,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="papers",
        verbose_name=_("会议"),
    )

    class Meta:
        ordering = ["-id"]
        verbose_name = _("会议纪要原件")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "digest"],
                condition=~Q(state="dropped"),
                name="minutes_paper_once",
                violation_error_message=_("这份纪要已经导入过，没有再存一份。"),
            )
        ]

    def __str__(self) -> str:
        return self.name
