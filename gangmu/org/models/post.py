"""Posts (任职): who holds which duty, where and since when. Roles in the product follow from posts."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gangmu.org.models.department import Department
from gangmu.org.models.party_org import PartyOrg
from gangmu.org.models.person import Person
from gangmu.org.models.unit import Unit


class Post(models.Model):
    """A duty held from ``since`` to ``until``. One person holds several at once."""

    class Kind(models.TextChoices):
        GROUP_SECRETARY = "group_secretary", _("党组书记")
        GROUP_MEMBER = "group_member", _("党组成员")
        CHIEF = "chief", _("检察长")
        DEPUTY_CHIEF = "deputy_chief", _("副检察长")
        COMMITTEE_SECRETARY = "committee_secretary", _("机关党委书记")
        FULL_TIME_SECRETARY = "full_time_secretary", _("机关专职党委书记")
        FULL_TIME_DEPUTY = "full_time_deputy", _("机关党委专职副书记")
        PARTY_OFFICE_HEAD = "party_office_head", _("党办主任")
        PARTY_OFFICER = "party_officer", _("党办干事")
        OFFICE_HEAD = "office_head", _("办公室主任")
        DEPARTMENT_HEAD = "department_head", _("部门正职")
        BRANCH_SECRETARY = "branch_secretary", _("支部书记")
        BRANCH_ORGANISER = "branch_organiser", _("组织委员")
        BRANCH_COMMITTEE = "branch_committee", _("支部委员")
        GROUP_LEADER = "group_leader", _("党小组组长")

    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="posts")
    kind = models.CharField(_("职务"), max_length=30, choices=Kind.choices)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="posts")
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="posts"
    )
    party_org = models.ForeignKey(
        PartyOrg, null=True, blank=True, on_delete=models.PROTECT, related_name="posts"
    )
    in_charge_of = models.ManyToManyField(Department, blank=True, related_name="leaders")
    since = models.DateField(_("起"))
    until = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        verbose_name = _("任职")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="post_dates",
                violation_error_message=_("止期早于起期。"),
            )
        ]
        indexes = [models.Index(fields=["unit", "kind"], name="post_unit_kind")]

    def __str__(self) -> str:
        """As the person is addressed: 第八检察部主任, 第三党支部书记, 党组书记."""
        if self.kind == self.Kind.DEPARTMENT_HEAD:
            return _("%(place)s主任") % {"place": self.department}
        if self.kind == self.Kind.BRANCH_SECRETARY:
            return _("%(place)s书记") % {"place": self.party_org}
        place = self.party_org or ""
        return f"{place}{self.get_kind_display()}"
