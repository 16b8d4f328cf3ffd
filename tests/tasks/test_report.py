"""反馈: one sentence of progress, on the day it happened."""

from datetime import timedelta

import pytest

from gangmu.common import clock
from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.tasks.actions import tasks
from gangmu.tasks.models import Progress
from tests.cast import DAY, Cast, recorded, refused, task_issued, task_signed, task_submitted

LATER = DAY + timedelta(days=5)


def test_progress_is_added_and_the_task_goes_on(cast: Cast):
    task = task_signed(cast)
    row = tasks.report(task=task, text=" 已排查六处 ", status="slow", by=cast.head8)
    assert (row.text, row.status, row.happened_on, row.author) == (
        "已排查六处",
        "slow",
        DAY,
        cast.people["head8"],
    )
    task.refresh_from_db()
    assert task.state == "under_way"


def test_the_deed_and_its_record_may_lie_apart(cast: Cast):
    task = task_signed(cast)
    with clock.at(LATER), recorded("tasks.report") as event:
        tasks.report(task=task, text="已取样", happened_on=DAY, by=cast.head8)
    assert event.happened_on == DAY
    assert event.recorded_at.date() == LATER
    assert event.after == {"text": "已取样", "status": "on_track"}


def test_what_has_not_happened_is_refused(cast: Cast):
    task = task_signed(cast)
    with refused(Invalid, task, says="还没有到", field="happened_on"):
        tasks.report(task=task, text="明天取样", happened_on=DAY + timedelta(days=1), by=cast.head8)


def test_a_day_before_the_task_was_issued_is_refused(cast: Cast):
    task = task_signed(cast)
    with refused(Invalid, task, says="早于交办", field="happened_on"):
        tasks.report(task=task, text="去年就办了", happened_on=DAY - timedelta(days=1), by=cast.head8)


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_nothing_said_is_refused(cast: Cast, text):
    task = task_signed(cast)
    with refused(Invalid, task, field="text"):
        tasks.report(task=task, text=text, by=cast.head8)
    assert not Progress.objects.exists()


def test_a_status_that_does_not_exist_is_refused(cast: Cast):
    task = task_signed(cast)
    with refused(Invalid, task, field="status"):
        tasks.report(task=task, text="已取样", status="excellent", by=cast.head8)


def test_an_unsigned_task_has_no_progress(cast: Cast):
    task = task_issued(cast)
    with refused(WrongState, task, says="待签收"):
        tasks.report(task=task, text="已取样", by=cast.head8)


def test_a_submitted_task_has_no_more_progress(cast: Cast):
    task = task_submitted(cast)
    with refused(WrongState, task, says="待核查"):
        tasks.report(task=task, text="再补一句", by=cast.head8)


@pytest.mark.parametrize("who", ["head6", "staff", "party_office", "outsider", "system_admin"])
def test_only_the_owner_reports(cast: Cast, who):
    task = task_signed(cast)
    with refused(NotAllowed, task):
        tasks.report(task=task, text="替他们写", by=cast.acting(who))
