"""``record``: what an event says."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.db import transaction

from gangmu.common import clock, source
from gangmu.events.log import System, record
from gangmu.events.models import Event, Head
from gangmu.org.models import Department
from tests.cast import DAY, Cast


def write(cast: Cast, obj=None, **more) -> Event:
    with transaction.atomic():
        return record("test.verb", obj or cast.d8, by=cast.head8, unit_id=cast.unit.pk, **more)


def stored(event: Event) -> Event:
    return Event.objects.get(pk=event.pk)


def test_who_what_and_both_times(cast: Cast):
    event = stored(write(cast, happened_on=date(2026, 6, 1)))
    assert (event.verb, event.kind, event.object_id, event.label) == (
        "test.verb", "org.department", cast.d8.pk, "第八检察部",
    )  # fmt: skip
    assert (event.actor_id, event.actor_name, event.unit_id) == (
        cast.users["head8"].pk,
        "江照野",
        cast.unit.pk,
    )
    assert (event.happened_on, event.recorded_at) == (date(2026, 6, 1), clock.now())


def test_without_a_day_it_happened_today(cast: Cast):
    assert write(cast).happened_on == DAY


def test_it_is_recorded_to_the_millisecond_that_both_databases_keep(cast: Cast):
    with clock.at(datetime(2026, 6, 10, 1, 2, 3, 456789, tzinfo=UTC)):
        assert stored(write(cast)).recorded_at.microsecond == 456000


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        (None, None), (True, True), (3, 3), ("字", "字"), (date(2026, 1, 2), "2026-01-02"),
        (Decimal("1.50"), "1.50"), ({1: {"x"}}, {"1": ["x"]}), ((1, "a"), [1, "a"]),
        (Department(name="办公室"), "办公室"),
    ],
)  # fmt: skip
def test_values_are_kept_as_plain_words(cast: Cast, value, kept):
    assert stored(write(cast, after={"x": value})).after == {"x": kept}


def test_objects_it_is_about_are_named_once_in_order(cast: Cast):
    about = [cast.d8, cast.branch1, cast.d6, cast.d8]
    assert stored(write(cast, about=about)).about == sorted(
        [["org.department", cast.d8.pk], ["org.department", cast.d6.pk], ["org.partyorg", cast.branch1.pk]]
    )


def test_it_says_through_which_door_it_came(cast: Cast):
    assert write(cast).source == "command"
    with source.through("import"):
        assert write(cast).source == "import"
    assert write(cast).source == "command"


def test_a_long_label_is_cut(cast: Cast):
    cast.d8.name = "长" * 300
    assert len(stored(write(cast)).label) == 200


def test_the_system_acts_without_a_user(cast: Cast):
    event = record("test.verb", cast.d8, by=System(), unit_id=cast.unit.pk)
    assert (event.actor_id, event.actor_name) == (None, "系统")


def test_an_action_rolled_back_leaves_no_link(cast: Cast):
    write(cast)
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        write(cast)
        raise ZeroDivisionError
    assert (Event.objects.count(), Head.objects.get(pk=cast.unit.pk).seq) == (1, 1)
    assert write(cast).seq == 2
