"""What the net map is drawn from."""

from dataclasses import dataclass

# Drawn in this order, so that what is broken lies on top; it is also the order from well to bad, but for the first two.
DRAWN = ("open", "effective", "half", "overdue")
# From worst to best: a knot shared by several threads shows the worst of them.
WORST_FIRST = ("overdue", "half", "open", "effective")
KINDS = 5  # 推动 保证 监督 教育 组织, the five columns of the mesh

Lamp = tuple[str, str, str]  # name 研究, level ok|warn|bad|na, word 临期


@dataclass(frozen=True)
class Folded:
    """What a folded row stands for: items, threads, threads that are broken, items without one."""

    items: int
    threads: int
    broken: int
    holes: int


@dataclass(frozen=True)
class Item:
    """A plan item of either track. ``unbound`` says it has no entry point, ``why`` how that is called.

    ``settled``: the lack of an entry point was accepted (已准予不绑); it is shown, but no longer counts as a hole.
    """

    id: str
    title: str
    url: str = ""
    lamps: tuple[Lamp, ...] = ()
    unbound: bool = False
    why: str = ""
    settled: bool = False
    note: str = ""
    folded: Folded | None = None


@dataclass(frozen=True)
class Group:
    """A facet (思想 制度 活动 工作) of the rope, or a department of the mesh; ``note`` is its second line."""

    title: str
    items: tuple[Item, ...]
    note: str = ""
    url: str = ""
    key: str = ""


@dataclass(frozen=True)
class Thread:
    """An entry point: from a rope item to a mesh item, ``kind`` 0..4, ``state`` effective|open|half|overdue."""

    party: str
    business: str
    kind: int
    state: str
    effect: str = ""
    url: str = ""


@dataclass(frozen=True)
class NetData:
    """Both columns in the order they are shown, and the threads in any order."""

    rope: tuple[Group, ...]
    mesh: tuple[Group, ...]
    threads: tuple[Thread, ...]
