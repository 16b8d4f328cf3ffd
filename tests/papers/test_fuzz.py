"""Thousands of broken and hostile files: each is read or refused with a reason; never another exception, never the network.

They are read in a process of its own with limits of memory and of processor time for each file (fuzz_worker), so that a
fault here cannot take the other tests down.
"""

from __future__ import annotations

import json
import re
import struct
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from gangmu.papers.errors import Unreadable
from gangmu.papers.outline import outline
from gangmu.papers.read import read
from tests.papers.fuzz_worker import repacked
from tests.papers.invented_word import AUTOMATIC

pytestmark = pytest.mark.pure
FILES = 2600


@pytest.fixture(scope="module")
def run() -> dict:
    made = subprocess.run(
        [sys.executable, "-m", "tests.papers.fuzz_worker", str(FILES)],
        cwd=Path(__file__).parents[2], capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert made.returncode == 0, made.stderr[-2000:]
    return json.loads(made.stdout)


def test_no_broken_or_hostile_file_does_harm(run: dict):
    assert run["failures"] == [] and run["files"] >= 2000


def zipped(change: Callable[[bytearray, int], None]) -> bytes:
    """A .docx whose central directory entries were changed; the offset of each is given."""
    data = bytearray(AUTOMATIC.data)
    for at in [m.start() for m in re.finditer(b"PK\x01\x02", bytes(data))]:
        change(data, at)
    return bytes(data)


def entry(at: int, form: str, value: int) -> Callable[[bytearray, int], None]:
    return lambda data, start: struct.pack_into(form, data, start + at, value)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04" + AUTOMATIC.data[90:], "corrupt"),  # the directory points before the file
        (zipped(entry(6, "<H", 148)), "corrupt"),  # a version of zip that nobody reads
        (zipped(entry(24, "<I", 2**30)), "bomb"),  # 1 GB declared
        (zipped(entry(8, "<H", 1)), "corrupt"),  # encrypted
        (zipped(entry(10, "<H", 99)), "corrupt"),  # an unknown method
    ],
)
def test_what_once_did_harm_is_refused(data: bytes, code: str):
    with pytest.raises(Unreadable) as caught:
        outline(read(data, "a.docx"))
    assert caught.value.code == code


def test_a_list_that_starts_beyond_all_numerals_is_read():
    def far(name: str, content: bytes) -> bytes:
        return content.replace(b'<w:start w:val="1"/>', b'<w:start w:val="99999999999999"/>')

    source = read(repacked(AUTOMATIC.data, far), "a.docx")
    assert outline(source).lost(source) == [] and "99999999999999、政治建设" in [
        q.text for q in source.paragraphs
    ]


def test_the_mutations_are_neither_all_refused_nor_all_harmless(run: dict):
    for maker in ("word_parts", "word_hostile", "page", "text", "misnamed"):
        came = run["came"][maker]
        assert came["read"] > 0.1 * sum(came.values()), (maker, came)
    refused = {code for came in run["came"].values() for code in came}
    assert refused >= {"read", "corrupt", "bomb", "entity", "empty", "encoding", "wrong_type"}
