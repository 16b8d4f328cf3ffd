"""The hand-checked outlines of the project, and scoring against truth that stands beside a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from gangmu.papers.score import score, truth_days, truths

pytestmark = pytest.mark.pure
TRUTH = Path(__file__).parent / "truth"
PAPER = "云泽市2025年要点\n一、甲\n1.办会。（责任部门：办公室；完成时限：6月底前）\n2.办文。（责任部门：政治部）\n"


def leaf(title: str, units: list[str], deadline: str | None = None) -> dict:
    return {"no": "", "title": title, "lead": [], "units": units, "deadline": deadline, "soft": None}


def test_every_hand_checked_outline_has_the_shape_of_truth():
    found = truths(TRUTH)
    assert len(found) >= 20 and len({(t["file"], t.get("record")) for t in found}) == len(found)
    assert sum("record" in t for t in found) >= 6
    for paper in found:
        assert paper["leaves"]
        for each in paper["leaves"]:
            assert each["title"] and set(each) == {"no", "title", "lead", "units", "deadline", "soft"}
            assert not each["deadline"] or truth_days(each["deadline"], 2024), each
            assert all(n == n.strip() and n and len(n) <= 40 for n in each["lead"] + each["units"]), each


def test_truth_beside_a_folder_counts_and_what_is_missing_is_said(tmp_path: Path):
    papers, given = tmp_path / "papers", tmp_path / "truth"
    papers.mkdir()
    given.mkdir()
    (papers / "要点.txt").write_text(PAPER, "utf-8")
    right = {"file": "要点.txt", "leaves": [leaf("办会", ["办公室"], "6月底前"), leaf("办文", ["政治部"])]}
    gone = {"file": "没有.txt", "leaves": [leaf("办会", [])]}
    (given / "a.json").write_text(json.dumps(right), "utf-8")
    (given / "b.json").write_text(json.dumps([gone]), "utf-8")
    found = score(papers, given)
    assert (
        all(found[part]["f1"] == 1.0 for part in ("leaves", "lead", "units", "due"))
        and found["leaves"]["true"] == 2
    )
    assert found["missing"] == ["没有.txt"] and found["lost"] == 0
    assert score(papers)["leaves"]["true"] == 0 and score(papers, given / "a.json")["missing"] == []


def test_a_wrong_reading_lowers_the_figures(tmp_path: Path):
    (tmp_path / "要点.txt").write_text(PAPER, "utf-8")
    wrong = {
        "file": "要点.txt",
        "leaves": [leaf("办会", ["财务处"], "7月底前"), leaf("办别的事", ["政治部"])],
    }
    (tmp_path / "truth.json").write_text(json.dumps([wrong]), "utf-8")
    found = score(tmp_path)
    assert (found["leaves"]["f1"], found["units"]["f1"], found["due"]["f1"]) == (0.5, 0.0, 0.0)


def test_a_record_of_a_jsonl_file_is_a_paper(tmp_path: Path):
    lines = [{"id": "X1", "text": PAPER}, {"id": "X2", "text": "别的"}]
    (tmp_path / "many.jsonl").write_text("\n".join(json.dumps(line) for line in lines), "utf-8")
    truth = {
        "file": "many.jsonl",
        "record": "X1",
        "leaves": [leaf("办会", ["办公室"], "6月底前"), leaf("办文", ["政治部"])],
    }
    (tmp_path / "truth.json").write_text(json.dumps([truth]), "utf-8")
    found = score(tmp_path)
    assert found["leaves"]["f1"] == 1.0 and found["missing"] == []
    assert [f["file"] for f in found["files"]] == ["many.jsonl#X1"]
