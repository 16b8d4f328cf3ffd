"""Folding and the matrix: nothing that is broken or missing gets lost on the way."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.web.netmap import Group, Item, NetData, Thread, fold, layout, matrix

pytestmark = pytest.mark.pure
STATES = ("effective", "open", "half", "overdue")
WORST = ("overdue", "half", "open", "effective")


@st.composite
def nets(draw) -> NetData:
    rope = [Item(f"g{n}", f"纲{n}") for n in range(draw(st.integers(1, 5)))]
    sizes = draw(st.lists(st.integers(1, 4), min_size=1, max_size=4))
    mesh = [
        [Item(f"m{d}-{n}", "目", unbound=draw(st.booleans())) for n in range(size)]
        for d, size in enumerate(sizes)
    ]
    ends = st.tuples(st.sampled_from(rope), st.sampled_from([i for g in mesh for i in g]))
    threads = draw(st.lists(st.tuples(ends, st.integers(0, 4), st.sampled_from(STATES)), max_size=20))
    return NetData(
        rope=(Group("思想", tuple(rope[:2]), key="f0"), Group("制度", tuple(rope[2:]), key="f1")),
        mesh=tuple(Group(f"部{d}", tuple(items), key=f"d{d}") for d, items in enumerate(mesh)),
        threads=tuple(Thread(g.id, m.id, kind, state) for (g, m), kind, state in threads),
    )


@given(nets())
def test_a_folded_map_keeps_every_tie_in_its_worst_state(data):
    folded = fold(data)
    group_of = {i.id: g.key for g in data.mesh for i in g.items}
    wanted: dict[tuple[str, str], set[str]] = {}
    for t in data.threads:
        wanted.setdefault((t.party, group_of[t.business]), set()).add(t.state)
    found = {(t.party, t.business): t.state for t in folded.threads}
    assert found == {ends: min(states, key=WORST.index) for ends, states in wanted.items()}
    assert len(folded.threads) == len(found)


@given(nets())
def test_a_folded_rope_keeps_every_tie_in_its_worst_state(data):
    group_of = {i.id: g.key for g in data.rope for i in g.items}
    wanted: dict[tuple[str, str, int], set[str]] = {}
    for t in data.threads:
        wanted.setdefault((group_of[t.party], t.business, t.kind), set()).add(t.state)
    folded = fold(data, rope=True)
    found = {(t.party, t.business, t.kind): t.state for t in folded.threads}
    assert found == {ends: min(states, key=WORST.index) for ends, states in wanted.items()}
    assert folded.mesh == data.mesh and layout(folded).height >= 1


@given(nets())
def test_a_folded_row_counts_its_items_threads_and_holes(data):
    rows = {g.key: g.items[0].folded for g in fold(data).mesh}
    for group in data.mesh:
        ids = {i.id for i in group.items}
        own = [t for t in data.threads if t.business in ids]
        counts = rows[group.key]
        assert counts is not None
        assert (counts.items, counts.threads) == (len(ids), len(own))
        assert counts.holes == sum(i.unbound and i.id not in {t.business for t in own} for i in group.items)
        assert counts.broken == sum(t.state in ("half", "overdue") for t in own)


@given(nets())
def test_an_opened_group_is_as_it_was_and_the_picture_can_be_drawn(data):
    key = data.mesh[0].key
    folded = fold(data, {key})
    assert folded.mesh[0] == data.mesh[0]
    assert layout(folded).height >= 1


@given(nets())
def test_the_matrix_holds_every_knot_once_and_every_hole(data):
    table = matrix(data)
    assert sum(len(c.states) for line in table.lines for c in line.cells) == len(data.threads)
    assert [h.id for line in table.lines for h in line.holes] == [
        i.id for g in data.mesh for i in g.items if i.unbound
    ]


def test_a_cell_says_its_worst_and_names_its_items_once():
    data = NetData(
        (Group("思想", (Item("g1", "学习"),)),),
        (Group("八部", (Item("m1", "排口"), Item("m2", "耕地")), key="d8"),),
        (Thread("g1", "m1", 0, "effective"), Thread("g1", "m2", 1, "half")),
    )
    cell = matrix(data).lines[0].cells[0]
    assert (cell.states, cell.worst, cell.titles) == (("effective", "half"), "half", ("学习",))


@given(nets())
def test_folding_changes_no_count_of_items_or_holes(data):
    tied = {t.business for t in data.threads}
    bare = sum(i.unbound and i.id not in tied for g in data.mesh for i in g.items)
    plain, folded = layout(data), layout(fold(data))
    assert plain.mesh_holes == folded.mesh_holes == bare
    assert sum(r.count for r in folded.mesh_rows) == len(plain.mesh_rows)
