"""The log of what happened. Rows are only ever added; the database itself refuses anything else."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Head(models.Model):
    """The last link of a unit's chain. Its row lock puts the writers of one unit in order until they commit."""

    unit_id = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")


class Event(models.Model):
    """One thing that happened. No foreign keys: an event outlives what it tells of.

    ``happened_on`` is the day of the deed, ``recorded_at`` the moment it was written down; both are shown.
    ``about`` lists further objects the event belongs to, as ``[kind, id]`` pairs.
    """

    unit_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    verb = models.CharField(_("动作"), max_length=60)
    kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    label = models.CharField(_("对象"), max_length=200)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(_("经手人"), max_length=60)
    happened_on = models.DateField(_("发生在"))
    recorded_at = models.DateTimeField(_("记录在"))
    source = models.CharField(_("来源"), max_length=20)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    about = models.JSONField(default=list)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["unit_id", "seq"], name="event_unit_seq")]
        indexes = [models.Index(fields=["verb", "unit_id"], name="event_verb")]

    def __str__(self) -> str:
        return f"{self.unit_id}/{self.seq} {self.verb}"


class Cursor(models.Model):
    """How far a reader has read in one unit's chain.

    Chains have no gaps and commit in order, so a cursor per chain never passes an event that is still
    to be committed, which one cursor over a global id would.
    """

    reader = models.CharField(max_length=40)
    unit_id = models.BigIntegerField()
    seq = models.BigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["reader", "unit_id"], name="cursor_reader_unit")]


class TimelineEntry(models.Model):
    """Which events belong on which object's timeline. Written by a reader, can be rebuilt."""

    kind = models.CharField(max_length=60)
    object_id = models.BigIntegerField()
    event = models.ForeignKey(Event, on_delete=models.DO_NOTHING, related_name="entries")
    happened_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id", "event"], name="timeline_once")]
        indexes = [models.Index(fields=["kind", "object_id", "happened_on"], name="timeline_object")]
