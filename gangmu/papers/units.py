"""Lists of units and people: where to split, what to complete, what must be left as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gangmu.papers.words import chinese_number, split_outside, to_chinese

_CN = "一二三四五六七八九十"
UNIT_END = re.compile(
    r"(?:[局部委厅廳會處隊团办院会组处科室队府社团行所馆校署厂站台库段庭]|中心|公司|集团|支部|单位|部门|企业|党委|专班|园区|街道"
    r"|[省市县区州盟旗镇乡村]|银行|机构|机关|总社|工委|工商联|[妇残文侨科]联|作协|联盟|协会|基地|医院|法院|检察院|大学|学院|中队|大队|支队|检察|人员|干警|党员"
    r"|开发区|新区|小组|同志|领导|案管|控申|公诉|侦监|未检|民行|反贪|海关|卫健|发改|热线|政法|纪检|电网|干部|支行|分行|高新|各地)"
    r"(?:[（(〔\[【〈<].*[）)〕\]】〉>])?(?:等)?$"
)
# Openings that show a piece to be prose, not a name.
_PROSE = re.compile(r"^(?:确保|推进|完成|开展|加强|做好|落实|争取|并|同时|要|对|每|其中|详见|见附件)")
_GENERIC_RIGHT = re.compile(r"^(?:单位|部门|政府|机构|企业|人员|其他单位|其他部门|下属单位)")
_DUTY = re.compile(
    r"(?:等)?(?:要|应)?(?:按照?|依据|根据)?(?:各自|有关|部门|法定)?(?:职责|职能|责任|分工)(?:任务)?(?:分工)?"
    r"(?:分别|共同|抓好|各负其责)?(?:负责|落实|推进|配合|参与|组织实施)?(?:落实|实施|推进)?$"
)
_TAIL = re.compile(
    r"(?:分别|共同|具体|按要求)?(?:负责落实|负责实施|组织实施|分别负责|负责|牵头|落实|配合|参与|协助)$"
)
_LEVELS = re.compile(r"^各?[省市县区州盟旗镇乡]+(?:[（(〔\[【][^）)〕\]】]*[）)〕\]】])?$")
_SHARED_END = re.compile(
    r"((?:人民)?政府(?:[（(〔\[【][^）)〕\]】]*[）)〕\]】])?|管委会|党委|教育局|检察院|法院|党工委)$"
)
_LEVEL_LIST = re.compile(
    r"各[省市县区州盟旗镇乡]+(?:、[省市县区州盟旗镇乡]+)+(?=(?:人民)?政府|党委|管委会|有关|直|检察院)"
)
_ELIDED = re.compile(
    rf"第?([{_CN}\d]+)((?:[、,，和及](?:第)?[{_CN}\d]+)+)((?:检察|党|业务|审判)?(?:部门|部|支部|庭|组|处|科)(?:[（(][^）)]*[）)])?)"
)
_SPAN = re.compile(
    rf"第?([{_CN}\d]+)(?:至|到|—|-|~)第?([{_CN}\d]+)((?:检察|党|业务)?(?:部|支部|庭|组|处|科))"
)
_SPAN_FULL = re.compile(
    rf"第([{_CN}\d]+)((?:检察|党|业务)?(?:部|支部|庭|组|处|科))(?:至|到|—|-|~)第([{_CN}\d]+)\2"
)
_GUARD = "\ue000"
_SELECTORS = (
    (
        "LOWER_UNITS",
        re.compile(
            r"^(?:各|全市|全市各)?(?:基层|区县|县区|县级|下级|县市区)(?:人民)?(?:检察|法)?院$|^两级院$|^全市检察机关$|^各(?:区县|县区|县市区|基层)(?:人民检察)?院"
            r"|^各(?:县|区|县区|区县|市县|县市区|乡镇|镇街|镇|街道)(?:[（(〔][^）)〕]*[）)〕])?(?:人民)?(?:政府|党委)"
        ),
    ),
    (
        "LEADER_OF_EACH",
        re.compile(
            r"^各?(?:责任)?(?:部门|单位|条线)?(?:的)?(?:分管|责任|主管|包案|牵头)(?:院|县级|市级)?领导$|^各(?:部门|支部|单位)(?:主要)?负责人$|^(?:分管|相关|有关)院?领导$"
        ),
    ),
    (
        "ALL_BRANCHES",
        re.compile(
            r"^(?:机关)?(?:各|全体)(?:基层)?(?:党)?(?:总)?支部(?:委员会|委)?$|^各(?:基层)?党(?:组织|小组)$"
        ),
    ),
    (
        "BUSINESS_DEPTS",
        re.compile(
            r"^各?(?:检察业务|业务|检察|办案|刑事检察)(?:部门|部|条线)$|^各(?:检察业务|业务|检察|办案)(?:部门|部)"
        ),
    ),
    (
        "RELEVANT",
        re.compile(
            r"(?:有关|相关|涉及|责任)(?:主管|职能|责任|业务)?(?:单位|部门)|^属地|其[他它](?:成员单位|部门|单位|行业部门)|^(?:各)?成员单位$"
        ),
    ),
    (
        "ALL_DEPTS",
        re.compile(
            r"^(?:机关|院机关|本院|市院|全院)?(?:各|全体|全部|所有)(?:内设)?(?:部门|单位|处室|科室|机构|责任单位)$|^全院|^全体(?:党员|干警|人员)"
        ),
    ),
)


def selector(name: str) -> str | None:
    """The code of a vague unit: ALL_DEPTS, ALL_BRANCHES, BUSINESS_DEPTS, LOWER_UNITS, LEADER_OF_EACH, RELEVANT.

    RELEVANT (有关部门, 各责任部门) must be settled by a person.
    """
    for code, pattern in _SELECTORS:
        if pattern.search(name):
            return code
    return None


def looks_like_unit(name: str) -> bool:
    """A plausible unit name: ends as units do, is not a clause, at most 40 characters."""
    return bool(name) and len(name) <= 40 and bool(UNIT_END.search(name)) and not _PROSE.match(name)


_BODY_END = re.compile(
    r"(?:局|部门?|单位|委|办|院|室|厅|处|科|站|队|支部|总支|党委|纪委|工委|中心|公司|集团|银行|分行|支行|管委会|委员会|协会|小组|专班|街道|政府|办事处|联)"
    r"(?:[（(〔][^）)〕]{1,20}[）)〕])?$"
)
_VERB = re.compile(
    r"^(?:加强|推进|推动|建设|建立|健全|完善|提升|提高|开展|落实|做好|抓好|强化|优化|深化|打造|创建|组织|支持|严格|规范|压实|发挥|保障"
    r"|坚持|实施|持续|全面|切实|进一步|加快|促进|构建|聚焦|突出|着力|稳步|扎实|狠抓|培育|加大|拓展|深入|大力|积极|明确|成立|配强|用好|办好|建好)"
)


def body_name(text: str) -> bool:
    """Is this heading nothing but the name of a department or body (办公室, 第一检察部（刑检））?"""
    return (
        2 <= len(text) <= 20
        and bool(_BODY_END.search(text))
        and not _VERB.match(text)
        and not re.search(r"[，。；：:,;]", text)
    )


def named_first(text: str) -> tuple[list[str], str]:
    """``政治部、机关党委：负责…`` -> (the names, ``负责…``); ([], text) when the line does not begin with names."""
    found = re.match(
        r"^([^：:。；;]{2,300}?)(?:[：:]\s*|(?=(?:根据|按照|依据)[^。；]{2,60}?负责|负责|牵头))(\S.{3,})$",
        text,
        re.DOTALL,
    )
    if found is None:
        return [], text
    names = split_units(found[1])
    if not names or not all(body_name(n) or selector(n) for n in names):
        return [], text
    return names, found[2]


def _sequence(first: str, last: str) -> list[str]:
    a, b = chinese_number(first), chinese_number(last)
    if not a or not b or not a < b <= a + 30:
        return []
    return [to_chinese(n) for n in range(a, b + 1)]


def expand(text: str) -> str:
    """``第一、二、八检察部`` -> ``第一检察部、第二检察部、第八检察部``; ``第一至第三检察部`` likewise."""

    def listed(found: re.Match[str]) -> str:
        numbers = [found[1], *re.findall(rf"[{_CN}\d]+", found[2])]
        prefix = "第" if found[0].startswith("第") else ""
        return "、".join(f"{prefix}{n}{found[3]}" for n in numbers)

    def spanned(found: re.Match[str]) -> str:
        numbers = _sequence(found[1], found[2])
        prefix = "第" if found[0].startswith("第") else ""
        return "、".join(f"{prefix}{n}{found[3]}" for n in numbers) or found[0]

    short = _SPAN_FULL.sub(r"第\1至第\3\2", text)
    return _ELIDED.sub(listed, _SPAN.sub(spanned, short))


def _guard(text: str, names: Sequence[str]) -> tuple[str, list[str]]:
    """Hide known names (longest first) and level lists so that their 、 and brackets do not split them."""
    kept: list[str] = []

    def hide(found: re.Match[str]) -> str:
        kept.append(found.group())
        return f"{_GUARD}{len(kept) - 1}{_GUARD}"

    awkward = [n for n in names if re.search(r"[、，,和及与/（(\s]", n)]
    for name in sorted(awkward, key=len, reverse=True):
        text = re.sub(re.escape(name), hide, text)
    return _LEVEL_LIST.sub(hide, text), kept


def _unguard(text: str, kept: list[str]) -> str:
    for _ in range(2):
        text = re.sub(f"{_GUARD}(\\d+){_GUARD}", lambda m: kept[int(m[1])], text)
    return text


def _conjunctions(piece: str) -> list[str]:
    """Split at 和 及 与 以及 only between two whole names: 住房和城乡建设局 stays one."""
    for found in re.finditer(r"以及|[和及与]|会同", piece):
        left, right = piece[: found.start()], piece[found.end() :]
        if (
            not left
            or not right
            or _GENERIC_RIGHT.match(right)
            or not UNIT_END.search(right.removesuffix("等"))
        ):
            continue
        if (
            found.group() in ("以及", "会同")
            or left.endswith("等")
            or (UNIT_END.search(left) and len(left) > 1)
        ):
            if left.endswith(("发改", "卫健", "工业", "市场", "社会")):
                continue
            return [left, *_conjunctions(right)]
    return [piece]


def _clean(piece: str) -> list[str]:
    """One piece without duty phrases and 等; ``海关总署等有关部门`` gives the open unit too."""
    piece = re.sub(r"^(?:由|及|和|与|以及|并由|其他由)(?=.{2})", "", piece.strip(" \u3000。；;:：·•“”\"'．."))
    piece = _TAIL.sub("", _DUTY.sub("", piece)) if len(piece) > 3 else piece
    open_unit = re.search(r"等((?:各|有关|相关|其他)[^等]*(?:单位|部门|机构|企业)[^等]*)$", piece)
    if open_unit:
        return [piece[: open_unit.start()], open_unit[1]]
    return [re.sub(r"等(?:单位|部门|多?部门单位|\d+个?(?:部门|单位))?$", "", piece)]


def _shared_suffix(names: list[str]) -> list[str]:
    """``各市〔州〕、各县〔市、区〕人民政府``: the first takes over 人民政府."""
    for i in range(len(names) - 2, -1, -1):
        suffix = _SHARED_END.search(names[i + 1])
        if suffix and _LEVELS.match(names[i]) and names[i].startswith("各") and names[i + 1].startswith("各"):
            names[i] += suffix[1]
    return names


def split_units(value: str, known: Sequence[str] = ()) -> list[str]:
    """A list as written -> names as written, in order, without repeats. Prefixes left out (省…) are not added."""
    text, kept = _guard(expand(value.strip()), known)
    names: list[str] = []
    for piece, _ in split_outside(text, "、，,；;\n/|"):
        for part in re.split(r"(?<=[\u4e00-\u9fff）)])[ \u3000]+(?=[\u4e00-\u9fff])", piece.strip()):
            for half in _conjunctions(part):
                names.extend(_unguard(name.strip(), kept) for name in _clean(half))
    names = _shared_suffix([n for n in names if n and not n.isdigit()])
    return list(dict.fromkeys(names))


_POST = re.compile(
    r"(?:书记|检察长|主任|局长|部长|处长|科长|组长|委员|院长|市长|区长|县长|主席|秘书长|专职|专委|成员|队长|所长|主委|会长|负责人)$"
)


def split_people(value: str) -> list[str]:
    """``党组书记、检察长×××；王某某`` -> two people: the 、 between two posts of one person does not split."""
    people: list[str] = []
    value = re.sub(r"[（(]\s*共?\s*\d+\s*[项条个件]\s*[）)]", "", value)
    for group in re.split(r"[；;，,\n/]|\s{1,}", value.strip(" 。")):
        held = ""
        for piece in (p for p, _ in split_outside(group, "、")):
            held = f"{held}、{piece}" if held else piece
            if not _POST.search(piece.strip()) or re.search(r"各.*领导", piece):
                people.append(held.strip())
                held = ""
        if held:
            people.append(held.strip())
    return list(dict.fromkeys(p for p in people if p))
