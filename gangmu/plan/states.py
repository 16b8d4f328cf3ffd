"""States of a plan and of an entry point, as tables of moves."""

from gangmu.common.moves import Moves

# 预览 → 草稿 → 已通过 → 已结束; a preview or draft can be dropped.
PLAN = Moves(
    {
        "confirm": ("preview", "draft"),
        "adopt": ("draft", "adopted"),
        "close": ("adopted", "closed"),
        "drop": ("preview draft", "dropped"),
    }
)

# 在推进 → 已见效, or ended without one; an effect that a later inspection finds gone can be reopened.
ENTRY_POINT = Moves(
    {
        "take_effect": ("open", "effective"),
        "reopen": ("effective", "open"),
        "untie": ("open", "untied"),
    }
)
EDITABLE_PLAN = frozenset({"preview", "draft"})
# Knots and reasons belong to a plan that is being drawn up or is in force; one that is closed or dropped is past.
BINDABLE_PLAN = EDITABLE_PLAN | {"adopted"}

# 草拟 → 待审议 → 已通过; one that is not wanted, or that the body does not adopt, is dropped.
AMENDMENT = Moves(
    {
        "propose": ("draft", "proposed"),
        "adopt": ("proposed", "adopted"),
        "drop": ("draft proposed", "dropped"),
    }
)
