"""A joint inspection (联合督查) looks at a business item and at the party items bound to it, on one visit."""

import hashlib

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.org.models import Department, PartyOrg, Person, Unit
from gangmu.plan.models import EntryPoint, PlanItem
from gangmu.tasks.models import Task


class Inspection(models.Model):
    """One visit, of any kind. ``planned`` stands on the year's programme with no team and no items yet.

    An inspection needs both kinds of people and items; a contact-point visit a branch; research a topic.
    ``departments``: where one goes besides the departments of the items and of the branch. ``before_merge``: what it
    was before others went into it, and its state before it went into another, so that both can be taken back.
    """

    class Kind(models.TextChoices):
        INSPECTION = "inspection", _("联合督查")
        CONTACT_POINT = "contact_point", _("联系点走访")
        RESEARCH = "research", _("调研")

    class State(models.TextChoices):
        PLANNED = "planned", _("已列入")
        ORDERED = "ordered", _("已下达")
        VISITED = "visited", _("已查")
        CLOSED = "closed", _("已办结")
        MERGED = "merged", _("已并入")
        CALLED_OFF = "called_off", _("不去了")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="inspections")
    kind = models.CharField(_("哪一种"), max_length=14, choices=Kind.choices, default=Kind.INSPECTION)
    title = models.CharField(_("督查事由"), max_length=120)
    visit_on = models.DateField(_("督查日期"))
    place = models.CharField(_("去哪里"), max_length=100, blank=True)
    topic = models.CharField(_("调研题目"), max_length=120, blank=True)
    branch = models.ForeignKey(
        PartyOrg,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="visits",
        verbose_name=_("联系点"),
    )
    leader = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_visits",
        verbose_name=_("带队院领导"),
    )
    departments = models.ManyToManyField(
        Department, blank=True, related_name="visits", verbose_name=_("去哪些部门")
    )
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PLANNED)
    merged_into = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="merged_from",
        verbose_name=_("并入"),
    )
    before_merge = models.JSONField(default=dict, blank=True)
    gist = models.CharField(_("走访所见"), max_length=600, blank=True)

    class Meta:
        ordering = ["-visit_on", "-id"]
        verbose_name = _("联合督查")
        indexes = [models.Index(fields=["unit", "visit_on"], name="inspection_unit_day")]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(kind="contact_point") | models.Q(branch__isnull=False),
                name="contact_point_branch",
                violation_error_message=_("联系点走访要选去哪个支部。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="research") | ~models.Q(topic=""),
                name="research_topic",
                violation_error_message=_("调研要写题目。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class TeamMember(models.Model):
    """Who goes, and for which side. A joint order needs both."""

    class Side(models.TextChoices):
        PARTY = "party", _("党务")
        BUSINESS = "business", _("业务")

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="inspections")
    side = models.CharField(_("哪一头"), max_length=10, choices=Side.choices)

    class Meta:
        ordering = ["-side", "id"]
        constraints = [models.UniqueConstraint(fields=["inspection", "person"], name="team_once")]


class Line(models.Model):
    """One item looked at: what business effect, what party effect. Neither side may stay empty."""

    class Grade(models.TextChoices):
        EFFECTIVE = "effective", _("已见效")
        PARTLY = "partly", _("部分见效")
        NONE = "none", _("未见效")

    inspection = models.ForeignKey(Inspection, on_delete=models.CASCADE, related_name="lines")
    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, related_name="inspection_lines")
    entry_point = models.ForeignKey(
        EntryPoint, null=True, blank=True, on_delete=models.PROTECT, related_name="inspection_lines"
    )
    business_effect = models.CharField(_("业务实效"), max_length=300, blank=True)
    party_effect = models.CharField(_("党建实效"), max_length=300, blank=True)
    grade = models.CharField(_("比照期望"), max_length=10, choices=Grade.choices, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["inspection", "item", "entry_point"],
                name="line_once",
                nulls_distinct=False,
                violation_error_message=_("这一项已经在这次督查里了。"),
            )  # fmt: skip
        ]

    @property
    def complete(self) -> bool:
        return bool(self.business_effect.strip() and self.party_effect.strip())

    @property
    def stamp(self) -> str:
        """Six hex digits of what is written now: tells whether somebody wrote since a page or sheet was made."""
        written = "\x1f".join((self.business_effect, self.party_effect, self.grade))
        return hashlib.sha256(written.encode()).hexdigest()[:6]

    def __str__(self) -> str:
        return self.item.title


class Finding(models.Model):
    """Something to be put right, and the task that does it."""

    class State(models.TextChoices):
        OPEN = "open", _("待整改")
        RECTIFYING = "rectifying", _("整改中")
        CLOSED = "closed", _("已销号")

    line = models.ForeignKey(Line, on_delete=models.PROTECT, related_name="findings")
    side = models.CharField(_("哪一头"), max_length=10, choices=TeamMember.Side.choices)
    text = models.CharField(_("发现的问题"), max_length=300)
    cause = models.CharField(_("原因"), max_length=200, blank=True)
    department = models.ForeignKey(
        Department, on_delete=models.PROTECT, related_name="findings", verbose_name=_("整改部门")
    )
    due_on = models.DateField(_("整改期限"))
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.OPEN)
    task = models.OneToOneField(Task, null=True, blank=True, on_delete=models.PROTECT, related_name="finding")
    rechecked_on = models.DateField(_("复查日期"), null=True, blank=True)
    rechecked_by = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="rechecks"
    )

    class Meta:
        ordering = ["id"]
        verbose_name = _("督查发现")

    def __str__(self) -> str:
        return self.text
