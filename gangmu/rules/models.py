"""Stored verdicts, excuses, and the marks that say what has to be counted again."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Verdict(models.Model):
    """What a rule says of a subject in a period. Derived: a full recheck gives the same rows."""

    class Lamp(models.TextChoices):
        OK = "ok", _("合规")
        WARN = "warn", _("要注意")
        BAD = "bad", _("不合规")
        NA = "na", _("未到或不适用")

    rule = models.CharField(max_length=60)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    period = models.CharField(max_length=10)
    start = models.DateField()
    end = models.DateField()
    lamp = models.CharField(max_length=4, choices=Lamp.choices)
    value = models.IntegerField()
    expected = models.IntegerField()
    breaches = models.IntegerField()
    excused = models.SmallIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "subject_id", "period"], name="verdict_once")]
        indexes = [models.Index(fields=["unit_id", "rule", "end"], name="verdict_unit")]

    def __str__(self) -> str:
        return f"{self.rule} {self.period}"


class Excuse(models.Model):
    """A reason why a lamp is grey, accepted by somebody who may."""

    rule = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    unit_id = models.BigIntegerField()
    period = models.CharField(max_length=10)
    reason = models.CharField(_("理由"), max_length=200)
    accepted_by = models.CharField(_("核准人"), max_length=60)
    accepted_on = models.DateField(_("核准日期"))

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["rule", "subject_id", "period"],
                name="excuse_once",
                violation_error_message=_("这盏灯已经准予免除。"),
            )
        ]

    def __str__(self) -> str:
        return self.reason


class Dirty(models.Model):
    """A rule has to be counted again in a unit. Written by the reader, cleared by the refresh."""

    rule = models.CharField(max_length=60)
    unit_id = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["rule", "unit_id"], name="dirty_once")]


class Recheck(models.Model):
    """The day up to which all lamps are counted: time itself turns lamps."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    day = models.DateField()
