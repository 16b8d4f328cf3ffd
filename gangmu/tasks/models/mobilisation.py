"""One order that brings people, money and things together (动员令、统一调配), for a case campaign or an activity alike."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.org.models import Department, Person, Unit
from gangmu.plan.models import EntryPoint, PlanItem


class Mobilisation(models.Model):
    """``item`` or ``entry_point`` binds it to the plan, so that its party effect is seen; ``result`` ends it."""

    class Kind(models.TextChoices):
        CASE = "case", _("专案专项")
        ACTIVITY = "activity", _("大型活动")

    class State(models.TextChoices):
        DRAFT = "draft", _("草拟")
        IN_FORCE = "in_force", _("已下令")
        SETTLED = "settled", _("已结算")
        CALLED_OFF = "called_off", _("已取消")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="mobilisations")
    title = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    purpose = models.CharField(_("要办成什么"), max_length=300)
    coordinator = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="coordinated", verbose_name=_("专门协调的领导")
    )
    item = models.ForeignKey(
        PlanItem, on_delete=models.PROTECT, related_name="mobilisations", verbose_name=_("计划事项")
    )
    entry_point = models.ForeignKey(
        EntryPoint,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="mobilisations",
        verbose_name=_("切入点"),
    )
    starts_on = models.DateField(_("从"))
    ends_on = models.DateField(_("到"))
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFT)
    ordered_on = models.DateField(_("下令日期"), null=True, blank=True)
    settled_on = models.DateField(_("结算日期"), null=True, blank=True)
    result = models.CharField(_("办成了什么"), max_length=300, blank=True)
    party_result = models.CharField(_("党建起了什么作用"), max_length=300, blank=True)

    class Meta:
        ordering = ["-starts_on", "-id"]
        verbose_name = _("动员令")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")),
                name="mobilisation_days",
                violation_error_message=_("结束日期早于开始日期。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(state="settled") | ~(models.Q(result="") | models.Q(party_result="")),
                name="mobilisation_settled_with_result",
                violation_error_message=_("办成了什么、党建起了什么作用，两头都写上才能结算。"),
            ),
        ]
        indexes = [models.Index(fields=["unit", "state", "starts_on"], name="mobilisation_unit")]

    def __str__(self) -> str:
        return self.title


class Contribution(models.Model):
    """One line of an order: who gives what, from when to when.

    ``asked`` and ``given`` are heads, 元 or pieces; ``given`` is empty until the department said what it gives.
    ``text`` names the post, the source of the money, the room or the car.
    """

    class Kind(models.TextChoices):
        PEOPLE = "people", _("人员")
        MONEY = "money", _("经费")
        ROOM = "room", _("场地")
        VEHICLE = "vehicle", _("车辆")
        THINGS = "things", _("物资")

    order = models.ForeignKey(Mobilisation, on_delete=models.CASCADE, related_name="contributions")
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="contributions", verbose_name=_("出力部门")
    )
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="contributions",
        verbose_name=_("指名的人"),
    )
    text = models.CharField(_("内容"), max_length=100)
    from_on = models.DateField(_("从"))
    to_on = models.DateField(_("到"))
    asked = models.DecimalField(_("要多少"), max_digits=12, decimal_places=2, default=1)
    given = models.DecimalField(_("给多少"), max_digits=12, decimal_places=2, null=True, blank=True)
    given_on = models.DateField(_("确认日期"), null=True, blank=True)
    used = models.DecimalField(_("用了多少"), max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["order_id", "kind", "id"]
        verbose_name = _("出人出钱出物")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(to_on__gte=models.F("from_on")),
                name="contribution_days",
                violation_error_message=_("结束日期早于开始日期。"),
            ),
            models.CheckConstraint(
                condition=models.Q(asked__gt=0),
                name="contribution_asked",
                violation_error_message=_("要多少，填大于零的数。"),
            ),
            models.CheckConstraint(
                condition=models.Q(given__isnull=True) | models.Q(given__gte=0),
                name="contribution_given",
                violation_error_message=_("给多少不能是负数；给不了就填0。"),
            ),
            models.CheckConstraint(
                condition=models.Q(used__isnull=True) | models.Q(used__gte=0),
                name="contribution_used",
                violation_error_message=_("用了多少不能是负数。"),
            ),
        ]
        indexes = [models.Index(fields=["kind", "from_on", "to_on"], name="contribution_days_idx")]

    def __str__(self) -> str:
        return self.text
