"""延期、中止、恢复、移交: asked by the owner, approved by somebody else; nothing changes before."""

from datetime import timedelta

import pytest

from gangmu.common.errors import Invalid, NotAllowed, WrongState
from gangmu.tasks.actions import changes, tasks
from gangmu.tasks.actions.tasks import Part, Terms
from gangmu.tasks.models import Change, Task
from tests.cast import DAY, Cast, recorded, refused, task_issued, task_signed, task_submitted, task_verified

LATER = DAY + timedelta(days=40)


def ask(cast: Cast, task: Task, kind: str = "extend", *, by=None, **more) -> Change:
    values = {"reason": "等鉴定意见"} | ({"due_on": LATER} if kind in ("extend", "resume") else {})
    values |= {"department": cast.d6} if kind == "hand_over" else {}
    return changes.ask(task=task, kind=kind, by=by or cast.head8, **(values | more))


def fresh(task: Task) -> tuple:
    found = Task.objects.get(pk=task.pk)
    return found.state, found.due_on, found.department.name, found.signed_on


def suspended(cast: Cast) -> Task:
    task = task_signed(cast)
    return changes.approve(change=ask(cast, task, "suspend"), by=cast.office).task


@pytest.mark.parametrize("kind", ["extend", "suspend", "hand_over"])
def test_nothing_changes_before_it_is_approved(cast: Cast, kind):
    task = task_signed(cast)
    before = fresh(task)
    change = ask(cast, task, kind)
    assert (change.state, fresh(task)) == ("asked", before)


def test_an_extension_moves_the_date_and_settles_a_date_by_default(cast: Cast):
    task = tasks.issue(unit=cast.unit, title="没写期限", source="plan", department=cast.d8, by=cast.office)
    changes.approve(change=ask(cast, task), by=cast.leader)
    task.refresh_from_db()
    assert (task.due_on, task.due_by_default, task.state) == (LATER, False, "issued")


def test_a_suspended_task_is_taken_up_again(cast: Cast):
    task = suspended(cast)
    assert fresh(task)[0] == "suspended"
    changes.approve(change=ask(cast, task, "resume"), by=cast.office)
    assert fresh(task)[:2] == ("under_way", LATER)


def test_a_task_handed_over_is_to_be_signed_by_its_new_owner(cast: Cast):
    task = task_signed(cast, co_departments=[cast.d6])
    changes.approve(change=ask(cast, task, "hand_over", person=cast.people["head6"]), by=cast.office)
    assert fresh(task) == ("issued", task.due_on, "第六检察部", None)
    assert not task.co_departments.exists()
    with refused(NotAllowed, task):
        tasks.sign(task=task, by=cast.head8)
    assert tasks.sign(task=task, by=cast.head6).state == "under_way"


@pytest.mark.parametrize(
    "who", ["head8", "head6", "branch", "staff", "organiser", "outsider", "system_admin"]
)
@pytest.mark.parametrize("verb", ["approve", "refuse"])
def test_the_owner_does_not_approve_and_others_do_not(cast: Cast, verb, who):
    task = task_signed(cast)
    change = ask(cast, task)
    with refused(NotAllowed, change, task, says="自己不能批"):
        getattr(changes, verb)(change=change, answer="同意", by=cast.acting(who))


@pytest.mark.parametrize("who", ["office", "party_office", "committee", "leader", "first"])
def test_the_offices_and_leaders_ask_and_approve_in_one_step(cast: Cast, who):
    task = task_signed(cast)
    with recorded("tasks.ask", "tasks.approve"):
        assert ask(cast, task, by=cast.acting(who)).state == "approved"
    assert fresh(task)[1] == LATER


@pytest.mark.parametrize("who", ["staff", "head6", "branch", "stranger", "outsider", "security_admin"])
def test_others_do_not_ask(cast: Cast, who):
    task = task_signed(cast)
    with refused(NotAllowed, task):
        ask(cast, task, by=cast.acting(who))


def test_the_party_office_asks_for_its_own_and_somebody_else_approves(cast: Cast):
    task = tasks.sign(task=task_issued(cast, to="机关党委"), by=cast.party_office)
    change = ask(cast, task, by=cast.party_office)
    assert change.state == "asked"
    with refused(NotAllowed, change):
        changes.approve(change=change, by=cast.party_office)
    assert changes.approve(change=change, by=cast.office).state == "approved"


