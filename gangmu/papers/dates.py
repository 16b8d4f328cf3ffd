"""Deadlines as offices write them -> a normal form. ``X前`` counts the last day of X as still in time."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

from gangmu.papers.festivals import NAMES, festival
from gangmu.papers.model import Due
from gangmu.papers.words import chinese_number, squeeze

_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_Y = r"(?:(?:19|20)\d\d|[一二][九〇○零OＯ][〇○零OＯ一二三四五六七八九]{2}|(?<!\d)\d\d)"
_HEAD = rf"(?:(?P<y>{_Y})\s*年度?的?|(?P<rel>今年|本年|当年|明年|次年|来年|去年)度?的?)?\s*"
_TIME = r"(?:\s*(?:上午|下午|晚)?\s*\d{1,2}\s*[:：]\s*\d{2})?"
_DASH = r"\s*(?:—+|–|-|－|~|～|至|到|一)\s*"
_FEAST = "|".join(NAMES)
POINT = re.compile(
    rf"(?P<iso>(?P<iy>(?:19|20)\d\d)\s*[./\-－]\s*(?P<im>\d{{1,2}})(?:\s*[./\-－]\s*(?P<id>\d{{1,2}}))?(?![\d%％万亿]))"
    rf"|{_HEAD}(?:"
    rf"(?P<m1>{_N}){_DASH}(?P<m2>{_N})\s*月份?(?P<p2>底|末)?"
    rf"|(?P<m>{_N})\s*月\s*(?:(?P<d>{_N})\s*[日号]{_TIME}(?:{_DASH}(?P<d2>{_N})\s*[日号]{_TIME})?"
    rf"|(?P<d3>{_N}){_DASH}(?P<d4>{_N})\s*[日号]"
    rf"|(?P<part>份?月?底|份?月?末|初|份?上旬|份?中旬|份?下旬|中上旬|中下旬|份)?)"
    rf"|第?(?P<q>[一二三四1-4])(?:{_DASH}第?(?P<q2>[一二三四1-4]))?\s*季度(?:底|末)?"
    rf"|(?P<half>上半年|下半年|年中(?=前|之前|完成|$))(?:底|末)?"
    rf"|(?P<yp>(?<=年)(?:底|末|内|终|度内|度末)|年底|年末|年内|年终|岁末|全年|本年度|年度内|半年)"
    rf"|[“\"‘]?(?P<feast>{_FEAST})(?:节日|假期|期间)?[”\"’]?节?(?=前|之前|以前)"
    rf")"
    rf"|(?P<wy>(?:19|20)\d\d|[一二][九〇○零OＯ][〇○零OＯ一二三四五六七八九]{{2}})\s*年(?!\S{{0,2}}度?[报汇])"
)
BEFORE = re.compile(r"^\s*(?:之前|以前|前(?![期述款列往后])|前后)")
_RHYTHM = re.compile(
    r"(?:每|按|逐|双)(?P<unit>个?工作日|日|天|个?星期|两?周|半个?月|两?个?月|季度?|半年|年)度?"
    r"(?P<wd>[一二三四五六日天])?(?:(?P<day>\d{1,2})[日号])?"
)
_COUNT = re.compile(r"(?:至少|不少于)?\s*([\d一二三四五六七八九十两]+)\s*次")
_UNITS = {
    "日": "daily", "天": "daily", "工作日": "daily", "周": "weekly", "星期": "weekly", "两周": "biweekly",
    "半月": "semimonthly", "月": "monthly", "两月": "bimonthly", "季": "quarterly", "季度": "quarterly",
    "半年": "halfyearly", "年": "yearly",
}  # fmt: skip
_PER = re.compile(
    r"(?<![\d第十])(?P<per>半年|[一1]年|[一1]个?季度|[一1]个?月|[一1]周|半个?月)(?:内|至少|不少于|开展|组织|召开|报送|学习)*\s*(?P<n>[\d一二两三四五六]+)\s*次"
)
_PER_UNITS = {
    "半年": "halfyearly",
    "年": "yearly",
    "季度": "quarterly",
    "月": "monthly",
    "周": "weekly",
    "半月": "semimonthly",
}
_ONGOING = re.compile(r"长期|持续|常态化|一贯|日常|经常|不定期|贯穿全年|全年|长效|永久")
_IMMEDIATE = re.compile(r"立行立改|立查立改|立即|即知即改|马上|即时|即刻|随时")
_UNRESOLVED = re.compile(
    r"按(?:照)?[^，。；]*(?:要求|规定|部署|安排|节点|进度|通知|时限|程序|计划)|及时完成|根据[^，。；]*|适时|另行通知|待定|按[时期]|视情"
)
_RELATIVE = re.compile(
    r"(?P<anchor>[^，。；,;]{0,20}?)(?:之日起|之后|后|起)(?P<n>\d+|[一二三四五六七八九十两半]+)\s*"
    r"(?P<unit>个?工作日|日|天|个?星期|周|个?月|年)(?:之?内|以内)?"
)


@dataclass(frozen=True)
class Point:
    """One date expression: first and last day, where it stands, how exact it is (day|month|soft|year)."""

    raw: str
    start: int
    end: int
    first: date | None
    last: date | None
    grain: str
    own_year: bool
    span: bool = False
    feast: bool = False
    rough: bool = False

    @property
    def invalid(self) -> bool:
        return self.last is None


def _int(text: str) -> int:
    return chinese_number(text) or 0


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _month_end(year: int, month: int) -> date | None:
    return _day(year, month, monthrange(year, month)[1]) if 1 <= month <= 12 else None


def _year_of(found: re.Match[str], year: int) -> tuple[int, bool]:
    if found["y"]:
        number = _int(found["y"].replace("Ｏ", "〇"))
        return (number + (2000 if number < 80 else 1900) if number < 100 else number), True
    shift = {"明年": 1, "次年": 1, "来年": 1, "去年": -1}.get(found["rel"] or "", 0)
    return year + shift, bool(found["rel"])


def _month_part(found: re.Match[str], year: int) -> tuple[date | None, date | None, str, bool]:
    month, part = _int(found["m"]), (found["part"] or "")
    first = _day(year, month, 1)
    if found["d3"]:
        return _day(year, month, _int(found["d3"])), _day(year, month, _int(found["d4"])), "day", False
    if found["d"]:
        start = _day(year, month, _int(found["d"]))
        return start, (_day(year, month, _int(found["d2"])) if found["d2"] else start), "day", False
    if part.endswith(("初", "上旬")) or part == "中上旬":
        last = _day(year, month, 20 if part == "中上旬" else 10)
        return first, last, "month", part == "初"
    if part.endswith("中旬"):
        return _day(year, month, 11), _day(year, month, 20), "month", False
    return first, _month_end(year, month), "month", False


def _period(found: re.Match[str], year: int) -> tuple[date | None, date | None, str, bool]:
    """first day, last day, grain, rough: of everything but an ISO date and a bare year."""
    if found["m1"]:
        return _day(year, _int(found["m1"]), 1), _month_end(year, _int(found["m2"])), "month", False
    if found["m"]:
        return _month_part(found, year)
    if found["q"]:
        quarter, until = _int(found["q"]), _int(found["q2"] or found["q"])
        return _day(year, quarter * 3 - 2, 1), _month_end(year, until * 3), "soft", False
    if found["half"] or found["yp"] == "半年":
        if found["half"] == "下半年":
            return date(year, 7, 1), date(year, 12, 31), "soft", False
        return date(year, 1, 1), date(year, 6, 30), "soft", found["half"] == "年中"
    if found["feast"]:
        day = festival(found["feast"], year)
        if day and day == date(year, 1, 1):  # 元旦前 in a year's plan is its own last day
            day = date(year + 1, 1, 1)
        return None, (day - timedelta(days=1) if day else None), "month", False
    return date(year, 1, 1), date(year, 12, 31), "soft", False


def _point(found: re.Match[str], year: int) -> Point:
    raw, span = found.group().strip(), found.span()
    if found["iso"]:
        number, month = int(found["iy"]), int(found["im"])
        if found["id"]:
            day = _day(number, month, int(found["id"]))
            return Point(raw, *span, day, day, "day", True)
        return Point(raw, *span, _day(number, month, 1), _month_end(number, month), "month", True)
    if found["wy"]:
        number = _int(found["wy"].replace("Ｏ", "〇"))
        return Point(raw, *span, date(number, 1, 1), date(number, 12, 31), "year", True)
    own, explicit = _year_of(found, year)
    first, last, grain, rough = _period(found, own)
    ranged = bool(found["m1"] or found["d2"] or found["d3"] or found["q2"])
    if ranged and first and last and last < first:
        last = None
    return Point(raw, *span, first, last, grain, explicit, ranged, bool(found["feast"]), rough)


def points(text: str, *, year: int) -> list[Point]:
    """Every date expression in ``text``, in order. A year said once holds for the following yearless ones."""
    found: list[Point] = []
    for match in POINT.finditer(text):
        point = _point(match, year)
        if not point.own_year and found and found[-1].own_year and (found[-1].last or found[-1].first):
            between = text[found[-1].end : point.start]
            if "。" not in between or found[-1].grain != "year":
                known = (found[-1].last or found[-1].first or date(year, 1, 1)).year
                point = replace(_point(match, known), own_year=True)
        found.append(point)
    return found


def _times_per(text: str) -> str | None:
    """``半年一次`` -> halfyearly, ``一年两次`` -> yearlyx2, ``隔周`` -> biweekly, ``每学期`` -> halfyearly."""
    if re.search(r"隔周|每隔一周", text):
        return "biweekly"
    if re.search(r"每学期", text):
        return "halfyearly"
    found = _PER.search(text)
    if found is None:
        return None
    code, count = (
        _PER_UNITS[found["per"].replace("个", "")[-2:].lstrip("一1")],
        _int(found["n"].replace("两", "二")),
    )
    return code + (f"x{count}" if count > 1 else "")


def rhythm(text: str) -> str | None:
    """``每月25日前`` -> monthly@25, ``每周五`` -> weekly@5, ``每季度不少于两次`` -> quarterlyx2; once is implied."""
    found = _RHYTHM.search(text)
    if found is None:
        return _times_per(text)
    if not found or (found.group().startswith("按") and found["unit"] in ("日", "天", "年")):
        return None
    code = _UNITS.get(found["unit"].replace("个", "", 1), "")
    if found.group().startswith("双") and code in ("weekly", "monthly"):
        code = "bi" + code
    if not code:
        return None
    if found["wd"] and code == "weekly":
        code += f"@{'一二三四五六日'.find(found['wd'].replace('天', '日')) + 1}"
    elif found["day"]:
        code += f"@{int(found['day'])}"
    count = _COUNT.search(re.split(r"[，。；,;]", text[found.end() :], maxsplit=1)[0][:14])
    times = chinese_number(count.group(1).replace("两", "二")) if count else 1
    return code + (f"x{times}" if times and times > 1 else "")


def joined(text: str, found: list[Point]) -> list[Point]:
    """Two points with only a dash between them are one range."""
    merged: list[Point] = []
    for point in found:
        between = text[merged[-1].end : point.start] if merged else "x"
        if merged and re.fullmatch(r"(?:\s*\d{1,2}[:：]\d{2})?" + _DASH, between):
            before = merged.pop()
            raw = text[before.start : point.end]
            ends = point.last if not before.first or not point.last or point.last >= before.first else None
            point = replace(before, raw=raw, end=point.end, last=ends, span=True)
        merged.append(point)
    return merged


def due_of(found: list[Point], raw: str, *, guessed: bool = False) -> Due:
    """Points -> Due: one is a date, a span a range, several are milestones; any impossible one makes it invalid."""
    if any(p.invalid for p in found):
        return Due("invalid", raw, guessed=guessed, invalid=True)
    rough = guessed or any(p.rough for p in found)
    days = sorted({p.last for p in found if p.last})
    if len(days) > 1:
        return Due("milestones", raw, days[-1], dates=days, guessed=rough)
    only = found[0]
    if only.span:
        return Due("range", raw, only.last, only.first, guessed=rough)
    return Due("date", raw, only.last, guessed=rough)


def _normal(core: str) -> str:
    """Spreadsheet shapes to the words of papers: a midnight dropped, Q2, ``一、三季度``, wide full stops."""
    core = re.sub(r"(?<=\d)[ T](?:\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)$", "", core).replace("．", ".")
    core = re.sub(r"[Qq]([1-4])(?!\d)", r"第\1季度", squeeze(core))
    return re.sub(r"第?([一二三四1-4])[、和及,，]第?([一二三四1-4])季度", r"第\1季度、第\2季度", core)


def _numeric(text: str, year: int) -> Due | None:
    """A spreadsheet's serial number (45473), 6.30, 3.1-6.30, 24.6.30 or 24年 in a deadline column."""
    short_year = re.fullmatch(r"([1-5]\d)年(?:度|底|内|末)?前?", text)
    if short_year:
        return Due("date", text, date(2000 + int(short_year[1]), 12, 31), guessed=True)
    spans = re.fullmatch(r"(\d{1,2})[./](\d{1,2})[-—–~～至](\d{1,2})[./](\d{1,2})", text)
    if spans:
        first, last = (_day(year, int(spans[i]), int(spans[i + 1])) for i in (1, 3))
        good = first and last and first <= last
        return Due("range", text, last, first, guessed=True) if good else Due("invalid", text, invalid=True)
    yeared = re.fullmatch(r"(\d\d)[./\-](\d{1,2})[./\-](\d{1,2})前?", text)
    if yeared:
        day = _day(2000 + int(yeared[1]), int(yeared[2]), int(yeared[3]))
        return Due("date", text, day, guessed=True) if day else Due("invalid", text, invalid=True)
    if re.fullmatch(r"\d{5}(?:\.0+)?", text):
        serial = int(float(text))
        if 36526 <= serial <= 58000:
            return Due("date", text, date(1899, 12, 30) + timedelta(days=serial), guessed=True)
    short = re.fullmatch(r"(\d{1,2})[./](\d{1,2})前?", text)
    if short:
        day = _day(year, int(short[1]), int(short[2]))
        return Due("date", text, day, guessed=True) if day else Due("invalid", text, invalid=True)
    compact = re.fullmatch(r"((?:19|20)\d\d)(\d\d)(\d\d)", text)
    if compact:
        day = _day(*(int(g) for g in compact.groups()))
        return Due("date", text, day) if day else Due("invalid", text, invalid=True)
    return None


