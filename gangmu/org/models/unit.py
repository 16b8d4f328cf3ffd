"""The tree of procuratorates: parent, closure table, and a path text for ordering."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Unit(models.Model):
    """A procuratorate (院). ``path`` is fixed-width (five digits a level), so text order is tree order."""

    class Level(models.TextChoices):
        NATION = "nation", _("最高检")
        PROVINCE = "province", _("省院")
        CITY = "city", _("市院")
        COUNTY = "county", _("县区院")

    name = models.CharField(_("名称"), max_length=60, unique=True)
    short = models.CharField(_("简称"), max_length=20)
    level = models.CharField(_("层级"), max_length=10, choices=Level.choices)
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    path = models.CharField(max_length=40, unique=True)

    class Meta:
        ordering = ["path"]
        verbose_name = _("单位")

    def __str__(self) -> str:
        return self.name


class UnitClosure(models.Model):
    """Every pair of a unit and one of its ancestors, itself included at depth 0."""

    ancestor = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="below")
    descendant = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="above")
    depth = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ancestor", "descendant"], name="closure_once")]
        indexes = [models.Index(fields=["descendant", "depth"], name="closure_up")]
