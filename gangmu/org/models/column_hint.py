"""What a person said about a column of a roster; the next file of the unit is read that way."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.org.models.unit import Unit


class ColumnHint(models.Model):
    """``head`` is folded (``papers.roster_words.fold_head``); an empty ``field`` means: leave this column aside."""

    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="column_hints")
    kind = models.CharField(_("名册种类"), max_length=20)
    head = models.CharField(_("表头"), max_length=60)
    field = models.CharField(_("读作"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("表头对照")
        constraints = [models.UniqueConstraint(fields=["unit", "kind", "head"], name="column_hint_once")]

    def __str__(self) -> str:
        return self.head
