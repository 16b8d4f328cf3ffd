"""Carrying jobs out: hand over to the runner of the kind, keep the beat, write the end down. And keeping house."""

import logging
import secrets
import time
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _
from django_tasks import task

from gangmu.common import clock, source
from gangmu.common.errors import Refused, WrongState
from gangmu.events.log import System
from gangmu.jobs import queries, registry
from gangmu.jobs.actions import runs
from gangmu.jobs.models import Job, Slot
from gangmu.org import actor

log = logging.getLogger(__name__)
BEAT = 0.5  # seconds between two writes of how far it is


class Running:
    """See ``registry.Run``."""

    def __init__(self, job: Job) -> None:
        self.job = job
        self.actor = actor.of(job.owner)
        self.done, self.total, self.note = 0, 0, ""
        self._said = 0.0
        self._path: Path | None = None

    def expect(self, total: int, note: str = "") -> None:
        """How much there is to do."""
        self.total = max(0, total)
        self._say(note, force=True)

    def step(self, count: int = 1, note: str = "") -> None:
        """So much more is done; written at most twice a second."""
        self.done += count
        self._say(note)

    def _say(self, note: str, *, force: bool = False) -> None:
        self.note = note or self.note
        if force or time.monotonic() - self._said >= BEAT:
            self._said = time.monotonic()
            Job.objects.filter(pk=self.job.pk).update(
                done=self.done, total=self.total, note=self.note[:200], beat=clock.now()
            )

    def file(self) -> Path:
        """Where the runner writes its file; the same path every time."""
        if self._path is None:
            settings.EXPORT_ROOT.mkdir(parents=True, exist_ok=True)
            self._path = settings.EXPORT_ROOT / secrets.token_hex(16)
        return self._path

    def upload(self) -> bytes:
        """The file that was handed over. Raises ``Refused`` when it is gone."""
        path = queries.upload_path(self.job)
        if path is None or not path.exists():
            raise Refused(_("上传的文件已经不在了。请重新上传。"))
        return path.read_bytes()

    def drop_file(self) -> None:
        if self._path:
            self._path.unlink(missing_ok=True)


def carry_out(job_id: int) -> Job:
    """Run one job to its end. Every end is written down; nothing half made stays."""
    job = Job.objects.select_related("owner__person", "owner__unit").get(pk=job_id)
    run = Running(job)
    try:
        runs.begin(job=job, by=run.actor)
    except WrongState:
        return job
    with source.through("job"):
        try:
            made = registry.runner(job.kind)(run, **job.params)
            return runs.finish(job=job, made=made, by=run.actor)
        except Refused as no:
            message = str(no)
        except Exception:
            log.exception("job %s %s", job.pk, job.kind)
            message = _("出了没有料到的问题，没有留下半截结果。请再办一次；还不行，把这一页告诉系统管理员。")
        run.drop_file()
        return runs.fail(job=job, message=message, by=run.actor)


@task()
def run_job(job_id: int) -> None:
    """What a worker finds in the queue (Django's tasks, kept in the database)."""
    carry_out(job_id)


def reap() -> int:
    """End the jobs whose worker was stopped; returns how many. A job is never run twice by itself."""
    found = list(queries.silent())
    for job in found:
        runs.fail(
            job=job, message=_("程序中途停过，这一件没有办成，没有留下半截结果。请再办一次。"), by=System()
        )
    return len(found)


def tidy() -> int:
    """Delete files that were ready for a week, and uploads without a job; returns how many. The rows stay."""
    found = list(queries.outdated())
    for job in found:
        path = queries.file_path(job)
        assert path is not None  # noqa: S101 - outdated() asks for a file
        path.unlink(missing_ok=True)
        Job.objects.filter(pk=job.pk).update(file="")
    return len(found) + _drop_orphans()


def _drop_orphans() -> int:
    """Uploads that no job knows: their transaction was rolled back. An hour's grace, for those about to commit."""
    if not settings.MEDIA_ROOT.exists():
        return 0
    known, gone = set(Job.objects.exclude(upload="").values_list("upload", flat=True)), 0
    for path in settings.MEDIA_ROOT.iterdir():
        if path.is_file() and path.name not in known and time.time() - path.stat().st_mtime > 3600:
            path.unlink(missing_ok=True)
            gone += 1
    return gone


def tonight() -> list[str]:
    """Do the nightly work that nobody has begun today; returns the names. Two workers share it out."""
    begun = []
    for name, do in registry.every_night().items():
        if Slot.objects.get_or_create(name=name, day=clock.today())[1]:
            begun.append(name)
            try:
                do()
            except Exception:  # the next night tries again; the worker goes on
                log.exception("nightly %s", name)
    return begun
