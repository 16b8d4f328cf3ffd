"""The head of minutes: which meeting, its number, when, where, who chaired, attended, sat in, was absent, recorded."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from gangmu.papers import furniture
from gangmu.papers.dates import points
from gangmu.papers.errors import N_
from gangmu.papers.model import Paragraph, Plain, Source
from gangmu.papers.numbering import marker
from gangmu.papers.people import Named, split_names
from gangmu.papers.words import chinese_number, squeeze

_B = r"\s{0,2}"
_LABELS: tuple[tuple[str, str], ...] = (
    ("due_count", rf"应{_B}到(?:会)?(?:人数|党员|人员)?"),
    ("came_count", rf"实{_B}到(?:会)?(?:人数|党员|人员)?"),
    ("absent", rf"(?:因事|因公)?(?:请{_B}假|缺{_B}席)(?:人员|委员|同志|领导|党员)?(?:及(?:原因|事由))?|未(?:到会|参加|出席)(?:人员|党员)?(?:及原因)?"),
    ("sits_in", rf"列{_B}席(?:会议)?(?:人员|人|领导|同志|单位)?"),
    ("present", rf"(?:出{_B}席|参{_B}加|参会|到会|与会)(?:会议)?(?:人员|人|领导|委员|党员|范围|对象|同志)?"),
    ("chair", rf"(?:会议)?(?:主{_B}持|召{_B}集)(?:人|者|领导)?"),
    ("recorder", rf"(?:会议)?记{_B}录(?:人|员|者)?"),
    ("lecturer", r"(?:主讲|授课|领学)(?:人|领导)?"),
    ("place", rf"(?:会议|活动)?地{_B}点"),
    ("time", rf"(?:会议|活动|召开|开会)?(?:时{_B}间|日{_B}期)"),
    ("body", r"(?:党)?支部(?:名称)?|党小组(?:名称)?|(?:召集|主办)(?:单位|部门)"),
    ("topic", rf"(?:会议|活动)(?:议题|主题|名称|类型|类别)|主{_B}题|党课(?:题目|主题|内容)|议{_B}题"),
    ("text", rf"(?:会议|活动)?(?:记录)?(?:内{_B}容|议{_B}程|情况)|会议记录|决{_B}议(?:事项)?|(?:会议)?议定事项"),
)  # fmt: skip
_ANY = "|".join(f"(?P<{name}>{pattern})" for name, pattern in _LABELS)
_LINE = re.compile(rf"(?:^|(?<=[ \u3000；;。]))[（(【]?(?:{_ANY})[）)】]?\s*[:：]")
_CELL = re.compile(rf"(?:{_ANY})[:：]?")
_PEOPLE = ("present", "sits_in", "absent", "chair", "recorder", "lecturer")
KINDS = (
    ("chiefs", r"检察长办公会|院长办公会|检察长办公扩大会"),
    ("leading_group", r"党组(?:[（(]扩大[）)])?(?:会|纪要)|党组\S{0,6}会议"),
    ("committee", r"支(?:部)?委(?:员)?会"),
    ("assembly", r"党员大会|支部大会"),
    ("group", r"党小组会"),
    ("lecture", r"党课"),
    ("theme_day", r"主题党日|党日活动"),
)  # fmt: skip
_NUMBER = re.compile(r"第\s*(\d{1,3}|[一二三四五六七八九十]{1,4})\s*[次期号]|[〕\]】]\s*(\d{1,3})\s*[号期]")
_YEAR = re.compile(r"((?:19|20)\d\d)\s*年|[〔\[【(（]((?:19|20)\d\d)[〕\]】)）]")
_CHAIRED = re.compile(
    r"(?:^|[，。；,])由?(?P<who>[^，。；,]{2,40}?)(?:同志)?(?:在[^，。；]{2,24}?)?主持(?:召开)?(?:了)?(?:会议|本次|此次|第|\d|党组|支|检|$|，|。)"
)
_PLACE = re.compile(r"在(?P<where>[^，。；]{2,24}?(?:室|厅|楼|中心|馆))(?:主持|召开|举行|组织)")
_WHOLE = re.compile(r"全体(?:党组成员|班子成员|党员|成员|委员|支委|干警|人员|与会)?|班子成员")
_FIRST = 14  # lines in which the names of the paper stand


@dataclass
class Head(Plain):
    """``text``: the lines before the first field. ``everybody``: the paper says 全体党员 instead of names."""

    title: str = ""
    kind: str = ""
    body: str = ""
    number: int | None = None
    held_on: date | None = None
    place: str = ""
    chair: str = ""
    recorder: str = ""
    lecturer: str = ""
    present: list[Named] = field(default_factory=list)
    sits_in: list[Named] = field(default_factory=list)
    absent: list[Named] = field(default_factory=list)
    everybody: bool = False
    due_count: int | None = None
    came_count: int | None = None
    topic: str = ""
    text: str = ""
    rest: list[str] = field(default_factory=list)
    paragraphs: list[int] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


Lines = list[tuple[int, str]]


def read_head(source: Source, people: Sequence[str]) -> tuple[Head, Lines]:
    """(the head, the lines of the body). Fields are found before the body, after it, and in the cells of a form."""
    reader = _Reader(people)
    lines = reader.lines(source.paragraphs)
    body = reader.fields(lines)
    body = reader.names(body)
    reader.finish(lines, body)
    return reader.head, body


def labelled(text: str) -> list[tuple[str, str]]:
    """(field, value) of a line such as 时间：… 地点：…; [] when it does not begin with a label."""
    found = list(_LINE.finditer(text))
    if not found or found[0].start() > 1:
        return []
    ends = [m.start() for m in found[1:]] + [len(text)]
    return [
        (m.lastgroup or "", text[m.end() : end].strip(" \u3000；;。"))
        for m, end in zip(found, ends, strict=True)
    ]


class _Reader:
    def __init__(self, people: Sequence[str]) -> None:
        self.head = Head()
        self.people = people
        self.last = ""
        self.values: dict[str, str] = {}

    def lines(self, paragraphs: Sequence[Paragraph]) -> Lines:
        """Paragraphs as lines; a form's 时间 | 2026年5月8日 becomes 时间：2026年5月8日."""
        out: Lines = []
        label = ""
        for p in paragraphs:
            flat = squeeze(p.text)
            if p.cell is not None and _CELL.fullmatch(flat):
                label = flat.rstrip(":：")
                self.head.paragraphs.append(p.no)
                continue
            for i, text in enumerate(t for t in p.text.split("\n") if t.strip()):
                lead = f"{label}：" if label and i == 0 else ""
                out.append((p.no, lead + text.strip()))
            if p.text.strip():
                label = ""
        return out

    def fields(self, lines: Lines) -> Lines:
        """Take the fields out; what is left is title, body and notes. A label inside the body is body."""
        left: Lines = []
        begun = False
        for no, text in lines:
            pairs = labelled(text)
            if begun:
                pairs = [] if any(name in ("time", "place", "topic", "body") for name, _ in pairs) else pairs
            if not pairs:
                begun = begun or bool(self.values and (marker(text) or re.match(r"会议|议题", text)))
                if not begun and self.last in _PEOPLE and self.more(text):
                    self.head.paragraphs.append(no)
                    continue
                self.last = ""
                left.append((no, text))
                continue
            self.head.paragraphs.append(no)
            for name, value in pairs:
                self.take(name, value, no, left)
        return left

    def more(self, text: str) -> bool:
        """A line that goes on with the names of the line before."""
        named, rest = split_names(text, self.people)
        if not named or rest or len(text) > 200 or re.search(r"[。：:]", text):
            return False
        self.add(self.last, named)
        return True

    def take(self, name: str, value: str, no: int, left: Lines) -> None:
        self.last = name
        if name == "text":
            if value:
                left.append((no, value))
            return
        if name in self.values and name not in ("present", "sits_in", "absent"):
            return
        self.values[name] = value
        if name in _PEOPLE:
            self.take_people(name, value)
        elif name == "place":
            self.head.place = value
        elif name == "topic":
            self.head.topic = self.head.topic or value
        elif name in ("due_count", "came_count"):
            found = re.search(r"\d+|[一二三四五六七八九十]+", value)
            setattr(self.head, name, chinese_number(found.group()) if found else None)
            _, _, after = value.partition("人")
            for more, rest in labelled(after.strip("，,；;、 ")):
                self.take(more, rest, no, left)

    def take_people(self, name: str, value: str) -> None:
        if name == "present" and _WHOLE.search(value):
            self.head.everybody = True
        named, rest = split_names(value, self.people)
        self.head.rest.extend(rest)
        self.add(name, named)

    def add(self, name: str, named: list[Named]) -> None:
        if name in ("present", "sits_in", "absent"):
            getattr(self.head, name).extend(named)
        elif named and not getattr(self.head, name):
            setattr(self.head, name, named[0].name)

    def names(self, left: Lines) -> Lines:
        """The first lines say what meeting it is; the title leaves the body."""
        first = [(i, no, text) for i, (no, text) in enumerate(left[:_FIRST])]
        title: list[int] = []
        for i, _no, text in first:
            if (
                marker(text)
                or re.match(r"会议(?!纪要|记录|$)|议题", text)
                or len(text) > 60
                or re.search(r"[。；]", text)
            ):
                break
            title.append(i)
        texts = [left[i][1] for i in title]
        self.head.text = "\n".join(texts)
        named = [i for i in title if re.search(r"纪\s*要|记\s*录|会议|党课|党日", left[i][1])]
        if named:
            start = named[0]
            if start and len(left[start][1]) <= 8 and furniture.title_part(left[start - 1][1]):
                start -= 1
            self.head.title = squeeze("".join(left[i][1] for i in title if start <= i <= named[0]))
        self.head.paragraphs.extend(left[i][0] for i in title)
        return left[len(title) :]

    def finish(self, lines: Lines, body: Lines) -> None:
        head = self.head
        near = "\n".join(text for _, text in lines[:_FIRST])
        named = f"{head.title}\n{head.text}\n{head.topic}"
        head.kind = _kind(named) or _kind(near)
        head.body = self.values.get("body", "") or named.replace("\n", "")
        number = _NUMBER.search(head.title) or _NUMBER.search(head.text)
        head.number = chinese_number(number[1] or number[2]) if number else None
        self.when(named, near, lines)
        opening = next((text for _, text in body[:3] if "主持" in text), "")
        if not head.chair and (found := _CHAIRED.search(opening)):
            named = re.sub(r"(?:同志|副?(?:检察长|书记|主任|组长))+$", "", found["who"])
            who, _ = split_names(named, self.people)
            head.chair = who[-1].name if who else ""
        if not head.place and (where := _PLACE.search(near)):
            head.place = where["where"]
        said, came = head.came_count, len(head.present)
        if said is not None and came and said != came:
            words = {"said": said, "came": came}
            head.warnings.append(N_("纪要写实到%(said)s人，名单上有%(came)s人，请核对。") % words)

    def when(self, named: str, near: str, lines: Lines) -> None:
        """The day of the field 时间, else of the opening sentence; the year may stand only in the number."""
        year = _YEAR.search(named) or _YEAR.search(near)
        number = int(year[1] or year[2]) if year else None
        told = [text for _, text in lines if re.search(r"主持|召开", text)]
        first = [text for _, text in lines[:_FIRST] if not furniture.SIGNED.match(text)]
        texts = [self.values["time"]] if self.values.get("time") else [*told, *first]
        for text in texts:
            for point in points(text, year=number or 1):
                if point.grain == "day" and point.first and (point.own_year or number):
                    self.head.held_on = point.first
                    if not point.own_year:
                        self.head.warnings.append(N_("开会日期没有写年份，按%s年推定，请核对。") % number)
                    return


def _kind(text: str) -> str:
    return next((kind for kind, pattern in KINDS if re.search(pattern, text)), "")
