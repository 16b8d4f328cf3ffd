"""A heading has no work of its own: what its page shows is how the items under it stand."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from gangmu.flow.lamps import Four
from gangmu.plan.models import PlanItem

SHOWN = 30  # rows that stand open, the others are folded
WORST_FIRST = ("bad", "warn", "na", "ok")


@dataclass(frozen=True)
class Stand:
    """One of the four lamps over all items: ``level`` the worst, ``well`` how many are well, the other words counted."""

    name: str
    level: str
    well: int
    others: list[tuple[str, str, int]]


@dataclass(frozen=True)
class Under:
    """The leaves under a heading in the order of the plan, each with its lamps."""

    rows: list[tuple[PlanItem, Four]]
    stands: list[Stand]

    @property
    def shown(self) -> list[tuple[PlanItem, Four]]:
        return self.rows[:SHOWN]

    @property
    def folded(self) -> list[tuple[PlanItem, Four]]:
        return self.rows[SHOWN:]


def under(leaves: Sequence[PlanItem], fours: dict[int, Four]) -> Under | None:
    """None for an item that has nothing under it."""
    rows = [(leaf, fours[leaf.pk]) for leaf in leaves]
    return Under(rows, [_stand([list(four)[n] for _leaf, four in rows]) for n in range(4)]) if rows else None


def _stand(lamps: list) -> Stand:
    counted = Counter((lamp.level, lamp.word) for lamp in lamps)
    well = sum(n for (level, _word), n in counted.items() if level == "ok")
    level = next(each for each in WORST_FIRST if any(lamp.level == each for lamp in lamps))
    others = [(mark, word, n) for (mark, word), n in counted.items() if mark != "ok"]
    return Stand(lamps[0].name, level, well, sorted(others, key=lambda o: (WORST_FIRST.index(o[0]), o[1])))