def test_one_request_at_a_time(cast: Cast):
    task = task_signed(cast)
    ask(cast, task)
    with refused(Invalid, says="已经有一个请求在等审批"):
        ask(cast, task, "suspend")


@pytest.mark.parametrize(
    ("kind", "more", "field"),
    [
        ("extend", {"due_on": None}, "due_on"),
        ("extend", {"due_on": DAY - timedelta(days=1)}, "due_on"),
        ("extend", {"due_on": DAY + timedelta(days=10)}, "due_on"),
        ("extend", {"reason": "  "}, "reason"),
        ("hand_over", {"department": None}, "department"),
    ],
)
def test_what_is_missing_is_said_at_its_field(cast: Cast, kind, more, field):
    task = task_signed(cast)
    with refused(Invalid, task, field=field):
        ask(cast, task, kind, **more)
    assert not Change.objects.exists()


def test_a_hand_over_that_changes_nothing_or_leaves_the_unit_is_refused(cast: Cast):
    task = task_signed(cast)
    with refused(Invalid, task, says="都没有变"):
        ask(cast, task, "hand_over", department=cast.d8)
    with refused(Invalid, task, says="本院的部门"):
        ask(cast, task, "hand_over", department=cast.departments["第一检察部"])
    with refused(Invalid, task, says="本院的人"):
        ask(cast, task, "hand_over", person=cast.people["outsider"])
    assert ask(cast, task, "hand_over", department=cast.d8, person=cast.people["staff"]).state == "asked"


def test_a_part_is_not_extended_past_its_whole(cast: Cast):
    whole = task_signed(cast)
    (one,) = tasks.break_down(
        task=whole, parts=[Part("一份", cast.d8, due_on=DAY + timedelta(days=2))], by=cast.head8
    )
    with refused(Invalid, one, says="总任务"):
        ask(cast, one)


@pytest.mark.parametrize("make", [task_submitted, task_verified])
@pytest.mark.parametrize("kind", ["extend", "suspend", "hand_over", "resume"])
def test_what_is_handed_in_is_not_changed_any_more(cast: Cast, make, kind):
    task = make(cast)
    with refused(WrongState, task):
        ask(cast, task, kind)


def test_a_long_term_task_has_nothing_to_extend(cast: Cast):
    task = task_signed(cast, terms=Terms(long_term=True))
    with refused(WrongState, task, says="不用延期"):
        ask(cast, task, due_on=DAY + timedelta(days=400))


def test_what_was_overtaken_is_refused_when_it_is_approved(cast: Cast):
    task = task_signed(cast)
    change = ask(cast, task)
    tasks.submit(task=task, text="办完了", by=cast.head8)
    with refused(WrongState, change, task):
        changes.approve(change=change, by=cast.office)


@pytest.mark.parametrize("verb", ["approve", "refuse"])
def test_a_second_answer_is_refused(cast: Cast, verb):
    change = ask(cast, task_signed(cast))
    changes.refuse(change=change, answer="按期办", by=cast.office)
    with refused(WrongState, change, says="未同意"):
        getattr(changes, verb)(change=change, answer="按期办", by=cast.leader)


def test_a_refusal_leaves_everything_and_says_why(cast: Cast):
    task = task_signed(cast)
    before, change = fresh(task), ask(cast, task)
    with refused(Invalid, change, field="answer"):
        changes.refuse(change=change, answer=" ", by=cast.office)
    with recorded("tasks.refuse") as event:
        changes.refuse(change=change, answer="按期办", by=cast.office)
    assert fresh(task) == before and "按期办" in event.after["text"]


def test_the_owner_takes_it_back_and_asks_again(cast: Cast):
    task = task_signed(cast)
    change = ask(cast, task)
    with refused(NotAllowed, change):
        changes.withdraw(change=change, by=cast.office)
    with recorded("tasks.withdraw"):
        changes.withdraw(change=change, by=cast.head8)
    with refused(WrongState):
        changes.withdraw(change=change, by=cast.head8)
    assert ask(cast, task, "suspend").state == "asked"


def test_what_changed_is_recorded_before_and_after(cast: Cast):
    task = task_signed(cast)
    before = task.due_on.isoformat()
    with recorded("tasks.ask") as event:
        change = ask(cast, task)
    assert event.object_id == task.pk and event.after["due_on"] == LATER.isoformat()
    with recorded("tasks.approve") as event:
        changes.approve(change=change, answer="同意", by=cast.office)
    assert (event.before["due_on"], event.after["due_on"]) == (before, LATER.isoformat())
