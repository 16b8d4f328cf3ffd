"""Histories of a plan and its amendments, drawn at random, against a model that knows nothing of positions and levels.

The model is a tree of titles; an adopted amendment is applied to it naively. What the table does not allow is refused
and changes nothing, and after every step the plan that is stored reads as the model does.
"""

from dataclasses import dataclass, field
from itertools import count

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gangmu.common.errors import Invalid, WrongState
from gangmu.plan import queries, states
from gangmu.plan.actions import amendments, items, plans
from gangmu.plan.models import Amendment, Plan, PlanItem
from tests.cast import DAY, Cast, refused

LINES = ("add", "add", "add", "change", "drop_item", "remove")
VERBS = (*LINES, "begin", "propose", "adopt", "drop", "close")


def steps(verbs: tuple[str, ...], most: int) -> st.SearchStrategy:
    places = st.sampled_from(["after", "after", "under", "end"])
    return st.lists(st.tuples(st.sampled_from(verbs), st.integers(0, 9), places), max_size=most)


def whole(lines: list) -> list:
    return [("begin", 0, ""), *lines, ("propose", 0, ""), ("adopt", 0, "")]


# Either anything at all, or an amendment that goes all the way.
ways = st.lists(
    st.one_of(steps(VERBS, 5), steps(LINES, 7).map(whole), steps(LINES, 7).map(whole)), max_size=4
)
tree = st.lists(st.tuples(st.integers(0, 3), st.sampled_from(["gang", "mu"])), min_size=1, max_size=6)
numbers = count(1)


@dataclass
class Node:
    title: str
    pk: int = 0
    kids: list["Node"] = field(default_factory=list)
    away: bool = False

    def flat(self, depth: int = 0) -> list[tuple[str, int]]:
        own = [(self.title, depth)] if depth else []
        return own + [row for kid in self.kids for row in kid.flat(depth + 1)]

    def all(self) -> list["Node"]:
        return [self, *(n for kid in self.kids for n in kid.all())]


@dataclass
class Line:
    kind: str
    target: Node | None
    title: str = ""
    place: str = "end"
    row: object = None


def parent_of(root: Node, node: Node) -> Node:
    return next(n for n in root.all() if node in n.kids)


def apply(root: Node, lines: list[Line]) -> None:
    """Changes and takings-out first, then what comes in, each behind what came in before it at the same place."""
    for line in lines:
        if line.kind == "change":
            line.target.title = line.title
        if line.kind == "drop":
            above = parent_of(root, line.target)
            at = above.kids.index(line.target)
            above.kids[at : at + 1] = line.target.kids
            line.target.kids, line.target.away = [], True
    behind: dict[int, Node] = {}
    for line in [x for x in lines if x.kind == "add"]:
        new = Node(line.title)
        if line.place == "end" or line.target.away:
            root.kids.append(new)
        elif line.place == "under":
            line.target.kids.append(new)
        else:
            last = behind.get(id(line.target), line.target)
            above = parent_of(root, last)
            above.kids.insert(above.kids.index(last) + 1, new)
            behind[id(line.target)] = new


