"""Reads thousands of mutated and hostile papers under limits of memory, processor time and network; prints what came of it.

Run by test_fuzz in a process of its own: ``python -m tests.papers.fuzz_worker FILES``. Deterministic: file n is made from
``random.Random(n)``. A file may be read or refused with ``Unreadable``; anything else is a failure and is printed with its
number, so that ``--only n`` shows it again.
"""

from __future__ import annotations

import io
import json
import re
import resource
import signal
import socket
import struct
import sys
import zipfile
from collections import Counter
from collections.abc import Callable
from random import Random

import xlsxwriter

from gangmu.papers import office
from gangmu.papers.errors import Unreadable
from gangmu.papers.outline import outline
from gangmu.papers.read import read
from tests.papers import invented, invented_word

PAPERS = [*invented.PAPERS, *invented_word.PAPERS]
MEMORY = 2 * 2**30  # bytes of address space for the whole run
CPU_EACH = 10.0  # seconds of processor time for one file, far above what any takes
SUFFIXES = (
    ".docx",
    ".doc",
    ".wps",
    ".html",
    ".htm",
    ".txt",
    ".md",
    ".xlsx",
    ".xls",
    ".et",
    ".pdf",
    "",
    ".DOCX",
    ".exe",
)
Made = tuple[bytes, str]
Maker = Callable[[Random], Made]


def sheet() -> bytes:
    """A small task list as .xlsx, with formulas that begin with = + - @."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True, "strings_to_formulas": False}) as book:
        page = book.add_worksheet("任务")
        page.merge_range(0, 0, 0, 4, "2025年任务表")
        lines = [
            ["序号", "工作任务", "牵头部门", "完成时限", "进展情况"],
            [1, "办会", "办公室", 45930, "=1+1"],
            [2, "办文", "政治部", "6.30", "@cmd"],
        ]
        for r, line in enumerate(lines, 1):
            page.write_row(r, 0, line)
        page.write_formula(4, 0, '=HYPERLINK("http://127.0.0.1/")')
    return target.getvalue()


SHEET = sheet()
WORD = [p.data for p in PAPERS if p.name.endswith(".docx")]
PAGES = [p.data for p in PAPERS if p.name.endswith(".html")]
TEXTS = [p.data for p in PAPERS if p.name.endswith((".txt", ".md"))]
FOREIGN = [
    b"%PDF-1.7\n",
    b"\x89PNG\r\n\x1a\n",
    b"{\\rtf1 ",
    b"MZ\x90\x00",
    b"Rar!\x1a\x07",
    b"\x1f\x8b\x08",
    b"OFD",
    b"PK\x05\x06" + b"\0" * 18,
    b"PK",
]
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def mutated(data: bytes, rng: Random) -> bytes:
    """Bytes with one to four random injuries."""
    out = bytearray(data)
    for _ in range(rng.randint(1, 4)):
        size = max(len(out), 1)
        at, span = rng.randrange(size), rng.randint(1, min(size, 400))
        match rng.randrange(7):
            case 0:
                del out[at:]
            case 1:
                for _flip in range(rng.randint(1, 40)):
                    if out:
                        out[rng.randrange(len(out))] ^= 1 << rng.randrange(8)
            case 2:
                out[at:at] = rng.randbytes(span)
            case 3:
                out[at:at] = out[at : at + span] * rng.randint(1, 5)
            case 4:
                out[at : at + span] = bytes(span)
            case 5:
                del out[at : at + span]
            case _:
                out[at : at + span] = bytes(reversed(out[at : at + span]))
    return bytes(out)


def garbled(text: str, rng: Random) -> str:
    """Characters dropped, doubled, swapped or replaced here and there."""
    out = list(text)
    for _ in range(rng.choice((1, 5, 40))):
        i, j = rng.randrange(len(out)), rng.randrange(len(out))
        out[i], out[j] = rng.choice(
            ((out[j], out[i]), ("", out[j]), (out[i] * 9, out[j]), ("（", "）"), ("\n", "、"), ("1.", "一、"))
        )
    return "".join(out)


def repacked(
    data: bytes, change: Callable[[str, bytes], bytes], more: dict[str, bytes] | None = None
) -> bytes:
    """A zip with every part changed, and more parts."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, change(name, old.read(name)))
        for name, content in (more or {}).items():
            new.writestr(name, content)
    return target.getvalue()


