"""What every page knows: the ten words, who is signed in, which unit, which day. No queries of its own."""

from dataclasses import dataclass
from typing import Any

from django.contrib.messages import get_messages
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext as _

from gangmu.common import clock


@dataclass(frozen=True)
class NavWord:
    """One of the ten words of the top bar."""

    word: str
    name: str
    url: str
    current: bool


# First word of a view name -> the room it belongs to. A view named outside its room's words is listed here.
ROOMS: dict[str, tuple[str, ...]] = {
    "home": ("home", "today"),
    "netmap": ("netmap",),
    "plan_list": ("plan", "item", "directive", "point", "amendment", "skin", "entry"),
    "meeting_list": ("meeting", "agenda", "decision", "body", "calendar"),
    "task_list": ("task", "issue", "mobilisation"),
    "inspection_list": ("inspection", "visit", "finding", "proposal", "rectification"),
    "party_life": ("party", "branch", "member", "dues", "study", "people", "person", "rosters", "roster"),
    "checkup": ("checkup", "rule", "lamp", "verdict"),
    "review": ("review", "duty", "appraisal", "honour"),
    "paper_list": ("paper", "import", "export"),
}


def _words() -> dict[str, str]:
    return {
        "home": _("今日"),
        "netmap": _("纲目图"),
        "plan_list": _("计划"),
        "meeting_list": _("会议"),
        "task_list": _("任务"),
        "inspection_list": _("督查"),
        "party_life": _("党务"),
        "checkup": _("体检"),
        "review": _("述评"),
        "paper_list": _("文书"),
    }


def room_of(view_name: str) -> str:
    """The nav entry a view belongs to: by its namespace or the first word of its name; "" when to none."""
    first = view_name.replace(":", "_").split("_")[0]
    return next((room for room, firsts in ROOMS.items() if first in firsts), "")


def nav(view_name: str) -> list[NavWord]:
    """The ten words in their order; a room that has no page yet is left out."""
    here, entries = room_of(view_name), []
    for name, word in _words().items():
        try:
            entries.append(NavWord(word, name, reverse(name), name == here))
        except NoReverseMatch:
            continue
    return entries


def _me(request: HttpRequest) -> dict[str, str] | None:
    actor = getattr(request, "actor", None)
    if not actor or not getattr(actor, "name", ""):
        return None
    return {"name": actor.name, "post": getattr(actor, "post_title", "") or ""}


def shell(request: HttpRequest) -> dict[str, Any]:
    """Template context of the frame around every page."""
    match = getattr(request, "resolver_match", None)
    me = _me(request)
    return {
        "nav": nav(match.view_name or "" if match else "") if me else [],
        "me": me,
        "unit_name": getattr(getattr(request, "actor", None), "unit_name", "") or "",
        "today": clock.today(),
        "messages": get_messages(request),
    }
