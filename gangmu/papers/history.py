"""What a paper says was done (进展情况, 整改情况 …) is history without a day: kept with its item, apart from what is to be done."""

from __future__ import annotations

import re

from gangmu.papers.model import Item, Outline

_TOLD = re.compile(
    r"^(?:目前|最新)?(?:进展|整改|完成|落实|推进|办理|工作)(?:进展|落实|完成)?(?:情况|成效|进度|结果)\s*[:：]\s*\S"
)
_FIELD = re.compile(r"时限|期限|责任|牵头")


def settle(out: Outline) -> None:
    """Move such lines from the text of items, and from the notes that follow an item at once, into its history."""
    last: dict[int, Item] = {}
    for item in out.walk():
        lines = item.text.split("\n")
        told = [line for line in lines if _told(line)]
        item.history.extend(line for line in told if line not in item.history)
        if told:
            item.text = "\n".join(line for line in lines if line not in told)
        for no in item.paragraphs:
            last[no] = item
    for note in list(out.notes):
        above = last.get(note.paragraph - 1)
        if above is None or not above.task or not _told(note.text):
            continue
        above.history.append(note.text)
        above.paragraphs.append(note.paragraph)
        last[note.paragraph] = above
        out.notes.remove(note)


def _told(line: str) -> bool:
    return bool(_TOLD.match(line)) and not _FIELD.search(line[:12])
