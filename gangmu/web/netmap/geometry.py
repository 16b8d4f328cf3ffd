"""Geometry of the net map, in units of one mesh row (u). The rope is x = 0, the mesh x = 100, y runs down from 0 to H.

The two columns are HTML lists; their row heights come from the generated stylesheet, their centres from here, so
lists and threads meet at any width without script.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from gangmu.web.netmap.data import DRAWN, KINDS, WORST_FIRST, Group, Item, NetData, Thread

ROPE_GAP, MESH_GAP = 0.9, 0.42  # between facets, between departments
ROPE_PITCH, MESH_PITCH = (1.0, 2.6), (1.0, 1.8)  # least and greatest height of a row
PORT = 0.2  # greatest distance of two ports of one rope item
PORT_SHARE = 0.8  # of its row, that all ports of an item may take


@dataclass(frozen=True)
class Link:
    """A thread as one of its ends tells it: the item at the other end and that item's group."""

    kind: int
    state: str
    effect: str
    url: str
    other: Item
    group: Group


@dataclass(frozen=True)
class Row:
    """An item with its centre y. ``knots``: worst state per kind, "" where none; ``far``: columns the line reaches."""

    item: Item
    y: float
    links: tuple[Link, ...] = ()
    knots: tuple[str, ...] = ("",) * KINDS
    far: int = 0

    @property
    def hole(self) -> bool:
        """Unbound, and nobody has accepted it."""
        return self.bare and not self.item.settled

    @property
    def holes(self) -> int:
        """Items without a tie that stand in this row: a folded one hides none of its own."""
        return self.item.folded.holes if self.item.folded else int(self.hole)

    @property
    def count(self) -> int:
        """Items that stand in this row."""
        return self.item.folded.items if self.item.folded else 1

    @property
    def bare(self) -> bool:
        """Said to be unbound; an item that has a thread all the same is not."""
        return self.item.unbound and not self.links


@dataclass(frozen=True)
class Band:
    """A group with its rows."""

    group: Group
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Strand:
    """A thread with its cubic path ``d``, from its port on the rope to its mesh row."""

    thread: Thread
    d: str
    port: float
    end: float

    @property
    def halo(self) -> bool:
        """Everything but routine progress has a paper casing, which makes the crossings look woven."""
        return self.thread.state != "open"


@dataclass(frozen=True)
class Layout:
    """The whole picture. ``height`` in u; the pitches are heights of one row in u."""

    height: float
    rope_pitch: float
    mesh_pitch: float
    rope: tuple[Band, ...]
    mesh: tuple[Band, ...]
    strands: tuple[Strand, ...]
    loose: tuple[str, ...]
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def rope_rows(self) -> tuple[Row, ...]:
        """All rope rows from top to bottom."""
        return tuple(row for band in self.rope for row in band.rows)

    @property
    def mesh_rows(self) -> tuple[Row, ...]:
        """All mesh rows from top to bottom."""
        return tuple(row for band in self.mesh for row in band.rows)

    @property
    def rope_holes(self) -> int:
        """纲 not bound to any business."""
        return sum(row.holes for row in self.rope_rows)

    @property
    def mesh_holes(self) -> int:
        """目 without an entry point."""
        return sum(row.holes for row in self.mesh_rows)

    @property
    def query(self) -> str:
        """What the address of the generated stylesheet carries."""
        return f"h={self.height:g}&gp={self.rope_pitch:g}&mp={self.mesh_pitch:g}"


def _gaps(groups: Sequence[Group], gap: float) -> float:
    return gap * max(len(groups) - 1, 0)


def _pitch(groups: Sequence[Group], gap: float, height: float, bounds: tuple[float, float]) -> float:
    """Height of one row so that the column fills H, within its bounds."""
    count = sum(len(group.items) for group in groups)
    wanted = (height - _gaps(groups, gap)) / count if count else bounds[0]
    return round(min(max(wanted, bounds[0]), bounds[1]), 4)


def _centres(groups: Sequence[Group], gap: float, pitch: float, height: float) -> dict[str, float]:
    """Item id -> centre. A column that does not fill H stands in the middle of it."""
    count = sum(len(group.items) for group in groups)
    top = (height - count * pitch - _gaps(groups, gap)) / 2
    centres: dict[str, float] = {}
    for group in groups:
        for item in group.items:
            if item.id in centres:
                raise ValueError(f"item {item.id!r} stands twice in one column")
            centres[item.id] = top + pitch / 2
            top += pitch
        top += gap
    return centres


def _ports(
    threads: Sequence[Thread], rope: dict[str, float], mesh: dict[str, float], pitch: float
) -> list[tuple[Thread, float]]:
    """A port for every thread. The threads of one item leave in the order of their ends, so they never cross there."""
    leaving: dict[str, list[Thread]] = defaultdict(list)
    for thread in threads:
        leaving[thread.party].append(thread)
    placed = []
    for party, group in leaving.items():
        group.sort(key=lambda t: (mesh[t.business], t.kind, t.state))
        step = min(PORT, pitch * PORT_SHARE / max(len(group) - 1, 1))
        first = rope[party] - step * (len(group) - 1) / 2
        placed += [(thread, first + step * n) for n, thread in enumerate(group)]
    return placed


