"""Jobs: asked for by somebody."""

import secrets
from typing import Any

from django.conf import settings
from django.db import transaction

from gangmu.common import clock
from gangmu.common.models import save
from gangmu.events.log import record
from gangmu.jobs import registry, states
from gangmu.jobs.models import Job
from gangmu.jobs.running import run_job
from gangmu.org.actor import Actor


@transaction.atomic
def start(
    *, kind: str, title: str, params: dict[str, Any] | None = None, upload: bytes | None = None, by: Actor
) -> Job:
    """Put a job into the queue. The same thing asked for twice while the first is open gives the first (double click).

    ``upload``: a file that the runner reads; it is deleted when the job ends, however it ends.
    """
    registry.runner(kind)
    params = params or {}
    same = Job.objects.filter(owner_id=by.user_id, kind=kind, params=params, state__in=states.OPEN).first()
    if same and upload is None:
        return same
    job = Job(
        unit_id=by.unit_id,
        owner_id=by.user_id,
        kind=kind,
        title=title[:200],
        params=params,
        asked_at=clock.now(),
    )
    if upload is not None:
        job.upload = _keep(upload)
    save(job)
    record("jobs.start", job, by=by, unit_id=by.unit_id, after={"kind": kind, "title": title})
    run_job.enqueue(job.pk)  # in the same transaction: in the queue exactly when the row is there
    return job


def _keep(data: bytes) -> str:
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    name = secrets.token_hex(16)
    path = settings.MEDIA_ROOT / name
    path.touch(mode=0o600)
    path.write_bytes(data)
    return name
