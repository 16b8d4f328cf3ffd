"""巡察整改: the problems fed back, the measures that put them right, and who answers for each by when."""

from datetime import date

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.common.periods import add_months
from gangmu.org.models import Department, Person, Unit
from gangmu.tasks.models import Task

PLAN_MONTHS = 1  # RECT-PLAN-1M: the plan within about a month of the feedback
PERIOD_MONTHS = 3  # RECT-PERIOD-3M: seen at city level; a campaign may say otherwise


class Campaign(models.Model):
    class State(models.TextChoices):
        DRAFTING = "drafting", _("制定方案")
        UNDER_WAY = "under_way", _("集中整改")
        REPORTED = "reported", _("已报告")
        AGAIN = "again", _("二次整改")
        CLOSED = "closed", _("已评定")

    class Grade(models.TextChoices):
        GOOD = "good", _("好")
        FAIR = "fair", _("较好")
        PLAIN = "plain", _("一般")
        POOR = "poor", _("差")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="campaigns")
    title = models.CharField(_("巡察"), max_length=120)
    issuer = models.CharField(_("巡察机关"), max_length=60)
    reported_on = models.DateField(_("反馈日期"))
    months = models.PositiveSmallIntegerField(_("集中整改几个月"), default=PERIOD_MONTHS)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.DRAFTING)
    plan_signed_on = models.DateField(_("方案签字日期"), null=True, blank=True)
    plan_signed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="signed_plans"
    )
    report_signed_on = models.DateField(_("报告签字日期"), null=True, blank=True)
    report_signed_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="signed_reports"
    )
    grade = models.CharField(_("评定"), max_length=6, choices=Grade.choices, blank=True)

    class Meta:
        ordering = ["-reported_on", "-id"]
        verbose_name = _("巡察整改")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(months__gte=1, months__lte=24),
                name="campaign_months",
                violation_error_message=_("集中整改期写1到24个月，一般是3个月。"),
            )
        ]

    @property
    def plan_due(self) -> date:
        return add_months(self.reported_on, PLAN_MONTHS)

    @property
    def ends_on(self) -> date:
        """The last day of the concentrated period, counted from the day of the feedback."""
        return add_months(self.reported_on, self.months)

    def __str__(self) -> str:
        return self.title


class Problem(models.Model):
    """One line of the list of problems (问题清单)."""

    campaign = models.ForeignKey(Campaign, on_delete=models.CASCADE, related_name="problems")
    no = models.PositiveSmallIntegerField(_("序号"))
    text = models.CharField(_("问题"), max_length=300)

    class Meta:
        ordering = ["no"]
        verbose_name = _("巡察反馈问题")
        constraints = [models.UniqueConstraint(fields=["campaign", "no"], name="problem_no")]

    def __str__(self) -> str:
        return self.text


class Measure(models.Model):
    """A measure (任务清单) and who answers for it (责任清单). One table gives the other two lists."""

    class State(models.TextChoices):
        OPEN = "open", _("未交办")
        ASSIGNED = "assigned", _("整改中")
        CHECKED = "checked", _("已对账")

    class Result(models.TextChoices):
        DONE = "done", _("已完成")
        MOSTLY = "mostly", _("基本完成")
        ONGOING = "ongoing", _("长期坚持")

    problem = models.ForeignKey(Problem, on_delete=models.CASCADE, related_name="measures")
    text = models.CharField(_("整改措施"), max_length=300)
    leader = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="led_measures", verbose_name=_("责任领导")
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="measures", verbose_name=_("责任部门")
    )
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="measures",
        verbose_name=_("责任人"),
    )
    due_on = models.DateField(_("整改时限"))
    long_term = models.BooleanField(_("长期坚持"), default=False)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.OPEN)
    result = models.CharField(_("整改情况"), max_length=10, choices=Result.choices, blank=True)
    note = models.CharField(_("说明"), max_length=200, blank=True)
    checked_on = models.DateField(_("对账日期"), null=True, blank=True)
    checked_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="checked_measures"
    )
    task = models.OneToOneField(Task, null=True, blank=True, on_delete=models.PROTECT, related_name="measure")

    class Meta:
        ordering = ["problem__no", "id"]
        verbose_name = _("整改措施")

    def __str__(self) -> str:
        return self.text
