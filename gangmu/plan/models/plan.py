"""A plan: one document, two tracks."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gangmu.org.models import Unit


class Plan(models.Model):
    """The year's plan of a unit. ``preview`` is a paper just read, not yet looked over by a person.

    ``revises``: the plan into which the differences of this paper were taken over; the paper itself is dropped then.
    """

    class State(models.TextChoices):
        PREVIEW = "preview", _("待核对")
        DRAFT = "draft", _("草稿")
        ADOPTED = "adopted", _("已通过")
        CLOSED = "closed", _("已结束")
        DROPPED = "dropped", _("已作废")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField(_("年度"))
    title = models.CharField(_("标题"), max_length=120)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PREVIEW)
    adopted_on = models.DateField(_("通过日期"), null=True, blank=True)
    doc_no = models.CharField(_("文号"), max_length=60, blank=True)
    source_name = models.CharField(_("来源文件"), max_length=200, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    revises = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="revised_by",
        verbose_name=_("修订的是"),
    )

    class Meta:
        ordering = ["-year", "-id"]
        verbose_name = _("计划")
        constraints = [
            models.CheckConstraint(
                condition=Q(year__gte=2000, year__lte=2100),
                name="plan_year",
                violation_error_message=_("年度要写成四位数，例如2027。"),
            ),
            models.UniqueConstraint(
                fields=["unit", "year", "source_digest"],
                condition=~Q(source_digest="") & ~Q(state="dropped"),
                name="plan_paper_once",
                violation_error_message=_("这份文件已经导入过这一年度的计划，没有再存一份。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SourceParagraph(models.Model):
    """One paragraph of the paper and where it went: into an item, the notes, or aside with a reason."""

    class Fate(models.TextChoices):
        ITEM = "item", _("入项")
        NOTE = "note", _("作备注")
        ASIDE = "aside", _("搁置")

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="paragraphs")
    no = models.PositiveIntegerField()
    text = models.TextField()
    fate = models.CharField(max_length=10, choices=Fate.choices)
    why = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["no"]
        constraints = [models.UniqueConstraint(fields=["plan", "no"], name="paragraph_once")]
