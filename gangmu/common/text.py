"""Chinese text as the office compares it: width folded, blanks and punctuation dropped, cut into bigrams."""

import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")
_PARTICLES = frozenset("的了得地以把被在和与及等")  # data


def fold(text: str) -> str:
    """NFKC, lower case, without blanks and punctuation."""
    return _NOT_WORD.sub("", unicodedata.normalize("NFKC", text)).lower()


def bigrams(text: str) -> set[str]:
    folded = fold(text)
    return {folded[i : i + 2] for i in range(len(folded) - 1)} or ({folded} if folded else set())


def similarity(one: str, other: str) -> float:
    """Dice coefficient of the bigrams, 0..1."""
    a, b = bigrams(one), bigrams(other)
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0


def same_matter(one: str, other: str) -> float:
    """Dice coefficient of the characters without the particles, 0..1: the same said in another order stays alike."""
    a, b = (set(fold(text)) - _PARTICLES for text in (one, other))
    return 2 * len(a & b) / (len(a) + len(b)) if a and b else 0.0
