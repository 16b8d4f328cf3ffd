"""Table rows -> items: the header is found by its words, merged cells hold downwards, category rows become parents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from gangmu.papers.dates import parse_due, timed_first
from gangmu.papers.errors import N_
from gangmu.papers.fields import Fields, Setting, extract
from gangmu.papers.model import Aside, Guess, Item, Note, Paragraph
from gangmu.papers.numbering import marker
from gangmu.papers.prose import prose_due
from gangmu.papers.units import body_name, split_people, split_units
from gangmu.papers.words import bare, squeeze

# The first that matches names the column; longer, more special words first.
ROLES: tuple[tuple[str, str], ...] = (
    ("skip", r"是否完成|自评|得分|分值|权重|电话|联系|评分|审核|附件$|扣分"),
    ("state", r"进展|落实情况|完成情况|整改情况|推进情况|目前状态|状态|成效"),
    ("note", r"备注|说明"),
    ("leader", r"领导"),
    ("lead", r"牵头|主办|主责|承办|第一责任|汇总"),
    ("units", r"配合|协办|协同|参与|参加|(?:责任|负责|落实|实施|考核|主管|完成)\S{0,4}(?:单位|部门|科室|处室|支部|主体|机构|党组织)|^(?:部门|单位|科室)$"),
    ("person", r"责任人|负责人|经办|承办人|具体人员"),
    ("content", r"任务分解|工作内容|考核内容|考核指标|考核要点|具体|举措|措施|内容|要求|指标|标准|目标|成果|分解|要点"),
    ("due", r"时限|时间|期限|日期|进度|节点|月份"),
    ("period", r"^第?[一二三四1-4]季度$|^[\d一二三四五六七八九十]{1,2}月份?$"),
    ("task", r"任务|事项|工作安排|工作项目|项目|重点工作|工作|问题|议题|主题|活动"),
    ("category", r"类别|分类|一级|板块|专题|领域|方面|类型"),
    ("no", r"序号|编号|^号$|^NO"),
)  # fmt: skip
_ROLES = tuple((role, re.compile(pattern, re.IGNORECASE)) for role, pattern in ROLES)
_PERIOD = re.compile(r"^第?[一二三四1-4]季度$|^[\d一二三四五六七八九十]{1,2}月份?$")
_TOTAL = re.compile(r"^(?:合计|小计|总计|总分|共计|总得分)")
_COUNT = re.compile(r"[（(]\s*(?:共\s*)?(\d+)\s*[项条个件]\s*[）)]")


@dataclass
class Table:
    """What a table gives: items, notes, left aside, warnings. ``understood`` is false when no header was found."""

    items: list[Item] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)
    aside: list[Aside] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    understood: bool = False
    tasks: bool = False


def role_of(text: str) -> str:
    """What a column header announces, '' when it announces nothing known."""
    flat = squeeze(text)
    if not flat or len(flat) > 16:
        return ""
    return next((role for role, pattern in _ROLES if pattern.search(flat)), "")


def _score(row: Sequence[Paragraph]) -> int:
    """How many different known columns a row announces; a row with a long cell is no header."""
    if any(len(squeeze(p.text)) > 20 for p in row):
        return 0
    return len({role for p in row if (role := role_of(p.text))})


def header_score(texts: Iterable[str]) -> int:
    """As :func:`_score`, for the texts of a row that is not yet a table's: 2 or more is a header."""
    return _score([Paragraph(0, text) for text in texts])


class _Grid:
    def __init__(self, cells: Sequence[Paragraph]) -> None:
        self.rows: dict[int, list[Paragraph]] = {}
        self.at: dict[tuple[int, int], Paragraph] = {}
        for p in cells:
            if p.cell is None:
                continue
            self.rows.setdefault(p.cell.row, []).append(p)
            for r in range(p.cell.row, p.cell.row + p.cell.rows):
                for c in range(p.cell.col, p.cell.col + p.cell.cols):
                    self.at.setdefault((r, c), p)
        self.width = max((c for _, c in self.at), default=-1) + 1
        self.height = max((r for r, _ in self.at), default=-1) + 1

    def row(self, r: int) -> dict[int, Paragraph]:
        return {c: self.at[r, c] for c in range(self.width) if (r, c) in self.at}


