"""Reads of the jobs room."""

from datetime import timedelta
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from gangmu.common import clock
from gangmu.jobs.models import Job

SILENT = timedelta(minutes=3)  # longer than any single step takes: a conversion is stopped after one minute
KEPT = timedelta(days=7)


def of_owner(user_id: int) -> QuerySet[Job]:
    return Job.objects.filter(owner_id=user_id)


def silent() -> QuerySet[Job]:
    """Jobs that run no more: whoever ran them was stopped."""
    return Job.objects.filter(state=Job.State.RUNNING, beat__lt=clock.now() - SILENT)


def outdated() -> QuerySet[Job]:
    """Ended long enough ago for the file to go."""
    return Job.objects.filter(ended_at__lt=clock.now() - KEPT).exclude(file="")


def unclaimed(job: Job) -> bool:
    """Nobody takes it: is there a worker at all?"""
    return job.state == Job.State.WAITING and clock.now() - job.asked_at > timedelta(seconds=30)


def upload_path(job: Job) -> Path | None:
    """Where the file handed over with the job waits."""
    return settings.MEDIA_ROOT / job.upload if job.upload else None


def file_path(job: Job) -> Path | None:
    """Where the file lies that came of it."""
    return settings.EXPORT_ROOT / job.file if job.file else None
