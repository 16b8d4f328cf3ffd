"""纲目图, the net map: rope items and mesh items as two columns, entry points as threads between them.

Pure: no database and no framework, so the picture can be tested by its numbers. A page calls ``layout(data)`` once, then
``select(layout, …)`` for what the address asks to light; the templates in ``templates/netmap`` draw both.
"""

from gangmu.web.netmap.data import Group, Item, Lamp, NetData, Thread
from gangmu.web.netmap.fold import fold
from gangmu.web.netmap.geometry import Band, Layout, Link, Row, Strand, layout, stylesheet
from gangmu.web.netmap.matrix import Matrix, matrix
from gangmu.web.netmap.selection import Selection, matches, select

__all__ = [
    "Band",
    "Group",
    "Item",
    "Lamp",
    "Layout",
    "Link",
    "Matrix",
    "NetData",
    "Row",
    "Selection",
    "Strand",
    "Thread",
    "fold",
    "layout",
    "matches",
    "matrix",
    "select",
    "stylesheet",
]
