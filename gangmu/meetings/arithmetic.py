"""Quorum and passing lines, exactly as the regulations count: on those *due*, never on those present."""

import re
from fractions import Fraction

_LINE = re.compile(r"(>=|>)(\d+)/(\d+)")


def reaches(count: int, base: int, line: str) -> bool:
    """Whether ``count`` of ``base`` people reaches ``line`` (``">=1/2"`` 半数以上, ``">1/2"`` 超过半数).

    Nobody due means nothing is reached. Raises ``ValueError`` for a line in another form.
    """
    comparator, share = parse(line)
    if base <= 0:
        return False
    reached = Fraction(count, base)
    return reached >= share if comparator == ">=" else reached > share


def parse(line: str) -> tuple[str, Fraction]:
    found = _LINE.fullmatch(line)
    if not found:
        raise ValueError(line)
    return found[1], Fraction(int(found[2]), int(found[3]))


def least(base: int, line: str) -> int:
    """The smallest number of people that reaches the line: what the page tells before the vote."""
    return next(n for n in range(base + 2) if reaches(n, max(base, 1), line))
