"""Minutes (会议纪要, 会议记录) -> who was there, what was dealt with, what was decided, by whom and until when.

Nothing is lost: every paragraph ends in the head, in a topic, or in the notes. What a meeting 强调 or 要求 is only a weak
candidate; 听取汇报 is a report and no decision.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from gangmu.papers import furniture
from gangmu.papers.errors import N_
from gangmu.papers.minutes_head import Head, read_head
from gangmu.papers.minutes_text import KEPT_OUT, Said, read_sentences, sensitive
from gangmu.papers.model import Due, Note, Paragraph, Plain, Source
from gangmu.papers.numbering import RANK, Marker, marker
from gangmu.papers.words import bare

Pieces = list[tuple[int, str]]
_TOPIC = re.compile(
    r"^(?:第?[一二三四五六七八九十\d]{1,3}(?:项|个)?)?议题[一二三四五六七八九十\d]{0,3}\s*[:：、]\s*(?P<rest>.+)$",
    re.DOTALL,
)
_OPENS = re.compile(
    r"^会议(?:还|并)?(?:首先|随后|最后)?(?:专题|集中)?(?:传达学习|学习传达|学习|传达|听取|审议|研究|讨论|通报|观看)"
)
_INTRO = re.compile(r"(?:决定|议定|明确|纪要|如下|事项|内容|意见)\S{0,8}[:：]$")
_CLOSING = re.compile(r"^(?:抄送|抄报|分送|发送|印发|主题词|签发|审签)\s*[:：]?")

# Words of a topic -> what it is about; the first that matches. A person corrects it.
ABOUT = (
    ("cadre", ("干部", "任免", "职级")),
    ("first", ("第一议题", "传达学习", "学习贯彻")),
    ("strict", ("从严治党", "党风廉政", "巡视", "巡察", "廉洁", "纪检")),
    ("party", ("党建", "支部", "党员", "党课", "党日", "意识形态", "理论学习")),
    ("business", ("检察", "案件", "办案", "诉讼", "监督", "起诉", "专项", "司法")),
)


def about(title: str) -> str:
    """cadre | first | strict | party | business | other."""
    return next((code for code, words in ABOUT if any(w in title for w in words)), "other")


@dataclass
class Decision(Plain):
    """A sentence that may be a decision. kind: decided | assigned | follow_up | weak; ``raw`` as written."""

    text: str
    raw: str
    kind: str
    lead: list[str] = field(default_factory=list)
    units: list[str] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    due: Due | None = None
    follow_up: str = ""
    paragraph: int = 0

    @property
    def firm(self) -> bool:
        return self.kind in ("decided", "assigned")


@dataclass
class Topic(Plain):
    """What was dealt with. ``sensitive``: '' | cadre | case: then only the title may be taken, and only by a person.

    ``lines``: of a sensitive topic, (paragraph, line) of all that was said, to be cut out before the paper is kept.
    """

    title: str
    label: str = ""
    decisions: list[Decision] = field(default_factory=list)
    reports: list[str] = field(default_factory=list)
    party_way: str = ""
    vote: tuple[int, int, int] | None = None
    sensitive: str = ""
    paragraphs: list[int] = field(default_factory=list)
    lines: list[tuple[int, str]] = field(default_factory=list)


@dataclass
class Minutes(Plain):
    """A paper of one meeting. ``kind``: leading_group | chiefs | assembly | committee | group | lecture | theme_day | ''."""

    head: Head = field(default_factory=Head)
    topics: list[Topic] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def decisions(self) -> list[Decision]:
        return [d for t in self.topics for d in t.decisions]

    def lost(self, source: Source) -> list[int]:
        """Numbers of source paragraphs found nowhere; must always be []."""
        kept = set(self.head.paragraphs) | {n.paragraph for n in self.notes}
        kept |= {no for topic in self.topics for no in topic.paragraphs}
        return [p.no for p in source.paragraphs if p.text.strip() and p.no not in kept]


def read_minutes(source: Source, *, people: Sequence[str] = (), units: Sequence[str] = ()) -> Minutes:
    """A read paper -> Minutes. ``people``, ``units``: the names of the unit's roster, kept whole in lists."""
    head, lines = read_head(source, people)
    out = Minutes(head, warnings=[*source.warnings, *head.warnings])
    day = head.held_on
    body = _body(lines, out)
    found, decides = _topics(body, head, out)
    for topic, pieces in found:
        _read_topic(topic, pieces, _Setting(day, units, people, decides))
        out.topics.append(topic)
    _judge(out)
    return out


