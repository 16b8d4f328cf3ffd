"""Plain text and Markdown -> paragraphs; the encoding is proved, not assumed."""

from __future__ import annotations

import re

from gangmu.papers.errors import N_, Unreadable
from gangmu.papers.model import Cell, Paragraph
from gangmu.papers.numbering import marker
from gangmu.papers.words import OPEN, pairs, tidy

# Characters that Chinese office text is full of; a wrong decoding produces almost none of them.
_COMMON = set(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学"
    "法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外"
    "天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情"
    "者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角"
    "期根论运农指几九区强放决西被干做必战先回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交"
    "受联什认六共权收证改清己美再采转更单风切打白教速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话"
    "单位责任牵头措施落实推进加强落院检察监督办案负责完成支持企业推動黨檢務發會議實進單責國時個為與關對業後機學經這"
)
_MOJIBAKE = re.compile("锟斤拷|烫烫|屯屯|ï¿½|Ã[\x80-\xbf]|å[\x80-\xbf\u0152-\u0178]|\ufffd\ufffd")


def confidence(text: str) -> float:
    """0..1: the share of common characters among the Han ones, lowered by debris. 1.0 for text without Han."""
    han = [c for c in text[:20000] if "\u3400" <= c <= "\u9fff"]
    odd = sum(
        1
        for c in text[:20000]
        if c == "\ufffd" or (ord(c) < 32 and c not in "\n\r\t\x0b\x0c") or "\ue000" <= c <= "\uf8ff"
    )
    if not han:
        return 1.0 if not odd and text[:200].isascii() else 0.2
    share = sum(c in _COMMON for c in han) / len(han)
    return max(0.0, share - 5 * odd / len(han))


def _candidates(data: bytes) -> list[str]:
    if data.startswith(b"\xef\xbb\xbf"):
        return ["utf-8-sig"]
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ["utf-16"]
    zeros = data[:2000].count(0)
    if zeros:
        return ["utf-16-le", "utf-16-be"]
    return ["utf-8", "gb18030", "big5", "utf-16-le", "utf-16-be"]


def decode(data: bytes, declared: str = "") -> tuple[str, str]:
    """bytes -> (text, encoding). Raises Unreadable('encoding') when nothing reads as Chinese or plain text."""
    best: tuple[float, str, str] = (0.0, "", "")
    order = _candidates(data)
    if declared and order[0] == "utf-8":
        # GB2312 in a page nearly always means its superset.
        order.insert(1, "gb18030" if declared.lower().startswith("gb") else declared.lower())
    for name in dict.fromkeys(order):
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        score = confidence(text)
        if name in ("utf-8", "utf-8-sig") and "\ufffd" not in text and (score > 0.15 or not _misread(text)):
            # Text that is not UTF-8 hardly ever decodes as UTF-8 by chance.
            best = (max(score, 0.9), name, text)
            break
        if score > best[0] + 0.05:
            best = (score, name, text)
    score, name, text = best
    if not name or score < 0.35 or _broken(text):
        raise Unreadable("encoding", f"{name or '?'} {score:.2f}")
    return text, name


def _misread(text: str) -> bool:
    """UTF-8 bytes once read as GBK fill the text with rare characters whose first GBK byte is E4–E9."""
    han = [c for c in text[:20000] if "\u4e00" <= c <= "\u9fff"]
    rare = sum(0xE4 <= c.encode("gbk", "replace")[0] <= 0xE9 for c in han)
    return len(han) > 3 and rare > 0.25 * len(han)


def _broken(text: str) -> bool:
    """UTF-8 once read as GBK or Latin-1 and saved like that."""
    sample = text[:20000]
    han = sum("\u3400" <= c <= "\u9fff" for c in sample)
    if len(_MOJIBAKE.findall(sample)) > 2 + len(sample) // 500:
        return True
    return han > 20 and confidence(sample) < 0.3 and _misread(sample)


def flattened(lines: list[str]) -> bool:
    """A table whose merged cells came out as one character a line (three times or more)."""
    runs = run = 0
    for line in lines:
        run = run + 1 if len(line) == 1 and "\u4e00" <= line <= "\u9fff" else 0
        runs += run == 3
    return runs >= 2


def _front_matter(lines: list[str]) -> int:
    """Index after a Markdown front matter block, 0 when there is none."""
    if lines and lines[0].strip() == "---":
        for i, line in enumerate(lines[1:60], 1):
            if line.strip() == "---":
                return i + 1
    return 0


def _pipe_row(line: str) -> list[str] | None:
    text = line.strip()
    if text.count("|") < 2 or not text.startswith("|"):
        return None
    return [tidy(cell) for cell in text.strip("|").split("|")]


def _tabbed(lines: list[str], i: int) -> list[str] | None:
    """A row of a table that was saved as text: at least three cells between tabs, beside another such row."""

    def cells(j: int) -> list[str]:
        line = lines[j].strip("\n").lstrip(" \u3000") if 0 <= j < len(lines) else ""
        return line.split("\t") if line[:1] != "\t" else []

    own = cells(i)
    if sum(bool(c.strip()) for c in own) < 3:
        return None
    beside = any(sum(bool(c.strip()) for c in cells(j)) >= 3 for j in (i - 1, i + 1))
    return [tidy(c) for c in own] if beside else None


def _markdown(line: str) -> str:
    line = re.sub(r"^\s{0,3}(?:#{1,6}\s+|>\s*)", "", line)
    line = re.sub(r"!\[[^\]]*\]\([^)]*\)|<!--.*?-->", "", line)
    line = re.sub(r"\[([^\]]*)\]\([^)\s]*\)", r"\1", line)
    return re.sub(r"(\*\*|__)(.+?)\1", r"\2", line)


