"""Sentences of minutes: which decide, which assign, which only stress, which report; owners and days in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from gangmu.papers.dates import parse_due, points
from gangmu.papers.errors import N_
from gangmu.papers.fields import Setting, extract
from gangmu.papers.model import Due
from gangmu.papers.numbering import marker
from gangmu.papers.prose import prose_due, prose_roles
from gangmu.papers.units import looks_like_unit, split_units
from gangmu.papers.words import chinese_number, split_outside

_WHO = r"(?:本次|此次)?(?:会议|党组会?议?|支委会|支部|大会|办公会议?|与会\S{0,6}|(?:经|并)\S{0,12}?(?:研究|讨论|表决|审议|票决)[，,]?)"
_HOW = r"(?:一致|研究|讨论|审议|表决|票决|并|还|最后|、|，)*"
_FIRM = r"决定|议定|原则(?:上)?同意|原则(?:上)?通过|同意|确定|责成|审议通过|表决通过|讨论通过|通过了|批准|明确(?!指出|提出)"
_STRONG = re.compile(
    rf"(?:^|[，,；;：:])\s*(?:{_WHO}{_HOW}(?:{_FIRM})|(?:一致|原则(?:上)?)(?:同意|通过)|(?:决定|议定|责成|审议通过|同意)(?!的))"
)
_START = re.compile(rf"^(?:{_WHO}{_HOW})?(?:{_FIRM})")
_WEAK = re.compile(
    r"^(?:会议|党组|与会\S{0,6}|(?:[\u4e00-\u9fff]{2,12}?(?:书记|检察长|主任|同志))?[\u4e00-\u9fff]{0,4})?(?:还|并|进一步|就此|最后)?(?:强调|指出|要求|认为|提出|希望|表示)(?=[，,:：]|了|[要各全一必])"
)
_REPORT = re.compile(
    r"^(?:会议|大会|支部)?(?:还|并)?(?:首先|随后|最后)?(?:专题|集中)?(?:听取|传达|学习|观看|通报|交流|介绍|汇报)"
)
_ASSIGN = re.compile(
    r"由[^，。；;]{2,40}?(?:牵头|主办|承办|负责|督办|落实|组织|汇总)|责成|[部室处局委办队](?:要|应|须)?[^，。；]{0,4}(?:牵头|负责)|请[^，。；]{2,16}?[部室处局委办队](?=[^，。；]*(?:前|内|尽快|抓紧))"
)
_FOLLOW = re.compile(
    r"(?:在)?下(?:一)?(?:次|期|月|季度)[^，。；]{0,10}?会(?:议)?[^，。；]{0,6}?(?:听取|汇报|研究|审议|报告|通报)[^，。；]*"
)
_INTRO = re.compile(r"(?:[:：]|如下(?:意见|事项|决定)?|以下(?:事项|意见|决定)?[:：]?)$")
_WAY = re.compile(r"^党建(?:工作)?切入(?:方式|点)?\s*[:：]\s*(?P<way>.+?)。?$")
_VOTE = re.compile(r"(?:赞成|同意)\s*(\d{1,3})\s*票")
_AGAINST = re.compile(r"(?:不同意|反对)\s*(\d{1,3})\s*票")
_ABSTAIN = re.compile(r"(?:弃权|缓议)(?:或缓议)?\s*(\d{1,3})\s*票")
_PREFIX = re.compile(rf"^(?:{_WHO}{_HOW}(?:决定|议定|明确|确定)|会议决定|决定|议定)\s*(?:如下)?[:：，,]?\s*")
_TAIL = re.compile(
    r"[，,](?:由(?P<who>[^，。；;由]{2,40}?)牵头(?:负责|办理|落实)?|(?P<when>[^，。；;]{2,20}?前)(?:办结|完成|落实到位)?)[。；]?$"
)
_VERB = r"(?=会同|于|在|对|按|尽快|牵头|负责|抓紧|进一步|就|做好|会后|\d|[一二三四五六七八九十两]+[个日天周月]|本[周月]|下[周月]|[，。；;]|$)"
_CHARGED = re.compile(
    rf"(?:责成|交由|请)(?P<who>[^，。；;]{{2,40}}?){_VERB}(?:会同(?P<co>[^，。；;]{{2,40}}?){_VERB})?"
)
_MUST = re.compile(r"(?:^|[，,：:])(?P<who>[^，。；;：:]{2,24}?)(?:要|应|须)(?=\S)(?P<co>$)?")
_BY = re.compile(
    r"由(?P<who>[^，。；;由]{2,24}?)(?=按|根据|结合|组织|修改|印发|办理|提出|制定|起草|汇总|做好|抓|报|于|在|\d)(?P<co>$)?"
)
_WITH = re.compile(r"会同(?P<co>[^，。；;]{2,40}?)(?=于|在|按|抓紧|尽快|做好|共同|研究|提出|[，。；;\d]|$)")
_ASKED = re.compile(r"(?:^|[，。；;：:]|请)(?P<who>[^，。；;：:由请]{2,40}?)(?:要|应|须)?(?P<role>牵头|负责)")
_CADRE = re.compile(
    r"干部(?:任免|任用|选拔|调整|考察|推荐|人事|职务|处理|晋升)|任免|(?:拟)?任职(?:人选|决定|建议)|免职|免去|提拔|职级晋升|晋升[^，。]{0,6}职级|选任|人事(?:任免|事项|议题|安排)|(?:党纪|政务|纪律)处分|试用期(?:满)?(?:转正|考核)|干部议题"
)
_CASE = re.compile(
    r"[\u4e00-\u9fff]?[某×Xx]{1,2}[^，。；\n]{0,16}?(?<![方提备立答办])案(?![例管由])|涉嫌|(?:受贿|贪污|行贿|诈骗|盗窃|抢劫|强奸|杀人|伤害|挪用公款|滥用职权|玩忽职守|徇私枉法|贩毒|寻衅滋事)(?:罪|[^，。；\n]{0,4}案(?![例管]))"
)
_SOON = re.compile(
    r"(?:会后|自?会议之日起|自即日起|即日起|从即日起)?\s*(?P<n>\d{1,3}|[一二三四五六七八九十两半]{1,3})\s*个?(?P<unit>工作日|日|天|周|星期|月)(?:之?内|以内)"
)
_MONTH_END = re.compile(
    r"(?P<which>本月|当月|下月|本周|下周)(?P<day>[一二三四五六日天])?(?P<part>底|末|内|上旬|中旬|下旬)?(?:之?前|内)?"
)


@dataclass
class Said:
    """One sentence. kind: decided | assigned | follow_up | weak | report | vote | way | intro | other; ``mood`` after it."""

    raw: str
    kind: str
    text: str = ""
    mood: str = ""
    lead: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    due: Due | None = None
    follow_up: str = ""
    vote: tuple[int, int, int] | None = None


KEPT_OUT = {"cadre": N_("（干部议题，内容没有保留）"), "case": N_("（具体案件，内容没有保留）")}


def sensitive(text: str) -> str:
    """cadre: appointments and discipline of persons; case: a named case; '' for everything else. Titles of papers are none."""
    for kind, words in KEPT_OUT.items():
        if words in text:
            return kind
    text = re.sub(r"《[^》]*》", "", text)
    if _CADRE.search(text):
        return "cadre"
    return "case" if _CASE.search(text) else ""


def read_sentences(
    text: str, day: date | None, units: Sequence[str], people: Sequence[str] = (), *, mood: str = ""
) -> list[Said]:
    """A paragraph -> its sentences judged. ``mood``: what the sentences before it left: '' | strong | after | weak."""
    out: list[Said] = []
    number = marker(text)
    body = number.rest if number else text
    for raw in _pieces(body):
        said = _judge(raw, mood)
        mood = said.mood
        if said.kind in ("decided", "assigned", "weak", "follow_up"):
            _own(said, day, units)
            said.people += [n for n in people if n in said.text and n not in said.people]
        out.append(said)
    return out


def _pieces(text: str) -> list[str]:
    """Sentences; a sentence whose parts each name an owner is several decisions."""
    out: list[str] = []
    for sentence, mark in split_outside(text, "。！\n"):
        if not sentence.strip():
            continue
        whole = sentence.strip() + ("。" if mark == "。" else "")
        parts = [p.strip() for p, _ in split_outside(sentence, "；;") if p.strip()]
        owned = sum(bool(_ASSIGN.search(p)) for p in parts)
        out.extend(f"{p}。" for p in parts) if owned >= 2 else out.append(whole)
    return [piece for whole in out for piece in _introduced(whole)]


def _introduced(text: str) -> list[str]:
    """会议决定：1.…。 keeps its introduction apart only when a number follows at once."""
    found = re.match(r"^(.{2,24}[:：])(?=\s*(?:[（(]?[一二三四五六七八九十\d]{1,2}[）).、．]|[①-⑨]))", text)
    return [found[1], text[found.end() :].strip()] if found and _START.match(text) else [text]


def _judge(raw: str, mood: str) -> Said:
    """A list that 会议决定： announced goes on until the meeting reports or stresses something else."""
    said = _kind(raw, mood)
    if mood == "strong" and said.kind in ("decided", "assigned"):
        said.mood = "strong"
    return said


def _kind(raw: str, mood: str) -> Said:
    core = raw.strip()
    number = marker(core)
    core = number.rest if number and number.kind in ("ar", "arp", "arr", "circ", "cnp") else core
    if way := _WAY.match(core):
        return Said(raw, "way", way["way"], mood)
    if _VOTE.search(core) and (re.search(r"表决|票决|投票", core) or _AGAINST.search(core)):
        counts = [
            int(m[1]) if (m := p.search(re.sub(r"不同意", "反对", core))) else 0
            for p in (_VOTE, _AGAINST, _ABSTAIN)
        ]
        return Said(raw, "vote", mood=mood, vote=(counts[0], counts[1], counts[2]))
    if _WEAK.match(core) and not _START.match(core):
        return Said(raw, "intro" if core.endswith((":", "：")) else "weak", core, "weak")
    strong = _STRONG.search(core)
    if strong and (_START.match(core) or core.startswith(("会议", "经")) or mood != "weak"):
        return _decided(raw, core[strong.start() :].lstrip("，,；;：: "))
    if mood == "strong" and not _REPORT.match(core):
        return Said(raw, "decided", core, "strong")
    if _FOLLOW.search(core) and mood != "weak":
        return Said(raw, "follow_up", core, mood)
    if mood == "weak":
        return Said(raw, "weak", core, "weak")
    if _ASSIGN.search(core) and not _REPORT.match(core):
        return Said(raw, "assigned", core, "after")
    if mood == "after" and not _REPORT.match(core) and _deadline(core):
        return Said(raw, "assigned", core, "after")
    return Said(raw, "report" if _REPORT.match(core) else "other", mood="" if _REPORT.match(core) else mood)


def _deadline(text: str) -> bool:
    return bool(re.search(r"(?:[月日底旬]|季度|年)前|内(?:完成|报|提)", text))


def _decided(raw: str, text: str) -> Said:
    rest = _PREFIX.sub("", text)
    if _INTRO.search(text.rstrip("。")) and (not rest.strip("：:。") or len(rest) <= 12):
        return Said(raw, "intro", mood="strong")
    return Said(raw, "decided", rest or text, "after")


def _own(said: Said, day: date | None, known: Sequence[str]) -> None:
    """Owner, day and follow-up of a sentence; a closing 由…牵头 or …前办结 leaves its text."""
    year = day.year if day else 1
    text, fields = extract(said.text, Setting(year, known))
    said.lead, said.units, said.people = list(fields.lead), list(fields.units), list(fields.person)
    said.due = fields.due if day else None
    said.follow_up = m.group() if (m := _FOLLOW.search(text)) else ""
    lead, units = _roles(text, known)
    said.lead = said.lead or lead
    said.units = [u for u in dict.fromkeys([*said.units, *units]) if u not in said.lead]
    if day and said.due is None:
        said.due = _due(text, day)
    said.text = _without_tail(text, year).strip()
    if not said.lead and len(said.units) == 1:
        said.lead, said.units = said.units, []


def _roles(text: str, known: Sequence[str]) -> tuple[list[str], list[str]]:
    lead, units = prose_roles(text)
    for pattern in (_CHARGED, _BY, _MUST):
        for charged in pattern.finditer(text) if not (lead or units) else ():
            lead = lead or _names(charged["who"], known)
            units.extend(_names(charged["co"] or "", known))
    if lead and (beside := _WITH.search(text)):
        units.extend(n for n in _names(beside["co"], known) if n not in lead + units)
    for asked in _ASKED.finditer(text):
        names = _names(asked["who"], known)
        fresh = [n for n in names if n not in lead + units]
        if names and not (lead or units):
            lead.extend(fresh[:1] if asked["role"] == "负责" else fresh)
            units.extend(fresh[1:] if asked["role"] == "负责" else [])
    return lead, units


def _names(text: str, known: Sequence[str]) -> list[str]:
    return [n for n in split_units(text, known) if n in known or looks_like_unit(n)]


def _without_tail(text: str, year: int) -> str:
    """``…，由办公室牵头，2026年6月30日前办结。`` -> ``…``: what has a place of its own need not stay in the sentence."""
    while found := _TAIL.search(text):
        named = found["who"] and all(looks_like_unit(n) for n in split_units(found["who"]))
        timed = found["when"] and any(p.grain == "day" for p in points(found["when"], year=year))
        if not (named or timed) or found.start() < 4:
            break
        text = text[: found.start()]
    return text.rstrip("，,；;。")


def _due(text: str, day: date) -> Due | None:
    """A day written, or one that counts from the meeting."""
    found = _SOON.search(text)
    if found and (soon := _soon(found, day)):
        return Due("date", found.group().strip(), soon, guessed=True)
    due, _soft = prose_due(text, year=day.year)
    if due and due.date:
        return _not_before(due, day)
    near = _MONTH_END.search(text)
    if near and near.group() not in ("本月", "当月", "下月", "本周", "下周"):
        return Due("date", near.group(), _near(near, day), guessed=True)
    return due


def _not_before(due: Due, day: date) -> Due:
    """12月 minutes that say 1月底前 mean the next January."""
    if due.date and due.date < day and not re.search(r"\d{4}|今年|本年", due.raw):
        later = parse_due(due.raw, year=day.year + 1)
        if later and later.date and (later.date - day).days < 200:
            return replace(later, guessed=True)
    return due


def _soon(found: re.Match[str], day: date) -> date | None:
    count = chinese_number(found["n"].replace("半", "").replace("两", "二")) if found["n"] != "半" else 0
    unit = found["unit"]
    if found["n"] == "半":
        return day + timedelta(days=15) if unit == "月" else None
    if count is None or not 0 < count <= 366:
        return None
    if unit == "工作日":
        return _workdays(day, count)
    if unit == "月":
        month = day.month - 1 + count
        year, month = day.year + month // 12, month % 12 + 1
        last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
        return date(year, month, min(day.day, last))
    return day + timedelta(days=count * (7 if unit in ("周", "星期") else 1))


def _workdays(day: date, count: int) -> date:
    """Monday to Friday: a library of papers knows no holidays, so the day is a guess."""
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < 5
    return day


def _near(found: re.Match[str], day: date) -> date:
    which = found["which"]
    if which in ("本周", "下周"):
        monday = day - timedelta(days=day.weekday()) + timedelta(days=7 * (which == "下周"))
        index = "一二三四五六日".find((found["day"] or "五").replace("天", "日"))
        return monday + timedelta(days=index)
    month = date(day.year + day.month // 12, day.month % 12 + 1, 1) if which == "下月" else day.replace(day=1)
    following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    if found["part"] == "上旬":
        return month.replace(day=10)
    return month.replace(day=20) if found["part"] == "中旬" else following - timedelta(days=1)
