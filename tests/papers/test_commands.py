"""``gangmu import score | outline`` and ``gangmu bench papers`` as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gangmu.cli import main
from gangmu.cli.bench import papers

PAPER = "云泽市2025年要点\n一、甲\n1.办会。（责任部门：办公室；完成时限：6月底前）\n"
TRUTH = {
    "file": "要点.txt",
    "leaves": [{"title": "办会", "lead": [], "units": ["办公室"], "deadline": "6月底前", "soft": None}],
}


def test_the_score_names_every_paper_and_what_was_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    (tmp_path / "要点.txt").write_text(PAPER, "utf-8")
    truth = tmp_path / "given.json"
    truth.write_text(json.dumps([TRUTH, {**TRUTH, "file": "没有.txt"}]), "utf-8")
    assert main(["import", "score", str(tmp_path), "--truth", str(truth)]) == 0
    said = capsys.readouterr().out
    assert "1.000   1.000   1.000   1.000  要点.txt" in said and "skipped  没有.txt" in said
    assert main(["import", "score", str(tmp_path), "--truth", str(truth), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["leaves"]["f1"] == 1.0


def test_a_folder_that_is_not_there_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    assert main(["import", "score", str(tmp_path / "x")]) == 1 and "读不到" in capsys.readouterr().err


def test_the_outline_of_a_paper_is_printed_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    file = tmp_path / "要点.txt"
    file.write_text(PAPER, "utf-8")
    assert main(["import", "outline", str(file), "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert said["items"][0]["children"][0] | {"guesses": []} == {
        "label": "1.", "level": 2, "title": "办会", "text": "", "task": True, "lead": [], "leader": [], "units": ["办公室"],
        "due": {"kind": "date", "raw": "6月底前", "date": "2025-06-30", "start": None, "rhythm": None, "dates": [], "guessed": False, "invalid": False},
        "inherited": False, "guesses": [], "paragraphs": [3], "children": [], "selectors": [], "history": [],
    }  # fmt: skip


def test_the_measured_plan_is_understood_and_every_part_gives_figures(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(papers, "long_plan", lambda made=papers.long_plan: made(60))
    monkeypatch.setattr(papers, "PARTS", papers.PARTS[:1])
    assert main(["bench", "papers", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)["plan of 200 pages"]
    assert said["tasks"] == 20 and said["peak_mib"] > 0 and said["times_bare_lxml"] > 0
