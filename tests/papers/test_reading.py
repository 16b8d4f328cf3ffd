"""What comes in: formats, encodings, Word's structures, web pages, and files made to do harm."""

from __future__ import annotations

import io
import subprocess
import zipfile
from pathlib import Path

import docx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gangmu.papers import office, zipsafe
from gangmu.papers.errors import MESSAGES, Unreadable
from gangmu.papers.outline import outline
from gangmu.papers.read import read
from tests.papers.helpers import W_NS, p, package, plan, raw_docx, rows, titles, word

pytestmark = pytest.mark.pure
TEXT = "云泽市人民检察院2024年工作要点\n一、党建工作\n1.开展主题党日。落实三会一课制度，做好发展党员工作。（责任部门：政治部、机关党委）\n"


def code(data: bytes, name: str) -> str:
    """The code of the refusal."""
    with pytest.raises(Unreadable) as caught:
        read(data, name)
    assert caught.value.message == MESSAGES[caught.value.code]
    return caught.value.code


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_text_is_read_in_every_usual_encoding(encoding: str):
    assert read(TEXT.encode(encoding), "a.txt").paragraphs[1].text == "一、党建工作"


def test_big5_is_read():
    text = (
        "本院檢察工作要點\n一、加強黨的建設工作，推進業務發展。\n二、落實責任，做好公益訴訟與法律監督，保障人民權利。\n"
        * 3
    )
    assert read(text.encode("big5"), "a.txt").paragraphs[1].text.startswith("一、加強黨的建設")


def test_text_that_reads_as_nothing_is_refused():
    assert code(TEXT.encode().decode("gb18030", "replace").encode(), "a.txt") == "encoding"
    assert code(bytes(range(128, 256)) * 20, "a.txt") == "encoding"


def test_a_page_that_names_gb2312_is_read_as_its_superset():
    page = f"<html><head><meta charset=gb2312></head><body><p>{TEXT}镕</p></body></html>"
    assert any("镕" in q.text for q in read(page.encode("gb18030"), "a.html").paragraphs)


def test_content_decides_and_a_wrong_name_is_told():
    source = read(word("一、甲"), "a.txt")
    assert source.format == "docx" and any("扩展名" in w for w in source.warnings)
    assert (
        read(b"<html><body><p>\xe4\xb8\x80\xe3\x80\x81\xe7\x94\xb2</p></body></html>", "a.doc").format
        == "html"
    )


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a.csv", "a.json", "a.pdf", "a.zip", "a.exe"])
def test_other_kinds_are_refused(name: str):
    assert code(TEXT.encode(), name) == "wrong_type"
    assert code(b"%PDF-1.7 ...", "a.docx") == "wrong_type"
    assert code(package({"xl/workbook.xml": "<x/>"}), "a.docx") == "wrong_type"


def test_empty_broken_and_picture_files_are_told_apart():
    assert code(b"", "a.txt") == "empty" and code(b" \n\t ", "a.docx") == "empty"
    assert code(word(), "a.docx") == "empty"
    assert code(b"PK\x03\x04 broken", "a.docx") == "corrupt"
    assert code(word("一、甲")[:700], "a.docx") == "corrupt"
    picture = package(
        {
            "word/document.xml": f'<w:document xmlns:w="{W_NS}"><w:body/></w:document>',
            "word/media/1.png": b"x",
        }
    )
    assert code(picture, "a.docx") == "no_text"


def test_a_zip_bomb_is_refused_before_it_unfolds():
    assert code(package({"word/document.xml": b"<a>" + b" " * (80 * 1024 * 1024)}), "a.docx") == "bomb"
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as made:
        for n in range(zipsafe.MAX_PARTS + 1):
            made.writestr(f"word/{n}.xml", "")
    assert code(many.getvalue(), "a.docx") == "bomb"


@pytest.mark.parametrize(
    "prologue",
    [
        '<!DOCTYPE a [<!ENTITY x "boom">]>', '<!DOCTYPE a SYSTEM "http://127.0.0.1/x.dtd">', '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!doctype a>',
    ],
)  # fmt: skip
def test_entities_and_doctypes_in_a_package_are_refused(prologue: str):
    body = f'<?xml version="1.0"?>{prologue}<w:document xmlns:w="{W_NS}"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
    assert code(package({"word/document.xml": body}), "a.docx") == "entity"
    hidden = body.encode("utf-16")
    assert code(package({"word/document.xml": hidden}), "a.docx") == "entity"


def test_xml_nested_without_end_is_refused():
    deep = "<w:sdt>" * 5000 + "</w:sdt>" * 5000
    assert code(raw_docx(deep), "a.docx") in ("bomb", "corrupt")
    assert code(b"<html><body>" + b"<div>" * 3000 + "一、甲".encode() + b"</div>" * 3000, "a.html") == "bomb"


