"""The net map by its numbers: whatever the plan, the picture holds."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gangmu.web.netmap import Group, Item, Layout, NetData, Thread, layout, select, stylesheet
from gangmu.web.netmap.data import DRAWN
from gangmu.web.netmap.geometry import MESH_GAP, PORT, ROPE_GAP

pytestmark = pytest.mark.pure
NUMBER = re.compile(r"-?\d+\.\d+|-?\d+")


def _column(prefix: str, sizes: list[int]) -> tuple[Group, ...]:
    return tuple(
        Group(f"{prefix}{n}", tuple(Item(f"{prefix}{n}-{i}", f"事项 {n}-{i}") for i in range(size)))
        for n, size in enumerate(sizes)
    )


@st.composite
def plans(draw: st.DrawFn) -> NetData:
    """Plans of any shape: uneven groups, many threads on one item, none at all."""
    sizes = st.lists(st.integers(1, 9), min_size=1, max_size=6)
    rope, mesh = _column("g", draw(sizes)), _column("m", draw(sizes))
    ends = [[item.id for group in column for item in group.items] for column in (rope, mesh)]
    thread = st.builds(
        Thread,
        st.sampled_from(ends[0]),
        st.sampled_from(ends[1]),
        st.integers(0, 4),
        st.sampled_from(DRAWN),
    )
    return NetData(rope, mesh, tuple(draw(st.lists(thread, max_size=60))))


def _example() -> NetData:
    """As large as a city's procuratorate: 22 rope items, 34 mesh items, 57 threads, two holes."""
    rope, mesh = _column("g", [5, 6, 6, 5]), _column("m", [4, 3, 3, 3, 3, 3, 3, 5, 2, 3, 2])
    g, m = ([item for group in column for item in group.items] for column in (rope, mesh))
    threads = tuple(
        Thread(g[n % 21].id, m[n * 7 % 33].id, n % 5, DRAWN[(n * n) % 4], effect=f"成效 {n}")
        for n in range(57)
    )
    return NetData(_mark(rope, g[21].id, "未绑到业务"), _mark(mesh, m[33].id, "无切入点"), threads)


def _mark(column: tuple[Group, ...], id: str, why: str) -> tuple[Group, ...]:
    return tuple(
        Group(group.title, tuple(Item(i.id, i.title, unbound=i.id == id, why=why) for i in group.items))
        for group in column
    )


def _numbers(d: str) -> list[float]:
    return [float(n) for n in NUMBER.findall(d)]


def _centres(drawn: Layout) -> dict[str, float]:
    return {row.item.id: row.y for row in drawn.rope_rows + drawn.mesh_rows}


@given(plans())
def test_every_thread_leaves_its_rope_row_and_ends_on_its_mesh_row(data: NetData) -> None:
    drawn = layout(data)
    centres = _centres(drawn)
    assert len(drawn.strands) == len(data.threads)
    for strand in drawn.strands:
        x0, y0, *_, x1, y1 = _numbers(strand.d)
        assert (x0, x1) == (0, 100)
        assert y1 == pytest.approx(centres[strand.thread.business], abs=0.006)
        assert abs(y0 - centres[strand.thread.party]) <= drawn.rope_pitch / 2


@given(plans())
def test_ports_of_one_item_keep_the_order_of_their_ends(data: NetData) -> None:
    drawn = layout(data)
    for row in drawn.rope_rows:
        own = sorted((s for s in drawn.strands if s.thread.party == row.item.id), key=lambda s: s.port)
        assert [s.end for s in own] == sorted(s.end for s in own)
        steps = [b.port - a.port for a, b in zip(own, own[1:], strict=False)]
        assert all(0 < step <= PORT + 1e-9 for step in steps)


@given(plans())
def test_nothing_lies_outside_the_picture(data: NetData) -> None:
    drawn = layout(data)
    for strand in drawn.strands:
        assert all(0 <= y <= drawn.height for y in _numbers(strand.d)[1::2])
    for row in drawn.rope_rows + drawn.mesh_rows:
        assert 0 < row.y < drawn.height


@given(plans())
def test_rows_stand_where_the_stylesheet_puts_them(data: NetData) -> None:
    drawn = layout(data)
    for bands, pitch, gap in (
        (drawn.rope, drawn.rope_pitch, ROPE_GAP),
        (drawn.mesh, drawn.mesh_pitch, MESH_GAP),
    ):
        ys = [row.y for band in bands for row in band.rows]
        breaks = {sum(len(b.rows) for b in bands[:n]) for n in range(1, len(bands))}
        for n, (a, b) in enumerate(zip(ys, ys[1:], strict=False), start=1):
            assert b - a == pytest.approx(pitch + (gap if n in breaks else 0), abs=0.001)
        assert ys[0] - pitch / 2 == pytest.approx(drawn.height - ys[-1] - pitch / 2, abs=0.01)


