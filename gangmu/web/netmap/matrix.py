"""矩阵: groups of the mesh against groups of the rope; every cell with its knots, the holes in the margins."""

from dataclasses import dataclass

from gangmu.web.netmap.data import WORST_FIRST, Group, Item, NetData


@dataclass(frozen=True)
class Cell:
    """``states``: one a knot, the best first; ``worst``: "" when nothing is broken; ``titles``: the rope items."""

    states: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()

    @property
    def worst(self) -> str:
        return next((s for s in ("overdue", "half") if s in self.states), "")


@dataclass(frozen=True)
class Line:
    """One group of the mesh with a cell for each group of the rope, and its holes."""

    group: Group
    cells: tuple[Cell, ...]
    holes: tuple[Item, ...]


@dataclass(frozen=True)
class Matrix:
    """``rope_holes``: for each group of the rope the items that hold nothing."""

    rope: tuple[Group, ...]
    lines: tuple[Line, ...]
    rope_holes: tuple[tuple[Item, ...], ...]


def matrix(data: NetData) -> Matrix:
    facet = {i.id: (n, i.title) for n, g in enumerate(data.rope) for i in g.items}
    row = {i.id: n for n, g in enumerate(data.mesh) for i in g.items}
    found: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for t in data.threads:
        column, title = facet[t.party]
        found.setdefault((row[t.business], column), []).append((t.state, title))
    return Matrix(
        rope=data.rope,
        lines=tuple(
            Line(g, tuple(_cell(found.get((n, c), [])) for c in range(len(data.rope))), _holes(g))
            for n, g in enumerate(data.mesh)
        ),
        rope_holes=tuple(_holes(g) for g in data.rope),
    )


def _cell(knots: list[tuple[str, str]]) -> Cell:
    order = sorted((state for state, _title in knots), key=WORST_FIRST.index, reverse=True)
    return Cell(tuple(order), tuple(dict.fromkeys(title for _state, title in knots)))


def _holes(group: Group) -> tuple[Item, ...]:
    return tuple(i for i in group.items if i.unbound and not i.settled)