def test_spans_that_blow_up_a_table_are_refused():
    cells = "<td rowspan=200 colspan=200>甲</td>" * 300
    assert code(f"<table><tr>{cells}</tr><tr>{cells}</tr></table>".encode(), "a.html") == "bomb"


def test_too_large_a_file_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("gangmu.papers.read.MAX_FILE", 10)
    assert code(b"x" * 11, "a.txt") == "too_large"


def test_macros_and_outside_relations_are_told_and_not_followed():
    rels = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/attachedTemplate" Target="http://127.0.0.1:9/x.dotm" TargetMode="External"/></Relationships>'
    )
    document = f'<w:document xmlns:w="{W_NS}"><w:body>{p("一、甲")}</w:body></w:document>'
    source = read(
        package(
            {"word/document.xml": document, "word/_rels/document.xml.rels": rels, "word/vbaProject.bin": b"x"}
        ),
        "a.docx",
    )
    assert any("宏" in w for w in source.warnings) and any("外部" in w for w in source.warnings)


NUMBERING = (
    f'<w:numbering xmlns:w="{W_NS}"><w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num></w:numbering>'
)


def numbered(ident: int, level: int) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{ident}"/></w:numPr>'


def test_automatic_numbers_are_counted_and_switched_off_ones_are_not():
    body = (
        p("甲", numbered(1, 0))
        + p("子", numbered(1, 1))
        + p("丑", numbered(1, 1))
        + p("乙", numbered(1, 0))
        + p("寅", numbered(1, 1))
    )
    body += p("三、丙", numbered(0, 0)) + p("丁", numbered(2, 0))
    source = read(raw_docx(body, numbering=NUMBERING), "a.docx")
    assert [q.text for q in source.paragraphs] == [
        "一、甲",
        "1.子",
        "2.丑",
        "二、乙",
        "1.寅",
        "三、丙",
        "五、丁",
    ]


def test_tracked_changes_are_read_as_accepted_and_told():
    run = "<w:r><w:t>{}</w:t></w:r>"
    body = f'<w:p><w:ins w:id="1">{run.format("一、新")}</w:ins><w:del w:id="2"><w:r><w:delText>旧</w:delText></w:r></w:del>{run.format("文")}</w:p>'
    source = read(raw_docx(body), "a.docx")
    assert [q.text for q in source.paragraphs] == ["一、新文"] and any("修订" in w for w in source.warnings)


def test_soft_breaks_and_text_boxes_are_kept():
    box = "<w:p><w:r><w:pict><w:txbxContent>" + p("框内文字") + "</w:txbxContent></w:pict></w:r></w:p>"
    source = read(
        raw_docx("<w:p><w:r><w:t>一、甲</w:t><w:br/><w:t>责任部门：办公室</w:t></w:r></w:p>" + box), "a.docx"
    )
    assert [q.text for q in source.paragraphs] == ["一、甲\n责任部门：办公室", "框内文字"]
    made = outline(source)
    assert made.lost(source) == [] and made.items[0].units == ["办公室"]


def test_footnotes_and_headers_are_no_part_of_the_last_item():
    more = {
        "footnotes": f'<w:footnotes xmlns:w="{W_NS}"><w:footnote>{p("脚注说明")}</w:footnote></w:footnotes>',
        "header1": f'<w:hdr xmlns:w="{W_NS}">{p("内部资料")}</w:hdr>',
    }
    source = read(raw_docx(p("2024年工作要点") + p("一、甲") + p("1.办事。做好。"), **more), "a.docx")
    made = outline(source)
    assert (
        made.lost(source) == []
        and [n.text for n in made.notes] == ["脚注说明"]
        and made.leaves()[0].text == "做好。"
    )
    assert [a.why for a in made.aside if a.text == "内部资料"] == ["页眉"]


def test_word_tables_with_merges_become_rows():
    document = docx.Document()
    document.add_paragraph("2024年云泽市院任务分解表")
    table = document.add_table(rows=5, cols=5)
    table.rows[0].cells[0].merge(table.rows[0].cells[4]).text = "填报单位：办公室"
    for col, text in enumerate(["类别", "工作任务", "牵头部门", "配合部门", "完成时限"]):
        table.rows[1].cells[col].text = text
    for row, cells in enumerate(
        [
            ("党建", "上好党课", "政治部", "各支部", "6月底"),
            ("", "办好党校", "机关党委", "办公室", "长期"),
            ("业务", "评查案件", "案管部", "第一、二检察部", "12月"),
        ],
        2,
    ):
        for col, text in enumerate(cells):
            table.rows[row].cells[col].text = text
    table.cell(2, 0).merge(table.cell(3, 0))
    target = io.BytesIO()
    document.save(target)
    source = read(target.getvalue(), "a.docx")
    made = outline(source)
    assert made.lost(source) == [] and titles(made.leaves()) == ["上好党课", "办好党校", "评查案件"]
    assert [(t.lead, t.units) for t in made.leaves()][2] == (["案管部"], ["第一检察部", "第二检察部"])
    assert [t.due.kind for t in made.leaves() if t.due] == ["date", "ongoing", "date"]


