"""An old workbook (.xls, .et), measured before its cells are read: how large each sheet is, and what is hidden.

Only as much of the OLE2 container and of the BIFF records as that needs. Anything out of shape is refused.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from gangmu.papers.errors import Unreadable
from gangmu.papers.sheet_parts import Layout

_END = 0xFFFFFFFA  # sector numbers from here on are marks
_STREAMS = ("Workbook", "Book")
_CELLS = frozenset({0x0006, 0x0203, 0x0204, 0x0205, 0x027E, 0x00FD, 0x00D6})  # row, column first
_MULRK, _ROW, _COLUMNS, _SHEET, _BEGIN, _LOCKED = 0x00BD, 0x0208, 0x007D, 0x0085, 0x0809, 0x002F


def layouts(data: bytes) -> list[Layout]:
    """One layout a sheet, in the order of the workbook, without names. Raises Unreadable."""
    try:
        stream = _stream(data)
        starts = list(_sheets(stream))
        return [_measure(stream, start) for start in starts]
    except (struct.error, IndexError, ValueError) as error:
        raise Unreadable("corrupt_sheet", str(error)) from error


class _Container:
    """The sectors of an OLE2 file and the chains that they form."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        (shift, self.mini_shift), (self.cutoff,) = (
            struct.unpack_from("<HH", data, 30),
            struct.unpack_from("<I", data, 56),
        )
        if shift not in (9, 12) or self.mini_shift != 6:
            raise ValueError("sector size")
        self.size = 1 << shift
        count = len(data) // self.size
        self.fat: list[int] = []
        for sector in self._fat_sectors(count):
            self.fat.extend(struct.unpack_from(f"<{self.size // 4}I", data, self._at(sector)))
        self.most = count + 1

    def _at(self, sector: int) -> int:
        return (sector + 1) * self.size

    def _fat_sectors(self, most: int) -> Iterator[int]:
        first, count = struct.unpack_from("<I", self.data, 68)[0], struct.unpack_from("<I", self.data, 44)[0]
        yield from (s for s in struct.unpack_from("<109I", self.data, 76) if s < _END)
        for _ in range(min(count // 127 + 1, most)):
            if first >= _END:
                return
            rows = struct.unpack_from(f"<{self.size // 4}I", self.data, self._at(first))
            yield from (s for s in rows[:-1] if s < _END)
            first = rows[-1]

    def chain(self, sector: int) -> Iterator[int]:
        seen = 0
        while sector < _END:
            yield sector
            seen += 1
            if seen > self.most:
                raise ValueError("a chain without end")
            sector = self.fat[sector]

    def read(self, sector: int) -> bytes:
        return b"".join(self.data[self._at(s) : self._at(s) + self.size] for s in self.chain(sector))


def _stream(data: bytes) -> bytes:
    """The bytes of the workbook's stream."""
    box = _Container(data)
    directory = box.read(struct.unpack_from("<I", data, 48)[0])
    entries: dict[str, tuple[int, int]] = {}
    for at in range(0, len(directory) - 127, 128):
        length = struct.unpack_from("<H", directory, at + 64)[0]
        if 2 <= length <= 64:
            name = directory[at : at + length - 2].decode("utf-16-le", "replace")
            entries.setdefault(name, struct.unpack_from("<II", directory, at + 116))
    start, size = (
        next(entries[name] for name in _STREAMS if name in entries)
        if entries.keys() & set(_STREAMS)
        else (_END, 0)
    )
    if start >= _END:
        raise ValueError("no workbook")
    if size >= box.cutoff:
        return box.read(start)[:size]
    return _mini(box, data, entries, start)[:size]


def _mini(box: _Container, data: bytes, entries: dict[str, tuple[int, int]], start: int) -> bytes:
    """A short stream lives in pieces of 64 bytes inside the root's stream."""
    root = box.read(entries["Root Entry"][0]) if "Root Entry" in entries else b""
    table = box.read(struct.unpack_from("<I", data, 60)[0])
    following = struct.unpack(f"<{len(table) // 4}I", table[: len(table) // 4 * 4])
    out, seen = [], 0
    while start < _END:
        out.append(root[start * 64 : start * 64 + 64])
        start, seen = following[start], seen + 1
        if seen > len(following):
            raise ValueError("a chain without end")
    return b"".join(out)


def _records(stream: bytes, at: int) -> Iterator[tuple[int, int, int]]:
    """(kind, where its data begin, length) up to the end of the substream."""
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == 0x000A:
            return
        yield kind, at + 4, length
        at += 4 + length


def _sheets(stream: bytes) -> Iterator[int]:
    for kind, at, length in _records(stream, 0):
        if kind == _LOCKED:
            raise Unreadable("password")
        if kind == _SHEET and length >= 6:
            yield struct.unpack_from("<I", stream, at)[0]


def _measure(stream: bytes, start: int) -> Layout:
    layout, last_row, last_column = Layout(""), -1, -1
    hidden: set[int] = set()
    if start >= len(stream) or struct.unpack_from("<H", stream, start)[0] != _BEGIN:
        return layout
    for kind, at, length in _records(stream, start):
        if kind in _CELLS and length >= 4:
            row, column = struct.unpack_from("<HH", stream, at)
            last_row, last_column = max(last_row, row), max(last_column, column)
        elif kind == _MULRK and length >= 6:
            row, last = (
                struct.unpack_from("<H", stream, at)[0],
                struct.unpack_from("<H", stream, at + length - 2)[0],
            )
            last_row, last_column = max(last_row, row), max(last_column, last)
        elif kind == _ROW and length >= 16 and stream[at + 12] & 0x20:
            hidden.add(struct.unpack_from("<H", stream, at)[0])
        elif kind == _COLUMNS and length >= 10 and stream[at + 8] & 1:
            first, last = struct.unpack_from("<HH", stream, at)
            layout.hidden_columns.update(range(first, min(last, 255) + 1))
    layout.box = (last_row + 1) * (last_column + 1)
    layout.hidden_rows = {r for r in hidden if r <= last_row}
    layout.hidden_columns = {c for c in layout.hidden_columns if c <= last_column}
    return layout