def _header(grid: _Grid) -> tuple[int, dict[int, str]] | None:
    """(last header row, column -> role); None when nothing in the first rows looks like a header."""
    best, where = 1, -1
    for r in range(min(grid.height, 5)):
        score = _score(grid.rows.get(r, []))
        if score > best or (score == best == 2 and where < 0):
            best, where = score, r
    if where < 0:
        return None
    roles = {c: role_of(p.text) for c, p in grid.row(where).items()}
    last = where
    if where + 1 < grid.height and any(p.cell and p.cell.cols > 1 for p in grid.rows[where]):
        below = grid.rows.get(where + 1, [])
        if below and all(len(squeeze(p.text)) <= 8 for p in below) and not any(marker(p.text) for p in below):
            last = where + 1
            roles |= {c: role_of(p.text) or roles.get(c, "") for c, p in grid.row(last).items()}
    return last, roles


class _Rows:
    """Turns the rows under a header into items."""

    def __init__(self, grid: _Grid, roles: dict[int, str], setting: Setting, heads: int) -> None:
        self.grid, self.roles, self.setting = grid, roles, setting
        self.result = Table(understood=True)
        self.parent: Item | None = None
        self.group: tuple[int, Item] | None = None
        self.header_text = {bare(p.text) for r in range(heads) for p in grid.rows.get(r, [])}
        self.has_lead = "lead" in roles.values()
        self.title_col = self._title_column()
        self.leader: list[str] = []
        self.ticks: set[str] = set()  # deadlines that came from ticks under a quarter or month

    def _title_column(self) -> int:
        """The column whose text names the task: the last 任务-like one, else the widest text column."""
        named = [c for c, role in self.roles.items() if role == "task"]
        if named:
            return named[-1]
        content = [c for c, role in self.roles.items() if role == "content"]
        if content:
            return content[0]
        free = [c for c in range(self.grid.width) if self.roles.get(c, "") in ("", "category")]
        size = {
            c: sum(len(self.grid.at[r, c].text) for r in range(self.grid.height) if (r, c) in self.grid.at)
            for c in free
        }
        return max(size, key=lambda c: size[c]) if size else 0

    def split_column(self) -> int | None:
        """A merged 任务 column with an unmerged content column beside it: the content is the task."""
        merged = [
            p for p in self.grid.at.values() if p.cell and p.cell.col == self.title_col and p.cell.rows > 1
        ]
        content = [c for c, role in self.roles.items() if role == "content" and c > self.title_col]
        content = content or [c for c, role in self.roles.items() if role == "due" and c > self.title_col]
        rows = {p.cell.row for p in self.grid.at.values() if p.cell and content and p.cell.col == content[0]}
        return (
            content[0] if content and len(merged) >= 2 and len(rows) > len({p.no for p in merged}) else None
        )

    def read(self, first: int) -> Table:
        deeper = self.split_column()
        for r in range(first, self.grid.height):
            own = sorted(self.grid.rows.get(r, []), key=lambda p: p.no)
            if not own:
                continue
            if self._aside(own):
                continue
            row = self.grid.row(r)
            if self._category(own, row):
                continue
            self._item(r, row, own, deeper)
        self._finish()
        return self.result

    def _aside(self, own: list[Paragraph]) -> bool:
        why = ""
        if _score(own) >= 2 and {bare(p.text) for p in own} & self.header_text and len(own) > 1:
            why = N_("重复的表头")
        elif any(_TOTAL.match(squeeze(p.text)) for p in own):
            why = N_("合计行")
        if why:
            self.result.aside.extend(Aside(p.text, why, p.no) for p in own)
        return bool(why)

    def _category(self, own: list[Paragraph], row: dict[int, Paragraph]) -> bool:
        """A full-width row, or one numbered 一、 whose next rows are numbered 1 2 3: a parent."""
        texts = list(dict.fromkeys(p.no for p in row.values()))
        whole = len(texts) == 1 and len(own) == 1 and self.grid.width > 1
        first = row.get(0)
        headed = bool(
            first
            and re.fullmatch(r"[（(]?[一二三四五六七八九十]+[)）]?[、.]?", squeeze(first.text))
            and first.cell
            and first.cell.rows == 1
        )
        wide = own[0].cell is not None and own[0].cell.cols >= max(2, self.grid.width - 1) and len(own) == 1
        if not (whole and (wide or marker(own[0].text))) and not headed:
            return False
        label, title, fields = self._category_text(own, row, headed)
        item = Item(label, 1, title, paragraphs=[p.no for p in own])
        item.leader, item.lead, item.units = fields.leader, fields.lead, fields.units
        self._fill(item, row) if headed else None
        item.due = item.due or fields.due
        self.parent, self.group = item, None
        self.result.items.append(item)
        return True

    def _category_text(
        self, own: list[Paragraph], row: dict[int, Paragraph], headed: bool
    ) -> tuple[str, str, Fields]:
        if headed:
            title = row[self.title_col].text if self.title_col in row else own[-1].text
            clean, fields = extract(title.replace("\n", ""), self.setting)
            clean = _whose(clean, fields)
            return own[0].text, clean or title, fields
        clean, fields = extract(own[0].text.replace("\n", ""), self.setting)
        clean = _whose(clean, fields)
        found = marker(clean)
        return (found.label, found.rest, fields) if found else ("", clean or own[0].text, fields)

    def _fill(self, item: Item, row: dict[int, Paragraph]) -> None:
        """The field columns of a row into an item; a merged cell holds for every row it spans."""
        texts: list[str] = []
        seen: set[int] = set()
        for c, p in row.items():
            if p.no in seen:
                continue
            seen.add(p.no)
            role = self.roles.get(c, "")
            value = p.text
            if role == "lead":
                item.lead.extend(n for n in split_units(value, self.setting.known) if n not in item.lead)
            elif role == "units":
                item.units.extend(n for n in split_units(value, self.setting.known) if n not in item.units)
            elif role in ("leader", "person"):
                item.leader.extend(n for n in split_people(value) if n not in item.leader)
            elif role == "due" and c != self.title_col:
                value = re.sub(r"\n(?=[—–\-~～至到])|(?<=[—–\-~～至到])\n", "", value).replace("\n", "；")
                item.due = parse_due(value, year=self.setting.year) or item.due
            elif role == "period":
                self._period(item, c, value)
            elif (role == "state" or squeeze(self._head(c)).startswith("是否完成")) and c != self.title_col:
                item.history.append(f"{self._head(c)}：{value}")
            elif role in ("content", "note") and c != self.title_col:
                texts.append(value if role == "content" else f"{self._head(c)}：{value}")
            elif role == "" and c != self.title_col and p.cell and p.cell.rows == 1:
                texts.append(value)
        item.units = [u for u in item.units if u not in item.lead]
        if texts:
            item.text = "\n".join([item.text, *texts]).strip()

    def _head(self, c: int) -> str:
        p = self.grid.at.get((0, c))
        return squeeze(p.text) if p and len(p.text) < 16 else N_("备注")

    def _item(self, r: int, row: dict[int, Paragraph], own: list[Paragraph], deeper: int | None) -> None:
        column = deeper if deeper is not None and deeper in row else self.title_col
        kind = next(
            (
                c for c, role in self.roles.items()
                if c != column and (role == "category" or (role == "task" and c < column))
            ),
            None,
        )  # fmt: skip
        if deeper is not None and self.title_col in row:
            self._group(row[self.title_col])
        elif kind is not None and kind in row and row.get(column) is not row[kind]:
            self._group(row[kind])
            own = [p for p in own if p.no != row[kind].no] or own
        number = row.get(next((c for c, role in self.roles.items() if role == "no"), -1))
        cell = row.get(column) or max(own, key=lambda p: len(p.text))
        lines = cell.text.split("\n")
        clean, fields = extract(lines[0] if len(lines[0]) >= 6 else "".join(lines), self.setting)
        found = marker(clean)
        label = number.text if number and number.no in {p.no for p in own} else (found.label if found else "")
        title = found.rest if found else clean
        timed, title = timed_first(title)
        parent = self.group[1] if self.group else self.parent
        level = parent.level + 1 if parent else 1
        item = Item(label.replace("\n", ""), level, _short(title), task=True, paragraphs=[p.no for p in own])
        if len(lines) > 1 or item.title != title or timed:
            item.text = title if timed and item.title != title else cell.text
        if timed:
            fields.due = fields.due or parse_due(timed, year=self.setting.year)
        item.lead, item.units, item.leader = fields.lead, fields.units, fields.leader
        old, self.title_col = self.title_col, column
        self._fill(item, row)
        self.title_col = old
        self._due(item, fields)
        self._inherit(item, parent)
        self._same_leader(item)
        (parent.children if parent else self.result.items).append(item)

    def _group(self, cell: Paragraph) -> None:
        """The row's merged 任务 cell as a parent, made once."""
        if self.group and self.group[0] == cell.no:
            return
        level = self.parent.level + 1 if self.parent else 1
        item = Item("", level, cell.text.replace("\n", ""), paragraphs=[cell.no])
        if body_name(item.title) and "units" not in self.roles.values():
            item.units = [item.title]
            item.guesses.append(Guess("units", "position", N_("类别栏写的是单位名称，取作责任单位。")))
        self._inherit(item, self.parent)
        (self.parent.children if self.parent else self.result.items).append(item)
        self.group = (cell.no, item)

    def _period(self, item: Item, c: int, value: str) -> None:
        """A tick under 二季度 or 6月: due at its end. Words there are text."""
        head = next(
            (
                self.grid.at[r, c].text
                for r in range(5)
                if (r, c) in self.grid.at and _PERIOD.match(squeeze(self.grid.at[r, c].text))
            ),
            "",
        )
        dated = parse_due(value, year=self.setting.year) if len(value) <= 20 else None
        if dated and dated.date:
            item.due = dated
            return
        if not re.fullmatch(r"[√✓✔●★○☆▲■完成\s]+|[vV]", value):
            item.text = f"{item.text}\n{head}：{value}".strip()
            return
        ticked = [item.due.raw, head] if item.due and item.due.raw in self.ticks else [head]
        self.ticks.add("、".join(ticked))
        item.due = parse_due("、".join(ticked), year=self.setting.year) or item.due
        item.guesses.append(Guess("due", "position", N_("完成时限取自“%s”一栏的标记。") % head))

    def _same_leader(self, item: Item) -> None:
        """A blank leader cell means the same as above; a blank deadline never does."""
        if "leader" not in self.roles.values():
            return
        if item.leader:
            self.leader = list(item.leader)
        elif self.leader:
            item.leader = list(self.leader)
            item.guesses.append(Guess("leader", "position", N_("领导一栏空白，按“同上”处理。")))

    def _due(self, item: Item, fields: Fields) -> None:
        item.due = item.due or fields.due
        if item.due is None:
            due, soft = prose_due(
                f"{item.title}\n{item.text}" if item.text != item.title else item.title,
                year=self.setting.year,
            )
            item.due = due
            if due:
                item.guesses.append(Guess("due", "prose", N_("完成时限取自表格文字，请核对。")))
            elif soft:
                item.guesses.append(
                    Guess("due", "prose", N_("文中提到“%s”，未作为完成时限。") % "、".join(soft))
                )

    def _inherit(self, item: Item, parent: Item | None) -> None:
        if parent is None:
            return
        taken = []
        if not (item.lead or item.units) and (parent.lead or parent.units):
            item.lead, item.units = list(parent.lead), list(parent.units)
            taken += ["lead", "units"]
        if not item.leader and parent.leader:
            item.leader = list(parent.leader)
            taken.append("leader")
        if taken:
            item.inherited = taken
            item.guesses.append(Guess(taken[0], "inherited", N_("责任取自上一级类别行。")))

    def _finish(self) -> None:
        """A category without rows is a task itself; counts such as （6项） are checked."""
        for item in self.result.items:
            if not item.children and not item.task:
                item.task = bool(item.lead or item.units or item.text or item.due)
            promised = _COUNT.search(item.title)
            here = {len(item.children), sum(i.task for i in item.walk())}
            if promised and item.children and int(promised[1]) not in here:
                self.result.warnings.append(
                    N_("“%(title)s”标明%(said)s项，实际读到%(found)s项，请核对。")
                    % {"title": item.title, "said": promised[1], "found": len(item.children)}
                )


