"""States of an inspection and its findings, of a proposal, a sheet that came back, and a 巡察整改."""

from gangmu.common.moves import Moves

# 已列入 → 已下达 → 已到现场 → 已办结; what is not yet visited may be merged into another visit or called off;
# two of the programme may be split again until one is ordered.
INSPECTION = Moves(
    {
        "order": ("planned", "ordered"),
        "visit": ("ordered", "visited"),
        "close": ("visited", "closed"),
        "merge": ("planned ordered", "merged"),
        "split": ("merged", "planned"),
        "call_off": ("planned ordered", "called_off"),
    }
)
COMING = frozenset({"planned", "ordered"})
RUNNING = frozenset({"ordered", "visited"})
GONE = frozenset({"merged", "called_off"})

# 待整改 → 整改中 → 待复查 is the task's own state; a recheck closes the finding or sends it back.
FINDING = Moves(
    {
        "assign": ("open", "rectifying"),
        "recheck_pass": ("rectifying", "closed"),
        "recheck_fail": ("rectifying", "rectifying"),
    }
)

# An entry point brought home from a visit waits for the plan office.
PROPOSAL = Moves({"accept": ("waiting", "accepted"), "decline": ("waiting", "declined")})

# A filled sheet is read, looked over, and then written down as one or put aside.
SHEET = Moves({"adopt": ("read", "adopted"), "drop": ("read", "dropped")})

# 制定方案 → 集中整改 → 已报告 → 已评定, or once more (二次整改) after 一般 or 差.
CAMPAIGN = Moves(
    {
        "sign_plan": ("drafting again", "under_way"),
        "sign_report": ("under_way", "reported"),
        "pass": ("reported", "closed"),
        "again": ("reported", "again"),
    }
)
MEASURE = Moves({"assign": ("open", "assigned"), "check_off": ("assigned", "checked")})
