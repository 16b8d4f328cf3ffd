"""Heading numbers as offices type them: which kind, which number, what text is left."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gangmu.papers.words import chinese_number

_CN = "一二三四五六七八九十百零〇"
_B = r"[\s\u3000]*"
# Order matters: the first that matches wins. The look-ahead keeps 6.2%, 2024.6.30 and 3.5万件 out of "1.".
_FORMS: tuple[tuple[str, str], ...] = (
    ("part", rf"^{_B}(第[{_CN}\d]{{1,4}}部分)[、：:\s]*"),
    ("chapter", rf"^{_B}(第[{_CN}\d]{{1,4}}章)[、：:\s]*"),
    ("section", rf"^{_B}(第[{_CN}\d]{{1,4}}节)[、：:\s]*"),
    ("article", rf"^{_B}(第[{_CN}\d]{{1,5}}条)[、：:\s]*"),
    ("item", rf"^{_B}((?:任务|措施|举措|行动|项目|工程|专项){_B}(?:[{_CN}]{{1,3}}|\d{{1,3}}){_B}[：:、.．])"),
    ("cn", rf"^{_B}([{_CN}]{{1,5}}、)"),
    ("big", rf"^{_B}([壹贰叁肆伍陆柒捌玖拾]{{1,3}}、)"),
    ("roman", rf"^{_B}([ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ]{_B}[.．、])"),
    ("cnp", rf"^{_B}([(（]{_B}[{_CN}]{{1,5}}{_B}[)）]、?)"),
    ("cnp", rf"^{_B}([㈠-㈩]、?)"),
    ("arp", rf"^{_B}([(（]{_B}\d{{1,3}}{_B}[)）]、?)"),
    ("arp", rf"^{_B}([⑴-⒇])"),
    ("ar", rf"^{_B}(\d{{1,3}}\s*[.．、])(?!\d)"),
    ("ar", rf"^{_B}(\d{{1,3}}[.．、])(?=(?:19|20)\d\d年|\d{{1,2}}月)"),
    ("ar", rf"^{_B}([⒈-⒛])"),
    ("circ", rf"^{_B}([①-⑳])"),
    ("arr", rf"^{_B}(\d{{1,2}}[)）])"),
    ("is", rf"^{_B}([{_CN}]{{1,3}}(?:是|要)(?:要)?)(?![^，。；]{{0,1}}$)"),
    ("nth", rf"^{_B}(第[{_CN}]{{1,3}}[，,])"),
    ("tight", rf"^{_B}([{_CN}]{{1,3}}[.．])(?!\d)"),
)
# What any of the forms can begin with: most lines are told apart by their first character.
_STARTS = re.compile(rf"{_B}[任措举行项工专第{_CN}\d壹贰叁肆伍陆柒捌玖拾Ⅰ-Ⅻ(（㈠-㈩⑴-⒇⒈-⒛①-⑳]")
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _FORMS)
RANK = {
    kind: rank
    for rank, kind in enumerate(
        (
            "head",
            "part",
            "chapter",
            "section",
            "big",
            "roman",
            "cn",
            "tight",
            "month",
            "cnp",
            "ar",
            "dec",
            "arp",
            "arr",
            "circ",
            "is",
            "nth",
            "bullet",
            "duty",
        )
    )
}
BARE_NUMBER = re.compile(r"^[\s\u3000]*(\d{1,3})[ \u3000]+(?=[\u4e00-\u9fff“《])")


@dataclass(frozen=True)
class Marker:
    """A number at the start of a line. ``label`` as typed, ``rest`` the text after it."""

    kind: str
    label: str
    number: int
    rest: str


def _number(kind: str, label: str) -> int | None:
    for first in ("㈠", "⑴", "⒈", "①", "Ⅰ"):
        if 0 <= ord(label[0]) - ord(first) < 20 and (first != "㈠" or label[0] <= "㈩"):
            return ord(label[0]) - ord(first) + 1
    core = re.sub(r"[^\d一二三四五六七八九十百零〇壹贰叁肆伍陆柒捌玖拾]", "", label)
    core = core.translate(str.maketrans("壹贰叁肆伍陆柒捌玖拾", "一二三四五六七八九十"))
    return chinese_number(core)


@lru_cache(maxsize=4096)
def marker(text: str) -> Marker | None:
    """The number that a line starts with, or None."""
    if not _STARTS.match(text):
        return None
    for kind, pattern in _COMPILED:
        found = pattern.match(text)
        if not found:
            continue
        number = _number(kind, found.group(1))
        rest = text[found.end() :].strip(" \u3000")
        if number is None or (kind in ("ar", "arr") and number == 0):
            return None
        label = found.group(1).strip()
        # 任务一 over 措施1: every such word is a level of its own.
        return Marker(label[:2] if kind == "item" else kind, label, number, rest)
    return None


def bare_marker(text: str, expected: int) -> Marker | None:
    """``3 文字``: a list number that lost its dot when pasted. Only the expected number counts as one."""
    found = BARE_NUMBER.match(text)
    if found and int(found.group(1)) == expected:
        return Marker("ar", found.group(1), expected, text[found.end() :].strip())
    return None


_DIGITS_AFTER = re.compile(
    r"^[\s\u3000]*((\d{1,3})[.．、])(?=[1-9]\d{2,}(?![\d.．%％万亿千百倍元件])|[1-9]\d?[个项次名类大+Gg])"
)


def digit_marker(text: str, expected: int) -> Marker | None:
    """``2.12309中心建设``: a number right before figures, only in its turn."""
    found = _DIGITS_AFTER.match(text)
    if found and int(found[2]) == expected:
        return Marker("ar", found[1], expected, text[found.end() :].strip())
    return None


_DECIMAL = re.compile(r"^[\s\u3000]*((\d{1,2})[.．](\d{1,2})[.．、]?)[\s\u3000]*(?=[\u4e00-\u9fff“《])")


def decimal_marker(text: str, parent: int, expected: int) -> Marker | None:
    """``2.1 文字`` under number 2, in its turn: anything else (6.2%, 3.5万件) is no number."""
    found = _DECIMAL.match(text)
    if found and int(found[2]) == parent and int(found[3]) == expected:
        return Marker("dec", found[1], expected, text[found.end() :].strip())
    return None


def _run(text: str) -> list[str]:
    first = marker(text)
    if first is None or first.kind not in ("ar", "arp", "cnp"):
        return [text]
    cuts, expected, position = [0], first.number + 1, len(first.label)
    for found in re.finditer(r"(?<=[。；;])\s*(?=[\d(（])", text):
        if found.end() < position:
            continue
        following = marker(text[found.end() : found.end() + 60])
        if following and following.kind == first.kind and following.number == expected:
            cuts.append(found.end())
            expected += 1
    return [text[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]


_NAMED = re.compile(r"[（(〔\[【].{0,400}(?:单位|部门|负责|牵头|配合).{0,400}[）)〕\]】][。；;]?$")


def listed(text: str) -> bool:
    """``1.甲。2.乙。（责任单位：丙）``: a list in one paragraph with its units named once, at the end."""
    pieces = _run(text)
    return (
        len(pieces) > 1 and bool(_NAMED.search(pieces[-1])) and not any(_NAMED.search(p) for p in pieces[:-1])
    )


def split_run(text: str) -> list[str]:
    """``1.甲。2.乙。3.丙。`` on one line -> three lines; anything else, and a list named as a whole, comes back whole."""
    pieces = _run(text)
    return [text] if listed(text) else pieces


def explode(text: str) -> list[str]:
    """A whole paper in one line (``一、甲(一)乙。…(二)丙。…``) -> its lines; a normal paragraph comes back whole."""
    if len(text) < 500:
        return split_run(text)
    cuts, expected = [0], {"cn": 1, "cnp": 1}
    for found in re.finditer(
        rf"(?:^|(?<=[。；;：:!！)）〕\]》 ]))(?=[{_CN}]{{1,3}}、)|(?=[(（][{_CN}]{{1,3}}[)）])", text
    ):
        following = marker(text[found.end() : found.end() + 40])
        if following is None or following.kind not in expected:
            continue
        restarts = following.kind == "cnp" and following.number == 1 and cuts[-1] > 0
        if following.number == expected[following.kind] or restarts:
            cuts.append(found.end())
            expected[following.kind] = following.number + 1
    if len(cuts) < 5 or expected["cn"] < 3:
        return split_run(text)
    pieces = [text[a:b].strip() for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True)]
    return [piece for piece in pieces if piece]
