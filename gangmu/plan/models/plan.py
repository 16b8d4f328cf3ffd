"""A plan: one document, two tracks."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from gangmu.org.models import Unit


class Plan(models.Model):
    """A unit's plan of a year, half-year, quarter or special campaign (专项).

    ``preview`` is a paper just read, not yet looked over by a person. ``starts_on`` and ``ends_on`` are both inside;
    where they are empty the plan is that of the whole ``year``. ``revises``: the plan into which the differences of
    this paper were taken over; the paper itself is dropped then. ``most_led``: a department that leads more items, or a
    person who answers for more, is said to have too much by the 两张皮 check.
    """

    class Period(models.TextChoices):
        YEAR = "year", _("年度")
        HALF = "half", _("半年")
        QUARTER = "quarter", _("季度")
        SPECIAL = "special", _("专项")

    class State(models.TextChoices):
        PREVIEW = "preview", _("待核对")
        DRAFT = "draft", _("草稿")
        ADOPTED = "adopted", _("已通过")
        CLOSED = "closed", _("已结束")
        DROPPED = "dropped", _("已作废")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="plans")
    year = models.PositiveSmallIntegerField(_("年度"))
    period = models.CharField(_("时段"), max_length=8, choices=Period.choices, default=Period.YEAR)
    starts_on = models.DateField(_("开始日期"), null=True, blank=True)
    ends_on = models.DateField(_("结束日期"), null=True, blank=True)
    title = models.CharField(_("标题"), max_length=120)
    state = models.CharField(_("状态"), max_length=10, choices=State.choices, default=State.PREVIEW)
    adopted_on = models.DateField(_("通过日期"), null=True, blank=True)
    doc_no = models.CharField(_("文号"), max_length=60, blank=True)
    source_name = models.CharField(_("来源文件"), max_length=200, blank=True)
    source_digest = models.CharField(max_length=64, blank=True)
    warnings = models.JSONField(default=list, blank=True)
    most_led = models.PositiveSmallIntegerField(_("一个部门、一个人最多几项"), default=25)
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
            models.UniqueConstraint(
                fields=["unit", "period", "starts_on", "title"],
                condition=Q(source_digest="", starts_on__isnull=False) & ~Q(state="dropped"),
                name="plan_draft_once",
                violation_error_message=_("这一时段同名的计划已经有一份，接着那一份写就行。"),
            ),
            models.CheckConstraint(
                condition=Q(most_led__gte=1, most_led__lte=999),
                name="plan_most_led",
                violation_error_message=_("最多几项写1到999之间的数。"),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True)
                | Q(ends_on__isnull=True)
                | Q(ends_on__gte=F("starts_on")),
                name="plan_span",
                violation_error_message=_("结束日期早于开始日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def span(self) -> tuple[date, date]:
        """First and last day, both inside."""
        return self.starts_on or date(self.year, 1, 1), self.ends_on or date(self.year, 12, 31)

    @property
    def when(self) -> str:
        """2027年度 · 2027年上半年 · 2027年第三季度 · 2027年专项: how lists and crumbs call it."""
        words = {"year": self.year}
        if self.period == self.Period.HALF:
            return (_("%(year)s年上半年") if self.span[0].month < 7 else _("%(year)s年下半年")) % words
        if self.period == self.Period.QUARTER:
            names = (
                _("%(year)s年第一季度"),
                _("%(year)s年第二季度"),
                _("%(year)s年第三季度"),
                _("%(year)s年第四季度"),
            )
            return names[(self.span[0].month - 1) // 3] % words
        if self.period == self.Period.SPECIAL:
            return _("%(year)s年专项") % words
        return _("%(year)s年度") % words


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
