"""The Keystroke-Level Model (Card, Moran and Newell 1980): what the browser saw → seconds of an expert's time.

Pure. Operators in seconds: K 0.28 a key, P 1.10 a pointing, B 0.10 a button going down or up, H 0.40 a hand moved
between keyboard and mouse, M 1.35 a mental step. Where a mental step is put:

* before every pointing, unless it points at the very thing just pointed at;
* before the first key of a piece of text of one's own (the keys of the text itself are counted apart);
* before a key that commands something (Enter, a letter, an arrow), but not before Tab and not before an Enter that ends
  what was just typed (a terminator), nor before the same key once more (one decision);
* before a choice or figure typed into a field that is not free text, once for the field.

A turn of the wheel, however long, counts as one pointing. The machine's own time (R) is left out.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

K, P, B, H, M = 0.28, 1.10, 0.10, 0.40, 1.35


@dataclass(frozen=True)
class Seen:
    """One thing the browser saw. ``what``: key | down | up | wheel; ``where``: a name of the field or thing touched.

    ``text``: a character of one's own words in a free text field. ``entry``: goes into a field that is not free text.
    """

    what: str
    key: str = ""
    where: str = ""
    text: bool = False
    entry: bool = False


@dataclass
class Tally:
    """How many of each operator. ``text_keys`` are the keys of one's own words, not part of ``seconds``."""

    k: int = 0
    p: int = 0
    b: int = 0
    h: int = 0
    m: int = 0
    text_keys: int = 0
    fields: set[str] = field(default_factory=set)

    @property
    def seconds(self) -> float:
        return round(self.k * K + self.p * P + self.b * B + self.h * H + self.m * M, 1)

    @property
    def text_seconds(self) -> float:
        return round(self.text_keys * K, 1)

    def to_dict(self) -> dict[str, float | int]:
        return {
            "seconds": self.seconds, "fields": len(self.fields), "keys": self.k, "pointings": self.p, "clicks": self.b // 2,
            "hand_moves": self.h, "mental_steps": self.m, "own_text_keys": self.text_keys,
            "own_text_seconds": self.text_seconds,
        }  # fmt: skip


def tally(seen: Iterable[Seen]) -> Tally:
    """Count the operators of a sequence of events. The hands begin on the mouse."""
    out, last, hand = Tally(), Seen("start"), "mouse"
    for now in seen:
        device = "keyboard" if now.what == "key" else "mouse"
        if device != hand:
            out.h, hand = out.h + 1, device
        if now.what == "key":
            _key(out, now, last)
        elif now.what == "wheel":
            out.p += last.what != "wheel"
        elif now.what == "down":
            again = last.what == "up" and last.where == now.where
            out.p, out.m, out.b = out.p + (not again), out.m + (not again), out.b + 1
        else:
            out.b += 1
        last = now
    return out


def _key(out: Tally, now: Seen, last: Seen) -> None:
    same_field = last.what == "key" and last.where == now.where
    if now.text:
        out.text_keys += 1
        out.m += not (same_field and last.text)
        return
    out.k += 1
    if now.entry:
        out.m += not (same_field and last.entry)
    elif now.key == "Tab" or (now.key == "Enter" and same_field and (last.text or last.entry)):
        return
    else:
        out.m += not (last.what == "key" and last.key == now.key and not last.text)
