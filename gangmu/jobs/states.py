"""States of a job as a table of moves."""

from gangmu.common.moves import Moves

JOB = Moves(
    {
        "begin": ("waiting", "running"),
        "finish": ("running", "done"),
        "fail": ("waiting running", "failed"),
    }
)
OPEN = frozenset({"waiting", "running"})
