"""Folding: a group of the mesh becomes one row with a cable, its threads drawn once to each rope item.

What is broken stays to be seen: a cable's thread shows the worst of those it stands for, and holes are counted.
"""

from collections.abc import Collection
from dataclasses import replace

from gangmu.web.netmap.data import WORST_FIRST, Folded, Group, Item, NetData, Thread


def fold(data: NetData, opened: Collection[str] = ()) -> NetData:
    """Fold every group of the mesh whose ``key`` is not in ``opened``."""
    row_of = {i.id: g.key for g in data.mesh if g.key not in opened for i in g.items}
    return NetData(
        rope=data.rope,
        mesh=tuple(g if g.key in opened else _one_row(g, data.threads) for g in data.mesh),
        threads=tuple(t for t in data.threads if t.business not in row_of) + _cables(data.threads, row_of),
    )


def _one_row(group: Group, threads: tuple[Thread, ...]) -> Group:
    ids = {i.id for i in group.items}
    own = [t for t in threads if t.business in ids]
    holes = sum(i.unbound and not i.settled for i in group.items)
    counts = Folded(len(group.items), len(own), sum(t.state in ("half", "overdue") for t in own), holes)
    return replace(group, items=(Item(id=group.key, title=group.title, folded=counts),))


def _cables(threads: tuple[Thread, ...], row_of: dict[str, str]) -> tuple[Thread, ...]:
    """One thread from each rope item to each folded row, in the worst state of those it stands for."""
    worst: dict[tuple[str, str], str] = {}
    for t in threads:
        if t.business in row_of:
            ends = (t.party, row_of[t.business])
            worst[ends] = min(worst.get(ends, t.state), t.state, key=WORST_FIRST.index)
    return tuple(Thread(party, row, 0, state) for (party, row), state in worst.items())
