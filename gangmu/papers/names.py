"""Names of files that every system takes: no characters of paths, not too long, none twice."""

from __future__ import annotations

import re
import unicodedata

LONGEST = 120  # UTF-16 units of a whole path inside an archive
_WIDE = str.maketrans('<>:"/\\|?*', "＜＞：＂／＼｜？＊")
_RESERVED = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def part(text: str) -> str:
    """One part of a path: what Windows forbids becomes its wide form; never empty, never a way up."""
    text = unicodedata.normalize("NFC", text).translate(_WIDE)
    text = re.sub(r"\s+", " ", "".join(c for c in text if unicodedata.category(c)[0] != "C" or c.isspace()))
    text = text.strip(" .")
    return f"_{text}" if _RESERVED.match(text) else text or "_"


def _long(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


class Names:
    """Hands out paths inside one archive."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def path(self, folder: str, text: str, suffix: str) -> str:
        """``folder/text.suffix``; the text is cut to fit, and numbered when the path is taken (case is no difference)."""
        start = f"{part(folder)}/" if folder else ""
        name = part(text)
        for number in range(1, 1_000_000):
            mark = f"（{number}）" if number > 1 else ""
            end = f"{mark}.{suffix}"
            while _long(start + name + end) > LONGEST:
                name = name[:-1].rstrip(" .") or "_"
            found = start + name + end
            if found.casefold() not in self._taken:
                self._taken.add(found.casefold())
                return found
        raise ValueError(text)
