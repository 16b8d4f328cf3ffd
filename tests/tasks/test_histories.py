"""Random verb after random verb: no state against the table, no whole done before its parts, no sum lost."""

import random
from contextlib import suppress
from datetime import timedelta
from decimal import Decimal

import pytest

from gangmu.common.errors import Refused
from gangmu.events.models import Event
from gangmu.tasks import queries, states
from gangmu.tasks.actions import changes, tasks
from gangmu.tasks.actions.tasks import Part, Terms
from gangmu.tasks.models import Change, Task
from tests.cast import DAY, Cast

PEOPLE = (
    "head8",
    "head8",
    "head8",
    "head6",
    "office",
    "office",
    "party_office",
    "leader",
    "staff",
    "outsider",
)
REACHABLE = states.TASK.reachable("issued")


class Life:
    """Does things to any task by anybody; keeps for each task the states it has been in."""

    def __init__(self, cast: Cast, seed: int) -> None:
        self.cast, self.chance, self.seen = cast, random.Random(seed), {}

    def task(self) -> Task:
        return self.chance.choice(list(Task.objects.order_by("pk")))

    def issue(self, by) -> None:
        target = self.chance.choice([None, Decimal(12)])
        tasks.issue(
            unit=self.cast.unit, title="一件", source="plan", department=self.cast.d8, by=by,
            terms=Terms(target=target, long_term=self.chance.random() < 0.2), co_departments=[self.cast.d6],
            due_on=DAY + timedelta(days=self.chance.randrange(0, 30)),
        )  # fmt: skip

    def break_down(self, by) -> None:
        task, first = self.task(), self.chance.randrange(0, 13)
        shares = [first, 12 - first + self.chance.choice([0, 0, 1])]
        parts = [
            Part("一份", self.chance.choice([self.cast.d8, self.cast.d6]), target=Decimal(s)) for s in shares
        ]
        tasks.break_down(task=task, parts=parts, by=by)

    def ask(self, by) -> None:
        task, kind = self.task(), self.chance.choice(Change.Kind.values)
        changes.ask(task=task, kind=kind, reason="因故", due_on=task.due_on + timedelta(days=3),
                    department=self.chance.choice([self.cast.d8, self.cast.d6]), by=by)  # fmt: skip

    def answer(self, by) -> None:
        change = self.chance.choice(list(Change.objects.order_by("pk")) or [None])
        if change:
            self.chance.choice([changes.approve, changes.refuse])(change=change, answer="知道了", by=by)

    def step(self) -> None:
        verbs = {
            "sign": {}, "report": {"text": "在办"}, "submit": {"text": "办完了"}, "verify": {},
            "send_back": {"reason": "还差"}, "close": {}, "cancel": {"reason": "不办"}, "review": {"text": "看过"},
        }  # fmt: skip
        by = self.cast.acting(self.chance.choice(PEOPLE))
        name = self.chance.choice(
            [*verbs, "sign", "submit", "verify", "issue", "break_down", "break_down", "ask", "answer"]
        )
        if name == "cancel" and self.chance.random() < 0.8:
            return
        with suppress(Refused):
            if name in verbs:
                getattr(tasks, name)(task=self.task(), by=by, **verbs[name])
            else:
                getattr(self, name)(by)


def moves() -> set[tuple[str, str]]:
    """Every step of the table, from a state to a state."""
    return {
        (source, states.TASK.target(verb, source))
        for verb in ("sign", "report", "submit", "send_back", "verify", "close", "cancel", "suspend", "resume", "hand_over")
        for source in states.TASK.sources(verb)
    } | {(s, s) for s in REACHABLE}  # fmt: skip


@pytest.mark.parametrize("seed", range(6))
def test_nothing_happens_against_the_table(cast: Cast, seed):
    life, allowed, before = Life(cast, seed), moves(), {}
    for _n in range(4):
        life.issue(cast.office)
    for _n in range(400):
        life.step()
        now = dict(Task.objects.values_list("pk", "state"))
        assert {(old, now[pk]) for pk, old in before.items()} <= allowed
        assert set(now.values()) <= REACHABLE and all(
            now[pk] == "issued" for pk in now.keys() - before.keys()
        )
        before = now
    for whole in Task.objects.filter(parts__isnull=False).distinct():
        if whole.state in ("submitted", "verified", "closed"):
            assert queries.sum_of_parts(whole).all_accepted, (
                "a whole was handed in before its parts were done"
            )
        total = sum((p.target or 0 for p in whole.parts.all()), Decimal(0))
        assert whole.target is None or total == whole.target, "part of the sum was lost"
    assert Event.objects.values("verb").distinct().count() > 8, "a history too tame to prove anything"
    assert not Change.objects.filter(state="approved", answered_by_id=None).exists()