def is_minutes(source: Source) -> bool:
    """Does the paper call itself minutes or a record, or does it say who met when?"""
    head, lines = read_head(source, ())
    named = re.search(r"纪\s*要|会议记录|(?:支部|党课|党日|三会一课)\S{0,8}记录", head.text)
    fields = sum(bool(x) for x in (head.held_on, head.chair, head.present, head.place, head.recorder))
    said = sum(bool(re.match(r"会议(?:决定|议定|听取|强调|指出|明确|研究|审议)", text)) for _, text in lines)
    return bool(named) or fields >= 3 or (fields >= 1 and said >= 1)


@dataclass(frozen=True)
class _Setting:
    """``decides``: the paper announced before its first topic that what follows was decided."""

    day: date | None
    units: Sequence[str]
    people: Sequence[str]
    decides: bool = False


def _body(lines: Pieces, out: Minutes) -> Pieces:
    """Without noise, closing lines, the date and who signs before it: these are notes."""
    left: Pieces = []
    for i, (no, text) in enumerate(lines):
        following = lines[i + 1][1] if i + 1 < len(lines) else ""
        signs = (
            furniture.DATE_LINE.match(following) and len(text) <= 40 and not re.search(r"[。：:；，]", text)
        )
        if signs or furniture.noise(text, "p") or furniture.DATE_LINE.match(text) or _CLOSING.match(text):
            out.notes.append(Note(text, no))
        else:
            left.append((no, text))
    return left


def _topics(body: Pieces, head: Head, out: Minutes) -> tuple[list[tuple[Topic, Pieces]], bool]:
    """Cut the body at its topics; what stands before the first is an introduction, and may announce decisions."""
    kind = _topic_kind([text for _, text in body])
    found: list[tuple[Topic, Pieces]] = []
    before: Pieces = []
    for no, text in body:
        opened = _opens(text, kind)
        if opened is None:
            (found[-1][1] if found else before).append((no, text))
            if found:
                found[-1][0].lines.append((no, text))
            continue
        label, title, rest = opened
        topic = Topic(title, label, paragraphs=[no], lines=[(no, text)])
        found.append((topic, [(no, rest)] if rest else []))
    if not found and before:
        title = head.topic or head.title or N_("会议事项")
        return [(Topic(title[:120], paragraphs=[no for no, _ in before], lines=before), before)], False
    out.notes.extend(Note(text, no) for no, text in before)
    return found, bool(before and _INTRO.search(before[-1][1]))


def _topic_kind(texts: list[str]) -> str:
    """What opens a topic in this paper: 议题一：, a number of the highest level used, or 会议审议了…."""
    if any(_TOPIC.match(t) for t in texts):
        return "topic"
    kinds = [m.kind for t in texts if (m := marker(t))]
    top = min(kinds, key=lambda k: RANK.get(k, 99), default="")
    if top in ("part", "chapter", "section", "big", "cn", "tight", "cnp"):
        return top
    opens = sum(bool(_OPENS.match(t)) for t in texts)
    intro = next((i for i, t in enumerate(texts) if _INTRO.search(t)), None)
    first = next((i for i, t in enumerate(texts) if marker(t)), None)
    if top == "ar" and not opens and (intro is None or first is None or first < intro):
        return "ar"
    return "opens" if opens else ""


def _opens(text: str, kind: str) -> tuple[str, str, str] | None:
    """(label, title, the rest of the paragraph) when this line begins a topic."""
    if kind == "topic":
        found = _TOPIC.match(text)
        return ("", *_split(found["rest"])) if found else None
    if kind == "opens":
        return ("", *_split(text)) if _OPENS.match(text) else None
    number: Marker | None = marker(text) if kind else None
    if number is None or number.kind != kind or not number.rest:
        return None
    return number.label, *_split(number.rest)


