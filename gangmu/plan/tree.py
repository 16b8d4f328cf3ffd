"""The tree of a plan as a list: rows in the order of the plan with their depth. Pure: no Django, no database.

Well-formed means: the first row has level 1, and no row lies more than one level below the row before it. A row's
parent is the nearest row above that lies one level higher. The two tracks are drawn as two columns, so "the row
before" that a person sees is the nearest sibling of the same track.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Node:
    id: int
    level: int
    track: str


def well_formed(nodes: Sequence[Node]) -> bool:
    before = 0
    for node in nodes:
        if not 1 <= node.level <= before + 1:
            return False
        before = node.level
    return True


def parents(nodes: Iterable[Node]) -> dict[int, int | None]:
    """Row id → id of its parent, None at the top."""
    found: dict[int, int | None] = {}
    way: list[int] = []
    for node in nodes:
        del way[node.level - 1 :]
        found[node.id] = way[-1] if way else None
        way.append(node.id)
    return found


def end(nodes: Sequence[Node], at: int) -> int:
    """Index behind the last row under ``nodes[at]``."""
    stop = at + 1
    while stop < len(nodes) and nodes[stop].level > nodes[at].level:
        stop += 1
    return stop


def index(nodes: Sequence[Node], node_id: int) -> int:
    """Raises ``KeyError`` for a row that is not there."""
    for at, node in enumerate(nodes):
        if node.id == node_id:
            return at
    raise KeyError(node_id)


def _before(nodes: Sequence[Node], at: int) -> int | None:
    """Index of the nearest sibling of the same track above."""
    for other in range(at - 1, -1, -1):
        if nodes[other].level < nodes[at].level:
            return None
        if nodes[other].level == nodes[at].level and nodes[other].track == nodes[at].track:
            return other
    return None


def _after(nodes: Sequence[Node], at: int) -> int | None:
    """Index of the nearest sibling of the same track below."""
    for other in range(end(nodes, at), len(nodes)):
        if nodes[other].level < nodes[at].level:
            return None
        if nodes[other].level == nodes[at].level and nodes[other].track == nodes[at].track:
            return other
    return None


def moved(nodes: Sequence[Node], node_id: int, *, up: bool) -> list[Node]:
    """The row and all under it change places with the sibling above or below; the same list when there is none."""
    at = index(nodes, node_id)
    other = _before(nodes, at) if up else _after(nodes, at)
    if other is None:
        return list(nodes)
    first, second = sorted((at, other))
    mid, stop = end(nodes, first), end(nodes, second)
    return [*nodes[:first], *nodes[second:stop], *nodes[mid:second], *nodes[first:mid], *nodes[stop:]]


def indented(nodes: Sequence[Node], node_id: int, *, out: bool = False) -> list[Node]:
    """The row becomes the last under the sibling above it; ``out``: it comes to stand behind its parent.

    What is under it goes along. The same list when there is no such place.
    """
    at = index(nodes, node_id)
    stop = end(nodes, at)
    block = [replace(n, level=n.level + (-1 if out else 1)) for n in nodes[at:stop]]
    rest = [*nodes[:at], *nodes[stop:]]
    if out:
        above = parents(nodes)[node_id]
        if above is None:
            return list(nodes)
        place = end(rest, index(rest, above))
    else:
        sibling = _before(nodes, at)
        if sibling is None:
            return list(nodes)
        place = end(rest, sibling)
    return [*rest[:place], *block, *rest[place:]]


def place_below(nodes: Sequence[Node], node_id: int, level: int | None = None) -> tuple[int, int]:
    """(index, level) of a new line right below a row: its first child where it has some of its track, else the next.

    As in a list that is typed: Enter makes the line that the eye expects. A ``level`` asked for is kept within
    1 and one below the row.
    """
    at = index(nodes, node_id)
    own, stop = nodes[at].level, end(nodes, at)
    if level is None:
        level = own + any(n.track == nodes[at].track for n in nodes[at + 1 : stop])
    level = min(max(level, 1), own + 1)
    if level > own:
        return at + 1, level
    while nodes[at].level > level:
        at -= 1
    return end(nodes, at), level


def place_by(nodes: Sequence[Node], node_id: int, *, under: bool) -> tuple[int, int]:
    """(index, level) of a row that comes right behind another and all under it; ``under``: as its last child."""
    at = index(nodes, node_id)
    return end(nodes, at), nodes[at].level + under
