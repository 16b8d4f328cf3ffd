"""A read paper -> the outline of a plan. Every source paragraph ends in an item, in the notes or in what is left aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from gangmu.papers import furniture, propose
from gangmu.papers.dates import parse_due
from gangmu.papers.errors import N_
from gangmu.papers.fields import Fields, Setting, extract, first_is_lead
from gangmu.papers.model import Aside, Guess, Note, Outline, Paragraph, Source
from gangmu.papers.numbering import Marker, explode, marker
from gangmu.papers.tables import read_table
from gangmu.papers.tree import Forest, Node, hoist, settle
from gangmu.papers.words import bare

_HEAD = 30  # lines in which title, document number and addressee are looked for


@dataclass(frozen=True)
class Line:
    """One line of the paper, or one whole table (``cells``)."""

    no: int
    text: str
    kind: str
    centred: bool = False
    cells: tuple[Paragraph, ...] = ()


def lines_of(source: Source) -> list[Line]:
    """Paragraphs -> lines: soft breaks and ``1.甲。2.乙。`` split, cells of one table together."""
    out: list[Line] = []
    cells: list[Paragraph] = []
    for p in [*source.paragraphs, None]:
        if (
            p is not None
            and p.cell is not None
            and (not cells or cells[0].cell and cells[0].cell.table == p.cell.table)
        ):
            cells.append(p)
            continue
        if cells:
            out.extend(_table_lines(cells))
            cells = []
        if p is None:
            continue
        if p.cell is not None:
            cells = [p]
            continue
        for text in p.text.split("\n"):
            out.extend(Line(p.no, piece, p.kind, p.centred) for piece in explode(text) if piece)
    return out


def _table_lines(cells: list[Paragraph]) -> list[Line]:
    """A table of one column is only a frame: its lines are lines of the paper."""
    if max(p.cell.col + 1 for p in cells if p.cell) == 1:
        return [Line(p.no, t, "p") for p in cells for text in p.text.split("\n") for t in explode(text) if t]
    return [Line(cells[0].no, "", "table", cells=tuple(cells))]


class _Maker:
    """Holds the state while one paper is turned into an Outline."""

    def __init__(self, source: Source, year: int | None, units: Sequence[str]) -> None:
        self.source = source
        self.lines = lines_of(source)
        self.out = Outline(warnings=list(source.warnings))
        self.known = units
        self.done: set[int] = set()  # indexes of lines already placed
        self.asked_year = year

    def aside(self, i: int, why: str) -> None:
        self.done.add(i)
        self.out.aside.append(Aside(self.lines[i].text, why, self.lines[i].no))

    def note(self, i: int) -> None:
        self.done.add(i)
        self.out.notes.append(Note(self.lines[i].text, self.lines[i].no))

    def make(self) -> Outline:
        self.clear_noise()
        self.attachment_list()
        self.read_head()
        self.setting = Setting(self.find_year(), self.known)
        self.build()
        self.judge()
        return self.out

    # -- what stands around ------------------------------------------------------------------------------------

    def clear_noise(self) -> None:
        texts = [bare(line.text) for line in self.lines]
        for i, line in enumerate(self.lines):
            if line.kind == "table":
                continue
            why = furniture.noise(line.text, line.kind)
            if why is None and i < _HEAD and furniture.SUMMARY.match(line.text):
                body = bare(furniture.SUMMARY.sub("", line.text))
                if any(t.startswith(body[:60]) for t in texts[i + 1 :]) and body:
                    why = N_("摘要与正文首段重复")
            if why:
                self.warn_cut(line.text)
                self.aside(i, why)
        self.clear_tail()

    def warn_cut(self, text: str) -> None:
        """A document number or date that lost characters on its way is shown, never repaired."""
        if furniture.CUT_NUMBER.match(text):
            self.out.warnings.append(N_("“%s”像是缺字的文号或日期，未作推断，请核对原件。") % text)

    def clear_tail(self) -> None:
        """After 相关链接 with no number following, short lines are titles of other pages."""
        last = max(
            (i for i, line in enumerate(self.lines) if line.kind == "table" or marker(line.text)), default=-1
        )
        start = next(
            (
                a.paragraph
                for a in self.out.aside
                if a.why == N_("相关链接") and self.after(a.paragraph, last)
            ),
            None,
        )
        for i, line in enumerate(self.lines):
            if start is None or line.no <= start or i in self.done or i <= last:
                continue
            if len(line.text) <= 60 and not re.search(r"[。；]$", line.text):
                self.aside(i, N_("相关链接"))

    def after(self, paragraph: int, index: int) -> bool:
        return index < 0 or paragraph > self.lines[index].no

    def first_marked(self) -> int:
        """Index of the first numbered line or table, or the number of lines."""
        for i, line in enumerate(self.lines):
            if i not in self.done and (line.kind == "table" or marker(line.text)):
                return i
        return len(self.lines)

    def read_head(self) -> None:
        boundary = self.boundary()
        stop = self.first_marked()
        if boundary is not None:
            stop = max(
                stop, next((i for i in range(boundary + 1, len(self.lines)) if self.is_start(i)), boundary)
            )
        groups = self.title_groups(range(min(stop, len(self.lines))))
        head = list(range(min(stop, len(self.lines), 60)))
        self.take_numbers(head)
        main = next((g for g in reversed(groups) if boundary is None or g[0] > boundary), None) or (
            groups[-1] if groups else None
        )
        if main is None:
            main = self.fallback_title(stop)
        if main is None:
            return
        self.out.title = self.joined(main)
        for i in main:
            self.aside(i, N_("标题（已单独记录）"))
        for group in groups:
            if group != main:
                same = furniture.same(self.joined(group), self.out.title)
                for i in group:
                    self.aside(i, N_("重复的标题") if same else N_("通知标题"))
        for i, line in enumerate(self.lines):
            if i not in self.done and furniture.same(line.text, self.out.title):
                self.aside(i, N_("重复的标题"))

    def is_start(self, i: int) -> bool:
        line = self.lines[i]
        return i not in self.done and (line.kind == "table" or marker(line.text) is not None)

    def joined(self, group: Sequence[int]) -> str:
        text = "".join(self.lines[i].text for i in group)
        return re.sub(
            r"(?<=[\u4e00-\u9fff》”]) (?=[\u4e00-\u9fff《“])", "", furniture.DOC_NO.sub("", text).strip("# ")
        )

    def title_groups(self, indexes: range) -> list[list[int]]:
        """Runs of lines that together are a title."""
        groups: list[list[int]] = []
        for i in indexes:
            line = self.lines[i]
            if (
                i in self.done
                or line.kind == "table"
                or marker(line.text)
                or not furniture.title_like(line.text)
            ):
                continue
            if furniture.DOC_NO.fullmatch(line.text.strip("（）() ")):
                continue
            run = [i]
            while run[0] - 1 in indexes and len(run) < 4:
                before = self.lines[run[0] - 1]
                if run[0] - 1 in self.done or marker(before.text) or not furniture.title_part(before.text):
                    break
                if furniture.whole_title(before.text) or before.kind == "table" or before.kind != line.kind:
                    break
                if groups and run[0] - 1 in groups[-1]:
                    groups.pop()
                run.insert(0, run[0] - 1)
            groups.append(self.trim_run(run))
        return groups

    def trim_run(self, run: list[int]) -> list[int]:
        """A line that is whole by itself (关于…的意见) takes no line before it, unless that one is centred with it."""
        last = self.lines[run[-1]]
        whole = len(last.text) > 14 and re.search(r"关于|印发", last.text[:12])
        return run[-1:] if whole or furniture.attachment(self.lines[run[0]].text) else run

    def fallback_title(self, stop: int) -> list[int] | None:
        for i in range(min(stop, len(self.lines), 12)):
            line = self.lines[i]
            if i in self.done or line.kind == "table" or marker(line.text):
                continue
            if (
                len(line.text) <= 50
                and not re.search(r"[。：:；]$", line.text)
                and not furniture.DATE_LINE.match(line.text)
            ):
                return [i]
        return None

    def take_numbers(self, head: Sequence[int]) -> None:
        """Document number, date, issuer, addressee."""
        for i in head:
            text = self.lines[i].text
            found = furniture.DOC_NO.search(text)
            if found and not self.out.doc_no and len(text) <= 60:
                self.out.doc_no = f"{found[1]}〔{found[2]}〕{found[3]}号"
            if found and i not in self.done and len(bare(text)) - len(bare(found.group())) <= 8:
                self.aside(i, N_("文号（已单独记录）"))
            elif i not in self.done:
                self.warn_cut(text)
        for i, line in enumerate(self.lines):
            if i in self.done or line.kind == "table" or not furniture.DATE_LINE.match(line.text):
                continue
            due = parse_due(line.text, year=2000)
            if due and due.date and self.out.issued_on is None:
                self.out.issued_on = due.date
            self.aside(i, N_("成文日期（已单独记录）"))
            self.signature(i)
        for i in head[:_HEAD]:
            line = self.lines[i]
            if i in self.done or not furniture.ADDRESSEE.match(line.text):
                continue
            if re.search(r"各|院|局|部门|单位|室", line.text) and not re.search(
                r"如下|通知|意见|为了|为进一步|方案", line.text
            ):
                self.aside(i, N_("主送机关"))

    def signature(self, i: int) -> None:
        """The line before a date line is who issued the paper."""
        for j in (i - 1, i - 2):
            if j < 0 or j in self.done or self.lines[j].kind == "table":
                continue
            text = self.lines[j].text
            if len(text) <= 40 and not re.search(r"[。：:；]|通知|意见|方案", text) and not marker(text):
                self.out.issuer = self.out.issuer or text
                self.aside(j, N_("落款单位（已单独记录）"))
                return
            return

    def find_year(self) -> int:
        """Asked for > title > date > document number > first year in the text; a guess is said."""
        titled = re.search(r"((?:19|20)\d\d)\s*年?", self.out.title)
        numbered = re.search(r"〔(\d{4})〕", self.out.doc_no)
        year = self.asked_year or (int(titled[1]) if titled else None)
        year = (
            year
            or (self.out.issued_on.year if self.out.issued_on else None)
            or (int(numbered[1]) if numbered else None)
        )
        if year is None:
            texts = (line.text for line in self.lines if line.kind != "table")
            year = next((y for t in texts if (y := propose.year_in(t))), None)
            if year:
                self.out.warnings.append(N_("文中未写明年度，按正文首次出现的年份%d年推定，请核对。") % year)
        self.out.year = year
        if year is None:
            self.out.warnings.append(N_("文中没有年份，未写年份的期限暂按今年推算，请在导入时填写年度。"))
        return year or datetime.now(UTC).year

    # -- the body ----------------------------------------------------------------------------------------------

    def boundary(self) -> int | None:
        """Index of the line that ends a cover notice (its date, or 附件), when numbered text follows it."""
        last = None
        for i, line in enumerate(self.lines):
            if line.kind == "table":
                continue
            if furniture.DATE_LINE.match(line.text) or (
                furniture.attachment(line.text) and i not in self.done
            ):
                first = next((m for j in range(i + 1, len(self.lines)) if (m := self.start_number(j))), None)
                if first == 1 and i < len(self.lines) - 2:
                    last = i if last is None else last
        return last

    def attachment_list(self) -> None:
        """附件： and the numbered titles under it name papers, they are no items."""
        for i, line in enumerate(self.lines):
            if line.kind == "table" or i in self.done:
                continue
            listed = furniture.ATTACHMENT_LIST.match(line.text)
            alone = furniture.attachment(line.text)
            if not (listed or alone):
                continue
            run = self.short_run(i + 1)
            colon = line.text.rstrip().endswith((":", "："))
            if listed or (
                run and (colon or not any(self.is_start(j) for j in range(run[-1] + 1, len(self.lines))))
            ):
                for j in [i, *run]:
                    self.aside(j, N_("附件目录"))

    def short_run(self, start: int) -> list[int]:
        """Indexes of the numbered short lines without a sentence that follow one another from ``start``."""
        run: list[int] = []
        for i in range(start, len(self.lines)):
            line = self.lines[i]
            found = marker(line.text) if line.kind != "table" and i not in self.done else None
            if found is None or found.kind != "ar" or len(line.text) > 60 or re.search(r"[。；]", line.text):
                break
            run.append(i)
        return run

    def start_number(self, i: int) -> int | None:
        """Number that a line or table starts with: 1 begins a new tree."""
        line = self.lines[i]
        if line.kind == "table":
            return 1
        found = marker(line.text) if i not in self.done else None
        return found.number if found else None

    def build(self) -> None:
        markers: list[Marker | None] = [
            None if line.kind == "table" else marker(line.text) for line in self.lines
        ]
        self.forest = Forest(self.setting, markers)
        boundary = self.boundary()
        self.first_leads = False
        self.table_tasks = False
        self.numbered = any(m is not None for i, m in enumerate(markers) if i not in self.done)
        self.body_from = 0
        for i, line in enumerate(self.lines):
            if boundary is not None and i == boundary + 1:
                self.forest.restart()
            if line.kind == "table":
                self.table(i)
            elif i not in self.done:
                self.line(i)
        self.finish()

    def legends(self, rules: Sequence[str], no: int) -> None:
        for rule in rules:
            self.out.notes.append(Note(rule, no))
            self.first_leads = self.first_leads or first_is_lead(rule)

    def line(self, i: int) -> None:
        line = self.lines[i]
        forest = self.forest
        if furniture.attachment(line.text):
            self.aside(i, N_("附件标记"))
            forest.restart()
            return
        found = forest.marker_of(line.text)
        if found:
            node = forest.open(found, line.no, i)
            self.legends(node.own.legends, line.no)
            self.done.add(i)
            return
        clean, said = extract(line.text, self.setting)
        self.legends(said.legends, line.no)
        if said.found and not bare(clean) and forest.annotate(said, line.no):
            forest.closed = True
            self.done.add(i)
            return
        self.plain(i, clean)

    def plain(self, i: int, clean: str) -> None:
        """Text without a number: a further paragraph of the open item, or a note."""
        line, forest = self.lines[i], self.forest
        if first_is_lead(line.text) and len(line.text) < 120:
            self.first_leads = True
        top = forest.top
        _, said = extract(line.text, self.setting)
        ends = forest.closed or (top is not None and top.own.found and not said.found)
        if said.found and bare(clean) and not self.numbered and i >= self.body_from:
            self.unnumbered(clean, said, i)
            return
        if top is None or (ends and not self.goes_on(i)) or self.is_closing(i):
            self.note(i)
            return
        forest.extend(clean, said, line.no)
        self.done.add(i)

    def unnumbered(self, clean: str, said: Fields, i: int) -> None:
        """A paper without any number: each paragraph that names its units is an item."""
        node = self.forest.open(Marker("none", "", 1, self.lines[i].text), self.lines[i].no, i)
        node.item.guesses.append(Guess("title", "position", N_("本段没有编号，因写明责任单位而作为一项。")))
        self.done.add(i)

    def goes_on(self, i: int) -> bool:
        """Does the list go on after this unnumbered paragraph at the same level or deeper, with no field line before?"""
        top = self.forest.top
        if top is None or self.forest.closed:
            return False
        following = next((m for j in range(i + 1, len(self.lines)) if (m := self.forest.upcoming[j])), None)
        return following is not None and following.kind == top.kind

    def is_closing(self, i: int) -> bool:
        """A short line without a full stop after the last number: debris or signature, not text of the item."""
        top = self.forest.top
        later = any(self.forest.upcoming[j] for j in range(i + 1, len(self.lines)))
        text = self.lines[i].text
        return (
            not later
            and top is not None
            and bool(top.item.text)
            and len(text) <= 30
            and not re.search(r"[。；！]$", text)
        )

    def table(self, i: int) -> None:
        line = self.lines[i]
        table = read_table(line.cells, self.setting)
        if not table.tasks:
            # Figures, names, scores: kept whole as notes, and the heading above them is no task.
            self.out.notes.extend(Note(p.text, p.no) for p in line.cells)
            if self.forest.top:
                self.forest.top.holds_table = not self.forest.top.item.text
            self.done.add(i)
            return
        self.out.items.extend(table.items)
        self.out.notes.extend(table.notes)
        self.out.aside.extend(table.aside)
        self.out.warnings.extend(table.warnings)
        self.table_tasks = True
        self.done.add(i)

    def finish(self) -> None:
        """Roles, inheritance, tasks, deadlines over the finished tree."""
        roots = self.forest.roots
        for zone in sorted({r.zone for r in roots}):
            hoist([r for r in roots if r.zone == zone])
        settle(roots)
        nodes: list[Node] = [n for root in roots for n in root.walk()]
        for node in nodes:
            propose.roles(node, first_leads=self.first_leads)
            propose.heading_fields(node, self.setting)
        for root in roots:
            propose.inherit(root)
        self.zones(roots)
        propose.deadlines(roots, self.setting, self.out.issued_on)
        for node in nodes:
            node.item.children = [c.item for c in node.children]
        self.out.items = [r.item for r in roots] + self.out.items

    def zones(self, roots: list[Node]) -> None:
        """Tasks come from the attachment when there is one; the notice's own numbers are requirements."""
        used = sorted({r.zone for r in roots})
        cover = used[0] if len(used) > 1 or (used and self.table_tasks and used[0] == 0) else None
        articles = [n for r in roots for n in r.walk() if n.kind == "article"]
        named = sum(bool(n.item.lead or n.item.units) for n in articles)
        # Some plans number their measures 第一条; rules name no responsible unit at each article's end.
        self.regulation = len(articles) >= 3 and named < 0.5 * len(articles)
        for zone in used:
            mine = [r for r in roots if r.zone == zone]
            if not self.regulation:
                propose.tasks(mine)
            if zone == cover and zone == 0 and (len(used) > 1 or self.table_tasks):
                for node in (n for r in mine for n in r.walk() if n.item.task):
                    node.item.task = False
                    propose._guess(node, "task", "position", N_("印发通知中的工作要求，未列为任务。"))

    def judge(self) -> None:
        """Say what kind of paper this is; a regulation or a news story is no plan."""
        text = "\n".join(line.text for line in self.lines[:40])
        news = re.search(
            r"本报讯|本网讯|记者|通讯员|日前印发|近日(?:召开|印发|举行)|发布会|据悉|出台[|｜]", text
        )
        if self.regulation:
            self.out.kind = "regulation"
            self.out.warnings.append(N_("这是一件分条的规章制度（第一条……），不是计划，未提出任务。"))
        elif news and not any(i.lead or i.units for i in self.out.leaves()):
            self.out.kind = "news"
            self.out.warnings.append(N_("这更像一篇新闻报道，不是计划本身，未提出任务。"))
        elif not self.out.leaves():
            self.out.warnings.append(N_("没有找到编号的任务。请确认上传的是计划、要点或任务分解表。"))
        else:
            self.out.kind = "plan"
        if self.out.kind in ("regulation", "news"):
            for item in self.out.walk():
                item.task = False
        if self.out.kind == "plan" and not any(i.lead or i.units or i.leader for i in self.out.leaves()):
            self.out.warnings.append(N_("文中没有写明责任单位，导入后需逐项指定。"))


def outline(source: Source, *, year: int | None = None, units: Sequence[str] = ()) -> Outline:
    """A read paper -> Outline. ``units``: names and aliases of the unit's departments, kept whole in lists."""
    result = _Maker(source, year, units).make()
    result.aside.sort(key=lambda a: a.paragraph)
    result.notes.sort(key=lambda n: n.paragraph)
    return result