def _split(text: str) -> tuple[str, str]:
    """A heading and what follows it: at the first stop, when what stands before it is short and decides nothing."""
    first, stop, rest = text.partition("。")
    if "\n" in first:
        first, _, more = text.partition("\n")
        stop, rest = "", more
    title = re.sub(
        r"^会议(?:还|并)?(?:首先|随后|最后)?(听取|审议|研究|传达学习|传达|学习|讨论|通报)了?", r"\1", first
    ).strip(" :：")
    said = read_sentences(first, None, ())
    whole = any(s.kind in ("decided", "assigned") for s in said)
    if whole:
        title = re.split(r"[，；,;]", title, maxsplit=1)[0]
        return title[:120], text
    if len(title) > 60 and re.search(r"[，,]", title):
        return re.split(r"[，,]", title, maxsplit=1)[0][:120], text
    return title[:120], rest.strip() if stop else rest.strip()


def _read_topic(topic: Topic, pieces: Pieces, setting: _Setting) -> None:
    topic.paragraphs = list(dict.fromkeys([*topic.paragraphs, *(no for no, _ in pieces)]))
    topic.sensitive = sensitive("\n".join([topic.title, *(text for _, text in pieces)]))
    if topic.sensitive:
        return
    topic.lines = []
    _read_pieces(topic, pieces, setting, "")
    if setting.decides and not any(d.firm for d in topic.decisions):
        topic.decisions, topic.reports = [], []
        _read_pieces(topic, pieces, setting, "strong")


def _read_pieces(topic: Topic, pieces: Pieces, setting: _Setting, mood: str) -> None:
    for no, text in pieces:
        for said in read_sentences(text, setting.day, setting.units, setting.people, mood=mood):
            mood = said.mood
            _place(topic, said, no)


def _place(topic: Topic, said: Said, no: int) -> None:
    if said.kind == "way":
        topic.party_way = said.text
    elif said.kind == "vote":
        topic.vote = said.vote
        topic.reports.append(said.raw)
    elif said.kind in ("decided", "assigned", "weak", "follow_up"):
        topic.decisions.append(
            Decision(
                said.text,
                said.raw,
                said.kind,
                said.lead,
                said.units,
                said.people,
                said.due,
                said.follow_up,
                no,
            )
        )
    elif said.raw and said.kind != "intro":
        topic.reports.append(said.raw)


def _judge(out: Minutes) -> None:
    """Say what a person has to look at."""
    if out.head.held_on is None:
        out.warnings.append(N_("没有读出开会日期，请填写。"))
    if not out.head.kind:
        out.warnings.append(N_("没有读出是什么会，请选择。"))
    if not out.topics:
        out.warnings.append(N_("没有读出议题。"))
    elif not any(d.firm for d in out.decisions()) and not any(t.sensitive for t in out.topics):
        out.warnings.append(N_("没有读出“会议决定”“议定”一类的话；“强调”“要求”只列出供参考，没有勾上。"))
    kept = [t for t in out.topics if t.sensitive]
    if kept:
        out.warnings.append(N_("有%s个议题涉及干部任免或者具体案件，内容没有读入。") % len(kept))
    titles = [bare(t.title) for t in out.topics]
    if len(set(titles)) < len(titles):
        out.warnings.append(N_("有标题相同的议题，请核对。"))


def without_sensitive(source: Source, minutes: Minutes, *, titles: bool = True) -> Source:
    """The paper as it may be kept: of sensitive topics only the title, or not even that. Paragraph numbers stay."""
    words: dict[int, list[tuple[str, str]]] = {}
    for topic in minutes.topics:
        for i, (no, text) in enumerate(topic.lines if topic.sensitive else ()):
            kept = KEPT_OUT[topic.sensitive]
            title = re.split(r"[。，；,;]", text, maxsplit=1)[0]
            words.setdefault(no, []).append((text, f"{title}\n{kept}" if titles and i == 0 else kept))

    def line(text: str, no: int) -> str:
        return next((by for found, by in words[no] if text.strip().endswith(found)), text)

    def cut(p: Paragraph) -> Paragraph:
        if p.no not in words:
            return p
        lines = [line(text, p.no) for text in p.text.split("\n")]
        return replace(p, text="\n".join(dict.fromkeys(lines)))

    return replace(source, paragraphs=[cut(p) for p in source.paragraphs])
