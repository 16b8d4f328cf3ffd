"""An offline sheet that came back: what is written in it, looked over before anything is adopted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.inspection.models.inspection import Inspection, Line, TeamMember
from gangmu.org.models import Department, Person


class Sheet(models.Model):
    class State(models.TextChoices):
        READ = "read", _("待核对")
        ADOPTED = "adopted", _("已写入")
        DROPPED = "dropped", _("不用")

    inspection = models.ForeignKey(Inspection, on_delete=models.PROTECT, related_name="sheets")
    name = models.CharField(_("文件名"), max_length=200)
    read_on = models.DateField(_("读入日期"))
    read_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="sheets")
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.READ)

    class Meta:
        ordering = ["-id"]
        verbose_name = _("督查记录表")

    def __str__(self) -> str:
        return self.name


class SheetLine(models.Model):
    """One line as it was filled in. ``stamp`` is that of the line when the sheet was made.

    ``problems``: sentences, when it cannot be written down as it stands; the other fields then hold what could be read.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(
        Line, null=True, blank=True, on_delete=models.PROTECT, related_name="sheet_lines"
    )
    label = models.CharField(max_length=200, blank=True)
    stamp = models.CharField(max_length=6, blank=True)
    business_effect = models.CharField(max_length=300, blank=True)
    party_effect = models.CharField(max_length=300, blank=True)
    grade = models.CharField(max_length=10, choices=Line.Grade.choices, blank=True)
    text = models.CharField(max_length=300, blank=True)
    side = models.CharField(max_length=10, choices=TeamMember.Side.choices, blank=True)
    cause = models.CharField(max_length=200, blank=True)
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="sheet_lines"
    )
    due_on = models.DateField(null=True, blank=True)
    problems = models.JSONField(default=list, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("督查记录表的一条")

    def __str__(self) -> str:
        return self.label
