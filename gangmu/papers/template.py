"""The office's own Word templates: checked when they come in, filled in a process of their own.

A template is asked for three things: it is a plain .docx (no macros, nothing embedded, nothing fetched from outside);
its marks are names, conditions and loops over what the paper gives, and nothing else; it fills within bounds of time,
memory and size. ``check`` raises ``Unfit`` with a sentence and the place.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Mapping
from typing import Any

from jinja2 import nodes
from jinja2.exceptions import SecurityError, TemplateError, TemplateSyntaxError, UndefinedError
from lxml import etree

from gangmu.papers import secrecy
from gangmu.papers.errors import N_, Unreadable
from gangmu.papers.kinds import COMMON, KINDS
from gangmu.papers.official import Block, Form, Paper, Table, write
from gangmu.papers.sandbox import TooMuch, environment
from gangmu.papers.zipsafe import Package

SIZE = 4 * 1024 * 1024  # bytes of a template
TEXT = 1024 * 1024  # bytes of one part of it that has marks
MARKS = 500
SECONDS, MEMORY = 20, 1024 * 1024 * 1024
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FIELDS = re.compile(r"\b(INCLUDETEXT|INCLUDEPICTURE|DDE|DDEAUTO|LINK|MACROBUTTON|DATABASE|IMPORT|RD)\b")
_MARKED = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml$")


class Unfit(Exception):
    """Why a template is not taken, in Chinese, with the place where there is one."""


def check(data: bytes, kind: str) -> None:
    """Raises ``Unfit``. The last look is a filling with the example of the kind."""
    if len(data) > SIZE:
        raise Unfit(N_("模板太大。请去掉图片，存成 4 MB 以内的 .docx。"))
    try:
        package = Package(data)
        _check_package(package)
        for name in package.names:
            if name.endswith((".xml", ".rels")):
                _check_part(package, name, kind)
    except Unreadable as no:
        raise Unfit(no.message) from no
    fill(data, KINDS[kind].facts, strict=True)


def _check_package(package: Package) -> None:
    names = package.names
    if "word/document.xml" not in names or "[Content_Types].xml" not in names:
        raise Unfit(N_("这不是 Word 的 .docx 文件。请用 Word 或 WPS 另存为 .docx 后再上传。"))
    types = package.read("[Content_Types].xml").lower()
    if b"macroenabled" in types or any("vba" in n.lower() for n in names):
        raise Unfit(N_("模板里有宏。请另存为不带宏的 .docx 后再上传。"))
    if any(re.match(r"word/(embeddings|activex|afchunk)", n.lower()) for n in names) or b"oleobject" in types:
        raise Unfit(N_("模板里嵌了别的文件或控件。请删掉后再上传。"))


def _check_part(package: Package, name: str, kind: str) -> None:
    root = package.xml(name)
    if name.endswith(".rels"):
        _check_links(root)
        return
    if root.find(f".//{W}altChunk") is not None or root.find(f".//{W}object") is not None:
        raise Unfit(N_("模板里嵌了别的文件或控件。请删掉后再上传。"))
    codes = "".join(e.text or "" for e in root.iter(f"{W}instrText"))
    codes += " ".join(e.get(f"{W}instr", "") for e in root.iter(f"{W}fldSimple"))
    if _FIELDS.search(codes.upper()):
        raise Unfit(N_("模板里有从别处取内容的域（例如 INCLUDETEXT、DDE、LINK）。请删掉这些域后再上传。"))
    paragraphs = ["".join(t.text or "" for t in p.iter(f"{W}t")) for p in root.iter(f"{W}p")]
    if secrecy.marked([(text, "p") for text in paragraphs]):
        raise Unreadable("secret")
    if _MARKED.match(name):
        _check_marks(root, paragraphs, kind)
    elif any("{{" in text or "{%" in text for text in paragraphs):
        raise Unfit(N_("占位符只能写在正文、页眉、页脚和脚注里。"))


def _check_links(root: etree._Element) -> None:
    """Nothing may be fetched from outside; a web address to click is no fetching."""
    for link in root:
        if link.get("TargetMode") != "External":
            continue
        plain = (link.get("Type") or "").endswith("/hyperlink")
        if not plain or not re.match(r"(https?|mailto):", link.get("Target", ""), re.IGNORECASE):
            raise Unfit(N_("模板链接到外面的文件（例如附加的模板、链接的图片）。请断开链接后再上传。"))


def _check_marks(root: etree._Element, paragraphs: list[str], kind: str) -> None:
    size = len(etree.tostring(root))
    count = sum(text.count("{{") + text.count("{%") for text in paragraphs)
    if count == 0:
        return
    if size > TEXT or count > MARKS:
        raise Unfit(N_("模板太长，或者占位符太多。请精简后再上传。"))
    for text in paragraphs:
        if text.count("{{") != text.count("}}") or text.count("{%") != text.count("%}"):
            raise Unfit(N_("占位符的括号不成对：“%s”。一个占位符要写在同一段里。") % _short(text))
        for mark in re.findall(r"{{.*?}}|{%.*?%}|{#.*?#}", text, re.DOTALL):
            _check_words(mark, text)
    _check_tree("\n".join(paragraphs), kind)


def _check_words(mark: str, text: str) -> None:
    """What the Word library reads by itself, before the marks are parsed."""
    if re.match(r"{%\s*(colspan|cellbg|hm|vm)\b", mark) or "__" in mark:
        raise Unfit(N_("“%s”里有不能用的写法。只能用占位符表里的名称、条件和最多两层的循环。") % _short(text))


def _check_tree(text: str, kind: str) -> None:
    """The marks as one text: every node allowed, every name known, loops no deeper than two."""
    plain = re.sub(r"({[{%#])(tr|tc|p|r)\s", r"\1 ", text)
    plain = plain.replace("“", '"').replace("”", '"').replace("‘", "'").replace("’", "'")
    try:
        tree = environment()._parse(plain, None, None)
    except TemplateSyntaxError as no:
        lines = plain.splitlines() or [""]
        raise Unfit(
            N_("占位符写得不对：“%s”。请对照占位符表改好再上传。")
            % _short(lines[min(no.lineno, len(lines)) - 1])
        ) from no
    except SecurityError as no:
        raise Unfit(
            N_("“%s”里有不能用的写法。只能用占位符表里的名称、条件和最多两层的循环。") % _short(str(no))
        ) from no
    _check_names(tree, set(KINDS[kind].facts), plain.splitlines())


def _check_names(node: nodes.Node, known: set[str], lines: list[str]) -> None:
    """Every name is one that the paper gives, or that of a loop around."""
    here = _short(lines[min(node.lineno, len(lines)) - 1]) if lines else ""
    if isinstance(node, nodes.Name) and node.name not in known:
        raise Unfit(N_("“%s”里的“%s”不在占位符表里。") % (here, node.name))
    if isinstance(node, nodes.For):
        if not isinstance(node.target, nodes.Name) or node.target.name in known:
            raise Unfit(N_("“%s”：循环里的名称不能和占位符重名。") % here)
        known = known | {node.target.name, "loop"}
    for child in node.iter_child_nodes():
        _check_names(child, known, lines)


def _short(text: str) -> str:
    return text.strip()[:60]


def fill(data: bytes, facts: Mapping[str, Any], *, strict: bool = False) -> bytes:
    """The template filled, in a process of its own with bounds of time and memory. ``strict``: unknown names raise."""
    head = json.dumps({"facts": facts, "strict": strict}).encode()
    command = [sys.executable, "-I", "-c", _CHILD.format(seconds=SECONDS, memory=MEMORY, path=sys.path)]
    try:
        done = subprocess.run(  # noqa: S603 - our own interpreter and our own text
            command, input=len(head).to_bytes(8, "big") + head + data, capture_output=True, timeout=SECONDS * 2,
            check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as late:
        raise Unfit(N_("按模板生成用时过长，已停止。请精简模板。")) from late
    if done.returncode == 3:
        raise Unfit(done.stdout.decode())
    if done.returncode:
        raise Unfit(
            N_("按模板生成没有成功（太大、太慢或文件损坏）。请精简模板，或用 Word 重新另存后再上传。")
        )
    return done.stdout


_CHILD = """
import resource, sys
sys.path[:] = {path!r}
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
resource.setrlimit(resource.RLIMIT_AS, ({memory}, {memory}))
resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
from gangmu.papers import template
sys.exit(template.child())
"""


def child() -> int:
    """The other side of ``fill``: reads standard input, writes the .docx, or 3 and a sentence."""
    whole = sys.stdin.buffer.read()
    cut = 8 + int.from_bytes(whole[:8], "big")
    asked = json.loads(whole[8:cut])
    try:
        sys.stdout.buffer.write(_fill(whole[cut:], asked["facts"], strict=asked["strict"]))
    except UndefinedError as no:
        sys.stdout.write(N_("模板里有表里没有的名称：%s。请对照占位符表。") % _short(no.message or ""))
        return 3
    except TooMuch:
        sys.stdout.write(N_("按模板生成的内容太多。请精简模板里的循环。"))
        return 3
    except SecurityError:
        sys.stdout.write(N_("模板里藏着不能用的写法（例如写在图片说明里的）。请删掉后再上传。"))
        return 3
    except TemplateError as no:
        place = " ".join(getattr(no, "docx_context", ()))
        sys.stdout.write(N_("占位符写得不对：“%s”。请对照占位符表改好再上传。") % _short(place))
        return 3
    return 0


def _fill(data: bytes, facts: Mapping[str, Any], *, strict: bool) -> bytes:
    from docxtpl import DocxTemplate  # noqa: PLC0415 - half a second that only the child needs to wait

    document = DocxTemplate(io.BytesIO(data))
    document.render(dict(facts), environment(strict=strict), autoescape=True)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def sample(kind: str) -> bytes:
    """A template to begin with: every name of the kind where it would stand, rows as tables."""
    facts = KINDS[kind].facts
    texts = {name for name, value in facts.items() if isinstance(value, str)}
    body: list[Block | Table | Form] = [
        Block("label", f"{name}：{{{{ {name} }}}}") for name in facts if name in texts - set(COMMON)
    ]
    for name, value in facts.items():
        if name in texts or name == "正文":
            continue
        heads = tuple(value[0])
        blank = ("",) * (len(heads) - 1)
        marks = tuple(f"{{{{ 行.{head} }}}}" for head in heads)
        rows = ((f"{{%tr for 行 in {name} %}}", *blank), marks, ("{%tr endfor %}", *blank))
        body += [Block("h1", name), Table(heads, rows)]
    body += [
        Block("flush", "{%p for 段 in 正文 %}"),
        Block("p", "{{ 段.文字 }}"),
        Block("flush", "{%p endfor %}"),
    ]
    paper = Paper(
        title="{{ 标题 }}", head="{{ 发文机关 }}", doc_no="{{ 文号 }}", addressee="{{ 主送 }}", body=body
    )
    paper.after = [Block("p", "{{ 署名 }}"), Block("p", "{{ 成文日期 }}")]
    return write(paper)
