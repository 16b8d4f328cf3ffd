"""Opening an OOXML package without trusting it: sizes, ratios, part counts, XML without DTD, entities or network."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib

from lxml import etree

from gangmu.papers.errors import Unreadable

MAX_FILE = 50 * 1024 * 1024  # bytes of the file as sent
MAX_TOTAL = 200 * 1024 * 1024  # bytes after unpacking, all parts
MAX_PART = 60 * 1024 * 1024  # bytes of one XML part
MAX_RATIO = 200  # unpacked / packed of one part above 1 MB
MAX_PARTS = 4000


class Package:
    """A zip whose directory has been checked; parts are read one at a time and never above their limits."""

    def __init__(self, data: bytes) -> None:
        if len(data) > MAX_FILE:
            raise Unreadable("too_large")
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (
            zipfile.BadZipFile,
            NotImplementedError,
            ValueError,
            OSError,
            EOFError,
            struct.error,
        ) as error:
            raise Unreadable("corrupt", str(error)) from error
        self._check()

    def _check(self) -> None:
        entries = self._zip.infolist()
        if len(entries) > MAX_PARTS or sum(e.file_size for e in entries) > MAX_TOTAL:
            raise Unreadable("bomb", "parts or total size")
        for entry in entries:
            packed = max(entry.compress_size, 1)
            if entry.file_size > 1024 * 1024 and entry.file_size / packed > MAX_RATIO:
                raise Unreadable("bomb", entry.filename)
            if entry.flag_bits & 1:
                raise Unreadable("corrupt", "encrypted")

    @property
    def names(self) -> list[str]:
        return self._zip.namelist()

    def read(self, name: str) -> bytes:
        """The bytes of a part; the size in the directory may lie, so the stream is cut off at the limit."""
        try:
            with self._zip.open(name) as stream:
                data = stream.read(MAX_PART + 1)
        except (
            KeyError,
            zipfile.BadZipFile,
            zlib.error,
            NotImplementedError,
            RuntimeError,
            EOFError,
            OSError,
            ValueError,
            OverflowError,
        ) as error:
            raise Unreadable("corrupt", name) from error
        if len(data) > MAX_PART:
            raise Unreadable("bomb", name)
        return data

    def xml(self, name: str) -> etree._Element:
        """A part as XML. DOCTYPE or ENTITY in any encoding is refused before parsing."""
        return parse_xml(self.read(name), name)


def parse_xml(data: bytes, name: str = "") -> etree._Element:
    """Bytes -> element, with everything off that XML can do to a reader."""
    head = data[:4096].replace(b"\x00", b"")
    if re.search(rb"<!\s*(?:DOCTYPE|ENTITY)", head, re.IGNORECASE) or b"<!DOCTYPE" in data:
        raise Unreadable("entity", name)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, load_dtd=False)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        deep = "depth" in str(error).lower() or "huge" in str(error).lower()
        raise Unreadable("bomb" if deep else "corrupt", name) from error
