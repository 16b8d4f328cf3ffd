"""Items of a plan: a tree; the leaves that carry an action are tasks-to-be."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.org.models import Department, Person
from gangmu.plan.models.plan import Plan


class PlanItem(models.Model):
    """A line of the plan. ``position`` is the order in the whole plan, ``level`` the depth from 1.

    ``guesses``: what was not read but inferred, as ``[{field, why, text, value?}]``; empty once a person agreed.
    ``value`` is the department that agreeing to a guess about the lead would make the lead.
    ``selectors``: units that the paper names vaguely (各支部), as written; they are spread out when the item is deployed.
    ``milestones``: further days of a deadline in stages, as ISO dates; the last of them is ``due_on``.
    ``history``: what a progress column of the paper said; its day is unknown, so it is no state.
    ``due_raw`` keeps the words of the paper, whatever they were read as; ``rhythm`` is the code that
    ``papers.dates`` gives a recurring date (monthly@25, quarterly). ``dropped_on``: an amendment took the item out; it is kept. An item
    carried over from an earlier plan knows it and says what was learnt there.
    """

    class Track(models.TextChoices):
        GANG = "gang", _("纲")
        MU = "mu", _("目")

    class Facet(models.TextChoices):
        THOUGHT = "thought", _("思想")
        SYSTEM = "system", _("制度")
        ACTIVITY = "activity", _("活动")
        WORK = "work", _("工作")

    class Due(models.TextChoices):
        NONE = "", _("未写期限")
        DATE = "date", _("定期限")
        RECURRING = "recurring", _("定节奏")
        ONGOING = "ongoing", _("长期坚持")
        UNRESOLVED = "unresolved", _("期限待定")
        INVALID = "invalid", _("期限有误")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items")
    parent = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.CASCADE, related_name="children", db_index=False
    )  # here and below: most have none, so the index is one of those that have
    position = models.PositiveIntegerField()
    level = models.PositiveSmallIntegerField(default=1)
    label = models.CharField(_("序号"), max_length=20, blank=True)
    title = models.CharField(_("事项"), max_length=200)
    text = models.TextField(_("内容"), blank=True)
    is_task = models.BooleanField(default=True)
    track = models.CharField(_("纲目"), max_length=4, choices=Track.choices)
    facet = models.CharField(_("抓手"), max_length=10, choices=Facet.choices, blank=True)
    leader = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_items",
        verbose_name=_("牵头领导"),
    )
    lead_department = models.ForeignKey(
        Department,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_items",
        verbose_name=_("牵头部门"),
    )
    units_raw = models.CharField(_("原文所列单位"), max_length=400, blank=True)
    due_kind = models.CharField(_("期限类别"), max_length=12, choices=Due.choices, blank=True)
    due_on = models.DateField(_("完成期限"), null=True, blank=True)
    due_raw = models.CharField(_("期限原文"), max_length=100, blank=True)
    rhythm = models.CharField(_("节奏"), max_length=30, blank=True)
    milestones = models.JSONField(_("分阶段日期"), default=list, blank=True)
    selectors = models.JSONField(_("泛指单位"), default=list, blank=True)
    history = models.JSONField(_("原表所列进展"), default=list, blank=True)
    guesses = models.JSONField(default=list, blank=True)
    paragraph_nos = models.JSONField(default=list, blank=True)
    added_on = models.DateField(_("调入日期"), null=True, blank=True)
    dropped_on = models.DateField(_("调出日期"), null=True, blank=True)
    carried_from = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="carried_to",
        db_index=False,
        verbose_name=_("结转自"),
    )
    learnt = models.CharField(_("上一期的体会"), max_length=300, blank=True)

    class Meta:
        ordering = ["plan_id", "position"]
        verbose_name = _("计划事项")
        constraints = [
            models.CheckConstraint(condition=models.Q(level__gte=1), name="item_level"),
        ]
        indexes = [
            models.Index(fields=["plan", "position"], name="item_order"),
            models.Index(fields=["lead_department", "due_on"], name="item_lead_due"),
            models.Index(fields=["parent"], condition=models.Q(parent__isnull=False), name="item_under"),
            models.Index(
                fields=["carried_from"], condition=models.Q(carried_from__isnull=False), name="item_carried"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ItemDepartment(models.Model):
    """A co-operating department (配合部门) of an item."""

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="co_departments")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="joined_items")

    class Meta:
        ordering = ["id"]  # as the paper lists them
        constraints = [models.UniqueConstraint(fields=["item", "department"], name="co_department_once")]