def test_html_tables_with_spans_categories_totals_and_repeated_headers():
    head = ["序号", "工作任务", "责任部门", "完成时限"]
    table = (
        "<table><tr>"
        + "".join(f"<th>{c}</th>" for c in head)
        + '</tr><tr><td colspan="4">一、政治建设（3项）</td></tr>'
        "<tr><td>1</td><td>上党课</td><td>政治部</td><td rowspan=2>6月底</td></tr><tr><td>2</td><td>办培训</td><td><p>办公室</p><p>研究室</p></td></tr>"
        "<tr>" + "".join(f"<td>{c}</td>" for c in head) + '</tr><tr><td colspan="4">二、业务建设</td></tr>'
        "<tr><td>3</td><td>评查案件</td><td>案管部</td><td>12月</td></tr><tr><td></td><td>合计</td><td>3</td><td></td></tr></table>"
    )
    made = plan(f"<h1>2024年任务分解表</h1>{table}", name="a.html")
    assert [i.title for i in made.items] == ["政治建设（3项）", "业务建设"] and titles(made.leaves()) == [
        "上党课",
        "办培训",
        "评查案件",
    ]
    assert made.leaves()[1].units == ["办公室", "研究室"] and made.leaves()[1].due == made.leaves()[0].due
    assert {a.why for a in made.aside} >= {"表头", "重复的表头", "合计行"} and any(
        "标明3项，实际读到2项" in w for w in made.warnings
    )


def test_a_table_of_figures_is_kept_as_notes_and_makes_no_tasks():
    made = plan(
        f"<h1>2024年统计表</h1>{rows(['地区', '数量'], ['甲县', '12'], ['乙县', '15'])}", name="a.html"
    )
    assert made.leaves() == [] and {n.text for n in made.notes} >= {"甲县", "15"}


def test_scripts_styles_and_form_controls_of_a_page_are_dropped():
    page = "<body style='visibility:hidden'><script>一、脚本</script><style>二、样式</style><select><option>三、选项</option></select><p>一、正文</p></body>"
    assert [q.text for q in read(page.encode(), "a.html").paragraphs] == ["一、正文"]


def test_layout_tables_are_read_as_text():
    made = plan(
        f"<table><tr><td><p>2024年工作要点</p><p>一、甲</p>{rows(['x', 'y'], ['1', '2'])}<p>1.办事。（责任部门：办公室）</p></td></tr></table>",
        name="a.html",
    )
    assert made.leaves()[0].units == ["办公室"]


@pytest.mark.skipif(office.available() is None, reason="LibreOffice is not installed")
def test_old_word_files_come_through_libreoffice(tmp_path: Path):
    (tmp_path / "a.docx").write_bytes(
        word("2024年工作要点", "一、党建工作", "1.上党课。（责任部门：政治部）")
    )
    command = [
        str(office.available()),
        f"-env:UserInstallation=file://{tmp_path}/profile",
        "--headless",
        "--convert-to",
        "doc",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=90)
    source = read((tmp_path / "a.doc").read_bytes(), "a.wps")
    assert source.format == "doc" and outline(source).leaves()[0].units == ["政治部"]


def test_without_libreoffice_an_old_file_says_what_is_missing(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("shutil.which", lambda name: None)
    assert code(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "a.doc") == "needs_office"


def test_a_conversion_that_hangs_is_ended(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    slow = tmp_path / "soffice"
    slow.write_text("#!/bin/sh\nsleep 30\n")
    slow.chmod(0o755)
    monkeypatch.setattr("shutil.which", lambda name: str(slow))
    with pytest.raises(Unreadable) as caught:
        office.to_docx(b"x", timeout=0.2)
    assert caught.value.code == "timeout"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["a.txt", "a.html", "a.docx", "a.md", "a"]))
def test_any_bytes_are_read_or_refused_with_a_reason(data: bytes, name: str):
    try:
        source = read(data, name)
    except Unreadable as error:
        assert error.code in MESSAGES
    else:
        assert outline(source).lost(source) == []


LINE = st.sampled_from(
    ["一、甲", "二、乙", "（一）丙", "1.丁。戊。", "（1）己", "一是庚", "二是辛", "责任单位：甲局", "（牵头单位：乙局；完成时限：6月底）", "附件", "附件：1.表", "2024年1月5日",
     "云泽市院", "随便一段话。", "第一条 子", "2024年工作要点", "各部门：", "相关链接", "（责任单位：甲局、", "机密文件管理", "3 丑寅", "党建"]
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(LINE, min_size=1, max_size=25))
def test_whatever_the_order_of_lines_nothing_is_lost(lines: list[str]):
    source = read("\n".join(lines).encode(), "a.txt")
    made = outline(source)
    assert made.lost(source) == [] and made.to_dict()["items"] is not None
