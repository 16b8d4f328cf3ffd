"""A table of moves between states. Pure: no Django, no database."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Move:
    """From any of ``sources`` to ``target``."""

    sources: frozenset[str]
    target: str


class Moves:
    """``{verb: ("from1 from2", "to")}`` as an object that answers what is possible.

    Raises ``KeyError`` for an unknown verb and ``IllegalMove`` for a move that the table does not have.
    """

    def __init__(self, table: dict[str, tuple[str, str]]) -> None:
        self._moves = {
            verb: Move(frozenset(sources.split()), target) for verb, (sources, target) in table.items()
        }

    def target(self, verb: str, state: str) -> str:
        """The state after ``verb``."""
        move = self._moves[verb]
        if state not in move.sources:
            raise IllegalMove(verb, state)
        return move.target

    def allows(self, verb: str, state: str) -> bool:
        return state in self._moves[verb].sources

    def verbs(self, state: str) -> list[str]:
        """Verbs that are possible in ``state``, in the order of the table."""
        return [verb for verb, move in self._moves.items() if state in move.sources]

    def sources(self, verb: str) -> frozenset[str]:
        return self._moves[verb].sources

    def states(self) -> set[str]:
        out: set[str] = set()
        for move in self._moves.values():
            out |= move.sources | {move.target}
        return out

    def reachable(self, start: str, without: Iterable[str] = ()) -> set[str]:
        """All states that can be reached from ``start`` (itself included)."""
        skip, seen, todo = set(without), {start}, [start]
        while todo:
            state = todo.pop()
            for verb, move in self._moves.items():
                if verb not in skip and state in move.sources and move.target not in seen:
                    seen.add(move.target)
                    todo.append(move.target)
        return seen


class IllegalMove(Exception):
    """The table has no such move."""

    def __init__(self, verb: str, state: str) -> None:
        super().__init__(f"{verb} from {state}")
        self.verb = verb
        self.state = state
