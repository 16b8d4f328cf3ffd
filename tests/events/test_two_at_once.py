"""Two people at once. No event is missed, however their transactions commit; one unit's writers wait in line."""

import threading
from collections.abc import Callable

import pytest
from django.db import connection, transaction

from gangmu.common import clock
from gangmu.common.errors import WrongState
from gangmu.events import chain, readers
from gangmu.events.log import System, record
from gangmu.events.models import Event, TimelineEntry
from gangmu.tasks.actions import tasks
from gangmu.tasks.models import Task
from tests.cast import DAY, Cast, assemble, task_issued

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 10  # seconds; nothing here waits that long unless it is broken


@pytest.fixture
def cast(day) -> Cast:
    return assemble()


class Other:
    """A second person: a thread with a connection of its own."""

    def __init__(self, work: Callable[[], object]) -> None:
        self.result: object = None
        self.thread = threading.Thread(target=self._run, args=(work,), daemon=True)
        self.thread.start()

    def _run(self, work: Callable[[], object]) -> None:
        try:
            with clock.at(DAY):
                self.result = work()
        except Exception as problem:
            self.result = problem
        finally:
            connection.close()

    def wait(self) -> object:
        self.thread.join(PATIENCE)
        assert not self.thread.is_alive(), "the second person waits for ever"
        return self.result


def read_events() -> set[int]:
    return set(TimelineEntry.objects.values_list("event_id", flat=True))


def test_an_event_that_commits_late_is_not_passed_over(cast: Cast):
    """T1 writes in unit A and has not committed; T2 writes in unit B and commits; readers run; T1 commits."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time: transactions cannot commit out of order")
    recorded, go = threading.Event(), threading.Event()

    def slow() -> int:
        with transaction.atomic():
            event = record("test.slow", cast.d8, by=System(), unit_id=cast.unit.pk)
            recorded.set()
            assert go.wait(PATIENCE)
        return event.pk

    late = Other(slow)
    assert recorded.wait(PATIENCE)
    with transaction.atomic():
        quick = record("test.quick", cast.d8, by=System(), unit_id=cast.other.pk).pk
    readers.wake()
    assert read_events() == {quick}
    go.set()
    slow_pk = late.wait()
    assert isinstance(slow_pk, int) and slow_pk < quick, "T1 took its id first"
    readers.wake()
    assert read_events() == {slow_pk, quick}
    assert list(chain.verify()) == []


def test_within_a_unit_the_second_writer_waits_for_the_first(cast: Cast):
    """On SQLite the second waits for the whole database, on PostgreSQL for the head of the chain."""
    started = threading.Event()

    def second() -> int:
        started.set()
        with transaction.atomic():
            return record("test.second", cast.d8, by=System(), unit_id=cast.unit.pk).seq

    with transaction.atomic():
        first = record("test.first", cast.d8, by=System(), unit_id=cast.unit.pk)
        other = Other(second)
        assert started.wait(PATIENCE)
        other.thread.join(0.3)
        assert other.thread.is_alive(), "the second did not wait"
    assert (first.seq, other.wait()) == (1, 2)
    readers.wake()
    assert len(read_events()) == 2 and list(chain.verify()) == []


def test_first_writers_of_a_new_chain_do_not_collide(cast: Cast):
    def write() -> int:
        with transaction.atomic():
            return record("test.write", cast.d8, by=System(), unit_id=cast.unit.pk).seq

    others = [Other(write) for _ in range(4)]
    assert sorted(str(o.wait()) for o in others) == ["1", "2", "3", "4"]
    assert list(chain.verify()) == []


def test_of_two_who_sign_at_once_one_is_told_so(cast: Cast):
    task, head8 = task_issued(cast), cast.head8
    both = [Other(lambda: tasks.sign(task=Task(pk=task.pk), by=head8)) for _ in range(2)]
    assert sorted(type(o.wait()).__name__ for o in both) == ["Task", WrongState.__name__]
    assert Event.objects.filter(verb="tasks.sign").count() == 1


def test_readers_that_run_at_once_write_nothing_twice(cast: Cast):
    with readers.asleep():
        for number in range(30):
            with transaction.atomic():
                record("test.write", cast.d8, by=System(), unit_id=cast.unit.pk, after={"n": number})
        others = [Other(readers.wake) for _ in range(3)]
        for other in others:
            assert other.wait() is None
    assert TimelineEntry.objects.count() == 30
