"""Chinese text as the office compares it: width folded, blanks and punctuation dropped, cut into bigrams."""

import re
import unicodedata

_NOT_WORD = re.compile(r"[\W_]+")


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
