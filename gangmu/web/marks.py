"""Small marks drawn so often on a page that their markup is kept: badges and lamps of a row."""

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


@lru_cache(maxsize=4096)
def lamp(level: str, word: str, size: str = "", href: str = "") -> SafeString:
    """A lamp: shape and word; with ``href`` it is a link. ``size``: sm, "", lg, xl."""
    kind = f"gm-lamp gm-{level}" + (f" gm-lamp-{size}" if size else "")
    inside = format_html("{}<span>{}</span>", shape(level), word)
    if href:
        return format_html('<a class="{}" href="{}">{}</a>', kind, href, inside)
    return format_html('<span class="{}">{}</span>', kind, inside)


def worst(four: list[Cell] | tuple[Cell, ...], size: str = "sm") -> SafeString | str:
    """The worst of the four, spelled (督查临期); nothing when all are well."""
    for wanted in ("bad", "warn"):
        for name, level, word in four:
            if level == wanted:
                return lamp(level, word if word.startswith(name) else name + word, size)
    return ""


@lru_cache(maxsize=8)
def track(kind: str) -> SafeString:
    """The badge 纲 / 目 / 纲目. ``kind``: party, business, both (gang and mu do as well)."""
    if kind in ("party", "gang"):
        side, title, word = "gang", _("纲：党建"), _("纲")
    elif kind in ("business", "mu"):
        side, title, word = "mu", _("目：业务"), _("目")
    else:
        side, title, word = "both", _("纲与目"), _("纲目")
    return format_html('<span class="gm-trk gm-trk-{}" title="{}">{}</span>', side, title, word)