def parse_due(text: str, *, year: int) -> Due | None:
    """The value of a deadline field -> Due; None when it holds no deadline at all (blank, a dash)."""
    raw = text.strip()
    core = _normal(raw)
    if not core or re.fullmatch(r"[-—－/、无\\]+", core):
        return None
    numeric = _numeric(core, year)
    if numeric:
        return replace(numeric, raw=raw)
    beat = rhythm(core)
    found = joined(core, points(_without_rhythm(core) if beat else core, year=year))
    hard = [p for p in found if p.grain != "year"] or found
    if _ONGOING.search(core) and not any(
        p.grain in ("day", "month") or BEFORE.match(core[p.end :]) for p in hard
    ):
        return Due("ongoing", raw, rhythm=beat)
    if beat:
        last = max((p.last for p in hard if p.last and p.grain != "year"), default=None)
        return Due("recurring", raw, last, rhythm=beat)
    relative = _RELATIVE.search(core)
    if relative and relative["anchor"] and not any(p.grain == "day" for p in hard):
        return Due("relative", raw)
    if hard:
        only = hard[0]
        if len(hard) == 1 and not only.span and re.match(r"起|开始|以来|以后", core[only.end :]):
            return Due("range", raw, None, only.first)
        return due_of(hard, raw)
    return _without_date(core, raw)


