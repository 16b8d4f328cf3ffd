"""Every Chinese sentence that a person reads stands in a translation mark.

Templates: Chinese text outside ``_(…)``, ``{% trans %}`` and comments. Python under ``gangmu`` (papers, demo content,
command line and migrations apart): Chinese literals that are no argument of ``_``, ``_l`` or ``N_`` and no docstring.
A line that is data, not interface, ends with ``# data``.
"""

import ast
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent / "gangmu"
CJK = re.compile(r"[\u4e00-\u9fff]")
MARKS = {"_", "_l", "N_", "gettext", "gettext_lazy", "ngettext", "pgettext"}
# Data, not interface: word lists that reading rests on, the demo city, the command line, stored facts.
DATA = ("papers/", "cli/", "/migrations/", "flow/reading.py", "events/log.py", "org/queries.py")
JINJA_COMMENT = re.compile(r"\{#.*?#\}", re.S)
JINJA_MARKED = re.compile(r"_\(\s*(\"(?:[^\"\\]|\\.)*\"|'(?:[^'\\]|\\.)*')", re.S)
JINJA_TRANS = re.compile(r"\{%-?\s*trans.*?%\}.*?\{%-?\s*endtrans\s*-?%\}", re.S)


def template_problems(file: Path) -> list[str]:
    text = file.read_text(encoding="utf-8")
    for pattern in (JINJA_COMMENT, JINJA_TRANS, JINJA_MARKED):
        text = pattern.sub(lambda m: re.sub(r"[^\n]", " ", m[0]), text)
    return [
        f"{file}:{number}: {line.strip()[:80]}"
        for number, line in enumerate(text.splitlines(), start=1)
        if CJK.search(line)
    ]


class Finder(ast.NodeVisitor):
    """Collects Chinese literals outside marks."""

    def __init__(self) -> None:
        self.found: list[ast.Constant] = []

    def visit_Call(self, node: ast.Call) -> None:
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in MARKS:
            self.generic_visit(node)
            return
        for extra in node.args[1:]:
            self.visit(extra)

    def visit_Expr(self, node: ast.Expr) -> None:
        if not isinstance(node.value, ast.Constant):  # a docstring says what it likes
            self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if isinstance(node.value, str) and CJK.search(node.value):
            self.found.append(node)


def python_problems(file: Path) -> list[str]:
    finder = Finder()
    text = file.read_text(encoding="utf-8")
    finder.visit(ast.parse(text))
    lines = text.splitlines()
    return [
        f"{file}:{node.lineno}: {str(node.value)[:60]}"
        for node in finder.found
        if not lines[node.lineno - 1].endswith("# data")
    ]


def extracts() -> list[str]:
    """The catalogue can really be made from the sources."""
    with tempfile.TemporaryDirectory() as folder:
        catalogue = Path(folder) / "gangmu.pot"
        command = [sys.executable, "-m", "babel.messages.frontend", "-q", "extract", "-F", "babel.cfg", "-k", "_l",
                   "-k", "N_", "-o", str(catalogue), "gangmu"]  # fmt: skip
        done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT.parent)
        count = catalogue.read_text(encoding="utf-8").count("\nmsgid ") if catalogue.exists() else 0
    return (
        []
        if done.returncode == 0 and count > 300
        else [f"pybabel extract: {count} messages {done.stderr[-300:]}"]
    )


def main() -> int:
    problems = extracts()
    for file in sorted((ROOT / "web" / "templates").rglob("*.html")):
        problems += template_problems(file)
    for file in sorted(ROOT.rglob("*.py")):
        if not any(part in file.as_posix() for part in DATA):
            problems += python_problems(file)
    for problem in problems:
        print(problem)
    print(f"{len(problems)} unmarked strings" if problems else "translations: every string is marked")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
