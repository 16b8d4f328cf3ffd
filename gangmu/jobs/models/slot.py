"""Which nightly work was begun on which day; unique, so that two workers do it once."""

from django.db import models


class Slot(models.Model):
    name = models.CharField(max_length=40)
    day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["name", "day"], name="slot_once")]

    def __str__(self) -> str:
        return f"{self.name} {self.day}"
