"""Official papers: the measures of GB/T 9704-2012, looked at in the file and on the laid-out page."""

import io
import re
import shutil
import subprocess
from datetime import date

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm

from gangmu.papers.official import Block, Paper, Table, write

pytestmark = pytest.mark.pure
FULL = Paper(
    title="关于开展联合督查的通知", head="云泽市人民检察院", doc_no="云检党发〔2026〕3号", addressee="各部门",
    body=[Block("h1", "一、事项"), Block("p", "查两头。"), Table(("事项", "牵头"), (("排口", "八部"),)), Block("label", "出席：甲、乙")],
    signed_by="机关党委", signed_on=date(2026, 3, 5), copy_to="市直机关工委", issued_by="党办",
)  # fmt: skip


def opened(paper: Paper):
    return docx.Document(io.BytesIO(write(paper)))


def test_the_page_has_the_measures_of_the_standard():
    section = opened(FULL).sections[0]
    near = Mm(0.1)
    assert abs(section.page_width - Mm(210)) < near and abs(section.page_height - Mm(297)) < near
    assert abs(section.top_margin - Mm(37)) < near and abs(section.left_margin - Mm(28)) < near
    assert abs(section.page_width - section.left_margin - section.right_margin - Mm(156)) < near


def test_every_part_stands_in_its_order_and_face():
    document = opened(FULL)
    texts = [p.text for p in document.paragraphs if p.text]
    assert texts == [
        "云泽市人民检察院", "云检党发〔2026〕3号", "关于开展联合督查的通知", "各部门：", "一、事项", "查两头。", "出席：甲、乙",
        "机关党委", "2026年3月5日", "抄送：市直机关工委。", "党办\t2026年3月5日印发",
    ]  # fmt: skip
    faces = {p.text: p.runs[0]._r.rPr.rFonts.get(qn("w:eastAsia")) for p in document.paragraphs if p.text}
    assert (faces["关于开展联合督查的通知"], faces["一、事项"], faces["查两头。"]) == (
        "方正小标宋简体",
        "黑体",
        "仿宋_GB2312",
    )
    assert [[c.text for c in r.cells] for r in document.tables[0].rows] == [
        ["事项", "牵头"],
        ["排口", "八部"],
    ]


def test_a_plain_paper_leaves_out_what_it_does_not_have():
    texts = [p.text for p in opened(Paper(title="记录", body=[Block("p", "一句。")])).paragraphs if p.text]
    assert texts == ["记录", "一句。"]


@pytest.mark.skipif(
    not shutil.which("soffice") or not shutil.which("pdftotext"), reason="needs LibreOffice and poppler"
)
def test_a_full_page_is_twenty_two_lines_of_twenty_eight_characters(tmp_path):
    (tmp_path / "a.docx").write_bytes(write(Paper(title="题", body=[Block("flush", "云" * 28 * 60)])))
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", "a.docx"],
        cwd=tmp_path, check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    second = subprocess.run(
        ["pdftotext", "-f", "2", "-l", "2", "-layout", "a.pdf", "-"],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
    )
    lines = re.findall("云+", second.stdout)
    assert [len(line) for line in lines] == [28] * 22
