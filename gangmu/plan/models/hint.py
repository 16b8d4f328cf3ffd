"""What a person corrected once about how the unit writes its papers; the next paper is read with it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.org.models import Unit


class ReadingHint(models.Model):
    """How a label of the unit's papers is to be taken. ``source``: the paper in which it was corrected."""

    class Label(models.TextChoices):
        RESPONSIBLE = "responsible", _("责任单位")

    class Means(models.TextChoices):
        FIRST_LEADS = "first_leads", _("首位为牵头，其余为配合")
        CO_UNITS = "co_units", _("都是配合，牵头另写")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="reading_hints")
    label = models.CharField(_("标签"), max_length=20, choices=Label.choices)
    means = models.CharField(_("怎样算"), max_length=20, choices=Means.choices)
    source = models.CharField(_("出处"), max_length=200, blank=True)
    noted_on = models.DateField(_("记下的日期"))

    class Meta:
        ordering = ["label"]
        verbose_name = _("记住的更正")
        constraints = [models.UniqueConstraint(fields=["unit", "label"], name="hint_once")]

    def __str__(self) -> str:
        return f"{self.get_label_display()}：{self.get_means_display()}"
