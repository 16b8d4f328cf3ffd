"""The tree of a plan stays a tree, whatever is moved, indented, put in or lifted."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gangmu.plan import tree
from gangmu.plan.tree import Node

pytestmark = pytest.mark.pure


@st.composite
def plans(draw) -> list[Node]:
    nodes, before = [], 0
    for n in range(draw(st.integers(1, 14))):
        before = draw(st.integers(1, before + 1))
        nodes.append(Node(n + 1, before, draw(st.sampled_from(["gang", "mu"]))))
    return nodes


steps = st.lists(
    st.tuples(st.sampled_from(["up", "down", "in", "out", "below"]), st.integers(0, 30), st.integers(0, 5)),
    max_size=12,
)


def changed(nodes: list[Node], step: str, at: int, level: int, fresh: int) -> list[Node]:
    chosen = nodes[at % len(nodes)].id
    if step in ("up", "down"):
        return tree.moved(nodes, chosen, up=step == "up")
    if step in ("in", "out"):
        return tree.indented(nodes, chosen, out=step == "out")
    place, depth = tree.place_below(nodes, chosen, level or None)
    return [*nodes[:place], Node(fresh, depth, nodes[at % len(nodes)].track), *nodes[place:]]


@given(plans(), steps)
@settings(max_examples=300)
def test_it_stays_well_formed_and_loses_nothing(nodes: list[Node], todo):
    assert tree.well_formed(nodes)
    ids = {n.id for n in nodes}
    for number, (step, at, level) in enumerate(todo):
        if step == "below":
            ids.add(1000 + number)
        nodes = changed(nodes, step, at, level, 1000 + number)
        assert tree.well_formed(nodes)
        assert sorted(n.id for n in nodes) == sorted(ids)


@given(plans(), st.integers(0, 30))
def test_up_and_down_take_each_other_back(nodes: list[Node], at: int):
    chosen = nodes[at % len(nodes)].id
    up = tree.moved(nodes, chosen, up=True)
    if up != nodes:
        of_track = [n.id for n in tree.moved(up, chosen, up=False) if n.track == nodes[at % len(nodes)].track]
        assert of_track == [n.id for n in nodes if n.track == nodes[at % len(nodes)].track]


@given(plans(), st.integers(0, 30))
def test_what_is_under_a_row_goes_along(nodes: list[Node], at: int):
    at %= len(nodes)
    under = [n.id for n in nodes[at : tree.end(nodes, at)]]
    for after in (
        tree.moved(nodes, nodes[at].id, up=True), tree.moved(nodes, nodes[at].id, up=False),
        tree.indented(nodes, nodes[at].id), tree.indented(nodes, nodes[at].id, out=True),
    ):  # fmt: skip
        now = tree.index(after, nodes[at].id)
        assert [n.id for n in after[now : tree.end(after, now)]][: len(under)] == under


@given(plans())
def test_a_parent_lies_one_level_higher_and_nearest_above(nodes: list[Node]):
    level, found = {n.id: n.level for n in nodes}, tree.parents(nodes)
    for at, node in enumerate(nodes):
        above = found[node.id]
        naive = next((n.id for n in reversed(nodes[:at]) if n.level == node.level - 1), None)
        assert above == naive and (above is None) == (node.level == 1)
        assert above is None or level[above] == node.level - 1


def test_a_sibling_is_of_the_same_track():
    nodes = [Node(1, 1, "gang"), Node(2, 1, "mu"), Node(3, 1, "gang")]
    assert [n.id for n in tree.moved(nodes, 3, up=True)] == [3, 2, 1] or [
        n.id for n in tree.moved(nodes, 3, up=True)
    ] == [3, 1, 2]
    assert tree.moved(nodes, 2, up=True) == nodes
    assert tree.parents(tree.indented(nodes, 3))[3] == 1
