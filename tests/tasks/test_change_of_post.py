"""Verified and approved by somebody else, also when who handed it in or asked holds another post by then."""

from datetime import timedelta
from importlib import import_module

from django.apps import apps

from gangmu.common.errors import NotAllowed
from gangmu.org.models import Post
from gangmu.tasks import policies
from gangmu.tasks.actions import changes, tasks
from gangmu.tasks.models import Task
from tests.cast import DAY, Cast, moved, refused, task_signed, task_submitted, task_verified


def new_office(cast: Cast):
    """The head of 第八检察部 now heads the office, which verifies for the whole unit."""
    return moved(cast, "head8", Post.Kind.OFFICE_HEAD, cast.support)


def new_head(cast: Cast):
    return moved(cast, "office", Post.Kind.DEPARTMENT_HEAD, cast.d8)


def test_who_handed_in_does_not_verify_from_another_post(cast: Cast):
    task = task_submitted(cast)
    with refused(NotAllowed, task, says="换了岗位也不能核查"):
        tasks.verify(task=task, by=new_office(cast))
    assert tasks.verify(task=task, by=cast.leader).state == "verified"


def test_nor_sends_back_nor_closes(cast: Cast):
    handed_in, verified = task_submitted(cast), task_verified(cast)
    by = new_office(cast)
    with refused(NotAllowed, handed_in):
        tasks.send_back(task=handed_in, reason="再改", by=by)
    with refused(NotAllowed, verified):
        tasks.close(task=verified, by=by)
    assert not policies.verify_task.filter(by, Task.objects.all()).exists()


def test_the_present_owner_does_not_verify_either(cast: Cast):
    """Two people changed places: neither of them verifies what the one handed in and the other answers for."""
    task = task_submitted(cast)
    before, now = new_office(cast), new_head(cast)
    for by in (before, now):
        with refused(NotAllowed, task):
            tasks.verify(task=task, by=by)
    assert tasks.verify(task=task, by=cast.party_office).state == "verified"


def test_once_sent_back_and_handed_in_by_another_it_is_no_longer_his(cast: Cast):
    task = tasks.send_back(task=task_submitted(cast), reason="还差", by=cast.party_office)
    assert task.submitted_by is None
    before, now = new_office(cast), new_head(cast)
    tasks.submit(task=task, text="补齐了", by=now)
    assert tasks.verify(task=task, by=before).state == "verified"


def test_who_asked_for_a_change_does_not_answer_it_from_another_post(cast: Cast):
    task = task_signed(cast)
    change = changes.ask(
        task=task, kind="extend", reason="等鉴定", due_on=DAY + timedelta(days=40), by=cast.head8
    )
    by = new_office(cast)
    for verb in (changes.approve, changes.refuse):
        with refused(NotAllowed, change, task, says="换了岗位也不能批"):
            verb(change=change, answer="同意", by=by)
    assert not policies.change_task.allows(by, change)
    assert changes.approve(change=change, by=cast.leader).state == "approved"


def test_a_suspension_and_a_hand_over_are_answered_by_another_too(cast: Cast):
    made = [
        changes.ask(task=task_signed(cast), kind=kind, reason="因故", department=cast.d6, by=cast.head8)
        for kind in ("suspend", "hand_over")
    ]
    by = new_office(cast)
    for change in made:
        with refused(NotAllowed, change):
            changes.approve(change=change, by=by)


def test_the_tasks_of_before_know_who_handed_them_in(cast: Cast):
    tasks_of_before = [task_submitted(cast), task_verified(cast), task_signed(cast)]
    Task.objects.update(submitted_by=None)
    import_module("gangmu.tasks.migrations.0004_who_handed_in").fill(apps, None)
    by = [Task.objects.get(pk=t.pk).submitted_by for t in tasks_of_before]
    assert by == [cast.people["head8"], cast.people["head8"], None]
