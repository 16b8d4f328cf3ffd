"""Word's automatic numbering: the numbers are not in the text and must be counted from the definitions."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from gangmu.papers.words import to_chinese
from gangmu.papers.zipsafe import Package

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_CHINESE = {
    "chineseCounting", "chineseCountingThousand", "ideographDigital", "japaneseCounting", "taiwaneseCounting",
    "taiwaneseCountingThousand", "koreanCounting", "japaneseDigitalTenThousand", "taiwaneseDigital",
}  # fmt: skip
_FORMAL = str.maketrans("一二三四五六七八九十", "壹贰叁肆伍陆柒捌玖拾")


@dataclass
class Level:
    """One level of a list: the number format, the text with %1 … and where it starts."""

    form: str = "decimal"
    text: str = "%1."
    start: int = 1
    restart: int = -1  # 0: goes on under the next parent; -1: begins again under every parent
    legal: bool = False  # all numbers of the text in digits


@dataclass
class _List:
    levels: dict[int, Level] = field(default_factory=dict)


def _val(node: etree._Element | None, default: str = "") -> str:
    return (node.get(f"{W}val") or default) if node is not None else default


def _whole(text: str, default: int) -> int:
    return int(text) if text.isdigit() else default


def shape(number: int, form: str) -> str:
    """A number in one of Word's formats; unknown formats come out as digits."""
    if form in _CHINESE:
        return to_chinese(number)
    if form in ("chineseLegalSimplified", "ideographLegalTraditional"):
        return to_chinese(number).translate(_FORMAL)
    if form in ("decimalEnclosedCircle", "decimalEnclosedCircleChinese") and 1 <= number <= 20:
        return _CIRCLED[number - 1]
    if form in ("lowerLetter", "upperLetter") and 1 <= number <= 26:
        return chr((97 if form == "lowerLetter" else 65) + number - 1)
    if form in ("lowerRoman", "upperRoman") and 1 <= number <= 3999:
        roman = _roman(number)
        return roman.lower() if form == "lowerRoman" else roman
    if form == "decimalZero":
        return f"{number:02d}"
    return str(number)


def _roman(number: int) -> str:
    out = ""
    for value, sign in zip(
        (1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1),
        ("M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"),
        strict=True,
    ):
        while number >= value:
            out, number = out + sign, number - value
    return out


class Numbering:
    """Counters of every list of a document; ``next(paragraph)`` gives the number Word would show."""

    def __init__(self, package: Package) -> None:
        self.lists: dict[str, _List] = {}
        self.abstract_of: dict[str, str] = {}
        self.overrides: dict[tuple[str, int], int] = {}
        self.own: dict[tuple[str, int], Level] = {}
        self.styles: dict[str, tuple[str, str, str, str]] = {}
        self.counters: dict[str, dict[int, int]] = {}
        self.started: set[str] = set()
        if "word/numbering.xml" in package.names:
            self._load(package.xml("word/numbering.xml"))
        if "word/styles.xml" in package.names:
            self._load_styles(package.xml("word/styles.xml"))

    def _load(self, root: etree._Element) -> None:
        for abstract in root.iterfind(f"{W}abstractNum"):
            made = _List()
            for level in abstract.iterfind(f"{W}lvl"):
                made.levels[_whole(level.get(f"{W}ilvl") or "0", 0)] = _level(level)
            self.lists[abstract.get(f"{W}abstractNumId") or ""] = made
        for number in root.iterfind(f"{W}num"):
            ident = number.get(f"{W}numId") or ""
            self.abstract_of[ident] = _val(number.find(f"{W}abstractNumId"))
            for override in number.iterfind(f"{W}lvlOverride"):
                start, level = override.find(f"{W}startOverride"), override.find(f"{W}lvl")
                if level is not None:
                    self.own[ident, _whole(override.get(f"{W}ilvl") or "0", 0)] = _level(level)
                if start is not None:
                    self.overrides[ident, _whole(override.get(f"{W}ilvl") or "0", 0)] = _whole(_val(start), 1)

    def _load_styles(self, root: etree._Element) -> None:
        for style in root.iterfind(f"{W}style"):
            num = style.find(f"{W}pPr/{W}numPr")
            self.styles[style.get(f"{W}styleId") or ""] = (
                _val(style.find(f"{W}name")).lower(),
                _val(style.find(f"{W}basedOn")),
                _val(num.find(f"{W}numId")) if num is not None else "",
                _val(num.find(f"{W}ilvl"), "0") if num is not None else "0",
            )

    def style_of(self, paragraph: etree._Element) -> str:
        """The lower-case name of the paragraph's style, '' without one."""
        return self.styles.get(_val(paragraph.find(f"{W}pPr/{W}pStyle")), ("", "", "", ""))[0]

    def _numbered(self, paragraph: etree._Element) -> tuple[str, int]:
        """(numId, level); numId '0' or '' means: no number. A paragraph's own numPr beats its style's."""
        num = paragraph.find(f"{W}pPr/{W}numPr")
        if num is not None and num.find(f"{W}numId") is not None:
            return _val(num.find(f"{W}numId")), _whole(_val(num.find(f"{W}ilvl"), "0"), 0)
        ident = _val(paragraph.find(f"{W}pPr/{W}pStyle"))
        for _ in range(10):
            _, parent, number, level = self.styles.get(ident, ("", "", "", "0"))
            if number:
                return number, _whole(_val(num.find(f"{W}ilvl"), level) if num is not None else level, 0)
            if not parent:
                break
            ident = parent
        return "", 0

    def next(self, paragraph: etree._Element) -> str:
        """Count this paragraph; '' when it has no automatic number or only a bullet."""
        ident, level = self._numbered(paragraph)
        abstract = self.abstract_of.get(ident, "")
        made = self.lists.get(abstract)
        if ident in ("", "0") or made is None or level not in made.levels:
            return ""
        counts = self.counters.setdefault(abstract, {})
        if ident not in self.started:
            self.started.add(ident)
            for (num, depth), start in self.overrides.items():
                if num == ident:
                    counts[depth] = start - 1
        counts[level] = counts.get(level, made.levels[level].start - 1) + 1
        for deeper in [d for d in counts if d > level and made.levels.get(d, Level()).restart != 0]:
            del counts[deeper]
        return self._text(made, counts, level, self.own.get((ident, level), made.levels[level]))

    def _text(self, made: _List, counts: dict[int, int], level: int, own: Level) -> str:
        if own.form in ("bullet", "none"):
            return ""

        def value(found: re.Match[str]) -> str:
            depth = int(found[1]) - 1
            of = own if depth == level else made.levels.get(depth, Level())
            return shape(counts.get(depth, of.start), "decimal" if own.legal else of.form)

        return re.sub(r"%([1-9])", value, own.text)


def _level(node: etree._Element) -> Level:
    return Level(
        _val(node.find(f"{W}numFmt"), "decimal"),
        _val(node.find(f"{W}lvlText")),
        _whole(_val(node.find(f"{W}start"), "1"), 1),
        _whole(_val(node.find(f"{W}lvlRestart"), "x"), -1),
        node.find(f"{W}isLgl") is not None,
    )
