"""The small things everything stands on: clock, saving, source, likeness of words."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError
from hypothesis import given
from hypothesis import strategies as st

from gangmu.common import clock, source
from gangmu.common.errors import Invalid, NotAllowed, Refused, WrongState
from gangmu.common.models import _told, advance, changed, lock, save
from gangmu.common.text import bigrams, fold, similarity
from gangmu.org.models import Department
from gangmu.plan.models import EntryPoint, ItemDepartment
from gangmu.tasks.states import TASK
from tests.cast import Cast, task_issued


def test_the_clock_stands_where_it_is_put_and_goes_back():
    real = clock.now()
    with clock.at(date(2031, 2, 3)):
        assert clock.today() == date(2031, 2, 3)
        with clock.at(datetime(2031, 2, 3, 23, 30, tzinfo=UTC)):
            assert clock.today() == date(2031, 2, 4), "the local day, not the day in Greenwich"
        assert clock.today() == date(2031, 2, 3)
    assert abs(clock.now() - real) < timedelta(minutes=1)


def test_the_door_is_closed_again_after_an_error():
    with pytest.raises(ZeroDivisionError), source.through("page"):
        assert source.current() == "page"
        raise ZeroDivisionError
    assert source.current() == "command"


def test_what_is_wrong_is_told_by_field(cast: Cast):
    with pytest.raises(Invalid) as problem:
        save(Department(unit=cast.unit, name="", line="nonsense"))
    assert set(problem.value.errors) == {"name", "line"}


def test_only_named_fields_are_checked_and_stored(cast: Cast):
    Department.objects.filter(pk=cast.d8.pk).update(line="broken")
    department = Department.objects.get(pk=cast.d8.pk)
    department.note, department.name = "公益诉讼", "另一个名字"
    save(department, "note")
    department.refresh_from_db()
    assert (department.note, department.name) == ("公益诉讼", "第八检察部")


def test_changed_tells_only_what_differs(cast: Cast):
    assert changed(cast.d8, name="第八检察部", note="公益诉讼") == ({"note": ""}, {"note": "公益诉讼"})


def test_a_locked_row_is_fresh(cast: Cast):
    Department.objects.filter(pk=cast.d8.pk).update(note="新的")
    assert (cast.d8.note, lock(cast.d8).note) == ("", "新的")


def test_a_move_that_is_not_in_the_table_says_the_state_in_words(cast: Cast):
    task = task_issued(cast)
    with pytest.raises(WrongState, match="“整理排口清单”现在是“待签收”"):
        advance(task, TASK, "close")
    assert task.state == "issued"
    assert advance(task, TASK, "sign") == ("issued", "under_way")


def test_each_refusal_has_its_answer():
    assert [e.status for e in (Refused, NotAllowed, WrongState, Invalid)] == [400, 403, 409, 422]
    assert Invalid("错了", field="name").errors == {"name": "错了"}
    assert str(Invalid(errors={"a": "一", "b": "二"})) == "一"


@given(st.text(max_size=40), st.text(max_size=40))
def test_likeness_is_a_share_and_the_same_both_ways(one, other):
    assert 0 <= similarity(one, other) <= 1
    assert similarity(one, other) == similarity(other, one)
    assert similarity(one, one) == (1 if bigrams(one) else 0)


def test_width_case_and_punctuation_make_no_difference():
    assert fold("ＡＢ（一）、 公益 诉讼") == "ab一公益诉讼"
    assert similarity("公益诉讼", "公益、诉讼") == 1 and similarity("公益诉讼", "党员教育") == 0


@pytest.mark.parametrize(
    ("model", "name", "says"),
    [
        (EntryPoint, "entry_point_once", "已有同一方式的切入点"),
        (ItemDepartment, "co_department_once", "这一次没有存"),
    ],
)
def test_the_second_of_two_is_told_in_words(model, name, says):
    hit = IntegrityError(f'duplicate key value violates unique constraint "{name}"')
    assert says in _told(model(), hit) and name not in _told(model(), hit)


def test_what_no_second_person_did_is_not_hidden():
    with pytest.raises(IntegrityError):
        _told(EntryPoint(), IntegrityError('new row violates check constraint "entry_point_sides"'))
