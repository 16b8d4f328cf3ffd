"""People of a unit. A person is not a user: many never sign in, and some users are no member of staff."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.org.models.department import Department
from gangmu.org.models.unit import Unit


class Person(models.Model):
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="people")
    department = models.ForeignKey(
        Department,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="people",
        verbose_name=_("部门"),
    )
    name = models.CharField(_("姓名"), max_length=30)
    number = models.CharField(_("工号"), max_length=20, blank=True)
    joined_on = models.DateField(_("入党日期"), null=True, blank=True)
    confirmed_on = models.DateField(_("转正日期"), null=True, blank=True)
    left_on = models.DateField(_("离开日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("人员")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "number"],
                condition=~models.Q(number=""),
                name="person_number",
                violation_error_message=_("本院已有人用这个工号。"),
            )
        ]
        indexes = [models.Index(fields=["unit", "name"], name="person_name")]

    def __str__(self) -> str:
        return self.name
