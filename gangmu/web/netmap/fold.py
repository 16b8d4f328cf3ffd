"""Folding: a group becomes one row, on the mesh with a cable, and its threads are drawn once to each other end.

What is broken stays to be seen: such a thread shows the worst of those it stands for, and holes are counted.
"""

from collections.abc import Collection
from dataclasses import replace

from gangmu.web.netmap.data import WORST_FIRST, Folded, Group, Item, NetData, Thread


def fold(data: NetData, opened: Collection[str] = (), *, rope: bool = False) -> NetData:
    """Fold every group of the mesh, or of the rope, whose ``key`` is not in ``opened``."""
    groups = data.rope if rope else data.mesh
    row_of = {i.id: g.key for g in groups if g.key not in opened for i in g.items}
    folded = tuple(g if g.key in opened else _one_row(g, data.threads) for g in groups)
    threads = _merged([_moved(t, row_of, rope) for t in data.threads], set(row_of.values()))
    return NetData(folded if rope else data.rope, data.mesh if rope else folded, threads)


def _one_row(group: Group, threads: tuple[Thread, ...]) -> Group:
    ids = {i.id for i in group.items}
    own = [t for t in threads if t.business in ids or t.party in ids]
    tied = {t.business for t in own} | {t.party for t in own}
    holes = sum(i.unbound and not i.settled and i.id not in tied for i in group.items)
    counts = Folded(len(group.items), len(own), sum(t.state in ("half", "overdue") for t in own), holes)
    return replace(group, items=(Item(id=group.key, title=group.title, folded=counts),))


def _moved(thread: Thread, row_of: dict[str, str], rope: bool) -> Thread:
    """The thread with its end on the folded side put to the group's row."""
    if rope:
        return replace(thread, party=row_of.get(thread.party, thread.party))
    return replace(thread, business=row_of.get(thread.business, thread.business))


def _merged(threads: list[Thread], rows: set[str]) -> tuple[Thread, ...]:
    """Threads of folded rows once for each pair of ends, in the worst state; the others as they are.

    A thread that ends on an item keeps its kind, which is its column of the mesh; a cable has none.
    """
    kept = [t for t in threads if t.business not in rows and t.party not in rows]
    worst: dict[tuple[str, str, int], str] = {}
    for t in threads:
        if t.business in rows or t.party in rows:
            ends = (t.party, t.business, 0 if t.business in rows else t.kind)
            worst[ends] = min(worst.get(ends, t.state), t.state, key=WORST_FIRST.index)
    return (*kept, *(Thread(party, row, kind, state) for (party, row, kind), state in worst.items()))
