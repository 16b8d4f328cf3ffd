"""States of an honour, as a table of moves: what was withdrawn stays as it is."""

from gangmu.common.moves import Moves

HONOUR = Moves(
    {
        "edit": ("given", "given"),
        "link": ("given", "given"),
        "unlink": ("given", "given"),
        "withdraw": ("given", "withdrawn"),
    }
)
