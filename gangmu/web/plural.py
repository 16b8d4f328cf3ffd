"""Several at once: ids that a form names, and one action after another with what was refused."""

from collections.abc import Callable, Iterable
from typing import TypeVar

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from gangmu.common.errors import Refused
from gangmu.web.fetch import LARGEST_KEY

T = TypeVar("T")
MOST = 400  # rows of one form


def numbers(texts: Iterable[str]) -> list[int]:
    """The keys among what a form sent, in its order, each once; what can be no key is passed over."""
    found = (int(t) for t in texts if t.isascii() and t.isdecimal() and len(t) < 20)
    return list(dict.fromkeys(n for n in found if 0 < n <= LARGEST_KEY))[:MOST]


def each(request: HttpRequest, rows: Iterable[T], do: Callable[[T], object], said: str, nothing: str) -> bool:
    """Do it to each, every one for itself; say how many went well (``said`` has ``%(n)s``) and why the others did not.

    False when nothing was done at all.
    """
    done, refused = 0, []
    for row in rows:
        try:
            do(row)
            done += 1
        except Refused as no:
            refused.append(str(no))
    if done:
        messages.success(request, said % {"n": done})
    for sentence in list(dict.fromkeys(refused))[:3]:
        messages.error(request, sentence)
    if len(set(refused)) > 3:
        messages.error(request, _("另有几件也没有办成，原因相近。"))
    if not (done or refused):
        messages.warning(request, nothing)
    return done > 0
