"""Lists of people as minutes write them: posts before or after the names, blanks inside two-character names, reasons."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from gangmu.papers.model import Plain
from gangmu.papers.units import looks_like_unit
from gangmu.papers.words import split_outside

_POSTS = r"书记|检察长|检察官|主任|部长|局长|处长|科长|组长|委员|院长|队长|政委|专职|专委|成员|所长|会长|负责人|干事|联络员|支委|组织员|秘书长|秘书|党员|干警|助理|代表"
_POST = re.compile(rf"^\S*(?:{_POSTS})$")
_TITLED = re.compile(
    rf"^\S*?(?:{_POSTS}|部|室|处|科|局|支队|大队|中心|支部|党委|党组|纪委|办|组)(?P<name>[\u4e00-\u9fff]{{2,4}})$"
)
_NAME = re.compile(
    r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff][某×xX]{1,2}|[\u4e00-\u9fff]{1,7}[·•．][\u4e00-\u9fff]{1,12}"
)
_REASON = re.compile(
    r"^(?P<name>[\u4e00-\u9fff·]{2,4}?)(?:同志)?(?P<why>(?:因|出差|请假|休假|病假|事假|办案|开庭|出庭|培训|学习|公务|外出|在外)\S*)$"
)
_NONE = re.compile(r"^(?:无|没有|/|—+|-+|空)$")
_SPACED = re.compile(r"(?<![\u4e00-\u9fff])([\u4e00-\u9fff])[ \u3000]+([\u4e00-\u9fff])(?![\u4e00-\u9fff])")
_COUNT = re.compile(r"(?:等|共)?\s*[（(]?(?:共)?\d{1,3}[人名](?:参加|出席|列席)?[）)]?$")
_NO_NAME = re.compile(r"全体|各|有关|相关|人员|负责|班子|领导|成员|党员|干警|同志|会议|部门|单位|下列|以下")


@dataclass(frozen=True)
class Named(Plain):
    """A person as written; ``note``: what stood in brackets or after the name (a post, a reason)."""

    name: str
    note: str = ""


def split_names(value: str, known: Sequence[str] = ()) -> tuple[list[Named], list[str]]:
    """A list as written -> (people in order, pieces that are no name). ``known`` names are recognised with any post."""
    found: list[Named] = []
    rest: list[str] = []
    text = _SPACED.sub(r"\1\2", _COUNT.sub("", value.strip(" 。；;")))
    for group, _mark in split_outside(text, "、，,；;\n"):
        for piece in re.split(r"(?<=[\u4e00-\u9fff）)])\s+(?=[\u4e00-\u9fff])", group.strip()):
            _piece(piece.strip(" 。"), known, found, rest)
    return list({n.name: n for n in reversed(found)}.values())[::-1], rest


def _piece(piece: str, known: Sequence[str], found: list[Named], rest: list[str]) -> None:
    note = "；".join(m.strip("（）()") for m in re.findall(r"[（(][^（()）]*[）)]", piece))
    core = re.sub(r"[（(][^（()）]*[）)]?", "", piece).strip()
    core = re.sub(r"(?:等)?(?:\d{1,3}[人名])?(?:等)?(?:同志)?$", "", core)
    if not core or _NONE.match(core):
        return
    own = next((n for n in sorted(known, key=len, reverse=True) if core.endswith(n)), "")
    reason = _REASON.match(core)
    if own:
        found.append(Named(own, note or core.removesuffix(own)))
    elif reason and (reason["name"] in known or not known or len(reason["name"]) in (2, 3)):
        found.append(Named(reason["name"], reason["why"]))
    elif _POST.match(core) and not re.search(r"各|班子|全体|有关|相关|及", core):
        return  # a post before the name that follows: 党组书记、检察长某某
    elif (
        _NAME.fullmatch(core) and not _NO_NAME.search(core) and not (looks_like_unit(core) and len(core) > 3)
    ):
        found.append(Named(core, note))
    elif (titled := _TITLED.match(core)) and not _NO_NAME.search(titled["name"]):
        found.append(Named(titled["name"], note or core[: titled.start("name")]))
    elif not looks_like_unit(core):
        rest.append(piece)
