"""Tables of moves: no state but through them."""

import pytest

from gangmu.common.moves import IllegalMove, Moves
from gangmu.inspection import states as inspection_states
from gangmu.inspection.models import Campaign, Finding, Inspection, Measure, ProposedEntryPoint, Sheet
from gangmu.meetings import states as meeting_states
from gangmu.meetings.models import Meeting
from gangmu.plan import states as plan_states
from gangmu.plan.models import EntryPoint, Plan
from gangmu.tasks import states as task_states
from gangmu.tasks.models import Task

pytestmark = pytest.mark.pure

# model, table, first state, states nothing leads out of
TABLES = [
    (Plan, plan_states.PLAN, "preview", {"closed", "dropped"}),
    (EntryPoint, plan_states.ENTRY_POINT, "open", {"untied"}),
    (Meeting, meeting_states.MEETING, "planned", {"final", "called_off"}),
    (Task, task_states.TASK, "issued", {"closed", "cancelled"}),
    (Inspection, inspection_states.INSPECTION, "planned", {"closed", "called_off"}),
    (Finding, inspection_states.FINDING, "open", {"closed"}),
    (ProposedEntryPoint, inspection_states.PROPOSAL, "waiting", {"accepted", "declined"}),
    (Sheet, inspection_states.SHEET, "read", {"adopted", "dropped"}),
    (Campaign, inspection_states.CAMPAIGN, "drafting", {"closed"}),
    (Measure, inspection_states.MEASURE, "open", {"checked"}),
]
tables = pytest.mark.parametrize(
    ("model", "table", "start", "ends"), TABLES, ids=[t[0].__name__ for t in TABLES]
)


@tables
def test_the_table_has_every_state_of_the_model_and_no_other(model, table, start, ends):
    assert table.states() == set(model.State.values)


@tables
def test_every_state_is_reached_from_the_first(model, table, start, ends):
    assert model._meta.get_field("state").default == start
    assert table.reachable(start) == set(model.State.values)


@tables
def test_only_ends_are_ends(model, table, start, ends):
    assert {s for s in table.states() if table.reachable(s) == {s}} == ends


@tables
def test_verbs_and_targets_agree(model, table, start, ends):
    for state in table.states():
        for verb in table._moves:
            if verb in table.verbs(state):
                assert table.allows(verb, state) and table.target(verb, state) in table.states()
            else:
                with pytest.raises(IllegalMove):
                    table.target(verb, state)


def test_sets_of_states_name_states():
    assert set(Task.State.values) >= task_states.OPEN | task_states.DONE
    assert set(Meeting.State.values) >= meeting_states.OPEN
    assert set(Plan.State.values) >= plan_states.EDITABLE_PLAN


def test_a_verified_task_is_done_and_still_open():
    assert {"verified"} == task_states.OPEN & task_states.DONE
    assert "closed" not in task_states.OPEN and "cancelled" not in task_states.OPEN


def test_an_adopted_plan_cannot_come_back():
    assert plan_states.PLAN.reachable("adopted") == {"adopted", "closed"}


def test_a_task_is_closed_only_after_somebody_verified_it():
    assert "closed" not in task_states.TASK.reachable("issued", without={"verify"})


def test_an_unknown_verb_is_a_mistake_of_the_programmer():
    with pytest.raises(KeyError):
        Moves({"go": ("a", "b")}).target("fly", "a")


def test_reachable_follows_and_skips():
    table = Moves({"go": ("a b", "c"), "turn": ("c", "a"), "stop": ("c", "d")})
    assert table.reachable("a") == {"a", "c", "d"} and table.reachable("a", without={"stop"}) == {"a", "c"}
    assert table.reachable("b") == {"a", "b", "c", "d"} and table.sources("go") == {"a", "b"}
