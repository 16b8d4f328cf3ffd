"""Deadlines inside sentences: which date is when it must be done, and which is a window, a goal or a condition."""

from __future__ import annotations

import re

from gangmu.papers.dates import BEFORE, Point, due_of, joined, points, rhythm
from gangmu.papers.model import Due
from gangmu.papers.units import body_name, looks_like_unit, split_units

_BOUND = re.compile(
    r"(?:截至|截止到?|自|从|[日起]起至|起至|^至|有效期至?|延[续长]至|执行至|实施至|对|凡|按照|根据|较|比|以"
    r"|约定(?:应|须)?(?:在|于)?|时间(?:在|为|是)|允许[^，。；,;]{0,12}|可以?(?:在|于)?)$"
)
# What is granted until a day is a policy window, not a task's deadline.
_GRANT = re.compile(
    r"予以|给予|奖励|补贴|优惠|减免|免[征收]|减半|减按|退税|返还|补助|缓缴|执行新|适用|计征|展期|不再|允许"
    r"|(?<!不)可(?:以|按|在|于|先|申请|凭|享受|通过|采取|一次性|展期|实施|分期|提前)"
)
_CONDITION = re.compile(r"的(?:[^，。；,;、]{0,8})?$")
_DO = re.compile(
    r"完成|建成|开工|投产|投用|出台|制定|印发|召开|举办|上线|实现|报送|形成|启动|达到|建立|开展|落实|组织|提交|办结"
)
_AIM = re.compile(r"(?:力争|确保|争取|计划|拟|务必|原则上|须|需|要|应|于|在|最迟)(?:于|在)?$")
_FIRM = re.compile(
    r"完成|建成|出台|制定|印发|开工|投产|报送|力争|确保|务必|开展|举办|召开|达到|实现|新增|培育|评定"
)
_MUST = re.compile(r"(?:力争|确保|争取|计划|拟|务必|原则上|须|需|要|应|最迟)(?:于|在)?$")
_FAILED = re.compile(r"^(?:无法|未能|未|不能|仍未|尚未)")
_STARTED = re.compile(r"^\s*(?:起|开始|以来|以后|后|之后|当年|以上|至|到|—|-)")
_NEAR = 300  # characters around a date that are looked at
_MANY = 200  # dates in one item beyond which it is no sentence any more
_QUOTED = re.compile(r"《[^《》]*》|“[^“”]*”|〔[^〔〕]*〕\s*\d+\s*号")


def _mask(text: str) -> str:
    """Titles of papers and quotations hold years that are no deadlines; lengths stay."""
    return _QUOTED.sub(lambda m: "＿" * len(m.group()), text)