@given(plans(), st.randoms())
def test_the_picture_does_not_depend_on_the_order_of_the_threads(data: NetData, random) -> None:
    shuffled = list(data.threads)
    random.shuffle(shuffled)
    again = layout(NetData(data.rope, data.mesh, tuple(shuffled)))
    assert again == layout(data)


def test_holes_have_no_thread_and_a_loose_end() -> None:
    drawn = layout(_example())
    assert (drawn.rope_holes, drawn.mesh_holes, len(drawn.loose)) == (1, 1, 1)
    ends = {id for s in drawn.strands for id in (s.thread.party, s.thread.business)}
    assert not ends & {row.item.id for row in drawn.rope_rows + drawn.mesh_rows if row.hole}


def test_an_item_with_a_thread_is_no_hole_whatever_it_is_called() -> None:
    rope, mesh = (Group("思想", (Item("g", "学习", unbound=True),)),), (Group("一部", (Item("m", "办案"),)),)
    assert layout(NetData(rope, mesh, (Thread("g", "m", 0, "open"),))).rope_holes == 0
    assert layout(NetData(rope, mesh, ())).rope_holes == 1


def test_an_accepted_lack_of_entry_points_is_no_hole() -> None:
    mesh = (Group("一部", (Item("m", "办案", unbound=True, why="已准予不绑", settled=True),)),)
    row = layout(NetData((), mesh, ())).mesh_rows[0]
    assert row.bare and not row.hole


def test_fifty_six_items_fit_a_window_of_900_pixels() -> None:
    drawn = layout(_example())
    assert drawn.height == pytest.approx(34 + 10 * MESH_GAP)
    assert drawn.height * 18.65 <= 713
    assert drawn.rope_pitch == pytest.approx((38.2 - 3 * ROPE_GAP) / 22, abs=0.0001)


def test_what_is_broken_lies_on_top() -> None:
    states = [strand.thread.state for strand in layout(_example()).strands]
    assert states == sorted(states, key=DRAWN.index)


def test_a_knot_shared_by_threads_shows_the_worst() -> None:
    rope, mesh = _column("g", [2]), _column("m", [1])
    threads = (Thread("g0-0", "m0-0", 2, "effective"), Thread("g0-1", "m0-0", 2, "half"))
    row = layout(NetData(rope, mesh, threads)).mesh_rows[0]
    assert (row.knots, row.far) == (("", "", "half", "", ""), 3)


@pytest.mark.parametrize("thread", [Thread("?", "m0-0", 0, "open"), Thread("g0-0", "m0-0", 5, "open")])
def test_a_thread_that_cannot_be_drawn_is_refused(thread: Thread) -> None:
    with pytest.raises(ValueError, match="thread"):
        layout(NetData(_column("g", [1]), _column("m", [1]), (thread,)))


def test_an_empty_plan_is_a_picture_too() -> None:
    drawn = layout(NetData((), (), ()))
    assert (drawn.height, drawn.strands, drawn.rope_rows) == (1, (), ())


def test_choosing_an_item_lights_it_and_its_partners() -> None:
    drawn = layout(_example())
    sel = select(drawn, sel="g0-1")
    lit = {t.business for t in _example().threads if t.party == "g0-1"}
    assert sel.rows == lit | {"g0-1"} and sel.side == "party" and sel.active
    ends = [
        strand.thread.business for strand in sorted(drawn.strands, key=lambda s: s.end) if sel.lights(strand)
    ]
    assert sel.row and [link.other.id for link in sel.row.links] == ends


def test_only_holes_lights_the_holes_and_no_thread() -> None:
    drawn = layout(_example())
    sel = select(drawn, only="holes")
    assert len(sel.rows) == 2 and not any(sel.lights(s) for s in drawn.strands)


def test_an_unknown_choice_hides_nothing() -> None:
    assert not select(layout(_example()), sel="nobody", only="nothing").active


def test_pressing_the_chosen_again_lets_go_and_the_rest_of_the_address_stays() -> None:
    sel = select(layout(_example()), sel="g0-1", kept=(("year", "2026"),))
    assert sel.to(sel="g0-2") == "?year=2026&sel=g0-2"
    assert sel.to(sel="g0-1") == "?year=2026"


def test_the_stylesheet_carries_numbers_only() -> None:
    assert stylesheet(38.2, 1.6136) == ":root{--nm-h:38.2;--nm-gp:1.6136;--nm-mp:1}\n"
    assert stylesheet(1e9, -4, 3) == ":root{--nm-h:5000;--nm-gp:0.5;--nm-mp:3}\n"
    with pytest.raises(ValueError, match="could not convert"):
        stylesheet("1}body{", 1)  # type: ignore[arg-type]
