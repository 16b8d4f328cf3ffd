"""Who and by when, as written: brackets, own lines, labels before names, role words after names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from gangmu.papers.dates import POINT, parse_due, rhythm
from gangmu.papers.model import Due
from gangmu.papers.units import UNIT_END, body_name, selector, split_people, split_units
from gangmu.papers.words import CLOSE, OPEN, brackets, closing, fold, inside, pairs, split_outside

_BODY = r"(?:单位|部门|科室|处室|支部|机构|院部|责任单位|责任部门)"
LABELS: tuple[tuple[str, str], ...] = (
    ("leader", r"(?:牵头|责任|分管|包抓|领办|主抓|督办|包联|主管|负责|包保|牵头责任)(?:院|市|区|县|校|局|党组)?领导"),
    ("lead", rf"(?:牵头|主办|主责|第一责任|首要责任|承办|汇总|主要责任|牵头负责|牵头主责){_BODY}|牵头(?:责任)?人?|主责|主办|承办"),
    ("units", rf"(?:配合|协办|协同|参与|参加|协作|协助|落实|实施|执行|责任|贵任|负责|主体责任|共同责任|成员|配合责任){_BODY}|配合|协办|协同|参与|属地(?:监管)?责任"),
    ("person", r"(?:直接|具体)?(?:责任人|负责人|经办人|承办人)员?|责任(?:检察官|干警)"),
    ("contact", r"联系人|联系电话|联络员|电话"),
    ("due", r"(?:计划)?(?:完成|办理|整改|推进|工作|办结|落实|实施|办结)(?:时限|时间|期限|日期)|时限要求|时间(?:节点|安排|进度|要求|期限)"
            r"|时序进度|进度(?:安排|要求|时限)|截止(?:时间|日期)|(?<!执行)(?<!政策)(?<!补贴)(?<!有效)(?<!实施)(?<!缴存)(?:时限|期限)"),
)  # fmt: skip
_ANY = "|".join(f"(?P<{name}>{pattern})" for name, pattern in LABELS)
LABEL = re.compile(rf"(?:{_ANY})(?:[（(]人[）)])?\s*(?:[:：]\s*|(?=[为是](?!了)))")
_SQUARED = re.compile(rf"(?<![。；;\n])[【\[]\s*({re.sub(r'[?]P<[a-z]+>', '?:', _ANY)})\s*[】\]]\s*[:：]?\s*")
_SQUARED_FIRST = re.compile(_SQUARED.pattern.replace("(?<![。；;\\n])", ""))
_MARKED = re.compile(
    r"^(.{2,}?)\s*[（(]\s*(牵头|主办|主责|汇总|抓总|配合|协办|协助|参与)(?:单位|部门|负责)?\s*[）)]$"
)
_OPENED = re.compile(rf"[{re.escape(OPEN)}][ \u3000]*")
LINE_LABEL = re.compile(rf"^[【\[（(]?\s*(?:{_ANY})\s*[】\]]?\s*(?:[:：]|[ \u3000]+(?=\S)|(?=为))")
_FIRST_IS_LEAD = re.compile(
    r"(?:第一位|首位|列首|第一个|排名第一|排序第一|排第一)[^。；;]*(?:牵头|汇总|主办|主责)"
)
_COMMA_LEADS = re.compile(r"逗号(?:之)?前[^。；;]*(?:牵头|主办|主责)")
_STANDING = re.compile(
    r"不再(?:一一|逐一|逐项|另行)?(?:列出|列明|列示|赘述|标注|注明)|下同|以下均|均需|未注明(?:完成)?时限"
)
_LEGEND_START = re.compile(
    r"第一位|首位|列首|第一个|排名第一|排序第一|排第一|逗号前|逗号之前|以下|各项(?:措施|任务|工作)|均需|均包括|不再|下同|未注明|每项"
)
_ROLE = re.compile(
    r"(?P<who>.*?)(?:等)?(?:按(?:照)?(?:各自|部门)?(?:职责|职能)(?:分工)?(?:分别|共同)?)?(?:分别|共同|具体)?"
    r"(?P<role>牵头负责|牵头抓总|牵头组织|牵头落实|牵头|主办|承办|负责落实|负责实施|组织实施|具体负责|负责|组织落实|配合|参与|协助|协同|参加|指导|落实|实施)$"
)
ROLE_WORD = re.compile(r"(?:牵头|负责|配合|参与|协助|承办|主办|落实|实施|指导)(?:$|[，,；;。、])")
_ROLES = {
    "牵头": "lead",
    "主办": "lead",
    "承办": "lead",
    "配合": "co",
    "参与": "co",
    "协助": "co",
    "协同": "co",
    "参加": "co",
    "指导": "co",
}


@dataclass
class Fields:
    """What an annotation says. ``alone`` holds units named as responsible with nobody named as lead beside them."""

    lead: list[str] = field(default_factory=list)
    leader: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    person: list[str] = field(default_factory=list)
    due: Due | None = None
    legends: list[str] = field(default_factory=list)
    rest: list[str] = field(default_factory=list)
    before_comma: list[str] = field(default_factory=list)  # the units of the first clause of several

    @property
    def found(self) -> bool:
        return bool(self.lead or self.leader or self.units or self.person or self.due)

    def add(self, other: Fields) -> None:
        """Take over what another annotation of the same item says, keeping order, without repeats."""
        for name in ("lead", "leader", "units", "person", "legends", "rest"):
            merged = dict.fromkeys([*getattr(self, name), *getattr(other, name)])
            setattr(self, name, list(merged))
        self.units = [u for u in self.units if u not in self.lead]
        self.before_comma = self.before_comma or list(other.before_comma)
        self.due = self.due or other.due


@dataclass(frozen=True)
class Setting:
    """What the reader of annotations must know: the year of the paper and the names of the unit."""

    year: int
    known: Sequence[str] = ()


def first_is_lead(text: str) -> bool:
    """Does a sentence of this text say that the unit named first leads?"""
    return any(_FIRST_IS_LEAD.search(s) for s in re.split(r"[。；;\n]", text) if len(s) < 120)


def comma_leads(text: str) -> bool:
    """Does this legend say that the units before the first comma lead?"""
    return bool(_COMMA_LEADS.search(text))


def _is_rule(sentence: str) -> bool:
    return any(rule.search(sentence) for rule in (_STANDING, _FIRST_IS_LEAD, _COMMA_LEADS))


def take_legends(text: str) -> tuple[str, list[str]]:
    """Cut standing rules (列第一位的为牵头单位，下同; 以下均需…不再列出) out of an annotation."""
    kept, legends = [], []
    for sentence, mark in split_outside(text, "。；;"):
        if not _is_rule(sentence):
            kept.append(sentence + mark)
            continue
        clauses = split_outside(sentence, "，,")
        begin = next((i for i, (c, _) in enumerate(clauses) if _LEGEND_START.search(c)), len(clauses) - 1)
        legends.append("".join(c + m for c, m in clauses[begin:]).strip())
        if begin:
            kept.append("".join(c + m for c, m in clauses[:begin]).rstrip("，,") + mark)
    return "".join(kept).strip(), [rule for rule in legends if rule]


def _own_legend(text: str) -> tuple[str, list[str]]:
    """A bracket inside a value that only states a rule: 财政局、发改局（列第一位者为牵头单位，下同）."""
    rules = []
    for start, end in reversed(brackets(text)):
        inner = text[start + 1 : end - 1]
        if _is_rule(inner):
            rules.append(inner)
            text = text[:start] + text[end:]
    return text, rules


def _labelled(text: str) -> list[tuple[str, str]]:
    """(role, value) for every label outside inner brackets; text before the first label has role ''."""
    inner = brackets(text)
    found = [m for m in LABEL.finditer(text) if not inside(inner, m.start())]
    if not found:
        return [("", text)]
    values = [("", text[: found[0].start()])]
    for this, following in zip(found, [*found[1:], None], strict=True):
        value = text[this.end() : following.start() if following else len(text)]
        values.append((this.lastgroup or "", value.lstrip("为是 ").strip(" ，,；;。、\n\t")))
    return [pair for pair in values if pair[1].strip()]


def _is_time(clause: str) -> bool:
    text = clause.strip()
    if UNIT_END.search(re.sub(r"(?:完成|办结|前|底)$", "", text)) and not POINT.search(text):
        return False
    return (
        bool(POINT.search(text) or rhythm(text))
        and len(text) <= 30
        or bool(
            re.fullmatch(
                r"(?:长期|持续)(?:坚持|推进|落实|开展)|立行立改|立即整改|常态化(?:推进|开展|坚持)?", text
            )
        )
    )


def _units_value(role: str, value: str, setting: Setting, result: Fields) -> None:
    """Fill a unit role; clauses that are times or sentences are taken apart first."""
    names: list[str] = []
    for clause, _ in split_outside(value, "，,；;。\n"):
        clause = clause.strip()
        if _is_time(clause):
            result.due = result.due or parse_due(clause, year=setting.year)
            continue
        if names and not result.before_comma:
            result.before_comma = list(names)
        for name in split_units(clause, setting.known):
            (names if len(name) <= 40 else result.rest).append(name)
    _place(names, role, result)


def _place(names: list[str], role: str, result: Fields) -> None:
    """Names to their role; ``政治部（牵头）`` in a list says its own."""
    for name in names:
        marked = _MARKED.match(name)
        if marked:
            name, role_of = (
                marked[1],
                "lead" if marked[2] in ("牵头", "主办", "主责", "汇总", "抓总") else "units",
            )
        else:
            role_of = role
        target = result.lead if role_of == "lead" else result.units
        if name not in target:
            target.append(name)


def _after_names(text: str, setting: Setting, result: Fields) -> None:
    """``A、B牵头，C及D配合，年底前完成``: role words stand after the names."""
    text = re.sub(r"((?:牵头|负责|配合|参与|协助|承办)(?:抓总|落实|实施)?)[、和]", r"\1，", text)
    text = re.sub(r"^(?:此项工作|该项工作)?由", "", text.strip())
    waiting: list[str] = []
    role = "units"
    for clause, _ in split_outside(text, "，,；;。\n"):
        clause = clause.strip()
        if not clause:
            continue
        if _is_time(clause):
            result.due = result.due or parse_due(clause, year=setting.year)
            continue
        found = _ROLE.match(clause)
        waiting.append(found["who"] if found else clause)
        if found:
            if "落实" in found["role"] and any(
                found["who"] and found["who"] in rule for rule in result.legends
            ):
                waiting = []
                continue
            role = _ROLES.get(found["role"][:2], "units")
            _assign(role, waiting, setting, result)
            waiting = []
    _assign(role if role == "co" else "units", waiting, setting, result)


def _assign(role: str, clauses: list[str], setting: Setting, result: Fields) -> None:
    for clause in clauses:
        head, joint, rest = clause.partition("会同")
        if joint and UNIT_END.search(head):
            result.lead.extend(split_units(head, setting.known))
            clause, role = rest, "co"
        _place(split_units(clause, setting.known), role, result)


def read_annotation(text: str, setting: Setting) -> Fields:
    """The inside of a bracket, or a field line -> Fields."""
    result = Fields()
    text, inner = _own_legend(text)
    text, result.legends = take_legends(text)
    result.legends = [*inner, *result.legends]
    for role, value in _labelled(text):
        if role in ("lead", "units"):
            _units_value(role, value, setting, result)
        elif role in ("leader", "person"):
            (result.leader if role == "leader" else result.person).extend(split_people(value))
        elif role == "due":
            result.due = parse_due(value, year=setting.year)
        elif role == "contact":
            result.rest.append(value)
        else:
            _after_names(value, setting, result)
    result.lead = list(dict.fromkeys(result.lead))
    result.units = [u for u in dict.fromkeys(result.units) if u not in result.lead]
    return result


def _speaks_of_roles(text: str, start: int, end: int) -> bool:
    """A bracket that ends a sentence and names units with a role word, or carries a label."""
    inner = text[start + 1 : end - 1]
    label = LABEL.search(inner)
    if (
        label
        and (label.start() == 0 or inner[label.start() - 1] in "，,；;。 、:：\n")
        and label.lastgroup != "contact"
    ):
        return True
    if not ROLE_WORD.search(inner) or len(inner) > 400:
        return False
    after = text[end : end + 1]
    if after and after not in "。；;\n，,（(〔[" and text[start - 1 : start] not in ("。", "；"):
        return False
    names = re.split(r"牵头|负责|按|配合|参与|指导|承办|主办|落实|[、，,]|等", inner)[:3]
    return any(UNIT_END.search(name.strip()) for name in names if name.strip()) or inner.startswith("由")


def _open_ended(text: str) -> tuple[int, int] | None:
    """A bracket with a label that is never closed: to the end of the line."""
    closed = pairs(text)
    for found in _OPENED.finditer(text):
        if found.start() not in closed and LABEL.match(text, found.end()):
            return found.start(), len(text)
    return None


# Without a bracket, only a colon or 为/是 after a label can begin an annotation inside a text.
_SAID = re.compile(
    r"[:：（(〔\[【〈<]|(?:领导|单位|部门|科室|处室|支部|机构|院部|责任|牵头|配合|人员?|电话|时限|时间|期限|日期|节点|安排|进度|要求)\s*[为是]"
)
_TITLE_PAUSE = re.compile(r"[，,。；;\n]")


def _only_a_time(text: str, start: int, end: int) -> bool:
    """``动员部署阶段（3月1日至31日）。…`` or ``…（12月底前）``: a bracket with nothing but a time, that ends a title."""
    inner = text[start + 1 : end - 1].strip()
    if not 2 <= len(inner) <= 40 or not POINT.search(inner):
        return False
    rest = re.sub(
        r"[\s前后底末内起至到止—–\-－~～、，,上中下旬完成之以开始日期间为]|\d{1,2}[:：]\d\d",
        "",
        POINT.sub("", inner),
    )
    titled = bool(text[:start].strip()) and not _TITLE_PAUSE.search(text[:start])
    closes = text[end : end + 1] in ("", "。", "；", "\n") and bool(re.search(r"前|完成$", inner))
    return not rest and (titled or closes)


def _only_names(text: str, start: int, end: int) -> bool:
    """``…做好工作。（机关党委，6月底前）``: a last bracket of nothing but names of bodies and times, after a full stop."""
    if (
        text[start - 1 : start] not in ("。", "；", ";")
        or text[end:].strip("。；; \u3000")
        or end - start > 160
    ):
        return False
    pieces = [p.strip() for p, _ in split_outside(text[start + 1 : end - 1], "、，,；;")]
    named = [body_name(p) or bool(selector(p)) for p in pieces]
    return any(named) and all(ok or _is_time(p) for ok, p in zip(named, pieces, strict=True))


def annotation_spans(text: str) -> list[tuple[int, int]]:
    """Where annotations stand in a paragraph: brackets, an open bracket, a label after a sentence end."""
    groups = brackets(text)
    if not groups and not _SAID.search(text) and not LINE_LABEL.match(text):
        return []
    spans = [
        (a, b) for a, b in groups
        if _speaks_of_roles(text, a, b) or _only_a_time(text, a, b) or _only_names(text, a, b)
    ]  # fmt: skip
    opened = _open_ended(text)
    if opened:
        spans.append(opened)
    if LINE_LABEL.match(text) and not spans:
        return [(0, len(text))]
    for found in LABEL.finditer(text):
        if inside(groups, found.start()) or inside(spans, found.start()):
            continue
        near = text[max(0, found.start() - 20) : found.start()]
        before = near.rstrip(" \u3000")
        spaced = before != near
        if found.lastgroup != "contact" and (
            not before or before[-1] in "。；;\n！" or (spaced and before[-1] in "，,）)")
        ):
            spans.append((found.start(), len(text)))
            break
    return sorted(spans)


def extract(text: str, setting: Setting) -> tuple[str, Fields]:
    """A paragraph -> (text without its annotations, what they say)."""
    text = fold(text)
    if "【" in text or "[" in text:
        text = _SQUARED_FIRST.sub(r"\1：", _SQUARED.sub(r"；\1：", text)).lstrip("；")
    result, kept, position = Fields(), [], 0
    for start, end in annotation_spans(text):
        if start < position:
            continue
        inner = text[start:end]
        if inner[:1] in OPEN and inner[-1:] in CLOSE:
            inner = inner[1:-1]
        inner = inner.lstrip(OPEN) if inner[:1] in OPEN and closing(inner, 0) < 0 else inner
        said = read_annotation(inner, setting)
        if not said.found and not said.legends:
            continue
        result.add(said)
        kept.append(text[position:start])
        position = end
    kept.append(text[position:])
    body = "".join(kept).strip()
    return re.sub(r"。+[。；;]?$", "。", body) if result.found else body, result
