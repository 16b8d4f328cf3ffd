"""Two people at once: one wins, the other is told, and nothing comes out half done."""

import pytest

from gangmu.common.errors import WrongState
from gangmu.events.models import Event
from gangmu.flow import steps
from gangmu.tasks.actions import changes, tasks
from gangmu.tasks.actions.tasks import Part
from gangmu.tasks.models import Change, Task
from tests.cast import DAY, Cast, assemble, plan_with_items, task_signed
from tests.events.test_two_at_once import Other

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def cast(day) -> Cast:
    return assemble()


def outcomes(*work) -> list[str]:
    others = [Other(w) for w in work]
    return sorted(type(o.wait()).__name__ for o in others)


def test_of_two_who_answer_a_request_one_is_told(cast: Cast):
    task = task_signed(cast)
    change = changes.ask(task=task, kind="suspend", reason="等批复", by=cast.head8)
    office, leader = cast.office, cast.leader
    assert outcomes(
        lambda: changes.approve(change=Change.objects.get(pk=change.pk), by=office),
        lambda: changes.refuse(change=Change.objects.get(pk=change.pk), answer="照办", by=leader),
    ) == ["Change", WrongState.__name__]
    change.refresh_from_db()
    task.refresh_from_db()
    assert (change.state, task.state) in [("approved", "suspended"), ("refused", "under_way")]


def test_a_whole_handed_in_while_its_part_is_sent_back(cast: Cast):
    """Whoever comes second is refused: never a whole handed in over an open part."""
    whole = task_signed(cast)
    (part,) = tasks.break_down(task=whole, parts=[Part("一份", cast.d8)], by=cast.head8)
    part = tasks.submit(task=tasks.sign(task=part, by=cast.head8), text="办完了", by=cast.head8)
    tasks.verify(task=part, by=cast.office)
    head8, office = cast.head8, cast.office
    assert outcomes(
        lambda: tasks.submit(task=Task.objects.get(pk=whole.pk), text="都办完了", by=head8),
        lambda: tasks.send_back(task=Task.objects.get(pk=part.pk), reason="还差", by=office),
    ) == ["Task", WrongState.__name__]
    states = dict(Task.objects.values_list("pk", "state"))
    assert (states[whole.pk], states[part.pk]) in [("submitted", "verified"), ("under_way", "under_way")]
    assert not Event.objects.filter(happened_on__lt=DAY).exists()


def test_of_two_who_deploy_the_same_item_one_is_told(cast: Cast):
    planned = plan_with_items(cast)
    rows = [steps.Deployment(planned.mu, cast.d8)]
    office, party_office = cast.office, cast.party_office
    found = outcomes(
        lambda: steps.deploy_plan(plan=planned.plan, rows=rows, by=office),
        lambda: steps.deploy_plan(plan=planned.plan, rows=rows, by=party_office),
    )
    assert found == sorted(["list", WrongState.__name__]) and Task.objects.count() == 1
