"""Numbered lines -> a tree. The level of a number is where it was first seen in this paper, not a fixed table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from gangmu.papers.fields import Fields, Setting, extract
from gangmu.papers.model import Item
from gangmu.papers.numbering import RANK, Marker, bare_marker, decimal_marker, digit_marker, marker

SUB_POINTS = {"is", "nth", "circ"}


@dataclass
class Node:
    """An item while it is being built. ``own`` was said in its paragraphs, ``late`` on a line after it."""

    item: Item
    kind: str
    number: int
    own: Fields = field(default_factory=Fields)
    late: Fields | None = None
    late_paragraphs: list[int] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    parent: Node | None = None
    zone: int = 0
    holds_table: bool = False

    def walk(self) -> list[Node]:
        """This node and everything under it."""
        return [self, *(n for child in self.children for n in child.walk())]

    def leaves(self) -> list[Node]:
        return [n for n in self.walk() if not n.children]


def split_title(rest: str) -> tuple[str, str]:
    """The text after a number -> (title, text). A short first sentence is the title; a long one is cut at a clause."""
    line, _, more = rest.partition("\n")
    head, stop, tail = line.partition("。")
    tail = "\n".join(part for part in (tail.strip(), more) if part)
    if len(head) <= 45:
        if not stop and len(head) > 30:
            return _spaced(head, tail)
        return (head, tail) if tail or not stop else (head, "")
    spaced, rest_of = _spaced(line, more)
    if rest_of and spaced != line:
        return spaced, rest_of
    colon = re.match(r"^([^，。；：:]{4,24})[：:](.+)$", line, re.DOTALL)
    if colon:
        return colon[1], "\n".join(part for part in (colon[2].strip(), more) if part)
    cut = re.match(r"^.{8,44}(?=[，,；;：:])", head)
    title = cut.group() if cut else head[:40]
    return title, rest


def _spaced(line: str, more: str) -> tuple[str, str]:
    """``加强领导 各部门要……。``: a blank ends the title when a long sentence follows."""
    found = re.match(r"^([^，。；：:,\s]{4,24}) (\S.{25,})$", line)
    if found and "。" in found[2]:
        return found[1], "\n".join(part for part in (found[2], more) if part)
    return line, more


class Forest:
    """Builds the tree line by line; ``stack`` is the path from the top to the open item."""

    def __init__(self, setting: Setting, upcoming: Sequence[Marker | None] = ()) -> None:
        self.setting = setting
        self.roots: list[Node] = []
        self.stack: list[Node] = []
        self.zone = 0
        self.upcoming = list(upcoming)
        self.closed = False
        self.bare = False  # numbers without a dot: ``1 文字``
        self.under: dict[str, str] = {}  # kind -> the kind it was first seen under, against the usual order

    @property
    def top(self) -> Node | None:
        return self.stack[-1] if self.stack else None

    def restart(self) -> None:
        """A new part of the paper (an attachment): the levels begin anew."""
        self.stack, self.closed = [], False
        self.zone += 1

    def marker_of(self, text: str) -> Marker | None:
        """The number of this line, if it is one here: 一是 needs its predecessor, ``3 文字`` too."""
        found = marker(text)
        if found is None:
            open_ar = next((n for n in reversed(self.stack) if n.kind == "ar"), None)
            open_dec = next((n for n in reversed(self.stack) if n.kind == "dec"), None)
            if open_ar and (
                below := decimal_marker(text, open_ar.number, open_dec.number + 1 if open_dec else 1)
            ):
                return below
            if open_ar and (after := digit_marker(text, open_ar.number + 1)):
                return after
            return bare_marker(text, open_ar.number + 1 if open_ar else 1 if self.bare else -1)
        if found.kind in ("is", "nth") and found.number != 1:
            same = [n for n in self.stack if n.kind == found.kind]
            if not same or same[-1].number != found.number - 1:
                return None
        if (
            found.kind == "cn"
            and re.match(r"^[一二三四五六七八九十]+[、产级]", found.rest)
            and found.number <= 10
        ):
            return None
        return found

    def _place(self, found: Marker, position: int) -> None:
        """Pop the stack to where the new item belongs."""
        kinds = [n.kind for n in self.stack]
        if found.kind in kinds:
            self.stack = self.stack[: kinds.index(found.kind)]
            return
        rank = RANK.get(found.kind, 99)
        if self.stack and RANK.get(self.stack[-1].kind, 99) > rank and not self._nested(found, position):
            while self.stack and RANK.get(self.stack[-1].kind, 99) > rank:
                self.stack.pop()

    def _nested(self, found: Marker, position: int) -> bool:
        """``1.`` over （一）: true when the list above goes on after this one."""
        top = self.stack[-1]
        if found.number != 1:
            return False
        if self.under.get(found.kind) == top.kind:
            return True
        above = {n.kind for n in self.stack[:-1]}
        for later in self.upcoming[position + 1 :]:
            if later is None:
                continue
            if later.kind == top.kind:
                goes_on = later.number == top.number + 1
                if goes_on:
                    self.under[found.kind] = top.kind
                return goes_on
            if later.kind in above:
                return False
        return False

    def close(self, kind: str) -> None:
        """Close the open items of this kind and everything under them."""
        kinds = [n.kind for n in self.stack]
        if kind in kinds:
            self.stack = self.stack[: kinds.index(kind)]

    def open(self, found: Marker, paragraph: int, position: int) -> Node:
        """A numbered line: place it, read its annotations, split title and text."""
        self._place(found, position)
        clean, said = extract(found.rest, self.setting)
        title, text = split_title(clean)
        item = Item(
            found.label,
            len(self.stack) + 1,
            title.strip().rstrip("；;，,"),
            text.strip(),
            paragraphs=[paragraph],
        )
        parent = self.top
        node = Node(item, found.kind, found.number, said, parent=parent, zone=self.zone)
        (parent.children if parent else self.roots).append(node)
        self.stack.append(node)
        self.closed = False
        return node

    def annotate(self, said: Fields, paragraph: int) -> bool:
        """A field line after an item. Returns False when no item is open."""
        node = self.top
        if node is None:
            return False
        if node.late is None:
            node.late = Fields()
        node.late.add(said)
        node.late_paragraphs.append(paragraph)
        node.item.paragraphs.append(paragraph)
        return True

    def extend(self, text: str, said: Fields, paragraph: int) -> None:
        """A further paragraph of the open item."""
        node = self.stack[-1]
        node.own.add(said)
        node.item.paragraphs.append(paragraph)
        if not node.item.title:
            node.item.title, node.item.text = split_title(text)
        else:
            node.item.text = "\n".join(part for part in (node.item.text, text) if part)


def _speaks(node: Node) -> bool:
    """Are units or people named in this item or on the line after it?"""
    return bool(node.late) or bool(node.own.lead or node.own.units or node.own.leader or node.own.person)


def _silent(node: Node) -> bool:
    return not any(_speaks(n) for n in node.walk())


def _ends_group(group: list[Node]) -> bool:
    """Only the last of these siblings names anybody, and nothing under it does."""
    return (
        _speaks(group[-1])
        and all(_silent(n) for n in group[:-1])
        and all(_silent(n) for n in group[-1].children)
    )


def hoist(roots: list[Node]) -> None:
    """Units named only at the end of a list belong to the whole list: lift them to the parent, level by level.

    A kind of number at which the paper mostly names units item by item is left alone. Units inside the last item's own
    paragraph are lifted only where the paper names units beside the parent, or ends every list of four or more like that.
    """
    for _ in range(4):
        groups = [n.children for root in roots for n in root.walk() if len(n.children) > 1]
        groups += [roots] if len(roots) > 1 else []
        ends = [g for g in groups if _ends_group(g)]
        each = Counter(g[0].kind for g in groups if not any(_silent(n) for n in g))
        often = Counter(g[0].kind for g in ends)
        kinds = Counter(g[0].kind for g in groups)
        lifted = False
        for group in ends:
            kind, parent = group[0].kind, group[-1].parent
            if parent is None or often[kind] <= each[kind]:
                continue
            always = often[kind] >= 4 and often[kind] == kinds[kind]
            if group[-1].late or always or _named_beside(parent, roots):
                _lift(group[-1], parent)
                lifted = True
        if not lifted:
            return


def _named_beside(node: Node, roots: list[Node]) -> bool:
    siblings = node.parent.children if node.parent else roots
    return any(_speaks(n) for n in siblings if n is not node)


def _lift(node: Node, parent: Node) -> None:
    """What is said in or after ``node`` is said of ``parent``."""
    if parent.late is None:
        parent.late = Fields()
    if node.late:
        parent.late.add(node.late)
        parent.item.paragraphs.extend(node.late_paragraphs)
        parent.late_paragraphs.extend(node.late_paragraphs)
        left = [p for p in node.item.paragraphs if p not in node.late_paragraphs]
        node.item.paragraphs = left or node.item.paragraphs
        node.late, node.late_paragraphs = None, []
    parent.late.add(node.own)
    node.own = replace(Fields(), legends=node.own.legends, rest=node.own.rest)


def settle(roots: list[Node]) -> None:
    """Join what was said in and after each item."""
    for root in roots:
        for node in root.walk():
            if node.late:
                node.own.add(node.late)
                # 牵头 on one line and 责任 on the next are one statement.
                node.own.units = [u for u in node.own.units if u not in node.own.lead]