def _strands(placed: Sequence[tuple[Thread, float]], mesh: dict[str, float]) -> tuple[Strand, ...]:
    """Paths in drawing order: routine first, broken last; within a state from top to bottom."""
    made = []
    for thread, port in placed:
        end = mesh[thread.business]
        made.append(Strand(thread, f"M0 {port:.2f}C46 {port:.2f} 50 {end:.2f} 100 {end:.2f}", port, end))
    made.sort(key=lambda s: (DRAWN.index(s.thread.state), s.port, s.end, s.thread.kind))
    return tuple(made)


def _knots(links: Sequence[Link]) -> tuple[str, ...]:
    found = [{link.state for link in links if link.kind == kind} for kind in range(KINDS)]
    return tuple(next((state for state in WORST_FIRST if state in states), "") for states in found)


def _bands(
    groups: Sequence[Group], centres: dict[str, float], links: dict[str, list[Link]]
) -> tuple[Band, ...]:
    bands = []
    for group in groups:
        rows = []
        for item in group.items:
            own = tuple(links.get(item.id, ()))
            knots = _knots(own)
            far = max((kind + 1 for kind, state in enumerate(knots) if state), default=0)
            rows.append(Row(item, round(centres[item.id], 4), own, knots, far))
        bands.append(Band(group, tuple(rows)))
    return tuple(bands)


def _links(
    data: NetData, placed: Sequence[tuple[Thread, float]], mesh: dict[str, float], rope: dict[str, float]
) -> tuple[dict[str, list[Link]], dict[str, list[Link]]]:
    """Per rope item its links in the order of the mesh, per mesh item in the order of the rope."""
    party = {item.id: (item, group) for group in data.rope for item in group.items}
    business = {item.id: (item, group) for group in data.mesh for item in group.items}
    from_rope: dict[str, list[Link]] = defaultdict(list)
    from_mesh: dict[str, list[Link]] = defaultdict(list)
    for t, _port in sorted(placed, key=lambda p: (mesh[p[0].business], rope[p[0].party], p[0].kind)):
        from_rope[t.party].append(Link(t.kind, t.state, t.effect, t.url, *business[t.business]))
    for t, _port in sorted(placed, key=lambda p: (rope[p[0].party], mesh[p[0].business], p[0].kind)):
        from_mesh[t.business].append(Link(t.kind, t.state, t.effect, t.url, *party[t.party]))
    return from_rope, from_mesh


def _curl(y: float) -> str:
    """The loose end at a rope item that holds nothing; it curls up, or down where there is no room above."""
    up = 1.0 if y > 1.2 else -1.0
    bend, top, tip = (round(y - up * rise, 2) for rise in (0.6, 1.05, 0.5))
    return f"M0 {y:.2f}C5 {y:.2f} 7 {y:.2f} 7.4 {bend:.2f}S5.6 {top:.2f} 5 {tip:.2f}"


def _check(data: NetData, rope: dict[str, float], mesh: dict[str, float]) -> None:
    for t in data.threads:
        if t.state not in DRAWN or not 0 <= t.kind < KINDS:
            raise ValueError(f"thread {t.party} - {t.business}: unknown state or kind ({t.state}, {t.kind})")
        if t.party not in rope or t.business not in mesh:
            raise ValueError(f"thread {t.party} - {t.business}: an end is not on the map")


def layout(data: NetData) -> Layout:
    """Place everything. Same data, same picture; the order of the threads in ``data`` does not matter."""
    counts = [sum(len(group.items) for group in column) for column in (data.rope, data.mesh)]
    height = max(
        counts[0] * ROPE_PITCH[0] + _gaps(data.rope, ROPE_GAP), counts[1] + _gaps(data.mesh, MESH_GAP), 1
    )
    height = round(height, 3)
    rope_pitch = _pitch(data.rope, ROPE_GAP, height, ROPE_PITCH)
    mesh_pitch = _pitch(data.mesh, MESH_GAP, height, MESH_PITCH)
    rope = _centres(data.rope, ROPE_GAP, rope_pitch, height)
    mesh = _centres(data.mesh, MESH_GAP, mesh_pitch, height)
    _check(data, rope, mesh)
    placed = _ports(data.threads, rope, mesh, rope_pitch)
    from_rope, from_mesh = _links(data, placed, mesh, rope)
    rope_bands = _bands(data.rope, rope, from_rope)
    return Layout(
        height=height,
        rope_pitch=rope_pitch,
        mesh_pitch=mesh_pitch,
        rope=rope_bands,
        mesh=_bands(data.mesh, mesh, from_mesh),
        strands=_strands(placed, mesh),
        loose=tuple(_curl(row.y) for band in rope_bands for row in band.rows if row.hole),
        counts={state: sum(t.state == state for t in data.threads) for state in DRAWN},
    )


def stylesheet(height: float, pitch: float, mesh_pitch: float = 1.0) -> str:
    """The three numbers of a layout as CSS, because the policy of the pages allows no inline style.

    Values are plain numbers and are brought into sane bounds, so the address cannot carry anything else in.
    """
    h, gp, mp = (min(max(float(v), 0.5), top) for v, top in ((height, 5000), (pitch, 20), (mesh_pitch, 20)))
    return f":root{{--nm-h:{h:g};--nm-gp:{gp:g};--nm-mp:{mp:g}}}\n"
