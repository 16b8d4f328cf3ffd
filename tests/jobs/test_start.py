"""交后台: asked for, in the queue, once."""

import pytest
from django.conf import settings
from django_tasks_db.models import DBTaskResult

from gangmu.jobs import policies
from gangmu.jobs.actions import jobs
from gangmu.jobs.models import Job
from tests.cast import Cast, job_asked, job_done, recorded


def test_it_waits_in_the_queue(cast: Cast):
    job = job_asked(cast)
    assert (job.state, job.owner, job.unit) == ("waiting", cast.users["party_office"], cast.unit)
    assert DBTaskResult.objects.get().args_kwargs["args"] == [job.pk]


def test_a_double_click_asks_once(cast: Cast):
    assert job_asked(cast) == job_asked(cast)
    assert Job.objects.count() == DBTaskResult.objects.count() == 1


def test_after_it_is_done_it_can_be_asked_for_again(cast: Cast):
    assert job_done(cast) != job_asked(cast)


def test_an_unknown_kind_is_our_mistake(cast: Cast):
    with pytest.raises(KeyError):
        jobs.start(kind="no.such", title="", by=cast.party_office)


def test_only_the_owner_sees_it(cast: Cast):
    job = job_asked(cast)
    for who in ("first", "office", "committee", "superior", "outsider", "system_admin"):
        assert not policies.see_job.allows(cast.acting(who), job)
        assert job not in policies.see_job.filter(cast.acting(who))
    assert job in policies.see_job.filter(cast.party_office)


def test_an_upload_waits_readable_to_nobody_else(cast: Cast):
    job = jobs.start(
        kind="tests.echo", title="写清单", params={"lines": []}, upload=b"abc", by=cast.party_office
    )
    path = settings.MEDIA_ROOT / job.upload
    assert path.read_bytes() == b"abc" and path.stat().st_mode & 0o077 == 0


def test_it_is_recorded(cast: Cast):
    with recorded("jobs.start") as event:
        job = job_asked(cast)
    assert (event.object_id, event.label) == (job.pk, "写清单")
