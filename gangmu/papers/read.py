"""One door for every paper: what it is (by content first, then by name), then paragraphs. Never any network."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import PurePath

from gangmu.papers import docx_in, html_in, office, sheet_in, text_in
from gangmu.papers.errors import N_, Unreadable
from gangmu.papers.model import Paragraph, Source
from gangmu.papers.secrecy import marked
from gangmu.papers.zipsafe import MAX_FILE, Package

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_FOREIGN = (
    b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!", b"7z\xbc\xaf", b"\x1f\x8b", b"MZ", b"\x7fELF", b"OFD", b"RIFF", b"BM6",
)  # fmt: skip
_TEXT_NAMES = {".txt": "txt", ".md": "md", ".markdown": "md", ".text": "txt", "": "txt"}
_REFUSED = {
    ".xls",
    ".xlsx",
    ".csv",
    ".json",
    ".jsonl",
    ".et",
    ".ppt",
    ".pptx",
    ".pdf",
    ".xml",
    ".zip",
    ".ofd",
    ".rtf",
}
_HTML = re.compile(
    rb"<(?:!doctype\s+html|html|body|table|tbody|tr|td|div|p|span|h[1-6]|meta|head|br)\b", re.IGNORECASE
)
RENAMED = N_("文件扩展名与内容不符，已按实际内容读取。")
_Parts = tuple[list[Paragraph], list[str], str]


def _docx(data: bytes) -> _Parts:
    paragraphs, warnings = docx_in.paragraphs(data)
    return paragraphs, warnings, ""


def _html(data: bytes) -> _Parts:
    text, encoding = text_in.decode(data, html_in.declared(data))
    return html_in.paragraphs(text), [], encoding


def _text(data: bytes) -> _Parts:
    text, encoding = text_in.decode(data)
    return *text_in.paragraphs(text), encoding


def _markdown(data: bytes) -> _Parts:
    text, encoding = text_in.decode(data)
    return *text_in.paragraphs(text, markdown=True), encoding


def _sheets(data: bytes) -> _Parts:
    return *sheet_in.paragraphs(data), ""


def _legacy(data: bytes) -> _Parts:
    return _docx(office.to_docx(data))


_READERS: dict[str, Callable[[bytes], _Parts]] = {
    "docx": _docx, "doc": _legacy, "html": _html, "txt": _text, "md": _markdown, "xlsx": _sheets,
    "xls": _sheets,
}  # fmt: skip


def _ole_kind(data: bytes, suffix: str) -> str:
    """Word and Excel share the container: the stream names tell which."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Unreadable("password")
    if (
        "Workbook".encode("utf-16-le") in data
        or "Book\x00".encode("utf-16-le") in data
        or suffix in (".xls", ".et")
    ):
        return "xls"
    if "PowerPoint".encode("utf-16-le") in data:
        return ""
    return "doc"


def sniff(data: bytes, name: str) -> str:
    """docx | doc | html | txt | md | xlsx | xls; raises too_large, empty, and wrong_type for everything else."""
    if len(data) > MAX_FILE:
        raise Unreadable("too_large")
    if not data.strip(b" \t\r\n\x00\xef\xbb\xbf"):
        raise Unreadable("empty")
    suffix = PurePath(name).suffix.lower()
    if data.startswith(b"PK"):
        names = Package(data).names
        if any(n.startswith("word/") for n in names):
            return "docx"
        if "xl/workbook.xml" in names:
            return "xlsx"
        raise Unreadable("wrong_type")
    if data.startswith(_OLE):
        kind = _ole_kind(data, suffix)
        if kind:
            return kind
        raise Unreadable("wrong_type")
    head = data[:4000].replace(b"\x00", b"")
    if suffix in (".xls", ".et") and len(_HTML.findall(head)) >= 3:
        return "html"  # what many systems call an Excel export
    if data.startswith(_FOREIGN) or data.startswith(b"{\\rtf") or suffix in _REFUSED:
        raise Unreadable("wrong_type")
    if len(_HTML.findall(head)) >= (1 if suffix in (".html", ".htm") else 3) or suffix in (
        ".html",
        ".htm",
        ".shtml",
    ):
        return "html"
    if suffix in _TEXT_NAMES:
        return _TEXT_NAMES[suffix]
    if suffix in (".docx", ".docm", ".doc", ".wps"):
        # A Word file that is neither a zip nor OLE2: text under a wrong name, or damage.
        if b"\x00" in data[:4000] or not data.strip():
            raise Unreadable("corrupt")
        return "txt"
    raise Unreadable("wrong_type")


_NAMES = {
    ".docx": "docx",
    ".docm": "docx",
    ".doc": "doc",
    ".wps": "doc",
    ".html": "html",
    ".htm": "html",
    ".shtml": "html",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".xls": "xls",
    ".et": "xls",
}


def read(data: bytes, name: str) -> Source:
    """Bytes and a file name -> Source. Raises Unreadable with a code and a Chinese sentence, and keeps nothing."""
    form = sniff(data, name)
    try:
        paragraphs, warnings, encoding = _READERS[form](data)
    except RecursionError as error:
        raise Unreadable("bomb", "depth") from error
    if not any(p.text.strip() for p in paragraphs):
        raise Unreadable("empty")
    if marked([(p.text, p.kind) for p in paragraphs]):
        raise Unreadable("secret")
    suffix = PurePath(name).suffix.lower()
    expected = _NAMES.get(suffix) or _TEXT_NAMES.get(suffix)
    if expected and expected != form and {expected, form} != {"txt", "md"}:
        warnings = [RENAMED, *warnings]
    return Source(name, form, encoding or "OOXML", paragraphs, warnings)
