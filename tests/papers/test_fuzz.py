"""Thousands of broken and hostile files: each is read or refused with a reason; never another exception, never the network.

They are read in a process of its own with limits of memory and of processor time for each file (fuzz_worker), so that a
fault here cannot take the other tests down.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.papers.fuzz_worker import try_one

pytestmark = pytest.mark.pure
FILES = 2600
# Directories that point before the file, a version of zip that nobody reads, a list that starts at 99999999999999.
FOUND = (78, 7081, 14991)


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


@pytest.mark.parametrize("number", FOUND)
def test_a_file_that_once_did_harm_does_so_no_more(number: int):
    assert try_one(number)[2] == ""


def test_the_mutations_are_neither_all_refused_nor_all_harmless(run: dict):
    for maker in ("word_parts", "word_hostile", "page", "text", "misnamed"):
        came = run["came"][maker]
        assert came["read"] > 0.1 * sum(came.values()), (maker, came)
    refused = {code for came in run["came"].values() for code in came}
    assert refused >= {"read", "corrupt", "bomb", "entity", "empty", "encoding", "wrong_type"}