class History:
    """A plan in force made of ``shape``, and what the model says it should be."""

    def __init__(self, cast: Cast, shape: list[tuple[int, str]]) -> None:
        self.by = cast.party_office
        self.plan = plans.draft(unit=cast.unit, year=2026, title=f"计划{next(numbers)}", by=self.by)
        self.root, self.lines, self.open, self.adopted = Node(""), [], None, []
        for under, track in shape:
            above = self.root.all()[under % len(self.root.all())]
            parent = PlanItem.objects.get(pk=above.pk) if above.pk else None
            title = f"项{next(numbers)}"
            row = items.add(plan=self.plan, title=title, track=track, parent=parent, by=self.by)
            above.kids.append(Node(title, row.pk))
        self.plan = plans.adopt(plan=self.plan, on=DAY, by=self.by)
        self.same()

    def same(self) -> None:
        rows = list(queries.items(self.plan.pk))
        assert [(i.title, i.level) for i in rows] == self.root.flat()
        parents = {n.title: above.title for above in self.root.all() for n in above.kids}
        assert {i.title: i.parent.title if i.parent else "" for i in rows} == parents
        positions = list(self.plan.items.values_list("position", flat=True))
        assert len(set(positions)) == len(positions)
        known = {i.title: i.pk for i in rows}
        for node in self.root.all()[1:]:
            node.pk = known[node.title]

    def take(self, verb: str, n: int, place: str) -> None:
        getattr(self, verb)(n, place)
        self.plan.refresh_from_db()
        self.same()
        rows = list(self.plan.amendments.order_by("no"))
        assert [a.no for a in rows] == list(range(1, len(rows) + 1))
        assert sum(a.state in ("draft", "proposed") for a in rows) == (self.open is not None)
        assert [a.pk for a in rows if a.state == "adopted"] == self.adopted
        if self.open:
            assert self.open.lines.count() == len(self.lines)

    def begin(self, n: int, place: str) -> None:
        if self.plan.state != "adopted":
            with refused(WrongState, self.plan):
                amendments.begin(plan=self.plan, reason="改", by=self.by)
        elif self.open:
            with refused(Invalid, self.plan):
                amendments.begin(plan=self.plan, reason="改", by=self.by)
        else:
            self.open, self.lines = amendments.begin(plan=self.plan, reason="改", by=self.by), []

    def _write(self, line: Line, **more: object) -> None:
        """A line is taken while the amendment is a draft, one for an item that is still there."""
        if self.open is None:
            return

        def do() -> object:
            return amendments.add_line(amendment=self.open, kind=line.kind, by=self.by, **more)

        if self.open.state != "draft":
            with refused(WrongState, self.open):
                do()
        elif line.kind != "add" and any(x.target is line.target for x in self.lines if x.kind != "add"):
            with refused(Invalid, self.open):
                do()
        else:
            line.row = do()
            self.lines.append(line)

    def _some(self, n: int) -> Node | None:
        found = self.root.all()[1:]
        return found[n % len(found)] if found else None

    def add(self, n: int, place: str) -> None:
        node, title = self._some(n), f"新{next(numbers)}"
        if node is None:
            place = "end"
        anchor = PlanItem.objects.get(pk=node.pk) if node and place != "end" else None
        self._write(
            Line("add", node, title, place), title=title, track="mu" if n % 2 else "gang",
            place="" if place == "end" else place, anchor=anchor,
        )  # fmt: skip

    def change(self, n: int, place: str) -> None:
        if node := self._some(n):
            title = f"改{next(numbers)}"
            self._write(Line("change", node, title), item=PlanItem.objects.get(pk=node.pk), title=title)

    def drop_item(self, n: int, place: str) -> None:
        if node := self._some(n):
            self._write(Line("drop", node), item=PlanItem.objects.get(pk=node.pk))

    def remove(self, n: int, place: str) -> None:
        if not self.lines or self.open is None:
            return
        line = self.lines[n % len(self.lines)]
        if self.open.state != "draft":
            with refused(WrongState, self.open):
                amendments.remove_line(line=line.row, by=self.by)
            return
        amendments.remove_line(line=line.row, by=self.by)
        self.lines.remove(line)

    def _move(self, verb: str, do) -> bool:
        """Whether the table lets it pass; what it does not is refused."""
        target = self.open or self.plan.amendments.last()
        if target is None:
            return False
        target = Amendment.objects.select_related("plan").get(pk=target.pk)
        wrong = not states.AMENDMENT.allows(verb, target.state) or (
            verb == "adopt" and self.plan.state != "adopted"
        )
        if verb == "propose" and not target.lines.exists():
            with refused(Invalid, target):
                do(target)
        elif wrong:
            with refused(WrongState, target, self.plan):
                do(target)
        else:
            self.open = do(target)
            return True
        return False

    def propose(self, n: int, place: str) -> None:
        self._move("propose", lambda a: amendments.propose(amendment=a, by=self.by))

    def adopt(self, n: int, place: str) -> None:
        if self._move("adopt", lambda a: amendments.adopt(amendment=a, on=DAY, by=self.by)):
            apply(self.root, self.lines)
            lost = {x.title for x in self.lines if x.kind == "add" and x.place != "end" and x.target.away}
            rows = self.open.lines.filter(kind="add")
            assert {r.after["title"] for r in rows if r.after.get("lost")} == lost
            self.adopted.append(self.open.pk)
            self.open, self.lines = None, []

    def drop(self, n: int, place: str) -> None:
        if self._move("drop", lambda a: amendments.drop(amendment=a, by=self.by)):
            self.open, self.lines = None, []

    def close(self, n: int, place: str) -> None:
        if n == 9 and self.plan.state == "adopted":
            self.plan = plans.close(plan=self.plan, by=self.by)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(shape=tree, ways=ways)
def test_the_plan_reads_as_the_model_does_after_every_step(cast: Cast, shape, ways):
    history = History(cast, shape)
    for verb, n, place in [step for way in ways for step in way]:
        history.take(verb, n, place)
    assert Plan.objects.get(pk=history.plan.pk).state in ("adopted", "closed")
