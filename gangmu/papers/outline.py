"""A read paper -> the outline of a plan. Every source paragraph ends in an item, in the notes or in what is left aside."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from gangmu.papers import furniture, history, propose
from gangmu.papers.dates import parse_due, timed_first
from gangmu.papers.errors import N_
from gangmu.papers.fields import LABEL, Fields, Setting, comma_leads, extract, first_is_lead
from gangmu.papers.head import Head
from gangmu.papers.model import Guess, Note, Outline, Source
from gangmu.papers.numbering import BARE_NUMBER, RANK, Marker, listed, marker
from gangmu.papers.tables import appended, continues, read_table
from gangmu.papers.tree import Forest, Node, hoist, settle
from gangmu.papers.units import named_first
from gangmu.papers.words import bare
from gangmu.papers.workbook import outline_workbook

# Numbered paragraphs of a rectification ledger that describe the item above.
_PART = re.compile(
    r"^(?:整改|具体|工作|主要|推进|存在|问题|办理|落实|完成|进展|目前|预期)(?:措施|举措|情况|目标|表现|成效|进展|问题)\s*[:：]"
)
_BULLET = re.compile(r"^[-•●▪◆■☆★*·—]\s*\S")


class _Maker(Head):
    """Reads the body: lines into the forest, then roles, inheritance, tasks and deadlines."""

    def make(self) -> Outline:
        self.clear_noise()
        self.attachment_list()
        self.join_tables()
        self.read_head()
        self.setting = Setting(self.find_year(), self.known)
        self.build()
        self.judge()
        return self.out

    def join_tables(self) -> None:
        """A table that goes on as a new one (after a page break, with or without its header again) is one table."""
        last: int | None = None
        for i, line in enumerate(self.lines):
            if line.kind == "table":
                if last is not None and continues(self.lines[last].cells, line.cells):
                    self.lines[last] = replace(
                        self.lines[last], cells=appended(self.lines[last].cells, line.cells)
                    )
                    self.lines[i] = replace(line, kind="joined", cells=())
                    self.done.add(i)
                else:
                    last = i
            elif i not in self.done:
                last = None

    def build(self) -> None:
        markers: list[Marker | None] = [
            None if line.kind == "table" else marker(line.text) for line in self.lines
        ]
        self.forest = Forest(self.setting, markers)
        self.forest.bare = self.bare_numbers(markers)
        boundary = self.boundary()
        self.first_leads = False
        self.comma_leads = False
        self.table_tasks = False
        self.numbered = self.forest.bare or any(
            m is not None for i, m in enumerate(markers) if i not in self.done
        )
        self.body_from = 0
        self.title_end = max((i for i in self.done if "标题" in self.why_aside(i)), default=-1) + 1
        free = [
            i
            for i, line in enumerate(self.lines)
            if line.kind == "heading" and i >= self.title_end and i not in self.done
        ]
        kinds = {m.kind for m in markers if m}
        # Headings by style, without numbers, carry the tree only where no 一、 does.
        self.headed = sum(markers[i] is None for i in free) >= 2 and not kinds & {
            "cn",
            "part",
            "chapter",
            "article",
        }
        for i, line in enumerate(self.lines):
            if boundary is not None and i == boundary + 1:
                self.forest.restart()
            if line.kind == "table":
                self.table(i)
            elif i not in self.done:
                self.line(i)
        self.finish()

    def bare_numbers(self, markers: Sequence[Marker | None]) -> bool:
        """``1 甲`` ``2 乙`` and no ``1.`` anywhere: the dots were lost, or never typed."""
        if any(m and m.kind == "ar" for m in markers):
            return False
        found = [
            m
            for i, line in enumerate(self.lines)
            if i not in self.done and (m := BARE_NUMBER.match(line.text))
        ]
        numbers = [int(m[1]) for m in found]
        return numbers[:2] == [1, 2]

    def legends(self, rules: Sequence[str], no: int) -> None:
        for rule in rules:
            self.out.notes.append(Note(rule, no))
            self.first_leads = self.first_leads or first_is_lead(rule)
            self.comma_leads = self.comma_leads or comma_leads(rule)

    def line(self, i: int) -> None:
        line = self.lines[i]
        forest = self.forest
        if furniture.attachment(line.text):
            self.aside(i, N_("附件标记"))
            forest.restart()
            return
        if line.kind in ("footnote", "hidden"):
            self.note(i)
            return
        found = forest.marker_of(line.text)
        if found and self.numbered_field(found, i):
            return
        if found and self.body_list(found, line.text):
            clean, said = extract(line.text, self.setting)
            self.legends(said.legends, line.no)
            self.forest.extend(clean, said, line.no)
            self.done.add(i)
            return
        if found:
            node = forest.open(found, line.no, i)
            self.legends(node.own.legends, line.no)
            self.done.add(i)
            return
        if propose.PERIOD_TITLE.match(line.text) and len(line.text) <= 12:
            forest.open(Marker("month", "", i, line.text), line.no, i)
            self.done.add(i)
            return
        if line.kind == "heading" and self.headed and i >= self.title_end:
            forest.open(Marker("head", "", len(forest.roots) + 1, line.text), line.no, i)
            self.done.add(i)
            return
        clean, said = extract(line.text, self.setting)
        self.legends(said.legends, line.no)
        if said.found and not bare(clean) and forest.annotate(said, line.no):
            forest.closed = True
            self.done.add(i)
            return
        self.plain(i, clean, said)

    def plain(self, i: int, clean: str, said: Fields) -> None:
        """Text without a number: a further paragraph of the open item, or a note."""
        line, forest = self.lines[i], self.forest
        self.first_leads = self.first_leads or first_is_lead(line.text)
        top = forest.top
        if top is not None and forest.closed and _PART.match(line.text):
            # 整改措施, 整改情况 after the fields still belong to the item; history.py sorts out what was done.
            forest.extend(line.text, Fields(), line.no)
            self.done.add(i)
            return
        bullet = bool(_BULLET.match(line.text)) and top is not None
        ends = not bullet and (forest.closed or top is not None and top.own.found and not said.found)
        if said.found and bare(clean) and not self.numbered and i >= self.body_from:
            self.unnumbered(clean, said, i)
            return
        if self.duty(i) or self.bulleted(i, said):
            return
        if top is None or (ends and not self.goes_on(i)) or self.is_closing(i):
            self.note(i)
            return
        forest.extend(clean, said, line.no)
        self.done.add(i)

    def numbered_field(self, found: Marker, i: int) -> bool:
        """（2）责任领导：… and （3）完成时限：… are fields of the item above, not items."""
        if not any(n.kind != found.kind for n in self.forest.stack):
            return False
        if not (_PART.match(found.rest) or LABEL.search(found.rest[:40])):
            return False
        clean, said = extract(found.rest, self.setting)
        if _PART.match(found.rest):
            self.forest.close(found.kind)
            self.forest.extend(found.rest, said, self.lines[i].no)
            return True
        if not said.found or bare(clean):
            return False
        self.forest.close(found.kind)
        return self.forest.annotate(said, self.lines[i].no)

    def body_list(self, found: Marker, text: str) -> bool:
        """A list in one paragraph, named as a whole, under a heading without text: it is the text of that heading."""
        top = self.forest.top
        deeper = top is not None and RANK.get(top.kind, 99) < RANK.get(found.kind, 99)
        return found.number == 1 and top is not None and deeper and not top.item.text and listed(text)

    def unnumbered(self, clean: str, said: Fields, i: int) -> None:
        """A paper without any number: each paragraph that names its units is an item."""
        node = self.forest.open(Marker("none", "", 1, self.lines[i].text), self.lines[i].no, i)
        node.item.guesses.append(Guess("title", "position", N_("本段没有编号，因写明责任单位而作为一项。")))
        self.done.add(i)

    def duty(self, i: int) -> bool:
        """``政治部：负责…`` or ``三月份：开展…`` under a heading, one paragraph each: each is an item."""
        text = self.lines[i].text
        names, rest = named_first(text)
        when, what = timed_first(text)
        heading = next((n for n in reversed(self.forest.stack) if n.kind != "duty"), None)
        if not (names or when) or heading is None or heading.item.text:
            return False
        beside = (self.lines[j].text for j in (i - 1, i + 1) if 0 <= j < len(self.lines))
        if not any(named_first(t)[0] if names else timed_first(t)[0] for t in beside):
            return False
        node = self.forest.open(Marker("duty", "", i, rest if names else what), self.lines[i].no, i)
        node.item.text = text
        role = node.own.lead if names and re.match(r"(?:负责)?牵头", rest) else node.own.units
        role.extend(names)
        if names:
            node.item.guesses.append(Guess("units", "position", N_("段首写的是单位名称，取作责任单位。")))
        else:
            node.own.due = node.own.due or parse_due(when, year=self.setting.year)
        self.done.add(i)
        return True

    def bulleted(self, i: int, said: Fields) -> bool:
        """``- 事项（责任部门：…）`` beside another such: each is an item; a bullet that names nobody is only text."""
        if not _BULLET.match(self.lines[i].text) or not (said.lead or said.units):
            return False
        beside = (self.lines[j].text for j in (i - 1, i + 1) if 0 <= j < len(self.lines))
        others = (extract(t, self.setting)[1] for t in beside if _BULLET.match(t))
        if not any(o.lead or o.units for o in others):
            return False
        text = self.lines[i].text
        self.forest.open(Marker("bullet", text[0], i, text[1:].strip()), self.lines[i].no, i)
        self.done.add(i)
        return True

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
            propose.roles(node, first_leads=self.first_leads, comma_leads=self.comma_leads)
            siblings = node.parent.children if node.parent else roots
            propose.heading_fields(node, self.setting, siblings)
            if warning := propose.miscounted(node):
                self.out.warnings.append(warning)
        for root in roots:
            propose.inherit(root)
        self.zones(roots)
        propose.roles_in_prose(roots)
        propose.deadlines(roots, self.setting, self.out.issued_on)
        for node in nodes:
            node.item.children = [c.item for c in node.children]
        if self.first_leads:
            for item in self.out.walk():
                propose.first_as_lead(item)
        self.out.items = [r.item for r in roots] + self.out.items
        for item in self.out.walk():
            propose.select(item)

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
        if not self.out.title:
            self.out.warnings.append(N_("文中没有找到标题，请填写。"))
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
        elif self.out.title.endswith("解读") and not any(i.lead or i.units for i in self.out.leaves()):
            self.out.kind = "news"
            self.out.warnings.append(N_("这是一份解读材料，不是计划本身，未提出任务。"))
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
    if source.format in ("xlsx", "xls"):
        return outline_workbook(source, year=year, units=units)
    result = _Maker(source, year, units).make()
    history.settle(result)
    result.aside.sort(key=lambda a: a.paragraph)
    result.notes.sort(key=lambda n: n.paragraph)
    return result
