"""后台办理: begun once, finished with a file, or failed with a sentence; nothing half made stays."""

import os
from datetime import timedelta

import pytest
from django.conf import settings

from gangmu.cli import main
from gangmu.common import clock
from gangmu.common.errors import WrongState
from gangmu.jobs import queries, registry, running
from gangmu.jobs.actions import jobs, runs
from gangmu.jobs.models import Job, Slot
from tests.cast import DAY, Cast, assemble, job_asked, job_done, recorded


def files() -> set[str]:
    return {f.name for f in settings.EXPORT_ROOT.iterdir()} if settings.EXPORT_ROOT.exists() else set()


def test_the_file_is_there_at_the_end(cast: Cast):
    job = job_done(cast)
    assert (job.state, job.file_name) == ("done", "清单.txt")
    assert queries.file_path(job).read_text() == "一\n二\n"


def test_how_far_it_is_can_be_read_while_it_runs(cast: Cast):
    run = running.Running(runs.begin(job=job_asked(cast), by=cast.party_office))
    run.expect(4, "清点")
    run.step(3, "第三件")
    seen = Job.objects.get()
    assert (seen.total, seen.note, seen.percent) == (4, "清点", 0)
    run._said = 0
    run.step(1, "第四件")
    seen = Job.objects.get()
    assert (seen.done, seen.note, seen.percent) == (4, "第四件", 100)


@pytest.mark.parametrize(
    ("trouble", "says"), [("refuse", "这里没有可写的。"), ("break", "出了没有料到的问题")]
)
def test_trouble_is_said_and_leaves_nothing(cast: Cast, trouble, says, caplog):
    before = files()
    job = running.carry_out(job_asked(cast, trouble=trouble).pk)
    assert job.state == "failed" and says in job.message
    assert files() == before


def test_an_upload_is_gone_at_either_end(cast: Cast):
    for trouble in ("", "refuse"):
        job = jobs.start(kind="tests.echo", title="写清单", params={"lines": [], "trouble": trouble}, upload=b"1",
                         by=cast.party_office)  # fmt: skip
        path = queries.upload_path(job)
        assert running.carry_out(job.pk).upload == "" and not path.exists()


def test_a_second_worker_leaves_it_alone(cast: Cast):
    job = runs.begin(job=job_asked(cast), by=cast.party_office)
    with pytest.raises(WrongState):
        runs.begin(job=job, by=cast.party_office)
    assert running.carry_out(job.pk).state != "failed"
    assert Job.objects.get().state == "running"


def test_a_job_whose_worker_was_stopped_ends(cast: Cast):
    job = runs.begin(job=job_asked(cast), by=cast.party_office)
    assert running.reap() == 0
    with clock.at(clock.now() + timedelta(minutes=4)), recorded("jobs.fail"):
        assert running.reap() == 1
    job.refresh_from_db()
    assert job.state == "failed" and "再办一次" in job.message


def test_files_are_cleared_after_a_week(cast: Cast):
    job = job_done(cast)
    path = queries.file_path(job)
    with clock.at(clock.now() + timedelta(days=6)):
        assert running.tidy() == 0 and path.exists()
    with clock.at(clock.now() + timedelta(days=8)):
        assert running.tidy() == 1 and not path.exists()
        assert running.tidy() == 0


def test_start_and_finish_are_recorded(cast: Cast):
    job = job_asked(cast)
    with recorded("jobs.begin", "jobs.finish") as event:
        running.carry_out(job.pk)
    assert (event.object_id, event.source) == (job.pk, "job")


@pytest.mark.django_db(transaction=True)
def test_the_worker_empties_the_queue():
    with clock.at(DAY):
        job = job_asked(assemble())
    assert main(["worker", "--once"]) == 0
    assert Job.objects.get(pk=job.pk).state == "done"


def test_nightly_work_is_done_once_a_night_even_when_one_part_breaks(db, monkeypatch, caplog):
    done: list[str] = []
    monkeypatch.setattr(registry, "_nightly", {"broken": lambda: 1 / 0, "sound": lambda: done.append("x")})
    assert running.tonight() == ["broken", "sound"]
    assert running.tonight() == [] and done == ["x"] and Slot.objects.count() == 2


def test_an_upload_whose_transaction_was_taken_back_is_dropped_after_an_hour(cast: Cast):
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    waiting = jobs.start(
        kind="tests.echo", title="写清单", params={"lines": []}, upload=b"1", by=cast.party_office
    )
    orphan = settings.MEDIA_ROOT / "0123"
    orphan.write_bytes(b"2")
    running.tidy()
    assert orphan.exists()
    for path in (orphan, queries.upload_path(waiting)):
        os.utime(path, (0, 0))
    running.tidy()
    assert not orphan.exists() and queries.upload_path(waiting).exists()
