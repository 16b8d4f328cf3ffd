"""What a meeting dealt with: topics, votes, decisions."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.meetings.models.meeting import Meeting
from gangmu.org.models import Department
from gangmu.plan.models import Plan, PlanItem


class AgendaItem(models.Model):
    """A topic. ``party_way`` is the way in for party-building (党建切入方式) studied together with it."""

    class Topic(models.TextChoices):
        FIRST = "first", _("第一议题")
        PLAN = "plan", _("审议计划")
        PARTY = "party", _("党建工作")
        BUSINESS = "business", _("检察业务")
        STRICT = "strict", _("全面从严治党")
        CADRE = "cadre", _("干部议题")
        OTHER = "other", _("其他")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="agenda")
    position = models.PositiveSmallIntegerField()
    topic = models.CharField(_("类别"), max_length=10, choices=Topic.choices, default=Topic.OTHER)
    title = models.CharField(_("议题"), max_length=120)
    item = models.ForeignKey(
        PlanItem,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agenda",
        verbose_name=_("计划事项"),
    )
    plan = models.ForeignKey(Plan, null=True, blank=True, on_delete=models.PROTECT, related_name="agenda")
    party_way = models.CharField(_("党建切入方式"), max_length=200, blank=True)

    class Meta:
        ordering = ["position"]
        verbose_name = _("议题")
        constraints = [models.UniqueConstraint(fields=["meeting", "position"], name="agenda_position")]

    def __str__(self) -> str:
        return self.title


class Vote(models.Model):
    """One vote per topic. Counts of people; whether it passed is derived from them."""

    class Method(models.TextChoices):
        ORAL = "oral", _("口头")
        HANDS = "hands", _("举手")
        OPEN = "open", _("记名")
        SECRET = "secret", _("无记名")

    agenda_item = models.OneToOneField(AgendaItem, on_delete=models.CASCADE, related_name="vote")
    method = models.CharField(_("方式"), max_length=10, choices=Method.choices, default=Method.HANDS)
    due = models.PositiveSmallIntegerField(_("应到"))
    present = models.PositiveSmallIntegerField(_("实到"))
    favour = models.PositiveSmallIntegerField(_("同意"))
    against = models.PositiveSmallIntegerField(_("不同意"), default=0)
    abstain = models.PositiveSmallIntegerField(_("弃权或缓议"), default=0)
    passed = models.BooleanField(_("通过"))

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(
                    present__gte=models.F("favour") + models.F("against") + models.F("abstain")
                ),
                name="vote_within_present",
                violation_error_message=_("票数比到会人数多。未到会的书面意见不计票。"),
            )
        ]


class Decision(models.Model):
    """What was decided, by sentence. With a department and a date it can be deployed at once."""

    agenda_item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="decisions")
    number = models.PositiveSmallIntegerField()
    text = models.CharField(_("决定"), max_length=300)
    adopts = models.ForeignKey(
        Plan,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
        verbose_name=_("通过的计划"),
    )
    department = models.ForeignKey(
        Department,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="decisions",
        verbose_name=_("牵头部门"),
    )
    due_on = models.DateField(_("期限"), null=True, blank=True)
    needs_action = models.BooleanField(_("要落实"), default=True)

    class Meta:
        ordering = ["agenda_item_id", "number"]
        verbose_name = _("决定")
        constraints = [models.UniqueConstraint(fields=["agenda_item", "number"], name="decision_number")]

    def __str__(self) -> str:
        return self.text


class DecisionItem(models.Model):
    """A plan item that a decision is about: the item is studied (研) from that day."""

    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="items")
    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="decisions")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["decision", "item"], name="decision_item_once")]
