"""A leader's written instruction (领导批示): who, when, in which words. Tasks come from it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.org.models import Person, Unit


class Instruction(models.Model):
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="instructions")
    leader = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="instructions", verbose_name=_("批示领导")
    )
    given_on = models.DateField(_("批示日期"))
    words = models.CharField(_("批示内容"), max_length=300)

    class Meta:
        ordering = ["-given_on", "-id"]
        verbose_name = _("领导批示")

    def __str__(self) -> str:
        return self.words