_EVERY = re.compile(
    r"[（(]\s*((?:全部|全体|所有|各)[^（）()，,。]{0,8}(?:单位|部门|支部|处室|科室|党组织))\s*[）)]$"
)


def _whose(title: str, fields: Fields) -> str:
    """``通用任务（各支部）``: a bracket that is nothing but a selector says for whom the rows are."""
    found = _EVERY.search(title)
    if found is None or fields.found:
        return title
    fields.units = [found[1]]
    return title[: found.start()].strip()


def _short(text: str) -> str:
    """A title for a row: its first sentence when that is short, else the whole cell up to 60 characters."""
    head = re.split(r"[。；\n]", text, maxsplit=1)[0]
    return head if len(head) <= 60 else head[:60]


def _width(cells: Sequence[Paragraph]) -> int:
    return max((p.cell.col + p.cell.cols for p in cells if p.cell), default=0)


def _texts(cells: Sequence[Paragraph], row: int) -> list[str]:
    return [bare(p.text) for p in cells if p.cell and p.cell.row == row]


def continues(first: Sequence[Paragraph], second: Sequence[Paragraph]) -> bool:
    """Is ``second`` the rest of ``first``: equally wide, with the same header again or with none?"""
    wide, width, head = _width(first), _width(second), _header(_Grid(first))
    counted = head is not None and head[1].get(0) == "no" and second[0].text.strip().isdigit()
    # Empty cells at the end of a row are not there, so a counted row may be narrower.
    if head is None or width != wide and not (counted and max(2, wide - 2) <= width < wide):
        return False
    header = _header(_Grid(second))
    again = _texts(second, header[0]) if header else []
    return header is None or any(again == _texts(first, r) for r in range(6))


def appended(first: Sequence[Paragraph], second: Sequence[Paragraph]) -> tuple[Paragraph, ...]:
    """The cells of both as one table: the rows of ``second`` stand under those of ``first``."""
    height = max((p.cell.row + p.cell.rows for p in first if p.cell), default=0)
    table = first[0].cell.table if first[0].cell else 0
    below = [replace(p, cell=replace(p.cell, table=table, row=p.cell.row + height)) for p in second if p.cell]
    return (*first, *below)


def read_table(cells: Sequence[Paragraph], setting: Setting) -> Table:
    """The cells of one table -> Table. Without a header everything becomes notes, row by row."""
    grid = _Grid(cells)
    header = _header(grid)
    if header is None:
        return Table()
    last, roles = header
    result = _Rows(grid, roles, setting, last + 1).read(last + 1)
    for r in range(last + 1):
        result.aside.extend(Aside(p.text, N_("表头"), p.no) for p in grid.rows.get(r, []))
    kinds = set(roles.values())
    result.tasks = bool(kinds & {"lead", "units", "leader", "due", "task"}) and (len(kinds - {""}) >= 2)
    return result
