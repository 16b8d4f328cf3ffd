"""A Jinja environment in which a template reaches nothing but its data: no calls, no filters, no globals, a limit on length."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext
from jinja2.sandbox import ImmutableSandboxedEnvironment

LENGTH = 20 * 1024 * 1024  # characters of a filled part
DEPTH = 2  # loops inside loops
ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Getattr, nodes.For, nodes.If, nodes.Compare,
    nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Const,
)  # fmt: skip
LOOP = frozenset({"index", "index0", "first", "last", "length"})


class TooMuch(Exception):
    """The filled template grew beyond its bounds."""


def _joined(parts: Iterable[str]) -> str:
    out, length = [], 0
    for part in parts:
        length += len(part)
        if length > LENGTH:
            raise TooMuch
        out.append(part)
    return "".join(out)


class Closed(ImmutableSandboxedEnvironment):
    """An attribute is a key of a mapping, or one of five words about a loop; all else is unknown."""

    concat = staticmethod(_joined)  # type: ignore[assignment]

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """What is filled is looked at as it is filled: a mark may hide where no paragraph shows it."""
        tree = super()._parse(source, name, filename)
        if (where := forbidden(tree)) is not None:
            raise SecurityError((source.splitlines() or [""])[where - 1][:60])
        return tree

    def getattr(self, obj: Any, attribute: str) -> Any:
        if isinstance(obj, Mapping) and attribute in obj:
            return obj[attribute]
        if isinstance(obj, LoopContext) and attribute in LOOP:
            return getattr(obj, attribute)
        return self.undefined(name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        return self.getattr(obj, argument) if isinstance(argument, str) else self.undefined(name="?")

    def is_safe_callable(self, obj: Any) -> bool:
        return False


def forbidden(node: nodes.Node, depth: int = 0) -> int | None:
    """The line of the first thing under ``node`` that no template needs; None when there is none."""
    if not isinstance(node, ALLOWED) or (isinstance(node, nodes.Getattr) and node.attr.startswith("_")):
        return node.lineno
    if isinstance(node, nodes.For):
        if depth >= DEPTH or node.recursive or not isinstance(node.iter, (nodes.Name, nodes.Getattr)):
            return node.lineno
        depth += 1
    found = (forbidden(child, depth) for child in node.iter_child_nodes())
    return next((line for line in found if line is not None), None)


def environment(*, strict: bool = False) -> Closed:
    """``strict``: a name that is not there raises; else it leaves its place empty."""
    made = Closed(autoescape=True, undefined=StrictUndefined if strict else Undefined)
    made.globals.clear()
    made.filters.clear()
    made.tests.clear()
    return made