_END = re.compile(r"[。；：:;！!？?…”）)〕\]】》]$")
_PAUSE = re.compile(r"[，。；,;]")
_CONTINUES = re.compile(r"^[，。；：、！？）〕】》”’,;:!?)\]](?!\S{0,3}[(（])")
_PAGE = re.compile(r"^\s*[-—–－]\s*\d{1,4}\s*[-—–－]\s*$")
_FIELD = re.compile(r"^\s*[【\[（(]?\s*[\u4e00-\u9fff]{2,8}(?:单位|部门|领导|时限|时间|人)\s*[】\]]?\s*[：:]")
_AWAY = 300  # characters in which a bracket opened on one line must be closed on the following ones
_LONGEST = 3000  # characters of one joined paragraph


class _Wrapping:
    """How the lines of one text are broken: at paragraphs only, evenly (e-mail, terminal) or raggedly (out of a PDF)."""

    def __init__(self, lines: list[str]) -> None:
        full = [line.strip() for line in lines if len(line.strip()) >= 20]
        lengths = sorted(len(line) for line in full)
        broken = sum(not _END.search(line) for line in full)
        even = bool(full) and lengths[-1] - lengths[len(lengths) // 4] <= 6 and lengths[-1] < 60
        prose = [
            line for line in (raw.strip() for raw in lines)
            if len(line) >= 15 and _PAUSE.search(line) and not _FIELD.match(line)
        ]  # fmt: skip
        cut = sum(not _END.search(line) for line in prose)
        self.even = even and len(full) >= 8 and broken > 0.5 * len(full)
        self.ragged = cut >= 5 and cut >= 0.25 * len(prose)

    def cut(self, line: str) -> bool:
        """Does this line stop in the middle of a sentence?"""
        if _END.search(line) or len(line) < 15:
            return False
        if self.even and len(line) >= 20:
            return True
        prose = _PAUSE.search(line) or (len(line) >= 20 and re.match(r"为|根据|按照|依据|本", line))
        return self.ragged and bool(prose) and not _FIELD.match(line)


def unwrap(lines: list[str]) -> list[str]:
    """Join lines that were broken in the middle: inside an open bracket, before a comma, or all over a wrapped text."""
    wrapping = _Wrapping(lines)
    out: list[str] = []
    for i, line in enumerate(lines):
        before = out[-1].rstrip() if out else ""
        if not line.strip():
            if not _open_bracket(before):
                out.append(line)
            continue
        if _PAGE.match(line) and before and not _END.search(before):
            out.insert(len(out) - 1, line)
            continue
        if before and len(before) < _LONGEST and _joins(before, line, lines, i, wrapping):
            out[-1] = before + line.strip()
            continue
        out.append(line)
    return out


def _joins(before: str, line: str, lines: list[str], i: int, wrapping: _Wrapping) -> bool:
    """Is ``line`` the rest of ``before``?"""
    if _CONTINUES.match(line.strip()):
        return True
    if marker(line) is not None or _FIELD.match(line):
        return False
    if _open_bracket(before) or wrapping.cut(before):
        return True
    return _half_bracket(before) and _closes(lines, i)


def _open_bracket(line: str) -> bool:
    """Does the line end inside a bracket that names units?"""
    tail = line[-_AWAY:]
    closed = pairs(tail)
    opened = [i for i, c in enumerate(tail) if c in OPEN and i not in closed]
    inside = tail[opened[0] :] if opened else ""
    return bool(re.search(r"单位|部门|负责|牵头|时限", inside)) and not re.search(r"[。！？]$", inside)


def _half_bracket(line: str) -> bool:
    """Does the line end a few characters after a bracket opened, as ``…需求。(责`` does?"""
    return bool(re.search(r"[（(〔\[【][^（(〔\[【）)〕\]】]{0,60}$", line)) and not _END.search(line)


def _closes(lines: list[str], i: int) -> bool:
    """Do the following lines close a bracket before they open another?"""
    found = re.search(r"[（(〔\[【）)〕\]】]", "".join(lines[i : i + 8])[:_AWAY])
    return bool(found) and found is not None and found.group() in "）)〕]】"


def paragraphs(text: str, *, markdown: bool = False) -> tuple[list[Paragraph], list[str]]:
    """Lines -> paragraphs; rows of pipes -> cells. Second: warnings."""
    found: list[Paragraph] = []
    lines = unwrap(text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n").split("\n"))
    head = _front_matter(lines) if markdown else 0
    table, row = -1, -1
    for i, line in enumerate(lines):
        cells = _pipe_row(line) or _tabbed(lines, i)
        if cells is None:
            row = -1
            kind = "meta" if i < head else "p"
            if markdown and i >= head:
                kind = "heading" if re.match(r"\s{0,3}#{1,6}\s", line) else kind
                line = _markdown(line)
            body = tidy(line)
            if body and not re.fullmatch(r"[-=*_|:\s]+", body):
                found.append(Paragraph(len(found) + 1, body, kind))
            continue
        if all(re.fullmatch(r":?-*:?", c) for c in cells):
            continue
        table, row = (table + 1, 0) if row < 0 else (table, row + 1)
        for col, cell in enumerate(cells):
            if cell:
                found.append(Paragraph(len(found) + 1, cell, "cell", Cell(table, row, col)))
    if flattened([p.text for p in found]):
        raise Unreadable("flattened")
    warnings = [N_("文本前部的网页属性（标题、日期等）未作为正文。")] if head else []
    return found, warnings
