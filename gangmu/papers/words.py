"""Small text helpers: blanks, full and half width, brackets, Chinese numerals."""

from __future__ import annotations

import re
import sys
from bisect import bisect_right

ZERO_WIDTH = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
BLANKS = re.compile("[ \t\u00a0\u2002-\u200a\u202f\u3000]+")
OPEN = "（(〔[【〈<"
CLOSE = "）)〕]】〉>"
_BRACKET = re.compile(rf"(?P<open>[{re.escape(OPEN)}])|[{re.escape(CLOSE)}]")
_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0, "两": 2, "Ｏ": 0, "O": 0}
_WIDE = {ord(c): ord(c) - 0xFEE0 for c in "０１２３４５６７８９％．"}


def tidy(text: str) -> str:
    """Drop zero-width characters, full-width digits to ASCII, runs of blanks to one, ends stripped; keeps newlines."""
    text = ZERO_WIDTH.sub("", text).replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    lines = (BLANKS.sub(" ", line).strip() for line in text.translate(_WIDE).split("\n"))
    return "\n".join(line for line in lines if line)


def bare(text: str) -> str:
    """Only letters, digits and Han characters: for comparing without blanks and punctuation."""
    return re.sub(r"[\W_]+", "", ZERO_WIDTH.sub("", text))


def squeeze(text: str) -> str:
    """Without any blank."""
    return re.sub(r"\s+", "", ZERO_WIDTH.sub("", text).replace("\u3000", ""))


def chinese_number(text: str) -> int | None:
    """二十三 -> 23, 一百零五 -> 105, 二〇二四 -> 2024; None when it is not a number."""
    if not text:
        return None
    if text.isascii() and text.isdigit():
        return int(text)
    if all(c in _DIGITS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for c in text:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in "十百":
            total += (digit or 1) * (10 if c == "十" else 100)
            digit = 0
        else:
            return None
    return total + digit


def to_chinese(number: int) -> str:
    """1..999 as a heading writes it: 1 -> 一, 12 -> 十二, 20 -> 二十, 105 -> 一百零五; others in figures."""
    if not 0 <= number <= 999:
        return str(number)
    digits = "零一二三四五六七八九"
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    head = f"{digits[hundreds]}百" if hundreds else ""
    if tens:
        ten = "十" if tens == 1 and not hundreds else f"{digits[tens]}十"
    else:
        ten = "零" if hundreds and ones else ""
    return head + ten + (digits[ones] if ones or not number else "")


# Words by which units and deadlines are recognised, as papers in traditional characters write them; same length.
_FOLDS = {
    "牽頭": "牵头", "負責": "负责", "責任": "责任", "單位": "单位", "部門": "部门", "時限": "时限", "時間": "时间", "領導": "领导",
    "職責": "职责", "參與": "参与", "協助": "协助", "實施": "实施", "落實": "落实", "會同": "会同", "有關": "有关", "相關": "相关",
    "組織": "组织", "進度": "进度", "節點": "节点",
}  # fmt: skip
_FOLD = re.compile("|".join(_FOLDS))


def fold(text: str) -> str:
    """Role words in traditional characters to simplified ones; names stay as they are."""
    return _FOLD.sub(lambda m: _FOLDS[m.group()], text)


def pairs(text: str) -> dict[int, int]:
    """Index of every opening bracket -> index of the one that closes it (widths may be mixed); unclosed ones are left out."""
    found: dict[int, int] = {}
    waiting: list[int] = []
    for mark in _BRACKET.finditer(text):
        if mark.lastgroup == "open":
            waiting.append(mark.start())
        elif waiting:
            found[waiting.pop()] = mark.start()
    return found


def closing(text: str, start: int) -> int:
    """Index of the bracket that closes the one at ``start``, or -1."""
    return pairs(text).get(start, -1)


def brackets(text: str) -> list[tuple[int, int]]:
    """(start, end) of every outermost bracket group in order, end exclusive."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(pairs(text).items()):
        if not found or start >= found[-1][1]:
            found.append((start, end + 1))
    return found


def inside(spans: list[tuple[int, int]], position: int) -> bool:
    """Does ``position`` lie in one of the sorted, disjoint spans?"""
    i = bisect_right(spans, (position, sys.maxsize)) - 1
    return i >= 0 and spans[i][0] <= position < spans[i][1]


def split_outside(text: str, marks: str) -> list[tuple[str, str]]:
    """Split at any of ``marks`` outside brackets and quotes; gives (piece, the mark that followed it)."""
    pieces: list[tuple[str, str]] = []
    start, i, closes = 0, 0, pairs(text)
    last = {quote: text.rfind(quote) for quote in "”》"}
    while i < len(text):
        c = text[i]
        # A bracket that never closes hides nothing.
        if c in OPEN:
            i = closes.get(i, i)
        elif c in "“《" and last["”" if c == "“" else "》"] > i:
            i = text.find("”" if c == "“" else "》", i)
        elif c in marks:
            pieces.append((text[start:i], c))
            start = i + 1
        i += 1
    pieces.append((text[start:], ""))
    return pieces
