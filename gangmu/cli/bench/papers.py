"""``gangmu bench papers``: reading against a bare walk of the same file. Prints figures, never asserts.

``PARTS`` is the list of what is measured: (name, function that returns {figure: number}). Append a part to add one.
"""

import argparse
import io
import json
import time
import tracemalloc
from collections.abc import Callable

import docx

from gangmu.cli.bench import rosters
from gangmu.papers.outline import outline
from gangmu.papers.read import read
from gangmu.papers.zipsafe import Package

Figures = dict[str, float]
PARAGRAPHS = 3_000  # about 200 pages of 28 characters by 22 lines
_DEPARTMENTS = (
    "办公室",
    "政治部",
    "机关党委",
    "案件管理部",
    "第一检察部",
    "第二检察部",
    "法律政策研究室",
    "司法警察支队",
)
_BODY = (
    "坚持问题导向，围绕群众急难愁盼组织专项检查，梳理突出问题，逐项明确措施，跟踪问效，推动形成长效机制；"
    "加强与有关单位的沟通协作，定期会商研判，及时总结可复制可推广的经验做法，确保各项部署落到实处、见到实效。"
)


def long_plan(paragraphs: int = PARAGRAPHS) -> bytes:
    """A .docx of an invented plan: chapters, sections, numbered tasks with text, units and deadlines."""
    document = docx.Document()
    document.add_paragraph("云泽市人民检察院2025年工作要点")
    number = written = 0
    while written < paragraphs:
        number += 1
        lead, other = _DEPARTMENTS[number % 8], _DEPARTMENTS[(number + 3) % 8]
        if number % 40 == 1:
            document.add_paragraph(
                f"{'一二三四五六七八九十'[number // 40 % 10]}、第{number // 40 + 1}方面工作"
            )
        document.add_paragraph(f"{number}.推进第{number}项重点任务。{number % 12 + 1}月底前完成方案。{_BODY}")
        document.add_paragraph(_BODY)
        document.add_paragraph(
            f"（牵头部门：{lead}；配合部门：{other}、各支部；完成时限：{number % 12 + 1}月底前）"
        )
        written += 3
    target = io.BytesIO()
    document.save(target)
    return target.getvalue()


def _seconds(do: Callable[[], object], rounds: int = 3) -> float:
    """The best of several rounds: the machine's noise only ever adds."""
    best = float("inf")
    for _ in range(rounds):
        begun = time.perf_counter()
        do()
        best = min(best, time.perf_counter() - begun)
    return best


def _peak(do: Callable[[], object]) -> float:
    """MiB allocated by Python at the highest point; lxml's own trees are not in it."""
    tracemalloc.start()
    do()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 2**20


def _bare_lxml(data: bytes) -> int:
    root = Package(data).xml("word/document.xml")
    word = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
    return sum(len("".join(t.text or "" for t in p.iter(f"{word}t"))) for p in root.iter(f"{word}p"))


def _bare_docx(data: bytes) -> int:
    return sum(len(p.text) for p in docx.Document(io.BytesIO(data)).paragraphs)


def plan_of_200_pages() -> Figures:
    """Read and outline a plan of 200 pages; ratios to a bare walk over the same paragraphs."""
    data = long_plan()

    def understand() -> int:
        return len(outline(read(data, "plan.docx")).leaves())

    whole = _seconds(understand)
    return {
        "tasks": understand(),
        "read_seconds": round(_seconds(lambda: read(data, "plan.docx")), 3),
        "seconds": round(whole, 3),
        "times_bare_lxml": round(whole / _seconds(lambda: _bare_lxml(data)), 1),
        "times_bare_python_docx": round(whole / _seconds(lambda: _bare_docx(data)), 1),
        "peak_mib": round(_peak(understand), 1),
    }


PARTS: list[tuple[str, Callable[[], Figures]]] = [
    ("plan of 200 pages", plan_of_200_pages),
    ("roster of 10,000 rows", rosters.roster),
]


def command(args: argparse.Namespace) -> int:
    found = {name: part() for name, part in PARTS}
    if args.json:
        print(json.dumps(found, ensure_ascii=False, indent=1))
        return 0
    for name, figures in found.items():
        print(name)
        for figure, value in figures.items():
            print(f"  {figure.replace('_', ' '):24} {value:>10}")
    return 0