def _without_rhythm(core: str) -> str:
    """Blank out 每月25日 so that 25日 is not read as a day; the length stays."""
    blank = _RHYTHM.sub(lambda m: "＿" * len(m.group()), core)
    return _PER.sub(lambda m: "＿" * len(m.group()), blank)


def _without_date(core: str, raw: str) -> Due | None:
    if _IMMEDIATE.search(core):
        return Due("immediate", raw)
    if re.search(r"\d+(?:个?工作日|日|天|周|个?月|年)之?以?内|[前后]\d+(?:个?工作日|日|天)", core):
        return Due("relative", raw)
    if _UNRESOLVED.search(core) or re.search(r"前$|前完成|之前", core):
        return Due("unresolved", raw)
    return Due("relative", raw) if re.search(r"[后内]$", core) else None


_DATES = re.compile(r"[\s前后底末内起至到止—–\-－~～、，,/／]")


def timed_first(title: str) -> tuple[str, str]:
    """``3-4月：组织…`` -> (``3-4月``, ``组织…``); ('', title) when the text before the colon is more than dates."""
    found = re.match(r"^([^:：]{2,24})[:：]\s*(\S.{3,})$", title, re.DOTALL)
    only_dates = found is not None and POINT.search(found[1]) and not _DATES.sub("", POINT.sub("", found[1]))
    return (found[1], found[2]) if found and only_dates else ("", title)
