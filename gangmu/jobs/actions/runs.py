"""The run of a job: begun, finished, failed. How far it is, is no event: only the row says so."""

from django.db import transaction

from gangmu.common import clock
from gangmu.common.models import advance, lock, save
from gangmu.events.log import System, record
from gangmu.jobs import queries, states
from gangmu.jobs.models import Job
from gangmu.jobs.registry import Made
from gangmu.org.actor import Actor


@transaction.atomic
def begin(*, job: Job, by: Actor) -> Job:
    """A worker takes it. Raises ``WrongState`` when another did."""
    job = lock(job)
    advance(job, states.JOB, "begin")
    job.beat = clock.now()
    save(job, "state", "beat")
    record("jobs.begin", job, by=by, unit_id=job.unit_id)
    return job


@transaction.atomic
def finish(*, job: Job, made: Made, by: Actor) -> Job:
    """It is done; its file or page stands ready."""
    job = lock(job)
    advance(job, states.JOB, "finish")
    job.file, job.file_name = (made.path.name if made.path else ""), made.name[:200]
    job.link, job.message, job.ended_at = made.link, made.message[:500], clock.now()
    _forget_upload(job)
    save(job, "state", "file", "file_name", "link", "message", "ended_at", "upload")
    record("jobs.finish", job, by=by, unit_id=job.unit_id, after={"file": job.file_name})
    return job


@transaction.atomic
def fail(*, job: Job, message: str, by: Actor | System) -> Job:
    """It came to nothing; the message says why and what to do."""
    job = lock(job)
    advance(job, states.JOB, "fail")
    job.message, job.ended_at = message[:500], clock.now()
    _forget_upload(job)
    save(job, "state", "message", "ended_at", "upload")
    record("jobs.fail", job, by=by, unit_id=job.unit_id, after={"message": job.message})
    return job


def _forget_upload(job: Job) -> None:
    if path := queries.upload_path(job):
        path.unlink(missing_ok=True)
        job.upload = ""
