"""Setting a line of Chinese: how wide it is, and where a long title is broken."""

from __future__ import annotations

from math import ceil

_NEVER_FIRST = "的了和与及、，。；：）》”〕]项年月日号次"
_NEVER_LAST = "《（“〔第《"
_GOOD_AFTER = "的于和与、：；，》”）度"


def columns_of(text: str) -> float:
    """Width in Chinese characters: a Latin letter or a digit takes half of one."""
    return sum(0.5 if ord(c) < 0x2000 else 1.0 for c in text)


def balanced(text: str, most: int) -> list[str]:
    """A title in as few lines as it needs, of like length, broken where a reader may pause."""
    text = text.strip()
    count = ceil(columns_of(text) / most) if text else 1
    if count <= 1:
        return [text]
    wanted = len(text) / count
    lines: list[str] = []
    rest = text
    while len(lines) < count - 1 and len(rest) > 1:
        cut = min(range(1, len(rest)), key=lambda i: _cost(rest, i, wanted))
        lines.append(rest[:cut])
        rest = rest[cut:]
    return [*lines, rest]


def _cost(text: str, cut: int, wanted: float) -> float:
    before, after = text[cut - 1], text[cut]
    if after in _NEVER_FIRST or before in _NEVER_LAST or (before.isascii() and after.isascii()):
        return 1000 + abs(cut - wanted)
    return abs(cut - wanted) - (2.5 if before in _GOOD_AFTER else 0)
