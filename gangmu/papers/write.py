"""An outline -> a plan by GB/T 9704 as an office would type it; reading it back gives the same tree."""

from __future__ import annotations

from collections.abc import Iterator

from gangmu.papers.model import Due, Item, Outline
from gangmu.papers.numbering import marker
from gangmu.papers.official import Block, Body, Paper, write
from gangmu.papers.words import to_chinese

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_RHYTHMS = {
    "daily": "每天", "weekly": "每周", "biweekly": "每两周", "semimonthly": "每半月", "monthly": "每月", "bimonthly": "每两月",
    "quarterly": "每季度", "halfyearly": "每半年", "yearly": "每年",
}  # fmt: skip


def label_for(level: int, number: int) -> str:
    """一、 （一） 1. （1） ① by depth, from 1."""
    if level <= 1:
        return f"{to_chinese(number)}、"
    if level == 2:
        return f"（{to_chinese(number)}）"
    if level == 3:
        return f"{number}."
    return f"（{number}）" if level == 4 or number > 20 else _CIRCLED[number - 1]


def due_text(due: Due) -> str:
    """The words of a deadline: as the paper had them, else from the normal form."""
    if due.raw.strip():
        return due.raw.strip().replace("\n", "；")
    if due.kind == "milestones":
        return "；".join(f"{d.year}年{d.month}月{d.day}日前" for d in due.dates)
    if due.kind == "range" and due.start and due.date:
        return f"{due.start.year}年{due.start.month}月{due.start.day}日—{due.date.year}年{due.date.month}月{due.date.day}日"
    if due.date:
        return f"{due.date.year}年{due.date.month}月{due.date.day}日前"
    return _RHYTHMS.get(
        (due.rhythm or "").split("@")[0].split("x")[0], "长期坚持" if due.kind == "ongoing" else ""
    )


def annotation(item: Item) -> str:
    """（牵头单位：…；责任单位：…；完成时限：…）, only what the item says itself; '' for nothing."""
    taken = (
        set(item.inherited)
        if isinstance(item.inherited, list)
        else ({"lead", "units"} if item.inherited else set())
    )
    parts = []
    for name, label, values in (
        ("leader", "牵头领导", item.leader), ("lead", "牵头单位", item.lead), ("units", "责任单位", item.units),
    ):  # fmt: skip
        if values and name not in taken:
            parts.append(f"{label}：{'、'.join(values)}")
    due = due_text(item.due) if item.due and "due" not in taken else ""
    if due:
        parts.append(f"完成时限：{due}")
    return f"（{'；'.join(parts)}）" if parts else ""


def body_lines(item: Item, label: str) -> list[tuple[str, str]]:
    """The paragraphs of one item as (set as a heading, the rest): its number first and its bracket last."""
    text = item.text.strip()
    if not text:
        first = ("", "")
    elif text.startswith(item.title) and text[len(item.title) : len(item.title) + 1] not in ("", "。"):
        first = ("", text[len(item.title) :])  # the title was cut out of a long sentence
    else:
        first = ("。", text)
    lines: list[tuple[str, str]] = []
    for line in f"{item.title}{''.join(first)}".split("\n"):
        # A line that starts like a number would become an item when read back.
        if lines and marker(line):
            head, rest = lines[-1]
            lines[-1] = head, rest + line
        elif lines:
            lines.append(("", line))
        else:
            cut = len(item.title) + len(first[0])
            lines.append((label + line[:cut], line[cut:]))
    said = annotation(item)
    if said:
        head, rest = lines[-1]
        lines[-1] = (head, rest.rstrip("。") + "。" + said) if rest else (head.rstrip("。") + "。", said)
    return lines


def blocks(items: list[Item], level: int = 1) -> Iterator[Block]:
    """The paragraphs of the tree; deeper than the third level they are set as the third."""
    for number, item in enumerate(items, 1):
        for n, (head, rest) in enumerate(body_lines(item, label_for(level, number))):
            yield Block("p", rest) if n else Block(f"h{min(level, 3)}", head, rest)
        yield from blocks(item.children, level + 1)


def plan_paper(outline: Outline) -> Paper:
    """A plan as an office types it: title, preamble, numbered items with their brackets, closing notes."""
    first = min((p for item in outline.walk() for p in item.paragraphs), default=0)
    before = [n for n in outline.notes if n.paragraph < first]
    inside = {p for item in outline.walk() for p in item.paragraphs}
    after = [n for n in outline.notes if n not in before and n.paragraph not in inside]
    body: Body = [Block("p", note.text) for note in before]
    body += blocks(outline.items)
    body += [Block("p", note.text) for note in after]
    return Paper(title=outline.title, body=body, note=outline.doc_no)


def write_plan(outline: Outline) -> bytes:
    """Outline -> bytes of a .docx."""
    return write(plan_paper(outline))
