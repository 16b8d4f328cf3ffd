"""What the address asks to light: one item (``?sel=``), all of one state or the holes (``?only=``), or what is searched (``?q=``)."""

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from gangmu.web.netmap.data import DRAWN, NetData
from gangmu.web.netmap.geometry import Band, Layout, Row, Strand

HOLES = "holes"


@dataclass(frozen=True)
class Selection:
    """``rows``: ids that stay lit; ``row``, ``band``: the chosen item; ``low``: it lies in the lower half.

    ``kept``: other parts of the address that every link of the picture carries along, as (name, value) pairs.
    """

    sel: str = ""
    only: str = ""
    rows: frozenset[str] = frozenset()
    row: Row | None = None
    band: Band | None = None
    side: str = ""
    low: bool = False
    kept: tuple[tuple[str, str], ...] = ()
    words: str = ""

    @property
    def active(self) -> bool:
        """Anything recedes at all."""
        return bool(self.row or self.only or self.words)

    def lights(self, strand: Strand) -> bool:
        """Whether this thread stays lit."""
        if self.row:
            return self.row.item.id in (strand.thread.party, strand.thread.business)
        if self.words:
            return bool(self.rows & {strand.thread.party, strand.thread.business})
        return strand.thread.state == self.only

    def to(self, sel: str = "", only: str = "") -> str:
        """The address of another selection on the same page; the chosen one again takes the choice back."""
        asked = {"sel": sel if sel != self.sel else "", "only": only if only != self.only else ""}
        return "?" + urlencode([*self.kept, *((name, value) for name, value in asked.items() if value)])


def matches(data: NetData, words: str) -> frozenset[str]:
    """Ids of the items whose title holds all the words; none for no words."""
    asked = words.casefold().split()
    return frozenset(
        i.id
        for g in (*data.rope, *data.mesh)
        for i in g.items
        if asked and all(w in i.title.casefold() for w in asked)
    )


def select(
    layout: Layout, sel: str = "", only: str = "", kept: tuple[tuple[str, str], ...] = (),
    words: str = "", found: frozenset[str] = frozenset(),
) -> Selection:  # fmt: skip
    """Light an item and its partners, or one state, or the holes, or what was ``found`` for the ``words``.

    An unknown ``sel`` or ``only`` lights nothing and hides nothing.
    """
    nothing = Selection(kept=kept, words=words, rows=found)
    for side, bands in (("party", layout.rope), ("business", layout.mesh)):
        for band in bands:
            for row in band.rows:
                if sel and row.item.id == sel:
                    lit = frozenset({sel, *(link.other.id for link in row.links)})
                    low = row.y > layout.height * 0.55
                    return Selection(sel, "", lit, row, band, side, low, kept)
    rows = layout.rope_rows + layout.mesh_rows
    if only == HOLES:
        return replace(nothing, only=only, words="", rows=frozenset(row.item.id for row in rows if row.hole))
    if only in DRAWN:
        lit = frozenset(row.item.id for row in rows if any(link.state == only for link in row.links))
        return replace(nothing, only=only, words="", rows=lit)
    return nothing
