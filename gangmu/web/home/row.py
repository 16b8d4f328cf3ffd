"""One row of the home page, and the words that its sources share."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Need:
    """State, what, why you, one action."""

    level: str
    word: str
    title: str
    href: str
    why: str = ""
    track: str = ""
    act: str = ""


def side(track: str) -> str:
    return "party" if track == "gang" else "business"


def join(*parts: str) -> str:
    return " · ".join(p for p in parts if p)
