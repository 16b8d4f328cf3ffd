"""Party organisations (党组织) and who belongs to them."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gangmu.org.models.department import Department
from gangmu.org.models.person import Person
from gangmu.org.models.unit import Unit


class PartyOrg(models.Model):
    """A party group, organ committee, general branch, branch or group; branch ↔ department is many to many."""

    class Kind(models.TextChoices):
        LEADING_GROUP = "leading_group", _("党组")
        COMMITTEE = "committee", _("机关党委")
        GENERAL_BRANCH = "general_branch", _("党总支")
        BRANCH = "branch", _("党支部")
        GROUP = "group", _("党小组")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="party_orgs")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="children"
    )
    kind = models.CharField(_("类别"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("名称"), max_length=40)
    departments = models.ManyToManyField(Department, blank=True, related_name="party_orgs")
    founded_on = models.DateField(_("成立日期"))
    closed_on = models.DateField(_("撤销日期"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("党组织")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="party_org_name",
                violation_error_message=_("本院已有同名党组织。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Membership(models.Model):
    """A member in an organisation, for a time. Probationary members have no vote."""

    class Status(models.TextChoices):
        FULL = "full", _("正式党员")
        PROBATIONARY = "probationary", _("预备党员")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="memberships")
    party_org = models.ForeignKey(PartyOrg, on_delete=models.PROTECT, related_name="memberships")
    status = models.CharField(_("党员类别"), max_length=20, choices=Status.choices, default=Status.FULL)
    since = models.DateField(_("起"))
    until = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="membership_dates",
                violation_error_message=_("止期早于起期。"),
            ),
            models.UniqueConstraint(
                fields=["person", "party_org"],
                condition=Q(until__isnull=True),
                name="membership_once",
                violation_error_message=_("此人已在这个党组织里。"),
            ),
        ]
