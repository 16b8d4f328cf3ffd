"""States of a meeting as a table of moves."""

from gangmu.common.moves import Moves

# 拟开 → 已记 → 定稿; a meeting that was not held is called off.
MEETING = Moves(
    {
        "record": ("planned recorded", "recorded"),
        "finalise": ("recorded", "final"),
        "call_off": ("planned", "called_off"),
    }
)
OPEN = frozenset({"planned", "recorded"})
# A paper of minutes that came in: looked over and taken into a meeting, or dropped.
MINUTES = Moves({"take": ("preview", "taken"), "drop": ("preview", "dropped")})
