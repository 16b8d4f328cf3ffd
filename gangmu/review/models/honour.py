"""荣誉: what was conferred on whom by which paper, and the work that stands behind it."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gangmu.org.models import Department, PartyOrg, Person, Unit
from gangmu.plan.models import PlanItem
from gangmu.tasks.models import Task


class Honour(models.Model):
    """Never deleted: ``withdraw`` keeps the row and says why. Whether it is of a collective follows from its recipients."""

    class State(models.TextChoices):
        GIVEN = "given", _("有效")
        WITHDRAWN = "withdrawn", _("已撤销")

    class Level(models.TextChoices):
        NATION = "nation", _("国家级")
        PROVINCE = "province", _("省级")
        CITY = "city", _("市级")
        COUNTY = "county", _("县级")
        OWN = "own", _("本院")

    class Holder(models.TextChoices):
        COLLECTIVE = "collective", _("集体")
        PERSON = "person", _("个人")

    class Award(models.TextChoices):
        COMMENDATION = "commendation", _("嘉奖")
        THIRD = "third", _("三等功")
        SECOND = "second", _("二等功")
        FIRST = "first", _("一等功")
        TITLE = "title", _("授予称号")
        SYSTEM = "system", _("系统表彰")
        PARTY = "party", _("两优一先")
        OTHER = "other", _("其他称号")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="honours")
    title = models.CharField(_("荣誉名称"), max_length=120)
    issuer = models.CharField(_("颁授机关"), max_length=60)
    level = models.CharField(_("级别"), max_length=10, choices=Level.choices)
    award = models.CharField(_("种类"), max_length=14, choices=Award.choices)
    holder = models.CharField(_("集体或个人"), max_length=10, choices=Holder.choices)
    doc_no = models.CharField(_("文号"), max_length=60, blank=True)
    given_on = models.DateField(_("颁授日期"))
    until = models.DateField(_("有效期到"), null=True, blank=True)
    note = models.CharField(_("说明"), max_length=300, blank=True)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.GIVEN)
    withdrawn_on = models.DateField(_("撤销日期"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="withdrawn_honours"
    )
    withdrawn_reason = models.CharField(_("撤销原因"), max_length=200, blank=True)

    class Meta:
        ordering = ["-given_on", "-id"]
        verbose_name = _("荣誉")
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "title", "issuer", "holder", "given_on"],
                condition=Q(state="given"),
                name="honour_once",
                violation_error_message=_(
                    "同一天、同一机关的这项荣誉已经登记过了，不用再登。要补受表彰的单位或人，去改那一条。"
                ),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("given_on")),
                name="honour_dates",
                violation_error_message=_("有效期早于颁授日期。请改成颁授以后的日期，长期有效就空着。"),
            ),
            models.CheckConstraint(
                condition=Q(state="given", withdrawn_on__isnull=True)
                | Q(state="withdrawn", withdrawn_on__isnull=False) & ~Q(withdrawn_reason=""),
                name="honour_withdrawn_with_reason",
                violation_error_message=_("撤销要写明原因。"),
            ),
        ]
        indexes = [models.Index(fields=["unit", "-given_on"], name="honour_unit_day")]

    def __str__(self) -> str:
        return self.title

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on ``day``: given by then, not withdrawn, its time not over."""
        in_time = self.given_on <= day and (self.until is None or day <= self.until)
        return self.state == self.State.GIVEN and in_time


class HonourRecipient(models.Model):
    """Who received it: one of the three, or the unit itself when all are empty."""

    honour = models.ForeignKey(Honour, on_delete=models.CASCADE, related_name="recipients")
    department = models.ForeignKey(
        Department, null=True, blank=True, on_delete=models.PROTECT, related_name="honours"
    )
    party_org = models.ForeignKey(
        PartyOrg, null=True, blank=True, on_delete=models.PROTECT, related_name="honours"
    )
    person = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="honours"
    )

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(department__isnull=True, party_org__isnull=True)
                | Q(department__isnull=True, person__isnull=True)
                | Q(party_org__isnull=True, person__isnull=True),
                name="recipient_is_one",
            ),
            models.UniqueConstraint(fields=["honour", "department"], name="recipient_department_once"),
            models.UniqueConstraint(fields=["honour", "party_org"], name="recipient_org_once"),
            models.UniqueConstraint(fields=["honour", "person"], name="recipient_person_once"),
            models.UniqueConstraint(
                fields=["honour"],
                condition=Q(department__isnull=True, party_org__isnull=True, person__isnull=True),
                name="recipient_unit_once",
            ),
        ]

    def __str__(self) -> str:
        return str(self.department or self.party_org or self.person or _("本院"))


class HonourBasis(models.Model):
    """A task or an item that stands behind an honour. With a task, ``item`` is the item that the task came from, if any."""

    honour = models.ForeignKey(Honour, on_delete=models.CASCADE, related_name="bases")
    item = models.ForeignKey(
        PlanItem, null=True, blank=True, on_delete=models.PROTECT, related_name="honour_bases"
    )
    task = models.ForeignKey(
        Task, null=True, blank=True, on_delete=models.PROTECT, related_name="honour_bases"
    )
    reason = models.CharField(_("凭什么得的"), max_length=200, blank=True)

    class Meta:
        ordering = ["id"]
        verbose_name = _("荣誉的依据")
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False) | Q(task__isnull=False), name="basis_is_something"
            ),
            models.UniqueConstraint(
                fields=["honour", "task"], name="basis_task_once",
                violation_error_message=_("这项任务已经是它的依据了。"),
            ),
            models.UniqueConstraint(
                fields=["honour", "item"], condition=Q(task__isnull=True), name="basis_item_once",
                violation_error_message=_("这一项已经是它的依据了。"),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.task or self.item)
