"""States of a task (立项 – 签收 – 反馈 – 核查 – 销号), of changes, issues and mobilisation orders, as tables of moves."""

from gangmu.common.moves import Moves

TASK = Moves(
    {
        "sign": ("issued", "under_way"),
        "report": ("under_way", "under_way"),
        "submit": ("under_way", "submitted"),
        "send_back": ("submitted verified", "under_way"),
        "verify": ("submitted", "verified"),
        "close": ("verified", "closed"),
        "cancel": ("issued under_way suspended", "cancelled"),
        "break_down": ("under_way", "under_way"),
        "review": ("under_way", "under_way"),
        "suspend": ("under_way", "suspended"),
        "resume": ("suspended", "under_way"),
        "hand_over": ("issued under_way", "issued"),
    }
)
OPEN = frozenset({"issued", "under_way", "submitted", "verified"})
DONE = frozenset({"verified", "closed"})
RUNNING = OPEN - DONE  # somebody still has to do something, and the clock runs
LIVE = frozenset({"issued", "under_way"})  # in the owner's hands

CHANGE = Moves(
    {
        "approve": ("asked", "approved"),
        "refuse": ("asked", "refused"),
        "withdraw": ("asked", "withdrawn"),
    }
)
ISSUE = Moves(
    {
        "write_up": ("raised", "raised"),
        "put_forward": ("raised", "raised"),
        "study": ("raised", "studied"),
        "resolve": ("studied", "resolved"),
        "drop": ("raised studied", "dropped"),
    }
)
MOBILISATION = Moves(
    {
        "ask_for": ("draft", "draft"),
        "leave_out": ("draft", "draft"),
        "order": ("draft", "in_force"),
        "give": ("in_force", "in_force"),
        "settle": ("in_force", "settled"),
        "call_off": ("draft in_force", "called_off"),
    }
)
TASK_CHANGES = frozenset({"suspend", "resume", "hand_over"})  # kinds of changes that are moves of the task
