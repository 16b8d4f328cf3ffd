"""Small marks drawn so often on a page that their markup is kept: badges and lamps of a row."""

from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

Cell = tuple[str, str, str]


def quad(four: list[Cell] | tuple[Cell, ...]) -> SafeString:
    """研部落督 as four shapes in a row; the words are in the label. ``four``: (name, level, word) each."""
    return _quad(tuple(tuple(cell) for cell in four))


# Each shape is one path, its inner mark a hole: a page has hundreds of them, and <use> costs the browser a tree of its own.
SHAPES = {
    "ok": ' d="M7 .5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13zM3.2 7.8L6 10.6l4.8-5.3-1.2-1L6 8.2 4.4 6.6z"',
    "warn": ' d="M7 .8L13.7 13H.3zM6.2 5h1.6v4H6.2zM6.2 10.2h1.6v1.4H6.2z"',
    "bad": ' d="M7 0l7 7-7 7-7-7zM4 6.1h6v1.8H4z"',
    "na": ' d="M7 1.3a5.7 5.7 0 1 0 0 11.4a5.7 5.7 0 1 0 0-11.4z" fill="none" stroke="currentColor" stroke-width="1.5" stroke-dasharray="2.6 1.9"',
}  # fmt: skip
STEP = 18  # from one shape of the four to the next, in the units of a shape (14 wide)


@lru_cache(maxsize=4096)
def _quad(four: tuple[Cell, ...]) -> SafeString:
    said = _("，").join(f"{name} {word}" for name, _level, word in four)
    shapes = format_html_join(
        "", '<path class="gm-{}" transform="translate({})"{}/>',
        ((level, STEP * place, SafeString(SHAPES[level])) for place, (_n, level, _w) in enumerate(four)),
    )  # fmt: skip
    return format_html(
        '<span class="gm-quad" role="img" aria-label="{}{}">{}</span>',
        _("四灯："), said, _svg(STEP * len(four) - 4, shapes),
    )  # fmt: skip


@lru_cache(maxsize=16)
def shape(level: str) -> SafeString:
    """The shape of a lamp alone, in the colour of the text around it."""
    return _svg(14, format_html("<path{}/>", SafeString(SHAPES[level])))


def _svg(width: int, inside: SafeString) -> SafeString:
    return format_html(
        '<svg viewBox="0 0 {} 14" fill="currentColor" fill-rule="evenodd" aria-hidden="true" focusable="false">{}</svg>',
        width, inside,
    )  # fmt: skip


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
