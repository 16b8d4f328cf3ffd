"""Meetings. What kinds there are is data, not code."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.org.models import PartyOrg, Person, Unit


class MeetingKind(models.Model):
    """A kind of meeting: whose body meets, who is due, and the words of its quorum.

    ``due``: leading_group (党组成员), chiefs (检察长、副检察长、专委), members (全体党员), committee (支委),
    group (党小组成员). ``quorum``/``passing`` are fractions of those due, with their comparator in words:
    ``>=1/2`` or ``>1/2``. ``restricted``: only those present, the recorder and the office read it.
    """

    code = models.CharField(primary_key=True, max_length=20)
    name = models.CharField(_("会议种类"), max_length=30)
    track = models.CharField(max_length=4, choices=[("gang", _("纲")), ("mu", _("目"))])
    due = models.CharField(max_length=20)
    quorum = models.CharField(max_length=10, default=">=1/2")
    passing = models.CharField(max_length=10, default=">1/2")
    restricted = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]
        verbose_name = _("会议种类")

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    """One meeting. ``party_org`` is the branch or group that meets; None for a body of the whole unit."""

    class State(models.TextChoices):
        PLANNED = "planned", _("拟开")
        RECORDED = "recorded", _("草稿")
        FINAL = "final", _("已定稿")
        CALLED_OFF = "called_off", _("未开")

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="meetings")
    kind = models.ForeignKey(MeetingKind, on_delete=models.PROTECT, related_name="meetings")
    party_org = models.ForeignKey(
        PartyOrg,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="meetings",
        verbose_name=_("党组织"),
    )
    number = models.PositiveSmallIntegerField(_("第几次"), default=1)
    title = models.CharField(_("主题"), max_length=120, blank=True)
    held_on = models.DateField(_("日期"))
    place = models.CharField(_("地点"), max_length=60, blank=True)
    chair = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="chaired",
        verbose_name=_("主持人"),
    )
    recorder = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="recorded",
        verbose_name=_("记录人"),
    )
    lecturer = models.ForeignKey(
        Person,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="lectures",
        verbose_name=_("主讲人"),
    )
    gist = models.TextField(_("要点"), blank=True)
    state = models.CharField(_("状态"), max_length=12, choices=State.choices, default=State.PLANNED)
    final_on = models.DateField(_("定稿日期"), null=True, blank=True)

    class Meta:
        ordering = ["-held_on", "-id"]
        verbose_name = _("会议")
        indexes = [
            models.Index(fields=["unit", "held_on"], name="meeting_unit_day"),
            models.Index(fields=["kind", "party_org", "held_on"], name="meeting_kind_day"),
        ]

    def __str__(self) -> str:
        return self.called(self.kind.name, self.number, self.party_org.name if self.party_org else None)

    @staticmethod
    def called(kind: str, number: int, body: str | None) -> str:
        """党组会 第3次, 第一支部 主题党日 第5次: from its parts."""
        words = {"body": f"{body} " if body else "", "kind": kind, "n": number}
        return _("%(body)s%(kind)s 第%(n)s次") % words


class MeetingTag(models.Model):
    """What a meeting counts as (一次活动多重计入): its own kind and those it also serves."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="tags")
    kind = models.ForeignKey(MeetingKind, on_delete=models.PROTECT, related_name="tags")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "kind"], name="meeting_tag_once")]
