"""Words that every paper uses."""

from collections.abc import Iterable, Sequence
from datetime import date

from django.utils.translation import gettext as _

from gangmu.papers.official import Block, Body, Form, Table
from gangmu.papers.words import to_chinese


def day(value: date | None) -> str:
    """2026年3月5日; '' for none."""
    return _("%(y)s年%(m)s月%(d)s日") % {"y": value.year, "m": value.month, "d": value.day} if value else ""


def cell_day(value: date | None) -> str:
    """The same for a narrow cell: the year on a line of its own."""
    return day(value).replace(_("年"), _("年") + "\n", 1)


def or_unrecorded(text: object) -> str:
    """The text, or that it is not recorded."""
    return str(text) if text else _("未记")


def names(people: Iterable[object]) -> str:
    return _("、").join(str(p) for p in people)


def sentence(text: str) -> str:
    """With one full stop at the end."""
    return text.rstrip("。； ") + _("。")


def label(name: str, value: object) -> Block:
    return Block("label", _("%(name)s：%(value)s") % {"name": name, "value": or_unrecorded(value)})


def sections(parts: Iterable[tuple[str, Sequence[Block | Table | Form]]]) -> Body:
    """一、二、三、 over the parts that have something in them."""
    body: Body = []
    filled = [(title, blocks) for title, blocks in parts if blocks]
    for number, (title, blocks) in enumerate(filled, start=1):
        body.append(Block("h1", _("%(n)s、%(text)s") % {"n": to_chinese(number), "text": title}))
        body += blocks
    return body