def _clause(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands before the date in its clause, and after it up to the next comma or stop."""
    before = re.split(r"[，。；,;：:、（(]", text[max(0, start - _NEAR) : start])[-1]
    after = re.split(r"[，。；,;：:）)]", text[end : end + _NEAR], maxsplit=1)[0]
    return before, after


def _is_deadline(text: str, point: Point) -> bool:
    """Is this date expression a time by which the thing must be done?"""
    before, after = _clause(text, point.start, point.end)
    if _BOUND.search(before) or point.span or point.grain == "year":
        return False
    marked = BEFORE.match(text[point.end : point.end + _NEAR])
    if marked:
        rest = after[marked.end() :] if len(after) >= marked.end() else ""
        if point.grain == "soft" and not re.search(r"年底|年末|季度|上半年", point.raw):
            return False
        if before.endswith(("对", "将", "凡", "给予", "已")) or re.search(r"对[^，。；]{0,6}$", before):
            return False
        sentence = re.split(r"[。；;]", text[point.end : point.end + _NEAR], maxsplit=1)[0]
        if _GRANT.search(sentence) and not _MUST.search(before) and not _FIRM.search(sentence):
            return False
        if _FAILED.match(rest.strip()):
            return False
        return not (
            rest.endswith("的") or (_CONDITION.search(rest) and not _DO.search(rest.rsplit("的", 1)[0]))
        )
    if (
        point.grain not in ("day", "month")
        or _STARTED.match(text[point.end : point.end + _NEAR])
        or re.match(r"\s*前", after)
    ):
        return False
    sentence = re.split(r"[。；;]", text[point.end : point.end + _NEAR], maxsplit=1)[0]
    return bool(
        re.search(r"(?:底|末|旬|[日号])$", point.raw) and _AIM.search(before) and _DO.search(sentence)
    )


def _leading(text: str, found: list[Point]) -> Point | None:
    """``3-4月：组织…``, ``4月底前，完成…``: the paper begins with its time."""
    if not found or found[0].start > 1 or (found[0].grain in ("soft", "year") and not found[0].span):
        return None
    rest = text[found[0].end : found[0].end + _NEAR]
    sentence = re.split(r"[。；;]", rest, maxsplit=1)[0]
    if _GRANT.search(sentence) and not _FIRM.search(sentence):
        return None
    if re.match(r"\s*(?:[:：]|前[，,]|前?完成|[，,])|\s*(?=[对按继组开完召制])", rest) and (
        found[0].span or re.match(r"\s*[:：前]", rest)
    ):
        return found[0]
    return None


_REGULAR = re.compile(
    r"(?:每(?:两)?(?:周|月|季度?|半年|年)度?|按(?:月|季度?))(?:至少|不少于|定期|集中|固定|都要|要)*"
    r"(?:开展|组织|召开|学习|通报|报送|检查|听取|研究|汇报|调度|举办|[^，。；可]{0,6}?(?<!\d)[1-9一二两三四]\s*次)"
)


_AFTER = re.compile(
    r"(?:会后|(?:收到|接到)[^，。；]{0,16}后|(?:印发|下发|发布|反馈|启动|结束|交办)(?:之日)?(?:起|后))"
    r"[\d一二三四五六七八九十两]{1,3}个?(?:工作日|日|天|月|周)之?以?内"
)
_LASTING = re.compile(
    r"[，；]\s*(?:并)?(?:长期坚持|持续推进|常态化(?:推进|开展|坚持)|贯穿全年)\s*[。；]?\s*$"
)


def _loose(text: str) -> Due | None:
    """A rhythm, ``收到通知后5个工作日内`` or a closing ``，长期坚持``: a time without a day."""
    after = _AFTER.search(text)
    if after:
        return Due("relative", after.group(), guessed=True)
    lasting = _LASTING.search(text)
    return _regular(text) or (
        Due("ongoing", lasting.group().strip("，；。 "), guessed=True) if lasting else None
    )


def _regular(text: str) -> Due | None:
    """``党组会每月至少学习1次`` is a rhythm; ``每月补贴500元`` is none."""
    found = _REGULAR.search(text)
    beat = rhythm(text[found.start() : found.end() + 8]) if found else None
    return Due("recurring", found.group(), rhythm=beat, guessed=True) if found and beat else None


def prose_due(text: str, *, year: int) -> tuple[Due | None, list[str]]:
    """A sentence or paragraph -> (deadline or None, soft times such as 上半年 that are only offered)."""
    masked = _mask(text)
    found = joined(masked, points(masked, year=year))[:_MANY]
    if re.match(r"\s*(?:全年|长期|常年)[:：]", masked):
        return Due("ongoing", masked.strip()[:2]), []
    first = _leading(masked, found)
    if first:
        return due_of([first], first.raw, guessed=not first.span), []
    hard: list[Point] = []
    soft: list[str] = []
    for point in found:
        if point.feast and BEFORE.match(masked[point.end : point.end + 8]):
            soft.append(point.raw)
        elif _is_deadline(masked, point):
            hard.append(point)
        elif point.grain in ("soft",) and not _BOUND.search(_clause(masked, point.start, point.end)[0]):
            soft.append(point.raw)
    if not hard:
        return _loose(masked), list(dict.fromkeys(soft))
    raws = [
        masked[p.start : p.end]
        + (m.group().strip() if (m := BEFORE.match(masked[p.end : p.end + 8])) else "")
        for p in hard
    ]
    return due_of(hard, "；".join(dict.fromkeys(raws)), guessed=True), list(dict.fromkeys(soft))


_BY = re.compile(
    r"由(?P<lead>[^，。；,;由]{2,40}?)(?:负责)?(?P<role>牵头|主办|负责)(?:[^，。；,;、]{0,8})?"
    r"(?:[，,、](?P<co>[^，。；,;]{2,40}?)(?:等)?(?:配合|参与|协助|协同))?"
)


_HELP = re.compile(
    r"(?:^|[。；;，,])(?P<who>[^，。；,;]{2,40}?)(?:等)?(?:配合|参与|协助|协同)(?=[。；;，,]|$)"
)


def prose_roles(text: str) -> tuple[list[str], list[str]]:
    """``由第三检察部牵头、案管部配合，…`` -> (lead units, co-units); only names that look like units count."""
    lead: list[str] = []
    units: list[str] = []
    for found in _BY.finditer(_mask(text)):
        names = [n for n in split_units(found["lead"]) if looks_like_unit(n)]
        (units if found["role"] == "负责" else lead).extend(n for n in names if n not in lead + units)
        others = split_units(found["co"]) if found["co"] else []
        units.extend(n for n in others if looks_like_unit(n) and n not in lead + units)
    for found in _HELP.finditer(_mask(text)) if lead or units else ():
        names = [n for n in split_units(found["who"]) if n not in lead + units]
        units.extend(names if all(body_name(n) for n in names) else [])
    return lead, units