def torn(text: str, rng: Random) -> str:
    """Markup with elements dropped, doubled or nested wrongly and numbers made absurd."""
    pieces = re.split(r"(<[^>]*>)", text)
    for _ in range(rng.choice((1, 1, 2, 3, 12))):
        i = rng.randrange(len(pieces))
        match rng.randrange(5):
            case 0:
                pieces[i] = ""
            case 1:
                pieces[i] *= rng.randint(2, 30)
            case 2:
                j = rng.randrange(len(pieces))
                pieces[i], pieces[j] = pieces[j], pieces[i]
            case 3:
                absurd = rng.choice(("-1", "0", "99999999999999", "x", "１", "1e9", "restart", ""))
                pieces[i] = re.sub(r'"[^"]*"', f'"{absurd}"', pieces[i])
            case _:
                pieces[i] += rng.choice(
                    (
                        "<w:tbl><w:tr><w:tc>",
                        "</w:p>",
                        "\x00",
                        "&x;",
                        "（" * 50,
                        "一、1.（一）" * 20,
                        "责任单位：" * 30,
                    )
                )
    return "".join(pieces)


def word_bytes(rng: Random) -> Made:
    return mutated(rng.choice(WORD), rng), "a.docx"


def word_parts(rng: Random) -> Made:
    def change(name: str, content: bytes) -> bytes:
        return torn(content.decode(), rng).encode() if name.startswith("word/") else content

    return repacked(rng.choice(WORD), change), "a.docx"


def word_hostile(rng: Random) -> Made:
    names = (
        "../../etc/passwd",
        "/etc/passwd",
        "word/../../x",
        "word/vbaProject.bin",
        "word/document.xml",
        "C:\\x",
        "word/" + "a" * 200,
        "word/_rels/document.xml.rels",
    )
    external = b'<Relationships xmlns="x"><Relationship TargetMode="External" Type="oleObject" Target="http://127.0.0.1:9/x"/></Relationships>'
    depth, columns = rng.randint(100, 400), rng.randint(1, 10**9)
    w = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    bodies = (
        f"<w:document {w}><w:body>{'<w:tbl><w:tr><w:tc>' * depth}<w:p/>{'</w:tc></w:tr></w:tbl>' * depth}</w:body></w:document>",
        f"<w:document {w}><w:body>{'<w:sdt><w:sdtContent>' * depth}<w:p/>{'</w:sdtContent></w:sdt>' * depth}</w:body></w:document>",
        f'<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]><w:document {w}><w:body><w:p><w:r><w:t>&e;</w:t></w:r></w:p></w:body></w:document>',
        '<!DOCTYPE d [<!ENTITY a "aaaaaaaaaa">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "&a;" * 10}">' for i in range(9)) + f"]><w:document {w}>&a8;</w:document>",
        f'<w:document {w}><w:body><w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="{columns}"/></w:tcPr><w:p><w:r><w:t>甲</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body></w:document>',
        f"<w:document {w}><w:body>{'<w:p><w:r><w:t>一、甲</w:t></w:r></w:p>' * rng.randint(1, 3000)}</w:body></w:document>",
        f"<w:document {w}/>", "", "\ufeff", "<a/>",
    )  # fmt: skip
    body = rng.choice(bodies).encode(rng.choice(("utf-8", "utf-16", "utf-8")))
    more = {rng.choice(names): rng.choice((external, b"", rng.randbytes(200)))}
    return repacked(rng.choice(WORD), lambda n, c: body if n == "word/document.xml" else c, more), "a.docx"


def word_bomb(rng: Random) -> Made:
    """Parts of many megabytes of blanks, directories that lie about sizes, up to 1 GB and more."""
    filler = b" " * rng.choice((10**6, 10**7, 3 * 10**7))
    data = bytearray(
        repacked(rng.choice(WORD), lambda n, c: c, {"word/media/x.xml": filler})
        if rng.random() < 0.4
        else rng.choice(WORD)
    )
    for at in [m.start() for m in re.finditer(b"PK\x01\x02", bytes(data))]:
        if rng.random() < 0.5:
            struct.pack_into("<I", data, at + 24, rng.choice((2**30, 2**32 - 1, 0, 1)))
        if rng.random() < 0.2:
            struct.pack_into("<H", data, at + 8, rng.choice((1, 0x800, 0xFFFF)))
        if rng.random() < 0.2:
            struct.pack_into("<H", data, at + 10, rng.choice((0, 8, 12, 14, 99)))
    return bytes(data), "a.docx"


