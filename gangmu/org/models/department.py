"""Departments (内设机构) and the other names they are written by."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.org.models.unit import Unit


class Department(models.Model):
    """A department of a unit. ``line`` says on which track its own work lies."""

    class Line(models.TextChoices):
        BUSINESS = "business", _("检察业务")
        PARTY = "party", _("党务")
        SUPPORT = "support", _("综合保障")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="departments")
    name = models.CharField(_("名称"), max_length=40)
    note = models.CharField(_("职能"), max_length=40, blank=True)
    line = models.CharField(_("类别"), max_length=10, choices=Line.choices)
    position = models.PositiveSmallIntegerField(_("次序"), default=0)
    valid_from = models.DateField(_("设立日期"), null=True, blank=True)
    valid_to = models.DateField(_("撤销日期"), null=True, blank=True)

    class Meta:
        ordering = ["position", "id"]
        verbose_name = _("部门")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="department_name",
                violation_error_message=_("本院已有同名部门。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class DepartmentAlias(models.Model):
    """A short, old or colloquial name (八部, 公诉处); the dates say when it was in use.

    ``source``: the paper in which a person said so; empty for the names given with the department.
    """

    department = models.ForeignKey(Department, on_delete=models.CASCADE, related_name="aliases")
    name = models.CharField(_("别名"), max_length=40)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    source = models.CharField(_("出处"), max_length=200, blank=True)
    noted_on = models.DateField(_("记下的日期"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["department", "name"], name="alias_once")]

    def __str__(self) -> str:
        return self.name
