"""A marked paper must not be kept: finds 秘密 / 机密 / 绝密 at the head of a paper."""

from __future__ import annotations

import re
from collections.abc import Sequence

_WORD = r"(?:绝\s*密|机\s*密|秘\s*密)"
_TERM = r"(?:长\s*期|[\d一二三四五六七八九十两]+\s*(?:年|个月|月)|解密\S*)"
_STARRED = re.compile(rf"(?<!国家){_WORD}\s*[★☆*＊✩✭]")
_ALONE = re.compile(
    rf"^(?:密\s*级\s*[:：]?\s*)?[(（【\[]?\s*{_WORD}\s*[★☆*＊]?\s*{_TERM}?\s*[)）】\]]?(?:\s*特\s*急|\s*加\s*急)?$"
)
_LABELLED = re.compile(rf"密\s*级\s*[:：]\s*{_WORD}")
HEAD = 20  # paragraphs


def marked(paragraphs: Sequence[tuple[str, str]]) -> bool:
    """(text, kind) of every paragraph -> is the paper marked? Looks at the head, at headers and text boxes."""
    body = [text for text, kind in paragraphs if kind not in ("header", "box")][:HEAD]
    edges = [text for text, kind in paragraphs if kind in ("header", "box")]
    for text in [*body, *edges]:
        for line in text.split("\n"):
            if _STARRED.search(line[:80]) or _ALONE.match(line.strip()) or _LABELLED.search(line[:80]):
                return True
    return False
