"""Small marks drawn so often on a page that their markup is kept: the four lamps of a row."""

from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Cell = tuple[str, str, str]


def quad(four: list[Cell] | tuple[Cell, ...]) -> SafeString:
    """研部落督 as four shapes in a row; the words are in the label. ``four``: (name, level, word) each."""
    return _quad(tuple(tuple(cell) for cell in four))


@lru_cache(maxsize=4096)
def _quad(four: tuple[Cell, ...]) -> SafeString:
    said = _("，").join(f"{name} {word}" for name, _level, word in four)
    shapes = format_html_join(
        "", '<span class="gm-{}">{}</span>', ((level, shape(level)) for _n, level, _w in four)
    )
    return format_html(
        '<span class="gm-quad" role="img" aria-label="{}{}">{}</span>', _("四灯："), said, shapes
    )


@lru_cache(maxsize=16)
def shape(level: str) -> SafeString:
    """The shape of a lamp alone, in the colour of the text around it."""
    return format_html(
        '<svg viewBox="0 0 14 14" aria-hidden="true" focusable="false"><use href="#gm-l-{}"/></svg>', level
    )
