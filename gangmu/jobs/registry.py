"""What kinds of jobs there are, and which work is done every night. Declared by the rooms above, at start-up.

A kind::

    @register("papers.bundle")
    def bundle(run: Run, *, rule: str, period: str) -> Made:
        run.expect(len(records))
        for record in records:
            run.step(note=str(record))
        return Made(path=run.file(), name="迎检材料.zip")

A refusal (``gangmu.common.errors.Refused``) becomes the job's message; anything else is logged and said in general words.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from gangmu.org.actor import Actor


@dataclass(frozen=True)
class Made:
    """What a job leaves: a file (``path`` from ``run.file()``, ``name`` for the browser) or a page to go to."""

    path: Path | None = None
    name: str = ""
    link: list[Any] = field(default_factory=list)
    message: str = ""


class Run(Protocol):
    """What a runner is handed: who asked, how to say how far it is, and where to write."""

    actor: Actor

    def expect(self, total: int, note: str = "") -> None: ...
    def step(self, count: int = 1, note: str = "") -> None: ...
    def file(self) -> Path: ...
    def upload(self) -> bytes: ...


Runner = Callable[..., Made]
_runners: dict[str, Runner] = {}
_nightly: dict[str, Callable[[], object]] = {}


def register(kind: str) -> Callable[[Runner], Runner]:
    """Raises ``ValueError`` for a kind that is taken."""

    def put(run: Runner) -> Runner:
        if kind in _runners:
            raise ValueError(kind)
        _runners[kind] = run
        return run

    return put


def runner(kind: str) -> Runner:
    """Raises ``KeyError`` for an unknown kind."""
    return _runners[kind]


def nightly(name: str, do: Callable[[], object]) -> None:
    """Have ``do`` called once a night by whichever worker comes first."""
    _nightly[name] = do


def every_night() -> dict[str, Callable[[], object]]:
    return dict(_nightly)
