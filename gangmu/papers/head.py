"""What stands around the numbered text: noise, title, document number, issuer, date, attachments, the year."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime

from gangmu.papers import furniture, propose
from gangmu.papers.dates import parse_due
from gangmu.papers.errors import N_
from gangmu.papers.fields import first_is_lead
from gangmu.papers.lines import lines_of
from gangmu.papers.model import Aside, Note, Outline, Source
from gangmu.papers.numbering import marker
from gangmu.papers.words import bare

_HEAD = 30  # lines in which title, document number and addressee are looked for


class Head:
    """The state while one paper is turned into an Outline, and the reading of everything but its body."""

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

    def why_aside(self, i: int) -> str:
        return next((a.why for a in self.out.aside if a.paragraph == self.lines[i].no), "")

    def note(self, i: int) -> None:
        self.done.add(i)
        self.out.notes.append(Note(self.lines[i].text, self.lines[i].no))

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
            self.out.title = self.table_title()
        if main is None and not self.out.title:
            main = self.fallback_title(stop)
        if main is None:
            return
        self.out.title = self.joined(main)
        self.organ(main[0] - 1)
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

    def organ(self, i: int) -> None:
        """The line right above the title that is nothing but a body's name is who issues the paper."""
        text = self.lines[i].text if i >= 0 and i not in self.done else ""
        if 6 <= len(text) <= 40 and furniture.ORGAN.search(text):
            self.out.issuer = self.out.issuer or text
            self.aside(i, N_("发文机关（已单独记录）"))

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

    def table_title(self) -> str:
        """The full-width first row of the first table, when it reads like a title."""
        first = next((line for line in self.lines if line.kind == "table"), None)
        cell = first.cells[0] if first else None
        alone = cell and cell.cell and cell.cell.cols > 1 and furniture.title_like(cell.text)
        return cell.text.replace("\n", "") if cell and alone else ""

    def fallback_title(self, stop: int) -> list[int] | None:
        for i in range(min(stop, len(self.lines), 12)):
            line = self.lines[i]
            if i in self.done or line.kind == "table" or marker(line.text) or first_is_lead(line.text):
                continue
            if (
                len(line.text) <= 50
                and not re.search(r"[。：:；]$|^(?:为|根据|按照|经|依据)", line.text)
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
            signed = furniture.SIGNED.match(line.text)
            if signed and i not in self.done and self.out.issued_on is None:
                due = parse_due(signed["when"], year=2000)
                self.out.issued_on = due.date if due else None
                self.out.issuer = self.out.issuer or signed["who"]
                self.aside(i, N_("落款（已单独记录）"))
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

    def boundary(self) -> int | None:
        """Index of the line that ends a cover notice (its date, or 附件), when numbered text follows it."""
        following: dict[int, int | None] = {}
        number: int | None = None
        for i in range(len(self.lines) - 1, -1, -1):
            following[i] = number
            number = self.start_number(i) or number
        for i, line in enumerate(self.lines):
            if line.kind == "table":
                continue
            ends = furniture.DATE_LINE.match(line.text) or (
                furniture.attachment(line.text) and i not in self.done
            )
            if ends and following[i] == 1 and i < len(self.lines) - 2:
                return i
        return None

    def attachment_list(self) -> None:
        """附件： and the numbered titles under it name papers, they are no items."""
        final = max((i for i in range(len(self.lines)) if self.is_start(i)), default=-1)
        for i, line in enumerate(self.lines):
            if line.kind == "table" or i in self.done:
                continue
            listed = furniture.ATTACHMENT_LIST.match(line.text)
            alone = furniture.attachment(line.text)
            if not (listed or alone):
                continue
            run = self.short_run(i + 1)
            colon = line.text.rstrip().endswith((":", "："))
            if listed or (run and (colon or final <= run[-1])):
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
