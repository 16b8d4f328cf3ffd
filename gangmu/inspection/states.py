"""States of an inspection and of a finding."""

from gangmu.common.moves import Moves

# 已下令 → 已到现场 → 已办结
INSPECTION = Moves({"visit": ("ordered", "visited"), "close": ("visited", "closed")})

# 待整改 → 整改中 → 待复查 is the task's own state; a recheck closes the finding or sends it back.
FINDING = Moves(
    {
        "assign": ("open", "rectifying"),
        "recheck_pass": ("rectifying", "closed"),
        "recheck_fail": ("rectifying", "rectifying"),
    }
)
