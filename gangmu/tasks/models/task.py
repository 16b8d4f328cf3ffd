"""A task: one thing that one department answers for by a day."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.meetings.models import Decision
from gangmu.org.models import Department, Person, Unit
from gangmu.plan.models import DirectivePoint, PlanItem
from gangmu.tasks.models.instruction import Instruction


class Task(models.Model):
    """``item``, ``decision``, ``point`` and ``instruction`` say where it comes from; a rectification stands in a finding.

    ``parent``: what it was broken down from; the parts of a ``target`` add up to the parent's. A ``long_term`` task
    is never overdue: its ``due_on`` is the day of the next review. ``due_by_default`` until the owner confirmed it.
    ``submitted_by`` handed it in, whatever post he holds by now: he never verifies it.
    """

    class State(models.TextChoices):
        ISSUED = "issued", _("待签收")
        UNDER_WAY = "under_way", _("办理中")
        SUBMITTED = "submitted", _("待核查")
        VERIFIED = "verified", _("待销号")
        CLOSED = "closed", _("已销号")
        CANCELLED = "cancelled", _("已撤销")
        SUSPENDED = "suspended", _("已中止")

    class Source(models.TextChoices):
        PLAN = "plan", _("计划事项")
        DECISION = "decision", _("会议决定")
        FINDING = "finding", _("督查发现")
        DIRECTIVE = "directive", _("上级要求")
        LEADER = "leader", _("领导批示")
        CAMPAIGN = "campaign", _("巡察整改")

    class Rhythm(models.TextChoices):
        MONTHLY = "monthly", _("每月报一句")
        QUARTERLY = "quarterly", _("每季度报一句")
        MILESTONE = "milestone", _("到节点报一句")
        NONE = "none", _("办结再报")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="tasks")
    title = models.CharField(_("任务"), max_length=120)
    source = models.CharField(_("来源"), max_length=10, choices=Source.choices)
    item = models.ForeignKey(PlanItem, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks")
    decision = models.ForeignKey(
        Decision, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    point = models.ForeignKey(
        DirectivePoint,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tasks",
        verbose_name=_("要求条目"),
    )
    instruction = models.ForeignKey(
        Instruction, null=True, blank=True, on_delete=models.PROTECT, related_name="tasks"
    )
    parent = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="parts",
        verbose_name=_("上一级任务"),
        db_index=False,  # most are nobody's part: see ``task_parts``
    )
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="tasks", verbose_name=_("牵头部门")
    )
    person = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="tasks",
        verbose_name=_("责任人"),
    )
    requirement = models.CharField(_("要求"), max_length=300, blank=True)
    issued_on = models.DateField(_("交办日期"))
    due_on = models.DateField(_("期限"))
    due_by_default = models.BooleanField(_("期限按默认一周"), default=False)
    long_term = models.BooleanField(_("长期坚持"), default=False)
    rhythm = models.CharField(_("反馈节奏"), max_length=10, choices=Rhythm.choices, default=Rhythm.MONTHLY)
    report_day = models.PositiveSmallIntegerField(_("每月几日前"), default=25)
    target = models.DecimalField(_("目标数"), max_digits=12, decimal_places=2, null=True, blank=True)
    target_unit = models.CharField(_("目标单位"), max_length=10, blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.ISSUED)
    signed_on = models.DateField(_("签收日期"), null=True, blank=True)
    submitted_on = models.DateField(_("报结日期"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="submitted_tasks"
    )
    verified_on = models.DateField(_("核查日期"), null=True, blank=True)
    closed_on = models.DateField(_("销号日期"), null=True, blank=True)
    verified_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="verified_tasks"
    )

    class Meta:
        ordering = ["due_on", "id"]
        verbose_name = _("任务")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_on__gte=models.F("issued_on")),
                name="task_due_after_issue",
                violation_error_message=_("期限早于交办日期。请改成交办以后的日期。"),
            ),
            models.CheckConstraint(
                condition=models.Q(target__isnull=True) | models.Q(target__gte=0),
                name="task_target",
                violation_error_message=_("目标数不能是负数。"),
            ),
            models.CheckConstraint(
                condition=models.Q(report_day__gte=1, report_day__lte=31),
                name="task_report_day",
                violation_error_message=_("每月几日前要填1到31之间的数。"),
            ),
        ]
        indexes = [
            models.Index(fields=["unit", "state", "due_on"], name="task_unit_state"),
            models.Index(fields=["department", "state", "due_on"], name="task_department_state"),
            models.Index(fields=["parent"], condition=models.Q(parent__isnull=False), name="task_parts"),
        ]

    def __str__(self) -> str:
        return self.title


class TaskDepartment(models.Model):
    """A co-operating department."""

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="co_departments")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="joined_tasks")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "department"], name="task_department_once")]


class Progress(models.Model):
    """One sentence of progress. ``happened_on`` is the day of the deed."""

    class Status(models.TextChoices):
        ON_TRACK = "on_track", _("按序时推进")
        SLOW = "slow", _("进展缓慢")
        DONE = "done", _("已完成")
        NOT_STARTED = "not_started", _("未启动")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="progress")
    text = models.CharField(_("进展"), max_length=300)
    status = models.CharField(_("情形"), max_length=12, choices=Status.choices, default=Status.ON_TRACK)
    happened_on = models.DateField(_("发生在"))
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="progress")

    class Meta:
        ordering = ["-happened_on", "-id"]
        verbose_name = _("进展")
        indexes = [models.Index(fields=["task", "-happened_on"], name="progress_latest")]

    def __str__(self) -> str:
        return self.text


class Resource(models.Model):
    """People, money or things given to a task, one line each."""

    class Kind(models.TextChoices):
        PEOPLE = "people", _("人员")
        MONEY = "money", _("经费")
        THINGS = "things", _("物资")

    task = models.ForeignKey(Task, on_delete=models.CASCADE, related_name="resources")
    kind = models.CharField(_("类别"), max_length=10, choices=Kind.choices)
    text = models.CharField(_("内容"), max_length=100)
    amount = models.DecimalField(_("数量"), max_digits=12, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ["kind", "id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(amount__isnull=True) | models.Q(amount__gte=0),
                name="resource_amount",
                violation_error_message=_("数量不能是负数。"),
            )
        ]
