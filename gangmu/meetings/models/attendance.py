"""Who was due, who was there, and why not. Recorded once, by the recorder; default present."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from gangmu.meetings.models.meeting import Meeting, MeetingKind
from gangmu.org.models import Person, Post, Unit


class Attendance(models.Model):
    """A person at a meeting. Only ``member`` counts for the quorum, and only with ``votes``."""

    class Role(models.TextChoices):
        MEMBER = "member", _("出席")
        SITS_IN = "sits_in", _("列席")

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendances")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="attendances")
    role = models.CharField(_("身份"), max_length=10, choices=Role.choices, default=Role.MEMBER)
    standing = models.BooleanField(_("固定列席"), default=False)
    votes = models.BooleanField(_("有表决权"), default=True)
    present = models.BooleanField(_("到会"), default=True)
    reason = models.CharField(_("请假事由"), max_length=60, blank=True)

    class Meta:
        ordering = ["role", "id"]
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="attendance_once")]


class StandingAttendance(models.Model):
    """A dated rule: the holder of this post sits in on that kind of meeting (固定列席)."""

    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="standing_attendances")
    kind = models.ForeignKey(MeetingKind, on_delete=models.PROTECT, related_name="standing")
    post_kind = models.CharField(_("职务"), max_length=30, choices=Post.Kind.choices)
    since = models.DateField(_("起"))
    until = models.DateField(_("止"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["unit", "kind", "post_kind", "since"], name="standing_once")
        ]