def page(rng: Random) -> Made:
    text = rng.choice(PAGES).decode("gb18030")
    depth = rng.choice((100, 300, 3000))
    hostile = (
        "<table>" + "<tr><td rowspan=99999 colspan=99999>甲</td><td>乙</td></tr>" * rng.randint(2, 60) + "</table>",
        "<div>" * depth + "甲" + "</div>" * depth, "<table><tr><td>" * 100 + "甲", '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>&e;',
        "<script>while(1){}</script>", '<img src="http://127.0.0.1:9/x"><link rel=stylesheet href="//127.0.0.1:9/y">', "<p>" + "责任单位：" * 3000,
    )  # fmt: skip
    made = torn(text, rng) + (rng.choice(hostile) if rng.random() < 0.5 else "")
    data = made.encode(rng.choice(("gb18030", "utf-8", "utf-16", "big5")), "replace")
    return (mutated(data, rng) if rng.random() < 0.3 else data), rng.choice(("a.html", "a.htm", "a.txt"))


def text(rng: Random) -> Made:
    known = [t for t in TEXTS if t.isascii() is False and b"\xe6" in t]
    body = rng.choice(known)
    if rng.random() < 0.4:
        return garbled(body.decode("utf-8", "replace"), rng).encode(), rng.choice(("a.txt", "a.md", "a.html"))
    if rng.random() < 0.3:
        return mutated(body, rng), rng.choice(("a.txt", "a.md"))
    alphabet = "一二三、（）()〔〕【】1234.．：；，。“”《》责任单位牵头部门完成时限年月日前底第章条部局\n\t \x00\ud7ff|-#*"
    storm = "".join(rng.choice(alphabet) * rng.choice((1, 1, 1, 1, 60)) for _ in range(rng.randint(1, 3000)))
    return storm.encode(rng.choice(("utf-8", "gb18030", "utf-16")), "replace"), rng.choice(
        ("a.txt", "a.md", "a")
    )


def spreadsheet(rng: Random) -> Made:
    if rng.random() < 0.5:
        return mutated(SHEET, rng), "a.xlsx"
    return repacked(
        SHEET, lambda n, c: torn(c.decode(), rng).encode() if n.endswith(".xml") and rng.random() < 0.3 else c
    ), "a.xlsx"


def old_word(rng: Random) -> Made:
    """A binary paper; the converter is replaced by one that gives back what follows the first 512 bytes."""
    return OLE + bytes(504) + mutated(rng.choice(WORD), rng), rng.choice(("a.doc", "a.wps", "a.et", "a.docx"))


def foreign(rng: Random) -> Made:
    start = rng.choice(FOREIGN)
    return start + rng.choice(
        (b"", rng.randbytes(300), rng.choice(TEXTS), rng.choice(WORD))
    ), "a" + rng.choice(SUFFIXES)


def misnamed(rng: Random) -> Made:
    data = rng.choice([*WORD, *PAGES, *TEXTS, SHEET])
    return (mutated(data, rng) if rng.random() < 0.5 else data), "../../a" + rng.choice(SUFFIXES)


MAKERS: list[Maker] = [
    word_bytes, word_parts, word_parts, word_hostile, word_bomb, page, page, text, text, spreadsheet, old_word, foreign, misnamed,
]  # fmt: skip


class TooLong(BaseException):
    """More processor time than any paper needs."""


def _stop(*_: object) -> None:
    raise TooLong


def no_network(*_: object, **__: object) -> None:
    raise AssertionError("a paper opened a connection")


def try_one(number: int) -> tuple[str, str, str]:
    """(maker, read | code of the refusal, '' or what went wrong)."""
    rng = Random(number)
    maker = MAKERS[number % len(MAKERS)]
    data, name = maker(rng)
    signal.setitimer(signal.ITIMER_PROF, CPU_EACH)
    try:
        source = read(data, name)
        lost = outline(source).lost(source)
        return maker.__name__, "read", f"lost {lost[:5]}" if lost else ""
    except Unreadable as no:
        return maker.__name__, no.code, ""
    except (Exception, TooLong) as error:
        return maker.__name__, "failed", f"{type(error).__name__}: {error}"[:300]
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def main(arguments: list[str]) -> int:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, _stop)
    socket.socket.connect = no_network  # type: ignore[method-assign,assignment]
    office.to_docx = lambda data, *_, **__: data[512:]  # type: ignore[assignment]
    numbers = [int(arguments[1])] if arguments[0] == "--only" else range(int(arguments[0]))
    came: dict[str, Counter[str]] = {}
    failures = []
    for number in numbers:
        maker, outcome, wrong = try_one(number)
        came.setdefault(maker, Counter())[outcome] += 1
        if wrong:
            failures.append([number, maker, wrong])
    print(json.dumps({"files": len(numbers), "came": came, "failures": failures}, ensure_ascii=False))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
