"""States of a task (立项 – 签收 – 反馈 – 核查 – 销号) as a table of moves."""

from gangmu.common.moves import Moves

TASK = Moves(
    {
        "sign": ("issued", "under_way"),
        "report": ("under_way", "under_way"),
        "submit": ("under_way", "submitted"),
        "send_back": ("submitted verified", "under_way"),
        "verify": ("submitted", "verified"),
        "close": ("verified", "closed"),
        "cancel": ("issued under_way", "cancelled"),
    }
)
OPEN = frozenset({"issued", "under_way", "submitted", "verified"})
DONE = frozenset({"verified", "closed"})
